"""Where the grammar begins to read: compiled searches that pass over text without quantities.

Each search begins with a character class, so that clean text costs what `re` needs to scan
it. A trigger may stop too often, never too seldom: the grammar decides.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from zhclean.numbers.characters import HAN
from zhclean.numbers.units import FIRST

__all__ = ["changing", "counting"]

_DIGIT: Final = "0-9０-９"
_NUMERAL: Final = HAN + "几幾数數"
_CONNECTOR: Final = r"\-－–~～〜—─至到"
#: What stands before a bare number that is a bound: 大于100, 至少有10.
_BEFORE: Final = "了$＄¥￥€£于於过過超足少多到有为為破约約达達逾近高低>＞<＜≤≥=＝等 "


@cache
def counting() -> re.Pattern[str]:
    """Where a quantity may begin."""
    after = re.escape(
        FIRST()
        + HAN
        + "几幾多余餘来來个個wWｗＷkKｋＫ分份成折打角毛半大以之左上或前及（(和与與跟同点點季,，个 \u3000"
    )
    return re.compile(
        rf"[{_DIGIT}{_NUMERAL}半对對]"
        rf"(?:(?<=[{_DIGIT}])(?<![{_DIGIT}]{{2}})(?:(?<=[{_BEFORE}][{_DIGIT}])|(?<=下[{_DIGIT}])"
        rf"|[{_DIGIT}]*+(?:[.．·・][{_DIGIT}]++)?+(?=[{after}{_CONNECTOR}]))"
        rf"|(?<=[{_NUMERAL}半对對])(?:(?=[{after}{_DIGIT}])"
        rf"|(?=[{_CONNECTOR}][{_DIGIT}{_NUMERAL}])"
        rf"|(?<=是[二三四五六七八九十])(?=[，。,；;！!？?不那]|\Z)))"
    )


#: First characters of the units before which even a single Chinese numeral becomes a digit.
_PRECISE: Final = (
    "公平立千摄攝华華℃℉%％‰百英海光毫厘釐微纳納兆赫伏安欧歐焦牛摩流分字马馬度盎磅克瓦帕卡坎标標成"
)


@cache
def changing(style: str) -> re.Pattern[str]:
    """Where a style may have something to write anew; a subset of `counting`."""
    if style == "keep":
        return re.compile(
            rf"[{_DIGIT}](?<![{_DIGIT}]{{2}})"
            rf"(?:(?<=[０-９])|(?=[0-9]*+[０-９．·・])|[{_DIGIT}]*+(?:[.．·・][{_DIGIT}]++)?+(?=[,，][0-9０-９]{{3}}|％|[ \u3000]{{0,2}}[{_CONNECTOR}]))"
        )
    # A range of plain digits changes only where its right side lends 万 or 亿; the norm also
    # has its own dash.
    far = (
        ""
        if style == "gbt15835"
        else rf"[{_CONNECTOR} ]{{0,3}}[{_DIGIT}.．,，]*+[{HAN}几数wWｗＷkKｋＫ％个個百]"
    )
    return re.compile(
        rf"[{_DIGIT}{HAN}]"
        rf"(?:(?<=[０-９])(?<![{_DIGIT}]{{2}})"
        rf"|(?<=[0-9])(?<![{_DIGIT}]{{2}})(?=[0-9]*+[０-９．·・])"
        rf"|(?<=[0-9])(?<![{_DIGIT}]{{2}})[{_DIGIT}]*+(?:[.．·・][{_DIGIT}]++)?+"
        rf"(?=[,，][0-9０-９]{{3}}|[％万萬亿億千仟百佰十拾wWｗＷkKｋＫ点點成]|[个個]?[多余餘来來半]?[百千]?[万萬亿億]"
        rf"|[ \u3000]{{0,2}}[{_CONNECTOR}]{far}|[ \u3000]{{1,4}}成"
        rf"|[ \u3000]?[分份][ \u3000]?之|[元圆圓][{HAN}{_DIGIT}]{{1,2}}[角毛分])"
        rf"|(?<=[{HAN}])(?![一二三四五六七八九][大届屆])(?=[{HAN}{_DIGIT}点點{_PRECISE}份多余餘]|[个個][百千万亿萬億多半 ]"
        rf"|[元圆圓][{HAN}{_DIGIT}][角毛]|[ \u3000]{{1,4}}[个個成点點百分]|[{_CONNECTOR}][{_DIGIT}{HAN}]))"
    )
