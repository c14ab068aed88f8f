"""Which of the places of many patterns to look for, so that a search for all of them costs least.

A search stops at every lead. So a lead costs by how often it stands in clean text, and costs
nothing more once any pattern has it; a place also costs by how often its lead stands beside its
neighbours, for there the pattern is tried. Places are chosen one after the other, given all
others, until nothing gets cheaper; then without each frequent lead, in case several patterns
that share it are better off with others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import Final

from tools.pattern_anchors import START, Place, members

__all__ = ["Rates", "choose"]

#: Nanoseconds to stop at a lead and look at its neighbours, and to try a pattern.
_LOOK: Final = 150.0
_TRY: Final = 1000.0
#: What a character that clean text does not hold counts as, so that few are better than many.
_UNSEEN: Final = 0.3
_MOST_TURNS: Final = 20

#: For one pattern: what it can be found by, as alternative lists of places of which one each is
#: needed.
Options = Sequence[Sequence[Sequence[Place]]]


class Rates:
    """How often characters and pairs of them stand in clean text."""

    def __init__(self, text: str) -> None:
        self._all = len(text)
        self._single = Counter(text)
        self._behind: dict[str, Counter[str]] = defaultdict(Counter)
        self._front: dict[str, Counter[str]] = defaultdict(Counter)
        for one, other in pairwise(text):
            self._behind[one][other] += 1
            self._front[other][one] += 1

    def of(self, character: str) -> float:
        """How often it stands in the text, among all characters."""
        return (self._single[character] + _UNSEEN) / self._all

    def stops(self, place: Place) -> float:
        """The same of the leads of a place beside its neighbours."""
        return sum(
            self.of(lead)
            * _share(self._behind[lead], self._single[lead], place.after)
            * sum(_share(self._front[lead], self._single[lead], one) for one in place.befores)
            for lead in place.lead
        )


def _share(neighbours: Counter[str], whole: int, allowed: str) -> float:
    if not allowed:
        return 1.0
    if allowed == START:
        return 0.0
    if allowed.startswith("^"):
        return 0.8
    return min(1.0, (sum(neighbours[one] for one in members(allowed)) + 0.1) / (whole + 1))


class _Choice:
    """The places chosen so far and the leads that they have."""

    def __init__(self, patterns: Sequence[Options], rates: Rates, free: Iterable[str]) -> None:
        self._patterns = patterns
        self._free = tuple(free)
        self._rates = rates
        self._tries = {
            _sets(place): _TRY * rates.stops(place)
            for place in chain.from_iterable(
                alternative for options in patterns for way in options for alternative in way
            )
        }
        self._used: Counter[str] = Counter(self._free)
        self.chosen: list[tuple[Place, ...]] = [() for _ in patterns]

    def cost(self) -> float:
        looks = sum(self._rates.of(lead) for lead, uses in self._used.items() if uses)
        return _LOOK * looks + sum(
            self._tries[_sets(place)] for places in self.chosen for place in places
        )

    def settle(self, banned: frozenset[str] = frozenset()) -> None:
        """Choose for each pattern in turn until nothing changes."""
        for _ in range(_MOST_TURNS):
            before = list(self.chosen)
            for number in range(len(self._patterns)):
                self._choose(number, banned)
            if self.chosen == before:
                return

    def restore(self, chosen: Sequence[tuple[Place, ...]]) -> None:
        self.chosen = list(chosen)
        leads = (lead for places in chosen for one in places for lead in one.lead)
        self._used = Counter([*self._free, *leads])

    def frequent_leads(self) -> list[str]:
        """The leads in use, the most frequent first."""
        used = [lead for lead, uses in self._used.items() if uses]
        return sorted(used, key=lambda lead: (-self._rates.of(lead), lead))

    def _choose(self, number: int, banned: frozenset[str]) -> None:
        for place in self.chosen[number]:
            self._used.subtract(place.lead)
        ways = [self._way(way, banned) for way in self._patterns[number]]
        _, places = min(ways, key=lambda way: way[0])
        self.chosen[number] = places
        for place in places:
            self._used.update(place.lead)

    def _way(
        self, way: Sequence[Sequence[Place]], banned: frozenset[str]
    ) -> tuple[float, tuple[Place, ...]]:
        new: set[str] = set()
        chosen: dict[object, Place] = {}
        total = 0.0
        for alternative in way:
            prices = [
                (0.0 if _sets(place) in chosen else self._price(place, new, banned), place)
                for place in alternative
            ]
            price, place = min(prices, key=lambda row: row[0], default=(float("inf"), None))
            total += price
            if place is not None:
                new |= place.lead
                known = chosen.get(_sets(place), place)
                chosen[_sets(place)] = place._replace(
                    nearest=min(place.nearest, known.nearest),
                    farthest=max(place.farthest, known.farthest),
                )
        return total, tuple(chosen.values())

    def _price(self, place: Place, new: Iterable[str], banned: frozenset[str]) -> float:
        looks = sum(
            self._rates.of(lead) * (1e6 if lead in banned else 1)
            for lead in place.lead
            if not self._used[lead] and lead not in new
        )
        return _LOOK * looks + self._tries[_sets(place)]


def choose(
    patterns: Sequence[Options], rates: Rates, free: Iterable[str] = ()
) -> list[tuple[Place, ...]]:
    """The places to look for, for each of the patterns; `free` are leads that cost nothing."""
    choice = _Choice(patterns, rates, free)
    choice.settle()
    tried: set[str] = set()
    while leads := [lead for lead in choice.frequent_leads()[:40] if lead not in tried]:
        kept, cost = list(choice.chosen), choice.cost()
        tried.add(leads[0])
        # Those that have it choose anew without it, then all as they like.
        without = [
            places if all(leads[0] not in one.lead for one in places) else () for places in kept
        ]
        choice.restore(without)
        choice.settle(frozenset(leads[0]))
        choice.settle()
        if choice.cost() >= cost:
            choice.restore(kept)
    return choice.chosen


def _sets(place: Place) -> object:
    """All of a place but how far from the beginning it is."""
    return place[:3]
