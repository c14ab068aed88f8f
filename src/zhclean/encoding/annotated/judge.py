"""How likely a character is on this page: the language model, and what the page itself says.

A page repeats its own words, and those are what a general model knows least. So its
probabilities are mixed with those of the page's own characters in the same context (a cache
model: Kuhn & De Mori 1990), read from the text without its annotations.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from math import exp, log
from typing import Final

from zhclean.encoding.annotated.readings import ANNOTATION
from zhclean.encoding.annotated.simplified import simplified_forms

__all__ = ["Judge"]

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
_SHIFTED: Final = re.compile(r"\?.{0,12}")
#: Characters of the page that are read.
_SAMPLE: Final = 200_000


class Judge:
    """ln P of a simplified character after up to two others, on one page."""

    def __init__(self, text: str, step: Callable[[str, str], float]) -> None:
        forms = simplified_forms()
        plain = _SHIFTED.sub("\0", ANNOTATION.sub("", text[:_SAMPLE]))
        plain = "".join([forms.get(char, char) for char in plain])
        self._step = step
        self._pairs = Counter(pairwise(plain))
        self._triples = Counter(zip(plain, plain[1:], plain[2:], strict=False))
        self._singles = Counter(plain)
        self._cache: dict[tuple[str, str], float] = {}

    def step(self, context: str, char: str) -> float:
        """ln P(`char` | the last two characters of `context`)."""
        key = context[-2:], char
        known = self._cache.get(key)
        if known is None:
            known = self._cache[key] = self._mixed(*key)
        return known

    def _mixed(self, context: str, char: str) -> float:
        known = _MODEL_WEIGHT * exp(self._step(context, char))
        known += _ALONE_WEIGHT * exp(self._step("", char))
        last = context[-1:]
        pair = self._pairs.get((last, char))
        if pair is not None:
            known += _PAIR_WEIGHT * (pair - _DISCOUNT) / self._singles[last]
            first = context[-2:-1]
            triple = self._triples.get((first, last, char))
            if triple is not None:
                known += _TRIPLE_WEIGHT * (triple - _DISCOUNT) / self._pairs[first, last]
        return log(known)
