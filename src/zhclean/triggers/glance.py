"""The triggers of some cleaners, found by one search of `re` for all their leads.

For what is not looked up in tables. It pays for cleaners with few triggers, whose own first
looks would go through the text one after the other. All others are let through.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from zhclean.triggers.character_sets import Characters, named
from zhclean.triggers.neighbours import is_frequent_pair

if TYPE_CHECKING:
    from zhclean.triggers.gate import Gate
    from zhclean.triggers.neighbours import Row

__all__ = ["Glance"]

#: A cleaner with more triggers is let through.
_FEW: Final = 12
#: So often a cleaner may be found again; then everyone is let through, for the text is full of
#: leads.
_AGAIN: Final = 8
#: The Basic Multilingual Plane ends there.
_BEYOND: Final = 0x10000


class _Sight(NamedTuple):
    """What must stand beside a lead: one of some characters, or none of some."""

    bit: int
    before: frozenset[str] | Characters
    not_before: bool
    after: frozenset[str] | Characters
    not_after: bool
    check: Callable[[str, int], object] | None


class _Sights(dict[str, tuple[_Sight, ...]]):
    """By lead, remembered of those that were met."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self._rows = [(row.lead, _sight(row)) for row in rows]

    def __missing__(self, lead: str) -> tuple[_Sight, ...]:
        found = self[lead] = tuple(sight for leads, sight in self._rows if lead in leads)
        return found


class Glance:
    """Gives the answers of the gate that it is made from, or lets through more."""

    def __init__(self, gate: Gate) -> None:
        triggers = Counter(row.bit for row in gate.rows)
        large = {row.bit for row in gate.rows if triggers[row.bit] > _FEW or row.lead.negated}
        rows = [row for row in gate.rows if row.bit not in large]
        pairs = [row for row in rows if is_frequent_pair(row)]
        sought = [row for row in rows if not is_frequent_pair(row)]
        self._everyone = gate.everyone
        #: Those that it looks for, as bits.
        self.cleaners: Final = sum({row.bit for row in rows})
        self._others = gate.everyone & ~self.cleaners
        self._pairs = [
            # What begins with a character and not with a class is found much faster.
            (re.compile(re.escape(lead) + _class(named([row.after]))), row.bit)
            for row in pairs
            for lead in sorted(row.lead.few)
        ]
        # Of all others, for no class is as fast as one of the Basic Multilingual Plane.
        borders = [0, *(border for part in named(row.lead for row in sought) for border in part)]
        rest = zip(borders[0::2], [*borders[1::2], _BEYOND], strict=True)
        self._leads = re.compile(_class(rest, "^"), re.DOTALL)
        self._sights = _Sights(sought)

    def scan(self, text: str) -> int:
        """The cleaners that may have something to do in `text`."""
        found = self._others
        for pattern, bit in self._pairs:
            if pattern.search(text):
                found |= bit
        again = 0
        sights = self._sights
        for match in self._leads.finditer(text):
            place = match.start()
            for bit, before, not_before, after, not_after, check in sights[match[0]]:
                if found & bit:
                    again += check is None
                elif (
                    (text[place - 1 : place] in before) is not not_before
                    and (text[place + 1 : place + 2] in after) is not not_after
                    and (check is None or check(text, place))
                ):
                    found |= bit
            if again > _AGAIN:
                return self._everyone
        return found


def _sight(row: Row) -> _Sight:
    return _Sight(row.bit, *_side(row.before), *_side(row.after), row.check)


def _side(characters: Characters) -> tuple[frozenset[str] | Characters, bool]:
    """A set, in the form that tells fastest; whether it is of those that are left out."""
    if characters.has_spans:
        return characters, False
    return characters.few, characters.negated


def _class(parts: Iterable[tuple[int, int]], sign: str = "") -> str:
    """A class of `re`, of the first character of each part and the one behind its last."""
    ranges = (
        "-".join(re.escape(chr(code)) for code in (start, min(end, _BEYOND) - 1))
        for start, end in parts
        if start < min(end, _BEYOND)
    )
    body = "".join(ranges)
    return f"[{sign}{body}]" if body else "."
