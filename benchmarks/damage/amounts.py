"""One value, many written forms: numerals for which the exact value is known because it came first.

Values are `Decimal`; every form is a function from the value to text, or None where the value
cannot be written that way. Written apart from the package's own grammar.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = "零一二三四五六七八九"
_FINANCIAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_TRADITIONAL = str.maketrans("零一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟")


@dataclass(frozen=True, slots=True)
class Written:
    """A quantity in a sentence: `text[start:end]` is worth `value` (in `unit`)."""

    text: str
    start: int
    end: int
    value: Decimal
    unit: str
    form: str


def chinese(value: int) -> str:
    """An integer from 0 below 10**16 in Chinese numerals, as it is read aloud (一万零三十)."""
    if value == 0:
        return "零"
    groups: list[int] = []
    while value:
        value, group = divmod(value, 10_000)
        groups.append(group)
    spoken = ""
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if group == 0:
            continue
        if spoken and (group < 1000 or groups[index + 1] == 0):
            spoken += "零"
        spoken += _up_to_9999(group) + ("", "万", "亿", "万亿")[index]
    if spoken.count("亿") == 2:  # 三万亿零五亿 is read 三万零五亿
        spoken = spoken.replace("亿", "", 1)
    return spoken.removeprefix("一") if spoken.startswith("一十") else spoken


def _up_to_9999(group: int) -> str:
    spoken = ""
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, group = divmod(group, power)
        if digit:
            spoken += _DIGITS[digit] + name
        elif spoken and group and not spoken.endswith("零"):
            spoken += "零"
    return spoken


def plain(value: Decimal) -> str:
    """The value in Arabic digits without an exponent or trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scaled(value: Decimal, power: int, unit: str) -> str | None:
    scaled = value / (10**power)
    if abs(scaled) < Decimal("0.01") or scaled.as_tuple().exponent < -6:
        return None
    return plain(scaled) + unit


def _grouped(value: Decimal) -> str | None:
    return f"{value:,f}" if value >= 1000 else None


def _full_width(value: Decimal) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in plain(value))


def _spoken(value: Decimal) -> str | None:
    if value != value.to_integral_value() or value >= 10**16:
        return None
    return chinese(int(value))


def _spoken_decimal(value: Decimal) -> str | None:
    whole, _, part = plain(value).partition(".")
    if not part:
        return None
    return chinese(int(whole)) + "点" + "".join(_DIGITS[int(digit)] for digit in part)


def _financial(value: Decimal) -> str | None:
    spoken = _spoken(value)
    if spoken is None:
        return None
    return ("一" + spoken if spoken.startswith("十") else spoken).translate(_FINANCIAL)


def _traditional(value: Decimal) -> str | None:
    financial = _spoken(value)
    if financial is None:
        return None
    whole = "一" + financial if financial.startswith("十") else financial
    return whole.translate(_TRADITIONAL).replace("万", "萬").replace("亿", "億")


def _mixed(value: Decimal) -> str | None:
    """2亿3500万"""
    if value != value.to_integral_value() or value < 10**8 or value % 10_000:
        return None
    hundred_millions, rest = divmod(int(value), 10**8)
    return f"{hundred_millions}亿{rest // 10_000}万" if rest else None


FORMS: Mapping[str, Callable[[Decimal], str | None]] = {
    "plain": plain,
    "万": lambda value: _scaled(value, 4, "万"),
    "亿": lambda value: _scaled(value, 8, "亿"),
    "thousands commas": _grouped,
    "full width": _full_width,
    "spoken": _spoken,
    "spoken decimal": _spoken_decimal,
    "financial": _financial,
    "traditional financial": _traditional,
    "mixed": _mixed,
}

#: Sentences around an amount; `{}` is the amount with its unit.
FRAMES = (
    "该项目累计投入资金{}，目前已经全部到位。",
    "截至上月底，余额为{}，比年初有所增加。",
    "双方约定的价款是{}，按期付清。",
    "据初步估算，直接经济损失为{}。",
    "这批设备的采购价一共是{}。",
)
COUNTS = (
    ("人", "全县参加培训的有{}。"),
    ("平方米", "新建厂房的面积是{}。"),
    ("吨", "码头全年吞吐货物{}。"),
)


def random_value(rng: random.Random) -> Decimal:
    """A value of one to six significant digits between 0.1 and 10**13."""
    digits = rng.randint(1, 6)
    number = rng.randint(10 ** (digits - 1), 10**digits - 1)
    value = Decimal(number).scaleb(rng.randint(-1, 12 - digits))
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def written(rng: random.Random) -> Written:
    """A random value in a random form that can hold it, in a sentence."""
    while True:
        value = random_value(rng)
        form = rng.choice(sorted(FORMS))
        numeral = FORMS[form](value)
        if numeral is None:
            continue
        if form in ("financial", "traditional financial") or rng.random() < 0.6:
            unit, frame = "元", rng.choice(FRAMES)
        else:
            unit, frame = rng.choice(COUNTS)
            if unit == "人" and value != value.to_integral_value():
                continue
        before, _, after = frame.partition("{}")
        quantity = numeral + unit
        start = len(before)
        return Written(before + quantity + after, start, start + len(quantity), value, unit, form)
