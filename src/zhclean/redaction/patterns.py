"""The pattern rules at work: found where a text has what their matches must have.

The rows of the packs (see `pattern_rules`) are read ahead, with one expression for all of them
that stops at their rarest characters beside the right neighbours. Only there a row is tried,
and the result is that of `re.finditer` for each row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from zhclean.edits import Flag
from zhclean.redaction.ahead import PATTERNS, read_ahead
from zhclean.redaction.signs import count_trigger
from zhclean.triggers import Characters, Trigger

__all__ = ["SUPPORTS", "Row", "expression", "find_patterns", "triggers"]

#: Longer than any match with what it looks ahead at.
_LONGEST: Final = 200
#: Trigrams whose rows are remembered.
_MOST_KNOWN: Final = 1 << 14


class Row:
    """One pattern of a rule.

    `support`: the form of damage that must be found elsewhere, or ""; `opening`: it may stand
    at the beginning of the text; for the others see `pattern_rules`.
    """

    __slots__ = ("after", "alone", "code", "find", "opening", "support", "unless")

    def __init__(
        self,
        code: str,
        support: str,
        find: str,
        after: Iterable[str],
        unless: Iterable[str],
        opening: bool,
        alone: bool,
    ) -> None:
        self.code: Final = code
        self.support: Final = support
        self.find: Final = find
        self.after: Final = tuple(after)
        self.unless: Final = tuple(unless)
        self.opening: Final = opening
        self.alone: Final = alone

    def allows(self, text: str, start: int) -> bool:
        """Whether what stands in front of a match at `start` lets it count."""
        opens = self.opening and not start
        if self.after and not opens and not text.endswith(self.after, 0, start):
            return False
        if self.unless and text.endswith(self.unless, 0, start):
            return False
        return not (self.alone and start and _WORD.match(text[start - 1]))

    def flags(self, match: re.Match[str]) -> Iterator[Flag]:
        """A flag for every named group of a match."""
        for group in match.re.groupindex:
            start, end = match.span(group)
            if group != "first" and start >= 0:
                yield Flag(start, end, group.rstrip("0123456789"), self.code)


#: The forms of damage that some rows need the support of.
SUPPORTS: Final = frozenset({"mask", "dropped"})

_WORD: Final = re.compile(r"[0-9A-Za-z.%+*]")


def triggers(*, spinning: bool) -> tuple[Trigger, ...]:
    """What has to stand in a text that the stage has something to say about."""
    content = read_ahead(PATTERNS)
    found = content["triggers"]
    return (
        count_trigger(content["units"]),
        *(Trigger(lead, front, behind, _may_match) for lead, front, behind in found["patterns"]),
        *(Trigger(*one) for one in found["signs"] + found["spinning"] * spinning),
    )


def _may_match(text: str, place: int) -> bool:
    """Whether a row matches with its lead at `place`; yes if that can't be told from near by."""
    rules = _rows()
    for number, nearest, farthest, near in _trials("").at(text, place):
        if not near:
            return True
        fixed = nearest == farthest
        if fixed and not (place >= nearest and rules[number].allows(text, place - nearest)):
            continue
        match = _near(number, text, place, farthest, 0)
        if match is not None and (fixed or rules[number].allows(text, match.start())):
            return True
    return False


@cache
def _rows() -> tuple[Row, ...]:
    return tuple(Row(*row) for row in read_ahead(PATTERNS)["rows"])


@cache
def _pattern(number: int) -> re.Pattern[str]:
    return re.compile(_rows()[number].find)


@cache
def expression(name: str) -> re.Pattern[str]:
    """What stops where the signs of "masks", "lines", "fields" or "counts" stand: see `signs`."""
    return re.compile(read_ahead(PATTERNS)["signs"][name])


@cache
def _spots(support: str) -> re.Pattern[str]:
    return re.compile(read_ahead(PATTERNS)["spots"][support])


_characters = cache(Characters)

#: Rows to try at a lead: their numbers, how far in front of it their matches begin at least and
#: at most, and whether all that decides stands near it.
_Rows = tuple[tuple[int, int, int, bool], ...]


class _Trials(dict[str, _Rows]):
    """What to try at the middle of a trigram, remembered."""

    def __init__(self, support: str) -> None:
        self._leads = read_ahead(PATTERNS)["leads"][support]

    def __missing__(self, trigram: str) -> _Rows:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[trigram] = found = self.between(*trigram)
        return found

    def at(self, text: str, place: int) -> _Rows:
        """What to try at the character at `place`."""
        if 0 < place < len(text) - 1:
            return self[text[place - 1 : place + 2]]
        before = text[place - 1] if place else ""
        return self.between(before, text[place], text[place + 1 : place + 2])

    def between(self, before: str, lead: str, after: str) -> _Rows:
        """What to try at `lead`; "" for a neighbour stands for the edge of the text."""
        return tuple(
            (number, nearest, farthest, near)
            for number, front, behind, nearest, farthest, near in self._leads.get(lead, ())
            if before in _characters(front) and after in _characters(behind)
        )


_trials = cache(_Trials)


def find_patterns(text: str, support: str = "") -> list[Flag]:
    """What the rules find that need this support, none by default, by row and place."""
    trials = _trials(support)
    found: dict[int, list[re.Match[str]]] = {}
    for spot in _spots(support).finditer(text):
        place = spot.start()
        for number, _, farthest, _ in trials.at(text, place):
            matches = found.get(number)
            match = _near(number, text, place, farthest, matches[-1].end() if matches else 0)
            if match is not None:
                found.setdefault(number, []).append(match)
    rules = _rows()
    return [
        flag
        for number in sorted(found)
        for match in found[number]
        if rules[number].allows(text, match.start())
        for flag in rules[number].flags(match)
    ]


def _near(number: int, text: str, place: int, farthest: int, free: int) -> re.Match[str] | None:
    """The next match of a row that begins at `free` or behind, if it is the one with its lead at `place`."""
    start = max(free, place - farthest)
    if start > place:
        return None
    if start == place:
        return _pattern(number).match(text, place)
    match = _pattern(number).search(text, start, place + _LONGEST)
    return match if match is not None and match.start() <= place else None
