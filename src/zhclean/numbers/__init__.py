"""The numbers stage: exact quantities out of running Chinese text, and their normal forms.

    >>> from zhclean.numbers import quantities
    >>> [(q.text, str(q.value), q.unit) for q in quantities("流转土地1.2万亩，筹资三千万元")]
    [('1.2万亩', '12000', '亩'), ('三千万元', '30000000', '元')]

Both come from one grammar. `zhclean.numbers.table` has the quantities as rows of a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decimal import Decimal

    from zhclean.numbers.cleaner import Numbers
    from zhclean.numbers.quantity import Quantity

__all__ = ["Quantity", "cleaners", "quantities"]


def __getattr__(name: str) -> Any:
    if name == "Quantity":
        from zhclean.numbers.quantity import Quantity

        return Quantity
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def cleaners(*, style: str = "plain") -> tuple[Numbers, ...]:
    """The passes of the stage. Raises `ConfigError` for a style that does not exist."""
    from zhclean.numbers.cleaner import Numbers

    return (Numbers(style=style),)


def _tidy(value: Decimal | None) -> Decimal | None:
    """12500.00, as 1.25万 multiplies out, is 12500."""
    if value is None or value != value.to_integral_value():
        return value
    return value.to_integral_value()


def quantities(text: str) -> list[Quantity]:
    """Every quantity of `text`, in order; spans count in `text`. `TypeError` for what is no str."""
    if not isinstance(text, str):
        raise TypeError(f"quantities() takes str, not {type(text).__name__}; see decode()")
    from zhclean.numbers.grammar import parse
    from zhclean.numbers.quantity import Quantity

    return [
        Quantity(
            start=reading.start,
            end=reading.end,
            text=text[reading.start : reading.end],
            kind=reading.kind,
            value=_tidy(reading.value),
            low=_tidy(reading.low),
            high=_tidy(reading.high),
            unit=reading.unit.name if reading.unit is not None else None,
            approximate=reading.approximate,
            low_included=reading.low_included,
            high_included=reading.high_included,
        )
        for reading in parse(text)
        if not reading.year
    ]
