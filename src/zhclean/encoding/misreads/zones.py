"""Where a text may be garbled: places where characters that Chinese rarely uses stand together.

Every misread of Chinese yields characters outside the everyday ones of both scripts, and
yields them in clusters: over the 30 families of misreads that the project measures, each
garbled sentence holds three within eleven characters. Clean text has that once in some ten
thousand characters, so one regular expression over a BMP class keeps clean text nearly free.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, product
from typing import Final

from zhclean.triggers import Characters

__all__ = [
    "COMMON_HAN",
    "SIMPLIFIED_HAN",
    "TRADITIONAL_HAN",
    "has_places",
    "is_traditional",
    "odd_borders",
    "odd_characters",
    "windows",
    "zones",
]


def _level(encoding: str, leads: Iterable[int], trails: Iterable[int], count: int) -> str:
    """The first `count` characters that a double-byte encoding has at these bytes."""
    pairs = bytes(chain.from_iterable(product(leads, trails)))
    return pairs[: 2 * count].decode(encoding)


_GB_LEVEL_1: Final = _level("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF), 3755)
_GB_LEVEL_2: Final = _level("gb2312", range(0xD8, 0xF8), range(0xA1, 0xFF), 3008)
_BIG5_LEVEL_1: Final = _level(
    "big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)), 5401
)

#: The everyday characters as the standards name them: level 1 of GB 2312 (3,755 characters,
#: rows 16-55) and level 1 of Big5 (5,401, 0xA440-0xC67E).
COMMON_HAN: Final = frozenset(_GB_LEVEL_1 + _BIG5_LEVEL_1)
#: The characters of each script; most of those that both write alike are in both.
SIMPLIFIED_HAN: Final = frozenset(_GB_LEVEL_1 + _GB_LEVEL_2)
TRADITIONAL_HAN: Final = frozenset(_BIG5_LEVEL_1)
_ONLY_SIMPLIFIED: Final = SIMPLIFIED_HAN - TRADITIONAL_HAN
_ONLY_TRADITIONAL: Final = TRADITIONAL_HAN - SIMPLIFIED_HAN

#: What else stands in clean Chinese text beside them. ASCII, Chinese punctuation, full-width
#: forms, circled numbers and the box rules of tables; no control but those of layout. Kana,
#: because some misreads yield a few among many odd characters, but Japanese is full of them; for
#: the same reason radicals, which the text layer of a PDF may have throughout.
_EVERYDAY: Final = (
    "\t\n\r\x20-\x7e\xa0·×÷°±—–―…‘’“”※→←↑↓℃①-⑳⑴-⒇⒈-⒛Ⅰ-Ⅻ─-╋■□▲△▼▽◆◇○◎●★☆"
    "\u3000-\u301f\u3041-\u30ff㎡\ufe30-\ufe4f\uff01-\uff5e￥\ufeff\u200b-\u200f\u2028-\u202e"
    "\u2060-\u2069\u2e80-\u2fd5"
)

#: At most this many everyday characters between one and the next of the three odd ones that
#: make a garbled place.
_NEAR: Final = 4
#: Three odd characters take up so many at most.
_REACH: Final = 2 * _NEAR + 3
#: Places with at most this many characters between them are judged together: the rarer odd
#: characters are among the garbled ones, the wider the gaps (EUC-JP shows one in six).
_GAP: Final = 40
#: So much is looked at before and behind: a garbled run may begin with everyday characters.
_MARGIN: Final = 24
#: A long line is judged in windows of about this many characters, so that the search stays
#: small.
_WINDOW: Final = 1200
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f]")


@cache
def _everyday() -> str:
    """All of these, as the first and the last character of each range, one after the other."""
    codes = set(map(ord, COMMON_HAN))
    for low, high in Characters(_EVERYDAY).ranges:
        codes.update(range(ord(low), ord(high) + 1))
    ordered = sorted(codes)
    firsts = [code for code in ordered if code - 1 not in codes]
    lasts = [code for code in ordered if code + 1 not in codes]
    return "".join(chr(first) + chr(last) for first, last in zip(firsts, lasts, strict=True))


def odd_borders() -> str:
    """The same of all other characters: what `odd.py` holds."""
    borders = [-1, *map(ord, _everyday()), sys.maxunicode + 1]
    gaps = zip(borders[0::2], borders[1::2], strict=True)
    return "".join(chr(last + 1) + chr(first - 1) for last, first in gaps if first > last + 1)


@cache
def _odd() -> re.Pattern[str]:
    # Negated, for what is not everyday reaches beyond the BMP: the class would be slow.
    everyday = _everyday()
    body = "".join(map("{}-{}".format, everyday[0::2], everyday[1::2]))
    return re.compile(f"[^{body}]")


@cache
def _places() -> re.Pattern[str]:
    """A row of odd characters that stand close together, three at least."""
    odd = _odd().pattern
    return re.compile(f"{odd}(?:.{{0,{_NEAR}}}?{odd}){{2,}}+", re.DOTALL)


def has_places(text: str) -> bool:
    """Whether three odd characters stand close together somewhere in `text`."""
    return _places().search(text) is not None


def odd_characters(text: str) -> frozenset[str]:
    """Those of the characters of `text` that are not everyday ones."""
    return frozenset(_odd().findall(text))


def is_traditional(text: str) -> bool:
    """Whether more characters of `text` are in use only in traditional script than only in
    simplified."""
    chars = set(text)
    return len(chars & _ONLY_TRADITIONAL) > len(chars & _ONLY_SIMPLIFIED)


def zones(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of `text` that may hold a misread, in order and disjoint."""
    start = end = -1
    floor = 0
    for place in _places().finditer(text):
        at, last = place.span()
        if start < 0 or at > end + _GAP:
            if start >= 0:
                yield from _lines(text, start, end, floor)
                floor = min(end + _MARGIN, at)
            start = at
        # The reach of three odd characters, from the last three of the row.
        last_three = list(_odd().finditer(text, last - _REACH, last))[-3]
        end = last_three.start() + _REACH
    if start >= 0:
        yield from _lines(text, start, end, floor)


def _lines(text: str, start: int, end: int, floor: int) -> Iterator[tuple[int, int]]:
    """`start:end` with its margins, line by line."""
    start, end = max(floor, start - _MARGIN), min(len(text), end + _MARGIN)
    # UTF-16 read byte by byte has line feeds inside characters, and controls.
    by_line = _CONTROL.search(text, start, end) is None
    while start < end:
        stop = text.find("\n", start, end) + 1 if by_line else 0
        stop = stop or end
        if _odd().search(text, start, stop) is not None:
            yield start, stop
        start = stop


def windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The zone `text[start:end]`, cut into windows if it is long."""
    while end - start > 2 * _WINDOW:
        cut = text.rfind(" ", start + _WINDOW // 2, start + _WINDOW) + 1
        cut = cut or start + _WINDOW
        yield start, cut
        start = cut
    if _odd().search(text, start, end) is not None:
        yield start, end
