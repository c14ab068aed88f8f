"""The damage that repairs are proved against, against fragments of real pages."""

from __future__ import annotations

import pytest

from zhclean.encoding.annotated.forward import FOLDED, Site, damage
from zhclean.encoding.annotated.gbk import (
    LEADS,
    MARK_BYTES,
    char_of,
    invisible_trails,
    is_hole,
    pair_of,
)
from zhclean.encoding.annotated.readings import ladder

ALL_MARKS = frozenset(MARK_BYTES.values())


def site(chars: str, marks: frozenset[int] = frozenset(), **options: bool) -> Site:
    readings = ladder()
    return Site(tuple((pair_of(char) or 0, readings[char]) for char in chars), marks, **options)


@pytest.mark.parametrize(
    ("traditional", "chars", "shown"),
    [
        ("績為優", "優績", "績(jī)?yōu)閮?yōu)"),
        ("資料x", "蟲", "資料x(chóng)"),
        ("百強”", "強購", "百?gòu)?qiáng)”"),
        ("x日報發", "報請發", "x日?qǐng)?bào)發(fā)"),
        ("當的高素質", "數當質", "當(dāng)?shù)母咚刭|(zhì)"),
    ],
)
def test_annotations_fall_between_bytes(traditional: str, chars: str, shown: str) -> None:
    assert damage(traditional, site(chars)) == shown


@pytest.mark.parametrize(
    ("traditional", "chars", "shown"),
    [
        ("環保科技產", "環產", "環(huán)??萍籍a(chǎn)"),
        ("。科創", "創", "??苿?chuàng)"),
        ("份。現", "現", "份?,F(xiàn)"),
        ("。科技成果轉", "轉", "??萍汲晒D(zhuǎn)"),
    ],
)
def test_marks_that_straddle_two_characters_cost_a_lead_byte(
    traditional: str, chars: str, shown: str
) -> None:
    assert damage(traditional, site(chars, ALL_MARKS)).translate(FOLDED) == shown


def test_of_two_overlapping_pairs_the_second_needs_to_come_first() -> None:
    assert damage("績為", site("優績")) == "績(jī)?yōu)?"
    assert damage("績為", site("績優")) == "績(jī)為"


def test_a_cut_at_the_mark_takes_its_bytes_from_the_pairs() -> None:
    assert damage("。現", site("現", ALL_MARKS, cuts=True)) == "?，F"


def test_a_swallowed_carriage_return_leaves_the_line_feed() -> None:
    shown = damage("們去了\n好", site("內", returns=True))
    assert shown.endswith("?\n好")


def test_every_invisible_pair_is_without_a_character() -> None:
    for lead in LEADS:
        assert all(char_of(lead << 8 | trail) is None for trail in invisible_trails(lead))
    assert not is_hole(0xAA, 0xA1)
    assert is_hole(0xD7, 0xFA)
