"""Furniture that has a structure rather than a wording: no site's phrase is needed.

Each detector reads its vocabulary from its rule in the packs and adds claims to a judgement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Final

from zhclean.boilerplate.forms import literal_pattern
from zhclean.boilerplate.judging import Judgement, links_below, opens_tail
from zhclean.boilerplate.matching import is_quoted
from zhclean.boilerplate.notices import NoticeRule
from zhclean.boilerplate.page import CLOCK, NUMBERED_LINE, Claim, Line, Page
from zhclean.boilerplate.templates import SLOTS

__all__ = ["DETECT_FIRST", "DETECT_THEN", "Detector"]

Detector = Callable[[Judgement, NoticeRule], None]

#: Structure is looked for this far from the ends of a page.
_EDGE: Final = 40

_WORDY: Final = re.compile(r"[\w]")
_STAMP: Final = re.compile(
    rf"[^\s()（）,，:：]{{0,20}}[ \u3000]*{CLOCK.pattern}(?:[:：][0-9]{{2}})?"
)
_LABEL: Final = re.compile(r"([\u4e00-\u9fff]{2,6}[:：]) ?[0-9][0-9:.-]*")
_SEPARATOR: Final = re.compile(r"[ \u3000]*(?:-{1,2}>|[>＞»›→]{1,2})[ \u3000]*")
_INNER_STOP: Final = re.compile(r"[。，；：、,;=+]|: ")
_LATIN: Final = re.compile(r"[A-Za-z0-9-]")
_TOKEN_END: Final = re.compile(r"[\s\u3000。，,；;]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_WWW: Final = re.compile(r"[Ww][Ww][Ww]\.")
_ADDRESS: Final = re.compile(
    r"(?<![A-Za-z0-9_/.])www\.[a-z0-9-]{2,40}\.(?:com|net|cn|org)(?:\.cn)?(?![A-Za-z0-9_/.])",
    re.IGNORECASE,
)


@cache
def _either(*lists: tuple[str, ...]) -> str:
    """A pattern of any of the words, the longest first."""
    words = sorted((word for words in lists for word in words), key=len, reverse=True)
    return "|".join(map(literal_pattern, words)) or "(?!)"


@cache
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_either(words))


def _edges(judgement: Judgement) -> list[Line]:
    """The free lines in front of the body and behind it."""
    page = judgement.page
    count = len(page.lines)
    head = islice(page.filled(range(judgement.first_prose)), _EDGE)
    tail = islice(page.filled(range(count - 1, judgement.last_prose, -1)), _EDGE)
    near = {line.index: line for line in (*head, *tail) if line.index not in judgement.taken}
    return [near[index] for index in sorted(near)]


def metadata(judgement: Judgement, rule: NoticeRule) -> None:
    """A cluster of date, source, author and counters: labels and values and little else."""
    words = rule.words
    pattern = _metadata_pattern(words["strong"], words["weak"], words["units"], words["words"])
    veto = _words(rule.words["veto"])
    bare: list[Line] = []
    for line in _edges(judgement):
        if not 4 <= len(line.core) <= 160 or "。" in line.core or veto.search(line.core):
            continue
        strong = tokens = covered = 0
        for token in pattern.finditer(line.core):
            tokens += 1
            covered += len(_WORDY.findall(token.group()))
            strong += token.lastgroup in ("strong", "count") or bool(CLOCK.search(token.group()))
        share = covered / max(1, len(_WORDY.findall(line.core)))
        if strong and tokens >= 2 and share >= 0.6:
            judgement.take(line, rule)
        elif strong and _STAMP.fullmatch(line.core):
            bare.append(line)
    if len(bare) <= 2:  # more of them are the log, the chat or the table of the body
        for line in bare:
            if judgement.fits(line, "head"):
                judgement.take(line, rule)


@cache
def _metadata_pattern(
    strong: tuple[str, ...], weak: tuple[str, ...], units: tuple[str, ...], words: tuple[str, ...]
) -> re.Pattern[str]:
    date, number, unit = SLOTS["date"], SLOTS["n"], _either(units)
    value = rf"[ \u3000]?[:：][ \u3000]?(?:{date}|[ \u3000]?[^\s|｜:：]{{0,24}})"
    return re.compile(
        rf"(?P<strong>(?:{_either(strong)}){value})"
        rf"|(?P<weak>(?:{_either(weak)}){value})"
        rf"|(?P<date>{date})"
        rf"|(?P<count>(?:{unit})[ \u3000]*[(（]?{number}[)）]?|{number}[ \u3000]*(?:{unit}))"
        rf"|(?P<word>{_either(words)})"
    )


def controls(judgement: Judgement, rule: NoticeRule) -> None:
    """Buttons, forms and counters: lines of words that only a page's controls use."""
    pattern = _words(rule.words["controls"])
    free = {line.index: line for line in _edges(judgement)}
    found = {}
    for index, line in free.items():
        if len(line.core) <= 80 and not line.prose:
            hits = pattern.findall(line.core)
            wordy = _WORDY.findall(line.core)
            letters = sum(1 for letter in wordy if not letter.isdigit())
            if hits and sum(map(len, hits)) >= 0.8 * letters:
                found[index] = len(hits)
    run: list[int] = []
    for index in [*sorted(found), -1]:
        behind = judgement.page.filled_behind(run[-1]) if run else None
        if run and (behind is None or behind.index != index):
            before = judgement.page.filled_before(run[0])
            beside = any(
                line is not None and line.index in judgement.taken for line in (before, behind)
            )
            if beside or len(run) >= 3 or sum(found[one] for one in run) >= 4:
                for one in run:
                    judgement.take(free[one], rule)
            run = []
        run.append(index)


