"""From evidence to edits: the shifted places, the aligned annotations, the characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Final

from zhclean.edits import Flag, Patch
from zhclean.encoding.annotated.forward import FOLDED
from zhclean.encoding.annotated.gbk import char_of, pair_of
from zhclean.encoding.annotated.judge import Judge
from zhclean.encoding.annotated.page import Page, read_page
from zhclean.encoding.annotated.proof import is_proved
from zhclean.encoding.annotated.readings import ANNOTATION, ladder, spelling
from zhclean.encoding.annotated.search import PLACE, Place, Search
from zhclean.encoding.annotated.simplified import simplified_forms
from zhclean.encoding.annotated.states import Step
from zhclean.encoding.language import load

__all__ = ["Row", "particles", "repair"]

Row = tuple[int, int, str, str]

#: Rule by kind of step; the least certain kind of a stretch names it.
_RULES: Final = {
    "annotation": "E101",
    "bytes": "E102",
    "lost": "E103",
    "vanished": "E104",
    "tag": "E105",
    "swallowed": "E105",
}
_CERTAINTY: Final = tuple(_RULES)

#: How much likelier, in ln P, a repair must be than the text as it stands.
_MARGIN: Final = 1.0
#: The same where nothing else on the page speaks for damage.
_MARGIN_ALONE: Final = 14.0

#: Places in a row without a repair after which the page has none: question marks that mean it.
_MOST_REJECTED: Final = 40

#: ln P by which 著 must be likelier than 着: the particle is a hundred times as frequent.
_PARTICLE: Final = 1.5


def repair(text: str) -> tuple[Patch, tuple[Flag, ...]]:
    """What the damage changed in `text`, undone, and flags on what is lost for good.

    Nothing where the page does not show that it is damaged.
    """
    page = read_page(text)
    places, flags = _places(text, page)
    if not (page.damaged or places):
        return Patch(), ()
    rows: list[Row] = []
    cursor = 0
    for place in places:
        rows += _outside(text, cursor, place.start, page)
        rows += _inside(text, place.steps, page)
        cursor = place.end
    rows += _outside(text, cursor, len(text), page)
    return Patch.of(rows), tuple(flags)


def particles(text: str) -> Patch:
    """著 that was 着, in a repaired text: the sites write both as 著."""
    if text.count("着") >= text.count("著"):
        return Patch()  # a site that left 着 alone, or nothing to do
    score = load().score
    rows: list[Row] = []
    for match in re.finditer("著(?!《)", text):  # 著《 has an author in front
        at = match.start()
        before, behind = text[max(0, at - 2) : at], text[at + 1 : at + 3]
        if score("着" + behind, before) > score("著" + behind, before) - _PARTICLE:
            rows.append((at, at + 1, "着", "E107"))
    return Patch.of(rows)


def _places(text: str, page: Page) -> tuple[list[Place], list[Flag]]:
    """The shifted places with a proved repair, and flags in them and on those without one."""
    found: list[Place] = []
    flags: list[Flag] = []
    search: Search | None = None
    margin = _MARGIN if page.damaged else _MARGIN_ALONE
    floor = rejected = 0
    for match in PLACE.finditer(text):
        if match.start() < floor:
            continue
        if rejected == _MOST_REJECTED:
            break
        search = search or Search(text, page, Judge(text, load()))
        place = search.place(match.start(), found[-1].end if found else 0)
        rejected += 1
        if place.gain <= margin or all(step.kind in ("", "annotation") for step in place.steps):
            floor = place.reach
            continue
        floor = place.end
        if not is_proved(place.observed, place.original, page, place.reads):
            if page.damaged:
                flags.append(Flag(place.start, place.end, "shifted", "E105"))
            continue
        rejected = 0
        found.append(place)
        flags += [
            Flag(step.start, step.end, "swallowed", "E105")
            for step in place.steps
            if step.kind == "swallowed"
        ]
    return found, flags


def _outside(text: str, start: int, end: int, page: Page) -> list[Row]:
    """Edits of aligned text: annotations and traditional characters."""
    forms = simplified_forms()
    rows = [
        (match.start(), match.end(), forms[match[0]], "E106")
        for match in _traditional().finditer(text, start, end)
    ]
    rows += [
        (*match.span(), "", "E101")
        for match in ANNOTATION.finditer(text, start, end)
        if _reads(text, match.start(), spelling(match[1]), page)
    ]
    rows.sort()
    return rows


@cache
def _traditional() -> re.Pattern[str]:
    # What GBK does not hold was no character of the damaged text.
    return re.compile(f"[{''.join(char for char in simplified_forms() if '一' <= char <= '鿿')}]")


def _reads(text: str, at: int, syllable: str, page: Page) -> bool:
    """Whether the two bytes in front of `at` are an annotated character with this reading."""
    pair = pair_of(text[at - 1]) if at else None
    if pair is None:
        front = pair_of(text[at - 2]) if at > 1 else None
        if front is None or not "@" <= text[at - 1] <= "~":
            return False
        pair = (front & 0xFF) << 8 | ord(text[at - 1])
    known = page.annotated.get(pair)
    if known is not None:
        return known == syllable
    whole = char_of(pair)
    return whole is not None and ladder().get(whole) == syllable


def _inside(text: str, steps: tuple[Step, ...], page: Page) -> Iterator[Row]:
    """Edits of a shifted place, one for each stretch of steps that hang together."""
    forms = simplified_forms()
    for kind, group in groupby(steps, key=_stretch):
        stretch = list(group)
        if not kind:
            for step in stretch:
                if step.text in forms:
                    yield step.start, step.end, forms[step.text], "E106"
            continue
        after = "".join(forms.get(char, char) for step in stretch for char in step.text)
        if page.folded and kind != "annotation":
            after = after.translate(FOLDED)
        rule = _RULES[max((step.kind for step in stretch), key=_CERTAINTY.index)]
        start, end, after = _trimmed(text, stretch[0].start, stretch[-1].end, after)
        if start < end or after:
            yield start, end, after, rule


def _stretch(step: Step) -> str:
    if step.kind in ("", "annotation"):
        return step.kind
    # Each on its own, so that the flag is on what was swallowed and not on all around it.
    return f"swallowed {step.start}" if step.kind == "swallowed" else "shifted"


def _trimmed(text: str, start: int, end: int, after: str) -> tuple[int, int, str]:
    """The replacement of `text[start:end]` without what both ends have in common."""
    while start < end and after and text[start] == after[0]:
        start, after = start + 1, after[1:]
    while start < end and after and text[end - 1] == after[-1]:
        end, after = end - 1, after[:-1]
    return start, end, after
