"""The triggers of a lead, told by the characters before and behind it without asking each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Final, NamedTuple

from zhclean.triggers.character_sets import Characters, named

__all__ = ["NOBODY", "Answer", "Leads", "Neighbours", "Row", "answer_of", "is_frequent_pair"]

#: Characters so frequent that to stop at each takes longer than to look for the few pairs in
#: which one is a trigger.
_FREQUENT: Final = frozenset("，。、的一是不了在人有我他这中大来上国")
_FEW: Final = 8
#: A set of more, and that leaves out more, is not spelt out.
_MOST: Final = 1_000


class Row(NamedTuple):
    """A declared trigger, read, with the bit of its cleaner."""

    lead: Characters
    before: Characters
    after: Characters
    check: Callable[[str, int], object] | None
    bit: int


def is_frequent_pair(row: Row) -> bool:
    """Whether a trigger is one of few pairs that begin with a frequent character."""
    alone = row.before.is_empty and not row.check and not row.after.is_empty
    if not alone or row.lead.has_spans or not row.lead.few <= _FREQUENT:
        return False
    return not (row.after.negated or row.after.has_spans) and len(row.after.few) <= _FEW


class Answer(NamedTuple):
    """Cleaners, as bits, with a trigger at one place; and those whose checks have to say so."""

    sure: int
    checks: tuple[tuple[int, Callable[[str, int], object]], ...]


NOBODY: Final = Answer(0, ())


def answer_of(rows: Sequence[Row]) -> Answer:
    """The answer where these triggers stand."""
    if not rows:
        return NOBODY
    sure = reduce(or_, (row.bit for row in rows if row.check is None), 0)
    checks = dict.fromkeys((row.bit, row.check) for row in rows if row.check and not row.bit & sure)
    return Answer(sure, tuple(checks))


class Neighbours(NamedTuple):
    """Some triggers with the same lead, as the bits of numbers.

    Those that allow a character in front, and any that is not listed; the same behind; and the
    answers where these stand, None where each has to be asked.
    """

    before: dict[str, int]
    any_before: int
    after: dict[str, int]
    any_after: int
    answers: dict[int, Answer | None]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Neighbours:
        """The neighbours of triggers."""
        before, any_before, unknown_before = _sides([row.before for row in rows])
        after, any_after, unknown_after = _sides([row.after for row in rows])
        answers = _Answers(rows, unknown_before | unknown_after)
        return cls(before, any_before, after, any_after, answers)


class _Answers(dict[int, Answer | None]):
    """What is asked about some triggers as bits, remembered."""

    def __init__(self, rows: Sequence[Row], unknown: int) -> None:
        super().__init__()
        self._rows = rows
        self._unknown = unknown

    def __missing__(self, held: int) -> Answer | None:
        found = None
        if not held & self._unknown:
            found = answer_of([row for place, row in enumerate(self._rows) if held >> place & 1])
        self[held] = found
        return found


def _sides(sets: Sequence[Characters]) -> tuple[dict[str, int], int, int]:
    """By character the sets that hold it; those that hold all that are not listed; and those
    that are not spelt out, which are taken to hold all."""
    listed: dict[str, int] = {}
    rest = unknown = edge = 0
    for place, characters in enumerate(sets):
        bit = 1 << place
        edge |= bit * characters.negated
        spelt = _spelt(characters)
        if spelt is None:
            rest |= bit
            edge |= bit
            unknown |= bit
        else:
            members, others = spelt
            rest |= bit * others
            for member in members:
                listed[member] = listed.get(member, 0) ^ bit
    held = {character: rest ^ bits for character, bits in listed.items()}
    held[""] = edge
    return held, rest, unknown


def _spelt(characters: Characters) -> tuple[Iterable[str], bool] | None:
    """The characters that a set holds and False, or that it leaves out and True; None if both
    are many."""
    if not characters.has_spans:
        return characters.few, characters.negated
    parts = named([characters])
    borders = [0, *(border for part in parts for border in part), sys.maxunicode + 1]
    gaps = list(zip(borders[0::2], borders[1::2], strict=True))
    for ranges, others in ((parts, characters.negated), (gaps, not characters.negated)):
        if sum(end - start for start, end in ranges) <= _MOST:
            return [chr(code) for part in ranges for code in range(*part)], others
    return None


class Leads(dict[str, Neighbours | None]):
    """The neighbours of each character that is a lead, None of others; of those that were met."""

    def __init__(self, rows: Iterable[Row]) -> None:
        super().__init__()
        self._by_character: dict[str, list[Row]] = {}
        self._others: list[Row] = []
        for row in rows:
            if row.lead.has_spans or row.lead.negated:
                self._others.append(row)
            else:
                for character in row.lead.few:
                    self._by_character.setdefault(character, []).append(row)
        self._known: dict[tuple[Row, ...], Neighbours | None] = {(): None}

    def rows(self, lead: str) -> tuple[Row, ...]:
        """The triggers with this lead."""
        others = (row for row in self._others if lead in row.lead)
        return (*self._by_character.get(lead, ()), *others)

    def __missing__(self, lead: str) -> Neighbours | None:
        rows = self.rows(lead)
        if rows not in self._known:
            self._known[rows] = Neighbours.of(rows)
        found = self[lead] = self._known[rows]
        return found
