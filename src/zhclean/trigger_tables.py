"""The triggers of a gate looked up in tables over code points, many characters at a time.

Needs numpy, the extra `fast`. One table says of each character whether it is a lead: one
look-up a character, and most are not. Only leads are looked at with their neighbours: a lead
has bits for the triggers that it may belong to, its neighbours have bits for those that they
allow, and a trigger can stand only where all three agree. Triggers share bits, so the gate
itself is asked about each three characters that are left; it is asked once about the same
three. A lead that demands nothing of its neighbours may be a frequent character; the first
table says all of it.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhclean.triggers import Characters, Gate, Row

__all__ = ["TriggerTables"]

_BITS: Final = 64
#: In the first table: a lead that has to be looked at with its neighbours; the other bits of
#: the byte are for cleaners whose leads demand nothing.
_LEAD: Final = 1
_MOST_FREE: Final = 7
#: Longer texts are looked at in slices: what does not fit the cache costs page faults.
_SLICE: Final = 30_000
#: The first slice: a text that concerns everyone often shows it soon.
_GLANCE: Final = 1_000
#: The first character beyond the Basic Multilingual Plane.
_BEYOND: Final = 0x10000
#: Combinations of bits and of three neighbours whose cleaners are remembered.
_MOST_KNOWN: Final = 1 << 16
#: The class of what is not there: the neighbour of a text's first and last character.
_EDGE: Final = 0


class _Hits(NamedTuple):
    """The kind of each character of a page; where triggers stand, with the codes of the gate."""

    kinds: NDArray[np.uint8]
    places: NDArray[np.intp]
    codes: NDArray[np.uint64]


class _Trigrams(dict[int, int]):
    """What is asked about each key, remembered. Trigrams repeat: each is asked about once."""

    def __init__(self, ask: Callable[[int], int]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, key: int) -> int:
        found = self[key] = self._ask(key)
        return found


class TriggerTables:
    """Gives the answers of the gate that it is made from, without those who are always asked."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        free, bound = _parted(gate.rows)
        shares = _allot(bound)
        self._of_free = np.array(
            [
                sum(one for bit, one in enumerate(free, 1) if kinds >> bit & 1)
                for kinds in range(2 << _MOST_FREE)
            ],
            np.uint64,
        )
        self._everyone = sum({row.bit for row in gate.rows})
        self._trigrams = _Trigrams(self._of_trigram)
        # Characters between two neighbouring borders are in the same sets: one class. A
        # character's class is the number of borders up to it.
        borders = {0, _BEYOND}
        for row in gate.rows:
            for characters in (row.lead, row.before, row.after):
                for low, high in characters.ranges:
                    borders |= {ord(low), ord(high) + 1}
        self._borders = sorted(borders)
        self._size = len(self._borders) + 1
        starts = np.array([*self._borders, _BEYOND]).clip(max=_BEYOND)
        classes = np.arange(1, len(starts), dtype=np.min_scalar_type(len(starts)))
        self._class = np.repeat(classes, np.diff(starts))
        self._lead = self._allowed([[row.lead for row in rows] for rows in shares])
        self._before = self._allowed([[row.before for row in rows] for rows in shares])
        self._after = self._allowed([[row.after for row in rows] for rows in shares])
        kinds = self._allowed([[row.lead for row in rows] for rows in free.values()])
        kinds = (kinds << 1 | (self._lead != 0)).astype(np.uint8)
        self._kinds = np.repeat(kinds[1:], np.diff([*self._borders, sys.maxunicode + 1]))

    def _allowed(self, sets: Sequence[Sequence[Characters]]) -> NDArray[np.uint64]:
        """For each class the bits whose triggers allow its characters, by the sets of each bit."""
        classes = [0] * self._size
        for bit, alternatives in enumerate(sets):
            for characters in dict.fromkeys(alternatives):
                for member in self._classes(characters):
                    classes[member] |= 1 << bit
        return np.array(classes, np.uint64)

    def _classes(self, characters: Characters) -> Iterable[int]:
        listed = (
            member
            for low, high in characters.ranges
            for member in range(
                bisect_right(self._borders, ord(low)), bisect_right(self._borders, ord(high)) + 1
            )
        )
        if characters.negated:
            return set(range(self._size)).difference(listed)
        return listed

    def scan(self, text: str) -> int:
        """The cleaners with a trigger in `text`."""
        found = 0
        starts = (0, *range(min(_GLANCE, _SLICE), len(text), _SLICE))
        for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
            page = text[start - 1 : end + 1] if start else "\n" + text[: end + 1]
            edges = [] if start else [0]
            if end >= len(text):
                edges.append(len(page))
                page += "\n"
            hits = self._look_up(page, np.array(edges, np.intp))
            found |= int(self._of_free[np.bitwise_or.reduce(hits.kinds)])
            if len(hits.places):
                found |= int(np.bitwise_or.reduce(hits.codes)) & self._gate.everyone
                for place, code in self._unsure(hits):
                    found |= self._gate.confirm(text, place - 1 + start, code, found)
            if found == self._everyone:
                break
        return found

    def scan_many(self, texts: Sequence[str]) -> list[int]:
        """`scan` of each text, in one look-up: for small texts."""
        # A line feed in front of each text and one behind the last.
        edges = np.array([0, *accumulate(len(text) + 1 for text in texts)], np.intp)
        hits = self._look_up("\n".join(("", *texts, "")), edges)
        by_text = self._of_free.take(np.bitwise_or.reduceat(hits.kinds, edges[:-1]))
        if len(hits.places):
            owners = np.searchsorted(edges, hits.places) - 1
            first = np.flatnonzero(np.diff(owners, prepend=-1))
            by_text[owners[first]] |= np.bitwise_or.reduceat(hits.codes, first)
            by_text &= np.uint64(self._gate.everyone)
        found: list[int] = by_text.tolist()
        starts = edges.tolist()
        for place, code in self._unsure(hits):
            owner = bisect_right(starts, place) - 1
            offset = place - starts[owner] - 1
            found[owner] |= self._gate.confirm(texts[owner], offset, code, found[owner])
        return found

    def _unsure(self, hits: _Hits) -> Iterator[tuple[int, int]]:
        """The places where a check has to be made, with their codes."""
        asked = np.flatnonzero(hits.codes > self._gate.everyone)
        return zip(hits.places[asked].tolist(), hits.codes[asked].tolist(), strict=True)

    def _of_trigram(self, key: int) -> int:
        rest, after = divmod(key, self._size)
        before, lead = divmod(rest, self._size)
        # Any character of a class does, for those of a class are in the same sets.
        characters = (chr(self._borders[c - 1]) if c else "" for c in (before, lead, after))
        return self._gate.look_up(*characters)

    def _look_up(self, page: str, edges: NDArray[np.intp]) -> _Hits:
        """What stands in `page`, whose first and last character are neighbours only.

        The characters at `edges` stand for nothing at all.
        """
        # A string of numpy is one code point after the other. Much faster than to encode.
        codes = np.array([page]).view(np.uint32)
        kinds = self._kinds.take(codes)
        kinds[[0, -1]] = 0
        kinds[edges] = 0
        places = np.flatnonzero((kinds & _LEAD).view(bool))
        if not len(places):
            return _Hits(kinds, places, np.zeros(0, np.uint64))
        is_edge = np.zeros(len(codes), bool)
        is_edge[edges] = True
        lead, before, after = (
            self._classes_of(codes.take(near)) for near in (places, places - 1, places + 1)
        )
        before[is_edge.take(places - 1)] = _EDGE
        after[is_edge.take(places + 1)] = _EDGE
        bits = self._lead.take(lead) & self._before.take(before) & self._after.take(after)
        kept = np.flatnonzero(bits)
        keys = np.zeros(len(kept), np.int64)
        for classes in (before, lead, after):
            keys = keys * self._size + classes[kept]
        if len(self._trigrams) >= _MOST_KNOWN:
            self._trigrams.clear()
        told = np.array([self._trigrams[key] for key in keys.tolist()], np.uint64)
        some = np.flatnonzero(told)
        return _Hits(kinds, places[kept[some]], told[some])

    def _classes_of(self, codes: NDArray[np.uint32]) -> NDArray[Any]:
        if len(codes) and codes.max() >= _BEYOND:
            return np.searchsorted(self._borders, codes, side="right")
        return self._class.take(codes)


