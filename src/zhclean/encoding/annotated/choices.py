"""The characters that an unknown byte leaves open, the likeliest first.

Every list is ranked by the judge in the context of the last two characters and kept, because
the texts that compete at one place share most of their contexts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Final, NamedTuple

from zhclean.encoding.annotated.gbk import char_of, char_pairs, invisible_pairs, pair_of
from zhclean.encoding.annotated.simplified import simplified_forms
from zhclean.encoding.language import load

__all__ = ["Choice", "Choices"]

#: Quotes of traditional text, which simplified text does not use; the model folds them.
_FOREIGN_QUOTES: Final = frozenset("「」『』〝〞〈〉")
#: Full-width letters and digits: the model folds them too.
_WIDE: Final = frozenset(
    chr(code) for span in ("０９", "ＡＺ", "ａｚ") for code in range(ord(span[0]), ord(span[1]) + 1)
)
#: Marks that do not stand twice in a row.
_SINGLE_MARKS: Final = frozenset("。，、；：")
_UNUSUAL: Final = 4.0

# How many of each list are worth following.
_TRAILS: Final = 5
_LEADS: Final = 40
_OPENERS: Final = 8
_HIDDEN: Final = 3

#: ln P in no context of what a text may hold at all, and of what makes up most of any text.
_USED: Final = -11.0
_FREQUENT: Final = -7.2


class Choice(NamedTuple):
    """An open byte, the character that it makes, and its ln P in context."""

    byte: int
    char: str
    ln_p: float


class Choices:
    """Ranked choices on one page; `quoted` says whether a quotation is open at the place."""

    def __init__(self, step: Callable[[str, str], float]) -> None:
        self._step = step
        self._forms = simplified_forms()
        self._ranked: dict[tuple[str, str, int], list[Choice]] = {}
        self.quoted = False

    def begin(self, *, quoted: bool) -> None:
        """Start a new place."""
        self.quoted = quoted
        self._ranked.clear()

    def simple(self, char: str) -> str:
        """The simplified form, which is what the judge knows."""
        return self._forms.get(char, char)

    def ln_p(self, context: str, char: str) -> float:
        """ln P of a (traditional) character, less what a simplified text does not do."""
        value = self._step(context, self._forms.get(char, char))
        if char in _WIDE:
            return value - 2 * _UNUSUAL
        if (
            char in _FOREIGN_QUOTES
            or (char in _SINGLE_MARKS and char == context[-1:])
            or (char == "”" and not self.quoted)
        ):
            return value - _UNUSUAL
        return value

    def led_by(self, lead: int, context: str) -> list[Choice]:
        """Characters with this lead byte; `byte` is the trail byte, which shows nothing itself."""
        return self._rank("led", lead, context, _hidden_led_by(lead), _TRAILS)

    def trailed_by(self, trail: int, context: str) -> list[Choice]:
        """Characters with this trail byte; `byte` is the lead byte."""
        return self._rank("trailed", trail, context, _trailed_by(trail), _LEADS)

    def vanishing(self, lead: int, context: str) -> list[Choice]:
        """Characters whose trail byte, read as a lead byte, may begin an invisible pair."""
        return self._rank("vanishing", lead, context, _vanishing(lead), _TRAILS)

    def opening(self, trail: int, among: Iterable[int], context: str) -> list[int]:
        """Lead bytes among `among` that make likely characters with this trail byte."""
        ranked = self._rank("opening", trail, context, _used_trailed_by(trail), len(_SPACE))
        allowed = frozenset(among)
        return [choice.byte for choice in ranked if choice.byte in allowed][:_OPENERS]

    def hidden(self, among: Iterable[int], context: str) -> list[int]:
        """Lead bytes among `among` of the likeliest characters, where no other byte is known."""
        ranked = self._rank("hidden", 0, context, _frequent(), len(_SPACE))
        allowed = frozenset(among)
        leads = dict.fromkeys(choice.byte for choice in ranked if choice.byte in allowed)
        return list(leads)[:_HIDDEN]

    def between(self, among: Iterable[int], context: str) -> list[str]:
        """Likely characters between two invisible pairs: lead byte among `among`, trail byte open."""
        ranked = self._rank("between", 0, context, _frequent_vanishing(), len(_SPACE))
        allowed = frozenset(among)
        return [choice.char for choice in ranked if choice.byte in allowed][:_HIDDEN]

    def _rank(
        self, kind: str, byte: int, context: str, choices: list[tuple[int, str]], most: int
    ) -> list[Choice]:
        key = kind, context, byte
        ranked = self._ranked.get(key)
        if ranked is None:
            found = [
                Choice(open_byte, char, self.ln_p(context, char)) for open_byte, char in choices
            ]
            found.sort(key=lambda choice: -choice.ln_p)
            ranked = self._ranked[key] = found[:most]
        return ranked


#: As many as any list can hold.
_SPACE: Final = range(1 << 16)


@cache
def _hidden_led_by(lead: int) -> list[tuple[int, str]]:
    # 0x81: a byte that was read as a lead byte. Rare forms cannot be told from each other.
    return [
        (trail, char)
        for trail in range(0x81, 0xFF)
        if (char := char_of(lead << 8 | trail)) is not None
    ]


@cache
def _trailed_by(trail: int) -> list[tuple[int, str]]:
    return [
        (lead, char)
        for lead in range(0x81, 0xFF)
        if (char := char_of(lead << 8 | trail)) is not None
    ]


@cache
def _vanishing(lead: int) -> list[tuple[int, str]]:
    leads = dict(invisible_pairs())
    return [(trail, char) for trail, char in _hidden_led_by(lead) if trail in leads]


@cache
def _used_trailed_by(trail: int) -> list[tuple[int, str]]:
    return [(lead, char) for lead, char in _trailed_by(trail) if _alone(char) > _USED]


@cache
def _frequent() -> list[tuple[int, str]]:
    return [
        (pair >> 8, char)
        for pair, char in char_pairs().items()
        if pair & 0xFF > 0x80 and _alone(char) > _FREQUENT
    ]


@cache
def _frequent_vanishing() -> list[tuple[int, str]]:
    leads = dict(invisible_pairs())
    return [(lead, char) for lead, char in _frequent() if (pair_of(char) or 0) & 0xFF in leads]


def _alone(char: str) -> float:
    return load().step("", simplified_forms().get(char, char))
