"""The cheap searches in front of the grammar never change what it finds."""

from __future__ import annotations

import json
import re
from itertools import product
from random import Random

import pytest

from tests.promises.inputs import random_text
from tools.build_number_tables import build
from zhclean.numbers import bounds, cleaners, grammar
from zhclean.numbers.ahead import tables
from zhclean.numbers.characters import HAN
from zhclean.numbers.styles import rewrites
from zhclean.numbers.triggers import BOUND, PRECISE, STYLES, THOUSANDS, UNITS
from zhclean.numbers.units import spellings
from zhclean.triggers import Gate

#: What numerals and units are made of, and what may stand around them.
_PIECES = (
    *HAN, *"0123456789０５９.．,，·-－–~～至到分份之点點个個多余餘半来成元圆角毛％%第年月日号 　\n",
    "公里", "公斤", "平方米", "摄氏度", "度", "零下", "℃", "kg", "百分之", "个百分点", "个基点", "万元", "亿", "5万", "个百万", "％", "和", "约", "人", "岁", "次",
)  # fmt: skip


def glued(random: Random) -> str:
    return "".join(random.choice(_PIECES) for _ in range(random.randrange(1, 9)))


TEXTS = [
    *(random_text(Random(seed)) for seed in range(1500)),
    *(glued(Random(seed)) for seed in range(6000)),
    "摄氏度％之月兩余度",
    "2 -8成％左右",
]


@pytest.mark.parametrize("style", STYLES)
def test_who_writes_something_has_a_trigger(style: str) -> None:
    (cleaner,) = cleaners(style=style)
    gate = Gate([cleaner.triggers()])
    for text in TEXTS:
        assert gate.scan(text) or not cleaner.propose(text), text


@pytest.mark.parametrize("style", STYLES)
def test_whatever_joins_a_range_has_a_trigger(style: str) -> None:
    (cleaner,) = cleaners(style=style)
    gate = Gate([cleaner.triggers()])
    joined = [
        "".join(chosen) for many in (1, 2, 3) for chosen in product(" 　-－~至¥", repeat=many)
    ]
    ends = ["三年", "三百元", "十%", "．5万", "2个", "7兆，"]
    for left, between, right in product(["1", "1.5", "一百", "３"], joined, ends):
        text = left + between + right
        assert gate.scan(text) or not cleaner.propose(text), text


@pytest.mark.parametrize("style", ["plain", "arabic"])
def test_single_numerals_are_found_before_every_precise_unit(style: str) -> None:
    every = re.compile(f"[0-9０-９{HAN}]")
    (cleaner,) = cleaners(style=style)
    gate = Gate([cleaner.triggers()])
    for spelling, _ in spellings():
        for numeral in ("五", "十", "3", "三十", "二点五"):
            text = f"约有{numeral}{spelling}，零下{numeral}{spelling}。"
            wanted = [
                row
                for reading in grammar.read_at(text, every)
                for row in rewrites(text, reading, style)
            ]
            found = [
                row
                for reading in grammar.changing(text, style)
                for row in rewrites(text, reading, style)
            ]
            assert found == wanted, text
            assert gate.scan(text) or not cleaner.propose(text), text


def test_the_bounds_are_those_of_the_table() -> None:
    assert all(re.match(f"[{BOUND}]", character) for character in bounds.LAST)


def test_the_precise_units_are_those_of_the_table() -> None:
    precise = [
        spelling
        for spelling, unit in spellings()
        if unit.group in ("percent", "percent_point", "temperature")
        or (unit.precise and len(unit.name) > 1)
    ]
    every = {spelling for spelling, _ in spellings()}
    alone = {spelling for spelling in every if len(spelling) == 1}
    longer = {spelling[:2] for spelling in every.difference(alone) if spelling[0] not in alone}
    assert set(UNITS[0]) == alone
    assert set(UNITS[1]) == {spelling[0] for spelling in longer}
    assert set(UNITS[2]) == {spelling[1] for spelling in longer}
    assert set(THOUSANDS) == {spelling[1] for spelling in every if spelling[0] == "千"}
    points = [spelling for spelling in precise if spelling[0] in "个個"]
    assert {spelling[1] for spelling in points} <= set("百基Bb ")
    others = set(precise).difference(points)
    first, second, whole = PRECISE
    assert set(first) == {spelling[0] for spelling in others if len(spelling) > 1}
    assert set(second) >= {spelling[1] for spelling in others if len(spelling) > 1}
    assert set(whole) == {spelling for spelling in others if len(spelling) == 1}


def test_the_tables_are_read_ahead() -> None:
    assert tables() == json.loads(json.dumps(build())), "run tools/build_number_tables.py"
