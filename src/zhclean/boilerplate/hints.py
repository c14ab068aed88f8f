"""Whether what a gate has stopped at can be furniture: the checks of the stage's triggers.

Each is asked about a place at which a trigger of its kind stands. They say no to most: a phrase
that stands above or below a body alone is nothing between two lines of prose, and of no line that
reads like no notice as a whole anything is proposed. A short line is not even read where none of
the anchors stands that the trigger is for, or where the other words of their templates are missing.
"""

from __future__ import annotations

import itertools
import json
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from zhclean.boilerplate.data import read_data
from zhclean.boilerplate.extent import passed_lines
from zhclean.boilerplate.page import HEAD, has_clock, measure
from zhclean.boilerplate.scanning import Anchor, Scanner

if TYPE_CHECKING:
    from zhclean.boilerplate.finding import Finder
    from zhclean.boilerplate.matching import Content

__all__ = ["OTHERS", "WITHIN", "Hints", "load_hints"]

#: The anchors behind the triggers, with the numbers of their templates: of those that are looked
#: for within the body of a page, too, and of the others. Written by tools/build_notices.py.
WITHIN: Final = "within.json"
OTHERS: Final = "others.json"

#: Full stops are looked for so near the ends of a text.
_NEAR: Final = 2_000
#: Lines that reach farther are not looked at: there would be no end of it.
_REACH: Final = 2_000
#: In longer lines there are so many places that to look for all templates once takes less time.
_SHORT: Final = 60


class _Line:
    """A line of a text; what it holds, and whether that is furniture, once that is known."""

    __slots__ = ("begin", "content", "end", "holds", "text")

    def __init__(self, text: str, begin: int, end: int) -> None:
        self.text: Final = text
        self.begin: Final = begin
        self.end: Final = end
        self.content: Content | None = None
        self.holds: bool | None = None


class _Body:
    """What lies between two lines of prose of a text: from where to where."""

    def __init__(self, text: str) -> None:
        self.text: Final = text
        self.start, self.end = _inner(text)

    @cached_property
    def passed(self) -> list[tuple[int, int]]:
        """The lines in it that are no prose and may stand around the body, from where to where."""
        lines = itertools.chain(*passed_lines(self.text, self.start, self.end - 1))
        return [(begin, stop) for begin, stop, prose in lines if not prose]


class Hints:
    """Looks closer at places of texts."""

    def __init__(self, packs: tuple[str, ...], without: tuple[str, ...]) -> None:
        self._packs: Final = packs, without
        #: The body of the text that was asked about last, and the line of it.
        self._body = _Body("")
        self._latest = _Line("", 0, 0)

    def clock(self, text: str, place: int) -> bool:
        """Whether a colon can belong to the day and time in the head of a page."""
        return place < HEAD and has_clock(text)

    def at_edge(self, text: str, place: int) -> bool:
        """Whether a line holds what counts above the body of a page, or below it."""
        return not self._is_inner(text, place) and self._may_hold(self._others, text, place)

    def anywhere(self, text: str, place: int) -> bool:
        """Whether a line holds what counts wherever it stands."""
        return self._may_hold(self._within, text, place)

    def line(self, text: str, place: int) -> bool:
        """Whether a line holds what counts where it stands."""
        line = self._line_at(text, place)
        if line is None:
            return True
        if line.holds is None:
            finder = self._finder
            if self._is_inner(text, place):
                inside = finder.find_in_body(text, line.begin, line.end)
                line.holds = any(found.lead or found.marks for _, found in inside)
            else:
                found = finder.edges.find(text[line.begin : line.end])
                line.holds = found.lead or bool(found.marks)
        return line.holds

    @cached_property
    def _within(self) -> Scanner:
        return _read_scanner(WITHIN)

    @cached_property
    def _others(self) -> Scanner:
        return _read_scanner(OTHERS)

    @cached_property
    def _finder(self) -> Finder:
        # Late, for it takes time to load, and few places have an anchor.
        from zhclean.boilerplate.finding import load_finder

        return load_finder(*self._packs)

    def _may_hold(self, anchors: Scanner, text: str, place: int) -> bool:
        """Whether a line holds anything; asked because one of some anchors may be at a place."""
        line = self._line_at(text, place)
        if line is None or line.holds is not None:
            return self.line(text, place)
        numbers = anchors.at(text, place)
        if not numbers:
            return False
        if line.end - line.begin > _SHORT:
            return self.line(text, place)
        if line.content is None:
            # Late, for it takes time to load, and few places have an anchor.
            from zhclean.boilerplate.matching import Content

            line.content = Content(text[line.begin : line.end])
        may_match = self._finder.may_match(numbers, line.content, place - line.begin)
        return may_match and self.line(text, place)

    def _line_at(self, text: str, place: int) -> _Line | None:
        """The line around a place, None if it is too long."""
        line = self._latest
        if line.text is text and line.begin <= place < line.end:
            return line
        low, high = max(0, place - _REACH), place + _REACH
        begin = text.rfind("\n", low, place) + 1 or low
        end = text.find("\n", place, high)
        if end < 0:
            end = min(high, len(text))
        if (low and begin == low) or end == high:
            return None
        self._latest = line = _Line(text, begin, end)
        return line

    def _is_inner(self, text: str, place: int) -> bool:
        """Whether a place is in the body, between two lines of prose, or in one of its sentences.

        The first line of a page that holds anything is part of its body if prose is above it: that
        prose stays. So is the last one if prose is below it. But near them a body may begin and end
        at a line that is no prose: see `extent`.
        """
        body = self._body
        if body.text is not text:
            self._body = body = _Body(text)
        if not body.start <= place < body.end:
            return False
        stop = text.find("。", place, place + _REACH)
        if stop >= 0 and text.find("\n", place, stop) < 0:
            return True  # as nearly all, so the line around the place is not made for them
        line = self._line_at(text, place)
        if line is not None and text.find("。", line.begin, place) >= 0:
            return True
        return not any(begin <= place <= stop for begin, stop in body.passed)


def _read_scanner(name: str) -> Scanner:
    return Scanner({Anchor(*anchor): numbers for *anchor, numbers in json.loads(read_data(name))})


def _inner(text: str) -> tuple[int, int]:
    """From where to where a text lies between two lines of prose; from 0 to 0 if none are found."""
    top = text.find("。", 0, _NEAR)
    bottom = text.rfind("。", max(0, len(text) - _NEAR))
    if top < 0 or bottom < 0:
        return 0, 0
    start = text.find("\n", top, top + _REACH) + 1
    end = text.rfind("\n", max(0, bottom - _REACH), bottom) + 1
    if not start or start >= end:
        return 0, 0
    first = text[text.rfind("\n", 0, top) + 1 : start - 1]
    behind = text.find("\n", bottom, bottom + _REACH)
    if behind < 0:
        behind = len(text)
    if behind > bottom + _REACH or not (measure(first)[2] and measure(text[end:behind])[2]):
        return 0, 0
    return start, end


@cache
def load_hints(packs: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> Hints:
    """The checks for the triggers of `load_notices(packs, without)`."""
    return Hints(packs, without)
