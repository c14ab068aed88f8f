"""When a pipeline looks for triggers, and how.

To look for triggers costs something on every text, and saves something on the texts that have
none:

- The first texts and short ones are gone through in Python. For the first, because a cleaner that
  is not asked loads nothing: a run on one small file is over sooner than its tables would be
  read. For short ones, because that takes less time than to ask everyone.
- With numpy, long texts and batches are looked up in tables.
- Elsewhere a glance tells whether to ask the cleaners with few triggers. The others' own first
  looks are as fast as a common one, and they are asked.

What comes out is always the same: a cleaner without a trigger has nothing to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from zhclean.triggers.gate import Gate

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
        return list(map(self._look, texts))

    def scan_changed(self, text: str, index: int) -> int:
        """The cleaners to ask about what the one at `index` has made of a text, in this round.

        Never by tables: to look up one text takes as long as to ask everyone about it.
        """
        if self._seen > _FIRST and not self.gate.glance.cleaners >> index + 1:
            return self.gate.everyone
        return self._look(text)

    def scan_many_changed(self, texts: Sequence[str]) -> list[int]:
        """The cleaners to ask about each of these texts, which others made of texts seen before."""
        if self._takes_tables(sum(map(len, texts))):
            return self.gate.scan_many(texts)
        return list(map(self._look, texts))

    def _look(self, text: str) -> int:
        if self._seen <= _FIRST or len(text) <= _SHORT:
            return self.gate.go_through(text)
        return self.gate.glance.scan(text)

    def _takes_tables(self, size: int) -> bool:
        return self._seen > _BEFORE_TABLES and self.gate.takes_tables(size)
