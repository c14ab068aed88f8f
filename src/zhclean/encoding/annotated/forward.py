"""The damage itself, from the traditional text on: what a repair is proved against.

Steps, on the bytes of the text in GBK:

1. `(pinyin)` is written behind every byte pair of an annotated character, wherever the pair
   stands: inside a character, across two, or where the second byte is an ASCII letter. One
   character after the other, so of two overlapping pairs the second is annotated only if
   its character comes first.
2. Behind a lead byte that stands before the bytes of `，；？！` - that is, where the bytes of
   the mark straddle two characters - something is inserted that does not show.
3. The bytes are decoded the way PHP's mbstring decodes CP936: a lead byte and the byte below
   0x40 behind it together show one `?`; pairs without a character show nothing.
4. The crawler may fold full-width marks to ASCII.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from zhclean.encoding.annotated.gbk import A3, MARK_BYTES, char_of, encode

__all__ = ["annotate", "damage", "show"]

#: Stands for what is inserted behind a lost lead byte. NUL does not occur in text.
_INSERTED: Final = 0
_MARK_TRAILS: Final = frozenset(MARK_BYTES.values())
_EURO: Final = 0x80


def damage(traditional: str, annotated: Sequence[tuple[int, str]], marks: frozenset[int]) -> str:
    """The text that a page shows for `traditional`.

    `annotated` lists (pair, reading) in the order in which the site replaces them, `marks`
    the trail bytes of the marks that take part. Marks come out full-width; fold to compare.
    """
    units = annotate(encode(traditional), annotated)
    return show(_break_marks(units, marks))


def annotate(data: bytes, annotated: Sequence[tuple[int, str]]) -> list[int | str]:
    """The bytes, with each annotation as one string unit."""
    ranks = {pair: rank for rank, (pair, _) in enumerate(annotated)}
    readings = dict(annotated)
    units: list[int | str] = []
    cut_by = -1  # rank of the pair whose annotation stands behind the last byte
    for place, byte in enumerate(data):
        units.append(byte)
        pair = data[place - 1] << 8 | byte if place else 0
        rank = ranks.get(pair, -1)
        # An annotation between the two bytes was there first if its character came first.
        if rank >= 0 and (cut_by < 0 or rank < cut_by):
            units.append(readings[pair])
            cut_by = rank
        else:
            cut_by = -1
    return units


def _break_marks(units: Sequence[int | str], marks: frozenset[int]) -> list[int | str]:
    broken: list[int | str] = []
    for place, unit in enumerate(units):
        if unit == A3 and place + 1 < len(units) and units[place + 1] in marks:
            broken.append(_INSERTED)
        broken.append(unit)
    return broken


def show(units: Sequence[int | str]) -> str:
    """Units (bytes, annotations as strings) as the page shows them."""
    shown: list[str] = []
    lead = 0
    for unit in units:
        if isinstance(unit, str):
            # The parenthesis is the byte that a pending lead byte swallows.
            shown.append(f"?{unit})" if lead else f"({unit})")
            lead = 0
        elif lead:
            shown.append("?" if unit < 0x40 else char_of(lead << 8 | unit) or "")
            lead = 0
        elif unit > _EURO:
            lead = unit
        elif unit == _EURO:
            shown.append("€")
        elif unit != _INSERTED:
            shown.append(chr(unit))
    return "".join(shown)
