"""The damage itself, from the traditional text on: what a repair is proved against.

Steps, on the bytes of the text in GBK:

1. The bytes of `，；？！` are looked for without regard to characters. Where they straddle two
   characters, the lead byte in front of them shows as `?`: it is cut off, or something that
   does not show is written behind it.
2. `(pinyin)` is written behind every byte pair of an annotated character, wherever the pair
   stands: inside a character, across two, or where the second byte is an ASCII letter. One
   character after the other, so of two overlapping pairs the second is annotated only if
   its character comes first.
3. The bytes are decoded the way PHP's mbstring decodes CP936: a lead byte and the byte below
   0x40 behind it together show one `?`; pairs without a character show nothing. Some sites keep
   the parenthesis behind the lead byte, which shows as `?` or not at all.
4. The crawler may fold full-width marks to ASCII.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from zhclean.encoding.annotated.gbk import A3, MARK_BYTES, char_of, encode, is_hole

__all__ = ["FOLDED", "HALVES", "Site", "damage"]

#: What a lead byte and the parenthesis behind it show: most sites', a kept parenthesis, that alone.
HALVES: Final = ("?", "?(", "(")

#: Stands for what is written behind a lost lead byte. NUL does not occur in text.
_WRITTEN: Final = 0
_MARKS: Final = {trail: mark for mark, trail in MARK_BYTES.items()}
_EURO: Final = 0x80

#: What crawlers fold: 。、《》“” stay.
FOLDED: Final = str.maketrans("，；？！：（）", ",;?!:()")


@dataclass(frozen=True, slots=True)
class Site:
    """In what the sites differ.

    `annotated` lists (pair, reading) in the order of the replacements, `marks` the trail bytes
    of the marks that are looked for, everywhere or (`straddling`) only where they straddle two
    characters. `cuts`: the text is cut there, so no annotated pair holds a mark's bytes.
    `shows_holes`: a pair that is undefined, but not user-defined, shows `?`.
    `halves` is what a lead byte shows together with the parenthesis of an annotation.
    `returns`: lines end in a carriage return and a line feed, of which the page shows the last.
    """

    annotated: tuple[tuple[int, str], ...]
    marks: frozenset[int]
    straddling: bool = False
    cuts: bool = False
    shows_holes: bool = False
    halves: str = "?"
    returns: bool = False


def damage(traditional: str, site: Site) -> str:
    """The text that a page of `site` shows for `traditional`, full-width marks not folded."""
    if site.returns:
        traditional = traditional.replace("\n", "\r\n")
    units = _annotate(_at_marks(traditional, site), site.annotated)
    shown = _show(units, site)
    return shown.replace("\r\n", "\n") if site.returns else shown


def _at_marks(traditional: str, site: Site) -> list[int | str]:
    """The bytes, with marks as units of their own (`cuts`) or something written before them."""
    codes = [encode(char) for char in traditional]
    data = b"".join(codes)
    begins = frozenset(accumulate(map(len, codes), initial=0))
    done: list[int | str] = []
    cursor = 0
    place = data.find(A3)
    while place >= 0:
        trail = data[place + 1 : place + 2]
        if trail and trail[0] in site.marks and not (site.straddling and place in begins):
            done += data[cursor:place]
            done += [_MARKS[trail[0]]] if site.cuts else [_WRITTEN, A3, trail[0]]
            cursor = place + 2
        place = data.find(A3, max(cursor, place + 1))
    done += data[cursor:]
    return done


def _annotate(units: Sequence[int | str], annotated: Sequence[tuple[int, str]]) -> list[int | str]:
    """The units with each annotation as one more."""
    ranks = {pair: rank for rank, (pair, _) in enumerate(annotated)}
    readings = dict(annotated)
    done: list[int | str] = []
    last = 0
    earlier = -1  # rank of the pair whose annotation stands behind the last byte
    for unit in units:
        done.append(unit)
        if isinstance(unit, str):
            last, earlier = 0, -1
            continue
        pair = last << 8 | unit
        rank = ranks.get(pair, -1)
        last = unit
        # An annotation between the two bytes was there first if its character came first.
        if rank >= 0 and (earlier < 0 or rank < earlier):
            done.append(f"({readings[pair]})")
            earlier = rank
        else:
            earlier = -1
    return done


def _show(units: Sequence[int | str], site: Site) -> str:
    """The units as the page shows them."""
    shown: list[str] = []
    lead = 0
    for unit in units:
        if isinstance(unit, str):
            if not lead:
                shown.append(unit)
            elif unit[0] == "(":
                shown.append(site.halves + unit[1:])
            else:
                shown.append(f"?{unit}")
            lead = 0
        elif lead:
            char = char_of(lead << 8 | unit)
            if unit < 0x40 or (char is None and site.shows_holes and is_hole(lead, unit)):
                char = "?"
            shown.append(char or "")
            lead = 0
        elif unit > _EURO:
            lead = unit
        elif unit == _EURO:
            shown.append("€")
        elif unit != _WRITTEN:
            shown.append(chr(unit))
    return "".join(shown) + ("?" if lead else "")
