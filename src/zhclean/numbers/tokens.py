"""The tokens of a numeral: digits, units, points, zeros, and what is vague about them.

Tokens stop before what cannot belong to the numeral, so that 三千两百两 leaves its last 两 as
the weight and 一百二 takes its 二.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from zhclean.numbers.characters import BIG, DIGITS, NARROW, SMALL, TENS, UNITS, VAGUE

__all__ = ["Token", "arabic_value", "tokenise", "whole"]


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


def whole(value: Decimal) -> bool:
    """Whether a number has nothing behind its point. Not `%`: its context has 28 digits."""
    return value == value.to_integral_value()


def arabic_value(text: str) -> Decimal:
    """The value of an Arabic numeral, full-width or grouped: `１，２３４．５` -> 1234.5."""
    return Decimal(text.translate(NARROW).replace(",", ""))


#: Longer numerals are noise; the bound keeps the arithmetic exact and the time linear.
_MOST_TOKENS: Final = 60
_MOST_DIGITS: Final = 60


@dataclass(slots=True)
class Token:
    kind: str  # arabic, digit, run, pair, vague, zero, tens, small, big or point
    low: Decimal
    high: Decimal
    end: int
    length: int = 1
    lead_zero: bool = False


def _arabic_token(text: str, position: int) -> Token | None:
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
    return Token(
        "arabic",
        value,
        value,
        position + len(found),
        len(found),
        lead_zero=len(digits) > 1 and digits[0] == "0" and digits[1] != ".",
    )


def tokenise(text: str, start: int) -> tuple[list[Token], int]:
    """The tokens of the numeral at `start`; they stop before what cannot belong to it."""
    tokens: list[Token] = []
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
            token = Token("vague", _least(tokens, following), Decimal(10), position + 1)
        elif character in "点點 \u3000":
            match = _POINT.match(text, position)
            if match is None or not tokens or any(token.kind == "point" for token in tokens):
                break
            if last not in ("arabic", "digit", "run", "small", "big", "zero"):
                break
            digits = _FRACTION_DIGITS.match(text, match.end())
            if digits is None:
                break
            if (
                last != "arabic"
                and text[match.end() - 1] in " \u3000"
                and digits.group()[0] not in DIGITS
            ):
                break  # 下午三点 2个人
            if digits.end() - digits.start() > _MOST_DIGITS:
                break
            plain = "".join(str(DIGITS.get(one, one)) for one in digits.group().translate(NARROW))
            value = Decimal("0." + plain)
            token = Token("point", value, value, digits.end())
        elif (
            "0" <= character <= "9"
            or "０" <= character <= "９"
            or (character in ".．" and not tokens)
        ):
            if last in ("arabic", "digit", "pair", "run", "vague", "point"):
                break
            found = _arabic_token(text, position)
            if found is None or (last == "big" and _begins_another(text, position, tokens)):
                break
            token = found
        else:
            break
        tokens.append(token)
        position = token.end
    while tokens and tokens[-1].kind == "zero" and len(tokens) > 1:
        tokens.pop()
    return tokens, tokens[-1].end if tokens else start


def _least(tokens: list[Token], following: str) -> Decimal:
    """The least that 几 stands for.

    几百 is at least one hundred, 一百几十 at least 120, 十几天 at least 11; before 万 and 亿
    what follows is unsaid, so 二十几万 begins at 200000.
    """
    if tokens and following in SMALL:
        return Decimal(2)
    return Decimal(0) if tokens and following in BIG else Decimal(1)


#: 2万|3万, 二十万|三十万; but 三万五千万 is 3.5亿.
_ANOTHER: Final = re.compile(
    rf"(?:[0-9０-９]{{1,3}}(?:[.．][0-9０-９]{{1,3}})?|[{''.join(DIGITS)}]?[十拾百佰]?[{''.join(DIGITS)}]?)(?P<big>[万萬亿億兆])"
)


def _begins_another(text: str, position: int, tokens: list[Token]) -> bool:
    """Whether what stands behind 万 or 亿 has the same 万 or 亿 of its own."""
    match = _ANOTHER.match(text, position)
    return (
        match is not None
        and BIG[match["big"]] == tokens[-1].low
        and not (len(tokens) > 1 and tokens[-2].kind == "big")  # 四万万五千万
    )


_DIGIT_RUN: Final = re.compile("[" + "".join(DIGITS) + "]++")


def _digit_token(text: str, position: int, last: str, tokens: list[Token]) -> Token | None:
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
            and text[position + 1 : position + 2] not in UNITS
        ):
            return None  # 三千两百两: the last 两 is the weight
        following = text[position + 1 : position + 2]
        if last == "small" and SMALL.get(following, 0) >= tokens[-1].low > 10:
            return None  # 八百一千: the digit begins another numeral
        if last == "big" and _begins_another(text, position, tokens):
            return None
        return Token("zero" if values[0] == 0 else "digit", value, value, position + 1)
    following = text[match.end() : match.end() + 1]
    if values[0] == 0 and tokens:
        # 零 inside a numeral: 一万零五; a second digit may follow it.
        zeros = len(run) - len(run.lstrip("〇零○"))
        return Token("zero", Decimal(0), Decimal(0), position + zeros)
    weight = run[1] in "两兩" and len(run) == 2 and following not in UNITS
    if weight and not (values[0] == 1 and following and _counts(following)):
        # 三两, 一两: the weight, unless a measure word makes it "one or two".
        value = Decimal(values[0])
        return Token("digit", value, value, position + 1)
    if len(run) == 2 and (values[0], values[1]) in _PAIRS and run[0] not in "〇零○":
        return Token("pair", Decimal(values[0]), Decimal(values[1]), match.end(), 2)
    if tokens:
        # 一百二 三 …: only the first digit belongs to this numeral.
        value = Decimal(values[0])
        return Token("digit", value, value, position + 1)
    if following in SMALL:
        # 五二十: digit by digit does not mix with units.
        value = Decimal(values[0])
        return Token("digit", value, value, position + 1)
    value = Decimal("".join(map(str, values)))
    return Token("run", value, value, match.end(), len(run), lead_zero=values[0] == 0)


def _counts(character: str) -> bool:
    """Whether a Han character follows, so that 一两 is "one or two" of something."""
    return "\u4e00" <= character <= "\u9fff" and character not in "银銀黄黃白重"


def _unit_token(text: str, position: int, character: str, tokens: list[Token]) -> Token | None:
    last = tokens[-1].kind if tokens else ""
    if character in TENS:
        if last not in ("", "small", "zero", "big"):
            return None
        value = Decimal(TENS[character])
        return Token("tens", value, value, position + 1)
    if character in SMALL:
        size = Decimal(SMALL[character])
        if last == "big" and size > 10:
            return None  # 两万千瓦 counts 千瓦
        if last in ("run", "point") or (
            last == "arabic" and size == 10 and not whole(tokens[-1].low)
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
            if token.kind == "tens":
                return None
        return Token("small", size, size, position + 1)
    size = Decimal(BIG[character])
    if (
        character == "兆"
        and text[position + 1 : position + 2]
        and text[position + 1] in "字赫瓦帕比欧歐焦位牛伏电電"
    ):
        return None
    if last in ("run", "zero"):
        return None
    if last == "big" and tokens[-1].low >= size and not tokens[-1].low == size == 10**4:
        return None  # 亿万, 亿亿; but 万亿 and 万万
    return Token("big", size, size, position + 1)
