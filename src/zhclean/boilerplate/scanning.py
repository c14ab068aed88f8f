"""Finding the places of a text where some of many templates may match, in one scan.

Clean text holds few of the characters that are looked for, seldom between their neighbours,
and a character class is what `re` searches fastest.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from zhclean.boilerplate.tables import AnchorTables

__all__ = ["Anchor", "Scanner"]

#: A stretch must be this long for tables to be faster than a search.
_LONG: Final = 1_500
#: Trigrams whose numbers are remembered; there is no end of them in hostile text.
_MOST_KNOWN: Final = 1 << 14


class Anchor(NamedTuple):
    """One of `leads`, behind one of `before` and in front of one of `after` (None: anything).

    A blank in a set also stands for all control characters and for the ends of the text.
    """

    leads: str
    before: str | None
    after: str | None


class Scanner:
    """Finds anchors and yields the numbers that they stand for."""

    def __init__(self, chosen: Mapping[Anchor, Sequence[int]], in_front: str = "") -> None:
        """`in_front` is a pattern of what stands in front of every lead, in the same match."""
        self.chosen: Final = chosen
        self._in_front: Final = in_front
        self._known: dict[str, tuple[int, ...]] = {}
        self._lookup: AnchorTables | None = None

    def scan(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[tuple[int, tuple[int, ...]]]:
        """(place, numbers) of the anchors whose lead stands in `text[start:end]`, in order."""
        known = self._known
        for place in self._places(text, start, len(text) if end is None else end):
            trigram = text[place - 1 : place + 2] if place else "\n" + text[:2]
            numbers = known.get(trigram)
            if numbers is None:
                numbers = self._look_up(trigram)
            if numbers:
                yield place, numbers

    def _places(self, text: str, start: int, end: int) -> Iterator[int]:
        """Where leads stand, or at least those with neighbours of some anchor."""
        if end - start >= _LONG and not self._in_front and (tables := self._tables()) is not None:
            return tables.places(text, start, end)
        return (match.end() - 1 for match in self._search.finditer(text, start, end))

    def _tables(self) -> AnchorTables | None:
        # numpy takes longer to import than some megabytes take to search: whoever has much
        # text has it imported by the gate of the pipeline.
        if self._lookup is None and "numpy" in sys.modules:
            from zhclean.boilerplate.tables import AnchorTables

            self._lookup = AnchorTables(self.chosen)
        return self._lookup

    def _look_up(self, trigram: str) -> tuple[int, ...]:
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        before, lead, after = trigram[0], trigram[1], trigram[2:] or "\n"
        found = {
            number
            for befores, afters, numbers in self._by_lead[lead]
            if _holds(befores, before) and _holds(afters, after)
            for number in numbers
        }
        self._known[trigram] = numbers = tuple(sorted(found))
        return numbers

    @cached_property
    def _by_lead(self) -> Mapping[str, Sequence[tuple[str | None, str | None, Sequence[int]]]]:
        by_lead: dict[str, list[tuple[str | None, str | None, Sequence[int]]]] = {}
        for anchor, numbers in self.chosen.items():
            for lead in anchor.leads:
                by_lead.setdefault(lead, []).append((anchor.before, anchor.after, numbers))
        return by_lead

    @cached_property
    def _search(self) -> re.Pattern[str]:
        leads = re.escape("".join(sorted(self._by_lead)))
        return re.compile(f"{self._in_front}[{leads}]" if leads else "(?!)")


def _holds(characters: str | None, character: str) -> bool:
    """Whether a set of an anchor holds a character."""
    return characters is None or character in characters or (character < " " and " " in characters)
