"""One amount: sign, numeral, what changes its size, and its unit."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Final

from zhclean.numbers import numerals
from zhclean.numbers.numerals import BIG, DIGITS, EXACT, FRACTION, SMALL, Numeral
from zhclean.numbers.reading import Amount
from zhclean.numbers.units import Unit, fold, match_unit

__all__ = ["enclosure", "lend_scale", "read"]

_TENTH_PART: Final = Decimal("0.1")
PERCENT: Final = Unit("%", "percent")
_YUAN: Final = Unit("元", "money")
_SYMBOLS: Final = {
    "¥": _YUAN,
    "￥": _YUAN,
    "$": Unit("美元", "money"),
    "＄": Unit("美元", "money"),
    "€": Unit("欧元", "money"),
    "£": Unit("英镑", "money"),
    "￡": Unit("英镑", "money"),
}

_DIGIT: Final = "".join(DIGITS) + "0-9０-９"
_OVER: Final = re.compile(r"[ \u3000]?[分份][ \u3000]?之[ \u3000]?(?:[负負])?")
_OVER_FIRST: Final = frozenset("分份 \u3000")
_COUNT_OF_BIG: Final = re.compile(
    r"[个個](?P<more>[多半]?)(?P<big>[百千]?[万萬亿億]{1,2})(?!.{1,2}[级級])"
)
_MORE_BIG: Final = re.compile(
    r"(?P<more>[多余餘来來])(?P<big>[百千]?[万萬亿億]{1,2})(?!.{1,2}[级級])"
)
_MORE: Final = re.compile(r"[多余餘]|[来來](?=[个個人名位岁歲天年斤里公分小户家项件条次块元])")
_LETTER: Final = re.compile(r"(?P<letter>[wWｗＷkKｋＫ])(?![0-9A-Za-z位字比像·.])")
_TENTH: Final = re.compile(
    rf"[ \u3000]{{0,4}}成(?:[ ]?(?P<more>[{_DIGIT}])(?![{_DIGIT}十百千万点個个年月天人家项]))?"
)
_POINTS: Final = re.compile(r"[ \u3000]{0,4}[个個]?[ \u3000]?百[ \u3000]?分[ \u3000]?[点點]")
_DOZEN: Final = re.compile(r"打(?=[\s，。,.、；;）)]|\Z|鸡蛋|啤酒|铅笔|毛巾)")
_DISCOUNT: Final = re.compile(r"[ \u3000]{0,4}折")
_JIAO: Final = re.compile(
    rf"[零〇]?(?P<jiao>[{_DIGIT}])[角毛](?:[零〇]?(?P<fen>[{_DIGIT}])(?:分(?![之钟鐘])|(?![{_DIGIT}十百千万点分]|个)|(?=一[斤个件只]))(?:[整正])?)?"
    rf"|[零〇]?(?P<cent>[{_DIGIT}])分(?![之钟鐘])"
)
_BARE_JIAO: Final = re.compile(rf"[ ]?(?P<tenth>[{_DIGIT}])(?=[\s，。,；;、）)到至~-]|\Z)")
_ROUND_SUM: Final = re.compile(r"[整正](?![个理体合数年天月形式常好])")
_HALF: Final = re.compile(r"半(?![年天夜数载百决身圆价路岛径边辺月点])|半(?=[年天]\Z)")
_AFTER_METRE: Final = re.compile(rf"(?P<rest>[{_DIGIT}]{{1,2}})(?![{_DIGIT}十百千万点分米个])")
_SIGN_ENDS: Final = frozenset("-－−负負±下的 \u3000")
_WORDS: Final = frozenset("半对對")
_SIGN: Final = "-－−负負"
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
    elif in_range and text[start] in _SYMBOLS:
        start += 1
    elif start and not in_range and text[start - 1] in _SIGN_ENDS:
        sign, begin = _sign(text, start)
        negative = sign not in ("", "±")
    opening = text[start : start + 1]
    if opening in _WORDS:
        return _half(text, start) if opening == "半" else _half_price(text, start)
    numeral = numerals.read(text, start)
    if numeral is None:
        return None, None, numerals.run_end(text, start)
    if text[numeral.end - 1] in "千仟":
        numeral = _leave_prefix(text, numeral)
    amount = Amount(
        begin, numeral.end, numeral.low, numeral.high, numeral, open_high=numeral.open_high
    )
    amount.scale = numeral.scale
    amount.symbol = "±" if sign == "±" else ""
    if numeral.vague:
        amount.form = "fixed"
    following = text[numeral.end : numeral.end + 1]
    over = _OVER.match(text, numeral.end) if following in _OVER_FIRST else None
    if over is not None:
        return _fraction(text, amount, over)
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
    if amount.form == "number" and unit is None and amount.end == numeral.end:
        unit, end = _symbol(text, begin, end)
    return amount, unit, end


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
            or further in "%％)）元"
        ):
            return "", start
        if further and further in numerals.HAN:
            return "", start
        if _is_bullet(text, start - 1):
            return "", start
        return "-", start - 1
    return "", start


def _is_bullet(text: str, position: int) -> bool:
    """Whether the dash at `position` opens a line of a list."""
    line = text.rfind("\n", max(0, position - 8), position)
    head = text[line + 1 if line >= 0 else max(0, position - 8) : position]
    return not head.strip() and (line >= 0)


def _half_price(text: str, start: int) -> tuple[Amount | None, Unit | None, int]:
    if start == 0 or text[start - 1] != "打" or text[start + 1 : start + 2] != "折":
        return None, None, start + 1
    fifty = Decimal(50)
    numeral = _word_numeral(start, start + 1, fifty)
    return (
        Amount(start, start + 1, fifty, fifty, numeral, form="fixed"),
        Unit("折", "discount"),
        start + 2,
    )


def _word_numeral(start: int, end: int, value: Decimal) -> Numeral:
    """A word that stands for a number, as a numeral."""
    one = Decimal(1)
    return Numeral(
        start, end, value, value, False, True, True, False, False, False, one, one, False, False
    )


_HALVES: Final = frozenset({"time", "measure", "short", "multiple"})


def _half(text: str, start: int) -> tuple[Amount | None, Unit | None, int]:
    if text.startswith("百", start + 1) and (
        start + 2 == len(text) or text[start + 2] in "，。,.、"
    ):
        fifty = Decimal(50)
        numeral = _word_numeral(start, start + 2, fifty)
        return (
            Amount(start, start + 2, fifty, fifty, numeral, form="fixed", tail="来"),
            None,
            start + 2,
        )
    found = match_unit(text, start + 1)
    if (
        found is None
        or found[0].group not in _HALVES
        or text[start - 1 : start] in tuple("上下多大过前后各对一减小夜")
    ):
        return None, None, start + 1
    unit, end = found
    if unit.name in ("里", "两", "石", "码", "度", "周", "日", "岁", "秒", "寸", "丈", "瓦"):
        return None, None, start + 1
    if unit.name == "年" and text[end : end + 1] in tuple("工总计报度考评线小述"):
        return None, None, end
    half = Decimal("0.5")
    return (
        Amount(start, start + 1, half, half, _word_numeral(start, start + 1, half), form="fixed"),
        unit,
        end,
    )


def _leave_prefix(text: str, numeral: Numeral) -> Numeral:
    """五千克 counts 千克: the last 千 goes to the unit where a unit begins with it."""
    last = numeral.end - 1
    if last == numeral.start:
        return numeral
    found = match_unit(text, last)
    if found is None or not fold(text[last : found[1]]).startswith("千"):
        return numeral
    if found[0].name == "千米" and numeral.han:
        return numeral
    shorter = numerals.read(text[numeral.start : last], 0)
    if shorter is None or shorter.end != last - numeral.start or shorter.vague:
        return numeral
    return replace(shorter, start=numeral.start, end=last)


def _fraction(
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
    minus = text[over.end() - 1] in "负負"
    low, high = top.low, top.high
    end = top.end
    letter = _LETTER.match(text, end)
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


def _big(text: str) -> Decimal:
    product = Decimal(1)
    for character in text:
        product *= BIG.get(character) or SMALL[character]
    return product


_ENLARGES: Final = frozenset("个個多余餘来來wWｗＷkKｋＫ")


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
        amount.multiply(scale)
        amount.end = match.end()
        amount.scale = EXACT.multiply(amount.scale, scale)
        if match["more"] not in ("", "半"):
            amount.form, amount.tail = "fixed", match["more"]
        return
    if character in "wWｗＷkKｋＫ" and not numeral.han and not numeral.big:
        letter = _LETTER.match(text, position)
        if letter is not None and not (
            character in "wWｗＷ" and is_watt(text, numeral.start, position)
        ):
            scale = Decimal(10000) if character in "wWｗＷ" else Decimal(1000)
            amount.multiply(scale)
            amount.end = letter.end()
            amount.symbol = "w" if scale == 10000 else "k"
            if amount.symbol == "k" and not _counts_thousands(text, numeral.start, letter.end()):
                amount.form = "fixed"
            amount.scale = scale
            return
    more = _MORE.match(text, position)
    if more is not None:
        following = text[position + 1 : position + 2]
        if more.group() == "多" and following in tuple("样少边方云亏么次") and following != "次":
            return
        if more.group() in "余餘" and following in tuple("额额下地热杭姚"):
            return
        amount.tail = more.group()


#: Words of electric power: beside them W is the watt.
_POWER: Final = re.compile(
    r"功率|功耗|耗电|发热|散热|CPU|瓦|灯|机组|装机|电源|充电|快充|输出|输入|额定|耗电|光伏|组件|激光|音响|音箱|喇叭|氮化镓|适配器|显卡|处理器|TDP|峰值|供电|电机|马达|电热|电池|热水|吸尘|发电"
)
_PAY: Final = re.compile(r"薪|工资|月入|年入|待遇|预算|给到|房租|售价|价格")
_HEADS: Final = re.compile(r"[元块人]|粉丝|左右|以上|以下|起薪")


def is_watt(text: str, start: int, letter: int) -> bool:
    """Whether a W behind digits is the watt: words of power stand near it."""
    return _POWER.search(text[max(0, start - 14) : letter + 8]) is not None


def _counts_thousands(text: str, start: int, end: int) -> bool:
    return (
        _PAY.search(text[max(0, start - 10) : start]) is not None
        or _HEADS.match(text, end) is not None
    )


def _unit(text: str, amount: Amount, sign: str) -> tuple[Unit | None, int]:
    """The unit behind an amount; what is said in two units (五元五角, 三斤半) is summed here."""
    position = amount.end + len(amount.tail if not text.startswith("八十", amount.end - 2) else "")
    if (
        amount.tail in ("多", "余", "餘", "来", "來")
        and text[position - 1 : position] != amount.tail
    ):
        position = amount.end
    numeral = amount.numeral
    if not amount.tail and text[position : position + 1] in _SPECIAL:
        found = _special(text, amount, position)
        if found is not None:
            return found
    after = position
    while after - position < 4 and text[after : after + 1] in (" ", "\u3000"):
        after += 1
    unit_end = match_unit(text, after)
    if unit_end is None or (after > position and not _may_stand_apart(unit_end[0], numeral)):
        return None, position
    unit, end = unit_end
    if unit.name == "个" and text.startswith("半", end):
        return _one_and_half(text, amount, unit, end)
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
    if unit.name == "度":
        unit = _degrees(text, amount, unit, sign)
    if unit.group == "money" and unit.name != "元" and not amount.vague:
        end = _cents(text, amount, end)
    elif unit.name == "元":
        end = _jiao_fen(text, amount, after, end)
    else:
        end = _and_half(text, amount, unit, end)
    return unit, end


#: What the units that need a rule of their own begin with; a space may stand before some.
_SPECIAL: Final = frozenset("成折角毛个個百打 \u3000")
_PERCENT_POINT: Final = Unit("百分点", "percent_point")


def _special(text: str, amount: Amount, position: int) -> tuple[Unit, int] | None:
    """三成, 八五折, 两毛五, 一百五十 个百分点, 五打."""
    found = _tenths(text, amount) or _discount(text, amount) or _small_money(text, amount)
    if found is not None:
        return found
    points = _POINTS.match(text, position)
    if points is not None:
        return _PERCENT_POINT, points.end()
    dozen = _DOZEN.match(text, position)
    if dozen is None or amount.vague:
        return None
    amount.multiply(Decimal(12))
    amount.form = "fixed"
    return Unit("个", "classifier"), dozen.end()


def _is_piece(text: str, amount: Amount, end: int) -> bool:
    """一块空地 is a piece; 一块, and 一百块 are money, 一块五 too."""
    following = text[end : end + 1]
    small = amount.high < 10 and "\u4e00" <= following <= "\u9fff"
    return small and following not in DIGITS and following not in "半多左以到至每都就的了钱錢"


def _may_stand_apart(unit: Unit, numeral: Numeral) -> bool:
    """Whether a space may stand between the numeral and the unit: 3 km, 一百五十 个百分点."""
    return unit.group == "percent_point" or (
        not numeral.han and unit.group in ("measure", "money", "percent", "temperature")
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


def _tenths(text: str, amount: Amount) -> tuple[Unit, int] | None:
    match = _TENTH.match(text, amount.end)
    if match is None or amount.high > 10 or amount.numeral.positional or amount.low <= 0:
        return None
    following = text[match.end() : match.end() + 1]
    if (
        following
        and following in "为為员員立功果长長熟就本绩績品分套人形交语年都型因效百千万文婚龙龍名像块"
    ):
        return None
    amount.multiply(Decimal(10))
    if match["more"] is not None:
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


def _small_money(text: str, amount: Amount) -> tuple[Unit, int] | None:
    """两毛五, 九角九分, 5角: money that begins below 元."""
    character = text[amount.end : amount.end + 1]
    if character not in ("角", "毛") or amount.vague or amount.numeral.big:
        return None
    match = re.compile(
        rf"[角毛](?:(?P<fen>[{_DIGIT}])(?:分(?![之钟])|(?![{_DIGIT}十百千万点])))?(?:钱)?"
    ).match(text, amount.end)
    assert match is not None
    if match["fen"] is None and amount.numeral.han and not match.group().endswith("钱"):
        return None
    if match["fen"] is not None and character == "角" and not match.group().endswith("分"):
        return None
    amount.multiply(_TENTH_PART)
    if match["fen"] is not None:
        amount.add(_digit(match["fen"]) / 100)
    amount.form = "fixed"
    return _YUAN, match.end()


_AFTER_YUAN: Final = frozenset(DIGITS) | frozenset("0123456789０１２３４５６７８９整正 ")


def _jiao_fen(text: str, amount: Amount, unit_start: int, end: int) -> int:
    """What follows 元: 角 and 分, or the 整 of a financial amount. Where it ends."""
    if amount.vague or amount.tail:
        return end
    if end >= len(text) or text[end] not in _AFTER_YUAN:
        return end
    name = fold(text[unit_start:end])
    if name not in ("元", "圆", "块"):
        return end
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


def _cents(text: str, amount: Amount, end: int) -> int:
    """5美元20美分: hundredths of a foreign currency. Where they end."""
    match = _CENTS.match(text, end)
    cents = None if match is None else numerals.read(text, end)
    if match is None or cents is None or cents.end != match.end("count") or cents.low >= 100:
        return end
    amount.add(cents.low / 100)
    amount.form = "fixed"
    return match.end()


def _one_and_half(text: str, amount: Amount, unit: Unit, end: int) -> tuple[Unit, int]:
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


def _and_half(text: str, amount: Amount, unit: Unit, end: int) -> int:
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
            digits = "".join(str(_digit(one)) for one in rest["rest"].translate(numerals.NARROW))
            amount.add(Decimal("0." + digits))
            amount.form = "fixed"
            return rest.end()
    if unit.name == "斤":
        ounces = re.compile(rf"(?P<two>[{_DIGIT}])[两兩](?![{_DIGIT}])").match(text, end)
        if ounces is not None:
            amount.add(_digit(ounces["two"]) / 10)
            amount.form = "fixed"
            return ounces.end()
    return end


def _symbol(text: str, begin: int, end: int) -> tuple[Unit | None, int]:
    """The currency sign in front of an amount, which then is its unit."""
    unit = _SYMBOLS.get(text[begin - 1 : begin]) if begin else None
    return unit, end


def lend_scale(first: Amount, second: Amount) -> None:
    """The left side of 3至5亿 or 两到三千 takes the unit of the right."""
    left, right = first.numeral, second.numeral
    if not right.leading:
        return
    if first.scale != 1 or not second.scale or second.scale == 1:
        single = left.end - left.start == 1 and left.unit_scale == 1
        if first.scale == 1 and second.scale == 1 and right.unit_scale > 1 and single:
            scale = right.unit_scale
        else:
            return
    else:
        scale = second.scale
        if left.end - left.start == 1 and right.unit_scale > scale and right.leading:
            scale = right.unit_scale
    low = EXACT.multiply(first.low, scale)
    if low < second.high:
        first.low, first.high = low, EXACT.multiply(first.high, scale)
        first.factor = scale
        first.inherited = scale
