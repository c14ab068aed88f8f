"""The triggers of a gate looked up in tables over code points, many characters at a time.

Needs numpy, the extra `fast`. One table says of each character whether it is a lead: one
look-up a character, and most are not. Only leads are looked at with their neighbours: a lead
has bits for the triggers that it may belong to, its neighbours have bits for those that they
allow, and a trigger stands where all three agree. Where there are more triggers than bits
some share one; what such a bit finds is asked of the gate itself. A lead that demands nothing
of its neighbours may be a frequent character; the first table says all of it.
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
    """The kind of each character of a page; where triggers may have their leads, with bits.

    Of those places also the classes of the lead and its neighbours.
    """

    kinds: NDArray[np.uint8]
    places: NDArray[np.intp]
    bits: NDArray[np.uint64]
    lead: NDArray[Any]
    before: NDArray[Any]
    after: NDArray[Any]


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
        self._free = list(free)
        self._cleaners = [rows[0].bit for rows in shares]
        self._everyone = sum({*self._cleaners, *self._free})
        self._exact = np.uint64(sum(1 << n for n, rows in enumerate(shares) if _alike(rows)))
        self._known: dict[int, int] = {}
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
        classes = [0] * (len(self._borders) + 1)
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
            return set(range(len(self._borders) + 1)).difference(listed)
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
            found |= self._free_of(int(np.bitwise_or.reduce(hits.kinds)))
            if len(hits.places):
                found |= self._of(int(np.bitwise_or.reduce(hits.bits & self._exact)))
                vague, codes = self._confirmed(hits)
                found |= int(np.bitwise_or.reduce(codes)) & self._gate.everyone
                for place, code in self._unsure(hits.places[vague], codes):
                    found |= self._gate.confirm(text, place - 1 + start, code, found)
            if found == self._everyone:
                break
        return found

    def scan_many(self, texts: Sequence[str]) -> list[int]:
        """`scan` of each text, in one look-up: for small texts."""
        # A line feed in front of each text and one behind the last.
        edges = np.array([0, *accumulate(len(text) + 1 for text in texts)], np.intp)
        hits = self._look_up("\n".join(("", *texts, "")), edges)
        found = [0] * len(texts)
        if self._free:
            by_text = np.bitwise_or.reduceat(hits.kinds, edges[:-1])
            found = list(map(self._free_of, by_text.tolist()))
        owners = np.searchsorted(edges, hits.places) - 1
        vague, codes = self._confirmed(hits)
        certain = codes & np.uint64(self._gate.everyone)
        for whose, bits, cleaners in (
            (owners, hits.bits & self._exact, self._of),
            (owners[vague], certain, int),
        ):
            if len(whose):
                first = np.flatnonzero(np.diff(whose, prepend=-1))
                values = np.bitwise_or.reduceat(bits, first)
                for owner, value in zip(whose[first].tolist(), values.tolist(), strict=True):
                    found[owner] |= cleaners(value)
        starts = edges.tolist()
        for place, code in self._unsure(hits.places[vague], codes):
            owner = bisect_right(starts, place) - 1
            offset = place - starts[owner] - 1
            found[owner] |= self._gate.confirm(texts[owner], offset, code, found[owner])
        return found

    def _unsure(
        self, places: NDArray[np.intp], codes: NDArray[np.uint64]
    ) -> Iterator[tuple[int, int]]:
        """The places where a check has to be made, with their codes."""
        asked = np.flatnonzero(codes > self._gate.everyone)
        return zip(places[asked].tolist(), codes[asked].tolist(), strict=True)

    def _confirmed(self, hits: _Hits) -> tuple[NDArray[np.intp], NDArray[np.uint64]]:
        """Which hits have bits that several triggers share, and what the gate says of them."""
        vague = np.flatnonzero(hits.bits & ~self._exact)
        keys = np.zeros(len(vague), np.int64)
        for classes in (hits.before, hits.lead, hits.after):
            keys = keys * self._size + classes[vague]
        if len(self._trigrams) >= _MOST_KNOWN:
            self._trigrams.clear()
        codes = np.array([self._trigrams[key] for key in keys.tolist()], np.uint64)
        return vague, codes

    def _of_trigram(self, key: int) -> int:
        rest, after = divmod(key, self._size)
        before, lead = divmod(rest, self._size)
        # Any character of a class does, for those of a class are in the same sets.
        characters = (chr(self._borders[c - 1]) if c else "" for c in (before, lead, after))
        return self._gate.look_up(*characters)

    def _free_of(self, kinds: int) -> int:
        """The cleaners of leads that demand nothing."""
        return sum(one for bit, one in enumerate(self._free, 1) if kinds >> bit & 1)

    def _of(self, bits: int) -> int:
        """The cleaners of some bits."""
        found = self._known.get(bits)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            of_bits = (one for bit, one in enumerate(self._cleaners) if bits >> bit & 1)
            found = self._known[bits] = sum(set(of_bits))
        return found

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
            return _Hits(kinds, places, places.astype(np.uint64), places, places, places)
        is_edge = np.zeros(len(codes), bool)
        is_edge[edges] = True
        lead, before, after = (
            self._classes_of(codes.take(near)) for near in (places, places - 1, places + 1)
        )
        before[is_edge.take(places - 1)] = _EDGE
        after[is_edge.take(places + 1)] = _EDGE
        bits = self._lead.take(lead) & self._before.take(before) & self._after.take(after)
        kept = np.flatnonzero(bits)
        return _Hits(kinds, places[kept], bits[kept], lead[kept], before[kept], after[kept])

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


def _alike(rows: Sequence[Row]) -> bool:
    """Whether one bit for all these triggers finds exactly them."""
    return len({(row.before, row.after) for row in rows}) == 1 and not rows[0].check


def _allot(rows: Sequence[Row]) -> list[list[Row]]:
    """The triggers of each bit; those of one bit have one cleaner.

    Triggers that differ in their lead alone share a bit exactly. A cleaner that has more
    kinds than its part of the bits puts neighbouring leads together, but never one that
    demands nothing on a side with one that does: nothing would be left of the demand.
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
