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
    "小时", "分钟", "学时", "课时", "工时", "日历天", "份", "分", "项", "件", "台", "辆", "套", "批", "组", "所",
    "栋", "幢", "笔", "例", "人次", "家次", "场次", "批次", "标箱", "像素", "车位", "床位", "机位",
))  # fmt: skip
#: Nor do they speak of these.
_PROSE: Final = re.compile(
    "[押租佣定]金|[月房]租|工[资資期]|月薪|首付|[均单單售报報定][价價]|[预預]算|投[资資]|[贷貸存]款|[标標]段|有效期|公示|工程"
    "|合同|[项項]目|企[业業]|[干幹]部|[学學]生|人均|[产產][值量]|培[训訓]|面[积積]|[员員]工"
)
_LONGEST: Final = 7  # characters of a clause of regulated verse
_GAP: Final = 6  # punctuation, line break and indentation between two clauses
_MARKS: Final = r"，。？！；、：,.?!;:\s"
_HAN: Final = "一-鿿〇"
_END: Final = rf"(?=[{_MARKS}]|\Z)"
#: In a clause that is longer, as most are.
_LONGER: Final = re.compile(f"[^{_MARKS}]{{{_LONGEST + 1}}}")
_HEAD: Final = re.compile(rf"[^{_MARKS}]*+\Z")
_SHORT: Final = f"([{_HAN}]{{3,{_LONGEST}}}+)"
_BEFORE: Final = re.compile(rf"(?<![^{_MARKS}]){_SHORT}[{_MARKS}]{{1,{_GAP}}}+\Z")
_CLAUSE: Final = re.compile(rf"{_SHORT}{_END}(?:[{_MARKS}]{{1,{_GAP}}}+{_SHORT}{_END})?+")
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
    head = _HEAD.search(text, low, start)
    assert head is not None
    clause = _CLAUSE.match(text, head.start())
    if clause is None or clause.end(1) < end:
        return ()
    found = [clause.span(1)]
    before = _BEFORE.search(text, max(0, head.start() - _LONGEST - _GAP), head.start())
    if before is not None:
        found.append(before.span(1))
    if clause[2] is not None:
        found.append(clause.span(2))
    if not _holds(found) or any(_PROSE.search(text, *clause) for clause in found):
        return ()
    return tuple(found)


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


def _holds(clauses: Sequence[Span]) -> bool:
    """Whether short neighbours on both sides, or one of the same length, make it verse."""
    lengths = [end - start for start, end in clauses]
    return len(lengths) == 3 or (lengths[0] in (4, 5, 7) and lengths[0] in lengths[1:])
