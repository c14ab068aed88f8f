"""Currencies named in front of an amount: ¥500, HK$280, 港币58.5, RMB 3万."""

from __future__ import annotations

from functools import cache
from typing import Final

from zhclean.numbers.characters import HAN
from zhclean.numbers.units import Unit, spellings

__all__ = ["SYMBOLS", "named_before", "named_dollars", "symbol_before"]

_YUAN: Final = Unit("元", "money")
SYMBOLS: Final = {
    "¥": _YUAN,
    "￥": _YUAN,
    "$": Unit("美元", "money"),
    "＄": Unit("美元", "money"),
    "€": Unit("欧元", "money"),
    "£": Unit("英镑", "money"),
    "￡": Unit("英镑", "money"),
    "₩": Unit("韩元", "money"),
    "₽": Unit("卢布", "money"),
    "₹": Unit("印度卢比", "money"),
    "฿": Unit("泰铢", "money"),
    "₫": Unit("越南盾", "money"),
    "₱": Unit("菲律宾比索", "money"),
}
#: Letters in front of $ that make another dollar of it.
_DOLLARS: Final = {
    "HK": Unit("港元", "money"),
    "NT": Unit("新台币", "money"),
    "TW": Unit("新台币", "money"),
    "AU": Unit("澳元", "money"),
    "A": Unit("澳元", "money"),
    "CA": Unit("加元", "money"),
    "C": Unit("加元", "money"),
    "SG": Unit("新加坡元", "money"),
    "S": Unit("新加坡元", "money"),
    "NZ": Unit("新西兰元", "money"),
}
#: A rate of exchange, which is no sum: 美元兑人民币6.87.
_RATES: Final = frozenset("兑兌对對比/／每")
_NUMERAL: Final = frozenset(HAN + "0123456789０１２３４５６７８９几幾数數")


def symbol_before(text: str, begin: int) -> Unit | None:
    """The currency of the sign that ends at `begin`."""
    unit = SYMBOLS.get(text[begin - 1 : begin]) if begin else None
    if unit is None or text[begin - 1] not in "$＄":
        return unit
    front = text[max(0, begin - 3) : begin - 1]
    for size in (2, 1):
        letters = front[-size:]
        if letters in _DOLLARS and not text[begin - 2 - size : begin - 1 - size].isalpha():
            return _DOLLARS[letters]
    return unit


@cache
def _names() -> tuple[frozenset[str], dict[str, Unit], int]:
    """The characters that names of currencies end in, the names, and the length of the longest."""
    names = {
        spelling: unit
        for spelling, unit in spellings()
        if unit.group == "money" and len(spelling) > 1 and spelling[0] not in "元圆圓块塊个個枚"
    }
    return frozenset(name[-1] for name in names), names, max(map(len, names))


def named_before(text: str, begin: int) -> Unit | None:
    """The currency whose name ends at `begin`, a space or a colon between, and counts nothing else."""
    end = begin
    while end and begin - end < 3 and text[end - 1] in " \u3000:：":
        end -= 1
    lasts, names, longest = _names()
    if not end or text[end - 1] not in lasts:
        return None
    for size in range(min(longest, end), 1, -1):
        unit = names.get(text[end - size : end])
        if unit is not None:
            left = text[end - size - 1 : end - size]
            joined = left in _NUMERAL or left in _RATES or (left.isascii() and left.isalnum())
            return None if left and joined else unit
    return None


#: 比特币500元 is what one costs; behind 港币 or 美元 the 元 says the same once more.
_COINS: Final = frozenset({"欧元", "比特币", "以太币", "泰达币", "狗狗币", "莱特币"})


def named_dollars(text: str, begin: int, end: int) -> Unit | None:
    """The currency of 元 that is named in front of the amount `text[begin:end]`: 新台幣三百元."""
    if text.startswith(("人民币", "人民幣"), max(begin, end - 3)):
        return None  # 美元100元人民币
    unit = named_before(text, begin)
    return (
        unit if unit is not None and unit.name[-1] in "元币" and unit.name not in _COINS else None
    )
