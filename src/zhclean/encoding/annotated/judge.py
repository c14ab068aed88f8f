"""How likely a character is on this page: the language model, and what the page itself says.

A page repeats its own words, and those are what a general model knows least. So its
probabilities are mixed with those of the page's own characters in the same context (a cache
model: Kuhn & De Mori 1990), read from the text without its annotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import exp, log
from typing import Final, NamedTuple

from zhclean.encoding.annotated.readings import ANNOTATION
from zhclean.encoding.annotated.simplified import simplified_forms
from zhclean.encoding.language import LanguageModel, load
from zhclean.encoding.language.model import STEP

__all__ = ["After", "Candidate", "Candidates", "Judge", "traits"]

# Weights of the language model, of its probability without context - where it knows a word well
# it thinks little of any neighbour that it has not met - and of the page's characters after the
# same one and after the same two characters.
_ALONE_WEIGHT: Final = 0.12
_PAIR_WEIGHT: Final = 0.06
_TRIPLE_WEIGHT: Final = 0.06
_MODEL_WEIGHT: Final = 1 - _ALONE_WEIGHT - _PAIR_WEIGHT - _TRIPLE_WEIGHT
#: Steps of the model -> its weighted P; a probability and two weights of back-off are the most.
_WEIGHTED: Final = tuple(_MODEL_WEIGHT * exp(-steps * STEP) for steps in range(3 * 0x100))
#: Seen once proves little: counts are lowered by this much (absolute discounting).
_DISCOUNT: Final = 0.5
#: What may be shifted is no evidence for itself.
_SHIFTED: Final = re.compile(r"\?.{0,160}")
#: Characters of the page that are read.
_SAMPLE: Final = 200_000

#: Quotes of traditional text, which simplified text does not use; the model folds them.
_FOREIGN_QUOTES: Final = frozenset("「」『』〝〞〈〉")
#: Full-width letters and digits: the model folds them too.
_WIDE: Final = frozenset(
    chr(code) for span in ("０９", "ＡＺ", "ａｚ") for code in range(ord(span[0]), ord(span[1]) + 1)
)
#: Marks that do not stand twice in a row.
_SINGLE_MARKS: Final = frozenset("。，、；：")
_UNUSUAL: Final = 4.0


class Judge:
    """Knows how likely a character is on one page."""

    def __init__(self, text: str, model: LanguageModel) -> None:
        forms = simplified_forms()
        plain = _SHIFTED.sub("\0", ANNOTATION.sub("", text[:_SAMPLE]))
        # No character is the first or the last one: each has two neighbours.
        self._plain = "".join(["\0", *[forms.get(char, char) for char in plain], "\0"])
        self._neighbours: dict[str, Neighbours] = {}
        self.model = model

    def neighbours(self, char: str) -> Neighbours:
        """What stands beside a (simplified) character on the page."""
        known = self._neighbours.get(char)
        if known is None:
            known = self._neighbours[char] = _neighbours(self._plain, char)
        return known


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


class Traits(NamedTuple):
    """What is known of a (traditional) character without a context.

    `simple` is its simplified form, `symbol` that form's number in the language model (0: not
    there), `alone` its weighted P, `unusual` what is taken from its ln P.
    """

    simple: str
    symbol: int
    alone: float
    unusual: float


@lru_cache(maxsize=1 << 14)
def traits(char: str) -> Traits:
    """The traits of a character."""
    model = load()
    simple = simplified_forms().get(char, char)
    symbol = model.symbol(simple)
    # Where the model lacks it, it says the same after every context.
    weight = _ALONE_WEIGHT if symbol else _ALONE_WEIGHT + _MODEL_WEIGHT
    unusual = 2 * _UNUSUAL if char in _WIDE else _UNUSUAL if char in _FOREIGN_QUOTES else 0.0
    return Traits(simple, symbol, weight * exp(model.step("", simple)), unusual)


class Candidate(NamedTuple):
    """A (traditional) character that an unknown byte leaves open, and that byte."""

    byte: int
    char: str
    traits: Traits


class Candidates:
    """What an unknown byte leaves open: the most frequent ones, and the others by form.

    The others count only where the model or the page has met them.
    """

    __slots__ = ("_by_simple", "_by_symbol", "frequent")

    def __init__(self, ranked: Sequence[Candidate], most: int) -> None:
        self.frequent = ranked[:most]
        self._by_simple: dict[str, list[Candidate]] = {}
        self._by_symbol: dict[int, list[Candidate]] = {}
        for candidate in ranked[most:]:
            self._by_simple.setdefault(candidate.traits.simple, []).append(candidate)
            if candidate.traits.symbol:
                self._by_symbol.setdefault(candidate.traits.symbol, []).append(candidate)

    def likely(self, symbols: Mapping[int, int], simples: Mapping[str, int]) -> list[Candidate]:
        """The frequent ones, and of the others those that have been met: in a fixed order."""
        found = list(self.frequent)
        for symbol in sorted(self._by_symbol.keys() & symbols.keys()):
            found += self._by_symbol[symbol]
        for simple in sorted(self._by_simple.keys() & simples.keys()):
            others = self._by_simple[simple]
            found += [other for other in others if other.traits.symbol not in symbols]
        return found


class After(dict[str, float]):
    """ln P of (traditional) characters after a context of two simplified ones, as asked for."""

    __slots__ = ("_context", "_neighbours", "_tables")

    def __init__(self, judge: Judge, context: str) -> None:
        super().__init__()
        self._context = context
        self._tables = judge.model.tables(context)
        self._neighbours = judge.neighbours(context[-1:])

    def __missing__(self, char: str) -> float:
        return self.learn([Candidate(0, char, traits(char))])[0]

    def learn(self, candidates: Iterable[Candidate]) -> list[float]:
        """ln P of several characters at once."""
        triples, pairs, alone, back_one, back_two = self._tables
        behind, last = self._neighbours.behind, self._context[-1:]
        learned = []
        for _, char, (simple, symbol, likelihood, unusual) in candidates:
            if symbol:
                steps = triples.get(symbol)
                if steps is None:
                    steps = pairs.get(symbol)
                    steps = back_two + alone[symbol] if steps is None else back_one + steps
                likelihood += _WEIGHTED[steps]
            if simple in behind:
                likelihood += self._on_page(simple)
            if char == last and char in _SINGLE_MARKS:
                unusual = _UNUSUAL
            self[char] = value = log(likelihood) - unusual
            learned.append(value)
        return learned

    def likely(self, candidates: Candidates) -> list[Candidate]:
        """Of the candidates those that are worth looking at."""
        return candidates.likely(self._tables.pairs, self._neighbours.behind)

    def _on_page(self, char: str) -> float:
        """The weighted P by what the page has behind the same one and two characters."""
        places, front, behind, around = self._neighbours
        context = self._context
        likelihood = _PAIR_WEIGHT * (behind[char] - _DISCOUNT) / places
        three = around.get(context + char) if len(context) == 2 else None
        if three is not None:
            likelihood += _TRIPLE_WEIGHT * (three - _DISCOUNT) / front[context[0]]
        return likelihood
