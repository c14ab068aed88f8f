"""What a platform puts between a title and its text: who wrote it, what it holds, how it begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice, takewhile
from typing import Final

from zhclean.boilerplate.judging import Judgement
from zhclean.boilerplate.notices import NoticeRule, Words
from zhclean.boilerplate.page import ORNAMENT, Line, Page
from zhclean.boilerplate.vocabulary import either, words_pattern

__all__ = ["author_card", "contents_box", "repeated_summary"]

#: The head of a page has so many lines at most.
_HEAD: Final = 24
#: With so many lines of furniture the button may stand alone.
_FURNISHED: Final = 3
#: A card has so many lines above its button.
_CARD: Final = 3
_LONGEST_NAME: Final = 16
_LONGEST_TITLE_OF_AUTHOR: Final = 40
_SHORTEST_TITLE: Final = 6
_NO_NAME: Final = re.compile("[。，！？!?；;：:、,《》“”]")

#: A box of contents names so many sections, each with its number in front or without one.
_FEWEST_SECTIONS: Final = 2
_MOST_SECTIONS: Final = 80
_ENTRY: Final = re.compile(r"(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[. \u3000]*)?(?P<title>\S.{0,40})")
#: The buttons behind the heading of a section.
_BUTTONS: Final = re.compile(r"[ \u3000]*(?:\[[^\[\]]{2,12}\]|编辑|編輯)+$")

#: What a label may stand in.
_BOX: Final = "【】[]"
#: A summary repeats so much of its text.
_SHORTEST_SUMMARY: Final = 20
_CUT: Final = re.compile(
    r"[ \u3000]*(?:\.{2,6}|…{1,2})?[ \u3000]*(?:[\[【(（][^\[\]【】()（）]{2,6}[\]】)）])?$"
)


def author_card(judgement: Judgement, rule: NoticeRule) -> None:
    """The name of an author, and what he is, above the button that follows him.

    A title stays above the card, or below it.
    """
    button = _button(rule.words)
    head = list(_head(judgement))
    free = [place for place, line in enumerate(head) if line.index not in judgement.taken]
    furnished = len(judgement.taken) >= _FURNISHED
    for place, line in enumerate(head):
        if line.index in judgement.taken:
            found = button.search(line.core)
        else:
            found = button.fullmatch(line.core) if furnished else None
        if found is None:
            continue
        card = [one for one in free if place - _CARD <= one < place][-2:]
        card = [one for one in card if head[one].index not in judgement.titles]
        titled = any(len(head[one].core) >= _SHORTEST_TITLE for one in free if one > place)
        if not titled:
            card = [one for one in card if one != free[0]]
        lines = [head[one] for one in card]
        if lines and _is_name(lines[0]) and len(lines[-1].core) <= _LONGEST_TITLE_OF_AUTHOR:
            for one in (*lines, line):
                judgement.take(one, rule)


@cache
def _button(words: Words) -> re.Pattern[str]:
    return re.compile(f"(?:^|[ \u3000|·+＋])(?:{either(words['follow'])})(?:$|[ \u3000|·0-9])")


def _head(judgement: Judgement) -> Iterator[Line]:
    lines = islice(judgement.page.filled(range(judgement.first_prose)), _HEAD)
    return takewhile(lambda line: not line.prose, lines)


def _is_name(line: Line) -> bool:
    return len(line.core) <= _LONGEST_NAME and _NO_NAME.search(line.core) is None


def contents_box(judgement: Judgement, rule: NoticeRule) -> None:
    """The box of an encyclopaedia that names the sections below it."""
    if not judgement.codes & set(rule.words["beside"]):
        return
    page = judgement.page
    heading = words_pattern(rule.words, "heading")
    for line in islice(page.filled(), 2 * _HEAD):
        if heading.fullmatch(_BUTTONS.sub("", line.core)) is None:
            continue
        below = list(page.filled(range(line.index + 1, page.count)))
        sections = Counter(_BUTTONS.sub("", one.core) for one in below)
        buttons = [one for one in below[:1] if not _BUTTONS.sub("", one.core)]
        entries: dict[str, Line] = {}
        for one in below[len(buttons) : _MOST_SECTIONS]:
            entry = _ENTRY.fullmatch(one.core)
            title = entry["title"] if entry is not None else ""
            # Without a number, the entry itself is one of those.
            if title in entries or sections[title] <= (title == one.core):
                break
            entries[title] = one
        if len(entries) >= _FEWEST_SECTIONS:
            for one in (line, *buttons, *entries.values()):
                judgement.take(one, rule)
        return


def repeated_summary(judgement: Judgement, rule: NoticeRule) -> None:
    """The beginning of the text, which the site repeats in a box above it."""
    page = judgement.page
    found = False
    for line, label, summary in _summaries(page, rule.words):
        if len(summary) >= _SHORTEST_SUMMARY and page.text.find(summary, line.stop) >= 0:
            judgement.take(line, rule)
            if label is not None:
                judgement.take(label, rule)
            found = True
    if found:
        judgement.survey([*judgement.claims, *judgement.headings])


def _summaries(page: Page, words: Words) -> Iterator[tuple[Line, Line | None, str]]:
    """Lines of the head that may repeat the text: each with the label above it, and what it says.

    Few lines begin like a label or a box, and the others are not even measured.
    """
    opening = _opening(words)
    opened = [page.line_at(match.end()) for match in opening.finditer(page.text)]
    if opening.match("\n" + page.text[: page.lines[0].stop]):
        opened.insert(0, page.lines[0])
    if not opened:
        return
    label = words_pattern(words, "labels")
    head = range(_end_of_head(page))
    for line in opened:
        if line.index not in head:
            return
        heading = label.fullmatch(line.core.strip(_BOX)) is not None
        summary = _summary(line.core, label)
        if summary is not None:
            above = page.filled_before(line.index)
            if above is not None and label.fullmatch(above.core.strip(_BOX)) is None:
                above = None
            yield line, above, summary
        below = page.filled_behind(line.index) if heading else None
        if below is not None and below.index in head and _summary(below.core, label) is None:
            yield below, line, _uncut(below.core)


@cache
def _opening(words: Words) -> re.Pattern[str]:
    """How such lines begin: with a line break in front, which is quick to search for."""
    return re.compile(
        rf"\n[{re.escape(ORNAMENT)}]*+(?:[{re.escape(_BOX)}]|{either(words['labels'])})"
    )


def _end_of_head(page: Page) -> int:
    """The index behind the last line of the head."""
    if page.count <= _HEAD:
        return page.count
    head = list(islice(page.filled(), _HEAD))
    return head[-1].index + 1 if head else 0


def _summary(core: str, label: re.Pattern[str]) -> str | None:
    """What a line says behind a label and a colon, or behind a label in a box."""
    match = label.match(core)
    if match is not None and core[match.end() : match.end() + 1] in (":", "："):
        return _uncut(core[match.end() + 1 :].strip())
    if core.startswith("【") and 0 < core.find("】") < len(core) - 1:
        return _uncut(core[core.find("】") + 1 :].strip())
    return None


def _uncut(summary: str) -> str:
    return _CUT.sub("", summary).rstrip("。 ")
