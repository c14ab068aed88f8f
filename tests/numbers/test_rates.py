"""What is counted per something else, currencies named in front, and days that are a length."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhclean.numbers import cleaners, quantities

RATES = [
    ("草莓卖到38元/斤。", "38元/斤", "38", "元/斤"),
    ("门票¥58/人，", "58/人", "58", "元/人"),
    ("电价0.55元／千瓦时", "0.55元／千瓦时", "0.55", "元/千瓦时"),
    ("租金2000元/月，押一付三", "2000元/月", "2000", "元/月"),
    ("劳务费300元/天/人", "300元/天/人", "300", "元/天/人"),
    ("心率110次/分，律齐", "110次/分", "110", "次/分钟"),
    ("日均进馆500人/次", "500人/次", "500", "人次"),
    ("密度2.7克/立方厘米", "2.7克/立方厘米", "2.7", "克每立方厘米"),
    ("综合油耗6.5升/百公里", "6.5升/百公里", "6.5", "升每百公里"),
    ("滴速30mL/h", "30mL/h", "30", "ml/h"),
    ("西瓜三块五/斤", "三块五/斤", "3.5", "元/斤"),
    ("十五个工作日内办结", "十五个工作日", "15", "工作日"),
    ("下行3个BP", "3个BP", "3", "基点"),
    ("称了两斤三块五一斤的桃", "三块五", "3.5", "元"),
    ("农损估计三億五千餘萬元", "三億五千餘萬元", "350000000", "元"),
    ("投入1亿2000多万元", "1亿2000多万元", "120000000", "元"),
    ("读取速度7000MB/s", "7000MB/s", "7000", "MB/s"),
    ("一张八分钱的邮票", "八分钱", "0.08", "元"),
]


@pytest.mark.parametrize(("text", "span", "value", "unit"), RATES)
def test_what_stands_behind_the_slash_is_part_of_the_unit(
    text: str, span: str, value: str, unit: str
) -> None:
    (quantity,) = [each for each in quantities(text) if each.text == span]
    assert (quantity.value, quantity.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    "text", ["水价2.8～3.2元/立方米", "水价2.8元至3.2元/立方米", "水价2.8元/立方米至3.2元/立方米"]
)
def test_a_range_has_the_unit_of_its_right_side(text: str) -> None:
    (quantity,) = quantities(text)
    assert (quantity.low, quantity.high) == (Decimal("2.8"), Decimal("3.2"))
    assert quantity.unit == "元/立方米"


@pytest.mark.parametrize("text", ["分成3组/5队", "2023/10/1", "是和/或的关系", "第3/5组"])
def test_a_slash_between_others_is_none(text: str) -> None:
    assert not any("/" in (quantity.unit or "") for quantity in quantities(text))


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("月租港币500元", "港元"),
        ("罰款新臺幣三千元", "新台币"),
        ("美元兑人民币6.87元", "元"),
        ("比特币500元一枚？", "元"),
        ("兑换美元100元人民币", "元"),
    ],
)
def test_the_currency_in_front_is_the_one_that_counts(text: str, unit: str) -> None:
    assert quantities(text)[0].unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "应提前三十日书面通知",
        "有效期届满三十日前提出申请",
        "处十日以上十五日以下拘留",
        "给予十日宽限期",
        "自收到申请之日起二十日",
        "累计旷工三日",
    ],
)
def test_days_of_a_term(text: str) -> None:
    (quantity,) = quantities(text)
    assert quantity.unit == "天"


@pytest.mark.parametrize("text", ["应当在七日前告知", "每月十五日以前交租", "三十日下午返程"])
def test_days_that_may_be_dates(text: str) -> None:
    assert not quantities(text)


def test_digits_are_lent_nothing_by_a_chinese_numeral() -> None:
    (cleaner,) = cleaners()
    assert cleaner.propose("1 -三百年").patch.apply("1 -三百年") == "1 -300年"
