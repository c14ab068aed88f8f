"""The cleaner for escapes and entities that were left in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar, Final

from zhclean.edits import NOTHING, Patch, Proposal, compose
from zhclean.triggers import Trigger

__all__ = ["Escapes"]

#: A replacement: start, end, text, rule code.
_Row = tuple[int, int, str, str]

#: Every escape has one of these. What is Chinese has a byte of 80 and more.
_TRIGGERS: Final = (
    Trigger("&", after="#A-Za-z"),
    Trigger(";", before="0-9A-Za-z"),
    Trigger("\\%", after="u"),
    Trigger("\\", after="x"),
    Trigger("%", after="89a-fA-F"),
    Trigger("=", after="89A-F?"),
)
#: Escapes of escapes are peeled in one go; only mixed ones (`&#38;#20320;`) need a round each.
_ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class Escapes:
    """Proposes the characters that escapes stand for.

    `&#20320;&#22909;` becomes `你好`. What is shown on purpose is left: code, JSON, regular
    expressions, URLs and paths, HTML source, and text that speaks about escapes.
    """

    stage: ClassVar[str] = "encoding"

    def triggers(self) -> tuple[Trigger, ...]:
        """The beginnings of escapes, or where they end in what is cut."""
        return _TRIGGERS

    def propose(self, text: str) -> Proposal:
        """The escapes of `text` with what they stand for; spans count in `text`."""
        if _sign().search(text) is None:
            return NOTHING
        patch = Patch()
        current = text
        for _ in range(_ROUNDS):
            rows = _disjoint(sorted(_rows(current)))
            if not rows:
                break
            step = Patch.of(rows)
            patch = compose(patch, step)
            current = step.apply(current)
        return Proposal(patch) if patch else NOTHING


@cache
def _sign() -> re.Pattern[str]:
    """The triggers as one search; each begins with a character, which makes it fast."""
    return re.compile(r"&[#A-Za-z]|;(?<=[0-9A-Za-z];)|\\[ux]|%[u89a-fA-F]|=[89A-F?]")


@cache
def _finders() -> tuple[tuple[str, Callable[[str], Iterator[_Row]]], ...]:
    """A literal without which there is no escape of a kind, and what finds that kind."""
    from zhclean.encoding.escapes.bytes_escaped import (
        byte_escapes,
        encoded_words,
        percent_escapes,
        quoted_printable,
    )
    from zhclean.encoding.escapes.entities import abbreviations, cut_entities, entities
    from zhclean.encoding.escapes.unicode_escaped import unicode_escapes

    return (
        ("&", entities),
        (";", cut_entities),
        ("amp;", abbreviations),
        ("\\u", unicode_escapes),
        ("%u", unicode_escapes),
        ("\\x", byte_escapes),
        ("%", percent_escapes),
        ("=", quoted_printable),
        ("=?", encoded_words),
    )


def _rows(text: str) -> set[_Row]:
    return {row for literal, find in _finders() if literal in text for row in find(text)}


def _disjoint(rows: list[_Row]) -> list[_Row]:
    """The rows without those that overlap an earlier one; the next round sees what is left."""
    kept: list[_Row] = []
    for row in rows:
        if not kept or row[0] >= kept[-1][1]:
            kept.append(row)
    return kept
