"""Nothing is written anew in a text without a match of the prefilter."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

import pytest

from tests.campaigns.numbers_exactness import random_value
from tests.numbers.forms import decimal_forms, whole_forms
from tests.numbers.test_ordinary import BOUNDS, MARKS, UNITS, neighbour, numeral
from tests.numbers.test_ordinary import text as surrounded
from tests.numbers.test_triggers import TEXTS
from zhclean.numbers import cleaners
from zhclean.numbers.characters import HAN
from zhclean.numbers.triggers import STYLES

Prefilter = pytest.importorskip("zhclean.prefilter", reason="needs google-re2").Prefilter

CONNECTORS = "-－–~～〜—─至到和 "


def written(value: Decimal, random: Random) -> str:
    whole = value == value.to_integral_value()
    forms = whole_forms(int(value)) if whole else decimal_forms(value)
    return random.choice(list(forms))


def side(random: Random) -> str:
    """One side of a range."""
    kind = random.randrange(5)
    if kind == 0:
        number = numeral(random)
    elif kind == 1:
        number = "".join(random.choices(HAN, k=random.randrange(1, 5)))
    elif kind == 2:
        number = str(random.randrange(300))
    elif kind == 3:
        number = f"{random.randrange(200) / 10}"
    else:
        number = random.choice("一三五十廿")
    tail = random.choice(["", "", "", "多", "个", "点五", "万", "千"])
    return (
        number
        + tail
        + random.choice(["", "", random.choice(UNITS), random.choice("人元年个％%成")])
    )


def ranged(random: Random) -> str:
    head = random.choice(["", "", "负", "-", "零下", "超过", "在", "¥", "至少 "])
    sign = random.choice(["", "", "", "-", " ", "负"])
    end = random.choice(["", "之间", "间", "左右", "以上"])
    pieces = neighbour(random), head, side(random), random.choice(CONNECTORS), sign, side(random)
    return "".join((*pieces, end, neighbour(random)))


def led(random: Random) -> str:
    """A numeral behind a word or sign that says what it is."""
    words: tuple[str, ...] = (
        *BOUNDS,
        "是",
        "比",
        "气温",
        "摄氏",
        "零下",
        "¥",
        "负",
        "负的",
        "在",
        "工资",
    )
    gap = random.choice(["", "", " ", "了", "为"])
    unit = random.choice(["", random.choice(UNITS)])
    return random.choice(words) + gap + numeral(random) + unit + neighbour(random)


def any_han(random: Random) -> str:
    number = "".join(random.choices(HAN, k=random.randrange(1, 7)))
    tail = random.choice(["", "点", "点五", "多", "余", "个", "个亿", "成", "分之三", "元五角", "5", "w", "k元"])  # fmt: skip
    behind: str = random.choice(["", random.choice(UNITS)]) + random.choice(
        ["", random.choice(MARKS)]
    )
    return neighbour(random) + number + tail + behind + neighbour(random)


def amount(random: Random) -> str:
    number = written(random_value(random), random)
    return neighbour(random) + number + random.choice(UNITS) + neighbour(random)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("make", [None, surrounded, ranged, led, any_han, amount])
def test_what_is_written_anew_has_a_match(make: Callable[[Random], str] | None, style: str) -> None:
    (cleaner,) = cleaners(style=style)
    prefilter = Prefilter([cleaner.prefilter()])
    texts = TEXTS if make is None else [make(Random(seed)) for seed in range(2_500)]
    for text in texts:
        assert prefilter.scan(text) or not cleaner.propose(text), text


@pytest.mark.parametrize(
    "text",
    [
        "他等了三五天，又等了七八个小时，一共三天。",
        "晚上八点十七分，第二十三章，十八大，九点三十分。",
        "一个人，两三年，百万富翁，千万别忘了，万分之五。",
        "不三不四，一心一意，十分高兴，统一行动，三角，五成员。",
        "他今年七十六，每月两千二，领先百分之一秒，八五折，三块五。",
        "共有3个人，2023年5月6日10:30，3-5公里，第1、2条，4K电视，65kg。",
    ],
)
def test_what_stays_for_sure_has_none(text: str) -> None:
    assert not Prefilter([cleaners()[0].prefilter()]).scan(text)
