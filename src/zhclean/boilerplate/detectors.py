"""Furniture that has a structure rather than a wording: no site's phrase is needed.

Each detector reads its vocabulary from its rule in the packs and adds claims to a judgement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice
from typing import Final

from zhclean.boilerplate.extent import SURE
from zhclean.boilerplate.heads import author_card, contents_box, repeated_summary
from zhclean.boilerplate.judging import Judgement
from zhclean.boilerplate.matching import is_quoted
from zhclean.boilerplate.notices import NoticeRule, Words
from zhclean.boilerplate.page import NUMBERED_LINE, Claim, Line, Page
from zhclean.boilerplate.paragraphs import notice_paragraph
from zhclean.boilerplate.posts import post_cards
from zhclean.boilerplate.records import metadata, record_reader, recurring_record
from zhclean.boilerplate.sites import (
    ARROW,
    CELL_BREAK,
    menu_reader,
    menu_row,
    path_beside,
    site_name,
    site_voice,
    title_tail,
)
from zhclean.boilerplate.tails import between, tail_list, web_words
from zhclean.boilerplate.vocabulary import MOST_KNOWN, either, words_pattern

__all__ = ["DETECT_FIRST", "DETECT_THEN", "Detector", "furniture_reader"]

Detector = Callable[[Judgement, NoticeRule], None]

_WORDY: Final = re.compile(r"[\w]")
#: What a site writes behind the titles of a list.
_FILED: Final = re.compile(
    r"[ \t\u3000](?:[0-9.,]+[万w+]* ?(?:个回答|个答案|条评论|条回答|人阅读|人看过|次浏览|次阅读|跟贴|跟帖|回复|评论|浏览|阅读|页|[pP]|赞)"
    r"|[0-9.,~-]+ ?(?:元|万元|万|元/月|元/平米?|千/月|平|平米|㎡|分|起)(?: \S{1,12})?"
    r"|[\[(]?(?:(?:19|20)[0-9]{2}[-/.])?[0-9]{2}[-/][0-9]{2}[\])]?)$"
)
#: A counter among buttons.
_COUNT: Final = re.compile(r"[0-9:： ,.wWkK万+]{1,8}")
_LABEL: Final = re.compile(r"([\u4e00-\u9fff]{2,6}[:：]) ?[0-9][0-9:.-]*")
_INNER_STOP: Final = re.compile(r"[。，；：、,;=+]|: ")
_LATIN: Final = re.compile(r"[A-Za-z0-9-]")
_TOKEN_END: Final = re.compile(r"[\s\u3000。，,；;]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_WWW: Final = re.compile(r"[Ww][Ww][Ww]\.")
_ADDRESS: Final = re.compile(
    r"(?<![A-Za-z0-9_/.])www\.[a-z0-9-]{2,40}\.(?:com|net|cn|org)(?:\.cn)?(?![A-Za-z0-9_/.])",
    re.IGNORECASE,
)
_SPACED: Final = re.compile(
    "(?<![A-Za-z0-9])w w w ?[.] ?(?:[a-z0-9] ){2,30}[.] ?"
    "(?:c o m|n e t|o r g|c n|c c|l a|i n f o)(?: ?[.] ?c n)?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
#: What is to be done with an address stands so near in front of it.
_BEFORE: Final = 12


#: A row of sections has so many, and none is longer.
_SECTIONS: Final = 4
_LONGEST_SECTION: Final = 8
#: So many buttons in a row are furniture, alone and on a page with so many lines of furniture.
_BUTTONS_ALONE: Final = 4
_BUTTONS_BESIDE: Final = 2
_FURNISHED: Final = 3
#: What records of a page weigh among furniture; longer lines are no rows.
_WEIGHTS: Final = {"cluster": SURE, "sure": 1}
_LONGEST_ROW: Final = 120
#: A row of buttons has so many cells; what they act on has so many characters.
_CELLS: Final = 3
_LONGEST_OBJECT: Final = 5
_LONGEST_LABEL: Final = 12


def controls(judgement: Judgement, rule: NoticeRule) -> None:
    """Buttons, forms and counters: lines of words that only a page's controls use."""
    read = _controls_reader(rule.words)
    free = {line.index: line for line in judgement.edges()}
    found = {}
    for index, line in free.items():
        if len(line.core) <= 80 and not line.prose and (hits := read(line.core)):
            found[index] = hits
        elif found and _COUNT.fullmatch(line.core):
            found[index] = 0
    furnished = len(judgement.taken) >= _FURNISHED
    run: list[int] = []
    for index in [*found, -1]:
        behind = judgement.page.filled_behind(run[-1]) if run else None
        if run and (behind is None or behind.index != index):
            before = judgement.page.filled_before(run[0])
            beside = any(
                line is not None and line.index in judgement.taken for line in (before, behind)
            )
            buttons = sum(found[one] > 0 for one in run)
            needed = _BUTTONS_BESIDE if furnished else _BUTTONS_ALONE
            if buttons and (beside or buttons >= 3 or sum(found[one] for one in run) >= needed):
                for one in run:
                    judgement.take(free[one], rule)
            run = []
        if run or index < 0 or found[index]:
            run.append(index)


