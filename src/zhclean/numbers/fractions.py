"""分之: percentages and fractions, of which the denominator is said first."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Final

from zhclean.numbers import numerals
from zhclean.numbers.exact import EXACT, FRACTION
from zhclean.numbers.letters import LETTER
from zhclean.numbers.reading import Amount
from zhclean.numbers.units import PERCENT, Unit, match_unit

__all__ = ["OVER", "enclosure", "fraction"]


#: 一又二分之一: the half alone would be a wrong value.
_MIXED: Final = re.compile(r"[0-9０-９零〇一二两三四五六七八九十百千万亿]又\Z")
OVER: Final = re.compile(r"[ \u3000]?[分份][ \u3000]?之[ \u3000]?(?:[负負])?")


def fraction(
    text: str, amount: Amount, over: re.Match[str]
) -> tuple[Amount | None, Unit | None, int]:
    """百分之三十五 and 四分之三: `amount` is the denominator, which is said first."""
    numeral = amount.numeral
    start = over.end()
    if start >= len(text) or amount.vague:
        return None, None, max(start, numeral.end)
    top = numerals.read(text, start)
    if top is None or (not top.leading and top.low != 100):
        return None, None, over.end()
    if _MIXED.search(text, max(0, amount.start - 2), amount.start) is not None:
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


def enclosure(amount: Amount) -> tuple[Decimal, Decimal]:
    """Bounds of 28 digits around a fraction that has no finite decimal."""
    value = amount.low
    step = Decimal((0, (1,), value.adjusted() - 27))
    low = Context(prec=28, rounding=ROUND_FLOOR).subtract(value, step)
    high = Context(prec=28, rounding=ROUND_CEILING).add(value, step)
    return low, high
