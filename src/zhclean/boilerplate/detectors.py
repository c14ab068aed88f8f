"""Furniture that has a structure rather than a wording: no site's phrase is needed.

Each detector reads its vocabulary from its rule in the packs and adds claims to a judgement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice
from typing import Final

from zhclean.boilerplate.forms import literal_pattern
from zhclean.boilerplate.judging import Judgement, links_below, opens_tail
from zhclean.boilerplate.matching import is_quoted
from zhclean.boilerplate.notices import NoticeRule, Words
from zhclean.boilerplate.page import CLOCK, NUMBERED_LINE, Claim, Line, Page
from zhclean.boilerplate.templates import SLOTS

__all__ = ["DETECT_FIRST", "DETECT_THEN", "Detector"]

Detector = Callable[[Judgement, NoticeRule], None]

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


#: Readings of lines that are remembered by each detector, for pages are looked at more than once.
_MOST_KNOWN: Final = 2048
#: Longer lines are none of those that are read.
_LONGEST: Final = 160


def _either(*lists: tuple[str, ...]) -> str:
    """A pattern of any of the words, the longest first."""
    words = sorted((word for words in lists for word in words), key=len, reverse=True)
    return "|".join(map(literal_pattern, words)) or "(?!)"


@cache
def _words(words: Words, name: str) -> re.Pattern[str]:
    return re.compile(_either(words[name]))


def metadata(judgement: Judgement, rule: NoticeRule) -> None:
    """A cluster of date, source, author and counters: labels and values and little else."""
    read = _metadata_reader(rule.words)
    bare: list[Line] = []
    for line in judgement.edges():
        found = read(line.core) if 4 <= len(line.core) <= _LONGEST else ""
        if found == "cluster":
            judgement.take(line, rule)
        elif found == "stamp":
            bare.append(line)
    if len(bare) <= 2:  # more of them are the log, the chat or the table of the body
        for line in bare:
            if judgement.fits(line, "head"):
                judgement.take(line, rule)


@cache
def _metadata_reader(words: Words) -> Callable[[str], str]:
    """Tells a line that is a "cluster" of labels and values, or a "stamp" of day and time."""
    pattern = _metadata_pattern(words)
    veto = _words(words, "veto")

    @lru_cache(_MOST_KNOWN)
    def read(core: str) -> str:
        if "。" in core or veto.search(core):
            return ""
        strong = tokens = covered = 0
        for token in pattern.finditer(core):
            tokens += 1
            covered += len(_WORDY.findall(token.group()))
            strong += token.lastgroup in ("strong", "count") or bool(CLOCK.search(token.group()))
        share = covered / max(1, len(_WORDY.findall(core)))
        if strong and tokens >= 2 and share >= 0.6:
            return "cluster"
        return "stamp" if strong and _STAMP.fullmatch(core) else ""

    return read


def _metadata_pattern(words: Words) -> re.Pattern[str]:
    date, number, unit = SLOTS["date"], SLOTS["n"], _either(words["units"])
    value = rf"[ \u3000]?[:：][ \u3000]?(?:{date}|[ \u3000]?[^\s|｜:：]{{0,24}})"
    return re.compile(
        rf"(?P<strong>(?:{_either(words['strong'])}){value})"
        rf"|(?P<weak>(?:{_either(words['weak'])}){value})"
        rf"|(?P<date>{date})"
        rf"|(?P<count>(?:{unit})[ \u3000]*[(（]?{number}[)）]?|{number}[ \u3000]*(?:{unit}))"
        rf"|(?P<word>{_either(words['words'])})"
    )


def controls(judgement: Judgement, rule: NoticeRule) -> None:
    """Buttons, forms and counters: lines of words that only a page's controls use."""
    read = _controls_reader(rule.words)
    free = {line.index: line for line in judgement.edges()}
    found = {}
    for index, line in free.items():
        if len(line.core) <= 80 and not line.prose and (hits := read(line.core)):
            found[index] = hits
    run: list[int] = []
    for index in [*found, -1]:
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


