"""Where the templates of the packs match a line: phrases, not yet judged by their place.

What is found in a line depends on the line alone, so it is remembered: furniture recurs from page
to page, and a page is looked at again when it has lost some of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from operator import contains
from typing import Final, NamedTuple

from zhclean.boilerplate.forms import class_of, fold_text
from zhclean.boilerplate.levels import LEVELS, levels_up_to
from zhclean.boilerplate.notices import Notice, NoticeRule
from zhclean.boilerplate.page import Line, is_spent, measure
from zhclean.boilerplate.scanning import Scanner
from zhclean.boilerplate.shapes import Shapes
from zhclean.boilerplate.templates import has_words, pattern_of, required_by, word_of, words_of

__all__ = [
    "MOST_REST",
    "REPORTED",
    "REST",
    "Content",
    "Found",
    "Groups",
    "LineMatcher",
    "Mark",
    "is_quoted",
    "is_word_at",
]

#: A notice that does not begin its line begins at most this far in front of its literal.
_REACH: Final = 120
#: ... and ends at most this far behind it.
_STRETCH: Final = 400
#: A word of a detector is shorter, blanks between its characters included.
_LEAD: Final = 20

#: Lines that are remembered are at most so long, and so many.
_LONGEST_KNOWN: Final = 300
_MOST_KNOWN: Final = 4096

_STOPS: Final = "。！？!?；;"
#: What may be left of a line behind its template, and how much of it.
REST: Final = _STOPS + " .,，、"
MOST_REST: Final = 2
_CLOSERS: Final = '”’」』）)】》"'
_STOP: Final = class_of(_STOPS)
_SENTENCE_END: Final = re.compile(r"[。！？!?；;]+[”’」』）)】》\"]*|  |\u3000\u3000")
_BREAK: Final = re.compile(r"[ \t\r\u00a0\u3000]*(?:\n|$|  |\u3000)")

#: Somebody's words follow.
REPORTED: Final = re.compile(
    "(?:[^特此]说|說|指出|认为|認為|告诉[^，,。]{1,6}|回应称|解释|介绍|答复|强调|表示)[，,：:]"
)
#: A template may begin with the comma behind that.
_VERB: Final = 1

_OPENING: Final = re.compile('["“「『‘《〝]')
_QUOTES: Final = ("“”", "「」", "『』", "‘’", "《》", "〝〞")

#: Detectors that look at no line with a full stop.
_CALM: Final = ("metadata", "recurring_record", "controls", "breadcrumb", "repeated_list")

#: So many characters are looked for one by one.
_FEW: Final = 8

#: Shapes of templates that begin their line, and of those that are all of it.
_FIRST: Final = ("line", "heading", "start")
_WHOLE: Final = ("line", "heading")


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


class Found(NamedTuple):
    """What a line holds: marks, counted from its beginning, and perhaps a word of a detector."""

    marks: tuple[Mark, ...]
    lead: bool
    stays: Collection[str]  # the levels at which it is prose, and more of it than marks cover


_BLANK: Final = Found((), False, ())
_PROSE: Final = Found((), False, LEVELS)


class Group(NamedTuple):
    """Templates that are found at one place, of which a line may hold some."""

    notices: tuple[int, ...]
    leads: tuple[int, ...]  # words of detectors
    calm: tuple[int, ...]  # those that count only in a line without a full stop
    signs: str  # characters of which a line that holds a match holds one; "" if none is known


class Groups(dict[tuple[int, ...], Group]):
    """Templates by the numbers that a scanner gives."""

    def __init__(self, notices: Sequence[Notice]) -> None:
        super().__init__()
        self.notices: Final = notices

    def __missing__(self, numbers: tuple[int, ...]) -> Group:
        leads = [number for number in numbers if self.notices[number].lead]
        calm = [number for number in leads if _is_calm(self.notices[number])]
        others = [number for number in numbers if number not in leads]
        signs = list(map(self._rarest_sign, others))
        group = self[numbers] = Group(
            tuple(others),
            tuple(number for number in leads if number not in calm),
            tuple(calm),
            "".join(sorted(set().union(*signs))) if all(signs) else "",
        )
        return group

    def _rarest_sign(self, number: int) -> str:
        """The sign of a template that lines seldom hold; digits come first among its signs."""
        signs = self.notices[number].signs
        return next((sign for sign in signs if "0" not in sign), "")


class LineMatcher:
    """Finds the marks of a line."""

    def __init__(
        self, groups: Groups, shapes: Shapes, heads: Scanner, tails: Scanner, others: Scanner
    ) -> None:
        """`heads` knows the templates that begin as the line does, `tails` those that end so."""
        self._groups: Final = groups
        self._notices: Final = groups.notices
        self._shapes: Final = shapes
        self._heads: Final = heads
        self._tails: Final = tails
        self._others: Final = others
        #: What lines hold: those met lately, and those met before. The lines of a site come again
        #: on each of its pages, and so they last.
        self._known: dict[str, Found] = {}
        self._before: dict[str, Found] = {}

    def find(self, line: str) -> Found:
        """The marks of a line, which is given without its line break."""
        found = self._known.get(line)
        if found is None:
            if len(line) > _LONGEST_KNOWN:
                return self._find(line)
            found = self._before.get(line)
            shape = line if found is not None else self._shapes.shape_of(line)
            if found is None:
                found = self._known.get(shape) or self._before.get(shape) or self._find(shape)
            if len(self._known) >= _MOST_KNOWN:
                self._before, self._known = self._known, {}
            self._known[line] = self._known[shape] = found
        return found

    def _find(self, line: str) -> Found:
        start, core, prose = measure(line)
        if not core:
            return _BLANK
        end = start + len(core)
        edges = self.at_start(line, start) + self.at_end(line, end)
        places = self._others.scan(line)
        if not edges and not places:  # as in most lines
            return _PROSE if prose else _BLANK
        marks: dict[tuple[int, int, str], Mark] = {}
        lead = False
        content = Content(line)
        for _, notice in content.candidates(self._groups[edges], self._notices):
            mark = _match(line, start, start, end, notice, 0)
            if mark is not None:
                marks[mark.key] = mark
        tried: dict[int, int] = {}  # by template, up to where its beginnings have been tried
        calm = "。" not in line
        for place, numbers in places:
            group = self._groups[numbers]
            if not lead and (group.leads or group.calm):
                words = group.leads + group.calm if calm else group.leads
                lead = any(
                    _is_lead(line, place, start, end, self._notices[number].template)
                    for number in words
                )
            if not group.notices:
                continue
            for number, notice in content.candidates(group, self._notices):
                low = tried.get(number, 0)
                if low > place:
                    continue
                mark = _match(line, place, start, end, notice, low)
                if notice.rule.shape in _FIRST:
                    tried[number] = len(line)
                else:
                    tried[number] = place + 1 if mark is None else mark.end
                if mark is not None:
                    marks.setdefault(mark.key, mark)
        stays = LEVELS if prose else ()
        if marks:
            left = _levels(Line(0, 0, line), marks.values()) if prose else ()
            return Found(tuple(marks.values()), lead, left)
        if lead:
            return Found((), True, stays)
        return _PROSE if stays else _BLANK

    def at_start(self, line: str, start: int) -> tuple[int, ...]:
        """The templates that begin as the line does."""
        return self._heads.at(line, start)

    def at_end(self, line: str, end: int) -> tuple[int, ...]:
        """The templates that end as the line does, but for full stops behind them."""
        last = end - 1
        numbers = self._tails.at(line, last)
        while last > max(0, end - 1 - MOST_REST) and line[last] in REST:
            last -= 1
            numbers += self._tails.at(line, last)
        return numbers


class Content:
    """What a line holds; to know it takes less time than to try one template, or to compile it."""

    __slots__ = ("_folded", "_known", "_signs", "line")

    def __init__(self, line: str) -> None:
        self.line = line
        self._folded = ""
        #: By template; a long line may hold the same anchor again and again.
        self._known: dict[str, bool] = {}
        #: Whether it holds one of some characters, which are signs of many templates.
        self._signs: dict[str, bool] = {}

    def candidates(self, group: Group, notices: Sequence[Notice]) -> list[tuple[int, Notice]]:
        """Those templates of a group that may match."""
        if not group.notices or (group.signs and not self._holds(group.signs)):
            return []
        known = self._known
        found = []
        for number in group.notices:
            notice = notices[number]
            may_match = known.get(notice.template)
            if may_match is None:
                may_match = known[notice.template] = self._may_match(notice)
            if may_match:
                found.append((number, notice))
        return found

    def _may_match(self, notice: Notice) -> bool:
        """Whether there is all that a match of the template must hold."""
        if not self._folded:
            for sign in notice.signs:
                if not self._holds(sign):
                    return False
            self._folded = fold_text(self.line)
        words = words_of(notice.template)
        return has_words(self._folded, words) and all(map(self._holds, notice.signs))

    def _holds(self, characters: str) -> bool:
        """Whether the line holds one of some characters."""
        found = self._signs.get(characters)
        if found is None:
            line = self.line
            if len(characters) <= _FEW:  # not worth a pattern
                found = any(map(line.__contains__, characters))
            else:
                found = class_of(characters).search(line) is not None
            self._signs[characters] = found
        return found


def _match(line: str, hit: int, start: int, end: int, notice: Notice, tried: int) -> Mark | None:
    """The match of a template around one of its anchors, from `tried` on.

    `line[start:end]` is the line without the ornaments around it.
    """
    rule, template = notice.rule, notice.template
    shape = rule.shape
    if shape in _WHOLE:
        if hit - start > 4 * _REACH:
            return None
        match = pattern_of(template).match(line, start, end)
        whole = match is not None and _is_end(line[match.end() : end])
        return Mark(start, end, 0, rule) if whole else None
    if shape == "start":
        match = pattern_of(template).match(line, start, end)
    else:
        low, high = max(start, hit - _REACH, tried), min(end, hit + _STRETCH)
        match = _match_around(line, hit, template, low, high)
    if match is None or _is_quoted_at_all(line, match, hit):
        return None
    first, last = match.span()
    if shape == "sentence":
        if _is_reported(line, start, first):
            return None
        first, last = sentence_around(line, first, last, start, end)
        if match.start() - first > _REACH:  # no sentence, but a table or a row of titles
            first = match.start()
    elif shape == "end" and not _BREAK.match(line, last):
        return None
    return Mark(first, last, 0, rule)


def _levels(line: Line, marks: Collection[Mark]) -> Collection[str]:
    """The levels at which more of a line of prose stays than marks cover."""
    stays = []
    for level in LEVELS:
        levels = levels_up_to(level)
        allowed = [mark for mark in marks if mark.rule.level in levels]
        if not allowed or not is_spent(line, allowed):
            stays.append(level)
    return stays


def _is_calm(notice: Notice) -> bool:
    """Whether a word of a detector counts only in a line without a full stop."""
    return notice.lead and notice.rule.shape in _CALM


def _is_lead(line: str, hit: int, start: int, end: int, template: str) -> bool:
    """Whether the word around an anchor stands in a short line."""
    return end - start < 4 * _REACH and is_word_at(line, hit, start, end, template)


def is_word_at(line: str, hit: int, start: int, end: int, template: str) -> bool:
    """Whether a word of a detector stands in `line[start:end]` and has `hit` in it."""
    word = word_of(template)
    if word is None:
        return _match_around(line, hit, template, max(start, hit - _LEAD), end) is not None
    # Without a pattern, which would take long to compile.
    width = len(word)
    return any(
        all(map(contains, word, line[first : first + width]))
        for first in range(max(start, hit - width + 1), min(hit, end - width) + 1)
    )


def _match_around(text: str, hit: int, template: str, low: int, high: int) -> re.Match[str] | None:
    """The first match that begins from `low` on and has `hit` in it."""
    return next(
        (
            match
            for start in _beginnings(template, text, low, high, hit)
            if (match := pattern_of(template).match(text, start, high)) and match.end() > hit
        ),
        None,
    )


def _beginnings(template: str, text: str, low: int, high: int, hit: int) -> Iterator[int]:
    """Where a match that holds `hit` may begin."""
    required, first = required_by(template)
    found = required.search(text, low, high)
    if found is None:
        return
    if not first:
        yield from range(low, hit + 1)
        return
    # The pattern is not searched for: it would go on to beginnings behind the hit.
    while found is not None and (start := found.start()) <= hit:
        yield start
        found = required.search(text, start + 1, high)


def _is_end(rest: str) -> bool:
    """Whether nothing but a full stop is left of a line."""
    return len(rest) <= MOST_REST and not rest.strip(REST)


def _is_quoted_at_all(line: str, match: re.Match[str], hit: int) -> bool:
    if not _OPENING.search(line, max(0, min(match.start(), hit) - _REACH), match.end()):
        return False
    places = (match.start(), hit, match.end() - 1)
    return any(is_quoted(line, 0, place) for place in places)


def _is_reported(line: str, start: int, place: int) -> bool:
    """Whether somebody says what stands at a place of a line that begins at `start`."""
    before = line[max(start, place - _REACH) : place + _VERB]
    ends = [match.end() for match in REPORTED.finditer(before)]
    return bool(ends) and _STOP.search(before, ends[-1]) is None


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
