"""What `quantities` reads: values, bounds, units, kinds, spans."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from zhclean.numbers import Quantity, quantities, table

VALUES = [
    ("融资2个亿", "2个亿", "200000000", None, "quantity"),
    ("欠款两个多亿", "两个多亿", "200000000", None, "quantity"),
    ("个头一米八", "一米八", "1.8", "米", "quantity"),
    ("走了两个半小时", "两个半小时", "2.5", "小时", "quantity"),
    ("等待一年半", "一年半", "1.5", "年", "quantity"),
    ("一吨半沙子", "一吨半", "1.5", "吨", "quantity"),
    ("总重四斤二两", "四斤二两", "4.2", "斤", "quantity"),
    ("房租一千二", "一千二", "1200", None, "quantity"),
    ("标价两万三千五", "两万三千五", "23500", None, "quantity"),
    ("播放10w+", "10w", "100000", None, "quantity"),
    ("打九折", "九折", "90", "折", "discount"),
    ("打对折", "对折", "50", "折", "discount"),
    ("涨到三倍", "三倍", "3", "倍", "multiple"),
    ("九块八，", "九块八", "9.8", "元", "money"),
    ("十二块五毛", "十二块五毛", "12.5", "元", "money"),
    ("八角六分", "八角六分", "0.86", "元", "money"),
    ("费率万分之五", "万分之五", "0.05", "%", "percent"),
    ("费率千分之五", "千分之五", "0.5", "%", "percent"),
    ("费率5‰", "5‰", "0.5", "%", "percent"),
    ("占四分之一", "四分之一", "0.25", None, "fraction"),
    ("零下八摄氏度", "零下八摄氏度", "-8", "摄氏度", "temperature"),
    ("场馆2万平米", "2万平米", "20000", "平方米", "quantity"),
    ("购入US$300", "300", "300", "美元", "money"),
    ("价值￥1,050.50", "1,050.50", "1050.50", "元", "money"),
    ("长五千克的", "五千克", "5", "千克", "quantity"),
    ("两万千瓦机组", "两万千瓦", "20000", "千瓦", "quantity"),
    ("白银三千两百两", "三千两百两", "3200", "两", "quantity"),
    ("肆佰貳拾萬圓", "肆佰貳拾萬圓", "4200000", "元", "money"),
    ("下调15个基点", "15个基点", "15", "基点", "quantity"),
    ("提升1.8个百分点", "1.8个百分点", "1.8", "百分点", "percent_point"),
    ("水温升到摄氏三十八度", "三十八度", "38", "摄氏度", "temperature"),
    ("华氏九十八度", "九十八度", "98", "华氏度", "temperature"),
    ("最低气温零下3度", "零下3度", "-3", "度", "temperature"),
    ("酒精度五十二度", "五十二度", "52", "度", "quantity"),
    ("打八五折", "八五折", "85", "折", "discount"),
    ("打九九折，", "九九折", "99", "折", "discount"),
    ("两打鸡蛋", "两打", "24", "个", "quantity"),
    ("五元五角", "五元五角", "5.5", "元", "money"),
    ("两毛五", "两毛五", "0.25", "元", "money"),
    ("一百零五块三", "一百零五块三", "105.3", "元", "money"),
    ("5元3角2分", "5元3角2分", "5.32", "元", "money"),
    ("贰佰叁拾元伍角整", "贰佰叁拾元伍角整", "230.5", "元", "money"),
    ("三斤半茶叶", "三斤半", "3.5", "斤", "quantity"),
    ("等了十个半月", "十个半月", "10.5", "个月", "quantity"),
    ("涨到三倍半，", "三倍半", "3.5", "倍", "multiple"),
    ("三成五的人", "三成五", "35", "%", "percent"),
    ("只剩一成半。", "一成半", "15", "%", "percent"),
    ("十成的把握", "十成", "100", "%", "percent"),
    ("同比负三点五%", "负三点五%", "-3.5", "%", "percent"),
    ("百分之百的人", "百分之百", "100", "%", "percent"),
    ("三千零五十人", "三千零五十人", "3050", "人", "quantity"),
    ("一万零三百户", "一万零三百户", "10300", "户", "quantity"),
    ("两万零五人", "两万零五人", "20005", "人", "quantity"),
    ("十二万五，", "十二万五", "125000", None, "quantity"),
    ("一百个亿，", "一百个亿", "10000000000", None, "quantity"),
    ("奖金5k元", "5k元", "5000", "元", "money"),
    ("提高一百五十个百分点", "一百五十个百分点", "150", "百分点", "percent_point"),
    ("二十分之三", "二十分之三", "0.15", None, "fraction"),
]


@pytest.mark.parametrize(("text", "span", "value", "unit", "kind"), VALUES)
def test_value(text: str, span: str, value: str, unit: str | None, kind: str) -> None:
    (quantity,) = quantities(text)
    assert (quantity.text, quantity.value, quantity.unit, quantity.kind) == (
        span,
        Decimal(value),
        unit,
        kind,
    )
    assert text[quantity.start : quantity.end] == span


RANGES = [
    ("七八成", "70", "80", "%", True, True),
    ("±5%", "-5", "5", "%", True, True),
    ("数十家", "10", "100", "家", True, False),
    ("几百万元", "1000000", "10000000", "元", True, False),
    ("十几天", "11", "20", "天", True, False),
    ("二十几万元", "200000", "300000", "元", True, False),
    ("一百二三十人", "120", "130", "人", True, True),
    ("三五百元", "300", "500", "元", True, True),
    ("3-5万元", "30000", "50000", "元", True, True),
    ("3万至5万元", "30000", "50000", "元", True, True),
    ("两到三千元", "2000", "3000", "元", True, True),
    ("10%—15%", "10", "15", "%", True, True),
    ("10-15%", "10", "15", "%", True, True),
    ("百分之二到百分之五", "2", "5", "%", True, True),
    ("百分之七八十", "70", "80", "%", True, True),
    ("三年以上十年以下", "3", "10", "年", True, True),
    ("大于10小于20", "10", "20", None, False, False),
    ("20和30之间", "20", "30", None, True, True),
]


@pytest.mark.parametrize(("text", "low", "high", "unit", "low_in", "high_in"), RANGES)
def test_range(
    text: str, low: str, high: str, unit: str | None, low_in: bool, high_in: bool
) -> None:
    (quantity,) = quantities(text)
    assert quantity.value is None
    assert (quantity.low, quantity.high) == (Decimal(low), Decimal(high))
    assert (quantity.low_included, quantity.high_included) == (low_in, high_in)
    assert quantity.unit == unit


BOUNDS = [
    ("超200家", "200", None, False, False),
    ("不低于200家", "200", None, True, False),
    ("200家以上", "200", None, True, False),
    ("200余家", "200", None, False, True),
    ("不足200家", None, "200", False, True),
    ("不超过200家", None, "200", True, False),
    ("200家以内", None, "200", True, False),
    ("近200家", None, "200", False, True),
    ("约200家", None, None, True, True),
    ("200家左右", None, None, True, True),
]


@pytest.mark.parametrize(("text", "low", "high", "included", "approximate"), BOUNDS)
def test_bound(
    text: str, low: str | None, high: str | None, included: bool, approximate: bool
) -> None:
    (quantity,) = quantities(text)
    assert quantity.value == 200
    assert quantity.low == (None if low is None else Decimal(low))
    assert quantity.high == (None if high is None else Decimal(high))
    assert (quantity.low_included if low else quantity.high_included) == included
    assert quantity.approximate == approximate


def test_fraction_without_end_is_enclosed() -> None:
    (third,) = quantities("约占三分之一")
    assert third.value is not None
    assert third.low is not None
    assert third.high is not None
    assert Fraction(third.low) < Fraction(1, 3) < Fraction(third.high)
    assert third.low < third.value < third.high


def test_a_mixed_number_is_one_value() -> None:
    (found,) = quantities("行程为一又二分之一圈")
    assert (found.text, found.value, found.kind) == ("一又二分之一", Decimal("1.5"), "fraction")
    (found,) = quantities("负四又五分之三")
    assert (found.text, found.value) == ("负四又五分之三", Decimal("-4.6"))
    assert [quantity.text for quantity in quantities("又二分之一圈")] == ["二分之一"]


@pytest.mark.parametrize("text", ["功率65W", "额定1.5W的灯泡"])
def test_watt_is_no_count(text: str) -> None:
    (quantity,) = quantities(text)
    assert quantity.unit == "W"


def test_rows() -> None:
    text = "开头一句。去年投资三千万元，增长5%！结尾。"
    rows = list(table.rows(text))
    assert [row["value"] for row in rows] == ["30000000", "5"]
    assert set(rows[0]) == set(table.COLUMNS)
    assert rows[0]["sentence"] == "去年投资三千万元，增长5%！"
    assert text[rows[1]["start"] : rows[1]["end"]] == "5%"
    assert (rows[0]["low_included"], rows[0]["high_included"]) == (None, None)


def test_rows_say_which_bounds_are_included() -> None:
    (above,) = table.rows("超200家")
    assert (above["low"], above["low_included"], above["high_included"]) == ("200", False, None)
    (at_most,) = table.rows("不超过三百元")
    assert (at_most["high"], at_most["high_included"]) == ("300", True)


def test_values_are_tidy() -> None:
    assert [str(quantity.value) for quantity in quantities("1.25万元，3.50元，100K")] == [
        "12500",
        "3.50",
        "100000",
    ]


def test_quantity_is_a_value() -> None:
    assert quantities("三亿元") == quantities("三亿元")
    assert isinstance(quantities("三亿元")[0], Quantity)


def test_more_than_eighty() -> None:
    (quantity,) = quantities("共有八十余人")
    assert (quantity.text, str(quantity.low), quantity.unit) == ("八十余人", "80", "人")
    (quantity,) = quantities("百八十人")
    assert (quantity.text, str(quantity.value), quantity.unit) == ("百八十人", "100", "人")


@pytest.mark.parametrize(
    "text", ["\n○ 點八", "", "\ud800", "\x00" * 5, "一" * 300, "万" * 300, "1" * 5000, "𠀀三千元"]
)
def test_any_text(text: str) -> None:
    assert all(text[found.start : found.end] == found.text != "" for found in quantities(text))


NAMED = [
    ("港币58.5", "58.5", "港元"),
    ("港幣三百二十", "320", "港元"),
    ("HK$280", "280", "港元"),
    ("NT$1,500", "1500", "新台币"),
    ("A$26", "26", "澳元"),
    ("₩5000", "5000", "韩元"),
    ("RMB 3万", "30000", "元"),
    ("美元3.2亿", "320000000", "美元"),
    ("标价￥1,280起", "1280", "元"),
    ("二十枚以太币", "20", "以太币"),
    ("十二块半", "12.5", "元"),
    ("上证指数收报3021点", "3021", "点"),
    ("恒生指数下跌三百点", "300", "点"),
    ("有效期九十日", "90", "天"),
    ("处行政拘留十五日", "15", "天"),
    ("身高米八", "1.8", "米"),
    ("两岁半", "2.5", "岁"),
    ("一百二十八吉字节", "128", "吉字节"),
    ("三轉每分", "3", "转每分"),
    ("三頭", "3", "头"),
    ("1013百帕", "1013", "百帕"),
    ("HK$1.2M", "1200000", "港元"),
    ("泰铢4500", "4500", "泰铢"),
    ("得了七分", "7", "分"),
    ("上百名志愿者", "100", "名"),
]


@pytest.mark.parametrize(("text", "value", "unit"), NAMED)
def test_units_that_context_names(text: str, value: str, unit: str) -> None:
    (found,) = quantities(text)
    assert (found.value, found.unit) == (Decimal(value), unit)


SHARES = [
    ("约三分二市民", "三分二", "2", "3"),
    ("四分三的人口", "四分三", "3", "4"),
    ("占一半以上", "一半", "1", "2"),
    ("二又十分之一", "二又十分之一", "21", "10"),
    ("误差百分之点五", "百分之点五", "0.5", "1"),
    ("(-.34%)", "-.34%", "-0.34", "1"),
    ("粉丝2.3M", "2.3M", "2300000", "1"),
    ("1.04M", "1.04M", "1040000", "1"),
]


@pytest.mark.parametrize(("text", "source", "top", "below"), SHARES)
def test_shares_and_decimals(text: str, source: str, top: str, below: str) -> None:
    (found,) = quantities(text)
    assert found.text == source
    assert found.value is not None
    assert abs(found.value * Decimal(below) - Decimal(top)) < Decimal("1e-20")


def test_round_numerals_in_a_row_are_a_range() -> None:
    (found,) = quantities("大概八百一千的样子")
    assert (found.value, found.low, found.high) == (None, Decimal(800), Decimal(1000))


@pytest.mark.parametrize(
    "text",
    [
        "美元兑人民币6.87，欧元走强。",
        "人民币一路走高，美元二连跌。",
        "早上9点开会，点了三道菜。",
        "三点水旁的字，十分一般。",
        "截止日期为三十日。",
        "另一半，一半会儿，一半天。",
        "三分线外，七分裤。",
        "3M公司，米其林。",
        "五毛特效，一毛不拔。",
        "高米糊，大米八宝粥。",
        "玉米八，",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert quantities(text) == []
