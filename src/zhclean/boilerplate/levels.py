"""How much may be removed."""

from functools import cache
from typing import Final

__all__ = ["LEVELS", "levels_up_to"]

LEVELS: Final = ("conservative", "standard", "aggressive")


@cache
def levels_up_to(level: str) -> frozenset[str]:
    """The levels whose rules work at `level`."""
    return frozenset(LEVELS[: LEVELS.index(level) + 1])
