"""Sections that a paywall box swallowed, told by their numbers."""

from __future__ import annotations

import pytest

import zhclean

BOX = "隐藏内容\n此处内容需要权限查看\n会员免费查看\n"
BODY = "入冬前要把渠道清一遍，淤泥挖出来堆在田埂上，开春正好补种黄豆。\n"


@pytest.mark.parametrize(
    ("before", "behind", "flagged"),
    [
        ("(三)", "(八)", "(八)"),
        ("三、", "十二、", "十二、"),
        ("（九）", "（十一）", "（十一）"),
        ("第2章", "第5章", "第5章"),
        ("9.", "21.", "21."),
        ("(三)", "(四)", None),  # nothing is missing
        ("(三)", "八、", None),  # another count
        ("(三)", "(二)", None),
        ("第三章", "第五节", None),
        ("三、", "二十一十、", None),  # no number
    ],
)
def test_the_first_number_behind_the_box_is_flagged(
    before: str, behind: str, flagged: str | None
) -> None:
    page = f"{before}清理渠道\n{BODY}{BOX}{behind}晾晒种子\n{BODY}"
    result = zhclean.pipeline("boilerplate").analyze(page)
    assert BOX not in result.text
    found = [
        result.text[flag.start : flag.end]
        for flag in result.flags
        if flag.kind == "missing_sections"
    ]
    assert found == ([flagged] if flagged else [])


def test_numbers_far_from_the_box_tell_nothing() -> None:
    page = f"(三)清理渠道\n{BODY * 250}{BOX}(八)晾晒种子\n{BODY}"
    result = zhclean.pipeline("boilerplate").analyze(page)
    assert [flag for flag in result.flags if flag.kind == "missing_sections"] == []
