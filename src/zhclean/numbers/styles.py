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
from zhclean.numbers.characters import BIG, DIGITS, HAN, NARROW, VAGUE
from zhclean.numbers.exact import EXACT
from zhclean.numbers.reading import Amount, Reading
from zhclean.numbers.triggers import STYLES
from zhclean.numbers.units import Unit, match_unit

__all__ = ["STYLES", "rewrites", "rows"]

Rewrite = tuple[int, int, str, str]  # start, end, replacement, rule code

_NUMERAL_CHARACTERS: Final = frozenset(f"{HAN}{VAGUE}0123456789０１２３４５６７８９")
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
    verses: list[tuple[verse.Verse, list[Rewrite]]] = []
    search = triggers.changing(style).search
    while (match := search(text, position)) is not None:
        rewritten, clauses, position = _at(text, style, match.start())
        if clauses:
            verses.append((clauses, rewritten))
        elif rewritten:
            found.extend(rewritten)
    if verses and found:
        edits = [(start, end) for start, end, _, _ in found]
        for number in verse.broken(text, edits, [clauses for clauses, _ in verses]):
            found.extend(verses[number][1])
        found.sort()
    return found


def writes(text: str, style: str, start: int) -> bool:
    """Whether what begins at `start` is written anew, be it what it may elsewhere."""
    rewritten, clauses, _ = _at(text, style, start)
    return bool(rewritten) and not clauses


def _at(text: str, style: str, start: int) -> tuple[list[Rewrite], verse.Verse, int]:
    """What becomes of the quantity at `start`; the verse that keeps it; from where to look on."""
    quantity = ordinary.find(text, start)
    if quantity is not None:
        digits_end, end, literary = quantity
        form = ordinary_form(text[start:digits_end], style) if digits_end > start else None
        if form is None:
            return [], (), end
        clauses = verse.verse(text, start, end) if literary else ()
        return [(start, digits_end, *form)], clauses, end
    reading, position = grammar.next_reading(text, start)
    if reading is None:
        return [], (), position
    rewritten = list(rewrites(text, reading, style))
    if not rewritten or not _is_literary(text, reading):
        return rewritten, (), position
    return rewritten, verse.verse(text, reading.start, reading.end), position


def rewrites(text: str, reading: Reading, style: str) -> Iterator[Rewrite]:
    """The replacements that bring one quantity into `style`, in order, verse or not."""
    if reading.year:
        if style != "keep":
            yield from _date(text, reading)
        return
    written = _amounts(text, reading, style)
    for index, amount in enumerate(reading.amounts):
        rewrite = written[index]
        if rewrite is not None and rewrite[2] != text[rewrite[0] : rewrite[1]]:
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
        return _digits(share.low, share.unit_scale) + ("%" if source[0] == "百" else "‰"), "N103"
    if source[-1] == "成":
        return f"{DIGITS[source[0]]}0%", "N104"
    numeral = ordinary.numeral(source)
    assert numeral is not None
    value = numeral.low
    amount = Amount(0, len(source), value, value, numeral, scale=numeral.scale)
    written = _digits(value, numeral.unit_scale)
    if style != "plain":
        written = _with_magnitude(source, amount, value)
    return None if written == source else (written, _rule(amount, source, value))


def _digits(value: Decimal, scale: Decimal | int = 1) -> str:
    """`value` in Arabic digits, without an exponent.

    Zeros behind the point say how exact a figure is (5.0%), so they stay, unless they come from
    a magnitude that is multiplied out: 1.1万 is 11000.0.
    """
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written and scale != 1 else written


def _scale(amount: Amount) -> Decimal:
    """What magnitudes multiply an amount by, at least."""
    return max(amount.scale, amount.numeral.unit_scale) * amount.factor


def _amounts(text: str, reading: Reading, style: str) -> list[Rewrite | None]:
    """What becomes of each amount: of the two of a range both are written anew, or neither.

    三至500000000元 and 300到5百人 would be other ranges.
    """
    right = _amount(text, reading, reading.amounts[-1], style)
    if len(reading.amounts) == 1:
        return [right]
    left, last = reading.amounts
    lent = left.factor != 1 and right is not None and _lends(text, last, right, style)
    both = [_amount(text, reading, left, style, lent=lent), right]
    return [None, None] if None in both and style != "keep" else both


#: What the right side of a range lends to the left: 百万 in 3到5百万, 个亿 in 3-5个亿.
_LENT: Final = re.compile(r"[个個]?[百千佰仟万萬亿億兆]++\Z|[wWｗＷkKｋＫ]\Z")


def _lends(text: str, last: Amount, right: Rewrite, style: str) -> bool:
    """Whether what is written of the right side still ends in the 万/亿 that it lends: 3至5亿."""
    if style == "gbt15835" and last.scale != 1:
        return False
    unit = _LENT.search(text, last.start, last.end)
    return unit is not None and right[2].endswith(unit.group())


