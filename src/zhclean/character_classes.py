"""Sets of characters as tables: characters that are in the same sets are one class.

Needs numpy, the extra `fast`. The tables are looked up by numbers. Those below `EDGE` are code
points. `EDGE` is for what is not there, the neighbour of a text's first and last character. Those
above it stand for the ranges beyond the Basic Multilingual Plane that no set parts.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhclean.character_sets import Characters

__all__ = ["EDGE", "Classes", "Numbering"]

#: See above.
EDGE: Final = 0x10000


class Classes(NamedTuple):
    """Classes by number; class 0 is of `EDGE` alone."""

    of_number: NDArray[np.uint32]
    #: Of each set, those that it holds.
    of_set: dict[Characters, NDArray[np.intp]]
    #: A character of each; "" for class 0.
    members: list[str]


class Numbering:
    """The numbers of all characters that some sets may tell apart."""

    def __init__(self, sets: Collection[Characters]) -> None:
        self._parts = {characters: _parts(characters) for characters in sets}
        parted = (border for parts in self._parts.values() for part in parts for border in part)
        self._borders: Final = sorted({0, EDGE, *parted} - {sys.maxunicode + 1})
        self._basic: Final = self._borders.index(EDGE)
        self._beyond: Final = np.array(self._borders[self._basic :], np.uint32)

    def of_page(self, page: str) -> NDArray[np.uint32]:
        """The numbers of the characters of `page`, which has some."""
        # A string of numpy is one code point after the other. Much faster than to encode.
        numbers = np.array([page]).view(np.uint32)
        if numbers.max() >= EDGE:
            beyond = np.flatnonzero(numbers >= EDGE)
            numbers[beyond] = EDGE + self._beyond.searchsorted(numbers[beyond], side="right")
        return numbers

    def classes(self, sets: Collection[Characters]) -> Classes:
        """The classes of these sets, of which the numbers were made."""
        changes: defaultdict[int, int] = defaultdict(int)
        edge = 0
        for bit, characters in enumerate(sets):
            for border in (border for part in self._parts[characters] for border in part):
                changes[border] ^= 1 << bit
            if characters.negated:
                changes[0] ^= 1 << bit
                edge |= 1 << bit
        holders: dict[int, int] = {}
        members = [""]
        by_range = []
        held = 0  # the sets that hold the characters of a range, as bits
        for border in self._borders:
            held ^= changes[border]
            if held not in holders:
                holders[held] = len(members)
                members.append(chr(border))
            by_range.append(holders[held])
        size = len(sets) // 8 + 1
        bits = b"".join(held.to_bytes(size, "little") for held in (edge, *holders))
        holds = np.frombuffer(bits, np.uint8).reshape(len(members), size)
        holds = np.unpackbits(holds, axis=1, bitorder="little").view(bool)
        of_set = {characters: np.flatnonzero(holds[:, bit]) for bit, characters in enumerate(sets)}
        basic = np.repeat(by_range[: self._basic], np.diff(self._borders[: self._basic + 1]))
        return Classes(
            np.concatenate((basic, [0], by_range[self._basic :])).astype(np.uint32), of_set, members
        )


def _parts(characters: Characters) -> list[tuple[int, int]]:
    """The ranges named in a set, none of which meets another: the first, and the one behind."""
    parts: list[tuple[int, int]] = []
    for low, high in sorted(characters.ranges):
        start, end = ord(low), ord(high) + 1
        if parts and start <= parts[-1][1]:
            parts[-1] = parts[-1][0], max(end, parts[-1][1])
        else:
            parts.append((start, end))
    return parts
