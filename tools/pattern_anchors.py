"""Where in its matches a regular expression can be looked for: anchors, read from its parse tree.

An anchor is one place that every match of an alternative has: a character (`lead`), those
that can stand in front of it and behind it, and how many characters the match begins before
it. Of all places of an alternative the one that is rarest in clean text is taken.

Only what can be relied upon is used: what a repetition may leave out, a negative look-ahead
or a back-reference demands nothing here. So a text without an anchor holds no match.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from itertools import pairwise, product
from typing import Any, Final, NamedTuple

from zhclean.triggers import REACH

__all__ = ["START", "Anchor", "Rates", "anchors", "body", "members"]

#: Characters; None stands for any of them, or none at the edge of the text.
Characters = frozenset[str] | None

#: A set (as in zhclean.triggers) that holds at the beginning of a text only.
START: Final = "^\0-\U0010ffff"

_RANGE: Final = re.compile("(.)-(.)|(.)", re.DOTALL)
#: What it costs to look at the neighbours of a lead, by what it costs to try the pattern.
_GLANCE: Final = 0.3
#: What a character that clean text does not hold counts as, so that few are better than many.
_UNSEEN: Final = 0.3
#: How far behind its beginning a match is looked for.
_FARTHEST: Final = 60
#: Classes of more characters than this say too little to be written out.
_MOST: Final = 800
#: Alternatives of one expression that are told apart.
_ALTERNATIVES: Final = 400


class Anchor(NamedTuple):
    """One place of a match; the fields are sets of characters as in `zhclean.triggers`."""

    lead: str
    before: str
    after: str
    nearest: int  # characters from the beginning of the match to the lead, at least
    farthest: int  # and at most
    ahead: int  # characters from the lead to the end of what the pattern looks at, at most


@dataclass(frozen=True)
class _Item:
    """A repeated character of a linear pattern; `characters` None: not known."""

    characters: Characters
    least: int
    most: int


@dataclass(frozen=True)
class _Ahead:
    """What a look-ahead demands, in alternatives."""

    alternatives: tuple[tuple[_Item, ...], ...]


def _weight(farthest: int, ahead: int) -> int:
    """The gate asks a row at once if all that it looks at is near, else the whole text is read."""
    return 1 if farthest <= REACH // 2 and ahead + 3 <= REACH else 30


@dataclass(frozen=True)
class _Place:
    lead: frozenset[str]
    befores: tuple[str, ...]
    after: str
    nearest: int
    farthest: int
    ahead: int
    cost: float = 0.0  # how often it stands in clean text

    def weighed(self, rates: Rates) -> _Place:
        stops = sum(rates.stops(self.lead, before, self.after) for before in self.befores)
        stops *= _weight(self.farthest, self.ahead)
        return replace(self, cost=stops + _GLANCE * rates.of(self.lead))


_GAP: Final = _Item(None, 0, 0)
_Sequence = tuple["_Item | _Ahead", ...]

_parser: Final = import_module("re._parser")
_constants: Final = import_module("re._constants")


@cache
def _category(name: str) -> frozenset[str]:
    tests = {
        "CATEGORY_DIGIT": str.isdecimal,
        "CATEGORY_SPACE": str.isspace,
    }
    return frozenset(char for char in map(chr, range(0x110000)) if tests[name](char))


def _class(members: Sequence[tuple[Any, Any]]) -> Characters:
    found: set[str] = set()
    for operator, value in members:
        match str(operator):
            case "LITERAL":
                found.add(chr(value))
            case "RANGE" if value[1] - value[0] < _MOST:
                found.update(map(chr, range(value[0], value[1] + 1)))
            case "CATEGORY" if str(value) in ("CATEGORY_DIGIT", "CATEGORY_SPACE"):
                found |= _category(str(value))
            case _:
                return None  # a negated class, or one of thousands
    return frozenset(found)


def _expand(tree: Iterable[tuple[Any, Any]]) -> list[_Sequence]:
    """The linear alternatives of a parse tree."""
    sequences: list[_Sequence] = [()]
    for operator, value in tree:
        choices = _choices(str(operator), value)
        sequences = [one + other for one, other in product(sequences, choices)]
        if len(sequences) > _ALTERNATIVES:
            raise ValueError("too many alternatives")
    return sequences


def _choices(operator: str, value: Any) -> list[_Sequence]:
    match operator:
        case "LITERAL":
            return [(_Item(frozenset(chr(value)), 1, 1),)]
        case "NOT_LITERAL" | "ANY":
            return [(_Item(None, 1, 1),)]
        case "IN":
            return [(_Item(_class(value), 1, 1),)]
        case "BRANCH":
            return [sequence for branch in value[1] for sequence in _expand(branch)]
        case "SUBPATTERN":
            return _expand(value[-1])
        case "ATOMIC_GROUP":
            return _expand(value)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _repeated(*value)
        case "GROUPREF":
            return [(_Item(None, 0, 12),)]
        case "ASSERT" if value[0] > 0:
            ahead = tuple(_items(sequence) for sequence in _expand(value[1]))
            return [(_Ahead(ahead),)]
        case _:  # negative look-arounds, look-behinds, edges of the text: nothing to rely on
            return [(_GAP,)]


def _repeated(least: int, most: int, tree: Any) -> list[_Sequence]:
    inner = _expand(tree)
    if len(inner) == 1 and len(inner[0]) == 1:
        (item,) = inner[0]
        if isinstance(item, _Item) and item.least == item.most == 1:
            if (least, most) == (0, 1):
                return [(), (item,)]
            return [(_Item(item.characters, least, most),)]
    longest = max(sum(item.most for item in _items(sequence)) for sequence in inner)
    more = _Item(None, 0, max(0, most - 1) * longest)
    return ([()] if not least else []) + [(*sequence, more) for sequence in inner]


def _items(sequence: _Sequence) -> tuple[_Item, ...]:
    return tuple(item if isinstance(item, _Item) else _GAP for item in sequence)


def _linear(tree: Any) -> Iterator[tuple[_Item, ...]]:
    """The alternatives as characters in a row, a look-ahead at the end among them."""
    for sequence in _expand(tree):
        *front, last = sequence
        if isinstance(last, _Ahead):
            for ahead in last.alternatives:
                yield (*_items(tuple(front)), *ahead)
        else:
            yield _items(sequence)


class Rates:
    """How often characters and pairs of them stand in clean text."""

    def __init__(self, text: str) -> None:
        self._all = len(text)
        self._single = Counter(text)
        self._pairs = Counter(pairwise(text))

    def of(self, characters: Iterable[str]) -> float:
        """How often one of them stands in the text, among all characters."""
        return sum(self._single[char] + _UNSEEN for char in characters) / self._all

    def stops(self, lead: Collection[str], before: str, after: str) -> float:
        """The same of a `lead` beside one of the sets `before` and `after`."""
        share = 1.0
        for written, is_before in ((before, True), (after, False)):
            if written == START:
                share = 0.0
            elif written.startswith("^"):
                share *= 0.8
            elif written:
                pairs = sum(
                    self._pairs[(other, char) if is_before else (char, other)]
                    for char in lead
                    for other in members(written)
                )
                share *= min(1.0, pairs / max(1, sum(self._single[char] for char in lead)))
        return self.of(lead) * share


def anchors(pattern: str, rates: Rates, befores: Sequence[str]) -> list[Anchor]:
    """Anchors of which one stands in every match of `pattern`: the first or second character
    of each alternative, the one in front of its look-ahead, or the rarest of each.

    `befores`: the sets of which one must stand in front of a match, none for anything.
    """
    places = [list(_places(items, rates, befores)) for items in _linear(_parser.parse(pattern))]
    schemes = [
        [min(one, key=lambda place: place.cost) for one in places],
        *([one[index] for one in places] for index in range(min(4, *map(len, places)))),
    ]
    return min((_merged(scheme) for scheme in schemes), key=lambda each: _burden(each, rates))


def _merged(places: Iterable[_Place]) -> list[Anchor]:
    leads: dict[tuple[str, str, int, int], set[str]] = {}
    ahead = 0
    for place in places:
        ahead = max(ahead, place.ahead)
        for before in place.befores:
            key = (before, place.after, place.nearest, place.farthest)
            leads.setdefault(key, set()).update(place.lead)
    return [Anchor(body(found), *key, ahead) for key, found in leads.items()]


def _burden(found: Sequence[Anchor], rates: Rates) -> float:
    """What it costs to look for anchors: those that stand in clean text, and their number."""
    stops = sum(
        rates.stops(lead := set(members(one.lead)), one.before, one.after)
        * _weight(one.farthest, one.ahead)
        + _GLANCE * rates.of(lead)
        for one in found
    )
    return stops + 2e-6 * len(found)


def _places(items: tuple[_Item, ...], rates: Rates, befores: Sequence[str]) -> Iterator[_Place]:
    """Every place of a linear pattern that a match must have."""
    nearest = farthest = 0
    longest = sum(item.most for item in items)
    for index, item in enumerate(items):
        if item.least and item.characters is not None and farthest <= _FARTHEST:
            behind = _following(items, index + 1)
            if item.least > 1:
                behind = item.characters
            elif item.most > 1 and behind is not None:
                behind |= item.characters
            first = all(not other.most for other in items[:index])
            fronts = tuple(befores) if first else ()
            place = _Place(
                item.characters,
                fronts or (_written(_preceding(items, index)),),
                _written(behind),
                nearest,
                farthest,
                longest - nearest,
            )
            yield place.weighed(rates)
        nearest += item.least
        farthest += item.most


def _following(items: tuple[_Item, ...], index: int) -> Characters:
    found: set[str] = set()
    for item in items[index:]:
        if item.most:
            if item.characters is None:
                return None
            found |= item.characters
            if item.least:
                return frozenset(found)
        elif item is _GAP:
            return None  # the end of the text, or something that is not looked into
    return None


def _preceding(items: tuple[_Item, ...], index: int) -> Characters:
    found: set[str] = set()
    for item in reversed(items[:index]):
        if item.most:
            if item.characters is None:
                return None
            found |= item.characters
            if item.least:
                return frozenset(found)
    return None


def members(written: str) -> Iterator[str]:
    """The characters of a set as `body` writes it."""
    for low, high, one in _RANGE.findall(written):
        yield from [one] if one else map(chr, range(ord(low), ord(high) + 1))


def _written(characters: Characters) -> str:
    return "" if characters is None else body(characters)


def body(characters: Iterable[str]) -> str:
    """A set of characters as `zhclean.triggers` writes it."""
    codes = sorted(set(map(ord, characters)))
    pieces = ["-"] if ord("-") in codes else []
    codes = [code for code in codes if code != ord("-")]
    last = ""  # a circumflex must not come first
    index = 0
    while index < len(codes):
        end = index
        while end + 1 < len(codes) and codes[end + 1] == codes[end] + 1:
            end += 1
        if end - index > 2:
            piece = f"{chr(codes[index])}-{chr(codes[end])}"
        else:
            piece = "".join(map(chr, codes[index : end + 1]))
        if piece.startswith("^") and not pieces:
            last, piece = piece, ""
        pieces.append(piece)
        index = end + 1
    return "".join(pieces) + last
