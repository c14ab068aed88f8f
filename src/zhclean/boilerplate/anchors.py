"""What a scan looks for to find a template: a rare character and what stands beside it.

A match of a template passes through its required characters one by one, so one of them is
enough to find it, or one for each choice where it has choices. Which one is decided for all
templates together: characters that are rare in clean text, that clean text seldom has between
such neighbours, and that serve many templates at once.

The neighbours of a character are read off the template as in the construction of Glushkov
(1961): every character and slot is a position, and each knows which can come next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Generic, NamedTuple, TypeVar

from zhclean.boilerplate.forms import BLANKS, forms_of
from zhclean.boilerplate.page import ORNAMENT
from zhclean.boilerplate.rarity import fold, rate, rate_within
from zhclean.boilerplate.scanning import Anchor
from zhclean.boilerplate.templates import Group, Literal, Node, Slot

__all__ = ["Branches", "Options", "choose", "heads_of", "options_of", "signs_of", "tails_of"]

#: All that ends a line for the sake of its words.
_EDGE: Final = frozenset(ORNAMENT)
#: What may be left of a line behind a template that is the whole of it.
_REST: Final = _EDGE | frozenset("。！？!?；;.,，、")

_DIGITS: Final = frozenset("0123456789０１２３４５６７８９")
#: What some slots begin and end with; the others with anything.
_SLOT_STARTS: Final[Mapping[str, frozenset[str]]] = {
    "n": _DIGITS,
    "date": _DIGITS | frozenset("刚剛昨前"),
    "time": _DIGITS,
    "size": _DIGITS,
    "phone": _DIGITS | frozenset("+(（"),
}
_SLOT_ENDS: Final[Mapping[str, frozenset[str]]] = {
    "n": _DIGITS | frozenset(",.，wWkK万萬+＋"),
    "time": _DIGITS,
}
#: Slots that may be empty.
_EMPTY: Final = frozenset({"any", "rest", "links"})
#: What the slot `list` must stand behind.
_BEFORE_LIST: Final = frozenset(BLANKS + ":：>")

#: Characters rare enough to be looked for by themselves.
_RARE: Final = frozenset("¥￥©®※▍")

#: So many stops of the scan cost as much as one place that only looks like a notice.
_FALSE_HIT: Final = 32.0
#: The price of what is to be done without.
_AVOIDED: Final = 1e9
#: How often the choice is made again with what was learnt about shared characters.
_ROUNDS: Final = 12
#: So many signs tell most lines that only hold an anchor of a template.
_MOST_SIGNS: Final = 3
#: With how much of its price a shared character is counted for each that shares it.
_SHARING: Final = (0.5, 0.7, 0.85, 1.0)


class Branches(NamedTuple):
    """Choices of a template: each has to be found by itself."""

    branches: tuple[Options, ...]


#: What finds a template: any one of these.
Options = tuple[Anchor | Branches, ...]


@dataclass(eq=False, slots=True)
class _Position:
    """A character, a blank or a slot of a template, with what can come before and behind."""

    starts: frozenset[str] | None
    ends: frozenset[str] | None
    literal: str = ""
    slot: str = ""
    before: list[_Position] = field(default_factory=list)
    after: list[_Position] = field(default_factory=list)


@dataclass(slots=True)
class _Part:
    """A piece of a template: where it can begin and end, and the positions that it requires."""

    first: list[_Position] = field(default_factory=list)
    last: list[_Position] = field(default_factory=list)
    empty: bool = True  # whether it can be
    required: list[_Position | list[_Part]] = field(default_factory=list)

    def append(self, other: _Part) -> None:
        for one in self.last:
            for two in other.first:
                _connect(one, two)
        self.first = self.first + other.first if self.empty else self.first
        self.last = self.last + other.last if other.empty else other.last
        self.empty = self.empty and other.empty


def _connect(one: _Position, two: _Position) -> None:
    if two.slot == "list" and one.ends is not None and not one.ends & _BEFORE_LIST:
        return
    one.after.append(two)
    two.before.append(one)


def heads_of(nodes: Sequence[Node]) -> tuple[Anchor, ...]:
    """What a template begins with, as anchors at the beginning of a line.

    There are none if it can begin with anything.
    """
    whole = _part(nodes)
    if whole.empty or any(position.starts is None for position in whole.first):
        return ()
    _close(whole, _EDGE, _REST)
    return tuple(
        Anchor(
            _written([position.starts]) or "",
            _written([_EDGE]),
            # A slot goes on with anything.
            _written(other.starts for other in position.after) if position.literal else None,
        )
        for position in whole.first
    )


def tails_of(nodes: Sequence[Node]) -> tuple[tuple[Anchor, ...], tuple[Anchor, ...]]:
    """What a template ends with, as anchors at the end of a line (in front of full stops).

    And what stands in front of the list that it may end with instead, as anchors anywhere.
    There are none of both if it can end with anything else.
    """
    whole = _part(nodes)
    lists = [position for position in whole.last if position.slot == "list"]
    ends = [position for position in whole.last if position.slot != "list"]
    fronts = [position for one in lists for position in one.before]
    if whole.empty or any(position.ends is None for position in (*ends, *fronts)):
        return (), ()
    _close(whole, None, None)
    tails = [
        Anchor(
            _written([position.ends]) or "",
            _written(other.ends for other in position.before) if position.literal else None,
            _written([_REST]),
        )
        for position in ends
    ]
    openings = [
        Anchor(
            "".join(sorted((position.ends or _BEFORE_LIST) & _BEFORE_LIST)),
            _written(other.ends for other in position.before),
            None,
            _written(one.ends for other in position.before for one in other.before),
        )
        for position in fronts
    ]
    return tuple(tails), tuple(openings)


def options_of(nodes: Sequence[Node], shape: str) -> Options:
    """What finds the matches of a template; nothing does if it lacks two characters side by side.

    `shape` is that of the rule (see `notices`).
    """
    whole = _part(nodes)
    begins = shape in ("line", "heading", "start")
    ends = {"line": _REST, "heading": _REST, "end": frozenset(BLANKS)}.get(shape)
    _close(whole, _EDGE if begins else None, ends)
    return _options(whole)


def _close(whole: _Part, before: frozenset[str] | None, behind: frozenset[str] | None) -> None:
    """Say what stands in front of a template and behind it."""
    first, last = _Position(None, before), _Position(behind, None)
    for position in whole.first:
        _connect(first, position)
    for position in whole.last:
        _connect(position, last)


def _part(nodes: Sequence[Node]) -> _Part:
    whole = _Part()
    for node in nodes:
        if isinstance(node, Literal):
            for character in node.text:
                blank = character == " "
                forms = frozenset(BLANKS if blank else forms_of(character))
                position = _Position(forms, forms, literal=character)
                whole.append(_Part([position], [position], empty=blank))
                if not blank:
                    whole.required.append(position)
        elif isinstance(node, Group):
            choices = [_part(choice) for choice in node.choices]
            firsts = [position for choice in choices for position in choice.first]
            lasts = [position for choice in choices for position in choice.last]
            empty = node.optional or any(choice.empty for choice in choices)
            whole.append(_Part(firsts, lasts, empty))
            if not empty:
                whole.required.append(choices)
        else:
            starts, ends = _SLOT_STARTS.get(node.name), _SLOT_ENDS.get(node.name)
            position = _Position(starts, ends, slot=node.name)
            whole.append(_Part([position], [position], empty=node.name in _EMPTY))
    return whole


def _options(part: _Part) -> Options:
    options: list[Anchor | Branches] = []
    for required in part.required:
        if isinstance(required, _Position):
            if _is_findable(required):
                options.append(_anchor(required))
        else:
            branches = tuple(map(_options, required))
            if all(branches):
                options.append(Branches(branches))
    return tuple(options)


def _is_findable(position: _Position) -> bool:
    """Whether literal text stands beside this character, or it needs none."""
    return position.literal in _RARE or any(
        side and all(other.literal for other in side) for side in (position.before, position.after)
    )


def _anchor(position: _Position) -> Anchor:
    return Anchor(
        "".join(forms_of(position.literal)),
        _written(other.ends for other in position.before),
        _written(other.starts for other in position.after),
    )


def _written(sets: Iterable[frozenset[str] | None]) -> str | None:
    """All that one of the sets holds, in order."""
    found: set[str] = set()
    for one in sets:
        if one is None:
            return None
        found |= one
    return "".join(sorted(found))


def signs_of(options: Options, nodes: Sequence[Node]) -> tuple[str, ...]:
    """Sets of characters, of each of which one stands in every match of a template: rare ones.

    They are no neighbours: of 下载 one character says as much as both.
    """
    leads = [_leads_of(option) for option in options]
    rates = list(map(_cost, leads))
    chosen: list[int] = []
    for index in sorted(range(len(leads)), key=lambda index: (rates[index], index)):
        if all(abs(index - other) > 1 for other in chosen):
            chosen.append(index)
    # Digits of a date or a number come first: most lines have none.
    slots = [node.name for node in nodes if isinstance(node, Slot) and node.name in _SLOT_STARTS]
    starts = dict.fromkeys("".join(sorted(_SLOT_STARTS[name])) for name in slots)
    return (*starts, *(leads[index] for index in chosen[:_MOST_SIGNS]))


def _leads_of(option: Anchor | Branches) -> str:
    """Characters of which one stands where an option is found."""
    if isinstance(option, Anchor):
        return option.leads
    found = {lead for branch in option.branches for lead in min(map(_leads_of, branch), key=_cost)}
    return "".join(sorted(found))


def _cost(leads: str) -> float:
    return sum(rate(lead) for lead in set(map(fold, leads)))


Key = TypeVar("Key", bound=Hashable)


def choose(
    wanted: Mapping[Key, Options], given: Mapping[Key, tuple[Anchor, ...]] | None = None
) -> dict[Key, tuple[Anchor, ...]]:
    """For each of `wanted` the anchors to look for, so that all of them together cost little.

    What is `given`, for other keys, is looked for anyway; the result holds it, too.

    That is a set cover, for which no quick way to the best solution is known. This is a local
    search: it begins with prices that are shared by those who use the same lead or anchor,
    and goes on by doing without one lead after the other. Nothing in it is random.
    """
    given = given or {}
    best = _Cover(wanted, given)
    for turn in range(_ROUNDS if len(wanted) > 1 else 1):
        prices = _Prices(best.leads, best.anchors, _SHARING[turn % len(_SHARING)])
        found = {key: prices.cheapest(options)[1] for key, options in wanted.items()}
        cover = _Cover(wanted, {**given, **found})
        cover.settle(wanted)
        if not turn or cover.cost < best.cost:
            best = cover
    users = best.users()
    while len(wanted) > 1:
        cost = best.cost
        for lead in sorted(best.leads, key=lambda lead: (-rate(lead), lead)):
            other = best.copy()
            other.settle(users.get(lead, ()), frozenset((lead,)))
            other.settle(users.get(lead, ()))
            if other.cost < best.cost:
                best, users = other, other.users()
        if best.cost > 0.995 * cost:
            break
    return best.chosen


class _Cover(Generic[Key]):
    """A choice for all that is wanted, and how often each lead and each anchor is used."""

    def __init__(
        self, wanted: Mapping[Key, Options], chosen: Mapping[Key, tuple[Anchor, ...]]
    ) -> None:
        self.wanted = wanted
        self.chosen = dict(chosen)
        self.leads = Counter(lead for used in chosen.values() for lead in _leads(used))
        self.anchors = Counter(anchor for used in chosen.values() for anchor in used)
        self.cost = sum(map(rate, self.leads)) + sum(map(_false_hits, self.anchors))

    def copy(self) -> _Cover[Key]:
        """The same choice, to be made differently."""
        other = copy(self)
        other.chosen = self.chosen.copy()
        other.leads, other.anchors = self.leads.copy(), self.anchors.copy()
        return other

    def users(self) -> dict[str, list[Key]]:
        """By lead, those of what is wanted that use it."""
        found: dict[str, list[Key]] = {}
        for key in self.wanted:
            for lead in _leads(self.chosen[key]):
                found.setdefault(lead, []).append(key)
        return found

    def settle(self, keys: Iterable[Key], avoided: frozenset[str] = frozenset()) -> None:
        """Choose again for each of `keys` in turn, given all the others."""
        for key in keys:
            self._count(self.chosen[key], -1)
            prices = _Prices(self.leads, self.anchors, None, avoided)
            self.chosen[key] = prices.cheapest(self.wanted[key])[1]
            self._count(self.chosen[key], 1)

    def _count(self, used: tuple[Anchor, ...], step: int) -> None:
        self.cost += step * sum(
            rate(lead) for lead in _leads(used) if not _rest(self.leads, lead, step)
        )
        self.cost += step * sum(
            _false_hits(one) for one in used if not _rest(self.anchors, one, step)
        )


def _rest(counts: Counter[Key], key: Key, step: int) -> int:
    """Count one more or less; how many others there are."""
    rest = counts[key] + min(step, 0)
    counts[key] += step
    if not counts[key]:
        del counts[key]
    return rest


def _leads(anchors: Iterable[Anchor]) -> list[str]:
    return list(dict.fromkeys(fold(anchor.leads[0]) for anchor in anchors))


@cache
def _false_hits(anchor: Anchor) -> float:
    return _FALSE_HIT * rate_within(anchor.before, anchor.leads[0], anchor.after)


@cache
def _costs(anchor: Anchor) -> tuple[str, float, float]:
    """The lead of an anchor, what it costs to look for, and what its false hits cost."""
    lead = fold(anchor.leads[0])
    return lead, rate(lead), _false_hits(anchor)


class _Prices(NamedTuple):
    """What anchors cost, given how many others use a lead or the same anchor.

    With `sharing`, users share the price; without it, what another one uses costs nothing.
    """

    leads: Mapping[str, int]
    anchors: Mapping[Anchor, int]
    sharing: float | None
    avoided: frozenset[str] = frozenset()

    def cheapest(self, options: Options) -> tuple[float, tuple[Anchor, ...]]:
        """The price of the cheapest of `options`, and the anchors it needs."""
        return min(map(self._price, options), key=lambda priced: priced[0])

    def _price(self, option: Anchor | Branches) -> tuple[float, tuple[Anchor, ...]]:
        if isinstance(option, Anchor):
            lead, stops, false_hits = _costs(option)
            price = stops * self._part(self.leads.get(lead, 0))
            price += false_hits * self._part(self.anchors.get(option, 0))
            return price + (lead in self.avoided) * _AVOIDED, (option,)
        priced = [self.cheapest(branch) for branch in option.branches]
        anchors = tuple(anchor for _, needed in priced for anchor in needed)
        return sum(price for price, _ in priced), tuple(dict.fromkeys(anchors))

    def _part(self, users: int) -> float:
        if self.sharing is None:
            return 0.0 if users else 1.0
        return float(max(1, users) ** -self.sharing)
