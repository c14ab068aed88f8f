"""The arithmetic that keeps values exact."""

from __future__ import annotations

from decimal import Context
from typing import Final

__all__ = ["EXACT", "FRACTION"]

#: A context in which sums and products of anything a text can hold stay exact.
EXACT: Final = Context(prec=400)
#: Fractions are the one place where a value may have no end; they keep 28 digits.
FRACTION: Final = Context(prec=28)
