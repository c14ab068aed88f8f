"""Words that hold a numeral and are no quantity.

A word protects a numeral when it covers it and reaches beyond the quantity: 统一 protects
一 in 统一个人所得税, 十分 does not protect 十 in 十分钟.
"""

from __future__ import annotations

from functools import cache

from zhclean.numbers.ahead import read_data, tables

__all__ = ["is_word", "protected", "words"]

_LONGEST = 8


@cache
def words() -> frozenset[str]:
    """The words."""
    lines = f"{read_data('words.txt')}\n{read_data('phrases.txt')}".split("\n")
    return frozenset(line for line in lines if line and line[0] != "#")


@cache
def _pairs() -> frozenset[str]:
    """Every pair of neighbours in the words of which one is a numeral character."""
    pairs: str = tables()["pairs"]
    return frozenset(pairs.split(" "))


def is_word(text: str) -> bool:
    """Whether `text` is one of the words."""
    return text in words()


def protected(text: str, start: int, numeral_end: int, end: int, *, measured: bool) -> bool:
    """Whether a word covers the numeral and reaches out of the quantity `text[start:end]`.

    In front of a `measured` unit (metres, money) a word of two characters is no proof:
    身高一米八 holds 高一.
    """
    pairs = _pairs()
    if start and text[start - 1 : start + 1] in pairs:
        for first in range(max(0, start - _LONGEST), start):
            # A word that cuts a longer numeral in two (长三|点五公里) proves nothing.
            for last in range(numeral_end, min(len(text), first + _LONGEST) + 1):
                if text[first:last] in words() and (last - first > 2 or not measured):
                    return True
    if text[numeral_end - 1 : numeral_end + 1] in pairs:
        for last in range(numeral_end + 1, min(len(text), start + _LONGEST) + 1):
            if text[start:last] in words() and last >= end:
                return True
    return False
