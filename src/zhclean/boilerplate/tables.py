"""The places of a long text where anchors may stand, looked up in tables over code points.

Needs numpy, the extra `fast`. A table says of each character whether it is a lead: most are
not. Of those that are, bits tell to which group of anchors they belong, and bits of their
neighbours to which groups they do: a place is worth a look where all three have one in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np

from zhclean.boilerplate.scanning import Anchor

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["AnchorTables"]

_BITS: Final = 64
#: What does not fit the cache costs page faults.
_SLICE: Final = 60_000


class AnchorTables:
    """Narrows a text down to the places of leads that have neighbours of some anchor."""

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        self._is_lead = np.zeros(0x10000, bool)
        self._leads, self._befores, self._afters = np.zeros((3, 0x10000), np.uint64)
        for bit, group in enumerate(_groups(anchors)):
            mask = np.uint64(1 << bit)
            for leads, before, after in group:
                self._leads[_codes(leads)] |= mask
                for table, characters in ((self._befores, before), (self._afters, after)):
                    if characters is None:
                        table |= mask
                    else:
                        table[_codes(characters)] |= mask
                        if " " in characters:
                            table[:0x20] |= mask
        self._is_lead[self._leads != 0] = True

    def places(self, text: str, start: int, end: int) -> Iterator[int]:
        """Places of `text[start:end]`, in order."""
        before = text[start - 1] if start else "\n"
        stretch = before + text[start : end + 1] + "\n" * (end >= len(text))
        codes: NDArray[np.uint16] | NDArray[np.uint32]
        data = stretch.encode("utf-16-le", "surrogatepass")
        if len(data) == 2 * len(stretch):
            codes = np.frombuffer(data, "<u2")
        else:  # what is beyond 16 bits belongs to no anchor, like the last of them
            wide = np.frombuffer(stretch.encode("utf-32-le", "surrogatepass"), "<u4")
            codes = np.minimum(wide, 0xFFFF)
        return self._places(codes, start - 1)

    def _places(self, codes: NDArray[np.uint16] | NDArray[np.uint32], offset: int) -> Iterator[int]:
        for low in range(1, len(codes) - 1, _SLICE):
            high = min(low + _SLICE, len(codes) - 1)
            places = np.flatnonzero(self._is_lead.take(codes[low:high])) + low
            bits = self._leads.take(codes.take(places))
            bits &= self._befores.take(codes.take(places - 1))
            bits &= self._afters.take(codes.take(places + 1))
            yield from (places[bits != 0] + offset).tolist()


def _codes(characters: str) -> list[int]:
    return list(map(ord, characters))


def _groups(anchors: Iterable[Anchor]) -> list[list[Anchor]]:
    """At most as many groups as there are bits.

    All anchors of a lead that demand the same sides are in one, and none that demands nothing
    on a side is with one that does: nothing would be left of the demand.
    """
    demands: dict[tuple[bool, bool], dict[str, list[Anchor]]] = {}
    for anchor in anchors:
        demand = anchor.before is None, anchor.after is None
        demands.setdefault(demand, {}).setdefault(anchor.leads, []).append(anchor)
    count = sum(map(len, demands.values()))
    size = -(-count // (_BITS - len(demands)))
    groups: list[list[Anchor]] = []
    for by_lead in demands.values():
        alike = list(by_lead.values())
        places = range(0, len(alike), size)
        groups.extend(list(chain(*alike[start : start + size])) for start in places)
    return groups
