"""The forms of damage and the kinds of values."""

from __future__ import annotations

from typing import Final

__all__ = ["FORMS", "KINDS"]

KINDS: Final = (
    "year",
    "month_day",
    "place",
    "person",
    "organisation",
    "number",
    "percent",
    "other",
)

#: First two characters of a code -> the form of damage.
FORMS: Final = {"R1": "mask", "R2": "blank", "R3": "dropped", "R4": "overwrite", "R5": "spinning"}
