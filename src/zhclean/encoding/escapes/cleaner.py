"""The cleaner for escapes and entities that were left in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar, Final

from zhclean.edits import NOTHING, Patch, Proposal, compose
from zhclean.fences import fenced_spans, outside
from zhclean.triggers import Trigger

__all__ = ["Escapes"]

#: A replacement: start, end, text, rule code.
_Row = tuple[int, int, str, str]

#: Entities in entities are peeled in one go; only mixed escapes (`&#37;u4f60%u597d`), and rows of
#: them each escaped once more than the one before, need a round each.
_ROUNDS: Final = 16


@dataclass(frozen=True, slots=True)
class Escapes:
    """Proposes the characters that escapes stand for.

    `&#20320;&#22909;` becomes `你好`. What is shown on purpose is left: code, JSON, regular
    expressions, URLs and paths, HTML source, and text that speaks about escapes.
    """

    stage: ClassVar[str] = "encoding"

    def triggers(self) -> tuple[Trigger, ...]:
        """The beginnings of escapes, or where they end in what is cut."""
        # What is Chinese has a byte of 80 and more.
        return (
            Trigger("&", after="#A-Za-z", check=_begins_entity),
            Trigger(";", before="0-9A-Za-z", check=_ends_cut_entity),
            Trigger("\\%", after="u"),
            Trigger("\\", after="x"),
            Trigger("%", after="89a-fA-F"),
            Trigger("=", after="89A-F?"),
        )

    def propose(self, text: str) -> Proposal:
        """The escapes of `text` with what they stand for; spans count in `text`."""
        if not _may_have_escapes(text):
            return NOTHING
        patch = Patch()
        current = text
        for _ in range(_ROUNDS):
            rows = _disjoint(outside(sorted(_rows(current)), fenced_spans(current)))
            if not rows:
                break
            step = Patch.of(rows)
            patch = compose(patch, step)
            current = step.apply(current)
        return Proposal(patch) if patch else NOTHING


def _may_have_escapes(text: str) -> bool:
    """The triggers, each by a search that begins with one character: two are `in`."""
    return any(sign in text and pattern.search(text) is not None for sign, pattern in _signs())


@cache
def _signs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    patterns = (_entity().pattern, ";(?<=[0-9A-Za-z];)", r"\\[ux]", "%[u89a-fA-F]", "=[89A-F?]")
    return tuple((pattern[pattern[0] == "\\"], re.compile(pattern)) for pattern in patterns)


@cache
def _entity() -> re.Pattern[str]:
    # Up to the semicolon, or as far as the check of a trigger may see.
    numeric, named = "#[0-9xX][0-9a-fA-F]{0,7};", "[A-Za-z][0-9A-Za-z]{1,14}+(?:;|[0-9A-Za-z])"
    return re.compile(f"&(?:{numeric}|{named})")


@cache
def _cut() -> re.Pattern[str]:
    # Beside an entity that lost its `&` stands Chinese, beside that of an abbreviation a letter.
    chinese = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’]"
    return re.compile(f"{chinese}[#0-9A-Za-z]{{1,8}};|;{chinese}|[A-Za-z]amp;")


def _begins_entity(text: str, place: int) -> bool:
    return _entity().match(text, place) is not None


def _ends_cut_entity(text: str, place: int) -> bool:
    return _cut().search(text, max(0, place - 9), place + 2) is not None


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


def _disjoint(rows: Iterable[_Row]) -> list[_Row]:
    """The rows without those that overlap an earlier one; the next round sees what is left."""
    kept: list[_Row] = []
    for row in rows:
        if not kept or row[0] >= kept[-1][1]:
            kept.append(row)
    return kept
