"""One check of everything that zhclean promises of any input at all."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

import zhclean
from zhclean import NOTHING, Patch, Pipeline, Result
from zhclean.encoding.annotated import AnnotatedGbk
from zhclean.encoding.misreads import Misreads

if TYPE_CHECKING:
    from zhclean.trigger_tables import TriggerTables

__all__ = ["check", "check_bytes", "pipelines"]


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
    from zhclean.trigger_tables import TriggerTables

    return TriggerTables(pipelines(searches)[name].gate)


def check(source: str, name: str = "default", *, searches: bool = True) -> Result:
    """Raise `AssertionError` if `source` breaks a promise of the pipeline called `name`."""
    pipe = pipelines(searches)[name]
    result = pipe.analyze(source)
    text, edits = result.text, result.edits

    # Explained and reversible.
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
    # Whom the gate leaves out had nothing to say.
    tables = _tables(name, searches)
    for text_of_round in {source, text}:
        found = pipe.gate.scan(text_of_round)
        assert tables is None or tables.scan(text_of_round) | pipe.gate.always == found
        for index, cleaner in enumerate(pipe.cleaners):
            if not found >> index & 1:
                assert cleaner.propose(text_of_round) == NOTHING, cleaner
    # The code path that explains is the one that cleans.
    assert pipe.clean(source) == text
    # Settled.
    assert pipe.clean_many([source, text]) == [text, text]
    assert not any(flag.rule == "P001" for flag in result.flags), "cleaners undo each other"
    return result


def check_bytes(data: bytes) -> None:
    """Raise `AssertionError` if `data` breaks a promise of decoding."""
    decoded = zhclean.decode(data)
    assert decoded.encode() == data
    for start, end in decoded.damaged:
        assert 0 <= start < end <= len(data)
    assert zhclean.analyze(data).encoding == decoded.encoding
