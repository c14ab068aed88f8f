"""What the numbers stage knows about one quantity in a text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

__all__ = ["KINDS", "Quantity"]

#: Every `Quantity.kind` there is.
KINDS = (
    "money",
    "percent",
    "percent_point",
    "quantity",
    "number",
    "fraction",
    "multiple",
    "discount",
    "temperature",
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity and where it stands: `text == source[start:end]`, half-open, code points.

    `value` is exact and at full magnitude (`1.1万元` -> 11000, `35%` -> 35 with unit `%`,
    `千分之三` -> 0.3 with unit `%`, `八五折` -> 85); it is None for a range. The one value
    that is rounded, to 28 digits, is a fraction with no finite decimal (`三分之一`); `low`
    and `high` then enclose it.

    `low` and `high` are bounds where the text names them (`3至5亿元`, `超200家`, `十几天`),
    else None. `low_included` and `high_included` say whether the bound itself is meant:
    `超200家` excludes 200, `200家以上` includes it.
    `approximate` is True where the text says so (`约`, `余`, `左右`) or the numeral is vague.
    """

    start: int
    end: int
    text: str
    kind: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    approximate: bool
    low_included: bool = True
    high_included: bool = True
