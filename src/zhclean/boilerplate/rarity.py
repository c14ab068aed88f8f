"""How rare characters and pairs of characters are in clean text.

`rates.txt` holds the rates; it is read when packs are read from their sources, not when text
is cleaned. `tools/build_rates.py` writes it and names its sources.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from zhclean.boilerplate.data import read_data
from zhclean.boilerplate.forms import folded
from zhclean.boilerplate.page import ORNAMENT

__all__ = ["fold", "rate", "rate_within"]

#: Stands for all that lies between words: blanks, ornaments, line breaks.
_EDGE: Final = "_"

#: The rate of characters and of pairs that are not listed. All rates are sums of powers of two,
#: so that their sums do not depend on the order of sets.
_UNLISTED: Final = {1: 0.5, 2: 0.25}


#: The rate of an ornament, which is counted with blanks and line breaks; those are frequent.
_ORNAMENT: Final = 128.0


@cache
def fold(character: str) -> str:
    """The character that stands for all forms of one: simplified, half width, lower case.

    All digits are one character, and so is everything that lies between words.
    """
    if character <= " " or character in ORNAMENT:
        return _EDGE
    plain = folded(character)
    return "0" if plain.isdigit() else plain


def rate(character: str) -> float:
    """How often one of the forms of a character comes in a million characters."""
    if character != " " and fold(character) == _EDGE:
        return _ORNAMENT
    return _rates()[1].get(fold(character), _UNLISTED[1])


@cache
def rate_within(before: str | None, character: str, after: str | None) -> float:
    """The same for a character behind one of `before` and in front of one of `after`.

    None stands for any character. What stands before is taken as independent of what stands
    behind.
    """
    alone = rate(character)
    left = right = alone
    if before is not None:
        left = min(alone, _rate_of(other + fold(character) for other in _folds(before)))
    if after is not None:
        right = min(alone, _rate_of(fold(character) + other for other in _folds(after)))
    return left * right / alone


@cache
def _folds(characters: str) -> frozenset[str]:
    return frozenset(map(fold, characters))


def _rate_of(pairs: Iterable[str]) -> float:
    rates = _rates()[2]
    return sum([rates.get(pair, _UNLISTED[2]) for pair in pairs])


@cache
def _rates() -> dict[int, dict[str, float]]:
    """Rates of single characters (1) and of pairs (2)."""
    table = read_data("rates.txt")
    rates: dict[int, dict[str, float]] = {1: {}, 2: {}}
    for line in table.split("\n"):
        if line and not line.startswith("#"):
            width, per_million, listed = line.split("\t")
            size = int(width)
            for at in range(0, len(listed), size):
                rates[size][listed[at : at + size]] = float(per_million)
    return rates