def _amount(
    text: str, reading: Reading, amount: Amount, style: str, *, lent: bool = False
) -> Rewrite | None:
    """What an amount becomes, be it what it is; None if it must stay. `lent`: its 万/亿 is not its own."""
    start, end = _span(text, amount)
    source = text[start:end]
    numeral = amount.numeral
    if amount.form == "plain":  # the right side of 百分之二到五
        return (start, end, _digits(amount.low) + "%", "N103") if style != "keep" else None
    if style == "keep" or (
        not numeral.han
        and not numeral.big
        and amount.form == "number"
        and amount.scale == 1
        and (amount.factor == 1 or lent)
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
        return start, end, _digits(amount.written) + amount.symbol, _percent_rule(source)
    value = amount.low if amount.written is None else amount.written  # 二点五‰ stays 2.5‰
    value = value if text[start] in "-－−负負" else value.copy_abs()
    if amount.form == "decimal":
        return start, end, _digits(value) + amount.symbol, "N108"
    if lent:
        written = _digits(EXACT.divide(value, amount.factor), amount.factor)
    elif style == "plain":
        written = _digits(value, _scale(amount))
    else:
        written = _with_magnitude(text, amount, value)
    plain_digits = not numeral.han and not numeral.big and amount.scale == amount.factor == 1
    if plain_digits and style != "plain":
        written = source.translate(NARROW).replace(",", "")
    return start, end, written, _rule(amount, source, value)


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


def _width(amount: Amount, source: str, start: int, end: int) -> Rewrite | None:
    """Full-width digits and thousands separators go, in every style; 万/亿 and Chinese digits stay."""
    if amount.numeral.han:
        return None
    narrowed = source.translate(NARROW).replace("，", ",")
    if source[:1] not in "-－":
        narrowed = narrowed.replace(",", "")
    else:
        narrowed = "-" + narrowed[1:].replace(",", "")
    return start, end, narrowed, "N106"


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
        and _SIGNED.search(text, max(0, amount.start - _FAR), amount.start - 1) is None
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
    if not numeral.han or amount.form in ("percent", "decimal"):
        return True
    unit = reading.unit
    if all(_is_single(other) for other in reading.amounts):
        return unit is not None and _single_changes(text[numeral.start], unit)
    return unit is not None or any(
        other.numeral.big or other.scale != 1 or other.numeral.end - other.numeral.start > 2
        for other in reading.amounts
    )


def _is_single(amount: Amount) -> bool:
    """Whether it is a single Chinese numeral, which mostly stays, unless in a range: 三到五十人."""
    numeral = amount.numeral
    return numeral.han and numeral.end - numeral.start == 1 and amount.end == numeral.end


def _is_literary(text: str, reading: Reading) -> bool:
    """Whether poems and proverbs count so: 八千人, 三千丈, 九成, but not 元 and 平方米."""
    if reading.year or not reading.amounts[0].numeral.han:
        return False
    unit = reading.unit
    literary = unit is None or (
        unit.group in ("classifier", "time", "short") and unit.name not in verse.MODERN
    )
    return literary or "成" in text[reading.end - 2 : reading.end]


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


#: A numeral that will end in its sign or unit: 百分之三十, 三成五, 百分之二到五, 五元五角零五.
_SIGNED: Final = re.compile(
    rf"每[百千]\Z|(?:[百千]分之|[{HAN}0-9０-９][成角])[{HAN}点點0-9０-９.]++(?:[到至~～—–－-][{HAN}点點0-9０-９.]++)?\Z"
)
_FAR: Final = 24


def _single_changes(character: str, unit: Unit) -> bool:
    """A single numeral stays (三年, 一个), except before a measured unit (两公里, 一个百分点)."""
    if unit.group in ("percent", "percent_point", "temperature"):
        return character not in "零〇"
    return unit.precise and len(unit.name) > 1 and character not in "一壹零〇"


def _with_magnitude(text: str, amount: Amount, value: Decimal) -> str:
    """`value` with the largest 万/亿 that its text names, if that stays short; else digits."""
    source = text[amount.numeral.start : amount.end]
    named = {BIG[character] for character in source if character in BIG}
    if amount.factor != 1:
        named |= {int(size) for size, _ in _MAGNITUDES if amount.factor % size == 0}
    traditional = "萬" in source or "億" in source
    ends_big = amount.factor != 1 or source[-1] in BIG or amount.symbol == "w"
    for size, name in _MAGNITUDES:
        if size == 10**12:
            if not (10**4 in named and 10**8 in named and ("万亿" in source or "萬億" in source)):
                continue
        elif int(size) not in named:
            continue
        share = EXACT.divide(value, size)
        exponent = Decimal(_digits(share, size)).as_tuple().exponent
        assert isinstance(exponent, int)
        if share.copy_abs() >= 1 and exponent >= -4 and ends_big:
            shown = _digits(share, size) + name
            return shown.replace("万", "萬").replace("亿", "億") if traditional else shown
    return _digits(value, _scale(amount))


def _percent_rule(source: str) -> str:
    return "N103" if "之" in source else "N104"


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
