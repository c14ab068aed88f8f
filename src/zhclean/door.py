"""When a pipeline looks for what its cleaners need, and when it asks every cleaner.

To look costs something on every text, and saves something on the texts that concern nobody:

- The first texts are gone through in Python. It loads nothing, and neither does a cleaner that
  is not asked: a run on one small file is over sooner than an automaton would be made.
- Behind them, with the extra `fast`, an automaton reads every text.
- Without it, short texts are gone through, which takes less time than to ask everyone. For the
  others, each cleaner's own first look is faster than a common one, and everyone is asked.

What comes out is always the same: a cleaner that is not let through has nothing to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol

from zhclean.triggers import Gate, Trigger

if TYPE_CHECKING:
    from zhclean.prefilter import Prefilter

__all__ = ["Door", "Looked"]

#: The characters of the first texts.
_FIRST: Final = 20_000
#: The characters of a short text.
_SHORT: Final = 200


class Looked(Protocol):
    """A cleaner that may say what it needs; see `zhclean.triggers` and `zhclean.prefilter`."""

    def triggers(self) -> tuple[Trigger, ...]: ...
    def prefilter(self) -> str | tuple[str, ...]: ...


class Door:
    """Lets cleaners through to texts."""

    def __init__(self, cleaners: Sequence[object]) -> None:
        self._cleaners: Final = cleaners
        #: The triggers of all cleaners.
        self.gate: Final = Gate([_triggers(cleaner) for cleaner in cleaners])
        self._seen = 0
        self._prefilter: Prefilter | None = None
        self._may_have_prefilter = True

    def scan(self, text: str) -> int:
        """The cleaners to ask about `text`, as bits."""
        if self._seen <= _FIRST:
            self._seen += len(text)
            if self._seen <= _FIRST:
                return self.gate.scan(text)
        if self.prefilter is not None:
            return self.prefilter.scan(text)
        return self.gate.scan(text) if len(text) <= _SHORT else self.gate.everyone

    def scan_many(self, texts: Sequence[str]) -> list[int]:
        """`scan` of each text."""
        if self._seen > _FIRST and self.prefilter is not None:
            return self.prefilter.scan_many(texts)
        return list(map(self.scan, texts))

    @property
    def prefilter(self) -> Prefilter | None:
        """The automaton of all cleaners, made when it is first asked for; None without RE2."""
        if self._may_have_prefilter and self._prefilter is None:
            try:
                from zhclean.prefilter import Prefilter, pattern_of
            except ImportError:  # google-re2 is an extra; another `re2` has no sets
                self._may_have_prefilter = False
                return None
            patterns: list[str | tuple[str, ...] | None] = []
            for cleaner in self._cleaners:
                declare = getattr(cleaner, "prefilter", None)
                triggers = _triggers(cleaner)
                if declare is not None:
                    patterns.append(declare())
                else:
                    patterns.append(None if triggers is None else pattern_of(triggers))
            self._prefilter = Prefilter(patterns)
        return self._prefilter


def _triggers(cleaner: object) -> tuple[Trigger, ...] | None:
    declare = getattr(cleaner, "triggers", None)
    return None if declare is None else tuple(declare())
