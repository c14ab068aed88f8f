"""What stands around everything that a style writes anew, in the syntax of RE2.

`triggers.changing` says where the grammar begins to read; here the same is said without
look-around but with whole units, words and neighbours on both sides, which cost an automaton
nothing. A text without a match holds nothing to write anew; in a text with one the grammar
decides. What is left out, the grammar never writes anew: single numerals before common units,
numbers read digit by digit, what is vague, clock times, labels. See `zhclean.prefilter`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from zhclean.numbers.bounds import BEFORE
from zhclean.numbers.characters import BIG, DIGITS, HAN, SMALL, TENS
from zhclean.numbers.compound import NO_TENTHS
from zhclean.numbers.tokens import PAIRS
from zhclean.numbers.triggers import ENDS, THOUSANDS
from zhclean.numbers.units import guards

__all__ = ["pattern"]

#: The characters of Chinese numerals by what they do in one.
_ZERO: Final = "".join(one for one, value in DIGITS.items() if not value)
_ONES: Final = "".join(one for one, value in DIGITS.items() if value)
_BIG: Final = "".join(BIG)
_TEN: Final = "".join(one for one, size in SMALL.items() if size == 10)
_HUNDRED: Final = "".join(one for one, size in SMALL.items() if size > 10)
_TENS: Final = "".join(TENS)
_UNITS: Final = f"{_TEN}{_HUNDRED}{_BIG}{_ZERO}{_TENS}"
_ANY: Final = f"0-9{HAN}"
_DECIMALS: Final = "〇零○一二两三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖0-9"
#: What the hours and minutes of a clock are written with.
_HOURS: Final = "一二三四五六七八九十两"
_MINUTES: Final = "一二三四五六七八九零"

#: Never in front of a Chinese numeral that is written anew: another one, a label, a mask, a letter.
_NOT_BEFORE: Final = f"0-9０-９{HAN}几数第某xXｘＸ×*＊□✕＿_.A-Za-z"
_FREE: Final = f"(?:^|[^{_NOT_BEFORE}])"
#: Digits stand beside each other only where a number is read digit by digit, or is vague.
_REST: Final = f"(?:[{_UNITS}]+[{_ONES}]?)*"
#: Two characters or more, the first of them a digit.
_TWO: Final = f"(?:[{_ONES}{_TEN}{_TENS}][{_UNITS}][{_ONES}]?|[{_TEN}{_TENS}][{_ONES}]){_REST}"
#: 二十五.
_TENS_AND_ONES: Final = f"[{_ONES}][{_TEN}][{_ONES}]"
#: Three characters or more, but for those.
_THREE: Final = (
    f"(?:[{_ONES}](?:[{_HUNDRED}{_BIG}{_ZERO}{_TENS}][{_ONES}{_UNITS}]|[{_TEN}][{_UNITS}])"
    f"|[{_TEN}{_TENS}](?:[{_UNITS}][{_ONES}{_UNITS}]|[{_ONES}][{_UNITS}])"
    f"|{_TENS_AND_ONES}[{_UNITS}])[{_ONES}]?{_REST}"
)
_ANY_THREE: Final = f"(?:{_THREE}|{_TENS_AND_ONES})"

_BLANK: Final = "[ \u3000]"
_BLANKS: Final = f"{_BLANK}{{0,4}}"
_CONNECTOR: Final = f"{_BLANK}{{0,2}}[-－–~～〜—─至到]{{1,2}}{_BLANK}{{0,2}}"
_JOINT: Final = f"(?:{_CONNECTOR}|{_BLANK}?[和与與跟同]{_BLANK}?)"
_SIGN: Final = f"(?:[-－−±]|零下|[负負]的?{_BLANK}?)?"
_CURRENCY: Final = "$＄¥￥€£￡"
_MORE: Final = "[多余餘]"
#: 个亿, 个半亿, 个百万.
_COUNTED: Final = f"[个個]半?[百千]?[{_BIG}]"
_POINT: Final = f"{_BLANK}?[点點]{_BLANK}?[{_DECIMALS}]+"
#: What Python takes for white space; \s is less in RE2.
_SPACE: Final = r"\x{9}-\x{d}\x{1c}-\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
_BOUNDARY: Final = rf"{_SPACE}，。、；：！？,.;:!?()（）\[\]【】“”\"'‘’《》<>/|~～—…\-"

_PRECISE: Final = frozenset({"percent", "percent_point", "temperature"})
_MEASURED: Final = _PRECISE | {"measure", "money"}
#: A discount stays: 八五折.
_EVERY: Final = _MEASURED | {"multiple", "short", "time", "classifier"}


@cache
def pattern(style: str) -> str:
    """The pattern of one of the styles."""
    alternatives = list(_width())
    if style != "keep":
        alternatives += _arabic(style)
        alternatives += _single()
        alternatives += _longer()
    return "|".join(alternatives)


def _width() -> Iterator[str]:
    """Full-width characters and thousands separators."""
    yield "[０-９％]|．[0-9]|[0-9][．·・][0-9]|－[0-9]"
    yield "(?:^|[^0-9])[0-9]{1,3}[,，][0-9]{3}(?:[^0-9]|$)"


def _arabic(style: str) -> Iterator[str]:
    """Arabic digits, and what enlarges them."""
    small = f"[0-9][{_TEN}{_HUNDRED}]"
    if style == "plain":
        yield f"[0-9][{_BIG}]"
    else:
        # 2500万 stays; 2亿3千万, 3兆, 0.5万, 0.12345万, 05万, 5.0万 and 负5万 do not.
        yield f"[0-9](?:[{_BIG}]{_BLANK}?[{_ANY}点點]|兆)|[负負−]{_BLANK}?[0-9]"
        yield rf"(?:^|[^0-9.])0[0-9.]*[{_BIG}]|\.(?:[0-9]{{5,}}|[0-9]{{0,3}}0)[{_BIG}]"
        yield f"[{HAN}][0-9.]+[{_BIG}]"
    yield f"[0-9](?:{_COUNTED}|半[百千]?[{_BIG}])"
    yield f"{small}(?:[{HAN}]|[0-9.]+[{_BIG}])"
    yield f"[0-9]{_POINT}(?:[^{_DECIMALS}分十拾时時\\s]|{_BLANK}+成)"
    yield f"[0-9][{_TEN}]?{_BLANKS}成(?:[^{NO_TENTHS}]|$)"
    letter = f"[0-9][{_TEN}{_HUNDRED}]{{0,3}}"
    yield f"{letter}[wWｗＷ](?:[^0-9A-Za-z位字比像·.]|$)"
    yield f"{letter}[kKｋＫ](?:[元块人]|粉丝|左右|以上|以下|起薪)"
    pay = "薪|工资|月入|年入|待遇|预算|给到|房租|售价|价格"
    yield f"(?:{pay})[^\\n]{{0,16}}{letter}[kKｋＫ]"
    yield f"[0-9][元圆圓][零〇]?[{HAN}0-9][角毛分]"
    yield f"[0-9][{HAN}]{{0,4}}(?:{_POINT})?{_CONNECTOR}{_SIGN}[{HAN}]"
    yield f"[0-9](?:千[{THOUSANDS}]|[wWｗＷkKｋＫ])[^0-9{HAN}\\n]{{0,7}}{_JOINT}{_SIGN}[{HAN}]"
    if style == "gbt15835":  # each range of digits gets its dash
        units = _units(_EVERY | {"discount"}, guarded=False)
        side = f"[{_DECIMALS}{HAN}wWｗＷkKｋＫ]{_BLANKS}{units}"
        yield f"(?:[{_ANY}]|{side}){_CONNECTOR}{_SIGN}[{_CURRENCY}]?[0-9.．{HAN}几数]"


def _single() -> Iterator[str]:
    """One Chinese numeral; and a year, a share and a degree."""
    yield f"(?:^|[^0-9０-９{HAN}几数第])[〇零○Ｏ一二三四五六七八九]{{4}}年(?:[^级級代]|$)"
    # 百分之一秒 is another unit.
    yield (
        f"{_FREE}[{_HUNDRED}]{_BLANK}?[分份]{_BLANK}?之{_BLANK}?(?:[0-9.．]|[{HAN}]+(?:[^{HAN}秒]|$))"
    )
    numeral = f"{_ONES}{_ZERO}{_TEN}{_TENS}"
    yield (
        f"{_FREE}(?:[{_ONES}{_ZERO}{_TEN}]|[一壹弌][{_TEN}])(?:{_POINT})?{_BLANKS}成"
        f"(?:[^{NO_TENTHS}]|$)"
    )
    yield f"{_FREE}[{_without(numeral, '一壹零〇')}]{_MORE}?{_units({'measure'})}"
    yield f"{_FREE}[{_without(numeral, '零〇')}]{_MORE}?{_BLANKS}{_units(_PRECISE)}"
    # Before a range even 一 is written anew: 一公里至5公里.
    units = _units(_PRECISE | {"measure"}, guarded=False)
    yield f"{_FREE}[一壹零〇]{_BLANKS}{units}{_JOINT}{_SIGN}[{_ANY}]"
    warm = r"[华華摄攝]氏[^\n]{0,6}|零[上下]|[气氣]?[温溫]度?[为為]?|[体體][温溫]"
    yield f"(?:{warm})[{HAN}]+{_MORE}?[度°]"
    yield f"[{HAN}]{_COUNTED}"
    yield f"{_FREE}[{numeral}][元圆圓][零〇]?[{_ONES}{_ZERO}0-9][角毛分]"
    yield f"{_FREE}[{HAN}]{_CONNECTOR}{_SIGN}(?:[0-9]|[{HAN}][{_ANY}]|[{HAN}]{_BLANK}?[点點])"


def _longer() -> Iterator[str]:
    """Chinese numerals of two characters or more."""
    # 八点十七分 and 答：六十一分 are no length of time; 四十二块五 stays.
    clock = "点點时時分:："
    jiao = (
        f"[块塊](?:[^0-9０-９{_ONES}{_ZERO}]|$|[0-9０-９{_ONES}{_ZERO}]"
        f"(?:[^{_SPACE}，。,；;、）)到至~\\-角毛分]))"
    )
    others = _units(_EVERY, without={"块", "塊", "分", "秒"})
    yield f"{_FREE}{_TWO}(?:{_MORE}?{_BLANKS}(?:{others}|{jiao})|{_MORE}[块塊])"
    yield f"(?:^|[^{clock}{_NOT_BEFORE}]){_TWO}{_MORE}?[分秒]"
    yield (f"{_FREE}(?:{_two_digits()}|[{_ONES}{_ZERO}]{{3,}}){_MORE}?{_BLANKS}{_units(_MEASURED)}")
    # Without a unit.
    yield (
        f"{_FREE}(?:[{_ONES}{_TEN}{_TENS}]|[{_TEN}{_TENS}][{_ONES}]){_REST}[{_BIG}](?:[^{_ANY}]|$)"
    )
    label = "“「『‘初月腊周期双"
    yield f"(?:^|[^{label}{_NOT_BEFORE}]){_THREE}(?:[{_BOUNDARY}]|$)"
    left = _without(_BOUNDARY, label)
    yield f"(?:^|[是{left}]){_SIGN}{_TENS_AND_ONES}(?:[{_BOUNDARY}]|$)"
    yield f"{_FREE}{_ANY_THREE}(?:[{ENDS}]|多(?:[^样少边方亏么]|$)|[余餘](?:[^额下地热杭姚]|$))"
    words = "|".join(sorted(re.escape(word) for word, bound in BEFORE.items() if bound.side))
    before = f"(?:{words}|比|范围|介于|位于|在)[是为為了有在到达達]?{_BLANK}?{_SIGN}"
    yield f"{before}{_ANY_THREE}(?:[^{_ANY}]|$)|是{_ANY_THREE}[不那]|[{_CURRENCY}]{_SIGN}[{HAN}]{{2}}"
    # Decimals, but no clock times; ranges; and digits that go on.
    yield f"{_FREE}[{HAN}]+{_POINT}(?:[^{_DECIMALS}分刻十拾]|$)"
    spaced = f"(?:{_BLANK}[点點]{_BLANK}?|[点點]{_BLANK})[{_DECIMALS}]+"
    no_minutes = f"[点點][{_DECIMALS}]*[{_without(_DECIMALS, _MINUTES)}][{_DECIMALS}]*"
    yield f"{_FREE}[{HAN}]+(?:{spaced}|{no_minutes}|[点點][{_DECIMALS}]{{4,}})[分刻]"
    yield f"{_FREE}[{HAN}]*[{_without(HAN, _HOURS)}][{HAN}]*{_POINT}[分刻]"
    yield f"{_FREE}[{HAN}]+[点點](?:[^一三]|[{_DECIMALS}]{{2,}})刻"
    yield (
        f"(?:{_FREE}[{HAN}]{{2,}}|[0-9][{_BIG}{_HUNDRED}{_TEN}](?:{_POINT})?)"
        f"(?:{_BLANKS}{_units(_EVERY, guarded=False)})?{_JOINT}{_SIGN}[{_ANY}]"
    )
    yield f"{_FREE}(?:[{_TEN}{_TENS}{_ZERO}]|[{_ONES}{_UNITS}]+[{_UNITS}])[0-9]"
    yield f"{_FREE}[{_ZERO}][{_UNITS}]"


def _without(characters: str, others: str) -> str:
    return "".join(one for one in characters if one not in others)


def _two_digits() -> str:
    """Two digits that are not said for "about so many", as 三五 and 七八 are."""
    found = []
    for first in range(10):
        vague = {two for one, two in PAIRS if one == first}
        seconds = (one for one, value in DIGITS.items() if value not in vague)
        firsts = (one for one, value in DIGITS.items() if value == first)
        found.append(f"[{''.join(firsts)}][{_without(''.join(seconds), '两兩')}]")
    return f"(?:{'|'.join(found)})"


def _units(groups: Iterable[str], *, guarded: bool = True, without: Iterable[str] = ()) -> str:
    """The spellings of units in some groups, and what may not follow them if they are `guarded`."""
    spellings: dict[str, list[str]] = {}
    for spelling, (unit, not_before) in guards().items():
        if unit.group in groups and spelling not in without:
            spellings.setdefault(not_before if guarded else "", []).append(re.escape(spelling))
    found = [
        f"(?:{'|'.join(sorted(each))})" + (f"(?:[^{re.escape(guard)}]|$)" if guard else "")
        for guard, each in sorted(spellings.items())
    ]
    if "percent_point" in groups:
        found.append(f"[个個]?{_BLANK}?百{_BLANK}?分{_BLANK}?[点點]")
    return f"(?:{'|'.join(found)})"
