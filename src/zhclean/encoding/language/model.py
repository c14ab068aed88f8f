"""The character n-gram model: probabilities of one character given up to two before it.

An interpolated trigram model with absolute discounting, kept in back-off form: an n-gram
that is stored has its probability stored; one that is not falls back to the shorter n-gram
times the back-off weight of its context (Katz 1987; Chen & Goodman 1999, sections 2.7, 2.8).
Probabilities are quantised to steps of 1/16 in ln P, one byte each.

The file `model.bin` is written by `tools/build_language_model.py`; the layout stands there.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from math import log
from struct import unpack_from
from sys import byteorder
from types import MappingProxyType
from typing import Final, NamedTuple

from zhclean.encoding.language.symbols import LETTER_FOLD, is_han
from zhclean.package_data import read_data

__all__ = ["STEP", "SYMBOL_BITS", "LanguageModel", "Tables", "load"]

#: One quantisation step of ln P.
STEP: Final = 1 / 16
#: Bits of a symbol number inside an n-gram key.
SYMBOL_BITS: Final = 13

# ln P of a character that the training text does not hold, by what kind it is. Han last:
# half of GBK's 21,000 ideographs are never met in a newspaper, yet each may be a name.
_FLOOR_HAN: Final = log(2e-8)
_FLOOR_PRINTABLE: Final = log(2e-9)
_FLOOR_UNPRINTABLE: Final = log(2e-11)

#: Symbol number of every character that the model does not know.
_UNKNOWN: Final = 0


class Tables(NamedTuple):
    """The probabilities of one symbol after a given context, as -ln P in steps of `STEP`.

    A symbol that is in `triples` takes its steps from there; else one that is in `pairs` those
    and `back_one`, else those in `alone` and `back_two`.
    """

    triples: Mapping[int, int]
    pairs: Mapping[int, int]
    alone: bytes
    back_one: int
    back_two: int


class _Followers(NamedTuple):
    """What follows a symbol: the places of its bigrams and of its trigrams, and the steps of each
    second symbol.
    """

    start: int
    end: int
    first_triple: int
    last_triple: int
    steps: Mapping[int, int]


class LanguageModel:
    """ln P of Chinese characters in context. Immutable; get the shipped one from `load()`."""

    __slots__ = (
        "_bigram_weights",
        "_bigrams",
        "_followers",
        "_numbers",
        "_pair_ends",
        "_pair_keys",
        "_symbols",
        "_trigrams",
        "_triple_ends",
        "_triple_keys",
        "_unigram_weights",
        "_unigrams",
    )

    def __init__(self, data: bytes) -> None:
        """The model in the bytes of a `model.bin`."""
        sections = _sections(data)
        alphabet, plain, folded = (sections[index].decode("utf-16-le") for index in range(3))
        # One object for each number: a look-up in a table of them ends at the first comparison.
        self._numbers = list(range(len(alphabet) + 1))
        symbols = dict(zip(alphabet, self._numbers[_UNKNOWN + 1 :], strict=True))
        symbols.update((char, symbols[symbol]) for char, symbol in zip(plain, folded, strict=True))
        symbols.update(
            (char, symbols[symbol]) for char, symbol in LETTER_FOLD.items() if symbol in symbols
        )
        self._symbols = symbols
        self._unigrams, self._unigram_weights = sections[3], sections[4]
        self._pair_keys, self._pair_ends = _keys(sections[5])
        self._bigrams, self._bigram_weights = sections[6], sections[7]
        self._triple_keys, self._triple_ends = _keys(sections[8])
        self._trigrams = sections[9]
        # Filled as they are asked for.
        self._followers: list[_Followers | None] = [None] * len(self._numbers)
        self._followers[_UNKNOWN] = _Followers(0, 0, 0, 0, _NOTHING)

    def step(self, context: str, char: str) -> float:
        """ln P(`char` | the last two characters of `context`); a shorter context is allowed.

        A line feed in `context` stands for the start of a line, an empty context for nothing
        known.
        """
        number = self._symbols.get
        third = number(char, _UNKNOWN)
        if third == _UNKNOWN:
            return _floor(char)
        first, second = number(context[-2:-1], _UNKNOWN), number(context[-1:], _UNKNOWN)
        return -self._steps(first, second, third) * STEP

    def walk(self, text: str, context: str = "") -> Iterator[float]:
        """`step` for one character of `text` after the other, the first of them after `context`."""
        number = self._symbols.get
        first, second = number(context[-2:-1], _UNKNOWN), number(context[-1:], _UNKNOWN)
        for char in text:
            third = number(char, _UNKNOWN)
            yield -self._steps(first, second, third) * STEP if third else _floor(char)
            first, second = second, third

    def after(self, context: str) -> Callable[[str], float]:
        """`step` for one context: what depends on the context alone is looked up once."""
        number = self._symbols.get
        triples, pairs, alone, back_one, back_two = self.tables(context)

        def ln_p(char: str) -> float:
            third = number(char, _UNKNOWN)
            if third == _UNKNOWN:
                return _floor(char)
            steps = triples.get(third)
            if steps is None:
                steps = pairs.get(third)
                steps = back_two + alone[third] if steps is None else back_one + steps
            return -steps * STEP

        return ln_p

    def tables(self, context: str) -> Tables:
        """What `after` looks up, for those who ask for many symbols after one context."""
        number = self._symbols.get
        first, second = number(context[-2:-1], _UNKNOWN), number(context[-1:], _UNKNOWN)
        triples: Mapping[int, int] = _NOTHING
        back_one = 0  # of back-off, from the trigrams
        low, high, start, end, _ = self._followers[first] or self._load(first)
        pair = bisect_left(self._pair_ends, second, low, high)
        if pair < high and self._pair_ends[pair] == second:
            keys = self._triple_keys
            start = bisect_left(keys, pair << SYMBOL_BITS, start, end)
            end = bisect_left(keys, pair + 1 << SYMBOL_BITS, start, end)
            triples = dict(
                zip(self._triple_ends[start:end], self._trigrams[start:end], strict=True)
            )
            back_one = self._bigram_weights[pair]
        back_two = back_one + (self._unigram_weights[second] if second else 0)
        pairs = (self._followers[second] or self._load(second)).steps
        return Tables(triples, pairs, self._unigrams, back_one, back_two)

    def symbol(self, char: str) -> int:
        """The number of the symbol that stands for a character; 0 if the model lacks it."""
        return self._symbols.get(char, _UNKNOWN)

    def score(self, text: str, context: str = "") -> float:
        """The sum of ln P over the characters of `text`, the first of them after `context`."""
        return sum(self.walk(text, context), 0.0)

    def plausible(self, text: str) -> float:
        """The mean ln P of a character of `text`; 0 for the empty text.

        Running Chinese lies between -6 and -3; characters drawn at random from GBK below -11.
        """
        return self.score(text) / len(text) if text else 0.0

    def steps(self, context: str, symbol: int) -> int:
        """-ln P of a symbol that the model has after the last two characters of `context`, in
        steps of `STEP`.
        """
        number = self._symbols.get
        first, second = number(context[-2:-1], _UNKNOWN), number(context[-1:], _UNKNOWN)
        return self._steps(first, second, symbol)

    def _steps(self, first: int, second: int, third: int) -> int:
        if not second:
            return self._unigrams[third]
        steps = 0  # of back-off and probability together
        low, high, start, end, _ = self._followers[first] or self._load(first)
        pair = bisect_left(self._pair_ends, second, low, high)
        if pair < high and self._pair_ends[pair] == second:
            key = pair << SYMBOL_BITS | third
            triple = bisect_left(self._triple_keys, key, start, end)
            if triple < end and self._triple_keys[triple] == key:
                return self._trigrams[triple]
            steps = self._bigram_weights[pair]
        known = (self._followers[second] or self._load(second)).steps.get(third)
        if known is not None:
            return steps + known
        return steps + self._unigram_weights[second] + self._unigrams[third]

    def _load(self, symbol: int) -> _Followers:
        start = bisect_left(self._pair_keys, symbol << SYMBOL_BITS)
        end = bisect_left(self._pair_keys, symbol + 1 << SYMBOL_BITS, start)
        numbers = map(self._numbers.__getitem__, self._pair_ends[start:end])
        followers = self._followers[symbol] = _Followers(
            start,
            end,
            bisect_left(self._triple_keys, start << SYMBOL_BITS),
            bisect_left(self._triple_keys, end << SYMBOL_BITS),
            dict(zip(numbers, self._bigrams[start:end], strict=True)),
        )
        return followers


#: No n-gram at all.
_NOTHING: Final[Mapping[int, int]] = MappingProxyType({})


def _floor(char: str) -> float:
    if is_han(char):
        return _FLOOR_HAN
    return _FLOOR_PRINTABLE if char.isprintable() else _FLOOR_UNPRINTABLE


def _sections(data: bytes) -> list[bytes]:
    """The compressed sections of a model file, each behind its length (little-endian u32)."""
    sections = []
    place = 0
    while place < len(data):
        (length,) = unpack_from("<I", data, place)
        place += 4
        sections.append(zlib.decompress(data[place : place + length]))
        place += length
    return sections


def _keys(planes: bytes) -> tuple[array[int], array[int]]:
    """Sorted keys from their four byte planes, and the last symbol of each."""
    count = len(planes) // 4
    first, second, third, fourth = (planes[at * count : (at + 1) * count] for at in range(4))
    low = bytes(byte % (1 << SYMBOL_BITS - 8) for byte in range(0x100))
    return _woven("I", first, second, third, fourth), _woven("H", first, second.translate(low))


def _woven(kind: str, *planes: bytes) -> array[int]:
    """Numbers from the planes of their bytes, the lowest first."""
    data = bytearray(len(planes) * len(planes[0]))
    for place, plane in enumerate(planes):
        data[place :: len(planes)] = plane
    numbers = array(kind, bytes(data))
    if byteorder == "big":
        numbers.byteswap()
    return numbers


@cache
def load() -> LanguageModel:
    """The model that comes with zhclean; read once."""
    return LanguageModel(read_data("zhclean.encoding.language", "model.bin"))
