"""How likely a character is on this page: the language model, and what the page itself says.

A page repeats its own words, and those are what a general model knows least. So its
probabilities are mixed with those of the page's own characters in the same context (a cache
model: Kuhn & De Mori 1990), read from the text without its annotations.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from math import exp, inf, log
from operator import itemgetter
from typing import Final, NamedTuple

from zhclean.encoding.annotated.candidates import (
    ALONE_WEIGHT,
    MODEL_WEIGHT,
    UNUSUAL,
    Candidates,
    traits,
)
from zhclean.encoding.annotated.readings import ANNOTATION
from zhclean.encoding.annotated.simplified import simplified_forms
from zhclean.encoding.language import LanguageModel
from zhclean.encoding.language.model import STEP

__all__ = ["Choice", "Context", "Judge"]

# Weights of the page's characters after the same one and after the same two characters.
_PAIR_WEIGHT: Final = 0.06
_TRIPLE_WEIGHT: Final = 0.06
#: Steps of the model -> its weighted P; a probability and two weights of back-off are the most.
_WEIGHTED: Final = tuple(MODEL_WEIGHT * exp(-steps * STEP) for steps in range(3 * 0x100))
#: What neither the model nor the page has met behind the last character is no likelier there than
#: by itself: the share of that in its weighted P alone.
_UNMET: Final = ALONE_WEIGHT / (ALONE_WEIGHT + MODEL_WEIGHT)
#: Seen once proves little: counts are lowered by this much (absolute discounting).
_DISCOUNT: Final = 0.5
#: What may be shifted is no evidence for itself.
_SHIFTED: Final = re.compile(r"\?.{0,160}")
#: Characters of the page that are read.
_SAMPLE: Final = 200_000
#: Marks that do not stand twice in a row.
_SINGLE_MARKS: Final = frozenset("。，、；：")
#: Contexts that are kept from one place to the next.
_KEPT: Final = 4096

#: A character that an unknown byte leaves open: (its ln P in context, that byte, the character,
#: its simplified form). A plain tuple: they are made by the thousand.
Choice = tuple[float, int, str, str]
_LN_P: Final = itemgetter(0)


class Judge(dict[str, "Context"]):
    """Knows how likely a character is on one page: the contexts by their two characters."""

    __slots__ = ("_neighbours", "_plain", "model")

    def __init__(self, text: str, model: LanguageModel) -> None:
        super().__init__()
        plain = _SHIFTED.sub("\0", ANNOTATION.sub("", text[:_SAMPLE]))
        # No character is the first or the last one: each has two neighbours.
        self._plain = f"\0{plain.translate(_simplifying())}\0"
        self._neighbours: dict[str, Neighbours] = {}
        self.model = model

    def __missing__(self, text: str) -> Context:
        context = self[text] = Context(self, text)
        return context

    def says(self, text: str, char: str) -> tuple[float, str]:
        """ln P of a (traditional) character after two simplified ones, and the next context.

        The same as `self[text][char]`, for a context of which hardly more is asked.
        """
        if text in self:
            return self[text][char]
        simple, symbol, likelihood, unusual = traits(char)
        if symbol:
            likelihood += _WEIGHTED[self.model.steps(text, symbol)]
        last = text[-1:]
        neighbours = self.neighbours(last)
        if simple in neighbours.behind:
            likelihood += _on_page(neighbours, text, simple)
        if char == last and char in _SINGLE_MARKS:
            unusual = UNUSUAL
        return log(likelihood) - unusual, last + simple

    def begin(self) -> None:
        """Start a new place."""
        if len(self) > _KEPT:
            self.clear()

    def neighbours(self, char: str) -> Neighbours:
        """What stands beside a (simplified) character on the page."""
        known = self._neighbours.get(char)
        if known is None:
            known = self._neighbours[char] = _neighbours(self._plain, char)
        return known


@cache
def _simplifying() -> dict[int, str]:
    return str.maketrans(simplified_forms())


class Neighbours(NamedTuple):
    """How often a character stands on a page, and beside which: in front, behind, on both sides.

    `around` has three characters as a key, the one in the middle being that character.
    """

    places: int
    front: Mapping[str, int]
    behind: Mapping[str, int]
    around: Mapping[str, int]


#: Of a character that is not on the page.
_ABSENT: Final = Neighbours(0, {}, {}, {})


def _neighbours(plain: str, char: str) -> Neighbours:
    # Only those that are asked for, a few of the page: to count all its pairs takes longer.
    at = plain.find(char, 1) if char else -1
    if at < 0:
        return _ABSENT
    places = 0
    front: dict[str, int] = {}
    behind: dict[str, int] = {}
    around: dict[str, int] = {}
    while at > 0:
        three = plain[at - 1 : at + 2]
        places += 1
        around[three] = around.get(three, 0) + 1
        at = plain.find(char, at + 1)
    for three, times in around.items():
        front[three[0]] = front.get(three[0], 0) + times
        behind[three[2:]] = behind.get(three[2:], 0) + times
    return Neighbours(places, front, behind, around)


class Context(dict[str, tuple[float, str]]):
    """What (traditional) characters say after two simplified ones: (ln P, the next context).

    A character is looked up when it is first asked for.
    """

    __slots__ = ("_last", "_neighbours", "_ranked", "_single", "_tables", "_text")

    def __init__(self, judge: Judge, text: str) -> None:
        super().__init__()
        self._text = text
        self._last = last = text[-1:]
        self._single = last if last in _SINGLE_MARKS else None
        self._tables = judge.model.tables(text)
        self._neighbours = judge.neighbours(last)
        self._ranked: dict[Candidates, tuple[float, list[Choice]]] = {}

    def __missing__(self, char: str) -> tuple[float, str]:
        simple, symbol, likelihood, unusual = traits(char)
        if symbol:
            triples, pairs, alone, back_one, back_two = self._tables
            steps = triples.get(symbol)
            if steps is None:
                steps = pairs.get(symbol)
                steps = back_two + alone[symbol] if steps is None else back_one + steps
            likelihood += _WEIGHTED[steps]
        if simple in self._neighbours.behind:
            likelihood += _on_page(self._neighbours, self._text, simple)
        if char == self._single:
            unusual = UNUSUAL
        said = self[char] = log(likelihood) - unusual, self._last + simple
        return said

    def rank(self, candidates: Candidates, least: float = -inf) -> list[Choice]:
        """The candidates that are worth following, the likeliest first.

        Those of less than `least` may be missing: a bound that spares most of the work.
        """
        known = self._ranked.get(candidates)
        if known is None or known[0] > least:
            known = self._ranked[candidates] = least, self._rank(candidates, least)
        return known[1]

    def _rank(self, candidates: Candidates, least: float) -> list[Choice]:
        # As in `__missing__`, which is asked for one at a time.
        triples, pairs, alone, back_one, back_two = self._tables
        behind, single = self._neighbours.behind, self._single
        floor = exp(min(least, 0.0))
        ranked: list[Choice] = []
        for byte, char, simple, symbol, likelihood, unusual in candidates.likely(
            pairs, behind, floor * _UNMET
        ):
            if symbol:
                steps = triples.get(symbol)
                if steps is None:
                    steps = pairs.get(symbol)
                    steps = back_two + alone[symbol] if steps is None else back_one + steps
                likelihood += _WEIGHTED[steps]
            if simple in behind:
                likelihood += _on_page(self._neighbours, self._text, simple)
            if likelihood < floor:
                continue
            if char == single:
                unusual = UNUSUAL
            ranked.append((log(likelihood) - unusual, byte, char, simple))
        ranked.sort(key=_LN_P, reverse=True)
        del ranked[len(candidates.frequent) :]
        return ranked


def _on_page(neighbours: Neighbours, context: str, char: str) -> float:
    """The weighted P by what the page has behind the same one and two characters."""
    places, front, behind, around = neighbours
    likelihood = _PAIR_WEIGHT * (behind[char] - _DISCOUNT) / places
    three = around.get(context + char) if len(context) == 2 else None
    if three is not None:
        likelihood += _TRIPLE_WEIGHT * (three - _DISCOUNT) / front[context[0]]
    return likelihood
