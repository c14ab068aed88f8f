"""How much may be removed."""

from typing import Final

__all__ = ["LEVELS"]

LEVELS: Final = ("conservative", "standard", "aggressive")
