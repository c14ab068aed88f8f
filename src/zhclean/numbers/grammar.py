"""The grammar: every quantity of a text in one pass from left to right.

A compiled search (triggers.py) finds characters that may begin a numeral; `numerals.read` takes the
numeral, units.py what it counts, bounds.py what is said about it. Both products, the list
of quantities and the normal form, come from the readings made here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from zhclean.numbers import (
    amounts,
    bounds,
    cells,
    fractions,
    identifiers,
    labels,
    numerals,
    triggers,
)
from zhclean.numbers.bounds import Bound
from zhclean.numbers.currency import SYMBOLS
from zhclean.numbers.reading import Amount, Reading
from zhclean.numbers.units import Unit, is_rate_of

__all__ = ["changing", "parse", "read_at"]


def parse(text: str) -> list[Reading]:
    """Every quantity of `text`, and every year written digit by digit, in order."""
    found = list(read_at(text, triggers.counting()))
    if not found or len(found) < len(text) < 64:
        whole = cells.whole_numerals(text)
        if len(whole) > len(found):
            return whole
    return _merge(text, found)


def changing(text: str, style: str, position: int = 0) -> Iterator[Reading]:
    """The readings of `parse` from `position` on that a style may write anew, without bounds."""
    return read_at(text, triggers.changing(style), position, bounded=False)


def read_at(
    text: str, trigger: re.Pattern[str], position: int = 0, *, bounded: bool = True
) -> Iterator[Reading]:
    """The readings at the places from `position` on that `trigger` finds."""
    while (match := trigger.search(text, position)) is not None:
        reading, position = next_reading(text, match.start())
        if reading is None:
            continue
        if bounded:
            _add_bounds(text, reading)
        yield reading


def next_reading(text: str, start: int) -> tuple[Reading | None, int]:
    """The quantity at `start`, without bounds, and from where to look on."""
    position = identifiers.skip(text, start)
    if position > start:
        return None, position
    reading, position = _read(text, start - 1 if _opens_with_point(text, start) else start)
    return reading, max(position, start + 1)


def _opens_with_point(text: str, start: int) -> bool:
    """Whether the point in front of the digits at `start` is a decimal point: -.34%, not 完成.34%."""
    if text[start - 1 : start] not in (".", "．"):
        return False
    return text[start - 2 : start - 1] in ("", *"-－−+(（[ \u3000\n\t,，:：=")


def _read(text: str, start: int) -> tuple[Reading | None, int]:
    """The quantity at `start`, and from where to look on."""
    date = identifiers.date(text, start)
    if date is not None:
        return date
    first, unit, end = amounts.read(text, start)
    if first is None:
        return None, max(end, start + 1)
    joined = _range(text, first, unit, end)
    if joined is not None:
        reading, end = joined
        if labels.is_label_range(text, reading):
            return None, end
    else:
        reading = _single(text, first, unit, end)
        if not labels.is_quantity(text, reading):
            run = numerals.run_end(text, start)
            return None, run if run - start > _LONGEST_RUN else max(first.numeral.end, start + 1)
    return reading, max(end, reading.end)


#: A longer run of numeral characters holds no quantity; passing over it keeps the time linear.
_LONGEST_RUN: Final = 100


def _single(text: str, amount: Amount, unit: Unit | None, end: int) -> Reading:
    vague = amount.vague
    reading = Reading(
        start=amount.start,
        end=end,
        kind=_kind(amount, unit),
        low=amount.low if vague else None,
        high=amount.high if vague else None,
        value=None if vague else amount.low,
        unit=unit,
        amounts=[amount],
        approximate=vague,
        high_included=not amount.open_high,
        bound_start=amount.start,
        bound_end=end,
    )
    if not amount.numeral.leading and text[amount.start - 1 : amount.start] == "上":
        reading.approximate, reading.low, reading.bound = True, amount.low, "low"  # 上百名
    if amount.tail:
        reading.approximate = True
        if not vague and amount.tail not in "来來":
            reading.low, reading.low_included, reading.bound = amount.low, False, "low"
    if amount.symbol == "±":
        reading.value, reading.low, reading.high = None, amount.low.copy_negate(), amount.low
    if amount.form == "fixed" and amount.symbol == "/" and amount.written is None:
        reading.low, reading.high = fractions.enclosure(amount)
    return reading


def _kind(amount: Amount, unit: Unit | None) -> str:
    if unit is not None:
        return unit.kind
    if amount.form == "percent":
        return "percent"
    if amount.symbol == "/":
        return "fraction"
    numeral = amount.numeral
    # 612万 and 房价一百二 count something that is not named; 负三点一四 is a number.
    counts = amount.scale != 1 or numeral.big or numeral.colloquial or amount.vague
    return "quantity" if counts else "number"


_CONNECTOR: Final = re.compile(r"[ \u3000]{0,2}(?:--|[-－–~～〜]|[—─]{1,2}|至|到)[ \u3000]{0,2}")
_CONNECTS: Final = frozenset(" \u3000-－–~～〜—─至到和与與跟同")
_BETWEEN: Final = re.compile(r"[ \u3000]?[和与與跟同][ \u3000]?")
_BETWEEN_END: Final = re.compile(r"(?:之)?[间間](?![接隔])")


def _range(text: str, first: Amount, unit: Unit | None, end: int) -> tuple[Reading, int] | None:
    """The range that begins with `first`, if one does: 3至5亿元, 10%—15%, 20和30之间."""
    if text[end : end + 1] not in _CONNECTS:
        return None
    match = _CONNECTOR.match(text, end)
    between = match is None
    match = match or _BETWEEN.match(text, end)
    if match is None or match.end() >= len(text):
        return None
    second, second_unit, second_end = amounts.read(text, match.end(), in_range=True)
    if second is None or not _may_be_sides(first, second):
        return None
    if between and second_unit is not None and second_unit.name == "间":
        second_unit, second_end = None, second_end - 1
    closing = _BETWEEN_END.match(text, second_end)
    if between and closing is None:
        return None
    if (
        first.form == "percent"
        and second.form == "number"
        and second_unit is None
        and not second.numeral.big
    ):
        # 百分之二到五
        second.form, second.symbol = "plain", ""
        second_unit = unit
    # $3-5万, ¥3-¥5万元: the sign is the unit of both sides, and the left is still lent its 万.
    sign = text[first.start - 1 : first.start]
    priced = unit is not None and end == first.end and sign in SYMBOLS
    if priced and (second_unit is None or text[match.end()] == sign):
        second_unit = unit
    if unit is not None and second_unit is not None and unit != second_unit:
        if not is_rate_of(second_unit, unit):  # 2元至3元/公斤
            return None
        unit = second_unit
    if second_unit is None and unit is not None and closing is None:
        return None
    whole_unit = second_unit or unit
    lends = (unit is None or priced) and first.form == "number"
    if lends and not _lend(text, first, second, whole_unit):
        return None
    low, high = first.low, second.high
    if low >= high:
        return None
    if whole_unit is None and closing is None and not _is_bare_range(text, first, second):
        return None
    reading = Reading(
        start=first.start,
        end=second_end,
        kind=_kind(second, whole_unit),
        low=low,
        high=high,
        value=None,
        unit=whole_unit,
        amounts=[first, second],
        approximate=first.vague or second.vague,
        high_included=not second.open_high,
        bound_start=first.start,
        bound_end=second_end,
        connector=(match.start(), match.end()),
    )
    return reading, second_end


def _may_be_sides(first: Amount, second: Amount) -> bool:
    """Whether two amounts can be those of a range: both exact or both vague, and no fractions."""
    if first.vague != second.vague or first.tail or second.tail:
        return False
    return not any(one.form == "fixed" and one.symbol == "/" for one in (first, second))


def _lend(text: str, first: Amount, second: Amount, unit: Unit | None) -> bool:
    """Have the left side of a range take what the right one names for both; False if it can't."""
    if second.form == "percent" and not amounts.lend_tenths(text, first, second):
        return False
    if unit is not None and unit.group == "discount":
        amounts.lend_discount(first, second)
    else:
        amounts.lend_scale(first, second)
    return True


