"""The cleaner for escapes and entities that were left in a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from zhclean.edits import NOTHING, Patch, Proposal, compose
from zhclean.encoding.escapes.bytes_escaped import (
    byte_escapes,
    encoded_words,
    percent_escapes,
    quoted_printable,
)
from zhclean.encoding.escapes.entities import abbreviations, cut_entities, entities
from zhclean.encoding.escapes.unicode_escaped import unicode_escapes

__all__ = ["Escapes"]

#: A replacement: start, end, text, rule code.
_Row = tuple[int, int, str, str]

#: What finds each kind of escape, and a literal without which there is none.
_FINDERS: Final[tuple[tuple[str, Callable[[str], Iterator[_Row]]], ...]] = (
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
#: Escapes of escapes are peeled in one go; only mixed ones (`&#38;#20320;`) need a round each.
_ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class Escapes:
    """Proposes the characters that escapes stand for.

    `&#20320;&#22909;` becomes `你好`. What is shown on purpose is left: code, JSON, regular
    expressions, URLs and paths, HTML source, and text that speaks about escapes.
    """

    stage: ClassVar[str] = "encoding"

    def propose(self, text: str) -> Proposal:
        """The escapes of `text` with what they stand for; spans count in `text`."""
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


def _rows(text: str) -> set[_Row]:
    return {row for literal, find in _FINDERS if literal in text for row in find(text)}


def _disjoint(rows: list[_Row]) -> list[_Row]:
    """The rows without those that overlap an earlier one; the next round sees what is left."""
    kept: list[_Row] = []
    for row in rows:
        if not kept or row[0] >= kept[-1][1]:
            kept.append(row)
    return kept
