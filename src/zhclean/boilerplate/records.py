"""The database records of a page: its date, source, author and counters, and those of its posts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Final

from zhclean.boilerplate.forms import class_of
from zhclean.boilerplate.judging import Judgement
from zhclean.boilerplate.notices import NoticeRule, Words
from zhclean.boilerplate.page import CLOCK, ORNAMENT, Line
from zhclean.boilerplate.templates import SLOTS
from zhclean.boilerplate.vocabulary import MOST_KNOWN, either, starts_of, words_pattern

__all__ = ["metadata", "record_reader", "recurring_record"]

_WORDY: Final = re.compile(r"[\w]")
_NAME: Final = r"[^\s()（）,，:：。]{0,20}"
#: Counters whose icons are lost.
_COUNTS: Final = r"(?:[ \u3000·]+[0-9][0-9.,]{0,8}[万wWkK+]?){0,3}"
#: Day and time, the site in front of it or behind.
_STAMP: Final = re.compile(
    rf"(?:[(（\[【]{CLOCK.pattern}(?:[:：][0-9]{{2}})?[)）\]】]"
    rf"|{_NAME}[ \u3000]*(?:[发發]表[于於][ \u3000]*)?{CLOCK.pattern}(?:[:：][0-9]{{2}})?(?:[ \u3000·]+{_NAME})?{_COUNTS})"
)
_DAY: Final = re.compile(r"(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?")
_INNER_STOP: Final = re.compile("[，。,；;、]")
#: What the slots `date` and `n` begin with.
_STARTS_OF_DATE: Final = "0123456789０１２３４５６７８９刚剛昨前"
_LABEL: Final = re.compile("[^:：]{0,10}")
#: Any label and its value; so many in a row, one of them of a record, are a record.
_PAIR: Final = re.compile(r"[\u4e00-\u9fff]{2,6}[:：][ \u3000]?[^\s|｜:：。，；]{1,16}")
_FEWEST_PAIRS: Final = 3
_DIGITS: Final = re.compile("[0-9]+")
#: Longer lines are none of those that are read.
_LONGEST: Final = 160
_LONGEST_RECORD: Final = 60
#: More lines of nothing but a day and a time are the log, the chat or the table of the body.
_MOST_STAMPS: Final = 2
#: A record that comes so often stands beside each post of a board.
_FEWEST_POSTS: Final = 3


def metadata(judgement: Judgement, rule: NoticeRule) -> None:
    """A cluster of date, source, author and counters: labels and values and little else.

    In one line, or one a line: then two of them, or one beside other furniture.
    """
    read = record_reader(rule.words)
    stamps: list[Line] = []
    days: list[Line] = []
    rows: dict[int, str] = {}
    for line in judgement.edges():
        found = read(line.core) if 3 <= len(line.core) <= _LONGEST else ""
        if found == "cluster":
            judgement.take(line, rule)
        elif found == "stamp":
            stamps.append(line)
        elif found == "day":
            days.append(line)
        elif found:
            rows[line.index] = found
    if len(stamps) <= _MOST_STAMPS:
        for line in stamps:
            if judgement.fits(line, "head"):
                judgement.take(line, rule)
    for run in _runs(judgement, rows):
        kinds = [rows.get(line.index, "") for line in run]
        if "sure" in kinds or (kinds.count("strong") + kinds.count("") >= 2 and "strong" in kinds):
            for line in run:
                judgement.take(line, rule)
    for line in days:
        beside = (
            judgement.page.filled_before(line.index),
            judgement.page.filled_behind(line.index),
        )
        touches = any(one is not None and one.index in judgement.taken for one in beside)
        if touches and judgement.fits(line, "head"):
            judgement.take(line, rule)


def _runs(judgement: Judgement, rows: dict[int, str]) -> Iterator[list[Line]]:
    """Records that stand one below the other, and the lines between them that are taken.

    Above and below them one such line will do: there may be as many as the page has lines.
    """
    page = judgement.page
    last = max(rows, default=-1)
    seen: set[int] = set()
    for index in rows:
        if index in seen:
            continue
        run = [page.lines[index]]
        before = page.filled_before(index)
        if before is not None and before.index in judgement.taken:
            run.insert(0, before)
        behind = page.filled_behind(index)
        while behind is not None and (behind.index in rows or behind.index in judgement.taken):
            run.append(behind)
            if behind.index > last:
                break
            behind = page.filled_behind(behind.index)
        seen.update(line.index for line in run)
        yield run


@cache
def record_reader(words: Words) -> Callable[[str], str]:
    """Tells what a line is.

    A "cluster" of labels and values, a "stamp" of day and time, a "day" alone, or one label and
    its value: a "sure" one, a "strong" or a "weak" one.
    """
    pattern = _pattern(words)
    veto = words_pattern(words, "veto")
    sure = words_pattern(words, "sure")
    counters = words_pattern(words, "counters")
    media = re.compile(f"(?:{either(words['media'])})$")

    @lru_cache(MOST_KNOWN)
    def read(core: str) -> str:
        if "。" in core or veto.search(core):
            return ""
        if _DAY.fullmatch(core):
            return "day"
        strong = tokens = covered = 0
        for token in pattern.finditer(core):
            tokens += 1
            covered += len(_WORDY.findall(token.group()))
            strong += token.lastgroup in ("strong", "count") or bool(CLOCK.search(token.group()))
        wordy = max(1, len(_WORDY.findall(core)))
        if strong and tokens >= 2 and covered / wordy >= 0.6:
            return "cluster"
        if strong and _is_pairs(core, wordy):
            return "cluster"
        if strong and _STAMP.fullmatch(core):
            return "stamp"
        if tokens != 1 or covered < wordy or _INNER_STOP.search(core):
            return ""
        label = _LABEL.match(core)
        if label and counters.fullmatch(label.group().strip()) and not _DIGITS.search(core):
            return ""  # it is explained, not counted
        if strong and label and sure.fullmatch(label.group().strip()):
            return "sure" if _DIGITS.search(core) or media.search(core) else "strong"
        return "strong" if strong else "weak"

    return read


def _is_pairs(core: str, wordy: int) -> bool:
    """Whether a line is a row of labels and values, whatever they are."""
    pairs = _PAIR.findall(core)
    return (
        len(pairs) >= _FEWEST_PAIRS
        and sum(len(_WORDY.findall(pair)) for pair in pairs) >= 0.9 * wordy
    )


def _pattern(words: Words) -> re.Pattern[str]:
    date, number, unit = SLOTS["date"], SLOTS["n"], either(words["units"])
    # A colon is looked for first, for the labels are many.
    label = rf"(?=[^:：]{{1,8}}[:：])(?:{either(words['strong'])}|{either(words['weak'])})[:：]"
    value = rf"[ \u3000]*[:：][ \u3000]?(?:{date}|[ \u3000]?(?:(?!{label})[^\s|｜:：]){{0,24}})"
    starts = starts_of(words["strong"], words["weak"], words["units"], words["words"])
    return re.compile(
        rf"(?={class_of(starts + _STARTS_OF_DATE).pattern})(?:"
        rf"(?P<strong>(?:{either(words['strong'])}){value})"
        rf"|(?P<weak>(?:{either(words['weak'])}){value})"
        rf"|(?P<date>{date})"
        rf"|(?P<count>(?:{unit})[ \u3000]*[(（]?{number}[)）]?|{number}[ \u3000]*(?:{unit}))"
        rf"|(?P<word>{either(words['words'])}))"
    )


def recurring_record(judgement: Judgement, rule: NoticeRule) -> None:
    """The same record, but for its figures, beside each post: the user cards of a board."""
    page = judgement.page
    labels = _records(rule.words)
    places = [match.end() for match in labels.finditer(page.text)]
    if len(places) < _FEWEST_POSTS - 1:
        return
    lines: dict[str, list[Line]] = {}
    for line in (page.lines[0], *map(page.line_at, places)):
        if len(line.core) <= _LONGEST_RECORD and not line.prose:
            lines.setdefault(_DIGITS.sub("0", line.core), []).append(line)
    for same in lines.values():
        if len(same) >= _FEWEST_POSTS:
            for line in same:
                judgement.take(line, rule)


@cache
def _records(words: Words) -> re.Pattern[str]:
    """The beginning of a record: with a line break in front, which is quick to search for."""
    return re.compile(rf"\n[{re.escape(ORNAMENT)}]*+(?:{either(words['labels'])})")
