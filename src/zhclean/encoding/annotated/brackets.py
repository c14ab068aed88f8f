"""Quotations and titles that are open, and what that makes of the next character.

The language model looks two characters back, and most quotations are longer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["BRACKETS", "bracketed", "left_open", "most_gain"]

_QUOTATION = 1
_TITLE = 2

# ln P beside what the model says, which knows the mean of open and closed.
_CLOSED_UNOPENED: Final = -4.0
_OPENED_TWICE: Final = -2.0
_CLOSED_QUOTATION: Final = 0.5
_CLOSED_TITLE: Final = 2.0
_LINE_IN_QUOTATION: Final = -3.0
_LINE_IN_TITLE: Final = -4.0


def _brackets() -> dict[tuple[int, str], tuple[float, int]]:
    table: dict[tuple[int, str], tuple[float, int]] = {}
    for held in range(4):
        quotation, title = held & _QUOTATION, held & _TITLE
        table[held, "“"] = _OPENED_TWICE if quotation else 0.0, held | _QUOTATION
        table[held, "”"] = _CLOSED_QUOTATION if quotation else _CLOSED_UNOPENED, title
        table[held, "《"] = _OPENED_TWICE if title else 0.0, held | _TITLE
        table[held, "》"] = _CLOSED_TITLE if title else _CLOSED_UNOPENED, quotation
        line = (_LINE_IN_QUOTATION if quotation else 0.0) + (_LINE_IN_TITLE if title else 0.0)
        table[held, "\n"] = line, 0
    return table


#: (what is open, character) -> (ln P, what is open then), for the characters that matter.
BRACKETS: Final[Mapping[tuple[int, str], tuple[float, int]]] = _brackets()
_CHARS: Final = frozenset(char for _, char in BRACKETS)
#: The most that a character can gain by the bracket that it closes.
_MOST: Final = max(gain for gain, _ in BRACKETS.values())


def bracketed(ln_p: float, held: int, char: str) -> tuple[float, int]:
    """The ln P and what is open behind a character, `ln_p` being all else that it costs."""
    if char not in _CHARS:
        return ln_p, held
    gain, held = BRACKETS[held, char]
    return ln_p + gain, held


def most_gain(held: int, characters: int) -> float:
    """The most that so many characters can gain by the brackets that they close."""
    return _MOST * (characters if held else characters - 1)


def left_open(line: str) -> int:
    """What the beginning of a line leaves open."""
    held = 0
    for char in line:
        _, held = bracketed(0.0, held, char)
    return held
