"""When a pipeline looks for triggers, and how.

To look for triggers costs something on every text, and saves something on the texts that have
none:

- The first texts and short ones are gone through in Python. For the first, because a cleaner that
  is not asked loads nothing: a run on one small file is over sooner than its tables would be
  read. For short ones, because that takes less time than to ask everyone.
- With numpy, long texts and batches are looked up in tables.
- Where tables spared nothing of late, for early cleaners changed nearly all texts and all that come
  behind were asked about what they had made, most texts are not looked up.
- Elsewhere a glance tells whether to ask the cleaners with few triggers. The others' own first
  looks are as fast as a common one, and they are asked.

What comes out is always the same: a cleaner without a trigger has nothing to say.
"""

from __future__ import annotations

from collections import Counter
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
#: Turns that tables must spare a text, on average over so many of the latest characters.
_PAYS: Final = 0.5
_LATEST: Final = 50_000
#: Else one look in so many is by tables.
_AGAIN: Final = 4


class Door:
    """Lets cleaners through to texts, by a gate where that pays."""

    def __init__(self, gate: Gate) -> None:
        self.gate: Final = gate
        self._seen = 0
        #: The characters that were looked up of late, and those that this spared cleaners for whom
        #: nothing but tables looks.
        self._looked_up = 0
        self._spared = 0
        self._passed = 0

    def scan(self, text: str) -> int:
        """The cleaners to ask about `text`, as bits."""
        return self.scan_many((text,))[0]

    def scan_many(self, texts: Sequence[str]) -> list[int]:
        """`scan` of each text."""
        size = sum(map(len, texts))
        self._seen += size
        # What else there is for short texts takes longer, whatever it spares.
        if not self._takes_tables(size) or not (size <= _SHORT * len(texts) or self._pays()):
            return list(map(self._look, texts))
        found = self.gate.scan_many(texts)
        if self._looked_up > _LATEST:
            self._looked_up = self._spared = 0
        self._looked_up += size
        others = self.gate.everyone & ~self.gate.glance.cleaners
        turns = sum(
            count * (others & ~concerned).bit_count() for concerned, count in Counter(found).items()
        )
        self._spared += size * turns // len(texts)
        return found

    def scan_changed(self, text: str, index: int, concerned: int) -> int:
        """The cleaners to ask about what the one at `index` has made of a text, in this round.

        `concerned` are those who were to be asked before. Never by tables: to look up one text
        takes as long as to ask everyone about it.
        """
        if self._seen > _FIRST and not self.gate.glance.cleaners >> index + 1:
            not_spared = (self.gate.everyone & ~concerned) >> index + 1
            self._spared -= len(text) * not_spared.bit_count()
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

    def _pays(self) -> bool:
        """Whether to look by tables is worth it, as far as the latest texts tell."""
        if self._spared >= _PAYS * self._looked_up:
            return True
        self._passed += 1
        return self._passed % _AGAIN == 0
