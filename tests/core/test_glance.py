"""A glance lets through whom the gate lets through, and few others."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.core.test_triggers import MANY, SETS, letters
from tests.timing import assert_linear
from zhclean.triggers import Gate, Trigger, glance

GATE = Gate([*SETS, MANY, None])


@given(letters)
def test_lets_through_whom_the_gate_lets_through(text: str) -> None:
    found, exact = GATE.glance.scan(text), GATE.go_through(text)
    assert found & exact == exact


@pytest.mark.parametrize("text", ["", "中文", "%文", "a，b。", "五%", "\U00020000", "\ud800b"])
def test_tells_as_the_gate_does(text: str) -> None:
    gate = Gate([*SETS, (Trigger("，", after="，。"),)])
    exact = [not any(one.lead.startswith("^") for one in triggers) for triggers in SETS]
    those = sum(1 << index for index, is_exact in enumerate(exact) if is_exact) | 1 << len(SETS)
    assert gate.glance.scan(text) & those == gate.go_through(text) & those


def test_pairs_with_a_frequent_character_are_found() -> None:
    gate = Gate([(Trigger("，", after="，。"),)])
    assert [gate.glance.scan(text) for text in ("字，，", "字，。", "字，字", "，")] == [1, 1, 0, 0]


def test_who_has_many_triggers_or_leads_is_let_through() -> None:
    many = tuple(map(Trigger, "abcdefghijklm"))
    gate = Gate([many, (Trigger("^a"),), (Trigger("中"),)])
    assert gate.glance.scan("文") == 0b011
    assert Gate([(Trigger("\0-\U0010ffff"),)]).glance.scan("文") == 1


def test_a_text_full_of_leads_concerns_everyone() -> None:
    gate = Gate([(Trigger("中"),), (Trigger("文"),)])
    assert gate.glance.scan("中" * glance._AGAIN) == 0b01
    assert gate.glance.scan("中" * (glance._AGAIN + 2)) == 0b11


def test_takes_linear_time() -> None:
    gate = Gate([(Trigger("中", after="文"), Trigger("，", after="，"))])
    assert_linear(lambda times: gate.glance.scan("中，" * times), 20_000)
