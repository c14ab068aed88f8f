"""The cleaner: every hole of a text as a flag, or with a token in its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from zhclean.edits import NOTHING, Flag, Patch, Proposal
from zhclean.errors import ConfigError
from zhclean.redaction.forms import FORMS
from zhclean.redaction.patterns import find_patterns, flags_of_rows, look, triggers
from zhclean.redaction.spots import SUPPORTS
from zhclean.triggers import Trigger

__all__ = ["Redaction", "find_holes"]

#: How many characters of the page around a hole it is evidence for.
_NEAR: Final = 2500


def _disjoint(flags: Iterable[Flag]) -> list[Flag]:
    """Sorted flags without overlaps: the identifier or field around a mask wins over the mask."""
    rows: list[Flag] = []
    for flag in sorted(flags, key=lambda flag: (flag.start, -flag.end)):
        if not rows or flag.start >= rows[-1].end:
            rows.append(flag)
        elif flag.end - flag.start > rows[-1].end - rows[-1].start:
            rows[-1] = flag
    return rows


def find_holes(text: str) -> list[Flag]:
    """The masked, blank, dropped and overwritten values of `text`, sorted and disjoint."""
    rows, finders = look(text)
    if not rows and not finders:
        return []
    # Patterns first: of two flags on the same span the more specific one stays.
    flags = flags_of_rows(text, rows)
    if "masks" in finders:
        from zhclean.redaction.masks import find_masks

        flags += find_masks(text)
    if "lines" in finders or "fields" in finders:
        from zhclean.redaction.blanks import find_blanks

        flags += find_blanks(text)
    if "counts" in finders:
        from zhclean.redaction.overwrites import find_overwrites

        masked_years = any(flag.kind == "year" and flag.rule[:2] in ("R1", "R2") for flag in flags)
        flags += find_overwrites(text, masked_years=masked_years)
    for form in sorted(SUPPORTS):
        places = sorted(flag.start for flag in flags if FORMS[flag.rule[:2]] == form)
        if places:
            flags += (flag for flag in find_patterns(text, form) if _is_near(places, flag.start))
    return _disjoint(flags)


def _is_near(places: Sequence[int], place: int) -> bool:
    """Whether one of the sorted places is near enough to speak for another."""
    following = bisect_left(places, place - _NEAR)
    return following < len(places) and places[following] <= place + _NEAR


@dataclass(frozen=True, slots=True)
class Redaction:
    """Flags what was removed from a text; changes nothing unless told to.

    `mask`: write this token instead of every hole and flag nothing. Where a value was
    dropped without a trace, the token is put in front of the word that lost it.
    `spinning`: also repair spun words that are certain and flag those that are suspects.
    """

    mask: str | None = None
    spinning: bool = False

    stage: ClassVar[str] = "redaction"

    def __post_init__(self) -> None:
        if self.mask is not None and not isinstance(self.mask, str):
            raise TypeError(f"mask= takes a token or None, not {self.mask!r}")
        if self.mask is not None and not self.mask.strip():
            raise ConfigError("redaction: mask must be a token, not white space")

    def triggers(self) -> tuple[Trigger, ...]:
        """What has to stand in a text for `propose` to find anything."""
        return triggers(spinning=self.spinning)

    def propose(self, text: str) -> Proposal:
        flags = find_holes(text)
        rows: list[tuple[int, int, str, str]] = []
        if self.mask is not None:
            rows = self._token_rows(text, flags, self.mask)
            flags = []
        if self.spinning:
            from zhclean.redaction.spinning import find_suspects, spun_words

            spun = spun_words(text)
            rows += [(row.start, row.end, row.put, row.code) for row in spun]
            flags += find_suspects(text, spun)
        if not rows and not flags:
            return NOTHING
        rows.sort()
        flags.sort(key=lambda flag: (flag.start, flag.end, flag.rule))
        return Proposal(Patch.of(rows), tuple(flags))

    def _token_rows(
        self, text: str, flags: Iterable[Flag], token: str
    ) -> list[tuple[int, int, str, str]]:
        rows = []
        for flag in flags:
            front = text[max(0, flag.start - len(token)) : flag.start]
            around = text[max(0, flag.start - len(token) + 1) : flag.end + len(token) - 1]
            if token in around or (front == token and FORMS[flag.rule[:2]] == "dropped"):
                continue  # written by an earlier run
            end = flag.start if FORMS[flag.rule[:2]] == "dropped" else flag.end
            rows.append((flag.start, end, token, flag.rule))
        return rows
