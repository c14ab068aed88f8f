"""Sentinels: the remains of lost text are flagged; only pure padding goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhclean.encoding.misreads import Sentinels


def flagged(text: str) -> list[tuple[str, str, str]]:
    return [
        (text[flag.start : flag.end], flag.kind, flag.rule)
        for flag in Sentinels().propose(text).flags
    ]


def repaired(text: str) -> str:
    return Sentinels().propose(text).patch.apply(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("结果\ufffd\ufffd，详见", [("\ufffd\ufffd", "undecodable", "E501")]),
        ("\ufffd\ufffdܺ\ufffdã\ufffd", [("\ufffd\ufffdܺ\ufffdã\ufffd", "undecodable", "E501")]),
        ("联系人：锟斤拷锟斤拷", [("锟斤拷锟斤拷", "undecodable", "E502")]),
        ("锟斤拷锟秸碉拷锟斤拷 12人", [("锟斤拷锟秸碉拷锟斤拷", "undecodable", "E502")]),
        ("姓名：烫烫烫烫 性别：男", [("烫烫烫烫", "memory_fill", "E503")]),
        ("屯屯屯", [("屯屯屯", "memory_fill", "E504")]),
    ],
)
def test_flags(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert flagged(text) == expected
    assert repaired(text) == text


@pytest.mark.parametrize("fill", ["烫", "屯", "葺"])
def test_fill_behind_the_end_of_a_sentence_is_deleted(fill: str) -> None:
    assert repaired(f"检修已经完成。{fill * 6}\n下一行") == "检修已经完成。\n下一行"
    assert repaired(f"检修已经完成{fill * 6}") == f"检修已经完成{fill * 6}"


@pytest.mark.parametrize(
    "text",
    [
        "他叫道：“烫烫烫！”",
        "水好烫烫烫啊",
        "皇姑屯和小屯",
        "所谓“锟斤拷”是怎么来的",
        "这半斤拷贝纸",
        "锟铻",
    ],
)
def test_ordinary_words_are_left(text: str) -> None:
    assert not Sentinels().propose(text)


@given(st.text("锟斤拷烫屯葺\ufffd。！a\n“” ", max_size=60))
def test_settles(text: str) -> None:
    once = repaired(text)
    assert repaired(once) == once
