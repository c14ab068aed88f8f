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


class Shapes:
    """Gives lines their shapes; `figures` are the literals of templates that hold digits."""

    def __init__(self, figures: Collection[str]) -> None:
        self._figures: Final = sorted(figures)

    def shape_of(self, line: str) -> str:
        """A line in which templates match as in `line`; the same for most that differ in digits."""
        shape = line
        for digit in "123456789":
            shape = shape.replace(digit, "0")
        if shape == line:
            return line
        return line if self._has_figure(line) or self._has_figure(shape) else shape

    def _has_figure(self, line: str) -> bool:
        return bool(self._numbers.search(line) or self._names.search(line))

    @cached_property
    def _numbers(self) -> re.Pattern[str]:
        """Finds the figures by their first digit."""
        digits = "".join(digit for one in "0123456789" for digit in forms_of(one))
        figures = map(_behind_its_digit, self._figures)
        # A class first, for which `re` searches fast.
        return re.compile(
            f"{class_of(digits).pattern}(?:{'|'.join(filter(None, figures)) or '(?!)'})"
        )

    @cached_property
    def _names(self) -> re.Pattern[str]:
        """Finds those that can't be found so, for they have a blank in front of their digit."""
        figures = [figure for figure in self._figures if not _behind_its_digit(figure)]
        return re.compile("|".join(map(literal_pattern, figures)) or "(?!)")


def _behind_its_digit(figure: str) -> str:
    """The pattern of a literal behind its first digit, which has been found."""
    place = next(match.start() for match in _DIGIT.finditer(figure))
    before, digit = (
        "".join(class_of("".join(forms_of(one))).pattern for one in figure[start:end])
        for start, end in ((max(0, place - 1), place), (place, place + 1))
    )
    if figure[:place].endswith(" "):
        return ""
    return f"(?<={before}{digit}){literal_pattern(figure[place + 1 :])}"
