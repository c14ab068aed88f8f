"""Numerals and their values: one reader for every way in which Chinese writes a number.

`read` takes the longest numeral at a position: Arabic (`1,234.5`, full-width), Chinese
(`二百八十六`), financial (`壹佰贰拾叁`), traditional (`三萬五`), mixed (`2亿3千5百万`), with a
decimal point (`三点五`, `六点四二万`), colloquial (`一百二`, `两万二千五`), digit by digit
(`二〇二三`) and vague (`三四百`, `十几`, `数十`). It reads each character once.

Values are `Decimal` from the first character on; nothing here is ever a binary fraction.
The character tables follow GB/T 15835-2011 and, for the financial forms, appendix 1 of the
《支付结算办法》 of the People's Bank of China.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache
from typing import Final

__all__ = [
    "BIG",
    "DIGITS",
    "EXACT",
    "FRACTION",
    "HAN",
    "NARROW",
    "SMALL",
    "Numeral",
    "arabic_value",
    "read",
]

#: A context in which sums and products of anything a text can hold stay exact.
EXACT: Final = Context(prec=400)
#: Fractions are the one place where a value may have no end; they keep 28 digits.
FRACTION: Final = Context(prec=28)

DIGITS: Final = {
    character: value
    for value, characters in enumerate(
        (
            "〇零○",
            "一壹弌",
            "二两兩贰貳弍俩倆",
            "三叁參参叄仨弎",
            "四肆",
            "五伍",
            "六陆陸",
            "七柒",
            "八捌",
            "九玖",
        )
    )
    for character in characters
}
SMALL: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
#: Tens in one character.
TENS: Final = {"廿": 20, "卅": 30, "卌": 40}
BIG: Final = {
    "万": 10**4,
    "萬": 10**4,
    "亿": 10**8,
    "億": 10**8,
    "兆": 10**12,
}
_UNITS: Final = frozenset(SMALL) | frozenset(BIG)
VAGUE: Final = "几幾数數"
#: Every character that a Chinese numeral may hold.
HAN: Final = "".join(DIGITS) + "".join(SMALL) + "".join(TENS) + "".join(BIG)

#: Full-width digits and their signs, narrowed.
NARROW: Final = str.maketrans("０１２３４５６７８９．·・，－％", "0123456789...,-%")

_ARABIC: Final = re.compile(
    r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})++(?![0-9０-９])(?:[.．·・][0-9０-９]++)?"
    r"|[0-9０-９]++(?:[.．·・][0-9０-９]++)?"
    r"|[.．][0-9０-９]++"
)
_LONG_COMMA: Final = re.compile(r"(?<=[0-9])，(?=[0-9])")
_POINT: Final = re.compile(
    r"[ \u3000]?[点點][ \u3000]?(?=[0-9０-９〇零○一二两三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖])"
)
_FRACTION_DIGITS: Final = re.compile(
    r"[0-9０-９]++|[〇零○一二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖]++"
)
#: Neighbours that are said for "about so many": 七八, 两三, and the one odd pair, 三五.
_PAIRS: Final = frozenset({(1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7), (7, 8), (8, 9), (3, 5)})


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
    round: bool = True  # nothing after the last 万/亿

    @property
    def vague(self) -> bool:
        return self.low != self.high or self.open_high

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
            self.round,
        )


def _whole(value: Decimal) -> bool:
    """Whether a number has nothing behind its point. Not `%`: its context has 28 digits."""
    return value == value.to_integral_value()


def arabic_value(text: str) -> Decimal:
    """The value of an Arabic numeral, full-width or grouped: `１，２３４．５` -> 1234.5."""
    return Decimal(text.translate(NARROW).replace(",", ""))


_NUMERAL_RUN: Final = re.compile(rf"[0-9０-９{HAN}]*+")
#: Longer numerals are noise; the bound keeps the arithmetic exact and the time linear.
_MOST_TOKENS: Final = 60
_MOST_DIGITS: Final = 60


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
        tokens, end = _tokens(text, start)
        return _evaluate(tokens, start, end) if tokens else None
    numeral = _read_zone(text[start : zone.end() + 2])
    return None if numeral is None else numeral.moved(start)


#: A numeral and what may stand inside it; its reading depends on this and two characters more.
_ZONE: Final = re.compile(rf"[0-9０-９{HAN}{VAGUE}点點.．·・,， \u3000]{{0,13}}")
_ZONE_LENGTH: Final = 12


@lru_cache(maxsize=4096)
def _read_zone(zone: str) -> Numeral | None:
    """The numeral that opens `zone`. The same short numerals stand in text again and again."""
    tokens, end = _tokens(zone, 0)
    return _evaluate(tokens, 0, end) if tokens else None


#: Most numerals of a text are of two kinds: 1234.5万 and a single 三.
_SIMPLE: Final = re.compile(
    rf"(?:(?P<digits>[1-9][0-9]{{0,14}}(?:\.[0-9]{{1,9}})?|0\.[0-9]{{1,9}})(?P<big>[万亿])?|(?P<one>[一二三四五六七八九]))"
    rf"(?![0-9０-９{HAN}{VAGUE}点點 \u3000,，.．·・])"
)
_ONE: Final = Decimal(1)


def _simple(match: re.Match[str]) -> Numeral:
    start, end = match.span()
    one = match["one"]
    if one is not None:
        value = Decimal(DIGITS[one])
        return Numeral(
            start,
            end,
            value,
            value,
            False,
            True,
            True,
            False,
            False,
            False,
            _ONE,
            _ONE,
            False,
            False,
            False,
        )
    value = Decimal(match["digits"])
    point = not _whole(value)
    big = match["big"]
    scale = _ONE
    if big is not None:
        scale = Decimal(BIG[big])
        value = EXACT.multiply(value, scale)
    return Numeral(
        start,
        end,
        value,
        value,
        False,
        False,
        True,
        False,
        False,
        point,
        scale,
        scale,
        False,
        big is not None,
        big is not None,
    )


@dataclass(slots=True)
class _Token:
    kind: str  # arabic, digit, pair, vague, zero, small, big, point, run
    low: Decimal
    high: Decimal
    end: int
    length: int = 1
    lead_zero: bool = False


def _arabic_token(text: str, position: int) -> _Token | None:
    match = _ARABIC.match(text, position)
    if match is None:
        return None
    found = match.group()
    if "，" in found:
        # The Chinese comma separates thousands only where nothing else can be meant.
        sure = (
            found.count("，") + found.count(",") > 1
            or "." in found
            or not _LONG_COMMA.search(found)
        )
        if not sure:
            found = found[: found.index("，")]
    if len(found) > _MOST_DIGITS:
        return None
    value = arabic_value(found)
    digits = found.translate(NARROW)
    return _Token(
        "arabic",
        value,
        value,
        position + len(found),
        len(found),
        lead_zero=len(digits) > 1 and digits[0] == "0" and digits[1] != ".",
    )


def _tokens(text: str, start: int) -> tuple[list[_Token], int]:
    """The tokens of the numeral at `start`; they stop before what cannot belong to it."""
    tokens: list[_Token] = []
    position = start
    length = len(text)
    while position < length:
        if len(tokens) > _MOST_TOKENS:
            return [], start
        character = text[position]
        last = tokens[-1].kind if tokens else ""
        if character in DIGITS:
            token = _digit_token(text, position, last, tokens)
            if token is None:
                break
        elif character in SMALL or character in TENS or character in BIG:
            token = _unit_token(text, position, character, tokens)
            if token is None:
                break
        elif character in VAGUE:
            if last not in ("", "small", "zero"):
                break
            following = text[position + 1 : position + 2]
            opens = not tokens and (following in SMALL or following in BIG)
            # 几 after a unit: 十几, 一百几十; 数 only opens a numeral.
            if not opens and not (tokens and character in "几幾"):
                break
            token = _Token("vague", _least(tokens, following), Decimal(10), position + 1)
        elif character in "点點 \u3000":
            match = _POINT.match(text, position)
            if match is None or not tokens or any(token.kind == "point" for token in tokens):
                break
            if last not in ("arabic", "digit", "run", "small", "big", "zero"):
                break
            digits = _FRACTION_DIGITS.match(text, match.end())
            if digits is None:
                break
            if digits.end() - digits.start() > _MOST_DIGITS:
                break
            plain = "".join(str(DIGITS.get(one, one)) for one in digits.group().translate(NARROW))
            value = Decimal("0." + plain)
            token = _Token("point", value, value, digits.end())
        elif (
            "0" <= character <= "9"
            or "０" <= character <= "９"
            or (character in ".．" and not tokens)
        ):
            if last in ("arabic", "digit", "pair", "run", "vague", "point"):
                break
            found = _arabic_token(text, position)
            if found is None:
                break
            token = found
        else:
            break
        tokens.append(token)
        position = token.end
    while tokens and tokens[-1].kind == "zero" and len(tokens) > 1:
        tokens.pop()
    return tokens, tokens[-1].end if tokens else start


def _least(tokens: list[_Token], following: str) -> Decimal:
    """The least that 几 stands for.

    几百 is at least one hundred, 一百几十 at least 120, 十几天 at least 11; before 万 and 亿
    what follows is unsaid, so 二十几万 begins at 200000.
    """
    if tokens and following in SMALL:
        return Decimal(2)
    return Decimal(0) if tokens and following in BIG else Decimal(1)


_DIGIT_RUN: Final = re.compile("[" + "".join(DIGITS) + "]++")


def _digit_token(text: str, position: int, last: str, tokens: list[_Token]) -> _Token | None:
    if last in ("arabic", "digit", "pair", "run", "point", "vague"):
        return None
    match = _DIGIT_RUN.match(text, position)
    assert match is not None
    run = match.group()
    if len(run) > _MOST_DIGITS:
        return None
    values = [DIGITS[one] for one in run]
    if len(run) == 1:
        value = Decimal(values[0])
        if (
            run in "两兩"
            and last in ("small", "big")
            and text[position + 1 : position + 2] not in _UNITS
        ):
            return None  # 三千两百两: the last 两 is the weight
        return _Token("zero" if values[0] == 0 else "digit", value, value, position + 1)
    following = text[match.end() : match.end() + 1]
    if values[0] == 0 and tokens:
        # 零 inside a numeral: 一万零五; a second digit may follow it.
        zeros = len(run) - len(run.lstrip("〇零○"))
        return _Token("zero", Decimal(0), Decimal(0), position + zeros)
    weight = run[1] in "两兩" and len(run) == 2 and following not in _UNITS
    if weight and not (values[0] == 1 and following and _counts(following)):
        # 三两, 一两: the weight, unless a measure word makes it "one or two".
        value = Decimal(values[0])
        return _Token("digit", value, value, position + 1)
    if len(run) == 2 and (values[0], values[1]) in _PAIRS and run[0] not in "〇零○":
        return _Token("pair", Decimal(values[0]), Decimal(values[1]), match.end(), 2)
    if tokens:
        # 一百二 三 …: only the first digit belongs to this numeral.
        value = Decimal(values[0])
        return _Token("digit", value, value, position + 1)
    if following in SMALL and following:
        # 五二十: digit by digit does not mix with units.
        value = Decimal(values[0])
        return _Token("digit", value, value, position + 1)
    value = Decimal("".join(map(str, values)))
    return _Token("run", value, value, match.end(), len(run), lead_zero=values[0] == 0)


def _counts(character: str) -> bool:
    """Whether a Han character follows, so that 一两 is "one or two" of something."""
    return "\u4e00" <= character <= "\u9fff" and character not in "银銀黄黃白重"


def _unit_token(text: str, position: int, character: str, tokens: list[_Token]) -> _Token | None:
    last = tokens[-1].kind if tokens else ""
    if character in TENS:
        if last not in ("", "small", "zero", "big"):
            return None
        value = Decimal(TENS[character])
        return _Token("tens", value, value, position + 1)
    if character in SMALL:
        size = Decimal(SMALL[character])
        if last == "big" and size > 10:
            return None  # 两万千瓦 counts 千瓦
        if last in ("run", "point") or (
            last == "arabic" and size == 10 and not _whole(tokens[-1].low)
        ):
            return None
        if last == "tens" or (last == "zero" and len(tokens) == 1 and size > 10):
            return None
        # A larger unit never follows a smaller one inside a section: 三十百 ends at 三十.
        for token in reversed(tokens):
            if token.kind == "big":
                break
            if token.kind == "small" and token.low <= size:
                # 三千万 is 千 before 万; 十百 and 百百 are not numerals.
                return None
            if token.kind == "tens" and size >= 10:
                return None
        return _Token("small", size, size, position + 1)
    size = Decimal(BIG[character])
    if (
        character == "兆"
        and text[position + 1 : position + 2]
        and text[position + 1] in "字赫瓦帕比欧歐焦位"
    ):
        return None
    if last in ("run", "zero"):
        return None
    if last == "big" and tokens[-1].low >= size and not tokens[-1].low == size == 10**4:
        return None  # 亿万, 亿亿; but 万亿 and 万万
    return _Token("big", size, size, position + 1)


def _evaluate(tokens: list[_Token], start: int, end: int) -> Numeral | None:
    low = _value(tokens, 0)
    vague = any(token.low != token.high for token in tokens)
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
        point="point" in kinds or (first.kind == "arabic" and not _whole(first.low)),
        scale=scale,
        unit_scale=unit_scale,
        colloquial=_colloquial(tokens),
        big="big" in kinds,
        round=kinds[-1] == "big",
    )


def _colloquial(tokens: list[_Token]) -> bool:
    if len(tokens) < 2 or tokens[-1].kind not in ("digit", "pair", "arabic"):
        return False
    before = tokens[-2]
    return before.kind == "big" or (before.kind == "small" and before.low > 10)


def _value(tokens: list[_Token], side: int) -> Decimal:
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
            head = section if pending is None else add(section, pending)
            if last_big and number >= last_big:
                # 万亿, 四千…万…亿: everything before it is multiplied.
                total = multiply(add(total, head), number)
            else:
                if not head and pending is None and not total:
                    head = Decimal(1)
                total = add(total, multiply(head, number))
            section = Decimal(0)
            pending = None
            last_big = number
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
