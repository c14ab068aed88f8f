"""What a page says about its own damage: which characters it annotates, and which never.

Within a page a character is annotated always or never. That separates damage from glosses:
a dictionary, a children's book or a lesson explains a few characters, once each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from zhclean.encoding.annotated.gbk import A3, MARK_BYTES, char_of, char_pairs, pair_of
from zhclean.encoding.annotated.readings import SYLLABLE, is_reading, ladder, spelling
from zhclean.encoding.annotated.simplified import simplified_forms

__all__ = ["Page", "read_page"]

#: An aligned annotation: a character and, in parentheses, one syllable.
_ALIGNED: Final = re.compile(rf"([一-鿿])\(({SYLLABLE}) ?\)")
_HAN_RUN: Final = re.compile("[一-鿿]+")
_FOLDED_COMMA: Final = re.compile("[一-鿿],")
#: Annotated at fewer of its places than this, a character is glossed, not annotated.
_ALWAYS: Final = 0.8
#: A character that stands alone this often is not annotated at all.
_NEVER: Final = 2
#: So many annotated characters of the ladder make a damaged page without any shifted place.
_ENOUGH: Final = 4
#: The same where the page is converted character by character.
_ENOUGH_CONVERTED: Final = 1.5
#: Characters that the sites leave as they are, and what a traditional text has in their place.
_LEFT: Final = "后里么于"
_PROPER: Final = "後裡裏麼於"
#: An annotation that reads bytes across two characters: no author writes one.
_AT_LETTER: Final = 3.0
_BEHIND_LETTER: Final = re.compile(rf"([一-鿿])([@-~])\(({SYLLABLE}) ?\)")
#: A lesson annotates all that it teaches: nearly every character, or of its annotated ones more
#: than this share that are no traditional forms.
_LESSON_PLACES: Final = 0.85
_LESSON_PLAIN: Final = 0.3


@dataclass(frozen=True, slots=True)
class Page:
    """The annotated characters of a page.

    `annotated` maps byte pairs to readings; `never` holds pairs of characters that could be
    annotated and are not. `damaged` says whether that is enough to know the page as damaged,
    `folded` whether its full-width marks have become ASCII; `marks` holds the trail bytes of
    the marks that may have cost lead bytes.
    """

    annotated: Mapping[int, str]
    never: frozenset[int]
    damaged: bool
    folded: bool
    marks: frozenset[int]


def read_page(text: str) -> Page:
    """The evidence of aligned annotations in `text`."""
    seen: Counter[tuple[str, str]] = Counter()
    for (char, printed), count in Counter(_ALIGNED.findall(text)).items():
        seen[char, spelling(printed)] += count
    held = Counter(_of_ladder().findall(text))
    held.update({char: text.count(char) for char, _ in seen if char not in ladder()})
    annotated: dict[str, str] = {}
    score = sum(_AT_LETTER for match in _BEHIND_LETTER.finditer(text) if _reads_across(match))
    for (char, syllable), count in seen.items():
        if not _is_annotated(char, syllable, count, held[char]):
            continue
        annotated[char] = syllable
        # The sites annotate traditional forms; a repeated one is no gloss.
        weight = 1.0 if char in ladder() else 0.6 if char in simplified_forms() else 0.25
        score += weight + (0.5 * weight if count > 1 else 0)
    places = sum(seen.values())
    enough = _ENOUGH_CONVERTED if _is_converted(text) else _ENOUGH
    plain = sum(1 for char in annotated if char not in ladder() and char not in simplified_forms())
    damaged = (
        score >= enough
        and plain <= _LESSON_PLAIN * len(annotated)
        and places <= _LESSON_PLACES * sum(map(len, _HAN_RUN.findall(text)))
    )
    never = frozenset(
        pair
        for char, times in held.items()
        if times >= _NEVER and char not in annotated and char in ladder()
        if (pair := pair_of(char)) is not None
    )
    pairs = {pair_of(char) or 0: syllable for char, syllable in annotated.items()}
    folded = len(_FOLDED_COMMA.findall(text)) > text.count("，")
    return Page(pairs, never, damaged, folded, _marks(text))


def _marks(text: str) -> frozenset[int]:
    """The marks that take part: those whose bytes nowhere straddle two intact characters."""
    intact = Counter((pair_of(match[1]) or 0) >> 8 for match in _straddling().finditer(text))
    return frozenset(
        trail
        for mark, trail in MARK_BYTES.items()
        if intact[trail] <= len(re.findall(rf"\?[{mark}{chr(trail - 0x80)}]", text))
    )


@cache
def _of_ladder() -> re.Pattern[str]:
    return re.compile(f"[{''.join(ladder())}]")


@cache
def _straddling() -> re.Pattern[str]:
    """Two characters between which the bytes of a full-width mark stand; the second is kept."""
    trails = MARK_BYTES.values()
    first = "".join(char for pair, char in char_pairs().items() if pair & 0xFF == A3)
    second = "".join(char for pair, char in char_pairs().items() if pair >> 8 in trails)
    return re.compile(f"(?<=[{re.escape(first)}])([{re.escape(second)}])")


def _is_converted(text: str) -> bool:
    """Whether a traditional text has 后, 里, 么 or 于 where a writer has 後, 裡, 麼 or 於."""
    left, proper = (sum(map(text.count, chars)) for chars in (_LEFT, _PROPER))
    return left >= 2 and not proper


def _reads_across(match: re.Match[str]) -> bool:
    """Whether a character of the ladder ends in the letter that is annotated."""
    pair = ((pair_of(match[1]) or 0) & 0xFF) << 8 | ord(match[2])
    return ladder().get(char_of(pair) or "") == spelling(match[3])


def _is_annotated(char: str, syllable: str, count: int, held: int) -> bool:
    return count >= _ALWAYS * held and is_reading(char, syllable)
