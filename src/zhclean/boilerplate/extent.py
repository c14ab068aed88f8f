"""Where the body of a page begins and ends: its first and its last line of prose.

A short sentence may stand among furniture: a slogan, an address, a summary above the record. Where
furniture stands between it and the body, the body begins or ends there. The sentence itself stays:
only what reads like furniture is taken, within the body or without.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from zhclean.boilerplate.page import Line, Page, Span, is_spent, measure

__all__ = [
    "LONGEST_PASSED",
    "MOST_BETWEEN",
    "MOST_PASSED",
    "NO_FURNITURE",
    "SURE",
    "Extent",
    "Furniture",
    "extent",
]

#: So many lines of prose are passed at either end of a page, each no longer than this,
MOST_PASSED: Final = 3
LONGEST_PASSED: Final = 160
#: with at most so many lines between it and the next.
MOST_BETWEEN: Final = 60


#: A line of furniture weighs 1, or this if nothing else looks like it; so much lets a sentence
#: be passed.
SURE: Final = 2


class Furniture(NamedTuple):
    """Lines that are furniture as a whole, and what they weigh."""

    above: Mapping[int, int]  # what stands above a body
    below: Mapping[int, int]
    #: Notices in sentences, which count beside other furniture only.
    sentences: Collection[int]
    #: What another line weighs, by what it reads like.
    reads: Callable[[Line], int]


NO_FURNITURE: Final = Furniture({}, {}, (), lambda _: 0)


class Extent(NamedTuple):
    """A page's body; if it has none, `first` is its number of lines, the others are -1."""

    first: int  # the index of the first line of the body
    last: int
    last_sentence: int  # the last line of prose, which may stand below the body


def extent(page: Page, covered: Mapping[int, Sequence[Span]], furniture: Furniture) -> Extent:
    """Where a page's body begins and ends; `covered` has stretches of lines that are no body."""
    count = page.count
    first = _prose_among(page, range(count), covered)
    if first is None:
        return Extent(count, -1, -1)
    last = _prose_among(page, range(count - 1, first - 1, -1), covered)
    assert last is not None  # the first, if no other
    end = _passed(page, range(last, first - 1, -1), covered, furniture.below, furniture)
    begin = _passed(page, range(first, end + 1), covered, furniture.above, furniture)
    return Extent(begin, end, last)


def passed_lines(text: str, start: int, end: int) -> tuple[list[_Place], list[_Place]]:
    """The lines of `text[start:end]` among which a body may begin, and those where it may end.

    In front of them and behind them stands a line of prose. Those that end with a line too long to
    be passed, or with one sentence too many, do so without that.
    """
    above, below = _Passed(), _Passed()
    top = text.rfind("\n", 0, start - 1) + 1
    begin = start if start - top <= LONGEST_PASSED + 1 else end + 1
    while begin <= end:
        stop = text.find("\n", begin, end)
        if stop < 0:
            stop = end
        if above.ends_with(text, begin, stop):
            break
        begin = stop + 1
    bottom = text.find("\n", end + 1)
    if bottom < 0:
        bottom = len(text)
    stop = end if bottom - end <= LONGEST_PASSED + 1 else start - 1
    while stop >= start:
        begin = text.rfind("\n", start, stop) + 1 or start
        if below.ends_with(text, begin, stop):
            break
        stop = begin - 1
    return above.lines, below.lines


class _Place(NamedTuple):
    """Where a line begins and ends, and whether it is prose."""

    begin: int
    end: int
    prose: bool


class _Passed:
    """Lines that are passed on the way to a body."""

    def __init__(self) -> None:
        self.lines: list[_Place] = []
        self._sentences = 1
        self._between = 0

    def ends_with(self, text: str, begin: int, end: int) -> bool:
        """Take the next line; whether no more are passed."""
        line = text[begin:end]
        prose = "。" in line or measure(line)[2]
        if prose:
            self._sentences += 1
            self._between = 0
            if self._sentences > MOST_PASSED or end - begin > LONGEST_PASSED:
                return True
        else:
            self._between += 1
            if self._between > MOST_BETWEEN:
                return True
        self.lines.append(_Place(begin, end, prose))
        return False


def _passed(
    page: Page,
    indices: range,
    covered: Mapping[int, Sequence[Span]],
    weights: Mapping[int, int],
    furniture: Furniture,
) -> int:
    """The line of prose at which the body begins or ends, behind short ones among furniture.

    At least a third of the prose is behind it.
    """
    edge = indices[0]
    if not any(index in indices for index in weights):
        return edge
    step = indices.step
    weight = sum(one for index, one in weights.items() if (edge - index) * step > 0)
    passed = 0
    for _ in range(MOST_PASSED):
        length = len(page.lines[indices[0]].core)
        between = indices[1 : MOST_BETWEEN + 2]
        there = _prose_among(page, between, covered)
        if there is None or length > LONGEST_PASSED:
            break
        passed += length
        steps = between.index(there)
        indices = indices[steps + 1 :]
        lines = list(map(page.lines.__getitem__, between[:steps]))
        more = sum(weights.get(line.index) or furniture.reads(line) for line in lines)
        weight += more
        if more and any(line.index in furniture.sentences for line in lines):
            weight += 1
        if more and weight >= SURE:
            if not _holds(page, indices, covered, passed // 2):
                break
            edge = there
    return edge


def _holds(page: Page, indices: range, covered: Mapping[int, Sequence[Span]], length: int) -> bool:
    """Whether some lines hold more prose than that."""
    for index in indices:
        line = page.lines[index]
        if _is_body(line, covered):
            length -= len(line.core)
            if length < 0:
                return True
    return False


def _prose_among(
    page: Page, indices: Iterable[int], covered: Mapping[int, Sequence[Span]]
) -> int | None:
    """The first of some lines that is prose and is not covered."""
    lines = page.lines
    for index in indices:
        if _is_body(lines[index], covered):
            return index
    return None


def _is_body(line: Line, covered: Mapping[int, Sequence[Span]]) -> bool:
    """Whether a line is prose, and more of it than is covered."""
    return line.prose and not (line.index in covered and is_spent(line, covered[line.index]))
