"""The marks of a page: around its body all templates are looked for, within it only some.

Between the first and the last line of prose only those notices are looked for that are notices
there too; most stand above or below the body alone. So a page costs what stands around its body,
a look at how the lines of the body begin and end, and a scan for few and rare characters.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from zhclean.boilerplate.extent import passed_lines
from zhclean.boilerplate.matching import (
    MOST_REST,
    REST,
    Content,
    Found,
    Groups,
    LineMatcher,
    Mark,
    is_word_at,
)
from zhclean.boilerplate.notices import Notices, load_notices
from zhclean.boilerplate.page import NUMBER, ORNAMENT, has_clock
from zhclean.boilerplate.scanning import Scanner
from zhclean.boilerplate.shapes import Shapes

__all__ = ["Finder", "Search", "load_finder"]

_ORNAMENT: Final = f"[{re.escape(ORNAMENT)}]"


class Finder:
    """What finds the templates of some notices."""

    def __init__(self, notices: Notices) -> None:
        self.notices: Final = notices
        #: Its templates by the numbers that scanners give.
        self.groups: Final = Groups(notices.notices)
        #: Finds what the lines around the body hold, and those with a number in front of them.
        shapes = Shapes(notices.figures)
        self.edges: Final = LineMatcher(
            self.groups,
            shapes,
            Scanner(notices.heads),
            Scanner(notices.tails),
            Scanner(notices.anchors),
        )
        #: What the other lines begin with, end with and hold.
        self.heads: Final = Scanner(notices.in_body(notices.heads))
        self.body: Final = Scanner(notices.body)
        tails = Scanner(notices.in_body(notices.tails))
        self.within: Final = LineMatcher(self.groups, shapes, self.heads, tails, self.body)
        beginning = rf"{_ORNAMENT}*+(?:(?P<number>{NUMBER})|(?P<head>{self.heads.openings}))"
        rests = "".join(
            rf"|(?<=(?:{tails.closings}){f'[{re.escape(REST)}]' * rest}\n)"
            for rest in range(MOST_REST + 1)
        )
        #: A line break behind a line that may end, or in front of one that may begin, with a
        #: template; and the latter alone.
        self.breaks: Final = re.compile(rf"\n(?:(?<={_ORNAMENT}\n){rests}|{beginning})")
        self.beginning: Final = re.compile(rf"\n{beginning}")

    def find_in_body(self, text: str, start: int, end: int) -> list[tuple[int, Found]]:
        """What the lines of `text[start:end]` hold, by where they begin; most hold nothing.

        Line breaks stand in front of that and behind it.
        """
        numbered: set[int] = set()
        others: set[int] = set()
        hits: list[tuple[int, tuple[int, ...]]] = []  # by where their lines begin
        for match in self.breaks.finditer(text, start - 1, end + 1):
            place, kind = match.start(), match.lastgroup
            if kind is None:
                if place >= start:
                    others.add(text.rfind("\n", start - 1, place) + 1)
                beginning = self.beginning.match(text, place, end)
                if beginning is None:
                    continue
                match, kind = beginning, beginning.lastgroup
            if kind == "number":
                numbered.add(place + 1)
            elif numbers := self.heads.at(text, match.end() - 1):
                hits.append((place + 1, numbers))
        begin = behind = start
        for place, numbers in self.body.scan(text, start, end):
            if place >= behind:
                begin, behind = text.rfind("\n", start - 1, place) + 1, text.find("\n", place)
            hits.append((begin, numbers))
        last = -1
        for begin, numbers in hits:
            if begin not in others:
                if begin != last:
                    content, last = Content(text[begin : text.find("\n", begin)]), begin
                if self._may_match(numbers, content):
                    others.add(begin)
        found = [(begin, self.edges) for begin in numbered]
        found += [(begin, self.within) for begin in others - numbered]
        return [(begin, one.find(text[begin : text.find("\n", begin)])) for begin, one in found]

    def may_match(self, numbers: tuple[int, ...], content: Content, place: int) -> bool:
        """Whether one of some templates, or a word of a detector, may be around a place of a line.

        The anchors with these numbers stand there.
        """
        group = self.groups[numbers]
        notices = self.notices.notices
        if group.notices and content.candidates(group, notices):
            return True
        line = content.line
        return any(
            is_word_at(line, place, 0, len(line), notices[number].template)
            for number in (*group.leads, *group.calm)
        )

    def _may_match(self, numbers: tuple[int, ...], content: Content) -> bool:
        """Whether a line may hold a match, or a lead, of one of some templates."""
        group = self.groups[numbers]
        if group.leads or group.calm:
            return True
        return bool(content.candidates(group, self.notices.notices))


@cache
def load_finder(packs: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> Finder:
    """What finds the templates of `load_notices(packs, without)`."""
    return Finder(load_notices(packs, without))


class Search:
    """Finds the marks of a page, and again when the page has lost some lines."""

    def __init__(self, finder: Finder, level: str) -> None:
        self._finder: Final = finder
        self._level: Final = level
        self._marks: list[Mark] = []
        self._leads = False
        #: The body that was searched last, with its last line break, and what its lines hold, by
        #: where they begin in it.
        self._body = ""
        self._found: list[tuple[int, Found]] = []

    def find(self, text: str) -> tuple[list[Mark], bool]:
        """Every match of a template, by position; and whether there is work for the detectors."""
        self._marks, self._leads = [], has_clock(text)
        start = self._down(text)
        end = self._up(text, start)
        if start <= end:
            self._find_in_body(text, start, end)
            self._find_among_passed(text, start, end)
        # By position, and then by the code of the rule: the tuples say so in that order.
        return sorted(set(self._marks)), self._leads

    def _down(self, text: str) -> int:
        """Look at the top of the page, to the end of the first line that stays prose.

        Returns where the lines begin that have not been looked at.
        """
        begin = 0
        while begin <= len(text):
            stop = text.find("\n", begin)
            if stop < 0:
                stop = len(text)
            found = self._look(text, begin, stop)
            begin = stop + 1
            if self._level in found.stays:
                break
        return begin

    def _up(self, text: str, start: int) -> int:
        """Look at the bottom of the page, up to the last line that stays prose or to `start`.

        Returns where the last line ends that has not been looked at.
        """
        stop = len(text)
        while stop >= start:
            begin = text.rfind("\n", start, stop) + 1 or start
            found = self._look(text, begin, stop)
            stop = begin - 1
            if self._level in found.stays:
                break
        return stop

    def _find_among_passed(self, text: str, start: int, end: int) -> None:
        """Look at the lines of the body among which it may begin or end: see `extent`.

        First at those that are no prose; then at the others that have furniture behind them.
        """
        for lines in passed_lines(text, start, end):
            reach = 0
            for count, (begin, stop, prose) in enumerate(lines):
                if not prose and self._look(text, begin, stop).marks:
                    reach = count
            for begin, stop, prose in lines[:reach]:
                if prose:
                    self._look(text, begin, stop)

    def _look(self, text: str, begin: int, stop: int) -> Found:
        """What a line holds; it is taken."""
        found = self._finder.edges.find(text[begin:stop])
        if found.marks or found.lead:
            self._take(found, begin)
        return found

    def _take(self, found: Found, begin: int) -> None:
        self._marks += [mark.moved(begin) for mark in found.marks]
        self._leads = self._leads or found.lead

    def _find_in_body(self, text: str, start: int, end: int) -> None:
        """Look at the lines of a body that are not as they were when it was searched last."""
        known, found = self._body, self._found
        body = text[start : end + 1]  # with its last line break
        if not known:
            again = self._finder.find_in_body(text, start, end)
            self._found = [(begin - start, one) for begin, one in again]
        elif body != known:
            top, bottom = _shared_lines(known, body)
            self._found = [row for row in found if row[0] < top]
            if top + bottom < len(body):
                again = self._finder.find_in_body(text, start + top, start + len(body) - bottom - 1)
                self._found += [(begin - start, one) for begin, one in again]
            moved = len(body) - len(known)
            below = len(known) - bottom
            self._found += [(begin + moved, one) for begin, one in found if begin >= below]
        self._body = body
        for begin, one in self._found:
            self._take(one, start + begin)


def _shared_lines(one: str, two: str) -> tuple[int, int]:
    """The lines that two texts have in common at the top, and at the bottom of what is left.

    In characters, line breaks included; both texts end with one.
    """
    top = one.rfind("\n", 0, _shared(one, two)) + 1
    one, two = one[top:], two[top:]
    bottom = _shared(one[::-1], two[::-1])
    if not (_begins_line(one, len(one) - bottom) and _begins_line(two, len(two) - bottom)):
        bottom = len(one) - one.index("\n", len(one) - bottom) - 1
    return top, bottom


def _begins_line(text: str, place: int) -> bool:
    return not place or text[place - 1] == "\n"


def _shared(one: str, two: str) -> int:
    """How many characters two texts have in common at their beginning."""
    low, high = 0, min(len(one), len(two))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == two[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
