"""Quantities as rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from zhclean.numbers.quantity import Quantity

__all__ = ["COLUMNS", "rows"]

#: The columns of a row, in the order of the table.
COLUMNS: Final = (
    "start",
    "end",
    "text",
    "value",
    "unit",
    "low",
    "high",
    "low_included",
    "high_included",
    "kind",
    "approximate",
    "sentence",
)

_END: Final = re.compile(r"[。！？!?；;\n]")
_LONGEST: Final = 300  # characters of a sentence on each side of the quantity


def rows(text: str) -> Iterator[dict[str, Any]]:
    """One row for each quantity of `text`, in order.

    Numbers are exact decimal strings without an exponent, None where there is none, as is
    whether a bound is included where there is no bound; the sentence is the one that holds
    the quantity, cut to 300 characters on each side.
    """
    from zhclean.numbers import quantities

    for quantity in quantities(text):
        yield {
            "start": quantity.start,
            "end": quantity.end,
            "text": quantity.text,
            "value": _written(quantity.value),
            "unit": quantity.unit,
            "low": _written(quantity.low),
            "high": _written(quantity.high),
            "low_included": None if quantity.low is None else quantity.low_included,
            "high_included": None if quantity.high is None else quantity.high_included,
            "kind": quantity.kind,
            "approximate": quantity.approximate,
            "sentence": _sentence(text, quantity),
        }


def _written(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _sentence(text: str, quantity: Quantity) -> str:
    begin = max(0, quantity.start - _LONGEST)
    for match in _END.finditer(text, begin, quantity.start):
        begin = match.end()
    stop = min(len(text), quantity.end + _LONGEST)
    close = _END.search(text, quantity.end, stop)
    if close is not None:
        stop = close.end()
    return text[begin:stop].strip()
