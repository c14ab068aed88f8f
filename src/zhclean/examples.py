"""Whether a rule does what its examples say: for `zhclean rules --test` and the tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhclean.pipeline import Pipeline
    from zhclean.rules import Rule

__all__ = ["broken_examples"]


def broken_examples(rule: Rule, pipeline: Pipeline) -> Iterator[str]:
    """What is wrong with each example of `rule` that `pipeline`, which has it, does not bear out."""
    for change in rule.change:
        result = pipeline.analyze(change.before)
        if all(rule.code not in edit.rules for edit in result.edits):
            yield f"does not change {change.before!r}"
        elif result.text != change.after:
            yield f"makes {result.text!r} of {change.before!r}, not {change.after!r}"
    for flagged in rule.flag:
        result = pipeline.analyze(flagged.text)
        spans = [result.text[f.start : f.end] for f in result.flags if f.rule == rule.code]
        if spans != list(flagged.spans):
            yield f"flags {spans} in {flagged.text!r}, not {list(flagged.spans)}"
    for text in rule.leave:
        result = pipeline.analyze(text)
        if any(rule.code in edit.rules for edit in result.edits):
            yield f"does not leave {text!r}"
        if any(rule.code == flag.rule for flag in result.flags):
            yield f"flags {text!r}"