@cache
def _controls_reader(words: Words) -> Callable[[str], int]:
    """Counts the controls of a line that holds little else."""
    pattern = words_pattern(words, "controls")
    button = re.compile(
        f"(?:{either(words['verbs'])})[\u4e00-\u9fffA-Za-z]{{0,{_LONGEST_OBJECT}}}"
        f"|[\u4e00-\u9fffA-Za-z]{{1,{_LONGEST_OBJECT}}}(?:{either(words['objects'])})"
    )

    @lru_cache(MOST_KNOWN)
    def read(core: str) -> int:
        hits = pattern.findall(core)
        if len(core) > _LONGEST_LABEL and not _HAN.search(core):
            return 0  # A- A A+ is a row of buttons, a+a+a+a+a+a+a is none
        letters = sum(1 for letter in _WORDY.findall(core) if not letter.isdigit())
        if hits and sum(map(len, hits)) >= 0.8 * letters:
            return len(hits)
        cells = [cell for cell in CELL_BREAK.split(core) if not _COUNT.fullmatch(cell)]
        if len(cells) < _CELLS or max(map(len, cells)) > _LONGEST_SECTION:
            return 0
        known = sum(1 for cell in cells if pattern.fullmatch(cell) or button.fullmatch(cell))
        return known if known >= 2 and known * 3 >= len(cells) * 2 else 0

    return read


def breadcrumb(judgement: Judgement, rule: NoticeRule) -> None:
    """Home > section > article; or the row of sections that begins or ends with home."""
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
    ends = re.compile(f"(?:{either(words['ends'])})$")
    last = words_pattern(words, "last")
    home = words_pattern(words, "home")

    @lru_cache(MOST_KNOWN)
    def read(core: str) -> tuple[bool, bool]:
        cells = [] if "<" in core or "://" in core else ARROW.split(core)
        first = cells[0] if cells else ""
        is_path = len(cells) >= 2 and max(map(len, cells)) <= 60
        named = is_path and bool(
            home.search(first) or ends.search(first) or last.fullmatch(cells[-1])
        )
        row = CELL_BREAK.split(core)
        is_row = len(row) >= _SECTIONS and max(map(len, row)) <= _LONGEST_SECTION
        listed = is_row and any(map(home.fullmatch, (row[0], row[-1])))
        return home.match(core) is not None, named or listed

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
    words = words_pattern(rule.words, "platform")
    heads = words_pattern(rule.words, "headings")
    found_some = False
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
            found_some = True
    if found_some:
        judgement.survey([*judgement.claims, *judgement.headings])


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


def title_rows(judgement: Judgement, rule: NoticeRule) -> None:
    """Rows of titles or section names without a heading, beside other furniture."""
    if not judgement.taken:
        return
    page = judgement.page
    rows = []
    for line in judgement.edges():
        cells = [] if line.prose else CELL_BREAK.split(line.core)
        if len(cells) < 2 or line.section or line.core[0] in "(（" or _INNER_STOP.search(line.core):
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
    if judgement.last_prose < 0 and all(count < 4 for _, count, _ in rows):
        return  # they may be verse
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
    if "w w" in text or "W W" in text:
        _spaced(judgement, rule)
    if "w." not in text and "W." not in text:
        return
    hints = list(_WWW.finditer(text))
    if len(hints) < 2:
        return
    use = words_pattern(rule.words, "use")
    places: dict[str, list[tuple[int, int]]] = {}
    behind = 0
    for hint in hints:
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


def _spaced(judgement: Judgement, rule: NoticeRule) -> None:
    """An address written with blanks between its letters, so that no filter knows it."""
    text = judgement.page.text
    use = words_pattern(rule.words, "use")
    for match in _SPACED.finditer(text):
        start, end = match.span()
        above = max(0, start - _BEFORE)
        if use.search(text, above, start) is None and not is_quoted(text, above, start):
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
    "repeated_summary": repeated_summary,
    "metadata": metadata,
    "recurring_record": recurring_record,
    "breadcrumb": breadcrumb,
    "repeated_list": repeated_list,
}

#: and those that look at what else has been found.
DETECT_THEN: Final[Mapping[str, Detector]] = {
    "notice_paragraph": notice_paragraph,
    "post_cards": post_cards,
    "controls": controls,
    "author_card": author_card,
    "contents_box": contents_box,
    "path_beside": path_beside,
    "menu_row": menu_row,
    "title_rows": title_rows,
    "web_words": web_words,
    "between": between,
    "tail_list": tail_list,
    "watermark": watermark,
    "keyword_ladder": keyword_ladder,
    "site_name": site_name,
    "site_voice": site_voice,
    "title_tail": title_tail,
}


def furniture_reader(rules: Mapping[str, NoticeRule]) -> Callable[[Line], int]:
    """Tells how much a line that is no prose reads like furniture, wherever it stands.

    A row of buttons, a path, a record or an entry of a list: each needs more evidence than that
    to be taken. For the weights see `extent.Furniture`.
    """
    found = (rules.get(name) for name in ("controls", "metadata", "breadcrumb", "menu_row"))
    weigh = _weigher(*(None if rule is None else rule.words for rule in found))

    def reads(line: Line) -> int:
        core = line.core
        if not core or line.prose or len(core) > _LONGEST_ROW:
            return 0
        return weigh(core)

    return reads


@cache
def _weigher(
    controls: Words | None, metadata: Words | None, breadcrumb: Words | None, menu: Words | None
) -> Callable[[str], int]:
    """What a line weighs, remembered: the lines of a site come again on each of its pages."""
    readers: list[Callable[[str], int]] = []
    if controls is not None:
        count = _controls_reader(controls)
        readers.append(lambda core: min(SURE, count(core) // 2))
    if metadata is not None:
        record = record_reader(metadata)
        readers.append(lambda core: _WEIGHTS.get(record(core), 0))
    if breadcrumb is not None:
        path = _breadcrumb_reader(breadcrumb)
        readers.append(lambda core: path(core)[1])
    if menu is not None:
        readers.append(menu_reader(menu))

    @lru_cache(MOST_KNOWN)
    def weigh(core: str) -> int:
        filed = _FILED.search(core) is not None
        return max(filed, *(read(core) for read in readers)) if readers else filed

    return weigh
