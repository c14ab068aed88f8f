"""A page as lines: what looks like prose, what like a link, where head and tail begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

__all__ = ["CLOCK", "ORNAMENT", "Claim", "Line", "Page", "is_prose"]

#: What stands around the words of a line without meaning anything.
ORNAMENT: Final = " \t\r\u00a0\u3000\ufeff•·●○◆◇■□▪▲△►▶★☆*＊_=~|｜"

#: Day and time of day, as a database prints them.
CLOCK: Final = re.compile(
    r"(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?[ T]*[0-9]{1,2}[:：][0-9]{2}"
)

#: A link is seldom longer; what is longer is called a list or a paragraph.
_LONGEST_LINK: Final = 60

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_COMMA: Final = re.compile(r"[，,、；;]")
_STOP: Final = re.compile(r"[。！？!?；;](?=[^。！？!?])")
#: Cells of a line that was a row of boxes or links on the page.
_CELL: Final = re.compile(r"[ \t\u00a0\u3000]{2,}|\t")
_DATED: Final = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|\[[0-9]{1,2}-[0-9]{1,2}\]|\.\.\.|…{1,2}(?=\s|$)"
)
_SECTION: Final = re.compile(
    r"[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|第[一二三四五六七八九十百0-9]{1,4}[章节節条條篇课課]|[0-9]{1,2}\.[0-9]"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of the page that a rule takes for furniture."""

    start: int
    end: int
    code: str
    kind: str


@dataclass(slots=True)
class Line:
    """One line: `core` is its text between `start` and `end`, without ornaments around it."""

    index: int
    begin: int  # of the line, ornaments included
    stop: int  # behind its last character, in front of the line break
    start: int
    end: int
    core: str
    prose: bool
    listing: bool  # several links in one line
    section: bool  # begins with a section number of the body

    @property
    def blank(self) -> bool:
        return self.start == self.end

    @property
    def linkish(self) -> bool:
        """Could be one link or a row of links: no sentence, no section heading."""
        if self.prose or self.section or self.blank:
            return False
        if self.core[-1] in "，；,;、":  # a title cut off, or a line of verse
            return len(self.core) >= 20 and len(self.core) <= 32
        return self.listing or len(self.core) <= _LONGEST_LINK


@dataclass
class Page:
    """The lines of a text, looked at only when a rule has found something in it."""

    text: str
    lines: list[Line] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = list(_lines(self.text))

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins, for a search by position."""
        return [line.begin for line in self.lines]


def _lines(text: str) -> Iterator[Line]:
    begin = 0
    for index, raw in enumerate(text.split("\n")):
        core = raw.strip(ORNAMENT)
        start = begin + (raw.find(core) if core else 0)
        listing = _is_listing(core)
        yield Line(
            index=index,
            begin=begin,
            stop=begin + len(raw),
            start=start,
            end=start + len(core),
            core=core,
            prose=not listing and is_prose(core),
            listing=listing,
            section=_SECTION.match(core) is not None,
        )
        begin += len(raw) + 1


def _is_listing(core: str) -> bool:
    """A row of titles: cells or dates that come again, and hardly a full stop."""
    if len(core) < 12:
        return False
    if core.endswith("..."):  # a summary cut off by the site
        return True
    cells = len(_CELL.findall(core)) + len(_DATED.findall(core)) + core.count(" ")
    if cells < 2:
        return False
    stops = core.count("。") + core.count("，")
    dated = len(_DATED.findall(core)) + len(_CELL.findall(core))
    return stops * 2 <= dated or (stops == 0 and cells >= 2 and len(core) < 40 * (cells + 1))


def is_prose(core: str) -> bool:
    """A sentence, or a paragraph of them."""
    length = len(core)
    if length < 6:
        return False
    if "。" in core or core[-1] in "；;":
        return True
    if length >= 30 and len(_COMMA.findall(core)) >= 2:
        return True
    if length >= 36 and core[-1] in "！？!?”’」：:" and _COMMA.search(core):
        return True
    return length >= 80 and _HAN.search(core) is not None
