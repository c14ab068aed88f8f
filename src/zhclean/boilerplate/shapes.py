"""The shape of a line: the line when one digit is like another, as it is to nearly all templates.

Furniture recurs with other dates and counters. What a line holds is remembered by its shape.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property
from typing import Final

from zhclean.boilerplate.forms import BLANKS, class_of, forms_of, literal_pattern

__all__ = ["Shapes"]

_DIGIT: Final = re.compile("[0-9]")


class Shapes:
    """Gives lines their shapes; `figures` are the literals of templates that hold digits."""

    def __init__(self, figures: Collection[str]) -> None:
        self._figures: Final = figures

    def shape_of(self, line: str) -> str:
        """A line in which templates match as in `line`; the same for most that differ in digits."""
        shape = line
        for digit in "123456789":
            shape = shape.replace(digit, "0")
        if shape != line and (self._figure.search(line) or self._figure.search(shape)):
            return line
        return shape

    @cached_property
    def _figure(self) -> re.Pattern[str]:
        """Finds where one of the figures may stand."""
        digits = "".join(digit for one in "0123456789" for digit in forms_of(one))
        # A class first, for which `re` searches fast.
        figures = "|".join(map(_behind_its_digit, sorted(self._figures)))
        return re.compile(f"{class_of(digits).pattern}(?:{figures or '(?!)'})")


def _behind_its_digit(figure: str) -> str:
    """The pattern of a literal behind its first digit, which has been found."""
    place = next(match.start() for match in _DIGIT.finditer(figure))
    digit = class_of("".join(forms_of(figure[place]))).pattern
    word = figure[:place].rstrip(" ")
    before = ""
    if word:
        blanks = BLANKS if len(word) < place else ""
        before = class_of("".join(forms_of(word[-1])) + blanks).pattern
    return f"(?<={before}{digit}){literal_pattern(figure[place + 1 :])}"
