"""The door looks no longer for whom nearly all texts concern, and asks them."""

from __future__ import annotations

from zhclean import door
from zhclean.door import Door
from zhclean.triggers import Gate, Trigger

GATE = Gate([(Trigger("a"),), (Trigger("b"),), None])
SAMPLE, BEHIND = door._SAMPLE, door._BEHIND


def test_it_never_lets_through_fewer() -> None:
    kept = Door(GATE)
    texts = ["a", "ab", "ac", "c"] * (SAMPLE + BEHIND)
    for text, found in zip(texts, kept.scan_many(texts), strict=True):
        assert found & GATE.scan(text) == GATE.scan(text)


def test_whom_a_sample_concerns_is_waived_until_the_next_sample() -> None:
    kept = Door(GATE)
    assert [kept.scan("a") for _ in range(SAMPLE)] == [0b101] * SAMPLE
    assert kept.scan("c") == 0b101
    assert kept.scan("b") == 0b111
    for _ in range(BEHIND):
        kept.scan("c")
    assert kept.scan("c") == 0b100


def test_nobody_is_waived_for_a_part_of_the_texts() -> None:
    kept = Door(GATE)
    for text in ("a", "b") * SAMPLE:
        kept.scan(text)
    assert kept.gate is GATE