def _is_bare_range(text: str, first: Amount, second: Amount) -> bool:
    """Whether two numbers without a unit are a range: by 万/亿, or by the words before them."""
    big = first.numeral.big or second.numeral.big or second.symbol in ("w", "k")
    return big or bool(bounds.before(text, first.start)[0]) or labels.names_range(text, first.start)


def _add_bounds(text: str, reading: Reading) -> None:
    """What the words around the quantity say: 约, 超, 以上, 左右."""
    bound, bound_start = bounds.before(text, reading.start)
    if not bound:
        bound = bounds.comparison(text, reading.start, reading.end)
        if bound:
            bound_start = text.rindex("比", 0, reading.start)
    _apply(reading, bound)
    reading.bound_start = bound_start
    bound, bound_end = bounds.after(text, reading.end)
    _apply(reading, bound)
    if text[reading.end : bound_end] == "多":
        reading.end = bound_end
    reading.bound_end = bound_end


def _apply(reading: Reading, bound: Bound) -> None:
    reading.approximate = reading.approximate or bound.approximate
    if not bound.side or reading.value is None:
        return
    if bound.side == "equal":
        reading.low = reading.high = reading.value
    elif bound.side == "low" and reading.low is None:
        reading.low, reading.low_included, reading.bound = reading.value, bound.included, "low"
    elif bound.side == "high" and reading.high is None and reading.low is None:
        reading.high, reading.high_included, reading.bound = reading.value, bound.included, "high"


