"""Words that hold a numeral and are no quantity.

A word protects a numeral when it covers it and reaches beyond the quantity: 统一 protects
一 in 统一个人所得税, 十分 does not protect 十 in 十分钟.
"""

from __future__ import annotations

from functools import cache, lru_cache

from zhclean.numbers.ahead import read_data, tables

__all__ = ["is_word", "protected", "words"]


@cache
def words() -> frozenset[str]:
    """The words."""
    lines = f"{read_data('words.txt')}\n{read_data('phrases.txt')}".split("\n")
    return frozenset(line for line in lines if line and line[0] != "#")


@cache
def _pairs() -> frozenset[str]:
    """Every pair of neighbours in the words of which one is a numeral character or 成."""
    pairs: str = tables()["pairs"]
    return frozenset(pairs.split(" "))


@cache
def _lines() -> str:
    """The words, each between two line feeds."""
    return "\n".join(("", *sorted(words()), ""))


@lru_cache(maxsize=4096)
def _around(pair: str) -> tuple[tuple[str, int], ...]:
    """The words that hold two neighbours, and where in the word these stand."""
    if pair not in _pairs():
        return ()
    lines = _lines()
    found = []
    place = lines.find(pair)
    while place >= 0:
        begin = lines.rindex("\n", 0, place) + 1
        found.append((lines[begin : lines.index("\n", place)], place - begin))
        place = lines.find(pair, place + 1)
    return tuple(found)


@lru_cache(maxsize=4096)
def _with_numeral(pair: str, length: int) -> tuple[str, ...]:
    """The words that begin with a numeral of some length, which ends within two neighbours."""
    return tuple(word for word, place in _around(pair) if place == length - 1)


def is_word(text: str) -> bool:
    """Whether `text` is one of the words."""
    return text in words()


def protected(text: str, start: int, numeral_end: int, end: int, *, measured: bool) -> bool:
    """Whether a word covers the numeral and reaches out of the quantity `text[start:end]`.

    In front of a `measured` unit (metres, money) a word of two characters is no proof:
    身高一米八 holds 高一.
    """
    # A word that cuts a longer numeral in two (长三|点五公里) proves nothing.
    length = numeral_end - start
    if start:
        for word, place in _around(text[start - 1 : start + 1]):
            first = start - 1 - place
            if (
                len(word) - place > length
                and first >= 0
                and text.startswith(word, first)
                and (len(word) > 2 or not measured)
            ):
                return True
    for word in _with_numeral(text[numeral_end - 1 : numeral_end + 1], length):
        if len(word) > length and len(word) >= end - start and text.startswith(word, start):
            return True
    return False
