"""The cleaner of the numbers stage: quantities into one normal form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from zhclean.edits import NOTHING, Patch, Proposal
from zhclean.errors import unknown
from zhclean.numbers.triggers import STYLES, changing, gate
from zhclean.triggers import Trigger

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
            raise unknown("style of numbers", self.style, STYLES)

    def triggers(self) -> tuple[Trigger, ...]:
        """What has to stand in a text for `propose` to find anything."""
        return gate(self.style)

    def propose(self, text: str) -> Proposal:
        """The edits that bring every quantity of `text` into the style."""
        style = self.style
        first = changing(style).search(text)
        if first is None:
            return NOTHING
        # The grammar takes time to load, and many texts have nothing for it to read.
        from zhclean.numbers.elsewhere import in_chinese
        from zhclean.numbers.styles import rows

        found = in_chinese(text, rows(text, style, first.start()))
        return Proposal(Patch.of(found)) if found else NOTHING
