"""Characters and anchors of phrases looked up in tables, a page at a time.

Needs numpy, the extra `fast`. Gives what `Conversion` finds without it. One look-up a character
gives what it becomes and whether it may begin or end an anchor; only the few pairs in which
both agree are looked at further.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["PageTables"]

#: Characters that are looked up together. An array of many more has memory mapped for it
#: anew each time, which takes longer than the look-up.
_PAGE: Final = 20_000
#: The tables hold the first four planes; beyond them are no characters that scripts differ in.
_COVERED: Final = 0x4_0000

# An entry of the table of characters: what it becomes, and what it may be part of.
_VALUE: Final = 0x1F_FFFF
_FIRST: Final = 1 << 21  # the first character of an anchor
_SECOND: Final = 1 << 22  # its second
_SINGLE: Final = 1 << 23  # a phrase of one character

#: Pairs are known by a hash of this many bits.
_HASH_BITS: Final = 18


class PageTables:
    """What becomes of each character, and which are anchors."""

    def __init__(
        self, table: Mapping[str, str], pairs: Iterable[str], singles: Iterable[str]
    ) -> None:
        entries = np.arange(_COVERED, dtype=np.uint32)
        entries[_codes(table)] = _codes(table.values())
        entries[_codes({pair[0] for pair in pairs})] |= _FIRST
        entries[_codes({pair[1] for pair in pairs})] |= _SECOND
        entries[_codes(singles)] |= _SINGLE
        self._entries = entries
        self._is_pair = np.zeros(1 << _HASH_BITS, bool)
        self._is_pair[
            _hashes(_codes(pair[0] for pair in pairs), _codes(pair[1] for pair in pairs))
        ] = True

    def look_up(self, text: str) -> tuple[str, list[int]] | None:
        """What the table makes of `text`, and where anchors may stand; None if it can't tell.

        It can't if the text holds a character beyond the fourth plane.
        """
        plain: list[str] = []
        places: list[int] = []
        for start in range(0, len(text), _PAGE):
            page = text[start : start + _PAGE + 1]
            if len(page) <= _PAGE:
                page += "\0"
            # The last character of a page is there as a neighbour only.
            codes = np.frombuffer(page.encode("utf-32-le", "surrogatepass"), "<u4")
            if codes.max() >= _COVERED:
                return None
            entries = self._entries.take(codes)
            values = (entries[:-1] & _VALUE).astype("<u4", copy=False)
            plain.append(str(values.data, "utf-32-le", "surrogatepass"))
            places += (start + place for place in self._places(codes, entries))
        return "".join(plain), places

    def _places(self, codes: NDArray[np.uint32], entries: NDArray[np.uint32]) -> Iterator[int]:
        here = entries[:-1] & (entries[1:] >> 1 | _SINGLE) & (_FIRST | _SINGLE)
        found = np.flatnonzero(here != 0)  # of truth values: seven times faster than of numbers
        pairs = self._is_pair.take(_hashes(codes.take(found), codes.take(found + 1)))
        return iter(found[pairs | (here.take(found) >= _SINGLE)].tolist())


def _codes(characters: Iterable[str]) -> NDArray[np.uint32]:
    return np.array([ord(char) for char in characters], np.uint32)


def _hashes(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint32]:
    # Knuth's multiplicative hash; the product wraps around.
    return (first * np.uint32(0x9E3779B1) + second * np.uint32(0x85EBCA6B)) >> np.uint32(
        32 - _HASH_BITS
    )