def breadcrumb(judgement: Judgement, rule: NoticeRule) -> None:
    """Home > section > article."""
    ends = _ending(rule.words["ends"])
    home = _words(rule.words["home"])
    for line in _edges(judgement):
        if line.prose or len(line.core) > 120:
            continue
        if home.match(line.core) and _title_below(judgement, line):
            judgement.take(line, rule)
            continue
        cells = _SEPARATOR.split(line.core)
        if len(cells) < 2 or max(map(len, cells)) > 60:
            continue
        first = cells[0]
        if home.search(first) or ends.search(first):
            judgement.take(line, rule)


@cache
def _ending(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"(?:{_either(words)})$")


def _title_below(judgement: Judgement, line: Line) -> bool:
    """Whether the line ends with the title that stands below it."""
    for other in judgement.page.lines[line.index + 1 : line.index + 4]:
        if len(other.core) >= 6:
            return line.core.endswith(other.core) and len(line.core) > len(other.core)
    return False


def numbered_notice(judgement: Judgement, rule: NoticeRule) -> None:
    """A numbered list that speaks of documents, downloads and accounts: the site's terms."""
    page = judgement.page
    words = _words(rule.words["platform"])
    heads = _words(rule.words["headings"])
    for items in _numbered(page):
        heading = above = page.filled_before(items[0].index)
        if heading is not None and not (len(heading.core) <= 16 and heads.match(heading.core)):
            heading = None
        edge = (
            above is None
            or (heading is not None and page.filled_before(heading.index) is None)
            or page.filled_behind(items[-1].index) is None
        )
        if heading is None and not (edge and len(items) >= 2):
            continue
        found = [set(words.findall(line.core)) for line in items]
        speaking = sum(len(distinct) >= 2 for distinct in found)
        if speaking * 4 >= len(items) * 3 and len(set().union(*found)) >= 5:
            if heading is not None:
                judgement.take(heading, rule)
            for line in items:
                judgement.take(line, rule)
    judgement.survey(judgement.claims)


def _numbered(page: Page) -> Iterator[list[Line]]:
    """The numbered lists of a page: lines that follow each other but for blank ones."""
    items: list[Line] = []
    for match in NUMBERED_LINE.finditer("\n" + page.text):
        line = page.line_at(match.start())
        if items and page.filled_behind(items[-1].index) is not line:
            yield items
            items = []
        items.append(line)
    if items:
        yield items


def tail_list(judgement: Judgement, rule: NoticeRule) -> None:
    """What follows navigation at the end of a page is more of it, up to any sentence."""
    if judgement.last_prose < 0:
        return
    for index in sorted(judgement.taken):
        line = judgement.page.lines[index]
        if index > judgement.last_prose and opens_tail(judgement.taken[index]):
            for link in links_below(judgement, line)[0]:
                judgement.take(link, rule)
            return


