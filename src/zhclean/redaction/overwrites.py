"""Overwrites: a blanket replace that put one year where counts stood (`企业2023家`, `220230件`).

One such count proves nothing. The rules weigh the page: the same year as the count of
different things close together, digit strings that contain it, and a page whose real years
are masked, which is where blanket replaces come from.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from zhclean.edits import Flag
from zhclean.redaction.lexicon import measure_source
from zhclean.redaction.signs import LONGEST_COUNT

__all__ = ["find_overwrites", "may_count"]

#: How many characters apart two pieces of evidence may stand.
_NEAR: Final = 1500


#: How far the date may stand when it is the only evidence.
_SENTENCE: Final = 100


@dataclass(frozen=True, slots=True)
class _Count:
    start: int
    end: int
    year: str
    kind: str
    exact: bool  # the year itself (2023家, 2023万元) and not digits around it
    fact: str  # what is counted (the characters in front, the unit) and the number itself
    weak: bool  # may number and not count: evidence of nothing


@cache
def _count() -> re.Pattern[str]:
    # All digits of a number at once and never from its middle: linear on digits without end.
    # What begins with a class is searched for faster than what begins with a look-behind.
    return re.compile(
        r"(?P<number>[0-9](?<![0-9.][0-9])(?<![0-9],[0-9])"
        r"(?=(?:(?<=1)9[89]|(?<=2)0[0-3]|[0-9]*?(?:19[89]|20[0-3]))[0-9])"
        r"[0-9]{3,}+(?:\.[0-9]++)?)"
        rf"(?P<unit>{measure_source()}|[%％]|(?=[，,。;；]))"
    )


_YEAR: Final = re.compile("19[89][0-9]|20[0-3][0-9]")
#: What makes a year a year although a measure word follows: 2013年, 2013级, 第2013号.
_NOT_COUNTS: Final = frozenset("号號期级級届屆版款章年月日时時点點分秒度次节節位条條路班")
#: Of these, what counts where the same year stands as another count.
_COUNTS_BESIDE: Final = frozenset("次位条條期节節")
#: Units that end like one of these and count.
_COUNTS: Final = (
    *(f"{one}次" for one in "人家批台臺户戶场場项項"),
    "单位",
    "單位",
    *(f"{one}{two}" for one in "多余餘" for two in "条條"),
)


def may_count(unit: str) -> bool:
    """Whether a number before `unit` counts something."""
    return unit[-1:] not in _NOT_COUNTS or unit.endswith(_COUNTS)


def _counts(text: str) -> Iterable[_Count]:
    for match in _count().finditer(text):
        number, unit = match["number"], match["unit"]
        if len(number) > LONGEST_COUNT:
            continue
        start, end = match.span("number")
        weak = not may_count(unit)
        if weak and unit[-1:] not in _COUNTS_BESIDE:
            continue
        whole = number.split(".")[0]
        if not unit and len(whole) < 9:
            continue
        if number[0] == "0" or text[max(0, start - 1) : start] in ("-", "~", "—", "第", "/", "至"):
            continue
        kind = "percent" if unit in ("%", "％") else "number"
        fact = text[max(0, start - 6) : start] + unit + number
        for found in _YEAR.finditer(whole):
            year = found[0]
            # The numbers stage writes 2023万 as 20230000: the same year still.
            rest = whole[found.end() :]
            exact = found.start() == 0 and (not rest or (len(rest) >= 4 and not rest.strip("0")))
            if year.endswith("00"):
                continue  # 2000家 is a round number, and 5520000元 contains it
            yield _Count(start, end, year, kind, exact, fact, weak)
            break


#: Units of things that institutions count one by one; people, money and measures reach the
#: size of a year too often.
_SINGLE: Final = re.compile(
    "[余餘]?(?:家次?|[项項]|件|[个個]|[场場]次?|篇|所|座|批次|起|[台臺]|宗|批)"
)


def find_overwrites(text: str, *, masked_years: bool) -> list[Flag]:
    """Flags for counts that hold a year; `masked_years`: the page has years like `20xx`.

    Nothing where the expression for "counts" finds nothing.
    """
    by_year: dict[str, list[_Count]] = defaultdict(list)
    for count in _counts(text):
        by_year[count.year].append(count)
    return [
        Flag(count.start, count.end, count.kind, "R401" if count.exact else "R402")
        for year, counts in by_year.items()
        for index, count in enumerate(counts)
        if _believable(text, count, counts, index, masked_years=masked_years)
    ]


def _believable(
    text: str, count: _Count, counts: list[_Count], index: int, *, masked_years: bool
) -> bool:
    near = [
        other
        for other in counts[max(0, index - 20) : index + 21]
        if abs(other.start - count.start) <= _NEAR and other.fact != count.fact and not other.weak
    ]
    if any(other.exact for other in near):
        return count.exact or not count.weak
    if count.weak:
        return False
    dates = (f"{count.year}年", f"{count.year}-")
    if near or (masked_years and count.exact):
        page = text[max(0, count.start - _NEAR) : count.end + _NEAR]
        return masked_years or any(date in page for date in dates)
    if not count.exact or not _SINGLE.match(text, count.end):
        return False
    sentence = text[max(0, count.start - _SENTENCE) : count.end + _SENTENCE]
    return f"{count.year}年" in sentence
