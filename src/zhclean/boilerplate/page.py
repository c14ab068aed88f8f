"""A page as lines: what looks like prose, what like a link, where head and tail begin."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, count
from operator import add
from typing import Final, NamedTuple, Protocol

__all__ = [
    "CLOCK",
    "HEAD",
    "NUMBER",
    "NUMBERED_LINE",
    "ORNAMENT",
    "Claim",
    "Line",
    "Page",
    "Span",
    "has_clock",
    "is_prose",
    "is_spent",
    "measure",
    "rest_of",
]

#: What stands around the words of a line without meaning anything.
ORNAMENT: Final = " \t\r\u00a0\u3000\ufeff•·●○◆◇■□▪▲△►▶★☆*＊_=~|｜"

#: Day and time of day, as a database prints them.
CLOCK: Final = re.compile(
    r"(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?[ T]*[0-9]{1,2}[:：][0-9]{2}"
)

#: The head of a page, where a date without a label is looked for.
HEAD: Final = 400

#: The number in front of a line.
NUMBER: Final = r"[-*•· ]*+[(（]?[0-9]{1,2}[.、．)）](?![0-9])"
NUMBERED_LINE: Final = re.compile(rf"\n[{re.escape(ORNAMENT)}]*+{NUMBER}")

#: A link is seldom longer; what is longer is called a list or a paragraph.
_LONGEST_LINK: Final = 60

#: What has so many commas and asks or exclaims is a sentence.
_CLAUSES: Final = 2

_COMMA: Final = re.compile(r"[，,、；;]")
_CLAUSE: Final = re.compile("[，,；;！？!?]")
#: Cells of a line that was a row of boxes or links on the page.
_CELL: Final = re.compile(r"[ \t\u00a0\u3000]{2,}|\t")
_DATED: Final = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|\[[0-9]{1,2}-[0-9]{1,2}\]|\.\.\.|…{1,2}(?=\s|$)"
)
#: No cell and no date stands in a line without one of these.
_MARK_OF_LISTING: Final = re.compile(r"[ \t\u00a0\u3000….-]")
_SECTION: Final = re.compile(
    r"(?:参考(?:文献|资料|书目)|參考(?:文獻|資料|書目)|注释|註釋|附录|附錄|附件)[ \u3000]*(?:$|[:：])"
    r"|[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|第[一二三四五六七八九十百0-9]{1,4}[章节節条條篇课課]|[0-9]{1,2}\.(?!(?:19|20)[0-9]{2})[0-9]"
)
#: Lines whose looks are remembered, for pages are looked at more than once.
_MOST_KNOWN: Final = 4096
_LONGEST_KNOWN: Final = 300


class Claim(NamedTuple):
    """A stretch of the page that a rule takes for furniture."""

    start: int
    end: int
    code: str
    kind: str


class Span(Protocol):
    """A stretch of a page: a claim, or what may become one."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Line:
    """One line: `core` is its text between `start` and `end`, without ornaments around it."""

    __slots__ = ("begin", "core", "end", "index", "prose", "start", "stop")

    def __init__(self, index: int, begin: int, raw: str) -> None:
        indent, core, prose = measure(raw)
        self.index: Final = index
        self.begin: Final = begin  # of the line, ornaments included
        self.stop: Final = begin + len(raw)  # in front of the line break
        self.core: Final = core
        self.start: Final = begin + indent
        self.end: Final = begin + indent + len(core)
        #: Whether it is a sentence, or a paragraph of them.
        self.prose: Final = prose

    @property
    def blank(self) -> bool:
        return not self.core

    @property
    def listing(self) -> bool:
        """Several links in one line."""
        return _is_listing(self.core)

    @property
    def section(self) -> bool:
        """Begins with a section number of the body."""
        return _SECTION.match(self.core) is not None

    @property
    def linkish(self) -> bool:
        """Could be one link or a row of links: no sentence, no section heading."""
        if self.blank or self.prose or self.section:
            return False
        if self.core[-1] == "。" or (self.core[-1] in "？！?!" and self._has_clauses):
            return False
        if self.core[-1] in "，；,;、":  # a title cut off, or a line of verse
            return len(self.core) >= 20 and len(self.core) <= 32
        return len(self.core) <= _LONGEST_LINK or self.listing

    @property
    def _has_clauses(self) -> bool:
        return sum(map(self.core.count, "，,")) >= _CLAUSES


class _Lines(dict[int, Line]):
    """The lines of a text by their index, each measured when it is first asked for."""

    def __init__(self, raws: Sequence[str], starts: Sequence[int]) -> None:
        super().__init__()
        self._raws = raws
        self._starts = starts

    def __missing__(self, index: int) -> Line:
        line = self[index] = Line(index, self._starts[index], self._raws[index])
        return line


