"""Characters and anchors of phrases looked up in tables, a page at a time.

Needs numpy, the extra `fast`. Gives what `Conversion` finds without it. One look-up a character
gives what it becomes and whether it may be the rare one of an anchor; only those are looked at
with their neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhclean.encoding.script.phrases import Anchors

__all__ = ["PageTables"]

#: Characters that are looked up together. An array of many more has memory mapped for it
#: anew each time, which takes longer than the look-up.
_PAGE: Final = 30_000
#: The tables hold the first four planes; beyond them are no characters that scripts differ in.
_COVERED: Final = 0x4_0000

# An entry of the table of characters: what it becomes, and whether anchors are found by it.
_VALUE: Final = 0x1F_FFFF
_RARE: Final = 1 << 21
_SINGLE: Final = 1 << 22  # with _RARE: by it alone

#: Stands in front of a text and behind it; part of no anchor, nor changed.
_PAD: Final = "\n"
#: The places of a character's neighbours and its own, in a page that has one more in front.
_AROUND: Final = np.array([[0], [1], [2]])

#: Pairs are known by a hash of this many bits.
_HASH_BITS: Final = 18


class PageTables:
    """What becomes of each character, and which are anchors."""

    def __init__(self, table: Mapping[str, str], anchors: Anchors) -> None:
        self._entries = np.arange(_COVERED, dtype=np.uint32)
        self._entries[_codes(table)] = _codes(table.values())
        rare = {pair[0] for pair in anchors.leading} | {pair[1] for pair in anchors.trailing}
        self._entries[_codes(rare | anchors.singles)] |= _RARE
        self._entries[_codes(anchors.singles)] |= _SINGLE
        self._leading = _hashed(anchors.leading)
        self._trailing = _hashed(anchors.trailing)

    def look_up(self, text: str) -> tuple[str, list[int]] | None:
        """What the table makes of `text`, and where anchors may stand; None if it can't tell.

        It can't if the text holds a character beyond the fourth plane.
        """
        plain: list[str] = []
        # For each rare character its place and, as codes, itself between its neighbours.
        places: list[NDArray[np.intp]] = []
        trigrams: list[NDArray[np.uint32]] = []
        padded = f"{_PAD}{text}{_PAD}"
        for start in range(0, len(text), _PAGE):
            # With a character on each side, which is there as a neighbour only.
            codes = _as_codes(padded[start : start + _PAGE + 2])
            if codes.max() >= _COVERED:
                return None
            entries = self._entries.take(codes)
            # Of truth values non-zero ones are found seven times faster than of numbers.
            rare = np.flatnonzero(entries[1:-1] >= _RARE)
            if len(rare):
                places.append(rare + start)
                trigrams.append(codes.take(rare + _AROUND))
                entries[1:-1][rare] &= _VALUE
            plain.append(_as_text(entries[1:-1]))
        if not places:
            return "".join(plain), []
        return "".join(plain), self._anchors(np.concatenate(places), np.hstack(trigrams))

    def changed_runs(self, text: str, plain: str) -> tuple[list[int], list[int]]:
        """Where runs of characters in which two texts of one length differ start and end."""
        padded = (_as_codes(f"{_PAD}{one}{_PAD}") for one in (text, plain))
        borders = np.flatnonzero(np.diff(np.not_equal(*padded)))
        return borders[::2].tolist(), borders[1::2].tolist()

    def _anchors(self, rare: NDArray[np.intp], trigrams: NDArray[np.uint32]) -> list[int]:
        """Where the anchors of rare characters begin."""
        before, here, behind = trigrams
        leading = self._leading.take(_hashes(here, behind))
        leading |= self._entries.take(here) >= _RARE | _SINGLE
        trailing = self._trailing.take(_hashes(before, here))
        return sorted([*rare[leading].tolist(), *(rare[trailing] - 1).tolist()])


def _as_codes(text: str) -> NDArray[np.uint32]:
    # A string of numpy is one code point after the other. Three times faster than to encode.
    return np.array([text]).view(np.uint32)


def _as_text(codes: NDArray[np.uint32]) -> str:
    text: str = codes.view(f"U{len(codes)}").item()
    # numpy leaves out characters U+0000 at the end.
    return text.ljust(len(codes), "\0")


def _codes(characters: Iterable[str]) -> NDArray[np.uint32]:
    return np.array([ord(char) for char in characters], np.uint32)


def _hashed(pairs: Iterable[str]) -> NDArray[np.bool_]:
    """Whether a hash is that of a pair."""
    table = np.zeros(1 << _HASH_BITS, bool)
    listed = sorted(pairs)
    table[_hashes(_codes(pair[0] for pair in listed), _codes(pair[1] for pair in listed))] = True
    return table


def _hashes(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint32]:
    # Knuth's multiplicative hash; the product wraps around.
    return (first * np.uint32(0x9E3779B1) + second * np.uint32(0x85EBCA6B)) >> np.uint32(
        32 - _HASH_BITS
    )
