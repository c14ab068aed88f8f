"""The door looks where that pays, and asks everyone elsewhere."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import ClassVar

import pytest

from zhclean import NOTHING, Proposal, door
from zhclean.door import Door
from zhclean.triggers import Trigger

EVERYONE = 0b1111
LONG = "x" * 3_000


@dataclass(frozen=True)
class Silent:
    """Asked about every text."""

    stage: ClassVar[str] = "encoding"

    def propose(self, text: str) -> Proposal:
        return NOTHING


@dataclass(frozen=True)
class Triggered(Silent):
    lead: str = "a"

    def triggers(self) -> tuple[Trigger, ...]:
        return (Trigger(self.lead),)


@dataclass(frozen=True)
class Precise(Triggered):
    def prefilter(self) -> str:
        return self.lead * 3


CLEANERS = (Triggered(lead="a"), Triggered(lead="b"), Silent(), Precise(lead="c"))


def behind_the_first(monkeypatch: pytest.MonkeyPatch, *, re2: bool) -> Door:
    """A door that has seen enough texts."""
    if re2:
        pytest.importorskip("re2")
    else:
        monkeypatch.setitem(sys.modules, "re2", None)
        monkeypatch.delitem(sys.modules, "zhclean.prefilter", raising=False)
    used = Door(CLEANERS)
    used.scan("c" * door._FIRST * 2)
    return used


@pytest.mark.parametrize("re2", [True, False])
def test_who_is_not_let_through_has_no_trigger(re2: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    used = behind_the_first(monkeypatch, re2=re2)
    for text in ("a", "ab", "ax", "x", "a" + LONG, LONG, "", "\ud800"):
        found = used.scan(text)
        assert found >> 2 & 1, text
        assert found & 1 or "a" not in text, text
        assert found >> 1 & 1 or "b" not in text, text


def test_the_first_texts_are_looked_at_for_triggers() -> None:
    fresh = Door(CLEANERS)
    assert [fresh.scan(text) for text in ("a", "bx", "c")] == [0b0101, 0b0110, 0b1100]


def test_without_re2_everyone_is_asked_behind_them(monkeypatch: pytest.MonkeyPatch) -> None:
    used = behind_the_first(monkeypatch, re2=False)
    assert used.prefilter is None
    assert used.scan(LONG) == EVERYONE


def test_without_re2_short_texts_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    used = behind_the_first(monkeypatch, re2=False)
    assert [used.scan(text) for text in ("a", "x", "c")] == [0b0101, 0b0100, 0b1100]


def test_with_re2_all_texts_are_looked_at_for_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    used = behind_the_first(monkeypatch, re2=True)
    found = [used.scan(text) for text in (LONG, "c", "ccc", "a" + LONG)]
    assert found == [0b0100, 0b0100, 0b1100, 0b0101]
