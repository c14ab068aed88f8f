"""Brackets that are open."""

from __future__ import annotations

import pytest

from zhclean.encoding.annotated.brackets import BRACKETS, left_open


@pytest.mark.parametrize(
    ("line", "likelier", "than"),
    [
        ("他说：“今天", "”", "》"),
        ("他读《今天", "》", "”"),
        ("他说：“读《今天》", "”", "》"),
        ("他说：“今天”", "“", "”"),
    ],
)
def test_what_is_open_is_closed(line: str, likelier: str, than: str) -> None:
    held = left_open(line)
    assert BRACKETS[held, likelier][0] > BRACKETS[held, than][0]


def test_a_line_ends_inside_no_bracket() -> None:
    assert BRACKETS[left_open("他说：“好”"), "\n"] == (0.0, 0)
    assert BRACKETS[left_open("他说：“好"), "\n"][0] < 0
    assert left_open("他说：“读《今天\n") == 0
