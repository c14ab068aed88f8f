"""Verse and titles: numerals there belong to the wording (侍女八千人, 《马诗二十三首》).

GB/T 15835-2011, 4.2, keeps the Chinese numerals of classical texts. Verse is told by its
shape alone: short clauses of Han characters, equal to a neighbour or short on both sides.
A clause with digits is none, so what is written anew in one clause decides its neighbours too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

__all__ = ["MODERN", "Verse", "broken", "in_title", "verse"]

Span = tuple[int, int]
#: The clause around a quantity, then those of its neighbours that are as short.
Verse = tuple[Span, ...]

#: Poems and proverbs do not count by these.
MODERN: Final = frozenset((
    "小时", "分钟", "学时", "课时", "工时", "日历天", "份", "项", "件", "台", "辆", "套", "批", "组", "所",
    "栋", "幢", "笔", "例", "人次", "家次", "场次", "批次", "标箱", "像素", "车位", "床位", "机位",
))  # fmt: skip
_LONGEST: Final = 7  # characters of a clause of regulated verse
_GAP: Final = 6  # punctuation, line break and indentation between two clauses
_MARKS: Final = r"，。？！；、：,.?!;:\s"
#: In a clause that is longer, as most are.
_LONGER: Final = re.compile(f"[^{_MARKS}]{{{_LONGEST + 1}}}")
_HEAD: Final = re.compile(rf"[^{_MARKS}]{{0,{_LONGEST}}}+\Z")
_REST: Final = re.compile(f"[^{_MARKS}]{{0,{_LONGEST}}}")
_BEFORE: Final = re.compile(rf"[^{_MARKS}]{{1,{_LONGEST + 1}}}(?=[{_MARKS}]{{1,{_GAP}}}\Z)")
_BEHIND: Final = re.compile(rf"[{_MARKS}]{{1,{_GAP}}}([^{_MARKS}]{{1,{_LONGEST + 1}}})")
_HAN: Final = re.compile(r"[一-鿿〇]+")
_TITLE: Final = 30  # characters of a title on each side of the numeral


def in_title(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` stands between 《 and 》 (or 〈 and 〉)."""
    left = text[start - _TITLE if start > _TITLE else 0 : start]
    if "《" not in left and "〈" not in left:
        return False
    opened = max(left.rfind("《"), left.rfind("〈"))
    if any(sign in left[opened:] for sign in "》〉\n"):
        return False
    right = text[end : end + _TITLE]
    closed = [place for place in (right.find("》"), right.find("〉")) if place >= 0]
    return bool(closed) and "\n" not in right[: min(closed)]


def verse(text: str, start: int, end: int) -> Verse:
    """The verse around `text[start:end]`; empty if its clause and their neighbours have another shape."""
    low = start - _LONGEST if start > _LONGEST else 0
    if _LONGER.search(text, low, end + _LONGEST) is not None:
        return ()
    head, rest = _HEAD.search(text, low, start), _REST.match(text, end)
    assert head is not None
    assert rest is not None
    own = head.start(), rest.end()
    if not _short(text, own):
        return ()
    before = _BEFORE.search(text, max(0, own[0] - _GAP - _LONGEST - 1), own[0])
    behind = _BEHIND.match(text, own[1])
    beside = (before.span() if before else own, behind.span(1) if behind else own)
    found = (own, *(clause for clause in beside if clause != own and _short(text, clause)))
    return found if _holds(found) else ()


def broken(text: str, edits: Iterable[Span], verses: Sequence[Verse]) -> Iterator[int]:
    """Which of `verses` are none once the `edits` are digits; each in turn may break its neighbours."""
    beside: dict[Span, list[int]] = {}
    for number, clauses in enumerate(verses):
        for clause in clauses:
            beside.setdefault(clause, []).append(number)
    around = {place: clause for clause in beside for place in range(*clause)}
    # An edit may reach over a point or a space into a second clause.
    places = (place for start, end in edits for place in (start, end - 1))
    open_clauses = [around[place] for place in places if place in around]
    lost: set[Span] = set()
    found: set[int] = set()
    while open_clauses:
        clause = open_clauses.pop()
        if clause in lost:
            continue
        lost.add(clause)
        for number in beside.get(clause, ()):
            own, *rest = verses[number]
            if number in found or (
                own not in lost and _holds((own, *(other for other in rest if other not in lost)))
            ):
                continue
            found.add(number)
            open_clauses.append(own)
            yield number


def _short(text: str, clause: Span) -> bool:
    return 3 <= clause[1] - clause[0] <= _LONGEST and _HAN.fullmatch(text, *clause) is not None


def _holds(clauses: Verse) -> bool:
    """Whether short neighbours on both sides, or one of the same length, make it verse."""
    lengths = [end - start for start, end in clauses]
    return len(lengths) == 3 or (lengths[0] in (4, 5, 7) and lengths[0] in lengths[1:])
