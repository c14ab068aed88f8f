"""Numerals and their values: one reader for every way in which Chinese writes a number.

`read` takes the longest numeral at a position: Arabic (`1,234.5`, full-width), Chinese
(`二百八十六`), financial (`壹佰贰拾叁`), traditional (`三萬五`), mixed (`2亿3千5百万`), with a
decimal point (`三点五`, `六点四二万`), colloquial (`一百二`, `两万二千五`), digit by digit
(`二〇二三`) and vague (`三四百`, `十几`, `数十`). It reads each character once.

Values are `Decimal` from the first character on; nothing here is ever a binary fraction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from zhclean.numbers.characters import BIG, DIGITS, HAN, VAGUE
from zhclean.numbers.exact import EXACT
from zhclean.numbers.tokens import Token, tokenise, whole

__all__ = ["Numeral", "exact", "read", "run_end"]


_ONE: Final = Decimal(1)


@dataclass(slots=True)
class Numeral:
    """A numeral `text[start:end]` and what it is worth.

    `low == high` unless the numeral is vague; `open_high` marks a `high` that is itself too
    much (`十几`: 11 to below 20). `scale` is the 万/亿 at its end (1 without), `unit_scale`
    that with a trailing 百/千. `leading` is False for a round word without a digit (`百万`).
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    open_high: bool
    han: bool  # written in Chinese digits, not only 万/亿 behind Arabic ones
    leading: bool
    positional: bool  # digit by digit: 二〇二三
    zero_first: bool
    point: bool
    scale: Decimal
    unit_scale: Decimal
    colloquial: bool  # the last unit is left out: 一百二
    big: bool  # 万, 亿 or 兆 stands in it

    @property
    def vague(self) -> bool:
        return self.open_high or (self.low is not self.high and self.low != self.high)

    def moved(self, start: int) -> Numeral:
        """The same numeral, `start` further on."""
        return Numeral(
            self.start + start,
            self.end + start,
            self.low,
            self.high,
            self.open_high,
            self.han,
            self.leading,
            self.positional,
            self.zero_first,
            self.point,
            self.scale,
            self.unit_scale,
            self.colloquial,
            self.big,
        )


def exact(
    start: int,
    end: int,
    value: Decimal,
    *,
    han: bool,
    point: bool = False,
    scale: Decimal = _ONE,
    big: bool = False,
) -> Numeral:
    """A numeral of one value that begins with a digit and has nothing odd about it."""
    # Most numerals are made here, and by position that is faster: neither open above nor without a
    # digit in front, not digit by digit, no zero first, and not colloquial.
    return Numeral(
        start, end, value, value, False, han, True, False, False, point, scale, scale, False, big
    )


_NUMERAL_RUN: Final = re.compile(rf"[0-9０-９{HAN}]*+")


def run_end(text: str, start: int) -> int:
    """Where the characters end that may stand in a numeral; at least one behind `start`."""
    match = _NUMERAL_RUN.match(text, start)
    assert match is not None
    return max(match.end(), start + 1)


def read(text: str, start: int) -> Numeral | None:
    """The longest numeral at `start`, or None. `.5` and `百万` are numerals, `点五` is not."""
    simple = _SIMPLE.match(text, start)
    if simple is not None:
        return _simple(simple)
    zone = _ZONE.match(text, start)
    assert zone is not None
    if zone.end() - start > _ZONE_LENGTH:
        tokens, end = tokenise(text, start)
        return _evaluate(tokens, start, end) if tokens else None
    numeral = _read_zone(text[start : zone.end() + 2])
    return None if numeral is None else numeral.moved(start)


#: A numeral and what may stand inside it; its reading depends on this and two characters more.
_ZONE: Final = re.compile(rf"[0-9０-９{HAN}{VAGUE}点點.．·・,， \u3000]{{0,13}}")
_ZONE_LENGTH: Final = 12


@lru_cache(maxsize=4096)
def _read_zone(zone: str) -> Numeral | None:
    """The numeral that opens `zone`. The same short numerals stand in text again and again."""
    tokens, end = tokenise(zone, 0)
    return _evaluate(tokens, 0, end) if tokens else None


#: Most numerals of a text are of two kinds: 1234.5万 and a single 三.
_SIMPLE: Final = re.compile(
    rf"(?:(?P<digits>[1-9][0-9]{{0,14}}(?:\.[0-9]{{1,9}})?|0\.[0-9]{{1,9}})(?P<big>[万亿])?|(?P<one>[一二三四五六七八九]))"
    rf"(?![0-9０-９{HAN}{VAGUE}点點 \u3000,，.．·・])"
)


