"""The words of a detector as one pattern."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from zhclean.boilerplate.forms import literal_pattern
from zhclean.boilerplate.notices import Words

__all__ = ["MOST_KNOWN", "either", "words_pattern"]

#: Readings of lines that are remembered by each detector, for pages are looked at more than once.
MOST_KNOWN: Final = 2048


def either(*lists: tuple[str, ...]) -> str:
    """A pattern of any of the words, the longest first."""
    words = sorted((word for words in lists for word in words), key=len, reverse=True)
    return "|".join(map(literal_pattern, words)) or "(?!)"


@cache
def words_pattern(words: Words, name: str) -> re.Pattern[str]:
    """A pattern of any word of the list `name`."""
    return re.compile(either(words[name]))
