"""The prefilter never leaves out a cleaner that has something to do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_triggers import SETS
from tests.timing import assert_linear
from zhclean.errors import ConfigError
from zhclean.triggers import Gate, Trigger

prefilter = pytest.importorskip("zhclean.prefilter", reason="needs google-re2")

texts = st.text(alphabet="ab%0中文\n\0\U00020000-", max_size=12)
#: What RE2 and `re` understand alike.
PATTERNS = ("中[^文]?文", "^a|b$", "%", "[\\x{20000}-\\x{20010}]", "a.b", "(?s)a.b", "0{3}")


def searched(pattern: str, text: str) -> bool:
    pattern = pattern.replace("\\x{20000}-\\x{20010}", "\U00020000-\U00020010")
    return re.search(pattern, text, re.MULTILINE) is not None


@given(texts)
def test_it_finds_what_a_search_for_each_pattern_finds(text: str) -> None:
    found = prefilter.Prefilter([*PATTERNS, None, ""]).scan(text)
    expected = sum(searched(pattern, text) << n for n, pattern in enumerate(PATTERNS))
    assert found == expected | 1 << len(PATTERNS)


@given(texts)
def test_the_pattern_of_triggers_is_necessary_for_them(text: str) -> None:
    everyone = Gate([*SETS]).scan(text)
    for number, triggers in enumerate(SETS):
        found = prefilter.Prefilter([prefilter.pattern_of(triggers)]).scan(text)
        assert found or not everyone >> number & 1


def test_the_pattern_of_triggers_without_checks_is_exact() -> None:
    triggers = (Trigger("中", before="^0", after="^文a-b"),)
    automaton = prefilter.Prefilter([prefilter.pattern_of(triggers)])
    for text in ("中", "a中中", "0中", "中文", "中b", "中\n", "0中中\0", "中]", "^中-"):
        assert automaton.scan(text) == Gate([triggers]).scan(text), text


def test_long_texts_are_read_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefilter, "_SLICE", 300)
    across = "子" + "\n" * (prefilter.WIDEST - 2) + "寅"
    within = "丑" + "x" * 200 + "寅"
    automaton = prefilter.Prefilter(["子\n+寅", "丑x+寅", "^卯", "卯$", "辰"])
    for shift in range(0, 700, 7):
        filler = "x\n" * shift
        text = filler + across + filler + within + filler
        assert automaton.scan("卯" + text + "卯") & 0b1111 == 0b1111
        assert not automaton.scan(text) & 0b10000
    assert automaton.scan("x" * 400) == automaton.everyone


@given(st.lists(texts, max_size=5), st.integers(1, 20))
def test_small_texts_are_read_together(several: list[str], together: int) -> None:
    automaton = prefilter.Prefilter([*PATTERNS, None])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prefilter, "_TOGETHER", together)
        assert automaton.scan_many(several) == list(map(automaton.scan, several))


def test_everyone_is_asked_about_a_lone_surrogate() -> None:
    assert prefilter.Prefilter(["子", "丑"]).scan("\ud800") == 0b11


class GivenUp:
    def Match(self, data: bytes) -> list[int]:  # noqa: N802 - RE2's name
        return []


def test_everyone_is_asked_where_the_automaton_gave_up(monkeypatch: pytest.MonkeyPatch) -> None:
    automaton = prefilter.Prefilter(["子", "丑"])
    monkeypatch.setattr(automaton._common, "_set", GivenUp())
    assert automaton.scan("寅") == 0b11


def test_a_cleaner_may_have_an_automaton_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    automaton = prefilter.Prefilter(["子", ("丑", "寅.*卯"), None])
    assert automaton.scan("子") == 0b101
    assert automaton.scan("丑") == automaton.scan("寅子卯") & 0b110 == 0b110
    assert automaton.scan("寅\n卯") == 0b100
    monkeypatch.setattr(automaton._others[0][1], "_set", GivenUp())
    assert automaton.scan("辰") == 0b110


def test_patterns_that_need_too_much_room_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefilter, "_MEMORY", 4_000)
    with pytest.raises(ConfigError, match="prefilter"):
        prefilter.Prefilter(["|".join(f"子.{a}.丑" for a in "一二三四五六七八九十")])


def test_a_pattern_that_is_none_is_named() -> None:
    with pytest.raises(ConfigError, match="prefilter"):
        prefilter.Prefilter(["(?<=a)b"])


def test_it_takes_linear_time() -> None:
    automaton = prefilter.Prefilter(["子[丑寅]{0,60}卯", "(?:丑寅?){1,30}辰"])
    assert_linear(lambda times: automaton.scan("子丑寅丑" * times), 50_000)
