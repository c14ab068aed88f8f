"""The pattern rules at work: tried where a text has what their matches must have.

The rows of the packs (see `pattern_rules`) are read ahead, and `spots` says where each may
match. The result is that of `re.finditer` for each row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from zhclean.edits import Flag
from zhclean.redaction.ahead import PATTERNS, read_ahead
from zhclean.redaction.spots import is_worth_it, spots
from zhclean.triggers import Trigger

__all__ = ["Row", "Sight", "find_patterns", "flags_of_rows", "look", "triggers"]

#: Longer than any match with what it looks ahead at.
_LONGEST: Final = 200
_LONG_ROW: Final = 8
#: So few places are tried one by one; a search does not stop behind them.
_FEW: Final = 16


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


_WORD: Final = re.compile(r"[0-9A-Za-z.%+*]")


@cache
def _rows() -> tuple[Row, ...]:
    return tuple(Row(*row) for row in read_ahead(PATTERNS)["rows"])


@cache
def _pattern(number: int) -> re.Pattern[str]:
    return re.compile(_rows()[number].find)


class Sight(NamedTuple):
    """Where to try which rows, as first and last places to begin at; and the finders to ask."""

    rows: dict[int, list[tuple[int, int]]]
    finders: set[str]


def look(text: str, support: str = "") -> Sight:
    """What may be found that needs this support, none by default."""
    rows: dict[int, list[tuple[int, int]]] = {}
    finders: set[str] = set()
    for place, targets in spots(support).places(text):
        for what, nearest, farthest in targets:
            if isinstance(what, str):
                if what not in finders and is_worth_it(what, text, place):
                    finders.add(what)
            elif nearest != farthest or _pattern(what).match(text, place - nearest):
                _add(rows.setdefault(what, []), place - farthest, place - nearest)
    return Sight(rows, finders)


def _add(places: list[tuple[int, int]], first: int, last: int) -> None:
    """Add to the places, as one with the latest if they meet: a row of signs has few."""
    if places and places[-1][0] <= first <= places[-1][1] + 1:
        places[-1] = places[-1][0], max(last, places[-1][1])
    else:
        places.append((first, last))


def find_patterns(text: str, support: str = "") -> list[Flag]:
    """What the rules find that need this support, none by default, by row and place."""
    return flags_of_rows(text, look(text, support).rows)


def flags_of_rows(text: str, places: dict[int, list[tuple[int, int]]]) -> list[Flag]:
    """What the rows find whose matches begin between these places, by row and place."""
    rules = _rows()
    return [
        flag
        for number in sorted(places)
        for match in _matches(number, text, places[number])
        if rules[number].allows(text, match.start())
        for flag in rules[number].flags(match)
    ]


def _matches(number: int, text: str, places: Iterable[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The matches of a row, disjoint and from the first on, that begin between these places."""
    pattern = _pattern(number)
    free = 0
    for first, last in sorted(places):
        start = max(free, first)
        while start <= last and (match := _first(pattern, text, start, last)):
            yield match
            start = free = match.end()
        free = max(free, last + 1)  # no match begins before that


def _first(pattern: re.Pattern[str], text: str, start: int, last: int) -> re.Match[str] | None:
    """The first match of a row that begins between two places."""
    if last - start < _FEW:
        for place in range(start, last + 1):
            if match := pattern.match(text, place):
                return match
        return None
    found = pattern.search(text, start, last + _LONGEST)
    return found if found and found.start() <= last else None


def triggers(*, spinning: bool) -> tuple[Trigger, ...]:
    """What has to stand in a text that the stage has something to say about."""
    found = read_ahead(PATTERNS)["triggers"]
    return (
        *(Trigger(lead, front, behind, _may_find) for lead, front, behind in found["spots"]),
        *(Trigger(*one) for one in found["spinning"] * spinning),
    )


def _may_find(text: str, place: int) -> bool:
    """Whether anything is found by what is at `place`; yes if that is in a long row of signs."""
    if text[place - 1 : place] == text[place] and _is_long_row(text, place):
        return True  # to try everything at each of them costs more than to go through the page
    for what, nearest, farthest in spots("").at(text, place):
        if isinstance(what, str):
            if is_worth_it(what, text, place):
                return True
        elif nearest == farthest:
            match = _pattern(what).match(text, place - nearest)
            if match is not None and _rows()[what].allows(text, match.start()):
                return True
        elif any(
            _rows()[what].allows(text, match.start())
            for match in _matches(what, text, [(place - farthest, place - nearest)])
        ):
            return True
    return False


def _is_long_row(text: str, place: int) -> bool:
    return text[place - _LONG_ROW : place] == text[place] * _LONG_ROW
