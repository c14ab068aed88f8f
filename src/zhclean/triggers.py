"""One scan of a text tells which cleaners can have anything to do.

A cleaner may declare triggers: what must stand in a text for it to propose anything. The
pipeline looks for the triggers of all its cleaners at once and asks only those whose trigger
it finds. Triggers are necessary, not sufficient: they may stop too often, never too seldom.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

__all__ = ["Gate", "Trigger"]


class Trigger(NamedTuple):
    """A rare character, and what must stand beside it.

    Each field is a set of characters, written like the inside of a class of `re`: characters
    and ranges (`"0-9%"`), a hyphen first or last, `^` in front for all others, but without
    escapes. `lead` is what is searched for, so it should be rare in clean text; "" for
    `before` or `after` demands nothing, and a set with `^` also holds the end of the text.
    """

    lead: str
    before: str = ""
    after: str = ""


class _Characters:
    """Membership in a set of characters written as in `Trigger`."""

    __slots__ = ("_few", "_negated", "_ranges")

    def __init__(self, body: str) -> None:
        self._negated = body.startswith("^")
        ranges = _ranges(body.removeprefix("^"))
        self._few = frozenset(low for low, high in ranges if low == high)
        self._ranges = tuple((low, high) for low, high in ranges if low != high)

    def __contains__(self, character: str) -> bool:
        found = character in self._few or any(
            low <= character <= high for low, high in self._ranges
        )
        return found is not self._negated


#: What must stand in front, what behind (None: anything), and the bit of the cleaner.
_Row = tuple[_Characters | None, _Characters | None, int]


class Gate:
    """The triggers of several cleaners, found in one scan.

    `triggers` holds a row for each cleaner; None stands for one that always has to be asked.
    """

    def __init__(self, triggers: Sequence[Sequence[Trigger] | None]) -> None:
        self._declared = tuple(triggers)
        self._always = 0
        self._rows: list[tuple[_Characters, _Row]] = []
        self._bodies: list[tuple[int, str]] = []
        for index, declared in enumerate(triggers):
            bit = 1 << index
            if declared is None:
                self._always |= bit
                continue
            for trigger in declared:
                before, after = (
                    _Characters(body) if body else None for body in (trigger.before, trigger.after)
                )
                self._rows.append((_Characters(trigger.lead), (before, after, bit)))
                self._bodies.append((bit, trigger.lead))
        self._by_lead: dict[str, tuple[_Row, ...]] = {}
        self._searches: dict[int, re.Pattern[str]] = {}

    def __reduce__(self) -> tuple[type[Gate], tuple[object]]:
        return Gate, (self._declared,)

    def scan(self, text: str) -> int:
        """The cleaners that may have something to do in `text`: bit n for the one at index n."""
        found = self._always
        position = 0
        while match := self._search(found).search(text, position):
            place = match.start()
            position = place + 1
            before, after = text[place - 1 : place] if place else "", text[position : position + 1]
            for front, behind, bit in self._rows_of(text[place]):
                if (front is None or before in front) and (behind is None or after in behind):
                    found |= bit
        return found

    def _search(self, found: int) -> re.Pattern[str]:
        """The search for what would tell of further cleaners; the found ones need no more."""
        search = self._searches.get(found)
        if search is None:
            ranges = {
                pair for bit, lead in self._bodies if not bit & found for pair in _ranges(lead)
            }
            body = "".join(
                re.escape(low) if low == high else f"{re.escape(low)}-{re.escape(high)}"
                for low, high in sorted(ranges)
            )
            search = self._searches[found] = re.compile(f"[{body}]" if body else "(?!)")
        return search

    def _rows_of(self, lead: str) -> tuple[_Row, ...]:
        rows = self._by_lead.get(lead)
        if rows is None:
            rows = self._by_lead[lead] = tuple(row for leads, row in self._rows if lead in leads)
        return rows


_RANGE: Final = re.compile(r"(.)-(.)|(.)", re.DOTALL)


def _ranges(body: str) -> list[tuple[str, str]]:
    """The first and last character of each range in a set without `^`."""
    return [
        (match[1], match[2]) if match[1] else (match[3], match[3])
        for match in _RANGE.finditer(body)
    ]
