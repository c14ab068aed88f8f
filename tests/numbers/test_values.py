"""What a quantity is worth and how it is then written: amounts with a rule of their own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhclean.numbers import cleaners, quantities

# The text, the quantity in it, its value, unit and kind, and the text in the plain style.
VALUES = [
    # Letters: thousands stay short, for 5600 is longer than 5.6k is unclear.
    ("收藏5.6k", "5.6k", "5600", None, "quantity", "收藏5.6k"),
    ("播放量3k+", "3k", "3000", None, "quantity", "播放量3k+"),
    # Counted 亿 and 万.
    ("耗资2个半亿", "2个半亿", "250000000", None, "quantity", "耗资250000000"),
    ("耗资一个半亿，", "一个半亿", "150000000", None, "quantity", "耗资150000000，"),
    ("十来万人", "十来万人", "100000", "人", "quantity", "十来万人"),
    ("五百来个", "五百来个", "500", "个", "quantity", "五百来个"),
    ("来了百八十人", "百八十人", "100", "人", "quantity", "来了百八十人"),
    ("花了百八十块", "百八十块", "100", "元", "money", "花了百八十块"),
    ("重千八十斤", "千八十斤", "1000", "斤", "quantity", "重千八十斤"),
    # Signs, and dashes that are none.
    ("清单：\n-5家企业入围", "5家", "5", "家", "quantity", "清单：\n-5家企业入围"),
    ("清单：\n - 5家企业入围", "5家", "5", "家", "quantity", "清单：\n - 5家企业入围"),
    ("气温为-5℃", "-5℃", "-5", "摄氏度", "temperature", "气温为-5℃"),
    ("净利润-5%", "-5%", "-5", "%", "percent", "净利润-5%"),
    ("价格是负的3%", "负的3%", "-3", "%", "percent", "价格是负的3%"),
    ("坡度是负的三点五度", "负的三点五度", "-3.5", "度", "quantity", "坡度是负的3.5度"),
    ("毛利率为负 5%", "负 5%", "-5", "%", "percent", "毛利率为负 5%"),
    ("夜间零下十二度", "零下十二度", "-12", "度", "temperature", "夜间零下12度"),
    ("(同比)-5.2个百分点", "-5.2个百分点", "-5.2", "百分点", "percent_point", "(同比)-5.2个百分点"),
    ("（环比）-3%", "-3%", "-3", "%", "percent", "（环比）-3%"),
    ("下降3百分点", "3百分点", "3", "百分点", "percent_point", "下降3百分点"),
    ("考了三百分点了菜", "三百分", "300", "分", "quantity", "考了300分点了菜"),
    ("退回三成 3月到账", "三成", "30", "%", "percent", "退回30% 3月到账"),
    # Pieces and money.
    ("退回肆角", "肆角", "0.4", "元", "money", "退回肆角"),
    ("一块空地", "一块", "1", "块", "quantity", "一块空地"),
    ("一块五", "一块五", "1.5", "元", "money", "一块五"),
    ("三块八毛", "三块八毛", "3.8", "元", "money", "三块八毛"),
    ("三块八毛五", "三块八毛五", "3.85", "元", "money", "三块八毛五"),
    ("三块八毛五分", "三块八毛五分", "3.85", "元", "money", "三块八毛五分"),
    ("两毛五分", "两毛五分", "0.25", "元", "money", "两毛五分"),
    ("三角五分", "三角五分", "0.35", "元", "money", "三角五分"),
    ("售价5角", "5角", "0.5", "元", "money", "售价5角"),
    ("12元5角", "12元5角", "12.5", "元", "money", "12.5元"),
    ("12元5分", "12元5分", "12.05", "元", "money", "12.05元"),
    ("三圆五角", "三圆五角", "3.5", "元", "money", "3.5圆"),
    ("壹佰元整", "壹佰元整", "100", "元", "money", "100元整"),
    ("壹佰贰拾元正", "壹佰贰拾元正", "120", "元", "money", "120元正"),
    ("壹佰贰拾元伍角正", "壹佰贰拾元伍角正", "120.5", "元", "money", "120.5元"),
    ("5美元20美分", "5美元20美分", "5.2", "美元", "money", "5美元20美分"),
    ("五美元二十美分", "五美元二十美分", "5.2", "美元", "money", "五美元二十美分"),
    ("3欧元5欧分", "3欧元5欧分", "3.05", "欧元", "money", "3欧元5欧分"),
    ("两英镑五十便士", "两英镑五十便士", "2.5", "英镑", "money", "两英镑五十便士"),
    # Halves.
    ("开了五个半", "五个半", "5.5", "个", "quantity", "开了五个半"),
    ("等了两个半月", "两个半月", "2.5", "个月", "quantity", "等了两个半月"),
    ("运来一万吨半", "一万吨半", "15000", "吨", "quantity", "运来一万吨半"),
    ("身高一米七五", "一米七五", "1.75", "米", "quantity", "身高一米七五"),
    ("宽1.5米8", "1.5米", "1.5", "米", "quantity", "宽1.5米8"),
    ("重三斤四两", "三斤四两", "3.4", "斤", "quantity", "重三斤四两"),
    ("只剩三成半，", "三成半", "35", "%", "percent", "只剩35%，"),
    ("四成五的人", "四成五", "45", "%", "percent", "45%的人"),
    # Dozens, discounts, points.
    ("两打啤酒", "两打", "24", "个", "quantity", "两打啤酒"),
    ("打三五折", "三五折", "35", "折", "discount", "打三五折"),
    ("升一百五十 个百分点", "一百五十 个百分点", "150", "百分点", "percent_point", "升150 个百分点"),
    ("百分百的把握", "百分百", "100", "%", "percent", "百分百的把握"),
    ("费率万分之三", "万分之三", "0.03", "%", "percent", "费率万分之三"),
    ("达百分之一百二十", "百分之一百二十", "120", "%", "percent", "达120%"),
    # A space before the unit.
    ("长3  km的路", "3  km", "3", "km", "quantity", "长3  km的路"),
    ("面积3 　平方米", "3 　平方米", "3", "平方米", "quantity", "面积3 　平方米"),
    # 千 of the unit, 千 of the numeral.
    ("三千克黄金", "三千克", "3", "千克", "quantity", "3千克黄金"),
    ("跑了五千米", "五千米", "5000", "米", "quantity", "跑了5000米"),
    # Units left out, and zeros that say that none is.
    ("一万零三，", "一万零三", "10003", None, "quantity", "10003，"),
    ("一万零三十，", "一万零三十", "10030", None, "quantity", "10030，"),
    ("一万三，", "一万三", "13000", None, "quantity", "13000，"),
    ("一亿三，", "一亿三", "130000000", None, "quantity", "130000000，"),
    ("一百一，", "一百一", "110", None, "quantity", "110，"),
    ("两千三点一，", "两千三点一", "2300.1", None, "number", "2300.1，"),
    ("二千零三点五，", "二千零三点五", "2003.5", None, "number", "2003.5，"),
    ("3千50", "3千50", "3050", None, "quantity", "3千50"),
    ("3千5", "3千5", "3500", None, "quantity", "3千5"),
    ("共3千50，", "3千50", "3050", None, "quantity", "共3千50，"),
    ("共3千零5，", "3千零5", "3005", None, "number", "共3005，"),
    ("三万亿元", "三万亿元", "3000000000000", "元", "money", "3000000000000元"),
    ("四千三百万亿次", "四千三百万亿次", "4300000000000000", "次", "quantity", "4300000000000000次"),
    ("2亿3千5百万，", "2亿3千5百万", "235000000", None, "quantity", "235000000，"),
    ("1万2千3百，", "1万2千3百", "12300", None, "quantity", "12300，"),
    ("貳萬參仟戶", "貳萬參仟戶", "23000", "户", "quantity", "23000戶"),
    ("廿五名", "廿五名", "25", "名", "quantity", "25名"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "span", "value", "unit", "kind", "plain"), VALUES)
def test_worth_and_form(
    text: str, span: str, value: str, unit: str | None, kind: str, plain: str
) -> None:
    (quantity,) = quantities(text)
    assert (quantity.text, quantity.value, quantity.unit, quantity.kind) == (
        span,
        Decimal(value),
        unit,
        kind,
    )
    (cleaner,) = cleaners()
    assert cleaner.propose(text).patch.apply(text) == plain


RANGES = [
    ("三到五百万元", "3000000", "5000000"),
    ("3至5千万元", "30000000", "50000000"),
    ("三至五万人", "30000", "50000"),
    ("3到5百人", "300", "500"),
    ("二到三十人", "2", "30"),
    ("两到三千人", "2000", "3000"),
    ("三到五成", "30", "50"),
    ("三至三成五", "30", "35"),
    ("3到5折", "30", "50"),
    ("八到九五折", "80", "95"),
    ("增减±0.5%", "-0.5", "0.5"),
    ("增减正负5%", "-5", "5"),
    ("来了三五个", "3", "5"),
]


@pytest.mark.parametrize(("text", "low", "high"), RANGES)
def test_both_ends_have_the_scale_that_is_said_once(text: str, low: str, high: str) -> None:
    (quantity,) = quantities(text)
    assert (quantity.low, quantity.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "text",
    [
        "孩子们三五成群",
        "三成功",
        "十一成",
        "300余额",
        "多样5多样",
        "百万",
        "五角",
        "三角",
        "壹角",
        "大陆角",
    ],
)
def test_no_quantity(text: str) -> None:
    assert quantities(text) == []
