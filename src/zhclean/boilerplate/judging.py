"""From marks to claims: what stands where a notice stands, and has a second kind of evidence.

A phrase alone removes nothing. It counts with its place (in front of the first sentence of
the body or behind the last), with the structure around it (a line of its own, a list below a
heading) or with another notice on the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, NamedTuple

from zhclean.boilerplate.extent import NO_FURNITURE, Furniture, extent
from zhclean.boilerplate.levels import levels_up_to
from zhclean.boilerplate.matching import Mark
from zhclean.boilerplate.notices import NoticeRule
from zhclean.boilerplate.page import Claim, Line, Page, Span, is_prose, rest_of
from zhclean.boilerplate.titles import titles_of

__all__ = [
    "Judgement",
    "claim_blocks",
    "claim_waiting",
    "judge_marks",
    "links_below",
    "opens_tail",
    "signs",
]

#: Marks of one line that are looked at together.
_BESIDE: Final = 12
#: A list below a heading is looked at so far.
_LONGEST_LIST: Final = 80
#: So many lines, each a word, are a list of words: a page without prose may be one.
_WORDS: Final = 20

#: So many lines are a crowd.
_CROWD: Final = 4

#: Structure is looked for this far from the ends of a page.
_EDGE: Final = 40

#: The title of a page stands among its first lines.
_TITLES: Final = 20

_FILED: Final = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|\[[0-9]{1,2}-[0-9]{1,2}\]|\.(?:docx?|pptx?|xlsx?|pdf|zip|rar)\b",
    re.IGNORECASE,
)

#: A day as texts are signed with it, and what the names of those end with who sign.
_DATE: Final = re.compile(
    "(?:[0-9]{4}|[〇○零一二三四五六七八九]{4})年[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日"
)
_ENDS_OF_OFFICES: Final = (
    "局府会會厂廠委办辦处處部院校站社心所团組组村镇鎮司室厅廳区區县縣行店馆館党黨"
)
_LONGEST_SIGNATURE: Final = 24
_SHORT_NAME: Final = 4
#: The heading of a paragraph is no longer, most links are.
_LONGEST_HEADING: Final = 8

#: What stays of a line, be it as short as this.
_WORD: Final = re.compile("[\u3400-\u9fff]{2}")

#: A heading in front of its links in one line.
_ROW: Final = re.compile(r"[ \t\u3000]{2}|[:：>][ \u3000]*\S")

#: Kinds of furniture below which a page goes on with more furniture, never with its body.
_OPENS_TAIL: Final = frozenset({"navigation", "related_links", "ad", "paywall"})


class _Edges:
    """The lines in front of a page's body and behind it, read as far as they are looked at."""

    def __init__(self, page: Page, first_prose: int, last_prose: int) -> None:
        self.span: Final = first_prose, last_prose
        self._sides: Final = (
            page.filled(range(first_prose)),
            page.filled(range(page.count - 1, last_prose, -1)),
        )
        self._near: Final[tuple[list[Line], list[Line]]] = ([], [])
        self._found: list[Line] = []
        self._taken = -1  # how many were, when that was found
        self.has_more = True

    def look(self, taken: Collection[int]) -> list[Line]:
        """The first lines of both sides that are not taken, from the top down.

        `taken` never gets smaller.
        """
        if len(taken) == self._taken:
            return self._found
        self._taken = len(taken)
        self._found = self._look(taken)
        return self._found

    def _look(self, taken: Collection[int]) -> list[Line]:
        self.has_more = False
        for lines, rest in zip(self._near, self._sides, strict=True):
            lines[:] = [line for line in lines if line.index not in taken]
            if len(lines) < _EDGE:
                inner = (line for line in rest if line.index not in taken)
                lines.extend(islice(inner, _EDGE - len(lines)))
            self.has_more = self.has_more or len(lines) == _EDGE
        head, tail = self._near
        if head and tail and tail[-1].index <= head[-1].index:  # no prose between them
            free = {line.index: line for line in (*head, *tail)}
            return [free[index] for index in sorted(free)]
        return head + tail[::-1]


