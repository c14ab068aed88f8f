"""Which character is annotated with which pinyin.

`ladder.tsv` holds the characters that annotating sites annotate, those of nearly every page
first, with the reading as printed: 160 characters from 81 pages of 53 hosts. Across pages the
annotated sets are nested, so the order is worth keeping. Readings of any other character come
from pypinyin, whose default reading is the printed one for every character of the ladder that
was checked; it is read only when a page annotates characters beyond the ladder.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from zhclean.encoding.annotated.gbk import char_of
from zhclean.package_data import read_data

__all__ = [
    "ANNOTATION",
    "SYLLABLE",
    "is_reading",
    "is_toneless_reading",
    "ladder",
    "read_by",
    "spelling",
]

#: One printed syllable. GBK has two forms of a and g, and sites use both.
SYLLABLE: Final = r"[a-zɑɡāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,6}+"
#: An annotation. Some sites print a space behind the syllable.
ANNOTATION: Final = re.compile(rf"\(({SYLLABLE}) ?\)")

_FORMS: Final = str.maketrans("ɑɡ", "ag")
_UMLAUTS: Final = str.maketrans("ǖǘǚǜü", "vvvvv")


@cache
def ladder() -> dict[str, str]:
    """Character -> reading, in ladder order."""
    rows = read_data("zhclean.encoding.annotated", "ladder.tsv").decode("utf-8").splitlines()
    return dict(row.split("\t") for row in rows)


@lru_cache(maxsize=4096)  # syllables of any text
def spelling(syllable: str) -> str:
    """A printed syllable with its letters in their usual form."""
    return syllable.translate(_FORMS)


def toneless(syllable: str) -> str:
    """A syllable without its tone mark, ü as v: the way an input method spells it."""
    marks = unicodedata.normalize("NFD", spelling(syllable).translate(_UMLAUTS))
    return "".join(char for char in marks if char.isascii())


def is_toneless_reading(char: str, syllable: str) -> bool:
    """Whether `syllable`, without a tone, is a reading of `char`: any of its readings."""
    plain = toneless(syllable)
    return any(toneless(reading) == plain for reading in _pypinyin_readings(char))


def _pypinyin_readings(char: str) -> tuple[str, ...]:
    """Every reading of a character, the default one first; () where pypinyin has none."""
    readings = _pypinyin_table().get(ord(char))
    return tuple(readings.split(",")) if readings else ()


@cache
def _pypinyin_table() -> Mapping[int, str]:
    """pypinyin's readings by code point, separated by commas."""
    # The one place that needs pypinyin, and of it one module: importing the package loads half
    # a million characters of phrases (0.3 s). For single characters `pypinyin.pinyin` gives
    # exactly what is in this table.
    from importlib.util import find_spec, module_from_spec, spec_from_file_location
    from pathlib import Path

    package = find_spec("pypinyin")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("No module named 'pypinyin'", name="pypinyin")
    place = Path(package.origin).with_name("pinyin_dict.py")
    spec = spec_from_file_location("zhclean_pypinyin_characters", place)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"no module at {place}", name="pypinyin.pinyin_dict")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    table: Mapping[int, str] = module.pinyin_dict
    return table


def is_reading(char: str, syllable: str) -> bool:
    """Whether the sites print `syllable` behind `char`."""
    printed = spelling(syllable)
    known = ladder().get(char)
    return printed == known if known is not None else printed in _pypinyin_readings(char)[:1]


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