_JOIN: Final = re.compile(r"[\s,，、]{0,3}(?:的同时|并且|而且|并|且|而|但|和)?[\s]{0,2}")


def _merge(text: str, readings: list[Reading]) -> list[Reading]:
    """Two bounds that stand together become one range: 三年以上十年以下, 大于10小于20."""
    merged: list[Reading] = []
    for reading in readings:
        last = merged[-1] if merged else None
        if last is not None and _belong(text, last, reading):
            lower, upper = (last, reading) if last.bound == "low" else (reading, last)
            merged[-1] = Reading(
                start=last.start,
                end=reading.bound_end,
                kind=reading.kind,
                low=lower.low,
                high=upper.high,
                value=None,
                unit=reading.unit or last.unit,
                amounts=last.amounts + reading.amounts,
                approximate=last.approximate or reading.approximate,
                low_included=lower.low_included,
                high_included=upper.high_included,
                bound_start=last.bound_start,
                bound_end=reading.bound_end,
            )
            continue
        merged.append(reading)
    return merged


def _belong(text: str, last: Reading, reading: Reading) -> bool:
    if {last.bound, reading.bound} != {"low", "high"}:
        return False
    if last.unit is not None and reading.unit is not None and last.unit != reading.unit:
        return False
    if last.unit is not None and reading.unit is None:
        return False
    named = last.bound_start < last.start or last.bound_end > last.end
    if (
        not named
        or reading.bound_start < last.bound_end
        or reading.bound_start - last.bound_end > 8
    ):
        return False
    if _JOIN.fullmatch(text, last.bound_end, reading.bound_start) is None:
        between = text[last.bound_end : reading.bound_start]
        # 比四分之一大， 比二分之一小: the words of the comparison stand between.
        if not re.fullmatch(r"[大小高低多少][\s,，]{0,3}", between):
            return False
    lower, upper = (last, reading) if last.bound == "low" else (reading, last)
    return lower.low is not None and upper.high is not None and lower.low < upper.high
