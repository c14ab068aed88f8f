"""Where the templates of the packs match a text: phrases, not yet judged by their place."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from zhclean.boilerplate.levels import levels_up_to
from zhclean.boilerplate.notices import NoticeRule, Notices
from zhclean.boilerplate.page import CLOCK, NUMBERED_LINE, ORNAMENT, Claim, Line, is_spent
from zhclean.boilerplate.scanning import Scanner
from zhclean.boilerplate.templates import pattern_of, required_by

__all__ = ["Finder", "Mark"]

#: A notice that does not begin its line begins at most this far in front of its literal.
_REACH: Final = 120
#: ... and ends at most this far behind it.
_STRETCH: Final = 400
#: A word of a detector is shorter, blanks between its characters included.
_LEAD: Final = 20

#: The head of a page, where a date without a label is looked for.
_HEAD: Final = 400

_STOPS: Final = "。！？!?；;"
_CLOSERS: Final = '”’」』）)】》"'
_SENTENCE_END: Final = re.compile(r"[。！？!?；;]+[”’」』）)】》\"]*|  |\u3000\u3000")
_BREAK: Final = re.compile(r"[ \t\r\u00a0\u3000]*(?:\n|$|  |\u3000)")

_OPENING: Final = re.compile('["“「『‘《〝]')
_QUOTES: Final = ("“”", "「」", "『』", "‘’", "《》", "〝〞")


class Mark(NamedTuple):
    """A place that reads like the notice of `rule`; `begin` is where its line begins."""

    start: int
    end: int
    begin: int
    rule: NoticeRule

    @property
    def key(self) -> tuple[int, int, str]:
        """What orders marks; two with the same are one."""
        return self.start, self.end, self.rule.code

    def moved(self, by: int) -> Mark:
        """The mark in a text in which its line begins so much later."""
        return Mark(self.start + by, self.end + by, self.begin + by, self.rule)


class _Cursor:
    """The line around the latest hit; hits come in order, so each line is measured once."""

    __slots__ = ("begin", "end", "start", "stop")

    def __init__(self, begin: int) -> None:
        self.begin = begin
        self.stop = -1
        self.start = self.end = begin

    def move(self, text: str, position: int) -> None:
        if position < self.stop:
            return
        self.begin = text.rfind("\n", self.begin, position) + 1 or self.begin
        stop = text.find("\n", position)
        self.stop = len(text) if stop < 0 else stop
        raw = text[self.begin : self.stop]
        core = raw.strip(ORNAMENT)
        self.start = self.begin + (len(raw) - len(raw.lstrip(ORNAMENT)))
        self.end = self.start + len(core)


class _Search:
    """The marks of a page found so far, and whether a word of a detector stands in a short line."""

    def __init__(self, text: str, notices: Notices) -> None:
        self._text: Final = text
        self._notices: Final = notices.notices
        self.found: Final[dict[tuple[int, int, str], Mark]] = {}
        self.leads = False
        self._by_line: Final[dict[int, list[Mark]]] = {}

    def look(self, scanner: Scanner, start: int, end: int) -> None:
        """Add what stands in `text[start:end]`, a stretch of whole lines.

        One pass over it; each anchor found costs a bounded stretch around it.
        """
        text = self._text
        line = _Cursor(start)
        tried: dict[str, int] = {}  # by template, up to where its beginnings have been tried
        for place, numbers in scanner.scan(text, start, end):
            line.move(text, place)
            for number in numbers:
                notice = self._notices[number]
                if notice.lead:
                    self.leads = self.leads or _is_lead(text, place, line, notice.template)
                    continue
                source = notice.rule.code + notice.template
                low = tried.get(source, 0)
                if low > place:
                    continue
                mark = _match(text, place, line, notice.rule, notice.template, low)
                whole = notice.rule.shape in ("line", "heading", "start")
                tried[source] = line.stop if whole else place + 1 if mark is None else mark.end
                if mark is not None and mark.key not in self.found:
                    self.found[mark.key] = mark
                    self._by_line.setdefault(mark.begin, []).append(mark)

    def down(self, scanner: Scanner, level: str) -> int:
        """Look at the top of the page, to the end of the first line that stays prose.

        Returns where the lines begin that have not been looked at.
        """
        text, start, begin = self._text, 0, 0
        while begin <= len(text):
            stop = text.find("\n", begin)
            line = Line(0, begin, text[begin:] if stop < 0 else text[begin:stop])
            begin = line.stop + 1
            if line.prose or stop < 0:
                self.look(scanner, start, line.stop)
                start = begin
                if self._leaves_prose(line, level):
                    break
        return start

    def up(self, scanner: Scanner, level: str, start: int) -> int:
        """Look at the bottom of the page, up to the last line that stays prose or to `start`.

        Returns where the last line ends that has not been looked at.
        """
        text, end = self._text, len(self._text)
        stop = end
        while stop >= start:
            begin = text.rfind("\n", start, stop) + 1 or start
            line = Line(0, begin, text[begin:stop])
            stop = begin - 1
            if line.prose or begin == start:
                self.look(scanner, begin, end)
                end = stop
                if self._leaves_prose(line, level):
                    break
        return end

    def _leaves_prose(self, line: Line, level: str) -> bool:
        """Whether the line is prose, and more of it than the marks up to `level` cover."""
        if not line.prose:
            return False
        claims = [
            Claim(mark.start, mark.end, mark.rule.code, mark.rule.kind)
            for mark in self._by_line.get(line.begin, ())
            if mark.rule.level in levels_up_to(level)
        ]
        return not claims or not is_spent(line, claims)


class Finder:
    """Finds the marks of a page, and again when the page has lost some lines."""

    def __init__(self, notices: Notices, level: str) -> None:
        self._notices: Final = notices
        self._level: Final = level
        #: The body that was searched last, where it began, and what was found.
        self._body: tuple[str, int, _Search] | None = None

    def find(self, text: str) -> tuple[list[Mark], bool]:
        """Every match of a template, by position; and whether there is work for the detectors.

        Between the first and the last line of prose only those notices are looked for that are
        notices there too; most stand above or below the body alone.
        """
        search = _Search(text, self._notices)
        start = search.down(self._notices.scanner, self._level)
        end = search.up(self._notices.scanner, self._level, start)
        marks = list(search.found.values())
        leads = search.leads
        if start <= end:
            body = text[start:end]
            if self._body is None or self._body[0] != body:
                self._body = body, start, self._search_body(text, start, end)
            _, begin, found = self._body
            marks += [mark.moved(start - begin) for mark in found.found.values()]
            leads = leads or found.leads
        # The date and time of a post stand in its head without any word.
        leads = leads or CLOCK.search(text, 0, _HEAD) is not None
        return sorted(marks, key=lambda mark: mark.key), leads

    def _search_body(self, text: str, start: int, end: int) -> _Search:
        notices = self._notices
        search = _Search(text, notices)
        search.look(notices.body_scanner, start, end)
        search.look(notices.head_scanner, start - 1, end)
        for match in NUMBERED_LINE.finditer(text, start - 1, end):
            stop = text.find("\n", match.end())
            search.look(notices.scanner, match.start() + 1, len(text) if stop < 0 else stop)
        return search


def _match(
    text: str, hit: int, line: _Cursor, rule: NoticeRule, template: str, tried: int
) -> Mark | None:
    """The match of a template around one of its anchors, from `tried` on."""
    shape = rule.shape
    if shape in ("line", "heading"):
        if hit - line.start > 4 * _REACH:
            return None
        match = pattern_of(template).match(text, line.start, line.end)
        whole = match is not None and _is_end(text[match.end() : line.end])
        return Mark(line.start, line.end, line.begin, rule) if whole else None
    if shape == "start":
        match = pattern_of(template).match(text, line.start, line.end)
    else:
        low, high = max(line.start, hit - _REACH, tried), min(line.end, hit + _STRETCH)
        match = _match_around(text, hit, template, low, high)
    if match is None or _is_quoted_at_all(text, line, match, hit):
        return None
    start, end = match.span()
    if shape == "sentence":
        start, end = sentence_around(text, start, end, line.start, line.end)
        if match.start() - start > _REACH:  # no sentence, but a table or a row of titles
            start = match.start()
    elif shape == "end" and not _BREAK.match(text, end):
        return None
    return Mark(start, end, line.begin, rule)


def _is_lead(text: str, hit: int, line: _Cursor, template: str) -> bool:
    """Whether the word around an anchor stands in a short line."""
    if line.end - line.start >= 4 * _REACH:
        return False
    return _match_around(text, hit, template, max(line.start, hit - _LEAD), line.end) is not None


def _match_around(text: str, hit: int, template: str, low: int, high: int) -> re.Match[str] | None:
    """The first match that begins from `low` on and has `hit` in it."""
    if not required_by(template).search(text, low, high):
        return None
    pattern = pattern_of(template)
    # Not search(): it would go on to beginnings behind the hit.
    attempts = (pattern.match(text, start, high) for start in range(low, hit + 1))
    return next((one for one in attempts if one and one.end() > hit), None)


def _is_end(rest: str) -> bool:
    """Whether nothing but a full stop is left of a line."""
    return len(rest) <= 2 and not rest.strip(_STOPS + " .,，、")


def _is_quoted_at_all(text: str, line: _Cursor, match: re.Match[str], hit: int) -> bool:
    places = (match.start(), hit, match.end() - 1)
    return any(is_quoted(text, line.begin, place) for place in places)


def is_quoted(text: str, begin: int, position: int) -> bool:
    """Whether an opening quotation mark before `position` in its line is still open there."""
    before = text[max(begin, position - _REACH) : position]
    if not _OPENING.search(before):
        return False
    return before.count('"') % 2 == 1 or any(
        before.rfind(pair[0]) > before.rfind(pair[1]) for pair in _QUOTES
    )


def sentence_around(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """The sentence of `text[low:high]` that holds `text[start:end]`, its full stop included."""
    low = max(low, start - _STRETCH)
    before = start
    while before > low and text[before - 1] not in _STOPS and text[before - 2 : before] != "  ":
        before -= 1
    while before < start and text[before] in _CLOSERS + " \u3000":
        before += 1
    if end > start and text[end - 1] in _STOPS:
        return before, end
    match = _SENTENCE_END.search(text, end, min(high, end + _STRETCH))
    if match:
        return before, match.end()
    return before, min(high, end + _STRETCH)
