"""半 and 对折: amounts that are words."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from zhclean.numbers.numerals import Numeral, exact
from zhclean.numbers.reading import Amount
from zhclean.numbers.units import Unit, match_unit

__all__ = ["half", "half_price", "one_half"]


def half_price(text: str, start: int) -> tuple[Amount | None, Unit | None, int]:
    """打对折 at the 对: fifty per cent of the price. As `amounts.read`."""
    if start == 0 or text[start - 1] != "打" or text[start + 1 : start + 2] != "折":
        return None, None, start + 1
    fifty = Decimal(50)
    numeral = exact(start, start + 1, fifty, han=True)
    return (
        Amount(start, start + 1, fifty, fifty, numeral, form="fixed"),
        Unit("折", "discount"),
        start + 2,
    )


_HALVES: Final = frozenset({"time", "measure", "short", "multiple"})


def half(text: str, start: int) -> tuple[Amount | None, Unit | None, int]:
    """半年, 半公升, 年过半百 at the 半; 上半年 and 半年总结 count nothing. As `amounts.read`."""
    if text.startswith("百", start + 1) and (
        start + 2 == len(text) or text[start + 2] in "，。,.、"
    ):
        fifty = Decimal(50)
        numeral = exact(start, start + 2, fifty, han=True)
        return (
            Amount(start, start + 2, fifty, fifty, numeral, form="fixed", tail="来"),
            None,
            start + 2,
        )
    found = match_unit(text, start + 1)
    if (
        found is None
        or found[0].group not in _HALVES
        or text[start - 1 : start] in tuple("上下多大过前后各对一减小夜")
    ):
        return None, None, start + 1
    unit, end = found
    if unit.name in ("里", "两", "石", "码", "度", "周", "日", "岁", "秒", "寸", "丈", "瓦"):
        return None, None, start + 1
    if unit.name == "年" and text[end : end + 1] in tuple("工总计报度考评线小述"):
        return None, None, end
    half = Decimal("0.5")
    return (
        Amount(start, start + 1, half, half, exact(start, start + 1, half, han=True), form="fixed"),
        unit,
        end,
    )


#: 另一半 is a partner, 前一半 a part; 一半天 and 一半会儿 are other words.
_NO_HALF_BEFORE: Final = frozenset("另这這那前后後上下每某东東西南北左右大小第统統同")
_NO_HALF_BEHIND: Final = frozenset("天年月日小个個路夜晌会會儿兒截道")


def one_half(text: str, numeral: Numeral) -> tuple[Amount, None, int] | None:
    """占一半, 一半以上 at the 一."""
    start, end = numeral.start, numeral.end
    if (
        text[start:end] not in ("一", "壹")
        or (start and text[start - 1] in _NO_HALF_BEFORE)
        or (end + 1 < len(text) and text[end + 1] in _NO_HALF_BEHIND)
    ):
        return None
    value = Decimal("0.5")
    word = exact(start, end + 1, value, han=True)
    return Amount(start, end + 1, value, value, word, "fixed", "/", written=value), None, end + 1
