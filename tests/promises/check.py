"""One check of everything that zhclean promises of any input at all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import zhclean
from zhclean import NOTHING, Patch, Pipeline, Result
from zhclean.encoding.annotated import AnnotatedGbk
from zhclean.encoding.misreads import Misreads

if TYPE_CHECKING:
    from zhclean.triggers.tables import TriggerTables

__all__ = ["check", "check_bytes", "check_door", "check_many", "pipelines"]

#: Characters of a text that is long among the inputs.
_LONG: Final = 200


@cache
def pipelines(searches: bool = True) -> dict[str, Pipeline]:
    """The default pipeline, each stage alone, and every option away from its default.

    Without `searches` the passes are left out that search for lost text: they take nearly
    all of the time on damaged input.
    """
    every = {
        "default": zhclean.pipeline(),
        "encoding": zhclean.pipeline("encoding"),
        "boilerplate": zhclean.pipeline("boilerplate"),
        "numbers": zhclean.pipeline("numbers"),
        "redaction": zhclean.pipeline("redaction"),
        "to zh-Hans": zhclean.pipeline(to="zh-Hans"),
        "to zh-Hans-CN": zhclean.pipeline("encoding", to="zh-Hans-CN"),
        "to zh-Hant": zhclean.pipeline("encoding", to="zh-Hant"),
        "to zh-Hant-TW": zhclean.pipeline("encoding", to="zh-Hant-TW"),
        "to zh-Hant-HK": zhclean.pipeline("encoding", to="zh-Hant-HK"),
        "arabic": zhclean.pipeline(numbers="arabic"),
        "keep": zhclean.pipeline(numbers="keep"),
        "gbt15835": zhclean.pipeline("numbers", numbers="gbt15835"),
        "aggressive": zhclean.pipeline(level="aggressive"),
        "conservative": zhclean.pipeline(preset="conservative"),
        "masked": zhclean.pipeline("redaction", mask="[MASK]"),
        "all options": zhclean.pipeline(
            to="zh-Hans", mask="〔？〕", spinning=True, width=True, punctuation=True
        ),
    }
    if searches:
        return every
    return {
        name: Pipeline(
            tuple(one for one in pipe.cleaners if not isinstance(one, Misreads | AnnotatedGbk))
        )
        for name, pipe in every.items()
    }


@cache
def _tables(name: str, searches: bool) -> TriggerTables | None:
    """The gate's tables, where numpy is installed."""
    if find_spec("numpy") is None:
        return None
    from zhclean.triggers.tables import TriggerTables

    return TriggerTables(pipelines(searches)[name].door.gate)


def check(source: str, name: str = "default", *, searches: bool = True) -> Result:
    """Raise `AssertionError` if `source` breaks a promise of the pipeline called `name`."""
    return check_many([source], name, searches=searches)[0]


def check_many(
    sources: Sequence[str], name: str = "default", *, searches: bool = True
) -> list[Result]:
    """`check` of each source; what may depend on the texts beside it is asked of all together."""
    pipe = pipelines(searches)[name]
    results = list(pipe.stream(sources))
    assert len(results) == len(sources)
    for source, result in zip(sources, results, strict=True):
        _check_result(source, result)
    # Alone and in another order, by the code path that explains nothing.
    for source, result in zip(reversed(sources), reversed(results), strict=True):
        assert pipe.clean(source) == result.text
    # Settled: another run leaves the texts alone, in a batch that others stand in.
    texts = [result.text for result in results]
    assert pipe.clean_many(texts) == texts
    different = list(dict.fromkeys((*sources, *texts)))
    for text in different:
        check_door(pipe, text)
    _check_tables(pipe, different, _tables(name, searches))
    return results


def _check_result(source: str, result: Result) -> None:
    """Explained, reversible, and the same when stored."""
    text, edits = result.text, result.edits
    assert result.source == source
    assert Patch.from_edits(edits).apply(source) == text
    assert result.restore() == source
    assert all(source[edit.start : edit.end] == edit.before for edit in edits)
    assert all(edit.rules for edit in edits)
    assert Result.from_json(result.to_json()) == result
    for flag in result.flags:
        assert 0 <= flag.start <= flag.end <= len(text), flag
        assert flag.kind
        assert flag.rule
        assert flag.rule != "P001", "cleaners undo each other"


def check_door(pipe: Pipeline, text: str) -> None:
    """Whom the gate leaves out has nothing to say."""
    concerned = pipe.door.gate.go_through(text)
    assert pipe.door.gate.glance.scan(text) & concerned == concerned
    for index, cleaner in enumerate(pipe.cleaners):
        if not concerned >> index & 1:
            assert cleaner.propose(text) == NOTHING, cleaner


def _check_tables(pipe: Pipeline, texts: Sequence[str], tables: TriggerTables | None) -> None:
    """The gate's tables find what the gate finds."""
    if tables is None:
        return
    gate = pipe.door.gate
    found = list(map(gate.go_through, texts))
    # As they are used: one by one where texts are long, else together.
    assert [gate.always | one for one in tables.scan_many(texts)] == found
    for text, concerned in zip(texts, found, strict=True):
        if len(text) > _LONG or len(texts) == 1:
            assert gate.always | tables.scan(text) == concerned


def check_bytes(data: bytes) -> None:
    """Raise `AssertionError` if `data` breaks a promise of decoding."""
    decoded = zhclean.decode(data)
    assert decoded.encode() == data
    for start, end in decoded.damaged:
        assert 0 <= start < end <= len(data)
    assert zhclean.analyze(data).encoding == decoded.encoding