@cache
def _controls_reader(words: Words) -> Callable[[str], int]:
    """Counts the controls of a line that holds little else."""
    pattern = _words(words, "controls")

    @lru_cache(_MOST_KNOWN)
    def read(core: str) -> int:
        hits = pattern.findall(core)
        letters = sum(1 for letter in _WORDY.findall(core) if not letter.isdigit())
        return len(hits) if hits and sum(map(len, hits)) >= 0.8 * letters else 0

    return read


def breadcrumb(judgement: Judgement, rule: NoticeRule) -> None:
    """Home > section > article."""
    read = _breadcrumb_reader(rule.words)
    for line in judgement.edges():
        if line.prose or len(line.core) > 120:
            continue
        begins, is_path = read(line.core)
        if is_path or (begins and _title_below(judgement, line)):
            judgement.take(line, rule)


@cache
def _breadcrumb_reader(words: Words) -> Callable[[str], tuple[bool, bool]]:
    """Tells whether a line begins like a path, and whether it is one by its separators."""
    ends = re.compile(f"(?:{_either(words['ends'])})$")
    home = _words(words, "home")

    @lru_cache(_MOST_KNOWN)
    def read(core: str) -> tuple[bool, bool]:
        cells = _SEPARATOR.split(core)
        first = cells[0]
        is_path = len(cells) >= 2 and max(map(len, cells)) <= 60
        named = is_path and bool(home.search(first) or ends.search(first))
        return home.match(core) is not None, named

    return read


def _title_below(judgement: Judgement, line: Line) -> bool:
    """Whether the line ends with the title that stands below it."""
    page = judgement.page
    for index in range(line.index + 1, min(line.index + 4, page.count)):
        other = page.lines[index]
        if len(other.core) >= 6:
            return line.core.endswith(other.core) and len(line.core) > len(other.core)
    return False


def numbered_notice(judgement: Judgement, rule: NoticeRule) -> None:
    """A numbered list that speaks of documents, downloads and accounts: the site's terms."""
    page = judgement.page
    words = _words(rule.words, "platform")
    heads = _words(rule.words, "headings")
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
    first = NUMBERED_LINE.match("\n" + page.text[: page.lines[0].stop])
    if first is not None:
        items.append(page.lines[0])
    for match in NUMBERED_LINE.finditer(page.text):
        line = page.line_at(match.start() + 1)
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
    for line in judgement.edges():
        cells = [] if line.prose else line.core.split()
        if len(cells) < 2 or line.section or _INNER_STOP.search(line.core):
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
    for line in judgement.edges():
        if line.prose or line.core.count(":") + line.core.count("：") < 4 or "。" in line.core:
            continue
        labels = [match.group(1) for match in _LABEL.finditer(line.core[:4000])]
        if len(labels) >= 4 and len(set(labels)) == 1:
            judgement.take(line, rule)


def watermark(judgement: Judgement, rule: NoticeRule) -> None:
    """An address of a site that stands by itself, or with its slogan, again and again."""
    text = judgement.page.text
    if "w." not in text and "W." not in text:
        return
    use = _words(rule.words, "use")
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
    above = page.filled(range(min(60, page.count)))
    title = None
    lines: list[Line] = []
    for line in islice((line for line in above if line.index not in judgement.taken), 12):
        if len(line.core) > 8:
            title = line
            break
        lines.append(line)
    words = [line.core for line in lines if not line.core.isdigit()]
    if title is None or len(lines) < 3 or len(words) < 2:
        return
    position = 0
    inside = 0
    for word in words:
        found = title.core.find(word, position)
        if found >= 0:
            position = found + len(word)
            inside += 1
    if inside >= len(words) - 1 and sum(map(len, words)) * 2 >= len(title.core):
        for line in lines:
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
