"""The gate as a run of many texts uses it: whom most texts concern is not looked for.

To look for the triggers of a cleaner costs something on every text, and saves something on the
texts that have none. On a corpus in which nearly all have some it saves nothing. So a sample of
the texts is looked at for all cleaners, and the texts behind it only for those that the gate kept
away from a fair part of the sample. Who is not looked for is asked: what comes out is the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from zhclean.triggers import Gate

__all__ = ["Door"]

#: Texts of a sample, and texts behind it until the next one.
_SAMPLE: Final = 200
_BEHIND: Final = 4_000
#: A cleaner that so many of the sample concern is asked about all texts.
_NEARLY_ALL: Final = 0.75


class Door:
    """Lets cleaners through to texts, by a gate."""

    def __init__(self, gate: Gate) -> None:
        self.exact: Final = gate
        self._waiving: dict[int, Gate] = {}
        self._found: Counter[int] = Counter()
        self._left = _SAMPLE
        #: The gate in use, `exact` or one that lets through more.
        self.gate = gate

    def scan(self, text: str) -> int:
        """The cleaners to ask about `text`, as bits."""
        found = self.gate.scan(text)
        self._note((found,))
        return found

    def scan_many(self, texts: Sequence[str]) -> list[int]:
        """`scan` of each text."""
        found = self.gate.scan_many(texts)
        self._note(found)
        return found

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
