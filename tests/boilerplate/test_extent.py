"""Where a body begins and ends, and what is passed on the way to it."""

from __future__ import annotations

import pytest

from zhclean.boilerplate.extent import (
    LONGEST_PASSED,
    MOST_BETWEEN,
    MOST_PASSED,
    SURE,
    Furniture,
    extent,
    passed_lines,
)
from zhclean.boilerplate.page import Page

SENTENCE = "渡船一天开四班。"
LABEL = "渡口的船"


def passed(first: str, inner: list[str], last: str) -> tuple[list[str], list[str]]:
    """The lines of `inner` that may stand above a body, and those below one, bottom up."""
    text = "\n".join([first, *inner, last])
    start, end = len(first) + 1, len(text) - len(last) - 1
    above, below = passed_lines(text, start, end)
    return (
        [text[line.begin : line.end] for line in above],
        [text[line.begin : line.end] for line in below],
    )


def test_what_is_no_prose_does_not_count_as_a_sentence() -> None:
    inner = [LABEL] * (2 * MOST_PASSED) + [SENTENCE] + [LABEL] * 2
    assert passed(SENTENCE, inner, SENTENCE) == (inner, inner[::-1])


def test_so_many_sentences_are_passed_and_no_more() -> None:
    inner = [SENTENCE] * (2 * MOST_PASSED)
    assert passed(SENTENCE, inner, SENTENCE) == ([SENTENCE] * (MOST_PASSED - 1),) * 2


def test_so_many_lines_between_are_passed_and_no_more() -> None:
    inner = [LABEL] * (2 * MOST_BETWEEN)
    assert passed(SENTENCE, inner, SENTENCE) == ([LABEL] * MOST_BETWEEN,) * 2
    inner = [LABEL] * MOST_BETWEEN + [SENTENCE] + [LABEL] * MOST_BETWEEN
    assert passed(SENTENCE, inner, SENTENCE) == (inner, inner[::-1])


@pytest.mark.parametrize("before", ["", "\n", "栏目\n"])
def test_a_long_sentence_is_not_passed(before: str) -> None:
    longest = "船" * (LONGEST_PASSED - 1) + "。"
    for first in (longest, f"{before}{longest}"):
        assert passed(first, [LABEL], longest) == ([LABEL], [LABEL])
    assert passed(f"{before}船{longest}", [LABEL], f"船{longest}") == ([], [])
    assert passed(SENTENCE, [LABEL, f"船{longest}", LABEL], SENTENCE) == ([LABEL], [LABEL])


@pytest.mark.parametrize(("length", "begin"), [(20, 0), (21, 2)])
def test_a_third_of_the_prose_stays_behind_what_is_passed(length: int, begin: int) -> None:
    page = Page("\n".join(["船" * 39 + "。", LABEL, "船" * (length - 1) + "。"]))
    furniture = Furniture({1: SURE}, {}, (), lambda _: 0)
    assert extent(page, {}, furniture) == (begin, 2, 2)
