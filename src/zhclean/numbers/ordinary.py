"""Ordinary quantities: those that nothing around them can change, read without the grammar.

Most quantities of a text are a regular numeral and a common unit between neighbours that no
rule looks at: 全年投资三千万元用于. For these the long way through the grammar ends where it
began. `find` takes the numeral and the unit and asks of each neighbour whether any rule could
look at it; if one could, it finds nothing and the grammar decides. What it does find the
grammar would read in the same way, only slower (tests/numbers/test_ordinary.py compares).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from zhclean.numbers import bounds, identifiers, labels, lexicon, numerals, verse
from zhclean.numbers.characters import HAN, VAGUE
from zhclean.numbers.compound import NO_TENTHS
from zhclean.numbers.numerals import Numeral
from zhclean.numbers.units import SMALL_COINS, Unit, match_unit

__all__ = ["Ordinary", "find", "numeral"]

#: Where its digits end, where the quantity ends, and whether it could stand in a line of verse.
#: Of what is read and stays (《三十人》) the first is where it begins.
Ordinary = tuple[int, int, bool]

_DIGIT: Final = "0-9０-９"
_ONES: Final = "一二三四五六七八九"
_UNITS: Final = "十百千万亿萬億"
#: No rule looks at what stands before, or only in search of what is not there: a label (第, x,
#: 某), a sign, a currency, ASCII, another numeral with or without a joint (三元|五).
_BEFORE: Final = (
    rf"(?:(?<=\n)|(?<=[^\x00-\x7f\s第某又ｘＸ×＊○□✕＿．：∶·{_DIGIT}{HAN}{VAGUE}－−–～—±负負¥￥＄€£￡]))"
    rf"(?<![{VAGUE}{_DIGIT}{HAN}][点點，到至元角块塊毛米斤成])(?<!零下)(?<![负負]的)(?<![十百千万萬]有)"
)
#: Nor at what stands behind: no further numeral, no mask, letter or space.
_BEHIND: Final = rf"(?![\x00-\x7f\s{_DIGIT}{HAN}{VAGUE}点點．·折角毛打多余餘来來ｗＷｋＫｘＸ×＊○□✕＿％]|份[ \u3000]?之)"
_ARABIC: Final = r"(?:[1-9][0-9]{0,14}+(?:\.[0-9]{1,9}+)?+|0\.[0-9]{1,9}+)[万亿萬億]"
_CHINESE: Final = (
    rf"(?:[{_ONES}十]|零(?=[点點])|[两兩](?![{_ONES}十零〇两兩]))(?:[{_ONES}{_UNITS}零〇]|[两兩](?=[{_UNITS}])){{0,11}}+"
    rf"(?:[点點][零〇{_ONES}]{{1,9}}+[万亿萬億]?+)?+"
)
_ORDINARY: Final = re.compile(
    rf"{_BEFORE}(?:(?P<year>[〇零○Ｏ{_ONES}]{{4}}(?=年(?![级級代])))"
    rf"|(?:{_ARABIC}|(?<!、)(?P<share>[百千]分之)?+{_CHINESE})"
    rf"(?P<more>[多余餘](?![样少边方云亏么额下地热杭姚{HAN}]))?+{_BEHIND})"
)
#: Single numerals change before precise units alone.
_PRECISE: Final = frozenset({"measure", "percent_point"})
_GROUPS: Final = _PRECISE | {"money", "short", "time", "classifier", "multiple"}
_LITERARY: Final = frozenset({"classifier", "time", "short"})
#: Trains and sessions, of which 次 is the number, begin like this.
_NUMBERED: Final = frozenset("列特快直旅航班全会會代")
#: Behind a unit: further numerals, ranges, halves, 整, a second 多.
_AFTER_UNIT: Final = frozenset(
    f"0123456789０１２３４５６７８９{HAN}{VAGUE} \u3000/／-－–~～〜—─至到和与與跟同半整正多"
)
#: Behind a number without a unit: ranges, labels (号, 楼), quarters, shares, sums.
_AFTER_NUMBER: Final = frozenset("－–～〜—─至到和与與跟同半号號楼期届屆级級季大个個分份块塊度成﹪‰")
#: Behind tenths: words of compound.py, and the end of a name (“李五成”).
_AFTER_TENTHS: Final = _AFTER_UNIT | frozenset(
    f"{NO_TENTHS}”’」』个個余餘来來ｗＷｋＫｘＸ×＊○□✕＿％"
)
_NUMERAL: Final = frozenset(HAN + VAGUE)
#: Behind a number without a unit: nothing more to read.
_BOUNDARY: Final = frozenset("，。；！？：")
#: In front of one: bounds, and what makes a label of it.
_BEFORE_BARE: Final = bounds.LAST | frozenset("比是第初月腊周期双")
#: What stands behind a bound (达到三百), and often behind none.
_BEHIND_BOUND: Final = frozenset("了为為有在到達达")
#: Behind one: bounds, marks, months, quarters, 两大.
_BEHIND_BARE: Final = bounds.FIRST_AFTER | frozenset("，。、；：！？（）【】“”‘’《》～—…月季大")
_SINGLE: Final = frozenset(f"{_ONES}两兩")
#: Before 度 these make it a temperature, in amounts.py.
_WARM: Final = re.compile(r"[华華摄攝]氏|(?:零上|气[温溫]为?|[温溫]度为?|[体體][温溫])\Z")


@lru_cache(maxsize=4096)
def numeral(source: str) -> Numeral | None:
    """The numeral that is all of `source`, if it has one exact value and begins with a digit."""
    found = numerals.read(source, 0)
    if found is None or found.end != len(source) or found.vague or not found.leading:
        return None
    return found


def find(text: str, start: int) -> Ordinary | None:
    """The ordinary quantity at `start`, or None, also where there is another one."""
    match = _ORDINARY.match(text, start)
    if match is None:
        return None
    end = match.end()
    year, share, more = match.groups()
    if year is not None:
        end = identifiers.date_end(text, start)
        return end, end, False
    numeral_end = end if more is None else end - 1
    number = numeral(text[start if share is None else start + 3 : numeral_end])
    if number is None:
        return None
    if text[numeral_end - 1] == "千" and match_unit(text, numeral_end - 1) is not None:
        return None  # 五千克
    found = match_unit(text, end)
    if share is not None:
        if found is not None or more is not None or text[end : end + 1] in _AFTER_UNIT:
            return None
        measured, literary, stop = True, False, end
    elif found is None:
        if text[end : end + 1] == "成":
            return _tenths(text, start, end)
        if more is not None or text[end : end + 1] in _AFTER_NUMBER:
            return None
        if not number.han:
            return end, end, False
        if _stays_bare(text, start, number, end):
            return start, end, False
        if not _counts_bare(text, start, number, end):
            return None
        measured, literary, stop = False, True, end
    else:
        unit, stop = found
        if not _counts(text, start, number, unit, end, stop):
            return None
        literary = unit.group in _LITERARY and unit.name not in verse.MODERN
        measured = unit.group not in ("classifier", "time")
    if number.han and (
        lexicon.protected(text, start, numeral_end, stop, measured=measured)
        or verse.in_title(text, start, stop)
    ):
        return start, numeral_end, False
    return numeral_end, stop, literary and number.han


def _tenths(text: str, start: int, end: int) -> Ordinary | None:
    """三成, which is written anew with its unit."""
    stop = end + 1
    following = text[stop : stop + 1]
    if (
        text[start:end] not in _SINGLE
        or following in _AFTER_TENTHS
        or "\x00" <= following <= "\x7f"
    ):
        return None
    if (
        lexicon.protected(text, start, stop, stop, measured=True)
        or verse.in_title(text, start, stop)
        or labels.is_name(text, start, stop)
        or labels.is_perhaps(text, start, stop)
    ):
        return start, end, False
    return stop, stop, True


def _stays_bare(text: str, start: int, number: Numeral, end: int) -> bool:
    """Whether no rule could make a Chinese numeral without a unit count: 五十七时."""
    following = text[end : end + 1]
    return (
        number.scale == 1
        and following != ""
        and following not in _BEHIND_BARE
        and (
            text[start - 1] not in _BEFORE_BARE
            or (text[start - 1] in _BEHIND_BOUND and not bounds.before(text, start)[0])
        )
        and text[start - 2 : start - 1] != "比"
    )


def _counts_bare(text: str, start: int, number: Numeral, end: int) -> bool:
    """Whether a Chinese numeral without a unit counts, be what it may around it: 三百二十五。"""
    if (
        number.positional
        or number.point
        or text[start - 1] in labels.OPENING
        or labels.PLAN.match(text, start) is not None
    ):
        return False
    if number.scale != 1:
        return not lexicon.is_word(text[end - 1 : end + 1])
    return (
        number.low >= 100
        and end - start > 2
        and text[end : end + 1] in _BOUNDARY
        and text[start - 1] not in _BEFORE_BARE
        and text[start - 2 : start - 1] != "比"
    )


def _ends_before_numeral(text: str, unit: Unit, stop: int) -> bool:
    """Whether a numeral behind the unit begins a quantity: 百人三年, but not 一米八, 三元五角, 两个亿."""
    if text[stop - 1] in "元圆圓":
        return text[stop] in _ONES and text[stop + 1 : stop + 2] not in tuple("角毛分")
    return unit.group not in ("money", "short", "temperature") and unit.name != "个"


def _counts(text: str, start: int, number: Numeral, unit: Unit, end: int, stop: int) -> bool:
    """Whether the unit `text[end:stop]` is one that can be told without the grammar."""
    name, group = unit.name, unit.group
    if group not in _GROUPS or name == "W" or name in SMALL_COINS:
        return False
    following = text[stop : stop + 1]
    if following in _AFTER_UNIT and not (
        following in _NUMERAL and _ends_before_numeral(text, unit, stop)
    ):
        return False
    if number.positional or labels.names_provision(text, start, stop, unit):
        return False
    if labels.is_shorthand(number, unit) or labels.is_day(text, start, number, unit):
        return False
    if number.end == 1 and (
        group not in _PRECISE or len(name) == 1 or (group == "measure" and text[start] == "一")
    ):
        return False
    if name == "年":
        return not (
            number.zero_first or 1900 <= number.low <= 2099 or labels.follows_reign(text, start)
        )
    if name == "次":
        return following not in _NUMBERED
    if name in ("分", "秒"):  # not the minutes of a clock, nor 三百分点
        return text[start - 1] not in "点點时時分：" and following not in tuple("点點")
    if name == "分钟":
        return not number.point
    if name == "度":
        return _WARM.search(text, max(0, start - 6), start) is None
    return text[end] not in "块塊" or number.low >= 10
