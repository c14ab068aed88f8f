"""The normal forms of the contract on whole sentences; half of them must stay as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhclean.errors import ConfigError
from zhclean.numbers import cleaners

DATA = Path(__file__).resolve().parents[1] / "data" / "numbers"
CHANGE = [
    tuple(line.split("\t")) for line in (DATA / "change.tsv").read_text("utf-8").split("\n") if line
]
STAY = [line for line in (DATA / "stay.txt").read_text("utf-8").split("\n") if line]


def clean(text: str, style: str = "plain") -> str:
    (cleaner,) = cleaners(style=style)
    return cleaner.propose(text).patch.apply(text)


def test_there_are_enough() -> None:
    assert len(CHANGE) >= 150
    assert len(STAY) >= 150


@pytest.mark.parametrize(("before", "after"), CHANGE)
def test_plain_form(before: str, after: str) -> None:
    assert clean(before) == after


@pytest.mark.parametrize("text", STAY)
@pytest.mark.parametrize("style", ["plain", "arabic", "keep", "gbt15835"])
def test_stays(text: str, style: str) -> None:
    assert clean(text, style) == text


@pytest.mark.parametrize("before", [before for before, _ in CHANGE])
@pytest.mark.parametrize("style", ["plain", "arabic", "keep", "gbt15835"])
def test_own_output_stays(before: str, style: str) -> None:
    once = clean(before, style)
    assert clean(once, style) == once


CONTRACT = {
    "2500万元": "25000000元",
    "13.8096亿元": "1380960000元",
    "二百八十六项": "286项",
    "百分之三十五点二": "35.2%",
    "千分之三": "3‰",
    "三成": "30%",
    "1.25W": "12500",
    "2亿3千万元": "230000000元",
    "二〇二〇年": "2020年",
    "3至5亿元": "300000000至500000000元",
    "３．５％": "3.5%",
    "5万-8万元": "50000-80000元",
    "3.5万余元": "35000余元",
    "近4亿元": "近400000000元",
    "1,234.5万元": "12345000元",
    "一个百分点": "1个百分点",
    "三点五吨": "3.5吨",
    "负三点五%": "-3.5%",
    "人民币壹佰贰拾叁万肆仟伍佰陆拾柒元整": "人民币1234567元整",
    "3.6w+": "36000+",
    "3.5万人次": "35000人次",
    "两千五百万元": "25000000元",
}


@pytest.mark.parametrize(("before", "after"), CONTRACT.items())
def test_contract(before: str, after: str) -> None:
    assert clean(before) == after


STYLES = [
    ("二千五百万元", "25000000元", "2500万元", "二千五百万元", "2500万元"),
    ("１，２３４．５万元", "12345000元", "1234.5万元", "1234.5万元", "1234.5万元"),
    ("2亿3千万元", "230000000元", "2.3亿元", "2亿3千万元", "2.3亿元"),
    ("9-16亿元", "900000000-1600000000元", "9-16亿元", "9-16亿元", "9亿～16亿元"),
    ("3至5万人", "30000至50000人", "3至5万人", "3至5万人", "3万至5万人"),
    ("三至五亿元", "300000000至500000000元", "3至5亿元", "三至五亿元", "3亿至5亿元"),
    ("3到5百万元", "3000000到5000000元", "300万到500万元", "3到5百万元", "300万到500万元"),
    ("３到5百人", "3到5百人", "3到5百人", "3到5百人", "3到5百人"),
    ("十万零八百元", "100800元", "100800元", "十万零八百元", "100800元"),
    ("1.5万亿元", "1500000000000元", "1.5万亿元", "1.5万亿元", "1.5万亿元"),
]


@pytest.mark.parametrize(("text", "plain", "arabic", "keep", "norm"), STYLES)
def test_styles(text: str, plain: str, arabic: str, keep: str, norm: str) -> None:
    assert clean(text, "plain") == plain
    assert clean(text, "arabic") == arabic
    assert clean(text, "keep") == keep
    assert clean(text, "gbt15835") == norm


def test_unknown_style() -> None:
    with pytest.raises(ConfigError, match="roman"):
        cleaners(style="roman")
