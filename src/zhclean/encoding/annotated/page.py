"""What a page says about its own damage: which characters it annotates, and which never.

Within a page a character is annotated always or never. That separates damage from glosses:
a dictionary, a children's book or a lesson explains a few characters, once each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from zhclean.encoding.annotated.gbk import pair_of
from zhclean.encoding.annotated.readings import ANNOTATION, SYLLABLE, is_reading, ladder, spelling
from zhclean.encoding.annotated.simplified import simplified_forms

__all__ = ["Page", "read_page"]

#: An aligned annotation: a character and, in parentheses, one syllable.
_ALIGNED: Final = re.compile(rf"([一-鿿])\(({SYLLABLE}) ?\)")
#: Annotated at fewer of its places than this, a character is glossed, not annotated.
_ALWAYS: Final = 0.8
#: A character that stands alone this often is not annotated at all.
_NEVER: Final = 2
#: So many annotated characters of the ladder make a damaged page without any shifted place.
_ENOUGH: Final = 4
#: A lesson annotates what it teaches, and that is more than this share of its characters.
_LESSON: Final = 0.5


@dataclass(frozen=True, slots=True)
class Page:
    """The annotated characters of a page.

    `annotated` maps byte pairs to readings; `never` holds pairs of characters that could be
    annotated and are not. `damaged` says whether that is enough to know the page as damaged.
    """

    annotated: Mapping[int, str]
    never: frozenset[int]
    damaged: bool


def read_page(text: str) -> Page:
    """The evidence of aligned annotations in `text`."""
    seen = Counter(
        (match[1], spelling(match[2])) for match in _ALIGNED.finditer(text)
    )
    annotated: dict[str, str] = {}
    score = 0.0
    for (char, syllable), count in seen.items():
        if not _is_annotated(char, syllable, count, text):
            continue
        annotated[char] = syllable
        # The sites annotate traditional forms; a repeated one is no gloss.
        weight = 1.0 if char in ladder() else 0.6 if char in simplified_forms() else 0.25
        score += weight + (0.5 * weight if count > 1 else 0)
    places = sum(seen.values())
    han = sum(1 for _ in re.finditer("[一-鿿]", text)) if score >= _ENOUGH else 0
    damaged = score >= _ENOUGH and places < _LESSON * han
    never = frozenset(
        pair
        for char, pair in ((char, pair_of(char)) for char in ladder())
        if pair is not None and char not in annotated and text.count(char) >= _NEVER
    )
    pairs = {pair_of(char) or 0: syllable for char, syllable in annotated.items()}
    return Page(pairs, never, damaged)


def _is_annotated(char: str, syllable: str, count: int, text: str) -> bool:
    return is_reading(char, syllable) and count >= _ALWAYS * text.count(char)