class Page:
    """The lines of a text, looked at only where a rule has found something."""

    def __init__(self, text: str) -> None:
        self.text: Final = text
        raws = text.split("\n")
        self.count: Final = len(raws)
        #: Where each line begins, for a search by position.
        self.starts: Final = list(map(add, accumulate(map(len, raws[:-1]), initial=0), count()))
        self.lines: Final[Mapping[int, Line]] = _Lines(raws, self.starts)

    def index_at(self, position: int) -> int:
        """The index of the line that holds a position."""
        return bisect_right(self.starts, position) - 1

    def line_at(self, position: int) -> Line:
        """The line that holds a position."""
        return self.lines[bisect_right(self.starts, position) - 1]

    def filled_before(self, index: int) -> Line | None:
        """The nearest line above that is not blank."""
        return self._nearest(range(index - 1, -1, -1))

    def filled_behind(self, index: int) -> Line | None:
        """The nearest line below that is not blank."""
        return self._nearest(range(index + 1, self.count))

    def _nearest(self, indices: Iterable[int]) -> Line | None:
        for index in indices:
            line = self.lines[index]
            if line.core:
                return line
        return None

    def filled(self, indices: Iterable[int] | None = None) -> Iterator[Line]:
        """Those of some lines, or of all, that are not blank."""
        wanted = range(self.count) if indices is None else indices
        return (line for line in map(self.lines.__getitem__, wanted) if line.core)


def has_clock(text: str) -> bool:
    """Whether the date and time of a post stands in the head; it needs no word beside it."""
    if text.find("20", 0, HEAD) < 0 and text.find("19", 0, HEAD) < 0:
        return False
    return CLOCK.search(text, 0, HEAD) is not None


def measure(raw: str) -> tuple[int, str, bool]:
    """How far a line is indented, its text without ornaments, and whether that is prose."""
    return _measured(raw) if len(raw) <= _LONGEST_KNOWN else _measured.__wrapped__(raw)


@lru_cache(_MOST_KNOWN)
def _measured(raw: str) -> tuple[int, str, bool]:
    core = raw.strip(ORNAMENT)
    return raw.find(core), core, is_prose(core) and not _is_listing(core)


def _is_listing(core: str) -> bool:
    """A row of titles: cells or dates that come again, and hardly a full stop."""
    if len(core) < 12 or not _MARK_OF_LISTING.search(core):
        return False
    if core.endswith("..."):  # a summary cut off by the site
        return True
    dated = len(_DATED.findall(core)) + len(_CELL.findall(core))
    cells = dated + core.count(" ")
    if cells < 2:
        return False
    stops = core.count("。") + core.count("，")
    return stops * 2 <= dated or (stops == 0 and len(core) < 40 * (cells + 1))


def is_prose(core: str) -> bool:
    """A sentence, or a paragraph of them."""
    length = len(core)
    if length < 6:
        return False
    if "。" in core or core[-1] in "；;":
        return True
    if length >= 30 and len(_COMMA.findall(core)) >= 2 and not _is_record(core):
        return True
    if length >= 36 and core[-1] in "！？!?”’」：:" and _COMMA.search(core):
        return True
    return length >= 80 and _han().search(core) is not None


# Compiled when a line asks for it: a class of all ideographs takes long.


@cache
def _han() -> re.Pattern[str]:
    return re.compile(r"[\u3400-\u9fff]")


@cache
def _label() -> re.Pattern[str]:
    return re.compile("(?:^|[ \u3000])[\u3400-\u9fff]{2,6}[:：]")


def _is_record(core: str) -> bool:
    """Labels and values, some of them several: their commas make no sentence."""
    return "、" in core and len(_label().findall(core)) >= 2 and _CLAUSE.search(core) is None


def is_spent(line: Line, claims: Sequence[Span]) -> bool:
    """Whether what the claims leave of the line is no prose any more."""
    if any(claim.start <= line.start and claim.end >= line.end for claim in claims):
        return True
    rest = rest_of(line, claims)
    return len(rest) * 4 < len(line.core) or not is_prose(rest)


def rest_of(
    line: Line, claims: Sequence[Span], start: int | None = None, end: int | None = None
) -> str:
    """What the claims leave of the line, or of the part of it from `start` to `end`."""
    cursor = line.start if start is None else start
    stop = line.end if end is None else end
    pieces = []
    for claim in sorted(claims, key=lambda claim: claim.start):
        if claim.end > cursor and claim.start < stop:
            pieces.append(line.core[cursor - line.start : max(cursor, claim.start) - line.start])
            cursor = claim.end
    pieces.append(line.core[min(cursor, stop) - line.start : stop - line.start])
    return "".join(pieces).strip()
