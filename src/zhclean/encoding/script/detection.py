"""Which script a text is written in, and whose wording it uses.

Script is counted in characters that exist in one script only: a traditional form that OpenCC
simplifies and GB 2312 does not have, a simplified form that OpenCC makes traditional and
Big5 does not have. Characters that both scripts use (后, 里, 乾, 於) say nothing. Region is
counted in words and characters of `regions.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain
from typing import Final

from zhclean.encoding.script.data import read_data
from zhclean.encoding.script.opencc_adapter import dictionary
from zhclean.encoding.script.phrases import character_class
from zhclean.encoding.script.word_counts import WordCounter

__all__ = [
    "SAMPLE",
    "Script",
    "detect_script",
    "has_simplified",
    "has_traditional",
    "simplified_characters",
    "traditional_characters",
]

#: How many characters from the start of a text are counted.
SAMPLE: Final = 8_000

# A text is of one script when the other one's characters are at most this share of the evidence.
_STRAY_SHARE: Final = 0.1

#: Characters that phrases of traditional script hold as well (恒生, 叶恭弘, 广部). Named, for
#: the 49,000 phrases of STPhrases.txt take longer to read than a long document to convert.
_KEPT_IN_PHRASES: Final = frozenset("恒叶广")

#: So many characters of so many first texts are looked at one by one.
_GLANCE: Final = 100
_GLANCES: Final = 20

#: Regions in the order in which they win a tie.
_REGIONS: Final = ("CN", "TW", "HK")


@dataclass(frozen=True, slots=True)
class Script:
    """What a text is written in, with the evidence."""

    script: str
    """"zh-Hans", "zh-Hant", "mixed", or "none" if no character tells them apart."""
    region: str | None
    """"CN", "TW", "HK", or None if nothing tells; of the wording, not of the characters."""
    simplified: int
    """How many characters of the sample exist in simplified script only."""
    traditional: int
    """How many exist in traditional script only."""
    regions: Mapping[str, int] = field(default_factory=dict)
    """How often words or characters of each region stand in the sample."""

    @property
    def is_traditional(self) -> bool:
        """Whether traditional characters outnumber simplified ones."""
        return self.traditional > self.simplified


def detect_script(text: str) -> Script:
    """The script and region of `text`, from its first 8,000 characters.

    >>> detect_script("網路上的資訊很豐富").script
    'zh-Hant'
    """
    sample = text[:SAMPLE]
    traditional = len(_traditional().pattern.findall(sample))
    simplified = len(_simplified().pattern.findall(sample))
    found = _region_counter().count(sample)
    regions = {
        region: sum(found[word] for word in words & found.keys())
        for region, words in _region_words().items()
    }
    best = max(_REGIONS, key=lambda region: regions[region])
    return Script(
        _script(simplified, traditional),
        best if regions[best] else None,
        simplified,
        traditional,
        regions,
    )


def has_traditional(text: str) -> bool:
    """Whether `text` holds a character that exists in traditional script only."""
    return _traditional()(text)


def has_simplified(text: str) -> bool:
    """Whether `text` holds a character that exists in simplified script only."""
    return _simplified()(text)


def _script(simplified: int, traditional: int) -> str:
    evidence = simplified + traditional
    if not evidence:
        return "none"
    if min(simplified, traditional) > _STRAY_SHARE * evidence:
        return "mixed"
    return "zh-Hans" if simplified > traditional else "zh-Hant"


@cache
def traditional_characters() -> frozenset[str]:
    """The characters that exist in traditional script only."""
    characters = dictionary("TSCharacters.txt")
    return _only(characters, (characters, dictionary("TSPhrases.txt")), "gb2312")


@cache
def simplified_characters() -> frozenset[str]:
    """The characters that exist in simplified script only."""
    characters = dictionary("STCharacters.txt")
    # Hong Kong's own forms (説, 税) look simplified, and are what its chain ends in.
    found = _only(characters, (characters, dictionary("HKVariants.txt")), "big5")
    return found.difference(_KEPT_IN_PHRASES)


class _OneOf:
    """Whether a text holds one of some characters."""

    def __init__(self, characters: frozenset[str]) -> None:
        self._characters = characters
        self._glances = _GLANCES

    def __call__(self, text: str) -> bool:
        # A text that has to be converted shows it soon: the search, which is faster for all
        # others, is not compiled for the first of them alone.
        if self._glances:
            self._glances -= 1
            if not self._characters.isdisjoint(text[:_GLANCE]):
                return True
            if len(text) <= _GLANCE:
                return False
        return self.pattern.search(text) is not None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """One of the characters."""
        # One character, not a run of them: a class alone is searched for five times faster.
        return re.compile(character_class(self._characters))


@cache
def _traditional() -> _OneOf:
    return _OneOf(traditional_characters())


@cache
def _simplified() -> _OneOf:
    return _OneOf(simplified_characters())


def _only(
    characters: Mapping[str, str], tables: Iterable[Mapping[str, str]], other_script: str
) -> frozenset[str]:
    """Characters that conversion always takes away and the other script lacks.

    `tables` are those of the conversion: what stands in their values is not always taken away.
    """
    changed = {char for char, value in characters.items() if char != value and char <= "\uffff"}
    kept = "".join(chain.from_iterable(table.values() for table in tables))
    shared = "".join(changed).encode(other_script, "ignore").decode(other_script)
    return frozenset(changed.difference(kept, shared))


@cache
def _region_words() -> Mapping[str, frozenset[str]]:
    import tomllib

    data = tomllib.loads(read_data("regions.toml"))
    return {region: frozenset(data[region]["evidence"]) for region in _REGIONS}


@cache
def _region_counter() -> WordCounter:
    return WordCounter(sorted(frozenset().union(*_region_words().values())))
