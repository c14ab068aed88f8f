"""Readings: the ladder, and pypinyin's table of characters."""

from __future__ import annotations

from pypinyin import Style, pinyin

from zhclean.encoding.annotated.gbk import char_pairs
from zhclean.encoding.annotated.readings import is_reading, is_toneless_reading, ladder, read_by


def test_the_table_holds_the_default_reading_of_pypinyin() -> None:
    for char in list(char_pairs().values())[::50]:
        if char in ladder():
            continue
        for (reading,) in pinyin(char, style=Style.TONE, errors="ignore"):
            assert is_reading(char, reading), char


def test_readings_of_characters_beyond_the_ladder() -> None:
    assert is_reading("饕", "tāo")
    assert not is_reading("饕", "tiè")
    assert not is_reading("，", "dòu")
    assert is_toneless_reading("行", "hang")
    assert read_by(0xD7, "zì")