@dataclass
class Judgement:
    """The claims on one page so far, and what they make of its head and tail."""

    page: Page
    #: What is not prose, but may stand among the prose at an end of a page.
    furniture: Furniture = NO_FURNITURE
    claims: list[Claim] = field(default_factory=list)
    taken: dict[int, Claim] = field(default_factory=dict)  # whole lines, by index
    posts: set[int] = field(default_factory=set)  # those of them that stand beside posts
    codes: set[str] = field(default_factory=set)  # of all claims
    first_prose: int = 0
    last_prose: int = -1
    last_sentence: int = -1  # it may stand below the body
    headings: list[Mark] = field(default_factory=list)  # to be judged with the links below
    waiting: list[Mark] = field(default_factory=list)  # for company, which detectors may find
    listed: set[int] = field(default_factory=set)  # lines that hold a heading and its links
    titles: Sequence[int] = ()  # lines that are the title, if another line tells
    _edges: _Edges | None = None

    def zone(self, line: Line) -> str:
        """ "head", "tail", "both" or "body"."""
        head, tail = line.index < self.first_prose, line.index > self.last_prose
        return "both" if head and tail else "head" if head else "tail" if tail else "body"

    def fits(self, line: Line, at: str) -> bool:
        """Whether a rule that must stand `at` may claim the line."""
        if at == "any":
            return True
        zone = self.zone(line)
        return zone in (at, "both") or (at == "edge" and zone != "body")

    def take(self, line: Line, rule: NoticeRule, kind: str | None = None) -> None:
        """Claim a whole line."""
        if line.index not in self.taken and line.index not in self.titles and not line.blank:
            claim = Claim(line.start, line.end, rule.code, kind or rule.kind)
            self.taken[line.index] = claim
            self.add(claim)

    def add(self, claim: Claim) -> None:
        """Claim a stretch of the page."""
        self.claims.append(claim)
        self.codes.add(claim.code)

    def survey(self, claims: Iterable[Span]) -> None:
        """Find the first and last line of the body, of which none of `claims` is part."""
        covered: dict[int, list[Span]] = {}
        for claim in claims:
            covered.setdefault(self.page.index_at(claim.start), []).append(claim)
        self.survey_lines(covered)

    def survey_lines(self, covered: Mapping[int, Sequence[Span]]) -> None:
        """The same, with the claims by the lines that they are on; see `extent.extent`."""
        self.first_prose, self.last_prose, self.last_sentence = extent(
            self.page, covered, self.furniture
        )

    def edges(self) -> list[Line]:
        """The free lines near the ends of the page: in front of the body and behind it.

        Lines that are taken don't count, so that nothing comes near when they are gone.
        """
        if self._edges is None or self._edges.span != (self.first_prose, self.last_prose):
            self._edges = _Edges(self.page, self.first_prose, self.last_prose)
        return self._edges.look(self.taken)

    @property
    def has_inner_lines(self) -> bool:
        """Whether `edges` may give other lines when some of those that it gave are taken."""
        return self._edges is not None and self._edges.has_more


class _Placed(NamedTuple):
    """A mark and its line."""

    mark: Mark
    line: Line


def judge_marks(
    page: Page, marks: Sequence[Mark], level: str, reads: Callable[[Line], int]
) -> Judgement:
    """The claims that phrases make good; the headings among them wait for `claim_blocks`.

    `reads` tells how much a line reads like furniture to the detectors: see `extent.Furniture`.
    """
    levels = levels_up_to(level)
    judgement = Judgement(page, titles=titles_of(page))
    kept = [_Placed(mark, page.line_at(mark.start)) for mark in marks if mark.rule.level in levels]
    beside = _by_line(kept)
    judgement.furniture = _furniture(kept, reads)
    judgement.survey_lines(beside)
    for _ in range(3):  # a mark that does not hold makes its line prose again
        before = kept
        # Whether one fits depends on the survey, whether it has company on those that fit.
        fitting = [one for one in before if _fits_place(judgement, one, beside[one.line.index])]
        kept = fitting
        if any(mark.rule.needs for mark, _ in fitting):
            company = _company(mark for mark, _ in fitting if not mark.rule.needs)
            company[""] |= _crowd(
                judgement, [mark for mark, _ in fitting if mark.rule.needs == "page"]
            )
            kept = [one for one in fitting if _has_company(one.mark.rule, company)]
            alone = [mark for mark, _ in fitting if not _has_company(mark.rule, company)]
            judgement.waiting += [mark for mark in alone if mark.rule.needs == "page"]
        if len(kept) == len(before):
            break
        span = judgement.first_prose, judgement.last_prose
        judgement.survey_lines(_by_line(kept))
        if span == (judgement.first_prose, judgement.last_prose):
            break
    kept.sort(key=lambda one: one.mark.rule.generic)  # who knows the site has the first word
    for mark, line in kept:
        if mark.rule.shape == "heading":
            judgement.headings.append(mark)
        else:
            _claim(judgement, mark, line)
    _claim_spent_lines(judgement)
    return judgement


