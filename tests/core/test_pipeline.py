"""Pipelines as values, and the promises that hold for any cleaners at all."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zhclean
from zhclean import NOTHING, ConfigError, Edit, EditError, Flag, Patch, Pipeline, Proposal, Result
from zhclean.triggers import Trigger


@dataclass(frozen=True, slots=True)
class Replace:
    """Replaces one pattern; the simplest cleaner there is."""

    pattern: str
    after: str
    code: str = "E999"
    stage: ClassVar[str] = "encoding"

    def propose(self, text: str) -> Proposal:
        rows = [
            (m.start(), m.end(), self.after, self.code) for m in re.finditer(self.pattern, text)
        ]
        return Proposal(Patch.of(rows)) if rows else NOTHING


@dataclass(frozen=True, slots=True)
class FlagAll:
    """Flags one pattern, and edits nothing."""

    pattern: str
    stage: ClassVar[str] = "redaction"

    def propose(self, text: str) -> Proposal:
        flags = [Flag(m.start(), m.end(), "other", "R999") for m in re.finditer(self.pattern, text)]
        return Proposal(Patch(), tuple(flags))


# Sets of cleaners that settle, each in its own way: shrinking, chaining, peeling.
CHAINS = [
    (Replace("ab", "b", "A"), Replace("bb", "b", "B"), FlagAll("b")),
    (Replace("a", "bc", "A"), Replace("c", "", "C"), Replace("b", "d", "B"), FlagAll("d+")),
    (FlagAll("a"), Replace("中", "中文"[1], "Z"), Replace("文+", "x", "W")),
    (Replace("(?<=b)a", "", "A"), FlagAll("b"), Replace("^b", "", "B")),
]
texts = st.text(alphabet="abc中文\n\ud800", max_size=30)


@given(st.sampled_from(CHAINS), texts)
def test_the_promises_hold_for_any_cleaners(cleaners: tuple[Replace, ...], source: str) -> None:
    pipe = Pipeline(cleaners)
    result = pipe.analyze(source)
    assert result.text == pipe.clean(source)
    assert pipe.clean(result.text) == result.text
    assert result.restore() == source
    assert Patch.from_edits(result.edits).apply(source) == result.text
    assert Result.from_json(result.to_json()) == result
    for edit in result.edits:
        assert source[edit.start : edit.end] == edit.before
    for flag in result.flags:
        assert 0 <= flag.start <= flag.end <= len(result.text)


@dataclass(frozen=True, slots=True)
class Triggered:
    """A cleaner that tells what it looks for."""

    cleaner: Replace | FlagAll
    stage: ClassVar[str] = "encoding"

    def propose(self, text: str) -> Proposal:
        return self.cleaner.propose(text)

    def triggers(self) -> tuple[Trigger, ...]:
        first = re.sub(r"\(.*\)|\^", "", self.cleaner.pattern)[0]
        return (Trigger(first),)


@pytest.mark.parametrize("seen", [0, 10**6])  # with numpy, tables are used behind the first texts
@settings(deadline=None)
@given(st.sampled_from(CHAINS), st.lists(texts, max_size=3), st.sampled_from([1, 1, 1, 100]))
def test_triggers_change_nothing(
    seen: int, cleaners: tuple[Replace, ...], sources: list[str], times: int
) -> None:
    sources = [source * times for source in sources]
    quick = Pipeline(tuple(map(Triggered, cleaners)))
    quick.door.scan("x" * seen)
    expected = list(map(Pipeline(cleaners).analyze, sources))
    assert list(map(quick.analyze, sources)) == expected
    assert list(quick.stream(sources)) == expected
    assert quick.clean_many(sources) == [result.text for result in expected]


def test_edits_of_several_stages_are_told_in_source_positions() -> None:
    pipe = Pipeline((Replace("ab", "X", "A"), Replace("Xc", "YY", "B")))
    assert pipe.analyze("..abc..").edits == (Edit(2, 5, "abc", "YY", ("A", "B")),)


def test_a_flag_moves_with_its_text_and_goes_with_it() -> None:
    pipe = Pipeline((FlagAll("文"), Replace("ab", "", "A"), Replace("c文", "", "C")))
    assert pipe.analyze("ab文c文").flags == (Flag(0, 1, "other", "R999"),)


def test_cleaners_that_undo_each_other_leave_the_text_alone() -> None:
    pipe = Pipeline((Replace("a", "b"), Replace("b", "a")))
    result = pipe.analyze("ab")
    assert result.text == "ab"
    assert result.edits == ()
    assert [flag.rule for flag in result.flags] == ["P001"]


def test_a_pipeline_is_a_value() -> None:
    pipe = zhclean.pipeline("encoding", "numbers", numbers="arabic")
    same = zhclean.pipeline("numbers", "encoding", numbers="arabic")
    assert pipe == same
    assert hash(pipe) == hash(same)
    assert pipe != zhclean.pipeline("encoding", "numbers")
    assert pickle.loads(pickle.dumps(pipe)) == pipe
    assert Pipeline.from_json(pipe.to_json()) == pipe
    assert Pipeline.from_toml(pipe.to_toml()) == pipe
    assert pipe.stages == ("encoding", "numbers")


@pytest.mark.parametrize("preset", ["repair", "training", "conservative"])
def test_presets_are_pipelines_that_can_be_stored(preset: str) -> None:
    pipe = zhclean.pipeline(preset=preset)
    assert Pipeline.from_toml(pipe.to_toml()) == pipe
    assert pipe.clean("今天天气很好。") == "今天天气很好。"


def test_stored_cleaners_of_users_must_be_known() -> None:
    pipe = Pipeline((Replace("a", "b"),))
    assert Pipeline.from_json(pipe.to_json(), known=[Replace]) == pipe
    with pytest.raises(ConfigError, match=r"unknown cleaner .*known="):
        Pipeline.from_json(pipe.to_json())


@pytest.mark.parametrize(
    "stored",
    [
        "[]",
        "{}",
        '{"cleaners": [3]}',
        '{"cleaners": [{"type": "os:system"}]}',
        '{"cleaners": [{"type": "zhclean.files:write_atomic"}]}',
        '{"cleaners": [{"colour": 1}]}',
        '{"cleaners": [{"type": "zhclean.numbers.cleaner:Numbers", "colour": 1}]}',
        "{",
    ],
)
def test_a_stored_pipeline_that_is_none_is_refused(stored: str) -> None:
    with pytest.raises(ConfigError):
        Pipeline.from_json(stored)


@pytest.mark.parametrize(
    ("stages", "options", "message"),
    [
        (("encodng",), {}, "did you mean 'encoding'"),
        (("script",), {}, "needs a target"),
        ((), {"preset": "trainning"}, "did you mean 'training'"),
        ((), {"to": "zh-Klingon"}, "zh-Hans"),
        ((), {"numbers": "roman"}, "plain"),
        ((), {"level": "wild"}, "standard"),
    ],
)
def test_a_name_that_does_not_exist_is_refused(
    stages: tuple[str, ...], options: dict[str, str], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        zhclean.pipeline(*stages, **options)  # type: ignore[arg-type]


def test_no_cleaners_change_nothing() -> None:
    assert Pipeline(()).clean("总结(jié)") == "总结(jié)"


def test_what_is_no_cleaner_is_refused() -> None:
    with pytest.raises(ConfigError, match="no cleaner"):
        Pipeline((str.upper,))  # type: ignore[arg-type]


def test_bytes_are_decoded_and_the_codec_told() -> None:
    result = zhclean.analyze("会议决定，明年继续推进这项工作。".encode("gb18030"))
    assert (result.text, result.encoding) == ("会议决定，明年继续推进这项工作。", "gb18030")
    assert zhclean.analyze("文本").encoding is None
    with pytest.raises(TypeError, match="takes str"):
        zhclean.clean(b"abc")  # type: ignore[arg-type]


def test_stream_gives_a_result_a_document_in_order() -> None:
    pipe = Pipeline((Replace("a", "b"),))
    assert [result.text for result in pipe.stream(iter(["a", "ca", b"a"]))] == ["b", "cb", "b"]


def test_stream_gives_what_came_before_its_source_failed() -> None:
    def source() -> Iterator[str]:
        yield "a"
        raise OSError("gone")

    stream = Pipeline((Replace("a", "b"),)).stream(source())
    assert next(stream).text == "b"
    with pytest.raises(OSError, match="gone"):
        next(stream)


@dataclass(frozen=True, slots=True)
class Failing:
    """Fails on one text."""

    stage: ClassVar[str] = "encoding"

    def propose(self, text: str) -> Proposal:
        if text == "bad":
            raise ArithmeticError(text)
        return NOTHING


def test_stream_gives_what_came_before_a_cleaner_failed() -> None:
    stream = Pipeline((Failing(),)).stream(["good", "better", "bad", "best"])
    assert [next(stream).text, next(stream).text] == ["good", "better"]
    with pytest.raises(ArithmeticError, match="bad"):
        next(stream)


def test_many_texts_are_cleaned_as_each() -> None:
    pipe = zhclean.pipeline()
    texts = ["", "共计2500万元。", "總結(jié)會議", "a" * 5000, "没有什么可做。"]
    assert pipe.clean_many(texts) == [pipe.clean(text) for text in texts]
    with pytest.raises(TypeError, match="takes str"):
        pipe.clean_many(["a", b"a"])  # type: ignore[list-item]


def test_a_result_that_was_tampered_with_is_noticed() -> None:
    line = Pipeline((Replace("a", "b"),)).analyze("xax").to_json()
    for old, new in [('"xbx"', '"xcx"'), ('"xax"', '"xdx"'), ('"end": 2', '"end": 1')]:
        assert old in line
        with pytest.raises(EditError):
            Result.from_json(line.replace(old, new))
    with pytest.raises(EditError):
        Result.from_json("{}")


def test_importing_the_module_keeps_the_function() -> None:
    program = "import zhclean.pipeline, zhclean; assert zhclean.pipeline('numbers').stages"
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize("one", ["一万元", "一万元".encode()])
def test_one_text_is_no_list_of_texts(one: Any) -> None:
    with pytest.raises(TypeError, match="list"):
        zhclean.pipeline().clean_many(one)
    with pytest.raises(TypeError, match="list"):
        list(zhclean.pipeline().stream(one))


def test_one_pack_is_no_list_of_packs() -> None:
    with pytest.raises(TypeError, match="list of paths"):
        zhclean.pipeline("boilerplate", packs="mine.toml")


@pytest.mark.parametrize("value", [None, 7])
def test_what_is_no_text_is_named(value: Any) -> None:
    with pytest.raises(TypeError, match=type(value).__name__):
        zhclean.pipeline().analyze(value)
