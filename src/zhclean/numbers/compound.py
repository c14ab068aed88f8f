"""Amounts said in more than one unit, or in one with a rule of its own.

三成五, 八五折, 五元五角, 两毛五, 三斤半, 两个半小时, 一米八: each function reads one such form behind
an amount, changes the amount and returns the unit or the end of what it read.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from zhclean.numbers import numerals
from zhclean.numbers.characters import DIGITS, NARROW
from zhclean.numbers.contexts import days, index_points
from zhclean.numbers.reading import Amount
from zhclean.numbers.units import PERCENT, Unit, fold, match_unit

__all__ = ["NO_TENTHS", "and_half", "cents", "jiao_fen", "one_and_half", "special"]

_DIGIT: Final = "".join(DIGITS) + "0-9０-９"
_TENTH_PART: Final = Decimal("0.1")
_YUAN: Final = Unit("元", "money")
_TENTH: Final = re.compile(
    rf"[ \u3000]{{0,4}}成(?:(?:[ ](?=[^0-9０-９](?:[，。、；！？;!?）)\s]|\Z)))?(?P<more>[{_DIGIT}])(?![{_DIGIT}十百千万点個个年月天人家项])"
    r"|(?P<half>半)(?=[，。、；：！？,.;:!?）)\s]|\Z|以[上下]|左右))?"
)
_POINTS: Final = re.compile(r"[ \u3000]{0,4}[个個]?[ \u3000]?百[ \u3000]?分[ \u3000]?[点點]")
_DOZEN: Final = re.compile(r"打(?=[\s，。,.、；;）)]|\Z|鸡蛋|啤酒|铅笔|毛巾)")
_DISCOUNT: Final = re.compile(r"[ \u3000]{0,4}折")
_JIAO: Final = re.compile(
    rf"[零〇]?(?P<jiao>[{_DIGIT}])[角毛](?:[零〇]?(?P<fen>[{_DIGIT}])(?:分(?![之钟鐘])|(?![{_DIGIT}十百千万点分]|个|(?<=零)下)|(?=一[斤个件只]))(?:[整正])?)?"
    rf"|[零〇]?(?P<cent>[{_DIGIT}])分(?![之钟鐘])"
)
_BARE_JIAO: Final = re.compile(
    rf"[ ]?(?P<tenth>[{_DIGIT}])(?=[\s，。,；;、）)到至~/／每-]|\Z|一[斤个個件只根张張包袋瓶盒份碗杯串枝支块塊公条條])"
)
_FROM_JIAO: Final = re.compile(
    rf"[角毛](?:(?!一[斤个個件只根张張包袋瓶])(?P<fen>[{_DIGIT}])(?:分(?![之钟])|(?![{_DIGIT}十百千万点])))?(?:钱)?"
)
_OUNCES: Final = re.compile(rf"(?P<two>[{_DIGIT}])[两兩](?![{_DIGIT}])")
_ROUND_SUM: Final = re.compile(r"[整正](?![个理体合数年天月形式常好])")
_HALF: Final = re.compile(r"半(?![年天夜数载百决身圆价路岛径边辺月点])|半(?=[年天]\Z)")
_AFTER_METRE: Final = re.compile(rf"(?P<rest>[{_DIGIT}]{{1,2}})(?![{_DIGIT}十百千万点分米个])")
#: 三十八度五: tenths of a degree, where nothing goes on behind them.
_AFTER_DEGREE: Final = re.compile(
    rf"(?P<rest>[{_DIGIT}])(?=[，。、；！？,;!?）)\s的了]|\Z|左右|以[上下])"
)
_PERCENT_POINT: Final = Unit("百分点", "percent_point")


#: Behind 成 these make a word: 三成为, 一成本, 五成员, 七成热, 七成油温, 九成新.
NO_TENTHS: Final = (
    "为為员員立功果长長熟就本绩績品分套人形交语年都型因效百千万文婚龙龍名像块热熱新油"
)


def special(text: str, amount: Amount, position: int) -> tuple[Unit, int] | None:
    """三成, 八五折, 两毛五, 一百五十 个百分点, 五打."""
    found = _tenths(text, amount) or _discount(text, amount) or _small_money(text, amount)
    if found is not None:
        return found
    if text[position] == "分":
        return _pennies(text, amount, position)
    if text[position] in "点點":
        return index_points(text, amount, position)
    if text[position] == "日":
        return days(text, amount, position)
    points = _POINTS.match(text, position)
    if points is not None:
        return _PERCENT_POINT, points.end()
    dozen = _DOZEN.match(text, position)
    if dozen is None or amount.vague:
        return None
    amount.multiply(Decimal(12))
    amount.form = "fixed"
    return Unit("个", "classifier"), dozen.end()


def _tenths(text: str, amount: Amount) -> tuple[Unit, int] | None:
    match = _TENTH.match(text, amount.end)
    if match is None or amount.high > 10 or amount.numeral.positional or amount.low <= 0:
        return None
    following = text[match.end() : match.end() + 1]
    if following and following in NO_TENTHS and match["more"] is None:
        return None
    amount.multiply(Decimal(10))
    if match["half"] is not None:
        amount.add(Decimal(5))
    elif match["more"] is not None:
        extra = Decimal(DIGITS.get(match["more"], match["more"]))
        amount.add(extra)
    if amount.form == "number":
        amount.form, amount.symbol, amount.written = "percent", "%", amount.low
    amount.end = match.end()
    return PERCENT, match.end()


def _discount(text: str, amount: Amount) -> tuple[Unit, int] | None:
    match = _DISCOUNT.match(text, amount.end)
    if match is None:
        return None
    numeral = amount.numeral
    following = text[match.end() : match.end() + 1]
    if following and following in "射磨叠腾合中旧线返戟桂不断子纸":
        return None
    low = amount.low
    if numeral.vague and low == 3 and amount.high == 5:
        low = amount.high = Decimal(35)
        amount.low = low
    if low >= 100 or low <= 0 or low == 10:
        return None
    if low < 10:
        amount.multiply(Decimal(10))
    amount.form = "fixed"
    return Unit("折", "discount"), match.end()


def _digit(character: str) -> Decimal:
    return Decimal(DIGITS.get(character, character))


#: 肆角 is money and no corner; 壹, 伍 and 陆 stand in names: 壹角, 伍角, 大陆角.
_FINANCIAL: Final = frozenset("贰貳叁參肆柒捌玖")


#: 八毛 where its clause ends or goods follow; 一毛不拔 and 五毛党 are words.
_BEHIND_MAO: Final = re.compile(
    r"[，。、；！？,;!?）)\s]|\Z|一[斤个個件只根张張包]|左右|以[上下内]"
)


def _small_money(text: str, amount: Amount) -> tuple[Unit, int] | None:
    """两毛五, 九角九分, 5角: money that begins below 元."""
    character = text[amount.end : amount.end + 1]
    if character not in ("角", "毛") or amount.vague or amount.numeral.big:
        return None
    match = _FROM_JIAO.match(text, amount.end)
    assert match is not None
    if match["fen"] is None and amount.numeral.han and not match.group().endswith("钱"):
        financial = text[amount.end - 1] in _FINANCIAL and character == "角"
        sum_of_money = financial or (
            character == "毛" and _BEHIND_MAO.match(text, match.end()) is not None
        )
        if not sum_of_money:
            return None  # 三角, 五角
    if match["fen"] is not None and character == "角" and not match.group().endswith("分"):
        return None
    amount.multiply(_TENTH_PART)
    if match["fen"] is not None:
        amount.add(_digit(match["fen"]) / 100)
    amount.form = "fixed"
    return _YUAN, match.end()


def _pennies(text: str, amount: Amount, position: int) -> tuple[Unit, int] | None:
    """八分钱."""
    if text[position + 1 : position + 2] not in ("钱", "錢") or amount.vague or amount.high >= 100:
        return None
    amount.multiply(_TENTH_PART * _TENTH_PART)
    amount.form = "fixed"
    return _YUAN, position + 2


#: 十二块半, 五元半; not 三块半成品.
_HALF_SUM: Final = re.compile(
    r"半(?=[，。、；！？,;!?）)\s到至钱錢]|\Z|一[斤个個件只根张張包]|左右|以[上下内內])"
)
_AFTER_YUAN: Final = frozenset(DIGITS) | frozenset("0123456789０１２３４５６７８９整正半 ")


def jiao_fen(text: str, amount: Amount, unit_start: int, end: int) -> int:
    """What follows 元: 角 and 分, or the 整 of a financial amount. Where it ends."""
    if amount.vague or amount.tail:
        return end
    if end >= len(text) or text[end] not in _AFTER_YUAN:
        return end
    name = fold(text[unit_start:end])
    if name not in ("元", "圆", "块"):
        return end
    if text[end] == "半":
        if amount.scale != 1 or _HALF_SUM.match(text, end) is None:
            return end
        amount.add(Decimal("0.5"))
        amount.form = "fixed"
        return end + 1
    match = _JIAO.match(text, end)
    if match is not None and not amount.numeral.point:
        extra = _digit(match["jiao"]) / 10 if match["jiao"] else Decimal(0)
        cents = match["fen"] or match["cent"]
        if cents:
            extra += _digit(cents) / 100
        amount.add(extra)
        stop = match.end()
        if text[stop : stop + 1] in ("整", "正"):
            stop += 1
        if name == "块":
            amount.form = "fixed"
        else:
            amount.form, amount.symbol, amount.end = "decimal", text[unit_start:end], stop
        return stop
    if name == "块" and not amount.numeral.point:
        bare = _BARE_JIAO.match(text, end)
        if bare is not None:
            amount.add(_digit(bare["tenth"]) / 10)
            amount.form = "fixed"
            return bare.end()
        return end
    whole = _ROUND_SUM.match(text, end)
    return whole.end() if whole is not None else end


_CENTS: Final = re.compile(
    rf"(?P<count>[{_DIGIT}十]{{1,3}})(?:美分|欧分|便士|日本[钱錢銭]|港仙|分)"
)


def cents(text: str, amount: Amount, end: int) -> int:
    """5美元20美分: hundredths of a foreign currency. Where they end."""
    match = _CENTS.match(text, end)
    cents = None if match is None else numerals.read(text, end)
    if match is None or cents is None or cents.end != match.end("count") or cents.low >= 100:
        return end
    amount.add(cents.low / 100)
    amount.form = "fixed"
    return match.end()


def one_and_half(text: str, amount: Amount, unit: Unit, end: int) -> tuple[Unit, int]:
    """两个半小时, 一个半月, 五个半."""
    if amount.vague or amount.tail:
        return unit, end
    amount.add(Decimal("0.5"))
    amount.form = "fixed"
    if text.startswith("月", end + 1):
        return Unit("个月", "time"), end + 2
    following = match_unit(text, end + 1)
    if following is not None and following[0].group == "time":
        return following
    return unit, end + 1


_HALF_UNITS: Final = frozenset({"measure", "short", "time", "multiple"})


def and_half(text: str, amount: Amount, unit: Unit, end: int) -> int:
    """一吨半, 两个半小时, 一年半, 一米八. Where the quantity ends."""
    if amount.vague or amount.tail or amount.form != "number":
        return end
    if unit.group in _HALF_UNITS and unit.name not in ("度", "里"):
        match = _HALF.match(text, end)
        if match is not None:
            scale = amount.scale if amount.numeral.big else Decimal(1)
            amount.add(scale / 2)
            amount.form = "fixed"
            return match.end()
    if unit.name == "米" and amount.low < 100 and amount.low == amount.low.to_integral_value():
        rest = _AFTER_METRE.match(text, end)
        if rest is not None:
            digits = "".join(str(_digit(one)) for one in rest["rest"].translate(NARROW))
            amount.add(Decimal("0." + digits))
            amount.form = "fixed"
            return rest.end()
    if unit.name == "度" and amount.low < 50:
        tenths = _AFTER_DEGREE.match(text, end)
        if tenths is not None:
            amount.add(_digit(tenths["rest"].translate(NARROW)) / 10)
            amount.form = "fixed"
            return tenths.end()
    if unit.name == "斤":
        ounces = _OUNCES.match(text, end)
        if ounces is not None:
            amount.add(_digit(ounces["two"]) / 10)
            amount.form = "fixed"
            return ounces.end()
    return end
