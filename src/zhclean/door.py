"""When a pipeline looks for triggers, and when it asks every cleaner without looking.

To look for triggers costs something on every text, and saves something on the texts that have
none. It pays in three cases:

- for the first texts, because a cleaner that is not asked loads nothing: a run on one small file
  is over sooner than its tables would be read;
- for short texts, through which to go takes less time than to ask everyone;
- with numpy, for long texts and batches.

Elsewhere each cleaner's own first look is faster than a common one, and everyone is asked.
What comes out is always the same: a cleaner without a trigger has nothing to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from zhclean.triggers import Gate

__all__ = ["Door"]

#: The characters of the first texts.
_FIRST: Final = 20_000
#: The characters of a short text.
_SHORT: Final = 200
#: So many characters before numpy is imported and tables are made, which takes a while.
_BEFORE_TABLES: Final = 200_000


class Door:
    """Lets cleaners through to texts, by a gate where that pays."""

    def __init__(self, gate: Gate) -> None:
        self.gate: Final = gate
        self._seen = 0

    def scan(self, text: str) -> int:
        """The cleaners to ask about `text`, as bits."""
        return self.scan_many((text,))[0]

    def scan_many(self, texts: Sequence[str]) -> list[int]:
        """`scan` of each text."""
        size = sum(map(len, texts))
        self._seen += size
        if self._takes_tables(size):
            return self.gate.scan_many(texts)
        if self._seen <= _FIRST:
            return list(map(self.gate.go_through, texts))
        return list(map(self._look, texts))

    def scan_changed(self, text: str) -> int:
        """`scan` of what a cleaner has made of one of the texts.

        Never by tables: to look up one text takes as long as to ask everyone about it.
        """
        return self.gate.go_through(text) if self._seen <= _FIRST else self._look(text)

    def scan_many_changed(self, texts: Sequence[str]) -> list[int]:
        """`scan_changed` of each text, but by tables where these pay for all of them."""
        if self._takes_tables(sum(map(len, texts))):
            return self.gate.scan_many(texts)
        return [self.scan_changed(text) for text in texts]

    def _look(self, text: str) -> int:
        return self.gate.go_through(text) if len(text) <= _SHORT else self.gate.glance.scan(text)

    def _takes_tables(self, size: int) -> bool:
        return self._seen > _BEFORE_TABLES and self.gate.takes_tables(size)
