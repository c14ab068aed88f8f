"""Verse and titles: numerals there belong to the wording (侍女八千人, 《马诗二十三首》).

GB/T 15835-2011, 4.2, keeps the Chinese numerals of classical texts. Verse is told by its
shape alone: short clauses of Han characters, equal to a neighbour or short on both sides.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["in_title", "in_verse"]

_LONGEST: Final = 7  # characters of a clause of regulated verse
_REACH: Final = 2 * _LONGEST + 4
_MARKS: Final = r"，。？！；、：,.?!;:\s"
_BREAK: Final = re.compile(f"[{_MARKS}]+")
_RUNS_ON: Final = re.compile(f"[^{_MARKS}]{{{_LONGEST}}}")
_REST: Final = re.compile(f"[^{_MARKS}]{{0,{_LONGEST}}}")
_HEAD: Final = re.compile(rf"[^{_MARKS}]{{0,{_LONGEST}}}\Z")
_HAN: Final = re.compile(r"[一-鿿〇]+")
_TITLE: Final = 30  # characters of a title on each side of the numeral


def in_title(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` stands between 《 and 》 (or 〈 and 〉)."""
    low = start - _TITLE if start > _TITLE else 0
    opened = max(text.rfind("《", low, start), text.rfind("〈", low, start))
    if opened < 0 or any(text.rfind(sign, opened, start) >= 0 for sign in "》〉\n"):
        return False
    right = text[end : end + _TITLE]
    closed = [place for place in (right.find("》"), right.find("〉")) if place >= 0]
    return bool(closed) and "\n" not in right[: min(closed)]


def in_verse(text: str, start: int, end: int) -> bool:
    """Whether the clause around `text[start:end]` and its neighbours have the shape of verse."""
    if _RUNS_ON.match(text, end) is not None:
        return False  # the usual case: the clause is longer
    rest, head = _REST.match(text, end), _HEAD.search(text, max(0, start - _LONGEST), start)
    assert rest is not None
    assert head is not None
    clause = text[head.start() : rest.end()]
    if not _short(clause):
        return False
    left = _BREAK.split(text[max(0, start - _REACH) : start])
    right = _BREAK.split(text[end : end + _REACH])
    before = left[-2] if len(left) > 2 or (len(left) == 2 and start <= _REACH) else ""
    after = right[1] if len(right) > 2 or (len(right) == 2 and end + _REACH >= len(text)) else ""
    if len(clause) in (4, 5, 7) and len(clause) in (len(before), len(after)):
        return _short(before) or _short(after)
    return _short(before) and _short(after)


def _short(clause: str) -> bool:
    return 3 <= len(clause) <= _LONGEST and _HAN.fullmatch(clause) is not None
