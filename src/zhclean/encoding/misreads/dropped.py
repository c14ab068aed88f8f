"""Where bytes of UTF-8 were lost without a mark.

A decoder that is told to ignore errors leaves nothing where it rejected a byte. UTF-8 shows it all
the same: a lead byte says how many bytes follow, so it gets out of step there. A byte was lost
only between two characters as they stand, and only where the wrong decoder may have rejected it in
front of the next one. With U+FFFD put in at those places the text is what a decoder would have
left that marks its losses.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain as chained
from itertools import islice, pairwise
from typing import Final, NamedTuple

from zhclean.encoding.language import load
from zhclean.encoding.misreads.candidates import Alphabet, candidates
from zhclean.encoding.misreads.chains import Chain
from zhclean.encoding.misreads.repairs import Repair
from zhclean.encoding.misreads.units import BARRIER, HOLE, QUESTION, choices, units_of
from zhclean.encoding.misreads.zones import odd_characters

__all__ = ["Marked", "marked"]

_MARK: Final = "\ufffd"
_CONTINUATION: Final = range(0x80, 0xC0)
#: The lead bytes of three-byte characters; no ideograph, nor any mark of Chinese, begins with E0.
_LEAD: Final = range(0xE1, 0xF0)
#: The forms of a character: the range of each byte. One that was lost is looked for in the form
#: of ideographs alone.
_FORMS: Final = (
    (_LEAD, _CONTINUATION, _CONTINUATION),
    (range(0xC2, 0xE0), _CONTINUATION),
    (range(0xF0, 0xF5), _CONTINUATION, _CONTINUATION, _CONTINUATION),
)
#: Which of three bytes may be missing, and what that costs beside the character that it makes.
_MISSING: Final = (
    ((), 0.0),
    ((2,), 0.5),
    ((1,), 0.5),
    ((0,), 1.0),
    ((1, 2), 2.0),
    ((0, 2), 6.0),
    ((0, 1), 6.0),
)
#: What -ln P of the most frequent character costs that may have stood there, and that none may.
_RARE: Final = 0.3
_NONE: Final = 6.0
#: What it costs to begin and to end to be garbled, that an odd character stands for itself, and
#: that one is what was garbled.
_ENTER: Final = 6.0
_ENTER_ZONE: Final = 2.0
_LEAVE: Final = 3.0
_STANDS: Final = 1.5
_ODD_STANDS: Final = 3.0
_ODD_GARBLED: Final = 3.0


@dataclass(frozen=True)
class Marked:
    """A zone with U+FFFD where bytes seem to be lost.

    `garbled`: which stretches of the zone as it stands went through the chain by that.
    """

    text: str
    marks: tuple[int, ...]  #: where they stand in `text`
    garbled: tuple[tuple[int, int], ...]

    def place(self, at: int) -> int:
        """Where in the zone as it stands is what `text` has at `at`: a mark has no width."""
        return at - bisect_left(self.marks, at)

    def unmarked(self, repair: Repair, zone: str) -> Repair:
        """A repair of `text` as one of `zone`, the text as it stands."""
        rows = [
            (self.place(start), self.place(end), after, code)
            for start, end, after, code in repair.rows
        ]
        return replace(
            repair,
            rows=tuple(row for row in rows if zone[row[0] : row[1]] != row[2]),
            hopeless=tuple((self.place(start), self.place(end)) for start, end in repair.hopeless),
        )

    def with_rest(self, repair: Repair, zone: str, *, gaps: bool) -> Repair:
        """The same with what it leaves garbled of `zone` among the hopeless.

        `gaps`: whole characters may be gone wherever it is garbled, so all of that is among them.
        """
        if not repair.rows:
            return repair
        taken = sorted([*(row[:2] for row in repair.rows), *repair.hopeless])
        free = pairwise([0, *chained.from_iterable(taken), len(zone)])
        rest = [
            (low, high)
            for one, two in islice(free, 0, None, 2)
            for start, end in self.garbled
            if (low := max(start, one)) < (high := min(end, two)) and not zone[low:high].isascii()
        ]
        if gaps and (self.marks or not repair.complete):
            stretches = [span for span in self.garbled if any(_meet(span, row) for row in taken)]
            last_odd = max(map(zone.rfind, odd_characters(zone)), default=-1)
            end = max(last_odd + 1, *(high for _, high in [*taken, *stretches]))
            while end < len(zone) and zone[end].isascii() and zone[end] != "\n":
                end += 1
            rest.append((min(low for low, _ in [*taken, *stretches]), end))
        return replace(repair, hopeless=tuple(sorted([*repair.hopeless, *rest])))


def _meet(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return one[0] < two[1] and two[0] < one[1]


class _Node(NamedTuple):
    """The cheapest way to one unit, outside or inside what is garbled."""

    cost: float
    back: tuple[int, bool] | None
    lost: tuple[int, ...]  #: the units in front of which the last character lost a byte


# Looked at by sample and by zone, in every round.
@lru_cache(maxsize=1 << 5)
def marked(zone: str, chain: Chain, alphabet: Alphabet, *, ends_text: bool) -> Marked | None:
    """`zone` with U+FFFD where bytes seem to be lost on the way through `chain`; None where
    that cannot be told.

    `ends_text`: nothing stands behind the zone.
    """
    if not chain.drops or _MARK in zone:
        return None
    units, starts = units_of(zone, chain)
    borders = {start: place for place, start in enumerate([*starts, len(units)])}
    lost, inside = _losses(zone, units, borders, chain, alphabet, ends_text=ends_text)
    cuts = [borders[unit] for unit in lost]
    pieces = [zone[one:two] for one, two in pairwise([0, *cuts, len(zone)])]
    marks = tuple(cut + index for index, cut in enumerate(cuts))
    return Marked(_MARK.join(pieces), marks, tuple(_stretches(inside)))


def _stretches(inside: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = -1
    for place, flag in enumerate([*inside, False]):
        if flag and start < 0:
            start = place
        elif not flag and start >= 0:
            yield start, place
            start = -1


def _losses(
    zone: str,
    units: Sequence[int],
    borders: dict[int, int],
    chain: Chain,
    alphabet: Alphabet,
    *,
    ends_text: bool,
) -> tuple[list[int], list[bool]]:
    """The units in front of which bytes were lost, and which characters of the zone are garbled."""
    size = len(units)
    odd = odd_characters(zone)
    ends = dict(pairwise(borders))
    layers: list[dict[bool, _Node]] = [{} for _ in range(size + 1)]
    layers[0][False] = _Node(0.0, None, ())
    layers[0][True] = _Node(_ENTER_ZONE, None, ())
    for at in range(size):
        layer = layers[at]
        outside, within = layer.get(False), layer.get(True)
        if outside is not None:
            _offer(layer, True, outside, _ENTER, (at, False), ())
        if within is not None and at in borders:
            _offer(layer, False, within, _LEAVE, (at, True), ())
        if (outside := layer.get(False)) is not None:
            char = zone[borders[at]]
            stands = _ODD_STANDS if char in odd else 0.0 if char.isascii() else _STANDS
            _offer(layers[ends[at]], False, outside, stands, (at, False), ())
        if (within := layer.get(True)) is not None:
            ways = _characters(units, at, borders, chain, alphabet, ends_text=ends_text)
            for end, lost, cost in ways:
                _offer(layers[end], True, within, cost, (at, True), lost)
    return _trace(layers, borders, len(zone))


def _offer(
    layer: dict[bool, _Node],
    inside: bool,
    source: _Node,
    cost: float,
    back: tuple[int, bool],
    lost: tuple[int, ...],
) -> None:
    known = layer.get(inside)
    if known is None or source.cost + cost < known.cost:
        layer[inside] = _Node(source.cost + cost, back, lost)


def _trace(
    layers: Sequence[dict[bool, _Node]], borders: dict[int, int], length: int
) -> tuple[list[int], list[bool]]:
    lost: list[int] = []
    inside = [False] * length
    place_of = sorted(borders)
    last = layers[-1]
    if not last:
        return [], inside
    at, mode = len(layers) - 1, min(last, key=lambda key: last[key].cost)
    while (node := layers[at][mode]).back is not None:
        lost += reversed(node.lost)
        before, within = node.back
        if mode and within:
            first = bisect_left(place_of, before + 1) - 1
            for place in range(first, bisect_left(place_of, at)):
                inside[place] = True
        at, mode = node.back
    lost.reverse()
    return lost, inside


def _characters(
    units: Sequence[int],
    at: int,
    borders: dict[int, int],
    chain: Chain,
    alphabet: Alphabet,
    *,
    ends_text: bool,
) -> Iterator[tuple[int, tuple[int, ...], float]]:
    """The characters of UTF-8 at one unit: where they end, what they have lost, at what cost."""
    if 0 <= units[at] < 0x80:
        yield at + 1, (), 0.0
        return
    for form in _FORMS:
        for missing, cost in _MISSING if len(form) == 3 else _MISSING[:1]:
            end = at
            lost: list[int] = []
            pattern: list[int] = []
            for place, allowed in enumerate(form):
                if place in missing:
                    if end not in borders or (end == len(units) and not ends_text):
                        break
                    lost.append(end)
                    pattern.append(HOLE)
                elif end < len(units) and _fits(units[end], allowed):
                    pattern.append(units[end])
                    end += 1
                else:
                    break
            else:
                if lost:
                    following = units[end] if end < len(units) else BARRIER
                    cost += _cost_of_lost((*pattern, following), chain, alphabet)
                else:
                    cost = _cost_of(tuple(pattern))
                yield end, tuple(lost), cost


def _fits(unit: int, allowed: range) -> bool:
    if unit < 0:
        return unit == QUESTION
    return any(byte in allowed for byte in choices(unit))


@lru_cache(maxsize=1 << 14)
def _cost_of(pattern: tuple[int, ...]) -> float:
    """What it costs that `pattern` is a whole character."""
    data = bytes(choices(unit)[0] if unit >= 0 else ord("?") for unit in pattern)
    return _ODD_GARBLED if odd_characters(data.decode("utf-8", "replace")) else 0.0


@lru_cache(maxsize=1 << 14)
def _cost_of_lost(units: tuple[int, ...], chain: Chain, alphabet: Alphabet) -> float:
    """What it costs that a character has lost the bytes that are holes in `units`.

    The last unit is what follows.
    """
    ln_p = load().after("")
    found = candidates(units, chain, alphabet)
    likeliest = max((ln_p(char) for char, _, length in found if length > 2), default=None)
    return _NONE if likeliest is None else -_RARE * likeliest
