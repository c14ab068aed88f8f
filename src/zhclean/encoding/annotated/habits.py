"""What a page's habits make of a reading: the cost of an annotation, or of none.

Within a page a character is annotated always or never.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import Final

from zhclean.encoding.annotated.gbk import char_of, pair_of
from zhclean.encoding.annotated.page import Page
from zhclean.encoding.annotated.readings import ladder, read_by, spelling

__all__ = ["CONTRARY", "Habits"]

# Costs in ln P of what a page that annotates always the same characters hardly ever shows.
_UNSEEN: Final = -2.0  # annotates a character of the ladder that it has shown no sign of
_BEYOND: Final = -5.0  # annotates a character beyond its own and the ladder's
CONTRARY: Final = -9.0  # annotates, or not, against its own habit


class Habits:
    """The costs, in ln P, on one page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._readers: dict[tuple[int, str], list[tuple[int, float]]] = {}
        self._annotated = _by_reading(page.annotated.items())

    def reading_cost(self, pair: int, syllable: str) -> float | None:
        """The cost of `syllable` behind `pair`; None if it does not read it."""
        printed = spelling(syllable)
        known = self._page.annotated.get(pair)
        if known is not None:
            return 0.0 if known == printed else None
        char = char_of(pair)
        if char is None:
            return None
        if ladder().get(char) == printed:
            return CONTRARY if pair in self._page.never else _UNSEEN
        if char not in ladder() and pair & 0xFF in read_by(pair >> 8, printed):
            return _BEYOND
        return None

    def readers(self, lead: int, syllable: str) -> list[tuple[int, float]]:
        """Pairs that begin with `lead` and read `syllable`, with their cost."""
        printed = spelling(syllable)
        known = self._readers.get((lead, printed))
        if known is None:
            known = self._readers[lead, printed] = self._find(lead, printed)
        return known

    def _find(self, lead: int, printed: str) -> list[tuple[int, float]]:
        readers = chain(self._annotated.get(printed, ()), _ladder_readers().get(printed, ()))
        pairs = dict.fromkeys(pair for pair in readers if pair >> 8 == lead)
        known = [(pair, self.reading_cost(pair, printed)) for pair in pairs]
        found = [(pair, cost) for pair, cost in known if cost is not None]
        if all(cost < _BEYOND for _, cost in found):
            beyond = [lead << 8 | trail for trail in read_by(lead, printed)]
            found += [
                (pair, cost)
                for pair in beyond
                if pair not in pairs and (cost := self.reading_cost(pair, printed)) is not None
            ]
        return found


def _by_reading(pairs: Iterable[tuple[int | None, str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for pair, reading in pairs:
        if pair is not None:
            found.setdefault(reading, []).append(pair)
    return found


@cache
def _ladder_readers() -> dict[str, list[int]]:
    return _by_reading((pair_of(char), reading) for char, reading in ladder().items())
