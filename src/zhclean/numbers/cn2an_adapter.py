"""cn2an, for one numeral that is already delimited; a second opinion beside `numerals.read`.

Traps of cn2an 0.5, and why it does not read running text here:

- `transform` edits words: 统一 becomes 统1; of 143 edits on three real reports 132 were wrong.
- it is quadratic: 10,000 characters take seconds.
- it cuts decimals before a large unit (`1.23456万` -> 12345), refuses `2.5万亿` and `1.5千万`,
  and raises `KeyError` where it means `ValueError`.
- values come back as int or binary float; only whole numbers are taken from it.
- it is slow to import (0.1 s), so this module imports it on first use.
"""

from __future__ import annotations

from decimal import Decimal

__all__ = ["transform", "value", "written"]


def value(numeral: str) -> Decimal | None:
    """What cn2an makes of one whole numeral (`三万五`), None where it refuses or is not exact."""
    import cn2an

    try:
        found = cn2an.cn2an(numeral, "smart")
    except (ValueError, KeyError):
        return None
    return Decimal(found) if isinstance(found, int) else None


def written(number: int, form: str) -> str:
    """`number` in Chinese: `form` is "low" (一百零二), "up" (壹佰零贰) or "rmb" (壹佰零贰元整)."""
    import cn2an

    return str(cn2an.an2cn(number, form))


def transform(text: str) -> str:
    """cn2an's own rewriting of a text, for comparison in benchmarks only."""
    import cn2an

    return str(cn2an.transform(text, "cn2an"))
