"""Holes in front of 年, 月 and 日."""

from __future__ import annotations

import re
from typing import Final

from zhclean.redaction.lexicon import HAN

__all__ = ["date_kind"]

_YEAR: Final = re.compile(" ?年(?![级龄纪华轻糕画货薪利富味迈級齡紀華輕畫貨邁])")
#: Behind a number of years rather than a year.
_YEARS: Final = re.compile(
    " ?年(?:[来來]|前|[后後]|[间間]|[内內]|多|以上|以[内內]|以下|如一日|的?[时時][间間]|的?[历歷]史|有[余餘]|左右|有期)"
)
_DURATION: Final = re.compile(
    r"(?:期|期限|期[间間]|年限|[学學]制|[终終]止[后後]|[届屆][满滿][后後]|[毕畢][业業][后後]|[历歷][时時]|近|[约約]|[满滿]|[长長][达達]|共|刑|工[龄齡]|工作|了|第|[为爲為]|在位|[经經][营營])\Z"
)
_MONTH: Final = re.compile(" ?月(?![亮球饼薪租收老色光牙嫂均供餅]|[经經][期量血痛不前后後])")
_MONTH_FOLLOWS: Final = re.compile(".{0,2}?年.{1,3}?月")
_DAY: Final = re.compile(" ?日(?![报本元常益语均用照产志程夜杂化耳期子報語產雜])")
_DAYS: Final = re.compile(" ?日(?:以?[内內]|之[内內]|以上|有[余餘])")
_FULL_YEAR: Final = re.compile(
    "(?:19|20|1９|２０)[^.．]{1,2}|2[^.．]{3}|[^.．]{4}|[一二][九〇○零].{2}"
)
_CENTURY: Final = re.compile("(?:19|20)[xXｘＸ×*＊□○]{2}")
#: 20xx级, 20xx-20xx学年, (20××): a year without 年; before anything else it is a count.
_YEAR_NOUN: Final = re.compile("[级届版款度級屆]|[学學]年|[财財]年|[赛賽]季|[-－—~～至到]")
_COUNTS_ON: Final = re.compile(f"[{HAN}%％/]")


def date_kind(text: str, start: int, end: int) -> str | None:
    """What a hole at `text[start:end]` hides that stands before 年, 月 or 日; None if it does not.

    A hole of another length than a year's before 年, or one in days (`__日内`), is a number.
    """
    hole = text[start:end]
    if _YEAR.match(text, end):
        lasts = _YEARS.match(text, end) or _DURATION.search(text, max(0, start - 4), start)
        if _FULL_YEAR.fullmatch(hole) and hole[:1] != "某" and not (lasts and hole[:1] == "_"):
            return "year"
        if _MONTH_FOLLOWS.match(text, end) and not lasts:
            return "year"
        return "number" if lasts or len(hole) != 2 else "year"
    if _MONTH.match(text, end):
        return "month_day"
    if _DAY.match(text, end):
        in_month = text[max(0, start - 2) : start].rstrip().endswith("月")
        return "number" if _DAYS.match(text, end) and not in_month else "month_day"
    if text[max(0, start - 1) : start] == "月" and text[end : end + 1] in ("号", "號"):
        return "month_day"
    if _CENTURY.fullmatch(hole) and (
        _YEAR_NOUN.match(text, end) or not _COUNTS_ON.match(text, end)
    ):
        return "year"
    return None
