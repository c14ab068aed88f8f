"""Sets of characters as tables: characters that are in the same sets are one class.

Needs numpy, the extra `fast`. The tables are looked up by numbers. Those below `EDGE` are code
points. `EDGE` is for what is not there, the neighbour of a text's first and last character. Those
above it stand for the ranges beyond the Basic Multilingual Plane that no set parts.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zhclean.triggers.character_sets import Characters, named

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["EDGE", "CharacterClasses"]

#: See above.
EDGE: Final = 0x10000


class CharacterClasses:
    """The classes of some sets. Class 0 is of `EDGE` alone."""

    def __init__(self, sets: Collection[Characters]) -> None:
        #: The places of the sets.
        self._index: Final = {characters: index for index, characters in enumerate(sets)}
        changes: defaultdict[int, int] = defaultdict(int)
        held = 0  # the sets that hold the characters of a range, as bits
        for characters, index in self._index.items():
            held |= characters.negated << index
            for part in named([characters]):
                for border in part:
                    changes[border] ^= 1 << index
        borders = sorted({0, EDGE, *changes} - {sys.maxunicode + 1})
        holders = [held]
        #: A character of each class; "" for class 0.
        self.members: Final = [""]
        of_range = []
        known: dict[int, int] = {}
        for border in borders:
            held ^= changes[border]
            if held not in known:
                known[held] = len(holders)
                holders.append(held)
                self.members.append(chr(border))
            of_range.append(known[held])
        basic = borders.index(EDGE)
        self._beyond = np.array(borders[basic:], np.uint32)
        of_basic = np.repeat(of_range[:basic], np.diff(borders[: basic + 1]))
        #: The class of each number.
        self.of_number: Final = np.concatenate((of_basic, [0], of_range[basic:]))
        size = len(sets) // 8 + 1
        bits = b"".join(held.to_bytes(size, "little") for held in holders)
        #: Of each class the sets that hold it, as bits.
        self._holders = np.frombuffer(bits, np.uint8).reshape(len(holders), size)

    def numbers(self, page: str) -> NDArray[np.uint32]:
        """The numbers of the characters of `page`, which has some."""
        # A string of numpy is one code point after the other. Much faster than to encode.
        numbers = np.array([page]).view(np.uint32)
        if numbers.max() >= EDGE:
            beyond = np.flatnonzero(numbers >= EDGE)
            numbers[beyond] = EDGE + self._beyond.searchsorted(numbers[beyond], side="right")
        return numbers

    def of_set(self, characters: Characters) -> NDArray[np.intp]:
        """The classes that a set holds."""
        byte, bit = divmod(self._index[characters], 8)
        return np.flatnonzero(self._holders[:, byte] & 1 << bit)

    def groups(self, sets: Collection[Characters]) -> NDArray[Any]:
        """For each class, its group: those of one are in the same of `sets`. 0 is of class 0."""
        those = sum(1 << self._index[characters] for characters in sets)
        bits = np.frombuffer(those.to_bytes(self._holders.shape[1], "little"), np.uint8)
        known: dict[bytes, int] = {}
        rows = map(bytes, self._holders[1:] & bits)
        return np.array([0, *(known.setdefault(row, len(known) + 1) for row in rows)])
