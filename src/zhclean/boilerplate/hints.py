"""Whether what a gate has stopped at can be furniture: the checks of the stage's triggers.

Each is asked about a place at which a trigger of its kind stands. They say no to most: a phrase
that stands above or below a body alone is nothing between two lines of prose, and of no line that
reads like no notice as a whole anything is proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from zhclean.boilerplate.extent import LONGEST_PASSED, MOST_PASSED
from zhclean.boilerplate.finding import HEAD, Finder, has_clock, load_finder
from zhclean.boilerplate.page import measure

__all__ = ["Hints", "load_hints"]

#: Prose is looked for so near the ends of a text.
_NEAR: Final = 4_000
#: Lines that reach farther are not looked at: there would be no end of it.
_REACH: Final = 2_000


class Hints:
    """Looks closer at places of texts."""

    def __init__(self, finder: Finder) -> None:
        self._finder: Final = finder
        #: The text that was asked about last, and what lies between lines of its prose.
        self._inner = "", 0, 0
        #: The line that was looked at last: its text, from where to where, and what came out.
        self._line = "", 0, 0, False

    def clock(self, text: str, place: int) -> bool:
        """Whether a colon can belong to the day and time in the head of a page."""
        return place < HEAD and has_clock(text)

    def at_edge(self, text: str, place: int, sign: re.Pattern[str] | None = None) -> bool:
        """Whether a line holds what counts above the body of a page, or below it."""
        return not self._is_inner(text, place) and self.anywhere(text, place, sign)

    def anywhere(self, text: str, place: int, sign: re.Pattern[str] | None = None) -> bool:
        """Whether a line holds what counts where it stands, and a certain character."""
        known, begin, end, found = self._line
        if known is text and begin <= place < end:
            return found
        low, high = max(0, place - _REACH), place + _REACH
        begin = text.rfind("\n", low, place) + 1 or low
        end = text.find("\n", place, high)
        if end < 0:
            end = min(high, len(text))
        if (low and begin == low) or end == high:
            return True
        if sign is not None and not sign.search(text, begin, end):
            return False
        if self._is_inner(text, place):
            lines = [line for _, line in self._finder.find_in_body(text, begin, end)]
        else:
            lines = [self._finder.edges.find(text[begin:end])]
        found = any(line.lead or line.marks for line in lines)
        self._line = text, begin, end, found
        return found

    def _is_inner(self, text: str, place: int) -> bool:
        """Whether a place is between lines of prose at which the body begins and ends.

        The first line of a page that holds anything is part of its body if prose is above it: that
        prose stays. So is the last one if prose is below it.
        """
        inner = self._inner
        if inner[0] is not text:
            inner = self._inner = (text, *_inner(text))
        return inner[1] <= place < inner[2]


def _inner(text: str) -> tuple[int, int]:
    """From where to where a text lies between lines of prose at which its body begins and ends.

    From 0 to 0 if they are not found.
    """
    above = _edge(text[:_NEAR].split("\n")[:-1])
    below = _edge(text[-_NEAR:].split("\n")[:0:-1])
    start, end = above, len(text) - below
    return (start, end) if above and below and start < end else (0, 0)


def _edge(lines: Iterable[str]) -> int:
    """How far the lines reach among which a body begins, or 0; see `extent` for what is passed."""
    reach = passed = 0
    for line in lines:
        reach += len(line) + 1
        if "。" in line and measure(line)[2]:
            passed += 1
            if passed > MOST_PASSED or len(line) > LONGEST_PASSED:
                return reach
    return 0


@cache
def load_hints(packs: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> Hints:
    """The checks for the triggers of `load_notices(packs, without)`."""
    return Hints(load_finder(packs, without))
