"""The characters that an unknown byte leaves open, the likeliest first.

Few of the hundred characters that share a byte can be likely in a context: those that are
frequent anywhere, and those that the model or the page has met behind the last character.
Only these are scored.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from zhclean.encoding.annotated.gbk import char_of, char_pairs, invisible_trails, pair_of
from zhclean.encoding.annotated.judge import After, Candidate, Candidates, Judge, traits
from zhclean.encoding.annotated.simplified import simplified_forms
from zhclean.encoding.language import load

__all__ = ["Choice", "Choices"]

# How many of each list are worth following.
_TRAILS: Final = 5
_LEADS: Final = 40
_OPENERS: Final = 8
_HIDDEN: Final = 6

#: ln P in no context of what a text may hold at all, and of what makes up most of any text.
_USED: Final = -11.0
_FREQUENT: Final = -7.2

#: Contexts and lists that are kept from one place to the next.
_KEPT: Final = 4096


class Choice(NamedTuple):
    """An open byte, the character that it makes, and its ln P in context."""

    byte: int
    char: str
    ln_p: float


class Choices:
    """Ranked choices on one page."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._forms = simplified_forms()
        self._ranked: dict[tuple[str, int, str], list[Choice]] = {}
        self._after: dict[str, After] = {}

    def begin(self) -> None:
        """Start a new place."""
        if len(self._after) > _KEPT or len(self._ranked) > _KEPT:
            self._ranked.clear()
            self._after.clear()

    def simple(self, char: str) -> str:
        """The simplified form, which is what the judge knows."""
        return self._forms.get(char, char)

    def ln_p(self, context: str, char: str) -> float:
        """ln P of a (traditional) character after two simplified ones."""
        return self.after(context)[char]

    def after(self, context: str) -> After:
        """ln P of (traditional) characters after two simplified ones."""
        known = self._after.get(context)
        if known is None:
            known = self._after[context] = After(self._judge, context)
        return known

    def led_by(self, lead: int, context: str) -> list[Choice]:
        """Characters with this lead byte; `byte` is the trail byte, which shows nothing itself."""
        return self._rank("led", lead, context, _led_by(lead))

    def trailed_by(self, trail: int, context: str) -> list[Choice]:
        """Characters with this trail byte; `byte` is the lead byte."""
        return self._rank("trailed", trail, context, _trailed_by(trail))

    def vanishing(self, lead: int, context: str) -> list[Choice]:
        """Characters whose trail byte, read as a lead byte, may begin an invisible pair."""
        return self._rank("vanishing", lead, context, _vanishing(lead))

    def opening(self, trail: int, hidden: int, context: str) -> list[Choice]:
        """Characters with this trail byte whose lead byte ends an invisible pair after `hidden`."""
        return self._rank("opening", trail << 8 | hidden, context, _opening(trail, hidden))

    def hidden(self, hidden: int, context: str) -> list[int]:
        """Lead bytes that end an invisible pair, where the trail byte is not known either."""
        ranked = self._rank("hidden", hidden, context, _hidden(hidden))
        return list(dict.fromkeys(choice.byte for choice in ranked))[:_HIDDEN]

    def between(self, hidden: int, context: str) -> list[Choice]:
        """Characters between two invisible pairs: the lead byte ends one, the trail byte is open."""
        return self._rank("between", hidden, context, _between(hidden))

    def _rank(self, kind: str, byte: int, context: str, candidates: Candidates) -> list[Choice]:
        key = kind, byte, context
        ranked = self._ranked.get(key)
        if ranked is None:
            after = self.after(context)
            likely = after.likely(candidates)
            values = after.learn(likely)
            ranked = [
                Choice(byte, char, value)
                for (byte, char, _), value in zip(likely, values, strict=True)
            ]
            ranked.sort(key=_ln_p, reverse=True)
            del ranked[len(candidates.frequent) :]
            self._ranked[key] = ranked
        return ranked


def _ln_p(choice: Choice) -> float:
    return choice.ln_p


def _ranked(rows: list[tuple[int, str]]) -> tuple[Candidate, ...]:
    """The most frequent character first."""
    found = [Candidate(byte, char, traits(char)) for byte, char in rows]
    return tuple(sorted(found, key=lambda row: -_alone(row.char)))


@cache
def _characters_led_by(lead: int) -> tuple[Candidate, ...]:
    # 0x81: a byte that was read as a lead byte. Rare forms cannot be told from each other.
    trails = range(0x81, 0xFF)
    return _ranked([(trail, char) for trail in trails if (char := char_of(lead << 8 | trail))])


@cache
def _characters_trailed_by(trail: int) -> tuple[Candidate, ...]:
    leads = range(0x81, 0xFF)
    return _ranked([(lead, char) for lead in leads if (char := char_of(lead << 8 | trail))])


@cache
def _frequent() -> tuple[Candidate, ...]:
    return _ranked(
        [
            (pair >> 8, char)
            for pair, char in char_pairs().items()
            if pair & 0xFF > 0x80 and _alone(char) > _FREQUENT
        ]
    )


@cache
def _frequent_behind(hidden: int) -> tuple[Candidate, ...]:
    ends = invisible_trails(hidden)
    return tuple(row for row in _frequent() if row.byte in ends)


@cache
def _led_by(lead: int) -> Candidates:
    return Candidates(_characters_led_by(lead), _TRAILS)


@cache
def _trailed_by(trail: int) -> Candidates:
    return Candidates(_characters_trailed_by(trail), _LEADS)


@cache
def _vanishing(lead: int) -> Candidates:
    rows = [row for row in _characters_led_by(lead) if invisible_trails(row.byte)]
    return Candidates(rows, _TRAILS)


@cache
def _opening(trail: int, hidden: int) -> Candidates:
    ends = invisible_trails(hidden)
    rows = [
        row
        for row in _characters_trailed_by(trail)
        if row.byte in ends and _alone(row.char) > _USED
    ]
    return Candidates(rows, _OPENERS)


@cache
def _hidden(hidden: int) -> Candidates:
    return Candidates(_frequent_behind(hidden), 4 * _HIDDEN)


@cache
def _between(hidden: int) -> Candidates:
    rows = [
        row for row in _frequent_behind(hidden) if invisible_trails((pair_of(row.char) or 0) & 0xFF)
    ]
    return Candidates(rows, _HIDDEN)


def _alone(char: str) -> float:
    return load().step("", simplified_forms().get(char, char))