def _simple(match: re.Match[str]) -> Numeral:
    digits, big, one = match.group("digits", "big", "one")
    if one is not None:
        return exact(*match.span(), Decimal(DIGITS[one]), han=True)
    value = Decimal(digits)
    point = not whole(value)
    if big is None:
        return exact(*match.span(), value, han=False, point=point)
    scale = Decimal(BIG[big])
    value = EXACT.multiply(value, scale)
    return exact(*match.span(), value, han=False, point=point, scale=scale, big=True)


def _evaluate(tokens: list[Token], start: int, end: int) -> Numeral | None:
    low = _value(tokens, 0)
    vague = any(token.low is not token.high and token.low != token.high for token in tokens)
    high = _value(tokens, 1) if vague else low
    first = tokens[0]
    scale = Decimal(1)
    unit_scale = Decimal(1)
    for token in reversed(tokens):
        if token.kind == "big":
            scale *= token.low
            unit_scale *= token.low
        elif token.kind == "small" and scale == unit_scale and token.low > 10:
            unit_scale *= token.low
        else:
            break
    kinds = [token.kind for token in tokens]
    return Numeral(
        start=start,
        end=end,
        low=low,
        high=high,
        open_high="vague" in kinds,
        han=any(kind in ("digit", "run", "pair", "vague", "tens", "zero") for kind in kinds)
        or ("small" in kinds and "arabic" not in kinds),
        leading=not (first.kind == "big" or (first.kind == "small" and first.low > 10)),
        positional=kinds[0] == "run",
        zero_first=first.kind == "zero" or first.lead_zero,
        point="point" in kinds or (first.kind == "arabic" and not whole(first.low)),
        scale=scale,
        unit_scale=unit_scale,
        colloquial=_colloquial(tokens),
        big="big" in kinds,
    )


def _colloquial(tokens: list[Token]) -> bool:
    if len(tokens) < 2 or tokens[-1].kind not in ("digit", "pair", "arabic"):
        return False
    before = tokens[-2]
    return before.kind == "big" or (before.kind == "small" and before.low > 10)


def _without_one(tokens: list[Token]) -> bool:
    """Whether 百 or 千 opens the numeral, as Cantonese says it, and one digit follows."""
    return tokens[0].kind == "small" and tokens[0].low > 10 and tokens[1].kind == "digit"


def _value(tokens: list[Token], side: int) -> Decimal:
    """The value of the tokens, taking the low (0) or high (1) end of vague ones."""
    total = Decimal(0)  # what the 万/亿 read so far are worth
    section = Decimal(0)  # what stands before the next of them
    pending: Decimal | None = None
    last_unit = Decimal(0)
    last_big = Decimal(0)
    after_zero = False
    add, multiply = EXACT.add, EXACT.multiply
    for token in tokens:
        number = token.high if side else token.low
        kind = token.kind
        if kind in ("digit", "pair", "vague", "arabic", "run"):
            pending = number
            if kind == "arabic" and token.lead_zero:
                after_zero = True
            if kind == "arabic" and token.length > 1:
                after_zero = True  # 3千50: no unit is left out after two digits
        elif kind == "zero":
            after_zero = True
            if len(tokens) == 1 or tokens[0] is token:
                pending = Decimal(0)
        elif kind == "tens":
            section = add(section, number)
            last_unit = Decimal(10)
        elif kind == "small":
            section = add(section, multiply(Decimal(1) if pending is None else pending, number))
            pending = None
            last_unit = number
            after_zero = False
        elif kind == "big":
            if pending is not None and not after_zero and _without_one(tokens):
                pending = multiply(pending, last_unit / 10)  # 百二萬: 一百二十萬
            head = section if pending is None else add(section, pending)
            if last_big and number >= last_big:
                # 万亿, 四千…万…亿: everything before it is multiplied.
                total = multiply(add(total, head), number)
            else:
                if not head and pending is None and not total:
                    head = Decimal(1)
                total = add(total, multiply(head, number))
            again = not head and number == last_big  # 四万万五千万: 万万 is 亿
            section = Decimal(0)
            pending = None
            last_big = multiply(number, number) if again else number
            last_unit = number
            after_zero = False
        elif kind == "point":
            if pending is not None:
                # 两千三点一: the unit is left out before the point too
                share = last_unit / 10 if last_unit > 10 and not after_zero else Decimal(1)
                section = add(section, multiply(pending, share))
            pending = None
            section = add(section, number)
            after_zero = True
    if pending is not None:
        if last_unit > 10 and not after_zero:
            pending = multiply(pending, last_unit / 10)  # 一百二: the unit below is left out
        section = add(section, pending)
    return add(total, section)
