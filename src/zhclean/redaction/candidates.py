"""Candidates: the runs of mask characters in a text, and what is found out about each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from sys import intern
from typing import Final, NamedTuple

__all__ = ["RULE_OF_KIND", "Evidence", "Finding", "Mask", "candidate_at", "candidates"]

#: Glyph class -> the characters of it. A run never mixes classes.
_GLYPHS: Final = {
    "x": "xXｘＸ",
    "times": "×✕╳",
    "star": "*＊",
    "ring": "○〇◯OＯ",
    "box": "□■█△▲◇◆",
    "mou": "某",
}
_CLASS_OF: Final = {glyph: name for name, glyphs in _GLYPHS.items() for glyph in glyphs}
# The pattern begins with one class of all characters and looks back from there: one that begins
# with choices or look-behinds is ten times slower on clean text. The letter O counts from two on.
_RUN: Final = re.compile(
    f"[{''.join(_GLYPHS.values())}]"
    "(?:(?<=[xXｘＸ])(?<![A-Za-z_].)[xXｘＸ]*+(?![A-Za-z_])|(?<=[×✕╳])[×✕╳]*+|(?<=[*＊])[*＊]*+"
    "|(?<=[○〇◯])[○〇◯]*+|(?<=[□■█△▲◇◆])[□■█△▲◇◆]*+|(?<=某)某{0,3}+"
    "|(?<=[OＯ])(?<![A-Za-z].)[OＯ]++(?![A-Za-z]))"
)
_TAIL: Final = {
    name: re.compile("(?:(?:[.．]|,(?=[0-9{0}]{{3}}))?[0-9０-９{0}])*+".format(re.escape(glyphs)))
    for name, glyphs in _GLYPHS.items()
}
#: Digits that belong to the mask: 20xx, 1x.x.
_FRONT: Final = re.compile(r"[0-9０-９][0-9０-９.,，．]*\Z")
#: The digits of a year also in characters, but not before ○, which is one of them: 二○一×.
_FRONT_OF_YEAR: Final = re.compile(r"[一二][九〇○零Ｏ][〇○零一二三四五六七八九]?\Z")
#: 张×2013年: digits that begin another number.
_LATER: Final = re.compile(r"[0-9]{3}\Z")
_FRONT_REACH: Final = 16
_FRONT_ENDS: Final = frozenset("0123456789０１２３４５６７８９.,，．")
_ENDS_OF_YEAR: Final = frozenset("〇○零一二三四五六七八九Ｏ")


class Evidence(IntEnum):
    """How many certain masks of its class near by it takes to believe a candidate."""

    CERTAIN = 0  # its own neighbours say so
    LIKELY = 1
    BARE = 5


#: Kind -> the rule of a mask that its neighbours give this kind.
RULE_OF_KIND: Final = {
    "year": "R101",
    "month_day": "R102",
    "percent": "R103",
    "number": "R104",
    "place": "R105",
    "organisation": "R106",
    "person": "R107",
    "other": "R110",
}


class Finding(NamedTuple):
    """A span that is believed to hide a value if there is `evidence` for it."""

    start: int
    end: int
    kind: str
    rule: str
    evidence: Evidence
    glyph: str
    at: int  # where the mask characters begin
    run: str  # the mask characters


class Mask(NamedTuple):
    """A run of mask characters with the digits that belong to it."""

    start: int
    end: int
    run: int  # where the mask characters begin
    glyph: str
    length: int  # mask characters
    text: str  # from `run` to `end`

    @property
    def digits(self) -> bool:
        """Do digits in front belong to it?"""
        return self.start < self.run

    def finding(
        self,
        kind: str,
        evidence: Evidence = Evidence.CERTAIN,
        *,
        rule: str | None = None,
        start: int | None = None,
        end: int | None = None,
    ) -> Finding:
        """This mask as a finding, on another span if `start` or `end` say so."""
        return Finding(
            self.start if start is None else start,
            self.end if end is None else end,
            kind,
            rule or RULE_OF_KIND[kind],
            evidence,
            self.glyph,
            self.run,
            self.text,
        )


def _front(text: str, low: int, run: int, glyph: str) -> int:
    """Where the digits in front of the mask characters at `run` begin."""
    before = text[run - 1] if run > low else ""
    front = _FRONT.search(text, low, run) if before and before in _FRONT_ENDS else None
    if front is None and before and before in _ENDS_OF_YEAR and glyph != "ring":
        front = _FRONT_OF_YEAR.search(text, max(low, run - 3), run)
    return front.start() if front else run


def _mask(text: str, match: re.Match[str], cursor: int) -> Mask:
    """The mask of a run; what stands before `cursor` belongs to another."""
    run, end = match.span()
    glyph = _CLASS_OF[match[0][0]]
    start = run
    if glyph != "mou":
        start = _front(text, max(cursor, run - _FRONT_REACH), run, glyph)
        tail = _TAIL[glyph].match(text, end)
        end = tail.end() if tail else end
        if start == run and end > match.end() and _LATER.search(text, run, end):
            end = run + len(text[run:end].rstrip("0123456789"))
    length = match.end() - run
    if end > match.end():
        length = sum(_CLASS_OF.get(char) == glyph for char in text[run:end])
    # A page of placeholders repeats a few runs: one string for all of them.
    return Mask(start, end, run, glyph, length, intern(text[run:end]))


def candidates(text: str) -> Iterator[Mask]:
    """Every run of mask characters, in order and disjoint."""
    cursor = 0
    for match in _RUN.finditer(text):
        if match.start() >= cursor:
            mask = _mask(text, match, cursor)
            cursor = mask.end
            yield mask


#: What masks with their digits consist of.
_PARTS: Final = frozenset(_CLASS_OF) | _FRONT_ENDS | _ENDS_OF_YEAR
_FAR: Final = 64


def candidate_at(text: str, place: int) -> Mask | None:
    """The one of `candidates` that has its sign at `place` among others.

    Raises `LookupError` if that takes reading far.
    """
    at = place
    while at and text[at - 1] in _PARTS:
        at -= 1
        if place - at > _FAR:
            raise LookupError
    cursor = at
    while at <= place:
        match = _RUN.match(text, at)
        if match is None:
            at += 1
            continue
        mask = _mask(text, match, cursor)
        if mask.end > place:
            return mask
        at = cursor = mask.end
    return None
