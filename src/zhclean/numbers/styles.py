"""Normal forms: what the text of a quantity becomes in each style.

`plain`      digits at full magnitude: 二千五百万元 -> 25000000元
`arabic`     digits, 万 and 亿 stay: 二千五百万元 -> 2500万元
`keep`       width and thousands separators only: １，２３４．５万元 -> 1234.5万元
`gbt15835`   as `arabic`, with ranges as GB/T 15835-2011, 5.1.3 writes them: 9-16亿元 -> 9亿～16亿元

What stays as it is in every style follows GB/T 15835-2011, 4.2: see docs/numbers.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final

from zhclean.numbers import grammar, ordinary, triggers, verse
from zhclean.numbers.characters import BIG, DIGITS, HAN, NARROW
from zhclean.numbers.exact import EXACT
from zhclean.numbers.reading import Amount, Reading
from zhclean.numbers.triggers import STYLES
from zhclean.numbers.units import Unit, match_unit

__all__ = ["STYLES", "digits", "rewrites", "rows"]

Rewrite = tuple[int, int, str, str]  # start, end, replacement, rule code

_NUMERAL_CHARACTERS: Final = frozenset(HAN) | frozenset("0123456789０１２３４５６７８９几数")
#: What would make the digits before it larger when they are read again: 0万|个亿.
_ENLARGED: Final = re.compile(
    r"[个個][多半]?[百千]?[万萬亿億]|[多余餘来來][百千]?[万萬亿億]|[wWｗＷkKｋＫ]"
)
_FINANCIAL: Final = frozenset("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟")
_WIDE: Final = frozenset("０１２３４５６７８９．，")
_MAGNITUDES: Final = ((Decimal(10**12), "万亿"), (Decimal(10**8), "亿"), (Decimal(10**4), "万"))


def rows(text: str, style: str, position: int = 0) -> list[Rewrite]:
    """The replacements that bring every quantity of `text` from `position` on into `style`."""
    if style == "keep":
        readings = grammar.changing(text, style, position)
        return [row for reading in readings for row in rewrites(text, reading, style)]
    found: list[Rewrite] = []
    search = triggers.changing(style).search
    while (match := search(text, position)) is not None:
        start = match.start()
        quantity = ordinary.find(text, start)
        if quantity is None:
            reading, position = grammar.next_reading(text, start)
            if reading is not None:
                found.extend(rewrites(text, reading, style))
            continue
        end, position, literary = quantity
        form = ordinary_form(text[start:end], style)
        if form is not None and not (literary and verse.in_verse(text, start, position)):
            found.append((start, end, *form))
    return found


def rewrites(text: str, reading: Reading, style: str) -> Iterator[Rewrite]:
    """The replacements that bring one quantity into `style`, in order."""
    if reading.year:
        if style != "keep":
            yield from _date(text, reading)
        return
    for index, amount in enumerate(reading.amounts):
        rewrite = _amount(text, reading, amount, style)
        if rewrite is not None:
            yield rewrite
        sign = text[amount.end : amount.end + 1]
        if sign == "％" and reading.kind == "percent" and not _glued(text, amount):
            yield amount.end, amount.end + 1, "%", "N106"
        if style == "gbt15835" and index == 0 and len(reading.amounts) == 2:
            connector = text[reading.connector[0] : reading.connector[1]]
            if (
                connector
                and connector not in ("至", "到", "～")
                and connector.strip(" -－–~〜—─") == ""
                and reading.unit is not None
            ):
                yield *reading.connector, "～", "N110"


@lru_cache(maxsize=4096)
def ordinary_form(source: str, style: str) -> tuple[str, str] | None:
    """What the numeral `source` of an ordinary quantity becomes, and by which rule."""
    if source[4:5] == "年":
        return _date_form(source), "N107"
    if source[1:3] == "分之":
        share = ordinary.numeral(source[3:])
        assert share is not None
        return digits(share.low) + ("%" if source[0] == "百" else "‰"), "N103"
    if source[-1] == "成":
        return f"{DIGITS[source[0]]}0%", "N104"
    numeral = ordinary.numeral(source)
    assert numeral is not None
    value = numeral.low
    amount = Amount(0, len(source), value, value, numeral, scale=numeral.scale)
    written = digits(value)
    if style != "plain":
        written = _with_magnitude(source, amount, value, style)
    return None if written == source else (written, _rule(amount, source, value))


def digits(value: Decimal) -> str:
    """`value` in Arabic digits, without an exponent or trailing zeros behind the point."""
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _amount(text: str, reading: Reading, amount: Amount, style: str) -> Rewrite | None:
    start, end = _span(text, amount)
    source = text[start:end]
    numeral = amount.numeral
    if amount.form == "plain":  # the right side of 百分之二到五
        return _lone_percent(text, amount, source, start, end) if style != "keep" else None
    if style == "keep" or (
        not numeral.han
        and not numeral.big
        and amount.form == "number"
        and amount.scale == 1
        and amount.factor == 1
    ):
        return _width(amount, source, start, end)
    if (
        amount.form == "fixed"
        or (amount.tail and amount.tail in "来來")
        or not _may_change(text, reading, amount)
    ):
        return None
    if amount.form == "percent":
        assert amount.written is not None
        return _changed(
            start, end, source, digits(amount.written) + amount.symbol, _percent_rule(source)
        )
    value = amount.low if amount.written is None else amount.written  # 二点五‰ stays 2.5‰
    value = value if text[start] in "-－−负負" else value.copy_abs()
    if amount.form == "decimal":
        return _changed(start, end, source, digits(value) + amount.symbol, "N108")
    if style == "plain":
        written = digits(value)
    else:
        written = _with_magnitude(text, amount, value, style)
    plain_digits = not numeral.han and not numeral.big and amount.scale == amount.factor == 1
    if plain_digits and style != "plain":
        written = source.translate(NARROW).replace(",", "")
    return _changed(start, end, source, written, _rule(amount, source, value))


def _span(text: str, amount: Amount) -> tuple[int, int]:
    """What is written anew: from a sign that becomes `-`, else from the numeral, to the end."""
    start = amount.start
    if amount.form == "percent":
        if text.startswith("零下", start):
            start += 2
        return start, amount.end
    sign = text[start : amount.numeral.start]
    if sign not in ("负", "負", "-", "－", "−", "负 ", "負 "):
        start = amount.numeral.start
    return start, amount.end


def _changed(start: int, end: int, source: str, written: str, rule: str) -> Rewrite | None:
    return (start, end, written, rule) if written != source else None


def _width(amount: Amount, source: str, start: int, end: int) -> Rewrite | None:
    """Full-width digits and thousands separators go, in every style; 万/亿 and Chinese digits stay."""
    if amount.numeral.han:
        return None
    narrowed = source.translate(NARROW).replace("，", ",")
    if source[:1] not in "-－":
        narrowed = narrowed.replace(",", "")
    else:
        narrowed = "-" + narrowed[1:].replace(",", "")
    return _changed(start, end, source, narrowed, "N106")


def _may_change(text: str, reading: Reading, amount: Amount) -> bool:
    """Whether the digits may be written: one exact value, a leading digit, nothing glued to it."""
    numeral = amount.numeral
    if numeral.vague or amount.vague or not numeral.leading:
        return False
    if _glued(text, amount):
        return False
    left = text[amount.start - 1 : amount.start]
    before = text[amount.start - 2 : amount.start - 1]
    if (
        left
        and left in _JOINING
        and before in _NUMERAL_CHARACTERS
        and amount is reading.amounts[0]
        and not (left == "，" and amount.form == "percent")  # 三分之一，百分之五
    ):
        return False
    if left and (
        left == "."
        or (left.isascii() and left.isalpha() and (numeral.han or amount.form == "percent"))
    ):
        return False
    right = text[amount.end : amount.end + 1]
    if right and right in _NUMERAL_CHARACTERS and match_unit(text, amount.end) is None:
        return False
    if _ENLARGED.match(text, amount.end) is not None:
        return False
    if (
        amount.form == "percent"
        and "成" in text[amount.end - 2 : amount.end]
        and verse.in_verse(text, amount.start, amount.end)
    ):
        return False  # 十成收粮，九成靠秧
    if not numeral.han or amount.form in ("percent", "decimal"):
        return True
    unit = reading.unit
    if numeral.end - numeral.start == 1 and amount.end == numeral.end:
        return unit is not None and _single_changes(text[numeral.start], unit)
    if _is_literary(unit) and verse.in_verse(text, amount.start, reading.end):
        return False
    if unit is None:
        return numeral.big or amount.scale != 1 or numeral.end - numeral.start > 2
    return True


def _is_literary(unit: Unit | None) -> bool:
    """Whether poems count in this unit: 八千人, 三千丈, but not 元 and 平方米."""
    return unit is None or unit.group in ("classifier", "time", "short")


#: The rest of a number in groups of three, which may as well be a row of numbers: 12 345.6亿.
_GROUP: Final = re.compile(r"(?<=[0-9][ \u00a0\u2009\u202f])(?<![0-9]{4}.)[0-9]{3}(?![0-9])")


def _glued(text: str, amount: Amount) -> bool:
    """Whether a numeral character, or what may be its thousands, stands before it: 三十|二百."""
    left = text[amount.start - 1 : amount.start]
    if left.isspace():
        return _GROUP.match(text, amount.start) is not None
    return bool(left) and left in _NUMERAL_CHARACTERS


#: Behind a numeral these would make it one number, or a range, with the digits to come.
_JOINING: Final = frozenset("点點.．·,，到至-~～—–－元角块塊毛米斤成")


def _single_changes(character: str, unit: Unit) -> bool:
    """A single numeral stays (三年, 一个), except before a measured unit (两公里, 一个百分点)."""
    if unit.group in ("percent", "percent_point", "temperature"):
        return character not in "零〇"
    return unit.precise and len(unit.name) > 1 and character not in "一壹零〇"


def _with_magnitude(text: str, amount: Amount, value: Decimal, style: str) -> str:
    """`value` with the largest 万/亿 that its text names, if that stays short; else digits."""
    source = text[amount.numeral.start : amount.end]
    named = {BIG[character] for character in source if character in BIG}
    if amount.factor != 1 and style == "gbt15835":
        named |= {int(size) for size, _ in _MAGNITUDES if amount.factor % size == 0}
    elif amount.factor != 1:
        value = EXACT.divide(
            value, amount.factor
        )  # 3至5亿: the 亿 of the right side still serves both
        return digits(value)
    traditional = "萬" in source or "億" in source
    ends_big = amount.factor != 1 or source[-1] in BIG or amount.symbol == "w"
    for size, name in _MAGNITUDES:
        if size == 10**12:
            if not (10**4 in named and 10**8 in named and ("万亿" in source or "萬億" in source)):
                continue
        elif int(size) not in named:
            continue
        share = EXACT.divide(value, size)
        exponent = Decimal(digits(share)).as_tuple().exponent
        assert isinstance(exponent, int)
        if share.copy_abs() >= 1 and exponent >= -4 and ends_big:
            shown = digits(share) + name
            return shown.replace("万", "萬").replace("亿", "億") if traditional else shown
    return digits(value)


def _lone_percent(text: str, amount: Amount, source: str, start: int, end: int) -> Rewrite | None:
    return _changed(start, end, source, digits(amount.low) + "%", "N103")


def _percent_rule(source: str) -> str:
    return "N104" if "成" in source else "N103"


def _rule(amount: Amount, source: str, value: Decimal) -> str:
    if amount.symbol in ("w", "k") and not amount.numeral.han:
        return "N109"
    if amount.factor != 1:
        return "N110"
    if any(character in _FINANCIAL for character in source):
        return "N105"
    if source[:1] in "负負":
        return "N111"
    return "N102" if amount.numeral.han else "N101"


_DATE_DIGITS: Final = {"〇": "0", "零": "0", "○": "0", "Ｏ": "0"} | {
    character: str(value)
    for character, value in DIGITS.items()
    if character in "一二三四五六七八九"
}


def _date(text: str, reading: Reading) -> Iterator[Rewrite]:
    """The date as a whole, but not behind another numeral."""
    if text[reading.start - 1 : reading.start] in _NUMERAL_CHARACTERS and reading.start:
        return
    source = text[reading.start : reading.end]
    yield reading.start, reading.end, _date_form(source), "N107"


def _date_form(source: str) -> str:
    """二〇二三年十月五日 -> 2023年10月5日."""
    year, rest = source.split("年", 1)
    written = "".join(_DATE_DIGITS[character] for character in year) + "年"
    piece = ""
    for character in rest:
        if character in "月日号號份":
            written += (str(_day(piece)) if piece else "") + character
            piece = ""
        else:
            piece += character
    return written


def _day(piece: str) -> int:
    """The number of a month or day: 十二, 二十五."""
    tens, ten, ones = piece.rpartition("十")
    if not ten:
        return int("".join(_DATE_DIGITS[character] for character in ones))
    return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)