def _parted(rows: Sequence[Row]) -> tuple[dict[int, list[Row]], list[Row]]:
    """By cleaner, triggers that demand nothing but a lead within the BMP; and all others."""
    free: dict[int, list[Row]] = {}
    bound: list[Row] = []
    for row in rows:
        basic = all(high <= "\uffff" for _, high in row.lead.ranges)
        demands = not row.before.is_empty or not row.after.is_empty or row.check or not basic
        if demands or (row.bit not in free and len(free) == _MOST_FREE):
            bound.append(row)
        else:
            free.setdefault(row.bit, []).append(row)
    return free, bound


def _allot(rows: Sequence[Row]) -> list[list[Row]]:
    """The triggers of each bit; those of one bit have one cleaner.

    Triggers that differ in their lead alone share a bit. A cleaner that has more kinds than
    its part of the bits puts neighbouring leads together, but never one that demands nothing
    on a side with one that does: nothing would be left of the demand.
    """
    by_cleaner: dict[int, dict[tuple[Characters, Characters, bool], list[Row]]] = {}
    for row in rows:
        kind = row.before, row.after, bool(row.check)
        by_cleaner.setdefault(row.bit, {}).setdefault(kind, []).append(row)
    bits: list[list[Row]] = []
    waiting = sorted(by_cleaner.values(), key=len)
    for index, kinds in enumerate(waiting):
        part = max(1, (_BITS - len(bits)) // (len(waiting) - index))
        if len(kinds) <= part:
            bits += kinds.values()
            continue
        demands: dict[tuple[bool, bool], list[Row]] = {}
        for row in sorted(chain(*kinds.values()), key=lambda row: sorted(row.lead.ranges)):
            demands.setdefault((row.before.is_empty, row.after.is_empty), []).append(row)
        size = -(-sum(map(len, demands.values())) // max(1, part - len(demands)))
        for alike in demands.values():
            bits += [alike[start : start + size] for start in range(0, len(alike), size)]
    return bits
