"""The likeliest reading of a zone: searched only around the bytes that were lost.

UTF-8 gets into step by itself, so what stands between two lost bytes is known, but for the ends.
The language model sees two characters back: a few known ones on either side of a lost byte decide
about it just as the whole zone would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from zhclean.encoding.language import LanguageModel
from zhclean.encoding.misreads.candidates import Alphabet
from zhclean.encoding.misreads.chains import Chain
from zhclean.encoding.misreads.lattice import Lattice, Step
from zhclean.encoding.misreads.units import CHOICES, units_of
from zhclean.encoding.misreads.zones import has_places

__all__ = ["Reading", "read"]

#: So many known characters beside a lost byte are searched with it.
_BESIDE: Final = 3
#: So many are worth leaving out.
_WORTH: Final = 6
#: The most bytes of a character whose others are not in the zone.
_MOST_CUT: Final = 3
#: Stands for a unit that is no known byte; no UTF-8 has it.
_UNSURE: Final = 0xFF
_UTF_8: Final = re.compile(
    rb"(?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]"
    rb"|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}"
    rb"|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})++"
)


@dataclass(frozen=True)
class Reading:
    """The units behind a zone, where its characters begin in them, and the likeliest reading.

    `lattices`: all readings of the stretches that were searched, by their first units.
    """

    units: Sequence[int]
    starts: Sequence[int]
    best: tuple[Step, ...]
    lattices: tuple[tuple[int, Lattice], ...]
    known: int  #: of so many characters no search was needed

    @cached_property
    def searched(self) -> frozenset[int]:
        """The first units of the characters that were not known."""
        return frozenset(
            [offset + step.start for offset, lattice in self.lattices for step in lattice.best]
        )

    @cached_property
    def posteriors(self) -> Mapping[tuple[int, str], float]:
        """(first unit, character) -> the share of all readings that have it there."""
        if len(self.lattices) == 1 and not self.known:
            return self.lattices[0][1].posteriors
        return {
            (offset + start, char): share
            for offset, lattice in self.lattices
            for (start, char), share in lattice.posteriors.items()
        }


class _Known(NamedTuple):
    """Units `start:end` are the UTF-8 of `text`, beyond doubt."""

    start: int
    end: int
    text: str


def read(
    zone: str,
    chain: Chain,
    alphabet: Alphabet,
    model: LanguageModel,
    *,
    before: str,
    after: str,
    broken_off: str,
) -> Reading:
    """The reading of `zone`, of which any part may have gone through `chain`; see `Lattice`."""
    units, starts = units_of(zone, chain)
    place = {unit: index for index, unit in enumerate([*starts, len(units)])}

    def search(start: int, end: int, one: str, two: str) -> Lattice:
        return Lattice(
            zone[place[start] : place[end]],
            chain,
            alphabet,
            model,
            before=one or before,
            after=two[:1] or after,
            broken_off=broken_off,
            goes_on=(one != "", two != ""),
        )

    best: list[Step] = []
    lattices: list[tuple[int, Lattice]] = []
    known = list(_known(units, starts, chain))
    for one, two in pairwise([_Known(0, 0, ""), *known, _Known(len(units), len(units), "")]):
        if one.end < two.start:
            lattice = search(one.end, two.start, one.text, two.text)
            lattices.append((one.end, lattice))
            if known and not lattice.best:
                break  # what seemed to be known is not
            best += (step.shifted(one.end) for step in lattice.best)
        best += _steps(two)
    else:
        count = sum(len(stretch.text) for stretch in known)
        return Reading(units, starts, tuple(best), tuple(lattices), count)
    lattice = search(0, len(units), "", "")
    return Reading(units, starts, lattice.best, ((0, lattice),), 0)


def _known(units: Sequence[int], starts: Sequence[int], chain: Chain) -> Iterator[_Known]:
    """Where no search is needed, in order."""
    lossy = chain.lossy and chain.hole_width == 1
    if chain.true != "utf-8" or chain.again or not lossy:
        return
    data = bytes([unit if 0 <= unit < CHOICES else _UNSURE for unit in units])
    stretches = [found.span() for found in _UTF_8.finditer(data)]
    borders = [(0, 0), *stretches, (len(data), len(data))]
    # What is neither UTF-8, nor beside a lost byte, nor the rest of a character that the zone cuts
    # did not go through the chain.
    gaps = [data[one[1] : two[0]] for one, two in pairwise(borders)]
    if any(gap and _UNSURE not in gap for gap in gaps[1:-1]):
        return
    if any(len(gap) > _MOST_CUT and _UNSURE not in gap for gap in (gaps[0], gaps[-1])):
        return
    cuts = frozenset(starts)
    for start, end in stretches:
        text = data[start:end].decode()
        ends = list(accumulate([len(char.encode()) for char in text], initial=start))
        low = _BESIDE if start else 0
        high = len(text) - (_BESIDE if end < len(data) else 0)
        while low < high and ends[low] not in cuts:
            low += 1
        while low < high and ends[high] not in cuts and ends[high] < len(data):
            high -= 1
        text = text[low:high]
        if high - low >= _WORTH and not text.isascii() and not has_places(text):
            yield _Known(ends[low], ends[high], text)


def _steps(known: _Known) -> Iterator[Step]:
    end = known.start
    for char in known.text:
        encoded = char.encode()
        start, end = end, end + len(encoded)
        yield Step(start, end, char, encoded)
