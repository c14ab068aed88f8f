"""What the search weighs: open brackets, half entities, how often a character is annotated."""

from __future__ import annotations

import pytest

from zhclean.encoding.annotated import AnnotatedGbk
from zhclean.encoding.annotated.brackets import BRACKETS, left_open
from zhclean.encoding.annotated.page import read_page
from zhclean.encoding.annotated.repair import repair

NOTHING, QUOTATION, TITLE, BOTH = (left_open(line) for line in ("好", "“好", "《好", "“《好"))


def test_the_states_are_four() -> None:
    assert len({NOTHING, QUOTATION, TITLE, BOTH}) == 4


@pytest.mark.parametrize(
    ("held", "mark", "then"),
    [
        (NOTHING, "“", QUOTATION),
        (NOTHING, "《", TITLE),
        (QUOTATION, "”", NOTHING),
        (QUOTATION, "《", BOTH),
        (TITLE, "》", NOTHING),
        (TITLE, "“", BOTH),
        (BOTH, "”", TITLE),
        (BOTH, "》", QUOTATION),
        (NOTHING, "”", NOTHING),
        (NOTHING, "》", NOTHING),
        (BOTH, "\n", NOTHING),
    ],
)
def test_what_is_open_then(held: int, mark: str, then: int) -> None:
    assert BRACKETS[held, mark][1] == then


@pytest.mark.parametrize(
    ("opening", "closing", "held"), [("“", "”", QUOTATION), ("《", "》", TITLE)]
)
def test_what_is_not_open_is_not_closed_nor_opened_twice(
    opening: str, closing: str, held: int
) -> None:
    assert BRACKETS[NOTHING, closing][0] < 0 < BRACKETS[held, closing][0]
    assert BRACKETS[held, opening][0] < 0 == BRACKETS[NOTHING, opening][0]


def test_a_line_does_not_end_in_a_bracket_and_in_two_still_less() -> None:
    in_both, in_one, in_other, in_none = (
        BRACKETS[held, "\n"][0] for held in (BOTH, QUOTATION, TITLE, NOTHING)
    )
    assert in_both < in_one < in_none == 0
    assert in_both < in_other < in_none


@pytest.mark.parametrize("entity", ["#xff0c;", "#65292;"])
def test_an_entity_is_a_mark_in_either_base(entity: str) -> None:
    shown = f"已經(jīng)交了78份?{entity}F(xiàn)場(chǎng)打分"
    patch = AnnotatedGbk().propose(shown).patch
    assert patch.apply(shown) == "已经交了78份。现场打分"


def test_four_times_in_five_is_often_enough() -> None:
    often = "實(shí)" * 4 + "是實"
    seldom = "實(shí)" * 3 + "是實"
    assert len(read_page(often).annotated) == 1
    assert len(read_page(seldom).annotated) == 0


def test_aligned_and_shifted_places_have_rules_of_their_own() -> None:
    shown = "實(shí)驗(yàn)室的業(yè)績(jī)?yōu)閮?yōu)秀"
    patch, flags = repair(shown)
    assert patch.apply(shown) == "实验室的业绩为优秀"
    assert not flags
    rules = [(edit.before, edit.rules) for edit in patch.edits(shown)]
    assert ("(shí)", ("E101",)) in rules
    assert {rule for _, (rule,) in rules} == {"E101", "E102", "E106"}
