"""How likely a character is on this page: the language model, and what the page itself says.

A page repeats its own words, and those are what a general model knows least. So its
probabilities are mixed with those of the page's own characters in the same context (a cache
model: Kuhn & De Mori 1990), read from the text without its annotations.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set
from functools import lru_cache
from itertools import pairwise
from math import exp, log
from typing import Final

from zhclean.encoding.annotated.readings import ANNOTATION
from zhclean.encoding.annotated.simplified import simplified_forms
from zhclean.encoding.language import LanguageModel

__all__ = ["After", "Judge"]

# Weights of the language model, of its probability without context - where it knows a word well
# it thinks little of any neighbour that it has not met - and of the page's characters after the
# same one and after the same two characters.
_ALONE_WEIGHT: Final = 0.12
_PAIR_WEIGHT: Final = 0.06
_TRIPLE_WEIGHT: Final = 0.06
_MODEL_WEIGHT: Final = 1 - _ALONE_WEIGHT - _PAIR_WEIGHT - _TRIPLE_WEIGHT
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
_NOTHING: Final = frozenset[str]()


class Judge:
    """Knows how likely a character is on one page."""

    def __init__(self, text: str, model: LanguageModel) -> None:
        forms = simplified_forms()
        plain = _SHIFTED.sub("\0", ANNOTATION.sub("", text[:_SAMPLE]))
        plain = "".join([forms.get(char, char) for char in plain])
        self.model = model
        self.pairs = Counter(pairwise(plain))
        self.triples = Counter(zip(plain, plain[1:], plain[2:], strict=False))
        self.singles = Counter(plain)
        self._behind: dict[str, set[str]] = {}
        for first, second in self.pairs:
            self._behind.setdefault(first, set()).add(second)
        self._ln_p_alone = model.after("")
        self._alone: dict[str, float] = {}

    def followers(self, char: str) -> tuple[Set[str], Set[str]]:
        """The (simplified) characters that the model, and that the page has behind `char`."""
        return _followers(self.model, char), self._behind.get(char, _NOTHING)

    def alone(self, char: str) -> float:
        """The weighted P of a (simplified) character without a context."""
        known = self._alone.get(char)
        if known is None:
            known = self._alone[char] = _ALONE_WEIGHT * exp(self._ln_p_alone(char))
        return known


@lru_cache(maxsize=2048)
def _followers(model: LanguageModel, char: str) -> Set[str]:
    return model.followers(char)


class After(dict[str, float]):
    """ln P of (traditional) characters after a context of two simplified ones, as asked for."""

    __slots__ = ("_context", "_judge", "_known")

    def __init__(self, judge: Judge, context: str) -> None:
        super().__init__()
        self._judge = judge
        self._context = context
        self._known = judge.model.after(context)

    def __missing__(self, char: str) -> float:
        value = self._mixed(simplified_forms().get(char, char))
        if char in _WIDE:
            value -= 2 * _UNUSUAL
        elif char in _FOREIGN_QUOTES or (char in _SINGLE_MARKS and char == self._context[-1:]):
            value -= _UNUSUAL
        self[char] = value
        return value

    def _mixed(self, char: str) -> float:
        judge, context = self._judge, self._context
        known = _MODEL_WEIGHT * exp(self._known(char))
        known += judge.alone(char)
        last = context[-1:]
        pair = judge.pairs.get((last, char))
        if pair is not None:
            known += _PAIR_WEIGHT * (pair - _DISCOUNT) / judge.singles[last]
            first = context[-2:-1]
            triple = judge.triples.get((first, last, char))
            if triple is not None:
                known += _TRIPLE_WEIGHT * (triple - _DISCOUNT) / judge.pairs[first, last]
        return log(known)
