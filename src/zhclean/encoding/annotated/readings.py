"""Which character is annotated with which pinyin.

`ladder.tsv` holds the characters that annotating sites annotate, those of nearly every page
first, with the reading as printed: 160 characters from 81 pages of 53 hosts. Across pages the
annotated sets are nested, so the order is worth keeping. Readings of any other character come
from pypinyin, whose default reading is the printed one for every character of the ladder that
was checked; it is imported only when a page annotates characters beyond the ladder.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

from zhclean.encoding.annotated.gbk import char_of

__all__ = ["ANNOTATION", "SYLLABLE", "is_reading", "ladder", "read_by", "spelling", "toneless"]

#: One printed syllable. GBK has two forms of a and g, and sites use both.
SYLLABLE: Final = r"[a-zɑɡāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,6}+"
#: An annotation. Some sites print a space behind the syllable.
ANNOTATION: Final = re.compile(rf"\(({SYLLABLE}) ?\)")

_FORMS: Final = str.maketrans("ɑɡ", "ag")
_BLANK_FORMS: Final = str.maketrans("ɑɡü", "agv")


@cache
def ladder() -> dict[str, str]:
    """Character -> reading, in ladder order."""
    rows = files(__package__).joinpath("ladder.tsv").read_text("utf-8").splitlines()
    return dict(row.split("\t") for row in rows)  # type: ignore[misc]


def spelling(syllable: str) -> str:
    """A printed syllable with its letters in their usual form."""
    return syllable.translate(_FORMS)


def toneless(syllable: str) -> str:
    """A syllable without its tone mark, ü as v: the way an input method spells it."""
    plain = syllable.translate(_BLANK_FORMS)
    marks = unicodedata.normalize("NFD", plain.replace("v", "ü").replace("ü", "v"))
    return "".join(char for char in marks if char.isascii())


@cache
def _pypinyin_readings(char: str) -> tuple[str, ...]:
    """Every reading of a character, the default one first; () where pypinyin has none."""
    # The one place that imports pypinyin (164 ms). Its traps: `pinyin()` segments phrases and
    # picks a reading by context, so it is asked for one character; what it does not know it
    # returns as it is, unless told to ignore it.
    from pypinyin import Style, pinyin

    found = pinyin(char, style=Style.TONE, heteronym=True, errors="ignore")
    return tuple(found[0]) if found else ()


def is_reading(char: str, syllable: str, *, any_reading: bool = False) -> bool:
    """Whether the page would print `syllable` behind `char`: its default reading, or any."""
    printed = spelling(syllable)
    known = ladder().get(char)
    if known == printed:
        return True
    if known is not None and not any_reading:
        return False
    readings = _pypinyin_readings(char)
    return printed in (readings if any_reading else readings[:1])


@cache
def _by_lead(lead: int) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for trail in range(0x40, 0xFF):
        char = char_of(lead << 8 | trail)
        if char is not None:
            for reading in _pypinyin_readings(char)[:1]:
                found.setdefault(reading, []).append(trail)
    return {reading: tuple(trails) for reading, trails in found.items()}


def read_by(lead: int, syllable: str) -> tuple[int, ...]:
    """Trail bytes of the characters with this lead byte whose default reading is `syllable`."""
    return _by_lead(lead).get(spelling(syllable), ())
