"""Texts that are nothing but numerals, such as the cell of a table."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from zhclean.numbers import numerals
from zhclean.numbers.characters import DIGITS, HAN, NARROW
from zhclean.numbers.contexts import height
from zhclean.numbers.exact import EXACT, FRACTION
from zhclean.numbers.reading import Amount, Reading
from zhclean.numbers.tokens import arabic_value

__all__ = ["whole_numerals"]


_WHOLE: Final = re.compile(rf"[-－−负負+ 0-9０-９{HAN}.．,，;；、点點/／eEｅ\n]++")
_SEPARATORS: Final = re.compile(r"[,，;；、\s]+|[.．]{2,}|[-－]{2,}")
_PIECE: Final = re.compile(
    rf"(?P<sign>[-－−负負][ ]?)?(?P<number>(?:(?<![.．])[.．])?[0-9０-９{HAN}][0-9０-９{HAN}.．,，点點]*)"
    r"(?:(?P<over>[/／])(?P<below>[0-9０-９.．]+)|[eEｅ](?P<exponent>[-－+]?[0-9０-９]{1,2}))?(?=[,，;；、\s]|\Z)"
)


def whole_numerals(text: str) -> list[Reading]:
    """The readings of a text that holds numerals and separators alone, such as a table cell."""
    if len(text) > 200:
        return []
    if text[:1] == "米" and len(text) == 2:
        return _height(text)
    if len(text) < 12 and (found := _MILLIONS.fullmatch(text)) is not None:
        return [_millions(text, found)]
    if _WHOLE.fullmatch(text) is None:
        return []
    readings = []
    position = 0
    while position < len(text):
        separator = _SEPARATORS.match(text, position)
        if separator is not None:
            position = separator.end()
            continue
        match = _PIECE.match(text, position)
        reading = None if match is None else _piece(text, match)
        if reading is None:
            return []
        readings.append(reading)
        position = reading.end
    return readings


def _height(text: str) -> list[Reading]:
    """米九 alone, as in a table of persons."""
    numeral = numerals.read(text, 1)
    found = height(text, numeral) if numeral is not None else None
    if found is None:
        return []
    amount, unit, end = found
    return [Reading(0, end, unit.kind, None, None, amount.low, unit, [amount])]


#: 1.2M in a cell; 3M is a company.
_MILLIONS: Final = re.compile(r"(?P<sign>[-－−]?)(?P<number>[0-9]*[.][0-9]+)M")


def _millions(text: str, match: re.Match[str]) -> Reading:
    numeral = numerals.read(text, match.start("number"))
    assert numeral is not None
    value = EXACT.multiply(numeral.low, Decimal(1000000))
    value = value.copy_negate() if match["sign"] else value
    amount = Amount(0, len(text), value, value, numeral, form="fixed")
    return Reading(0, len(text), "number", None, None, value, None, [amount])


def _piece(text: str, match: re.Match[str]) -> Reading | None:
    numeral = numerals.read(text, match.start("number"))
    if numeral is None or numeral.vague:
        return None
    end = numeral.end
    spoken = numeral.colloquial or (numeral.big and end - numeral.start > 2)  # 千一, 百二萬
    if not (numeral.leading or spoken) or text[numeral.start : end] == "拾":
        return None
    value = numeral.low
    if end != match.end():
        if match["over"] and end == match.start("over"):
            below = arabic_value(match["below"])
            if not below:
                return None
            value, end = FRACTION.divide(value, below), match.end()
        elif match["exponent"] and end == match.start("exponent") - 1:
            exponent = int(match["exponent"].translate(NARROW))
            value, end = EXACT.scaleb(value, exponent), match.end()
        elif text[end : end + 1] not in tuple(",， "):
            return None
    elif text[end : end + 1] in DIGITS:
        return None
    value = value.copy_negate() if match["sign"] else value
    amount = Amount(match.start(), end, value, value, numeral, form="fixed")
    return Reading(match.start(), end, "number", None, None, value, None, [amount])
