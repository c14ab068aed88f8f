"""The shape of a line: the line when one digit is like another, as it is to nearly all templates.

Furniture recurs with other dates and counters. What a line holds is remembered by its shape.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property
from typing import Final

from zhclean.boilerplate.forms import class_of, forms_of, literal_pattern

__all__ = ["Shapes"]

_DIGIT: Final = re.compile("[0-9]")
_DIGITS: Final = class_of(
    "".join(form for digit in "0123456789" for form in forms_of(digit))
).pattern


class Shapes:
    """Gives lines their shapes; `figures` are the literals of templates that hold digits."""

    def __init__(self, figures: Collection[str]) -> None:
        self._figures: Final = sorted(figures)

    def shape_of(self, line: str) -> str:
        """A line in which templates match as in `line`; the same for most that differ in digits."""
        if not _DIGIT.search(line) or self._numbers.search(line) or self._names.search(line):
            return line
        for digit in "123456789":
            line = line.replace(digit, "0")
        return line

    @cached_property
    def _numbers(self) -> re.Pattern[str]:
        """Finds the figures, in a line or in its shape, by their first digit."""
        figures = filter(None, map(_around_its_digit, self._figures))
        # A class first, for which `re` searches fast.
        return re.compile(f"{_DIGITS}(?<=(?:{'|'.join(figures) or '(?!)'}))")

    @cached_property
    def _names(self) -> re.Pattern[str]:
        """Finds those that can't be found so, for they have a blank in front of their digit."""
        figures = [figure for figure in self._figures if not _around_its_digit(figure)]
        return re.compile("|".join(map(_pattern, figures)) or "(?!)")


def _pattern(literal: str) -> str:
    """The pattern of a literal in which 0 is any digit, for it stands for any in a shape."""
    return _DIGITS.join(map(literal_pattern, literal.split("0")))


def _around_its_digit(figure: str) -> str:
    """The pattern of the first digit of a literal, which looks at what stands around it."""
    place = next(match.start() for match in _DIGIT.finditer(figure))
    before, digit = _pattern(figure[:place][-1:]), _pattern(figure[place])
    if before and figure[place - 1] == " ":
        return ""
    return f"{digit}(?<={before}{digit})(?={_pattern(figure[place + 1 :])})"
