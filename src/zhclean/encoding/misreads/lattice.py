"""Every reading of a stretch that may be garbled in part, and how likely each is.

At every character the text may be as it stands, or be garbled from here on; beginning to be
garbled has its price, so a clean stretch stays clean. The language model pays for each
character of the text that comes out, whichever way it came.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from heapq import nlargest
from itertools import count
from math import exp, log1p
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

from zhclean.encoding.language import LanguageModel
from zhclean.encoding.misreads.candidates import REACH, Alphabet, candidates
from zhclean.encoding.misreads.chains import Chain
from zhclean.encoding.misreads.units import BARRIER, HOLE, QUESTION, units_of
from zhclean.encoding.misreads.zones import COMMON_HAN, odd_characters

__all__ = ["Lattice", "Step"]

#: ln P of the damage beginning, and ending, at a given character. Most begins with the line.
_ENTER: Final = -9.0
_ENTER_LINE: Final = -2.0
_LEAVE: Final = -3.0
#: ln P of a text that ends in one of the marks of `broken_off`: one in a hundred.
_BROKEN_OFF: Final = -4.6
#: Readings that are carried on at each byte.
_BEAM: Final = 24
#: Where bytes are gone without a mark there is a choice at every one.
_BEAM_STRIPPED: Final = 8
#: A reading that is so much less likely, in ln P, than one that is as far or farther is given
#: up: it would have to gain that on it, which beginning and ending to be garbled do not cost.
_HOPELESS: Final = 22.0
#: No character takes more units.
_LONGEST: Final = 4
#: Stands for the last byte of a character that was lost because the misread ended there: what
#: follows is clean.
_ENDED: Final = 0x100
_HOLES: Final = (HOLE, QUESTION)
#: So many everyday characters follow where a misread ends.
_CLEAN: Final = 6
#: For so few characters it is not worth while to look up a context once for all of them.
_FEW: Final = 4


class Step(NamedTuple):
    """One character of a reading: units `start:end` are `char`."""

    start: int
    end: int
    char: str
    encoded: bytes  #: empty where the text stands as it is

    def shifted(self, units: int) -> Step:
        """The same so many units further on."""
        return Step(self.start + units, self.end + units, self.char, self.encoded)


@dataclass(slots=True, eq=False)
class _Node:
    """All readings up to one unit that go on alike."""

    inside: bool  #: whether the text is garbled here
    context: str  #: the last two characters
    last: int  #: the byte that the last hole was filled with, if it was the last unit
    best: float  #: ln P of the likeliest reading
    total: float  #: ln P of all of them
    steps: list[tuple[_Node, float, Step]] = field(default_factory=list)
    back: tuple[_Node, Step] | None = None
    onward: float = float("-inf")  #: ln P of all that may follow; set by `_look_back`


#: The readings up to each unit, those that go on alike as one.
_Layers: TypeAlias = dict[int, dict[tuple[bool, str, int], _Node]]


class Lattice:
    """The readings of `garbled`, of which any part may have gone through `chain`.

    Lost bytes are completed to characters of `alphabet`. `broken_off` are the marks in which the
    whole text does not end. `before` and `after` are what stands around it, "" being the start
    or the end of the whole text; where the text on that side is known to have gone through the
    chain too, `goes_on` says so, and clean characters are what stands there.
    """

    def __init__(
        self,
        garbled: str,
        chain: Chain,
        alphabet: Alphabet,
        model: LanguageModel,
        *,
        before: str = "",
        after: str = "",
        broken_off: str = "",
        goes_on: tuple[bool, bool] = (False, False),
    ) -> None:
        self.units, self.starts = units_of(garbled, chain)
        self._garbled = garbled
        self._places = dict(zip(self.starts, count(), strict=False))
        #: Lost bytes that only one explains, if what follows went through the chain too.
        self._filled = frozenset(
            start
            for start, char in zip(self.starts, garbled, strict=True)
            if char == "\ufffd" and self.units[start] >= 0
        )
        self._chain = chain
        self._model = model
        self._alphabet = alphabet
        self._after = after
        self._broken_off = broken_off
        self._layers = self._forward(garbled, before, *goes_on)

    @cached_property
    def best(self) -> tuple[Step, ...]:
        """The likeliest reading; empty if bytes run across what cannot have been garbled."""
        if not self._layers[-1]:
            return ()
        nodes = zip(self._layers[-1], self._endings, strict=True)
        node, _ = max(nodes, key=lambda pair: pair[0].best + pair[1])
        steps = []
        while node.back is not None:
            node, step = node.back
            steps.append(step)
        return tuple(reversed(steps))

    @cached_property
    def posteriors(self) -> Mapping[tuple[int, str], float]:
        """(first unit, character) -> the share of all readings that have it there, from 0 to 1."""
        last = self._layers[-1]
        for node, ending in zip(last, self._endings, strict=True):
            node.onward = ending
        whole = float("-inf")
        for node in last:
            whole = _add(whole, node.total + node.onward)
        shares: dict[tuple[int, str], float] = {}
        for layer in reversed(self._layers):
            for node in layer:
                for source, weight, step in node.steps:
                    source.onward = _add(source.onward, weight + node.onward)
                    share = exp(min(0.0, source.total + weight + node.onward - whole))
                    key = (step.start, step.char)
                    shares[key] = shares.get(key, 0.0) + share
        return shares

    @cached_property
    def _endings(self) -> Sequence[float]:
        """ln P of what follows the whole, for each of the last nodes."""
        contexts = [node.context for node in self._layers[-1]]
        endings = [self._model.step(context, self._after or "\n") for context in contexts]
        if self._after:
            return endings
        return [
            ending + (_BROKEN_OFF if context[-1] in self._broken_off else 0.0)
            for ending, context in zip(endings, contexts, strict=True)
        ]

    def _forward(
        self, garbled: str, before: str, from_inside: bool, to_inside: bool
    ) -> list[list[_Node]]:
        size = len(self.units)
        begins = dict(zip(self.starts, garbled, strict=True))
        ends = dict(zip(self.starts, [*self.starts[1:], size], strict=True))
        beam = _BEAM_STRIPPED if self._chain.stripped else _BEAM
        first = _Node(from_inside, before[-2:] or "\n", BARRIER, 0.0, 0.0)
        layers: _Layers = {0: {(from_inside, "", BARRIER): first}}
        reached = [float("-inf")] * (size + 1 + _LONGEST)
        kept: list[list[_Node]] = []
        for at in range(size + 1):
            layer = layers.pop(at, None)
            if layer is None:
                kept.append([])
                continue
            least = max(reached[at : at + _LONGEST + 1]) - _HOPELESS
            nodes = [node for node in layer.values() if node.best >= least]
            if len(nodes) > beam:
                nodes = nlargest(beam, nodes, key=attrgetter("best"))
            kept.append(nodes)
            if at == size:
                kept[-1] = [
                    node for node in nodes if not to_inside or (node.inside and node.last != _ENDED)
                ]
            elif nodes:
                end = ends.get(at, -1)  # of the character that begins here and ends at a unit
                standing = Step(at, end, begins[at], b"") if end >= 0 else None
                self._go_on(layers, reached, nodes, standing, self._arcs(at), at in begins)
        return kept

    def _go_on(
        self,
        layers: _Layers,
        reached: list[float],
        nodes: Sequence[_Node],
        standing: Step | None,
        arcs: Sequence[tuple[Step, int]],
        begins: bool,
    ) -> None:
        """Carry the readings that end in `nodes` one character on.

        `reached`: the ln P of the likeliest reading that ends at each unit.
        """
        # Where it goes on to be garbled, an odd character that is an everyday one undone does
        # not stand for itself.
        garbled = (
            standing is not None
            and len(arcs) == 1
            and arcs[0][0].char in COMMON_HAN
            and not standing.char.isascii()
            and standing.char not in COMMON_HAN
        )
        for node in nodes:
            if not node.inside and not begins:
                continue
            context = node.context
            if len(arcs) > _FEW:
                ln_p = _in_context(self._model, context)
            else:
                ln_p = partial(self._model.step, context)
            if standing is not None and not (garbled and node.inside):
                weight = ln_p(standing.char) + (_LEAVE if node.inside else 0.0)
                if node.last == _ENDED and context[-1] in self._broken_off:
                    weight += _BROKEN_OFF
                _extend(layers, reached, node, False, BARRIER, weight, standing)
            if node.last == _ENDED:
                continue
            if node.inside:
                entry = 0.0
            else:
                entry = _ENTER_LINE if context[-1] == "\n" else _ENTER
            for step, last in arcs:
                if node.last < 0 or self._chain.loses(node.last, step.encoded[0]):
                    _extend(layers, reached, node, True, last, entry + ln_p(step.char), step)

    def _arcs(self, at: int) -> list[tuple[Step, int]]:
        """The garbled characters that may begin at unit `at`, and the byte of a hole at the end.

        What follows a hole decides whether its byte could get lost, unless the misread ends there.
        """
        arcs = []
        one_byte = self._chain.hole_width == 1
        here = self.units[at : at + REACH]
        for char, encoded, length in candidates(here, self._chain, self._alphabet):
            end = at + length
            hole = self.units[end - 1] < 0 and one_byte
            arcs.append((Step(at, end, char, encoded), encoded[-1] if hole else BARRIER))
        if one_byte:
            for length in range(2, len(here)):
                end = at + length
                lost = here[length - 1] in _HOLES or end - 1 in self._filled
                if not lost or not self._may_be_clean(end):
                    continue
                known = {(step.char, step.end) for step, _ in arcs}
                alone = (*here[: length - 1], HOLE)
                arcs += [
                    (Step(at, end, char, encoded), _ENDED)
                    for char, encoded, whole in candidates(alone, self._chain, self._alphabet)
                    if whole == length and (char, end) not in known
                ]
        return arcs

    def _may_be_clean(self, unit: int) -> bool:
        """Whether the text that begins at a unit stands there as it was."""
        place = self._places.get(unit)
        return place is not None and not odd_characters(self._garbled[place : place + _CLEAN])


@lru_cache(maxsize=1 << 12)
def _in_context(model: LanguageModel, context: str) -> Callable[[str], float]:
    return model.after(context)


def _extend(
    layers: _Layers,
    reached: list[float],
    source: _Node,
    inside: bool,
    last: int,
    weight: float,
    step: Step,
) -> None:
    end = step.end
    best = source.best + weight
    if best > reached[end]:
        reached[end] = best
    elif best < reached[end] - _HOPELESS:
        return
    context = source.context[-1:] + step.char
    key = (inside, context, last)
    layer = layers.setdefault(end, {})
    node = layer.get(key)
    if node is None:
        node = layer[key] = _Node(inside, context, last, best, source.total + weight)
        node.back = (source, step)
    else:
        node.total = _add(node.total, source.total + weight)
        if best > node.best:
            node.best = best
            node.back = (source, step)
    node.steps.append((source, weight, step))


def _add(one: float, two: float) -> float:
    """ln(exp(one) + exp(two))"""
    if one < two:
        one, two = two, one
    return one + log1p(exp(two - one)) if two > float("-inf") else one
