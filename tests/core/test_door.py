"""The door looks where that pays, and asks everyone elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest

from zhclean.triggers import Gate, Trigger, door
from zhclean.triggers.door import Door

TRIGGERS = [(Trigger("a"),), (Trigger("b"),), None]
LONG = "c" * 3_000


def behind_the_first(
    monkeypatch: pytest.MonkeyPatch,
    *,
    numpy: bool,
    triggers: Sequence[tuple[Trigger, ...] | None] = TRIGGERS,
) -> Door:
    """A door that has seen enough texts."""
    if numpy:
        pytest.importorskip("numpy")
    else:
        monkeypatch.setitem(sys.modules, "zhclean.triggers.tables", None)
    used = Door(Gate(triggers))
    used.scan("c" * door._BEFORE_TABLES)
    return used


@pytest.mark.parametrize("numpy", [True, False])
def test_it_never_lets_through_fewer(numpy: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    used, gate = behind_the_first(monkeypatch, numpy=numpy), Gate(TRIGGERS)
    texts = ["a", "ab", "ac", "c", "a" + LONG, LONG] * 50
    for text, found in zip(texts, used.scan_many(texts), strict=True):
        assert found & gate.scan(text) == gate.scan(text)
    for text in texts:
        assert used.scan(text) & gate.scan(text) == gate.scan(text)


def test_the_first_texts_are_looked_at() -> None:
    fresh = Door(Gate(TRIGGERS))
    assert [fresh.scan("a"), fresh.scan("bc"), fresh.scan("c")] == [0b101, 0b110, 0b100]


def test_without_tables_who_has_many_triggers_is_asked_behind_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = tuple(map(Trigger, "defghijklmnop"))
    used = behind_the_first(monkeypatch, numpy=False, triggers=[*TRIGGERS, many])
    assert used.scan("a" + LONG) == 0b1101
    assert used.scan_many([LONG, "b" + LONG]) == [0b1100, 0b1110]


def test_short_texts_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    used = behind_the_first(monkeypatch, numpy=False)
    assert [used.scan("a"), used.scan("c")] == used.scan_many(["a", "c"]) == [0b101, 0b100]


def test_with_tables_long_texts_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    used = behind_the_first(monkeypatch, numpy=True)
    assert used.scan(LONG[:1_000]) == 0b100
    assert used.scan(LONG) == 0b100
    assert used.scan_many([LONG, "b"]) == [0b100, 0b110]


def test_a_changed_text_is_looked_at_for_those_that_come(monkeypatch: pytest.MonkeyPatch) -> None:
    used = behind_the_first(monkeypatch, numpy=False)
    assert used.scan_changed("b" + LONG, 0, 0b111) == 0b110
    assert used.scan_changed("b" + LONG, 1, 0b111) == 0b111
    assert Door(Gate(TRIGGERS)).scan_changed("b", 1, 0b111) == 0b110


def test_texts_are_seldom_looked_up_when_early_cleaners_changed_the_latest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    triggers = [(Trigger("a"),), tuple(map(Trigger, "defghijklmnop"))]
    used = behind_the_first(monkeypatch, numpy=True, triggers=triggers)
    found = []
    for _ in range(100):
        found.append(used.scan("a" + LONG))
        used.scan_changed("b" + LONG, 0, found[-1])
    assert found[0] == 0b01
    assert sorted(found[-8:]) == [0b01] * 2 + [0b11] * 6, "one in four"
    assert [used.scan(LONG) for _ in range(100)][-1] == 0, "now it spares turns again"