def _by_line(placed: Iterable[_Placed]) -> dict[int, list[Mark]]:
    """The marks of each line."""
    marks: dict[int, list[Mark]] = {}
    for mark, line in placed:
        marks.setdefault(line.index, []).append(mark)
    return marks


def _furniture(placed: Iterable[_Placed], reads: Callable[[Line], int]) -> Furniture:
    """The lines of which nearly all is a notice."""
    above: dict[int, int] = {}
    below: dict[int, int] = {}
    sentences = set()
    for mark, line in placed:
        if (mark.end - mark.start) * 4 < len(line.core) * 3:
            continue
        if line.prose:
            sentences.add(line.index)
        else:
            if mark.rule.at != "head":
                below[line.index] = 1
            if mark.rule.at in ("head", "any"):
                above[line.index] = 1
    return Furniture(above, below, sentences, reads)


def _is_whole(span: Span, line: Line) -> bool:
    return span.start <= line.start and span.end >= line.end


def claim_waiting(judgement: Judgement) -> None:
    """Claim what had no company among the phrases, and has it in what detectors found."""
    for mark in judgement.waiting:
        line = judgement.page.line_at(mark.start)
        if line.index in judgement.taken or not judgement.codes - {mark.rule.code}:
            continue
        if not line.prose and judgement.fits(line, mark.rule.at):
            _claim(judgement, mark, line)


def claim_blocks(judgement: Judgement) -> None:
    """Claim the headings and the links below them."""
    for mark in judgement.headings:
        _claim_block(judgement, mark)


def _company(marks: Iterable[Mark]) -> dict[str, set[str]]:
    """The codes found on the page: those of each pack by its name, all of them under ""."""
    codes: dict[str, set[str]] = {"": set()}
    for mark in marks:
        codes[""].add(mark.rule.code)
        codes.setdefault(mark.rule.pack, set()).add(mark.rule.code)
    return codes


def _crowd(judgement: Judgement, marks: Sequence[Mark]) -> set[str]:
    """The codes of marks that are company for each other because there are many, of two kinds.

    Lines that read like furniture count, too; they have no code.
    """
    codes = {mark.rule.code for mark in marks if mark.rule.shape != "heading"}
    places = {mark.begin for mark in marks}
    if len(codes) >= 2 and len(places) >= _CROWD:
        return codes
    others = [line for line in judgement.edges() if line.begin not in places]
    weight = sum(map(judgement.furniture.reads, others))
    return codes | {""} if weight and len(places) + weight >= _CROWD else set()


def _has_company(rule: NoticeRule, company: Mapping[str, set[str]]) -> bool:
    """Whether the rule that must not stand alone on its page does not."""
    if not rule.needs or rule.shape == "heading":  # headings wait for the detectors
        return True
    others = company.get("" if rule.needs == "page" else rule.pack, set())
    return not others <= {rule.code}


def _fits_place(judgement: Judgement, placed: _Placed, marks: Sequence[Mark]) -> bool:
    """Whether a mark stands where its rule says that its notices stand; `marks`: of its line."""
    mark, line = placed
    rule = mark.rule
    if rule.shape == "heading" and line.prose and not _ROW.search(line.core[:40]):
        return False  # the paragraph only begins like a heading
    if judgement.fits(line, rule.at):
        return True
    if rule.shape not in ("sentence", "end", "start"):
        return False
    # The last (first) line of the body may end (begin) with a notice.
    beside = marks[:_BESIDE]
    ends = not is_prose(rest_of(line, beside, mark.end))
    begins = not is_prose(rest_of(line, beside, end=mark.start))
    behind = line.index == judgement.last_prose and ends
    before = line.index == judgement.first_prose and (begins or mark.end >= line.end)
    return (behind and rule.at in ("tail", "edge")) or (before and rule.at in ("head", "edge"))


def _claim(judgement: Judgement, mark: Mark, line: Line) -> None:
    if _is_whole(mark, line):
        judgement.take(line, mark.rule)
    else:
        judgement.add(Claim(mark.start, mark.end, mark.rule.code, mark.rule.kind))


