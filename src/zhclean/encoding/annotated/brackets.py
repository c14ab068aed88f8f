"""Quotations and titles that are open, and what that makes of the next character.

The language model looks two characters back, and most quotations are longer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["BRACKETS", "left_open"]

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


def left_open(line: str) -> int:
    """What the beginning of a line leaves open."""
    held = 0
    for char in line:
        _, held = BRACKETS.get((held, char), (0.0, held))
    return held
