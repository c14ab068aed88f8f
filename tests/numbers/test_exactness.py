"""A slice of tests/campaigns/numbers_exactness.py, and the cn2an adapter."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.campaigns import numbers_exactness as campaign
from zhclean.numbers import cn2an_adapter, numerals


def test_amounts() -> None:
    assert list(campaign.amounts(3000, seed=1)) == []


def test_integers_beside_cn2an() -> None:
    assert list(campaign.integers(range(0, 10**6, 997))) == []
    assert list(campaign.integers(campaign.large(300, seed=1))) == []


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("1.23456万", "12345.6"),
        ("2.5万亿", "2500000000000"),
        ("1.5千万", "15000000"),
        ("零点零零零一", "0.0001"),
    ],
)
def test_what_cn2an_cuts_or_refuses(numeral: str, value: str) -> None:
    found = numerals.read(numeral, 0)
    assert found is not None
    assert found.low == Decimal(value)


def test_adapter() -> None:
    assert cn2an_adapter.value("三万五") == 35000
    assert cn2an_adapter.value("不是数") is None
    assert cn2an_adapter.written(1005, "low") == "一千零五"


def test_long_values_keep_every_digit() -> None:
    found = numerals.read("123456789012345678901234567890.5万", 0)
    assert found is not None
    assert found.low == 1234567890123456789012345678905000
