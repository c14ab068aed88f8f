"""The cleaner of the numbers stage: quantities into one normal form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from zhclean.edits import NOTHING, Patch, Proposal
from zhclean.errors import ConfigError
from zhclean.numbers.grammar import changing
from zhclean.numbers.styles import STYLES, rewrites

__all__ = ["Numbers"]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Writes quantities in one style: `plain`, `arabic`, `keep` or `gbt15835` (see styles.py).

    Raises `ConfigError` for another style.
    """

    style: str = "plain"
    stage: ClassVar[str] = "numbers"

    def __post_init__(self) -> None:
        if self.style not in STYLES:
            raise ConfigError(f"style {self.style!r} is none of {', '.join(STYLES)}")

    def propose(self, text: str) -> Proposal:
        """The edits that bring every quantity of `text` into the style."""
        style = self.style
        rows = [row for reading in changing(text, style) for row in rewrites(text, reading, style)]
        return Proposal(Patch.of(rows)) if rows else NOTHING