def _claim_block(judgement: Judgement, mark: Mark) -> None:
    """A heading and the links below it, up to the first line of prose."""
    heading = judgement.page.line_at(mark.start)
    if heading.index in judgement.taken:
        return  # one of the links below another heading
    below, stop = links_below(judgement, heading, _LONGEST_LIST)
    links = [line for line in below if line.index not in judgement.taken]
    at_end = stop is None or judgement.zone(heading) in ("tail", "both")
    rule = mark.rule
    furnished = bool(judgement.codes - {rule.code})
    if rule.needs and not furnished and sum(map(is_filed, links)) < 2:
        return
    bare = judgement.zone(heading) == "both"
    if bare and len(links) > _WORDS and all(len(line.core) <= _SHORT_NAME for line in links):
        return
    if bare and not furnished:
        at_end = len(links) >= 3
    elif not at_end:
        # In the middle: a list of links, not one line that may be a heading of the body.
        if links and stop is not None and stop.prose:
            under = links[-1] is below[-1] and stop.index == below[-1].index + 1
            if under or _is_title(judgement, links[-1]):
                links.pop()
        if len(links) < 2 and not (below and below[-1].index in judgement.taken):
            return
        if not furnished:
            return
    if at_end and not below and not furnished:
        return
    if at_end and all(line.core[0] == "《" for line in below) and not furnished:
        return  # a reading list that names books
    judgement.take(heading, mark.rule)
    if heading.prose:
        judgement.listed.add(heading.index)
    for line in links:
        judgement.take(line, mark.rule)


def _is_title(judgement: Judgement, line: Line) -> bool:
    """Whether a line above a body is its title, which comes but once."""
    return judgement.zone(line) == "head" and judgement.page.text.count(line.core) == 1


def is_filed(line: Line) -> bool:
    """Whether a link shows the date or the file that a site filed it under."""
    return _FILED.search(line.core) is not None


def links_below(
    judgement: Judgement, heading: Line, most: int | None = None
) -> tuple[list[Line], Line | None]:
    """The lines below that may be links or are furniture, and the line that ends them."""
    below: list[Line] = []
    lines = judgement.page.lines
    # Where the title of the page comes again, its text begins.
    titles = (
        {
            line.core
            for line in map(lines.__getitem__, range(min(heading.index, _TITLES)))
            if len(line.core) >= 6
        }
        if judgement.zone(heading) == "head"
        else set()
    )
    behind = heading.index + 1
    count = judgement.page.count
    stop = count if most is None else min(count, behind + most)
    for line in judgement.page.filled(range(behind, stop)):
        if below and line.core in titles:
            return below, line
        taken = line.index in judgement.taken
        if below and not taken:
            heads = line.prose and judgement.zone(line) != "body" and _may_head(below[-1], line)
            if heads or signs(below[-1], line):
                return below[:-1], below[-1]
        if not (taken or line.linkish):
            return below, line
        below.append(line)
    return below, None


def signs(name: Line, date: Line) -> bool:
    """Whether two lines are the signature below a text: who wrote it and when."""
    if _DATE.fullmatch(date.core) is None or len(name.core) > _LONGEST_SIGNATURE:
        return False
    return len(name.core) <= _SHORT_NAME or name.core[-1] in _ENDS_OF_OFFICES


def _may_head(line: Line, prose: Line) -> bool:
    """Whether a line can be the heading of the prose below it."""
    return line.index + 1 == prose.index and len(line.core) <= _LONGEST_HEADING


def _claim_spent_lines(judgement: Judgement) -> None:
    """A line of which claims leave only crumbs goes as a whole."""
    by_line: dict[int, list[Claim]] = {}
    for claim in judgement.claims:
        by_line.setdefault(judgement.page.index_at(claim.start), []).append(claim)
    for index, claims in by_line.items():
        line = judgement.page.lines[index]
        rest = rest_of(line, claims)
        if index not in judgement.taken and len(rest) <= 2 and not _WORD.fullmatch(rest):
            claim = Claim(line.start, line.end, claims[0].code, claims[0].kind)
            judgement.taken[index] = claim
            judgement.add(claim)


def opens_tail(claim: Claim) -> bool:
    """Whether nothing but furniture follows this claim at the end of a page."""
    return claim.kind in _OPENS_TAIL
