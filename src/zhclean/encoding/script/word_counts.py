"""How often each of some words stands in a text, found in one search."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

__all__ = ["WordCounter"]


class WordCounter:
    """Counts words, overlapping ones each for itself. Immutable."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_lead: dict[str, list[str]] = {}
        for word in words:
            self._by_lead.setdefault(word[0], []).append(word)
        # Each alternative begins with a character: `re` skips to one of them.
        self._pattern = re.compile(
            "|".join(
                f"{re.escape(lead)}(?={'|'.join(re.escape(word[1:]) for word in words)})"
                for lead, words in self._by_lead.items()
            )
        )

    def count(self, text: str) -> Counter[str]:
        """The words that `text` holds, with their numbers."""
        return Counter(
            word
            for match in self._pattern.finditer(text)
            for word in self._by_lead[match[0]]
            if text.startswith(word, match.start())
        )
