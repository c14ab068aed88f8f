"""One regular expression that stops at each of many triggers, and seldom elsewhere.

It begins with one class of all leads, which `re` passes over quickly. What it then asks of the
neighbours is a few products of classes, for each of them is asked at each lead: triggers with
similar demands share a product, which also holds what only one of them allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from heapq import heapify, heappop, heappush
from itertools import combinations
from operator import or_
from typing import Final

from tools.pattern_anchors import Characters, members

__all__ = ["stop_expression"]

#: Nanoseconds to ask a lead for a product, more where the character behind it agrees, and to
#: stop at a place.
_ASK: Final = 5.0
_AGREE: Final = 20.0
_STOP: Final = 150.0

Set = tuple[str, str, str]  # lead, before, after


@dataclass(frozen=True)
class _Product:
    """Leads between characters; and the places of a text that have each, as bits."""

    leads: frozenset[str]
    before: Characters
    after: Characters
    places: tuple[int, int, int]

    def __or__(self, other: _Product) -> _Product:
        return _Product(
            self.leads | other.leads,
            _either(self.before, other.before),
            _either(self.after, other.after),
            _joined(self, other),
        )

    def source(self) -> str:
        lead, front = _class(self.leads), _class(self.before)
        if self.after is None:
            return f"(?<={front}{lead})"
        return f"{_class(self.after)}(?<={front}{lead}.)"


def _either(one: Characters, other: Characters) -> Characters:
    return None if one is None or other is None else one | other


def _joined(one: _Product, other: _Product) -> tuple[int, int, int]:
    (lead, before, after), (lead2, before2, after2) = one.places, other.places
    return lead | lead2, before | before2, after | after2


def _class(characters: Characters) -> str:
    """A class of `re`, or nothing where anything is allowed."""
    if characters is None:
        return ""
    ranges: list[list[int]] = []
    for code in sorted(map(ord, characters)):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return f"[{''.join(_range(chr(low), chr(high)) for low, high in ranges)}]"


def _range(low: str, high: str) -> str:
    if low == high:
        return re.escape(low)
    return f"{re.escape(low)}{'-' * (ord(high) > ord(low) + 1)}{re.escape(high)}"


def _set(written: str) -> Characters:
    """The set as it is written, or None if it excludes: the search need not be exact."""
    return None if not written or written.startswith("^") else frozenset(members(written))


def stop_expression(sets: Iterable[Set], text: str) -> str:
    """The expression for `sets` that does least in clean `text`."""
    rows = sorted(set(sets))
    all_leads = frozenset(lead for row in rows for lead in members(row[0]))
    places = _Places(text, all_leads)
    found = _gathered([places.product(row) for row in rows], places.count)
    found.sort(key=lambda one: (one.after is None, sorted(one.leads)))
    alternatives = "|".join(one.source() for one in found)
    return f"{_class(all_leads)}(?s:(?={alternatives}))"


class _Places:
    """The places of a text with a lead, and which characters are there, as bits."""

    def __init__(self, text: str, leads: frozenset[str]) -> None:
        at = [place for place in range(1, len(text) - 1) if text[place] in leads]
        self.count = len(at)
        self._lead, self._before, self._after = (
            _bits([text[place + shift] for place in at]) for shift in (0, -1, 1)
        )

    def product(self, row: Set) -> _Product:
        lead, before, after = row
        sets = (frozenset(members(lead)), _set(before), _set(after))
        tables = (self._lead, self._before, self._after)
        places = (self._of(table, one) for table, one in zip(tables, sets, strict=True))
        return _Product(*sets, tuple(places))  # type: ignore[arg-type]

    def _of(self, table: dict[str, int], characters: Characters) -> int:
        if characters is None:
            return (1 << self.count) - 1
        return reduce(or_, (table.get(one, 0) for one in characters), 0)


def _bits(characters: Sequence[str]) -> dict[str, int]:
    whole = "".join(characters)
    marks = {
        one: "".join("1" if char == one else "0" for char in reversed(whole)) for one in set(whole)
    }
    return {one: int(mark, 2) for one, mark in marks.items()}


def _gathered(products: list[_Product], count: int) -> list[_Product]:
    """The products in fewer, as long as that makes the search faster."""

    def cost(places: tuple[int, int, int]) -> float:
        lead, before, after = places
        stops = (lead & before & after).bit_count()
        return _STOP * stops + _AGREE * after.bit_count() + _ASK * count

    def gain(one: int, other: int) -> float:
        return costs[one] + costs[other] - cost(_joined(found[one], found[other]))

    found = dict(enumerate(products))
    costs = {key: cost(one.places) for key, one in found.items()}
    gains = [(-gain(*pair), *pair) for pair in combinations(found, 2)]
    heapify(gains)
    while gains and gains[0][0] < 0:
        _, one, other = heappop(gains)
        if one in found and other in found:
            key = len(costs)
            joined = found.pop(one) | found.pop(other)
            costs[key] = cost(joined.places)
            found[key] = joined
            for third in list(found)[:-1]:
                heappush(gains, (-gain(third, key), third, key))
    return list(found.values())
