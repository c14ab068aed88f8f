"""One amount: sign, numeral, what changes its size, and its unit."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from zhclean.numbers import numerals
from zhclean.numbers.characters import BIG, DIGITS, HAN, SMALL
from zhclean.numbers.compound import and_half, cents, jiao_fen, one_and_half, special
from zhclean.numbers.contexts import height
from zhclean.numbers.currency import SYMBOLS, named_before, named_dollars, symbol_before
from zhclean.numbers.exact import EXACT
from zhclean.numbers.fractions import OVER, bare_over, fraction, mixed
from zhclean.numbers.halves import half, half_price, one_half
from zhclean.numbers.letters import LETTER, counts_millions, counts_thousands, is_watt
from zhclean.numbers.numerals import Numeral
from zhclean.numbers.reading import Amount
from zhclean.numbers.units import PERCENT, SMALL_COINS, Unit, fold, match_unit, per

__all__ = ["lend_discount", "lend_scale", "lend_tenths", "read"]

_TENTH_PART: Final = Decimal("0.1")

_OVER_FIRST: Final = frozenset("分份 \u3000")
_COUNT_OF_BIG: Final = re.compile(
    r"[个個](?P<more>[多半]?)(?P<big>[百千]?[万萬亿億]{1,2})(?!.{1,2}[级級])"
    # One rich man, a hall for ten thousand: 一个亿万富翁, 一个万人礼堂, 三个千万元项目.
    r"(?<![亿億][万萬])(?:(?<=[亿億])|(?=[元圆块塊的左以上下]|[美港欧歐日澳][元币幣]|[^\u4e00-\u9fff]|\Z))"
    r"(?!(?:[元吨斤亩畝户戶]|人(?!民))(?![的左以上下多整钱錢人])[\u4e00-\u9fff])"
)
_MORE_BIG: Final = re.compile(
    r"(?P<more>[多余餘来來])(?P<big>[百千]?[万萬亿億]{1,2})(?!.{1,2}[级級])"
)
_MORE: Final = re.compile(r"[多余餘]|[来來](?=[个個人名位岁歲天年斤里公分小户家项件条次块元])")
_SIGN_ENDS: Final = frozenset("-－−负負±下的 \u3000")
_WORDS: Final = frozenset("半对對")
_SIGN: Final = "-－−负負"
#: Behind a bracket a dash is a sign where no amount can stand: (同比)-5.2%, but 3%(含)-5%.
_COMPARED: Final = re.compile(
    r"(?<![0-9０-９%％])[(（](?:同比|[环環]比|[较較比]上年|[较較比]去年|[增涨漲跌降][长長幅速])[)）]\Z"
)
_ABOUT_HUNDRED: Final = re.compile(r"(?P<unit>[百千])八十")


def read(
    text: str, start: int, *, in_range: bool = False
) -> tuple[Amount | None, Unit | None, int]:
    """The amount at `start`, its unit and where both end; (None, None, end read) if there is none."""
    begin = start
    negative = False
    sign = ""
    if in_range and text[start] in _SIGN:
        negative, start, sign = True, start + 1, text[start]
    elif in_range and text[start] in SYMBOLS:
        start += 1
    elif start and not in_range and text[start - 1] in _SIGN_ENDS:
        sign, begin = _sign(text, start)
        negative = sign not in ("", "±")
    opening = text[start : start + 1]
    if opening in _WORDS:
        return half(text, start) if opening == "半" else half_price(text, start)
    numeral = numerals.read(text, start)
    if numeral is None:
        return None, None, numerals.run_end(text, start)
    following = text[numeral.end : numeral.end + 1]
    word = _in_words(text, numeral, following)
    if word is not None:
        return word
    last = text[numeral.end - 1]
    if last in "千仟百":
        numeral = _leave_prefix(text, numeral)
    if last in _ROUND and (following in DIGITS or "0" <= following <= "9"):
        numeral = _up_to(text, numeral)
    amount = Amount(
        begin, numeral.end, numeral.low, numeral.high, numeral, open_high=numeral.open_high
    )
    amount.scale = numeral.scale
    amount.symbol = "±" if sign == "±" else ""
    if numeral.vague:
        amount.form = "fixed"
    following = text[numeral.end : numeral.end + 1]
    if following == "又":
        sum_of_both = mixed(text, amount)
        if sum_of_both is not None:
            return sum_of_both
    over = OVER.match(text, numeral.end) if following in _OVER_FIRST else None
    if over is not None:
        return fraction(text, amount, over)
    if following in "分份" and (over := bare_over(text, numeral)) is not None:
        return fraction(text, amount, over)
    if following == "分" and text.startswith("百分百", numeral.start):
        hundred = Decimal(100)
        return (
            replace_amount(amount, hundred, end=numeral.end + 2, form="fixed"),
            PERCENT,
            numeral.end + 2,
        )
    if not numeral.leading and (match := _ABOUT_HUNDRED.match(text, start)) is not None:
        value = Decimal(SMALL[match["unit"]])
        amount = replace_amount(amount, value, end=match.end(), form="fixed")
        amount.tail = "来"
    else:
        _enlarge(text, amount)
    if negative:
        amount.negate()
    unit, end = _unit(text, amount, sign)
    if (amount.form == "number" and amount.end == numeral.end) or text[amount.end - 1] == "M":
        unit, end = _priced(text, amount, unit, end)
    if unit is not None and text[end : end + 1] in _SLASHES:
        unit, end = per(text, unit, end)
    return amount, unit, end


_SLASHES: Final = ("/", "／")


def _in_words(
    text: str, numeral: Numeral, following: str
) -> tuple[Amount, Unit | None, int] | None:
    """一半 and 米八: what a single numeral says together with a word beside it."""
    if following == "半":
        return one_half(text, numeral)
    if text[numeral.start - 1 : numeral.start] == "米":
        return height(text, numeral)
    return None


def _priced(text: str, amount: Amount, unit: Unit | None, end: int) -> tuple[Unit | None, int]:
    """The currency in front of an amount, which then is its unit: ¥1,280起, 港币58.5."""
    if unit is not None and unit.name == "元":
        return named_dollars(text, amount.start, end) or unit, end
    if unit is not None and unit.group != "classifier":
        return unit, end
    sign = symbol_before(text, amount.start)
    if sign is not None:
        return sign, amount.end
    numeral = amount.numeral
    behind = _CLAUSE_END.match(text, amount.end)
    if unit is not None or (behind is None and numeral.scale == 1):
        return unit, end
    name = named_before(text, amount.start)
    if name is None:
        return None, end
    if numeral.han and numeral.scale == 1:
        if numeral.positional or numeral.end - numeral.start == 1:
            return None, end
        # The currency makes a quantity of it, not another normal form.
        if behind is None or behind["mark"] is None or numeral.low < 100:
            amount.form = "fixed"
    return name, end


#: Where a bare sum ends: a mark, or what is said about it.
_CLAUSE_END: Final = re.compile(
    r"(?P<mark>[\s，。、；！？,;!?()（）\[\]【】”]|\.(?![0-9])|\Z)|[起整左以或和至到–—~～-]"
)


def replace_amount(amount: Amount, value: Decimal, *, end: int, form: str) -> Amount:
    """`amount` with one exact value, another end and another form."""
    return replace(amount, low=value, high=value, end=end, form=form, open_high=False)


def _sign(text: str, start: int) -> tuple[str, int]:
    """The sign in front of a numeral and where the amount then begins."""
    before = text[start - 1] if start else ""
    if before and before in " \u3000" and start > 1 and text[start - 2] in "负負":
        return "负", start - 2
    if not before:
        return "", start
    if before == "±":
        return "±", start - 1
    if before == "下" and text[start - 2 : start - 1] == "零":
        return "零下", start - 2
    if before in "负負":
        if _NO_SIGN.match(text, start) is not None:
            return "", start
        if text[start - 2 : start - 1] == "正":
            return "±", start - 2
        return "负", start - 1
    if before == "的" and text[start - 2 : start - 1] in ("负", "負"):
        return "负的", start - 2
    if before in "-－−":
        further = text[start - 2 : start - 1]
        if further and (
            further.isdigit()
            or further in _SIGN
            or (further.isascii() and further.isalpha())
            or further in "%％元"
            or (
                further in "成角分"
                and start > 2
                and (text[start - 3].isdigit() or text[start - 3] in HAN)
            )
            or (further in ")）" and _COMPARED.search(text, max(0, start - 9), start - 1) is None)
        ):
            return "", start
        if further and further in HAN:
            return "", start
        if _is_bullet(text, start - 1):
            return "", start
        return "-", start - 1
    return "", start


#: 力能负五百斤: he can carry it; 胜五场负十二场: lost.
_NO_SIGN: Final = re.compile(rf"[{HAN}]++[余餘多]?[斤石担擔钧鈞场場局盘盤]")


def _is_bullet(text: str, position: int) -> bool:
    """Whether the dash at `position` opens a line of a list."""
    line = text.rfind("\n", max(0, position - 8), position)
    head = text[line + 1 if line >= 0 else max(0, position - 8) : position]
    return not head.strip() and (line >= 0)


#: Not the minutes of a clock, 点 of what is ordered, or a third numeral.
_POINT: Final = re.compile("分[点點](?![了个個菜餐单單名头頭评評赞讚])")


def _leave_prefix(text: str, numeral: Numeral) -> Numeral:
    """五千克 counts 千克, 3百分点 百分点: the last 千 or 百 goes to the unit that begins with it."""
    last = numeral.end - 1
    if last == numeral.start:
        return numeral
    if text[last] == "百":
        pressure = text[numeral.end : numeral.end + 1] == "帕" and not numeral.han  # 1013百帕
        if not pressure and _POINT.match(text, numeral.end) is None:
            return numeral
    else:
        found = match_unit(text, last)
        if found is None or not fold(text[last : found[1]]).startswith("千"):
            return numeral
        if found[0].name == "千米" and numeral.han:
            return numeral
    shorter = numerals.read(text[numeral.start : last], 0)
    if shorter is None or shorter.end != last - numeral.start or shorter.vague:
        return numeral
    return replace(shorter, start=numeral.start, end=last)


def _big(text: str) -> Decimal:
    product = Decimal(1)
    for character in text:
        product *= BIG.get(character) or SMALL[character]
    return product


def _up_to(text: str, numeral: Numeral) -> Numeral:
    """八百一千, 三千五千, 2万3万: between eight hundred and a thousand, two round numerals in a row."""
    if numeral.vague:
        return numeral
    upper = numerals.read(text, numeral.end)
    if (
        upper is None
        or upper.vague
        or upper.han is not numeral.han
        or upper.big is not numeral.big
        or (upper.end - upper.start != 2 and not upper.big)
        or not numeral.low < upper.low <= 2 * numeral.low
    ):
        return numeral
    return replace(numeral, end=upper.end, high=upper.low)


_ROUND: Final = frozenset("千仟百万萬亿億")
_ENLARGES: Final = frozenset("个個多余餘来來wWｗＷkKｋＫM")


def _enlarge(text: str, amount: Amount) -> None:
    """What stands between the numeral and its unit: 2个亿, 20多亿, 十来万, 3.6w."""
    numeral = amount.numeral
    position = numeral.end
    character = text[position : position + 1]
    if character not in _ENLARGES:
        return
    match = None
    if character in "个個" and not numeral.big and numeral.leading:
        match = _COUNT_OF_BIG.match(text, position)
    elif character in "多余餘来來":
        match = _MORE_BIG.match(text, position)
    if match is not None:
        scale = _big(match["big"])
        extra = Decimal(0)
        if match["more"] == "半":
            extra = Decimal("0.5")
        amount.add(extra)
        joined = _joined(text, numeral, match["big"])
        if joined is None:
            amount.multiply(scale)
        else:
            amount.low = amount.high = joined
        amount.end = match.end()
        amount.scale = EXACT.multiply(amount.scale, scale)
        if match["more"] not in ("", "半"):
            amount.form, amount.tail = "fixed", match["more"]
        return
    if character == "M":
        if not numeral.han and not numeral.big and counts_millions(text, numeral.start, position):
            amount.scale = Decimal(1000000)
            amount.multiply(amount.scale)
            amount.end, amount.form = position + 1, "fixed"
        return
    if character in "wWｗＷkKｋＫ" and not numeral.han and not numeral.big:
        letter = LETTER.match(text, position)
        if letter is not None and not (
            character in "wWｗＷ" and is_watt(text, numeral.start, position)
        ):
            scale = Decimal(10000) if character in "wWｗＷ" else Decimal(1000)
            amount.multiply(scale)
            amount.end = letter.end()
            amount.symbol = "w" if scale == 10000 else "k"
            if amount.symbol == "k" and not counts_thousands(text, numeral.start, letter.end()):
                amount.form = "fixed"
            amount.scale = scale
            return
    more = _MORE.match(text, position)
    if more is not None:
        following = text[position + 1 : position + 2]
        if more.group() == "多" and following in tuple("样少边方云亏么"):
            return
        if more.group() in "余餘" and following in tuple("额额下地热杭姚"):
            return
        amount.tail = more.group()


def _joined(text: str, numeral: Numeral, big: str) -> Decimal | None:
    """What 三亿五千|余万 is without its 余, where 万 multiplies the 五千 alone."""
    if not numeral.big or numeral.vague:
        return None
    source = text[numeral.start : numeral.end] + big
    joined = numerals.read(source, 0)
    return joined.low if joined is not None and joined.end == len(source) else None


def _unit(text: str, amount: Amount, sign: str) -> tuple[Unit | None, int]:
    """The unit behind an amount; what is said in two units (五元五角, 三斤半) is summed here."""
    position = amount.end
    if amount.tail and text.startswith(amount.tail, position):  # 百八十 has none of its own
        position += 1
    numeral = amount.numeral
    if not amount.tail and text[position : position + 1] in _SPECIAL:
        found = special(text, amount, position)
        if found is not None:
            return found
    after = position
    while after - position < 4 and text[after : after + 1] in (" ", "\u3000"):
        after += 1
    unit_end = match_unit(text, after)
    if unit_end is None or (after > position and not _may_stand_apart(unit_end[0], numeral)):
        return None, position
    unit, end = unit_end
    if unit.name == "天" and text[after] == "日":  # 十五日内: the bound is no part of it
        end = after + 1
    if unit.name == "个" and text.startswith("半", end):
        return one_and_half(text, amount, unit, end)
    if unit.group == "discount":
        return None, position
    if text[after:end] in ("块", "塊") and numeral.han and _is_piece(text, amount, end):
        return Unit("块", "classifier"), end
    if unit.name == "W" and not is_watt(text, numeral.start, after):
        return None, position
    if unit.name == "‰":
        amount.written = amount.low
        amount.multiply(_TENTH_PART)
        return PERCENT, end
    if unit.name in SMALL_COINS and numeral.han:
        amount.form = "fixed"  # as cents behind dollars: 五美元二十美分
    if unit.name == "度":
        unit = _degrees(text, amount, unit, sign)
    if unit.group == "money" and unit.name != "元" and not amount.vague:
        end = cents(text, amount, end)
    elif unit.name == "元":
        end = jiao_fen(text, amount, after, end)
    else:
        end = and_half(text, amount, unit, end)
    return unit, end


#: What the units that need a rule of their own begin with; a space may stand before some.
_SPECIAL: Final = frozenset("成折角毛分个個百打点點日 \u3000")


def _is_piece(text: str, amount: Amount, end: int) -> bool:
    """一块空地 is a piece; 一块, and 一百块 are money, 一块五 too."""
    following = text[end : end + 1]
    small = amount.high < 10 and "\u4e00" <= following <= "\u9fff"
    return small and following not in DIGITS and following not in "半多左以到至每都就的了钱錢"


def _may_stand_apart(unit: Unit, numeral: Numeral) -> bool:
    """Whether a space may stand between the numeral and the unit: 3 km, 一百五十 个百分点."""
    return unit.group == "percent_point" or (
        not numeral.han and unit.group in ("measure", "rare", "money", "percent", "temperature")
    )


def _degrees(text: str, amount: Amount, unit: Unit, sign: str) -> Unit:
    head = fold(text[max(0, amount.start - 6) : amount.start])
    if "华氏" in head:
        return Unit("华氏度", "temperature")
    if "摄氏" in head:
        return Unit("摄氏度", "temperature")
    if sign == "零下" or head.endswith(("零上", "气温", "温度", "气温为", "温度为", "体温")):
        return Unit("度", "temperature")
    return unit


def lend_scale(first: Amount, second: Amount) -> None:
    """The left side of 3至5亿 or 两到三千 takes the unit of the right."""
    left, right = first.numeral, second.numeral
    if not right.leading:
        return
    if first.scale != 1 or second.scale == 1:
        single = left.end - left.start == 1 and left.unit_scale == 1 and left.han == right.han
        if first.scale == 1 and second.scale == 1 and right.unit_scale > 1 and single:
            scale = right.unit_scale
        else:
            return
    else:
        scale = second.scale
        if left.end - left.start == 1 and right.unit_scale > scale:
            scale = right.unit_scale
    low = EXACT.multiply(first.low, scale)
    if low < second.high:
        first.low, first.high = low, EXACT.multiply(first.high, scale)
        first.factor = scale


def lend_tenths(text: str, first: Amount, second: Amount) -> bool:
    """The left side of 三到五成 counts tenths as well; False if the right side counts none."""
    tenths = "成" in text[second.numeral.end : second.end]
    if not tenths or not 0 < first.low * 10 < second.high:
        return False
    first.multiply(Decimal(10))
    first.form, first.symbol, first.written = "percent", "%", first.low
    return True


def lend_discount(first: Amount, second: Amount) -> None:
    """The left side of 3到5折 is tenths of the price as well, that of 85到90折 hundredths."""
    if first.low < 10 and first.low * 10 < second.high:
        first.multiply(Decimal(10))
