"""Amounts of other languages and of code stay; the Chinese ones beside them do not."""

from __future__ import annotations

import pytest

import zhclean
from tests.timing import assert_linear

LEFT = [
    "東京都内で三千人が参加し、会費は五千円でした。",
    "前年比三割増の二百億円を投資すると発表した。",
    "二〇二三年四月に開催された会議の費用は１２，３４５円です。",
    "서울特別市의 예산은 三千億 원이다.",
    "大韓民國 二十年에 三千人이 모였다.",
    "In 2021 sales rose by 1,500 units to $12,345.67.",
    "```python\n价格 = '三千元'\n```",
    "先调用 `充值('五百元')`，再查余额。",
]


@pytest.mark.parametrize("style", ["plain", "arabic", "keep", "gbt15835"])
@pytest.mark.parametrize("text", LEFT)
def test_left(text: str, style: str) -> None:
    assert zhclean.pipeline("numbers", numbers=style).clean(text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "会費は五千円でした。译文：会费为五千元。\n共三千人。",
            "会費は五千円でした。译文：会费为5000元。\n共3000人。",
        ),
        ("共三千人。\n서울의 三千人이다\n又三百人。", "共3000人。\n서울의 三千人이다\n又300人。"),
        ("鲜の每日酸奶卖了三千盒。", "鲜の每日酸奶卖了3000盒。"),
        ("用 `a` 换 `b`，省三千元。", "用 `a` 换 `b`，省3000元。"),
        ("```\n三千\n```\n花了三千元。\n```\n没有完", "```\n三千\n```\n花了3000元。\n```\n没有完"),
        ("GDP 1,234.5亿元", "GDP 123450000000元"),
        ("Revenue was $1,500.\n营收1,500美元。", "Revenue was $1,500.\n营收1500美元。"),
        ("¥1,234.50", "¥1234.50"),
    ],
)
def test_what_is_chinese_beside_them_is_not(before: str, after: str) -> None:
    assert zhclean.pipeline("numbers").clean(before) == after


@pytest.mark.parametrize(
    "pump",
    ["`三千元", "```\n三千元\n", "```三千元", "三千元の", "의三千元。", "$1,234 ", "Ab$1,234の"],
)
def test_time_is_linear(pump: str) -> None:
    pipe = zhclean.pipeline("numbers")
    assert_linear(lambda size: pipe.clean(pump * size), 1000)
