"""Units that count only in their context: points of an index, days said as 日, metres of height."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from zhclean.numbers.characters import DIGITS
from zhclean.numbers.numerals import Numeral
from zhclean.numbers.reading import Amount
from zhclean.numbers.units import Unit, match_unit

__all__ = ["days", "height", "index_points"]

#: 3021点 is a level of the market where one is spoken of; elsewhere 点 is the hour or an item.
_MARKET: Final = re.compile(
    "指[数數]|[沪滬深恒道纳納期股创創]指|大[盘盤]|成指|[综綜]指|收[报報市盘盤]|[报報]收|[点點]位|[港美股A]股"
)
_MARKET_REACH: Final = 24
_NO_POINT: Final = frozenset(
    "钟鐘半整多前后後左左许許左右一二三四五六七八九十零〇0123456789０１２３４５６７８９的名评評赞讚击擊缀綴头頭燃心菜餐单單"
)
_MOVES: Final = re.compile(r"(?:[涨漲跌升降挫扬揚][了逾超近约約]?|[涨漲跌升降][近约約超逾])\Z")
_LAST_HOUR: Final = 24
_POINT: Final = Unit("点", "classifier")

#: Behind these 日 is a length of time: 有效期九十日, 拘留十五日; 截止日期为三十日 is a date.
_LASTS: Final = re.compile(
    r"(?:(?<!日)期限?(?:为|為|爲|是|共|至少|不超[过過]|不少[于於]|[约約])?|期[间間]|[为為爲]期|[历歷]時|历时|[长長][达達]|[连連][续續]"
    r"|拘留|超[过過]|不足|至少|不少[于於]|不低[于於]|不多[于於]|休假|年假|[满滿]|工期|停[业業]|公示|公告|提前|[满滿]前|延[长長期]|[顺順]延|[缩縮]短"
    r"|日起|[旷曠]工|逾期|停[课課工产產]|放假|休息|住院|留[观觀]|[给給]予|最[长長])[:：]?\Z"
)
#: 会议召开十五日前, but 七日前告知, which may be the seventh.
_EVENT: Final = re.compile("(?:召[开開]|[开開][庭标標始]|[届屆期][满滿]|到期|[举舉]行|[实實]施)\\Z")
#: Behind 日 they make a length of it: 十五日以下拘留, 十日宽限期.
_TERM: Final = re.compile(
    "以[上下][,，、。；拘的十二三四五0-9]|的?(?:[宽寬]限|公示|公告|冷[静靜]|[观觀]察|隔[离離]|试用|年休)[期假]|拘留"
)
_LASTS_REACH: Final = 8
_NO_DAYS: Final = frozenset("报報本元常益语語均用照产產志程夜杂雜化期子游遊前")
_DAY: Final = Unit("天", "time")

_METRE: Final = Unit("米", "short")
#: 身高米八: one metre eighty.
_TALL: Final = frozenset("高头頭有近约約足个個")
_TENTHS: Final = frozenset("五六七八九")


def index_points(text: str, amount: Amount, position: int) -> tuple[Unit, int] | None:
    """上证指数报3021点 at the 点."""
    if text[position + 1 : position + 2] in _NO_POINT:
        return None
    start = amount.start
    moved = _MOVES.search(text, max(0, start - 3), start) is not None
    level = amount.low > _LAST_HOUR or amount.numeral.point
    if not (level or moved):
        return None
    if _MARKET.search(text, max(0, start - _MARKET_REACH), start) is None:
        return None
    if amount.numeral.han and not amount.numeral.big:
        amount.form = "fixed"
    return _POINT, position + 1


def days(text: str, amount: Amount, position: int) -> tuple[Unit, int] | None:
    """有效期九十日 at the 日."""
    following = text[position + 1 : position + 2]
    if match_unit(text, position) is not None:
        return None  # 日内, 日元
    if following == "前" or text.startswith("以前", position + 1):
        context = _EVENT
    elif following in _NO_DAYS:
        return None
    elif _TERM.match(text, position + 1):
        context = None
    else:
        context = _LASTS
    if context is not None and not context.search(
        text, max(0, amount.start - _LASTS_REACH), amount.start
    ):
        return None
    if amount.numeral.han and not amount.numeral.big:
        amount.form = "fixed"
    return _DAY, position + 1


def height(text: str, numeral: Numeral) -> tuple[Amount, Unit, int] | None:
    """身高米八 at the 八."""
    start, end = numeral.start, numeral.end
    left = text[max(0, start - 2) : start - 1]
    if end - start != 1 or (left and left not in _TALL) or text[start] not in _TENTHS:
        return None
    if text[end : end + 1] not in ("", *"，。、；！？,;!?）) 的大以左出"):
        return None
    value = 1 + Decimal(DIGITS[text[start]]) / 10
    return Amount(start - 1, end, value, value, numeral, form="fixed"), _METRE, end