def title_rows(judgement: Judgement, rule: NoticeRule) -> None:
    """Rows of titles or section names without a heading, beside other furniture."""
    if not judgement.taken:
        return
    page = judgement.page
    rows = []
    for line in _edges(judgement):
        cells = line.core.split()
        if line.prose or line.section or len(cells) < 2 or _INNER_STOP.search(line.core):
            continue
        beside = (page.filled_before(line.index), page.filled_behind(line.index))
        touches = any(one is not None and one.index in judgement.taken for one in beside)
        if touches and len(cells) >= 5 and max(map(len, cells)) <= 10 and _is_han(cells):
            judgement.take(line, rule, "navigation")
        elif (
            judgement.fits(line, "tail")
            and min(map(_han, cells)) >= 3
            and max(map(len, cells)) <= 28
        ):
            rows.append((line, len(cells), touches))
    cells_in_all = sum(count for _, count, _ in rows)
    if any(count >= 4 or touches for _, count, touches in rows) or cells_in_all >= 5:
        for line, count, touches in rows:
            if count >= 3 or touches:
                judgement.take(line, rule)


def _han(cell: str) -> int:
    return len(_HAN.findall(cell))


def _is_han(cells: list[str]) -> bool:
    return sum(map(_han, cells)) * 4 >= sum(map(len, cells)) * 3


def repeated_list(judgement: Judgement, rule: NoticeRule) -> None:
    """One line in which the same label and value come again and again."""
    for line in _edges(judgement):
        if line.prose or "。" in line.core:
            continue
        labels = [match.group(1) for match in _LABEL.finditer(line.core[:4000])]
        if len(labels) >= 4 and len(set(labels)) == 1:
            judgement.take(line, rule)


def watermark(judgement: Judgement, rule: NoticeRule) -> None:
    """An address of a site that stands by itself, or with its slogan, again and again."""
    text = judgement.page.text
    use = _words(rule.words["use"])
    places: dict[str, list[tuple[int, int]]] = {}
    behind = 0
    for hint in _WWW.finditer(text):
        match = _ADDRESS.match(text, hint.start()) if hint.start() >= behind else None
        if match is None:
            continue
        behind = match.end()
        start, end = _token(text, *match.span())
        token = text[start:end]
        if use.search(token) or is_quoted(text, max(0, start - 60), start):
            continue
        if not _LATIN.search(text[max(0, start - 2) : start] + text[end : end + 2]):
            places.setdefault(token.lower(), []).append((start, end))
    for token, spans in places.items():
        slogan = _han(token) >= 6
        if len(spans) >= 3 or (slogan and len(spans) == 2):
            for start, end in spans:
                judgement.add(Claim(start, end, rule.code, rule.kind))


def _token(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without blanks, commas and full stops around an address."""
    low, high = max(0, start - 24), min(len(text), end + 30)
    while start > low and not _TOKEN_END.match(text[start - 1]):
        start -= 1
    while end < high and not _TOKEN_END.match(text[end]):
        end += 1
    return start, end


def keyword_ladder(judgement: Judgement, rule: NoticeRule) -> None:
    """The words of the title, one a line, above the title."""
    page = judgement.page
    above = page.filled(range(min(60, len(page.lines))))
    lines = list(islice((line for line in above if line.index not in judgement.taken), 12))
    count = next((at for at, line in enumerate(lines) if len(line.core) > 8), None)
    if count is None:
        return
    title = lines[count]
    steps = [line.core for line in lines[:count]]
    words = [step for step in steps if not step.isdigit()]
    if count < 3 or len(words) < 2:
        return
    position = 0
    inside = 0
    for word in words:
        found = title.core.find(word, position)
        if found >= 0:
            position = found + len(word)
            inside += 1
    if inside >= len(words) - 1 and sum(map(len, words)) * 2 >= len(title.core):
        for line in lines[:count]:
            judgement.take(line, rule)


#: Detectors in the order in which they look at a page: those that need nothing but the lines,
DETECT_FIRST: Final[Mapping[str, Detector]] = {
    "numbered_notice": numbered_notice,
    "metadata": metadata,
    "breadcrumb": breadcrumb,
    "repeated_list": repeated_list,
}

#: and those that look at what else has been found.
DETECT_THEN: Final[Mapping[str, Detector]] = {
    "controls": controls,
    "title_rows": title_rows,
    "tail_list": tail_list,
    "watermark": watermark,
    "keyword_ladder": keyword_ladder,
}
