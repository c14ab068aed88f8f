"""Where in its matches a regular expression can be looked for: places, read from its parse tree.

A place is something that every match of an alternative has: a character (`lead`), those that
can stand in front of it and behind it, and how many characters the match begins before it.
Only what can be relied upon is used: what a repetition may leave out, a negative look-ahead
or a back-reference demands nothing here. So a text without any of the places that were chosen,
one for each alternative (`tools.anchor_choice`), holds no match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import product
from typing import Any, Final, NamedTuple

__all__ = ["START", "Characters", "Place", "body", "members", "places", "places_in_front"]

#: Characters; None stands for any of them, or none at the edge of the text.
Characters = frozenset[str] | None

#: A set (as in zhclean.triggers) that holds at the beginning of a text only.
START: Final = "^\0-\U0010ffff"

_RANGE: Final = re.compile("(.)-(.)|(.)", re.DOTALL)
#: How far behind its beginning a match is looked for.
_FARTHEST: Final = 90
#: Classes of more characters than this say too little to be written out.
_MOST: Final = 800
#: Alternatives of one expression that are told apart.
_ALTERNATIVES: Final = 400


class Place(NamedTuple):
    """One place of a match: a lead, what can stand in front of it and behind it, and where.

    The neighbours are written as in `zhclean.triggers`; of `befores` one must hold. `nearest`
    and `farthest` are the characters from the beginning of the match to the lead, negative for
    a lead in front of it.
    """

    lead: frozenset[str]
    befores: tuple[str, ...]
    after: str
    nearest: int
    farthest: int


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


_GAP: Final = _Item(None, 0, 0)
_Sequence = tuple["_Item | _Ahead", ...]

_parser: Final = import_module("re._parser")


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


class _Reader:
    """Turns parse trees into linear alternatives; keeps the groups for what refers to them."""

    def __init__(self) -> None:
        self._groups: dict[int, list[_Sequence]] = {}

    def expand(self, tree: Iterable[tuple[Any, Any]]) -> list[_Sequence]:
        """The linear alternatives of a parse tree."""
        sequences: list[_Sequence] = [()]
        for operator, value in tree:
            choices = self._choices(str(operator), value)
            sequences = [one + other for one, other in product(sequences, choices)]
            if len(sequences) > _ALTERNATIVES:
                raise ValueError("too many alternatives")
        return sequences

    def _choices(self, operator: str, value: Any) -> list[_Sequence]:
        match operator:
            case "LITERAL":
                return [(_Item(frozenset(chr(value)), 1, 1),)]
            case "NOT_LITERAL" | "ANY":
                return [(_Item(None, 1, 1),)]
            case "IN":
                return [(_Item(_class(value), 1, 1),)]
            case "BRANCH":
                return [sequence for branch in value[1] for sequence in self.expand(branch)]
            case "SUBPATTERN":
                group, *_, tree = value
                self._groups[group] = self.expand(tree)
                return self._groups[group]
            case "GROUPREF":
                return [_common(self._groups[value])]
            case "ATOMIC_GROUP":
                return self.expand(value)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                return self._repeated(*value)
            case "ASSERT" if value[0] > 0:
                ahead = tuple(_items(sequence) for sequence in self.expand(value[1]))
                return [(_Ahead(ahead),)]
            case _:  # negative look-arounds, look-behinds, edges of the text: nothing to rely on
                return [(_GAP,)]

    def _repeated(self, least: int, most: int, tree: Any) -> list[_Sequence]:
        inner = self.expand(tree)
        if len(inner) == 1 and len(inner[0]) == 1:
            (item,) = inner[0]
            if isinstance(item, _Item) and item.least == item.most == 1:
                if (least, most) == (0, 1):
                    return [(), (item,)]
                return [(_Item(item.characters, least, most),)]
        longest = max(sum(item.most for item in _items(sequence)) for sequence in inner)
        more = _Item(None, 0, max(0, most - 1) * longest)
        return ([()] if not least else []) + [(*sequence, more) for sequence in inner]


def _common(sequences: Sequence[_Sequence]) -> _Sequence:
    """One sequence that holds all of them, character by character if each is but characters."""
    rows = [_items(sequence) for sequence in sequences]
    lengths = [sum(item.most for item in row) for row in rows]
    if any(
        item.characters is None or item.least != 1 or item.most != 1 for row in rows for item in row
    ):
        return (_Item(None, 0, max(lengths)),)
    shared = [
        _Item(frozenset().union(*(item.characters or () for item in items)), 1, 1)
        for items in zip(*rows, strict=False)
    ]
    rest = max(lengths) - len(shared)
    return (*shared, _Item(None, 0, rest)) if rest else tuple(shared)


def _items(sequence: _Sequence) -> tuple[_Item, ...]:
    return tuple(item if isinstance(item, _Item) else _GAP for item in sequence)


@cache
def _linear(pattern: str) -> tuple[tuple[_Item, ...], ...]:
    """The alternatives as characters in a row, a look-ahead at the end among them."""
    found: dict[tuple[_Item, ...], None] = {}
    for sequence in _Reader().expand(_parser.parse(pattern)):
        *front, last = sequence
        if isinstance(last, _Ahead):
            for ahead in last.alternatives:
                found[*_items(tuple(front)), *ahead] = None
        else:
            found[_items(sequence)] = None
    return tuple(found)


def places(pattern: str, befores: Sequence[str] = ()) -> list[list[Place]]:
    """For each alternative of `pattern` the places that its matches must have.

    `befores`: the sets of which one must stand in front of a match, none for anything.
    """
    return [list(_places(items, befores)) for items in _linear(pattern)]


def places_in_front(pattern: str, words: Iterable[str]) -> list[list[Place]]:
    """For each of the words, of which one stands in front of a match, the places in it."""
    firsts = [_following(items, 0) for items in _linear(pattern)]
    behind = _written(None if None in firsts else frozenset().union(*filter(None, firsts)))
    words = tuple(words)
    return [
        [
            Place(
                frozenset(character),
                (word[index - 1] if index else "",),
                word[index + 1 : index + 2] or behind,
                index - len(word),
                index - len(word),
            )
            for index, character in enumerate(word)
        ]
        for word in words
        if not any(word != other and word.endswith(other) for other in words)
    ]


def _places(items: tuple[_Item, ...], befores: Sequence[str]) -> Iterator[Place]:
    nearest = farthest = 0
    for index, item in enumerate(items):
        if item.least and item.characters is not None and farthest <= _FARTHEST:
            behind = _following(items, index + 1)
            if item.least > 1:
                behind = item.characters
            elif item.most > 1 and behind is not None:
                behind |= item.characters
            first = all(not other.most for other in items[:index])
            fronts = tuple(befores) if first else ()
            yield Place(
                item.characters,
                fronts or (_written(_preceding(items, index)),),
                _written(behind),
                nearest,
                farthest,
            )
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
