"""Whether what a gate has stopped at can be furniture: the checks of the stage's triggers.

Each is asked about a place at which a trigger of its kind stands. They say no to most: a phrase
that stands above or below a body alone is nothing between two lines of prose, and of no line that
reads like no notice as a whole anything is proposed.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import Final

from zhclean.boilerplate.extent import passed_lines
from zhclean.boilerplate.finding import HEAD, Finder, has_clock, load_finder
from zhclean.boilerplate.page import measure

__all__ = ["Hints", "load_hints"]

#: Full stops are looked for so near the ends of a text.
_NEAR: Final = 2_000
#: Lines that reach farther are not looked at: there would be no end of it.
_REACH: Final = 2_000


class Hints:
    """Looks closer at places of texts."""

    def __init__(self, finder: Finder) -> None:
        self._finder: Final = finder
        #: The text that was asked about last, what lies between two lines of its prose, and the
        #: lines there that are no prose and may stand around the body.
        self._inner: tuple[str, int, int, list[tuple[int, int]]] = "", 0, 0, []
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
        begin, end = _line_around(text, place)
        if begin < 0:
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
        """Whether a place is in the body, between two lines of prose, or in one of its sentences.

        The first line of a page that holds anything is part of its body if prose is above it: that
        prose stays. So is the last one if prose is below it. But near them a body may begin and end
        at a line that is no prose: see `extent`.
        """
        if self._inner[0] is not text:
            self._inner = (text, *_inner(text))
        _, start, end, passed = self._inner
        if not start <= place < end:
            return False
        return not any(begin <= place <= stop for begin, stop in passed)


def _line_around(text: str, place: int) -> tuple[int, int]:
    """Where the line of a place begins and ends; -1 and -1 if it is too long to tell."""
    low, high = max(0, place - _REACH), place + _REACH
    begin = text.rfind("\n", low, place) + 1 or low
    end = text.find("\n", place, high)
    if end < 0:
        end = min(high, len(text))
    return (-1, -1) if (low and begin == low) or end == high else (begin, end)


def _inner(text: str) -> tuple[int, int, list[tuple[int, int]]]:
    """From where to where a text lies between two lines of prose; from 0 to 0 if none are found.

    And from where to where those lines near them reach that are no prose.
    """
    top = text.find("。", 0, _NEAR)
    bottom = text.rfind("。", max(0, len(text) - _NEAR))
    if top < 0 or bottom < 0:
        return 0, 0, []
    start = text.find("\n", top, top + _REACH) + 1
    end = text.rfind("\n", max(0, bottom - _REACH), bottom) + 1
    if not start or start >= end:
        return 0, 0, []
    first = text[text.rfind("\n", 0, top) + 1 : start - 1]
    behind = text.find("\n", bottom, bottom + _REACH)
    if behind < 0:
        behind = len(text)
    if behind > bottom + _REACH or not (measure(first)[2] and measure(text[end:behind])[2]):
        return 0, 0, []
    lines = itertools.chain(*passed_lines(text, start, end - 1))
    return start, end, [(begin, stop) for begin, stop, prose in lines if not prose]


@cache
def load_hints(packs: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> Hints:
    """The checks for the triggers of `load_notices(packs, without)`."""
    return Hints(load_finder(packs, without))
