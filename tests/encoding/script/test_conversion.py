"""The engine gives OpenCC's own result, on its own dictionaries, in linear time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timing import assert_linear
from zhclean.encoding.script.conversion import Conversion
from zhclean.encoding.script.opencc_adapter import SEPARATORS, Group, groups, reference
from zhclean.encoding.script.phrases import character_class

CONFIGS = ("t2s", "tw2sp", "s2t", "s2twp", "s2hk", "tw2s", "s2tw")


def chains() -> dict[str, list[Conversion]]:
    """The configurations without any word that context decides; what they share is made once."""
    made: dict[int, Conversion] = {}
    return {config: [step(group, made) for group in groups(config)] for config in CONFIGS}


def step(group: Group, made: dict[int, Conversion]) -> Conversion:
    first = id(group[0])
    if first not in made:
        *phrases, last = group
        if any(len(key) > 1 for key in last):
            phrases, last = [*group], {}
        made[first] = Conversion(phrases, last, ("S102", "S101"))
    return made[first]


CHAINS = chains()
KEYS = {
    config: sorted({key for group in groups(config) for table in group for key in table})
    for config in CONFIGS
}


def convert(config: str, text: str) -> str:
    for step in CHAINS[config]:
        patch = step.patch(text)
        patch.check()
        text = patch.apply(text)
    return text


@pytest.mark.parametrize("config", CONFIGS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_equals_opencc(config: str, data: st.DataObject) -> None:
    key = st.sampled_from(KEYS[config])
    # Whole keys, their beginnings and their ends, so that they overlap in every way.
    piece = st.one_of(
        key,
        st.builds(lambda k, n: k[:n], key, st.integers(1, 4)),
        st.builds(lambda k, n: k[-n:], key, st.integers(1, 4)),
        st.sampled_from(["，", "。", " ", "\n", "a", "\ud800", "的", "．", "\x00"]),
    )
    text = "".join(data.draw(st.lists(piece, max_size=8)))
    assert convert(config, text) == reference(config, text)


@given(st.text())
def test_any_text_equals_opencc(text: str) -> None:
    assert convert("t2s", text) == reference("t2s", text)


def test_separators_are_those_of_the_library() -> None:
    from opencc import OpenCC

    pattern = OpenCC("t2s").split_chars_re
    everything = map(chr, range(0x11_0000))
    assert {char for char in everything if pattern.fullmatch(char)} == SEPARATORS


@pytest.mark.parametrize("text", ["乾隆", "資料夾指標", "麼，"])
@pytest.mark.parametrize("config", ["t2s", "tw2sp"])
def test_time_is_linear_on_pumped_text(config: str, text: str) -> None:
    assert_linear(lambda count: convert(config, text * (count // len(text))), 5_000)


def test_edits_are_minimal() -> None:
    (step,) = CHAINS["t2s"]
    text = "他說：「乾隆年間的計畫，我瞭解。」"
    edits = step.patch(text).edits(text)
    assert [(edit.before, edit.after) for edit in edits] == [
        ("說", "说"),
        ("間", "间"),
        ("計畫", "计划"),
        ("瞭", "了"),
    ]


def test_a_character_class_takes_anything() -> None:
    import re

    hostile = {"]", "^", "-", "\\", "a", "国", "\U00020000"}
    pattern = re.compile(character_class(hostile))
    assert all(pattern.fullmatch(char) for char in hostile)
    assert not pattern.search("bZ_")
    assert re.search(character_class(set()), "anything") is None
