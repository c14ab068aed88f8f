"""The words of a detector as one pattern."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from zhclean.boilerplate.forms import class_of, folded, forms_of, literal_pattern
from zhclean.boilerplate.notices import Words

__all__ = ["MOST_KNOWN", "either", "starts_of", "words_pattern"]

#: Readings of lines that are remembered by each detector, for pages are looked at more than once.
MOST_KNOWN: Final = 2048


def either(*lists: Sequence[str]) -> str:
    """A pattern of any of the words, the longest first.

    Words that begin alike stand together: to pass over them takes one look.
    """
    words = sorted((word for words in lists for word in words), key=len, reverse=True)
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(folded(word[0]), []).append(word)
    starts = "".join(map(starts_of, groups.values()))
    if len(starts) > len(set(starts)):  # of what two beginnings allow, the longest word goes first
        return "|".join(map(literal_pattern, words))
    return "|".join(map(_group_pattern, groups.values())) or "(?!)"


def _group_pattern(group: Sequence[str]) -> str:
    if len({word[0] for word in group}) > 1:
        return (
            f"(?={class_of(starts_of(group)).pattern})(?:{'|'.join(map(literal_pattern, group))})"
        )
    rests = "|".join(literal_pattern(word[1:]) for word in group)
    return f"{literal_pattern(group[0][0])}(?:{rests})"


def starts_of(*lists: Sequence[str]) -> str:
    """What the words begin with."""
    starts = {form for words in lists for word in words for form in forms_of(word[0])}
    return "".join(sorted(starts))


@cache
def words_pattern(words: Words, name: str) -> re.Pattern[str]:
    """A pattern of any word of the list `name`."""
    starts = starts_of(words[name])
    # Nowhere else the many words are tried.
    return re.compile(
        f"(?={class_of(starts).pattern})(?:{either(words[name])})" if starts else "(?!)"
    )
