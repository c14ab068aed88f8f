"""Promises of the numbers stage over generated text."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zhclean.numbers
from tests.numbers import forms
from tests.timing import assert_linear
from zhclean.numbers import cleaners, grammar, quantities
from zhclean.numbers.styles import STYLES, rewrites

ALPHABET = (
    "〇零一二两三四五六七八九十百千万亿壹贰叁拾佰仟萬億几数半多余来点分之成折个第负约近超至到和以上下"
    "0123456789０１９.,．，·-~—%％‰元角块吨人项年月日号倍米斤度克xX×wWkK（）()、。，“”《》 \n统思想增长"
)
PIECES = st.one_of(
    st.text(ALPHABET, max_size=6),
    st.integers(0, 10**9).map(forms.chinese),
    st.integers(0, 10**9).map(str),
    st.sampled_from(
        [
            "万元",
            "亿元",
            "百分之",
            "个百分点",
            "至",
            "-",
            "平方米",
            "余",
            "多",
            "成",
            "个亿",
            "2023",
            "年",
            "元五角",
            "W",
            "xx",
            "第",
        ]
    ),
)
TEXTS = st.lists(PIECES, max_size=8).map("".join)


def clean(text: str, style: str) -> str:
    (cleaner,) = cleaners(style=style)
    return cleaner.propose(text).patch.apply(text)


@given(TEXTS, st.sampled_from(STYLES))
@settings(max_examples=1500, deadline=None, derandomize=True)
def test_output_is_a_fixpoint(text: str, style: str) -> None:
    once = clean(text, style)
    assert clean(once, style) == once


CLAUSES = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "了三成", "十五分", "百十六", "四一天", "侍女八千人", "一千重山", "三千元", "三至五成", "两到三千人",
                "百分之三十", "五元五角", "三点 五吨", "1,234吨", "春风", "坐地日行八万里", "巡天遥看一千河",
            ]
        ),
        st.sampled_from(["，", "。", "；", " ", "\n　　", "至", "-", ""]),
    ).map("".join),
    min_size=1,
    max_size=3,
)  # fmt: skip


@given(CLAUSES, CLAUSES, st.sampled_from(STYLES))
@settings(max_examples=1000, deadline=None, derandomize=True)
def test_what_is_no_verse_spreads_in_one_call(unit: list[str], rest: list[str], style: str) -> None:
    # Nine in a row: one more call is for new quantities of digits and numerals that now touch.
    once = clean(clean("".join(unit * 9 + rest), style), style)
    assert clean(once, style) == once


@given(TEXTS)
@settings(max_examples=500, deadline=None, derandomize=True)
def test_triggers_of_a_style_lose_nothing(text: str) -> None:
    for style in STYLES:
        narrow = [
            row
            for reading in grammar.changing(text, style)
            for row in rewrites(text, reading, style)
        ]
        assert sorted(set(narrow)) == narrow


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_no_exception(text: str) -> None:
    for quantity in quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
    for style in STYLES:
        clean(text, style)


def test_no_float_in_the_package() -> None:
    folder = Path(zhclean.numbers.__file__).parent
    for path in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            where = f"{path.name}:{getattr(node, 'lineno', 0)}"
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), where
            assert not (isinstance(node, ast.Name) and node.id == "float"), where


@pytest.mark.parametrize(
    "unit",
    [
        "一",
        "1,",
        "万",
        "十",
        "3-",
        "百分之",
        "零",
        "一百",
        "5元",
        "一个",
        "1 ",
        "1.",
        "二〇",
        "(",
        "《十",
        "了三成。",
        "十五分，",
        "侍女八千人，",
        "百分之三十至",
    ],
)
def test_linear(unit: str) -> None:
    (cleaner,) = cleaners()
    assert_linear(lambda size: cleaner.propose(unit * (size // len(unit))), 4_000)
