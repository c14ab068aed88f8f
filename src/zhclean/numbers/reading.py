"""What the grammar reads: quantities together with what a style needs to write them anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from zhclean.numbers.exact import EXACT
from zhclean.numbers.numerals import Numeral
from zhclean.numbers.units import Unit

__all__ = ["Amount", "Reading"]


@dataclass(slots=True)
class Amount:
    """One number of a quantity: `text[start:end]`, from its sign to its last 万/亿.

    `form` says how it may be written: "number" as digits, "percent" as digits and `symbol`
    (百分之三, 三成), "decimal" as digits and the unit `symbol` (五元五角), "fixed" not at all
    (七八, 20多亿, 四分之三).
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    numeral: Numeral
    form: str = "number"
    symbol: str = ""
    written: Decimal | None = None  # what the digits say, where that is not the value: 3‰
    open_high: bool = False
    tail: str = ""  # 多, 余, 来
    factor: Decimal = Decimal(1)  # the 万/亿 that the right side of a range lends: 3至5亿
    scale: Decimal = Decimal(1)  # 万/亿 at the end, as written

    def multiply(self, factor: Decimal) -> None:
        """The same amount in a unit that is `factor` times as large."""
        same = self.high is self.low
        self.low = EXACT.multiply(self.low, factor)
        self.high = self.low if same else EXACT.multiply(self.high, factor)

    def add(self, extra: Decimal) -> None:
        """The amount and what a smaller unit adds to it."""
        same = self.high is self.low
        self.low = EXACT.add(self.low, extra)
        self.high = self.low if same else EXACT.add(self.high, extra)

    def negate(self) -> None:
        """The amount below zero; not by `-`, which rounds to the digits of the context."""
        self.low, self.high = self.high.copy_negate(), self.low.copy_negate()

    @property
    def vague(self) -> bool:
        return self.open_high or (self.low is not self.high and self.low != self.high)


@dataclass(slots=True)
class Reading:
    """One quantity, its span, and the amounts that it is made of."""

    start: int
    end: int
    kind: str
    low: Decimal | None
    high: Decimal | None
    value: Decimal | None
    unit: Unit | None
    amounts: list[Amount] = field(default_factory=list)
    approximate: bool = False
    low_included: bool = True
    high_included: bool = True
    bound: str = ""  # "low" or "high" where only a bound is named
    bound_start: int = 0  # with the words before and behind that name the bound
    bound_end: int = 0
    connector: tuple[int, int] = (0, 0)  # between the two amounts of a range
    year: bool = False  # a date written digit by digit: no quantity, but a normal form
