"""分之: percentages and fractions, of which the denominator is said first."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Final

from zhclean.numbers import numerals
from zhclean.numbers.characters import DIGITS
from zhclean.numbers.exact import EXACT, FRACTION
from zhclean.numbers.letters import LETTER
from zhclean.numbers.numerals import Numeral
from zhclean.numbers.reading import Amount
from zhclean.numbers.units import PERCENT, Unit, match_unit

__all__ = ["OVER", "bare_over", "enclosure", "fraction", "mixed"]


#: 一又二分之一: the half alone would be a wrong value.
_MIXED: Final = re.compile(r"[0-9０-９零〇一二两三四五六七八九十百千万亿]又\Z")
OVER: Final = re.compile(r"[ \u3000]?[分份][ \u3000]?之[ \u3000]?(?:[负負])?")


#: 三分二 as Hong Kong says it; 三分二秒, 三分二十秒 and 十分一般 are something else.
_BARE_OVER: Final = re.compile(
    r"[分份](?=(?P<top>[一二兩两三四五六七八九])(?:\Z|[的以，。、；！？,;!?）)\s]|(?<=(?P<left>.)..)(?![分秒时時点點元角毛球个個般致样樣直定起共半些])))"
)
_SHARES: Final = frozenset("约約近逾超过過有佔占不足达達到了为為又至")


def bare_over(text: str, numeral: Numeral) -> re.Match[str] | None:
    """The 分 of 三分二 behind its denominator `numeral`: 約三分二市民, 四分三的人口."""
    if numeral.vague or numeral.end - numeral.start != 1 or not numeral.han:
        return None
    match = _BARE_OVER.match(text, numeral.end)
    if match is None or Decimal(DIGITS[match["top"]]) >= numeral.low:
        return None
    left = text[numeral.start - 1 : numeral.start]
    ends = text[match.end() + 1 : match.end() + 2]
    whole = not left and not ends
    if not left and match_unit(text, match.end() + 1) is not None:
        return match  # 二分一加侖
    return match if whole or left in _SHARES or ends in ("的", "以") else None


def mixed(text: str, amount: Amount) -> tuple[Amount | None, Unit | None, int] | None:
    """四又五分之三: `amount` is the whole number in front of 又."""
    below = numerals.read(text, amount.end + 1) if amount.end + 1 < len(text) else None
    if below is None or below.vague or amount.vague or not amount.numeral.leading:
        return None
    over = OVER.match(text, below.end) or bare_over(text, below)
    if over is None or text[below.start - 1] != "又":
        return None
    part = replace(amount, start=below.start, numeral=below, low=below.low, high=below.low)
    found, unit, end = fraction(text, part, over, whole=amount.low)
    if found is None or unit is not None:
        return None
    if text[amount.start : amount.numeral.start] not in ("", "±"):
        found.negate()
    found.start = amount.start
    found.numeral = replace(found.numeral, start=amount.numeral.start)
    return found, None, end


def fraction(
    text: str, amount: Amount, over: re.Match[str], *, whole: Decimal | None = None
) -> tuple[Amount | None, Unit | None, int]:
    """百分之三十五 and 四分之三: `amount` is the denominator, which is said first.

    `whole` is what a mixed number has in front of 又.
    """
    numeral = amount.numeral
    start = over.end()
    if start >= len(text) or amount.vague:
        return None, None, max(start, numeral.end)
    top = numerals.read(text, start) or _tenths_only(text, start)
    if top is None or (not top.leading and top.low != 100):
        return None, None, over.end()
    if whole is None and _MIXED.search(text, max(0, amount.start - 2), amount.start) is not None:
        return None, None, top.end
    minus = text[over.end() - 1] in "负負"
    low, high = top.low, top.high
    end = top.end
    letter = LETTER.match(text, end)
    written_scale = Decimal(1)
    if letter is not None and letter["letter"] in "kKｋＫ" and not top.han:
        written_scale, end = Decimal(1000), letter.end()
    low, high = EXACT.multiply(low, written_scale), EXACT.multiply(high, written_scale)
    before = text[amount.start : numeral.start]
    if minus != (before not in ("", "±")):
        low, high = high.copy_negate(), low.copy_negate()
    denominator = numeral.low
    if not denominator:
        return None, None, end
    if whole is not None:
        low = high = EXACT.add(low, EXACT.multiply(whole, denominator))
    read_as_percent = not numeral.leading or text[numeral.start : numeral.end] in ("十万", "十萬")
    found = replace(
        amount,
        end=end,
        low=low,
        high=high,
        open_high=top.open_high,
        numeral=replace(top, start=numeral.start),
    )
    if read_as_percent:
        share = FRACTION if denominator not in (100, 1000) else EXACT
        found.written = low
        found.low = EXACT.divide(EXACT.multiply(low, Decimal(100)), denominator)
        found.high = share.divide(EXACT.multiply(high, Decimal(100)), denominator)
        symbol = {100: "%", 1000: "‰"}.get(int(denominator))
        # 百分之一秒 is a hundredth of a second
        if symbol is None or top.vague or minus or match_unit(text, end) is not None:
            found.form, found.symbol = "fixed", "%"
        else:
            found.form, found.symbol = "percent", symbol
        return found, PERCENT, end
    if top.vague:
        return None, None, end
    found.low = found.high = FRACTION.divide(low, denominator)
    found.form, found.symbol = "fixed", "/"
    exact = EXACT.multiply(found.low, denominator) == low
    found.written = found.low if exact else None
    found.scale = denominator
    return found, None, end


_BARE_TENTHS: Final = re.compile(r"[点點](?=[0-9０-９零〇一二三四五六七八九])")


def _tenths_only(text: str, start: int) -> Numeral | None:
    """The 点五 of 百分之点五: nought is left out in front of the point."""
    if _BARE_TENTHS.match(text, start) is None:
        return None
    found = numerals.read("零" + text[start : start + _LONGEST_TENTHS], 0)
    return None if found is None or not found.point else found.moved(start - 1)


_LONGEST_TENTHS: Final = 12


def enclosure(amount: Amount) -> tuple[Decimal, Decimal]:
    """Bounds of 28 digits around a fraction that has no finite decimal."""
    value = amount.low
    step = Decimal((0, (1,), value.adjusted() - 27))
    low = Context(prec=28, rounding=ROUND_FLOOR).subtract(value, step)
    high = Context(prec=28, rounding=ROUND_CEILING).add(value, step)
    return low, high
