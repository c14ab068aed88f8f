"""When a pipeline looks for triggers, and when it asks every cleaner without looking.

To look for triggers costs something on every text, and saves something on the texts that have
none. It pays in three cases:

- for the first texts, because a cleaner that is not asked loads nothing: a run on one small file
  is over sooner than its tables would be read;
- for short texts, through which to go takes less time than to ask everyone;
- with numpy, for long texts and batches.

Elsewhere each cleaner's own first look is faster than a common one, and everyone is asked. With
numpy, whom nearly all of a sample of the texts concern is asked, and looked for no longer.
What comes out is always the same: a cleaner without a trigger has nothing to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from zhclean.triggers import Gate

__all__ = ["Door"]

#: The characters of the first texts.
_FIRST: Final = 20_000
#: The characters of a short text.
_SHORT: Final = 200
#: So many characters before numpy is imported, which takes as long as asking everyone about them.
_BEFORE_TABLES: Final = 200_000

#: Texts of a sample, and texts behind it until the next one.
_SAMPLE: Final = 200
_BEHIND: Final = 4_000
#: A cleaner that so many of the sample concern is asked about all texts.
_NEARLY_ALL: Final = 0.75


class Door:
    """Lets cleaners through to texts, by a gate where that pays."""

    def __init__(self, gate: Gate) -> None:
        self.exact: Final = gate
        #: The gate in use, `exact` or one that lets through more.
        self.gate = gate
        self._seen = 0
        self._waiving: dict[int, Gate] = {}
        self._found: Counter[int] = Counter()
        self._left = _SAMPLE

    def scan(self, text: str) -> int:
        """The cleaners to ask about `text`, as bits."""
        return self.scan_many((text,))[0]

    def scan_many(self, texts: Sequence[str]) -> list[int]:
        """`scan` of each text."""
        if self._looks(sum(map(len, texts))):
            found = self.gate.scan_many(texts)
            self._note(found)
            return found
        return [self._glance(text) for text in texts]

    def scan_changed(self, text: str) -> int:
        """`scan` of what a cleaner has made of one of the texts.

        Never by tables: to look up one text takes as long as to ask everyone about it.
        """
        return self.exact.scan(text) if self._seen <= _FIRST else self.exact.everyone

    def scan_many_changed(self, texts: Sequence[str]) -> list[int]:
        """`scan_changed` of each text, but by tables where these pay for all of them."""
        if self._takes_tables(sum(map(len, texts))):
            return self.gate.scan_many(texts)
        return [self.scan_changed(text) for text in texts]

    def _glance(self, text: str) -> int:
        return self.exact.scan(text) if len(text) <= _SHORT else self.exact.everyone

    def _looks(self, size: int) -> bool:
        self._seen += size
        return self._seen <= _FIRST or self._takes_tables(size)

    def _takes_tables(self, size: int) -> bool:
        return self._seen > _BEFORE_TABLES and self.gate.takes_tables(size)

    def _note(self, found: Sequence[int]) -> None:
        self._left -= len(found)
        if self.gate is not self.exact:
            if self._left <= 0:
                self.gate, self._left = self.exact, _SAMPLE
            return
        self._found.update(found)
        if self._left <= 0:
            frequent = self._frequent()
            if frequent:
                if frequent not in self._waiving:
                    self._waiving[frequent] = self.exact.waiving(frequent)
                self.gate = self._waiving[frequent]
            self._found.clear()
            self._left = _BEHIND

    def _frequent(self) -> int:
        """The cleaners that nearly all texts of the sample concern, but those always asked."""
        most = _NEARLY_ALL * self._found.total()
        cleaners = 0
        for bit in range(self.exact.everyone.bit_length()):
            count = sum(times for found, times in self._found.items() if found >> bit & 1)
            if count >= most and not self.exact.always >> bit & 1:
                cleaners |= 1 << bit
        return cleaners
