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

from zhclean.character_sets import Characters, named

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
        rows = np.frombuffer(bits, np.uint8).reshape(len(holders), size)
        #: Of each class, whether the sets hold it.
        self._holds = np.unpackbits(rows, axis=1, bitorder="little").view(bool)

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
        return np.flatnonzero(self._holds[:, self._index[characters]])

    def groups(self, sets: Collection[Characters]) -> NDArray[Any]:
        """For each class, its group: those of one are in the same of `sets`. 0 is of class 0."""
        columns = [self._index[characters] for characters in sets]
        rows = np.packbits(self._holds[1:, columns], axis=1)
        groups = np.unique(rows, axis=0, return_inverse=True)[1]
        return np.concatenate(([0], groups.ravel() + 1))
