"""Where in a text to look: one search for all that the stage may find.

`tools/build_redaction.py` has chosen, for every pattern rule and for what is found by code (the
finders: masks, lines and fields), a rare character that has to stand there (its lead), and
what may stand beside it. One expression stops at the leads of all, beside roughly the right
neighbours; what may be there exactly is looked up by the lead and the character behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Final, NamedTuple

from zhclean.redaction.ahead import PATTERNS, read_ahead
from zhclean.redaction.signs import is_count
from zhclean.triggers import Characters

__all__ = ["SUPPORTS", "Target", "is_worth_it", "spots"]

#: The forms of damage that some rows need the support of.
SUPPORTS: Final = frozenset({"mask", "dropped"})

#: Pairs of characters whose spots are remembered.
_MOST_KNOWN: Final = 1 << 14


class Target(NamedTuple):
    """What may be found at a lead.

    `what` is the number of a row or the name of a finder. A match of a row begins between
    `nearest` and `farthest` characters in front of the lead.
    """

    what: int | str
    nearest: int
    farthest: int


#: Behind a lead: its neighbours and itself. There is none behind the last of a text.
_WITH_NEIGHBOURS: Final = "(?s:(?<=(?=(.{2,3})).{2}))"


class _Spot(NamedTuple):
    """A target where one of `fronts` stands in front of the lead, or none if `excluded`."""

    fronts: frozenset[str]
    excluded: bool
    target: Target


class _Spots(dict[str, tuple[Target, ...]]):
    """What may be at the middle of three characters, remembered."""

    def __init__(self, support: str) -> None:
        content = read_ahead(PATTERNS)["spots"][support]
        self._expression: Final = re.compile(content["expression"] + _WITH_NEIGHBOURS)
        self._pairs = _Pairs(content["leads"])

    def places(self, text: str) -> Iterator[tuple[int, tuple[Target, ...]]]:
        """The leads at which something may be, in order, and what.

        Whether the expression stops at a lead depends on the characters beside it alone. So it
        is asked for these, which is faster than to be told of every stop, and where they stand
        is looked for only if something may be there.
        """
        place = 0
        if text and (targets := self.at(text, 0)):
            yield 0, targets
        for near in filter(self.__getitem__, self._expression.findall(text)):
            place = text.find(near, place) + 1 if len(near) == 3 else len(text) - 1
            yield place, self[near]

    def at(self, text: str, place: int) -> tuple[Target, ...]:
        """What may be at the lead at `place`."""
        if place:
            return self[text[place - 1 : place + 2]]
        return _where("", self._pairs[text[:2]])

    def __missing__(self, trigram: str) -> tuple[Target, ...]:
        if len(self) >= _MOST_KNOWN:
            self.clear()
            self._pairs.clear()
        spots = self._pairs[trigram[1:]]
        self[trigram] = found = _where(trigram[0], spots) if spots else ()
        return found


class _Pairs(dict[str, tuple[_Spot, ...]]):
    """The spots of a lead with the character behind it."""

    def __init__(self, leads: Mapping[str, Sequence[tuple[int | str, str, str, int, int]]]) -> None:
        self._leads = leads

    def __missing__(self, pair: str) -> tuple[_Spot, ...]:
        lead, behind = pair[0], pair[1:]
        self[pair] = found = tuple(
            _Spot(*_listed(before), Target(what, nearest, farthest))
            for what, before, after, nearest, farthest in self._leads.get(lead, ())
            if behind in _characters(after)
        )
        return found


def _where(front: str, spots: Iterable[_Spot]) -> tuple[Target, ...]:
    """What may be at a spot behind this character; stretches of one row that meet are one."""
    found: list[Target] = []
    for target in sorted(
        {target for fronts, excluded, target in spots if (front in fronts) is not excluded},
        key=lambda target: (str(target.what), target),
    ):
        last = found[-1] if found else None
        if last is not None and last.what == target.what and target.nearest <= last.farthest:
            found[-1] = last._replace(farthest=max(last.farthest, target.farthest))
        else:
            found.append(target)
    return tuple(found)


_characters = cache(Characters)


@cache
def _listed(body: str) -> tuple[frozenset[str], bool]:
    """The characters that a set names, all of them, and whether it excludes them."""
    characters = Characters(body)
    if characters.negated and any(high == "\U0010ffff" for _, high in characters.ranges):
        return frozenset({""}), False  # the edge of the text alone
    named = chain.from_iterable(
        map(chr, range(ord(low), ord(high) + 1)) for low, high in characters.ranges
    )
    return frozenset(named), characters.negated


spots = cache(_Spots)


def is_worth_it(finder: str, text: str, place: int) -> bool:
    """Whether a finder, which reads the whole text, has to be asked for what is at `place`."""
    return _check(finder)(text, place)


@cache
def _check(finder: str) -> Callable[[str, int], bool]:
    # What judges takes time to load, and most texts have nothing to judge.
    if finder == "masks":
        from zhclean.redaction.masks import is_certain

        return is_certain
    if finder == "lines":
        from zhclean.redaction.blanks import is_sure_line

        return is_sure_line
    if finder == "counts":
        return is_count
    from zhclean.redaction.blanks import is_field

    return is_field
