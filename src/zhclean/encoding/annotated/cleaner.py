"""The cleaner: reads the evidence, searches the shifted places, drops the annotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Final

from zhclean.edits import NOTHING, Flag, Patch, Proposal, compose
from zhclean.encoding.annotated.judge import Judge
from zhclean.encoding.annotated.moves import Step
from zhclean.encoding.annotated.page import Page, read_page
from zhclean.encoding.annotated.proof import is_proved
from zhclean.encoding.annotated.readings import ANNOTATION, SYLLABLE, ladder
from zhclean.encoding.annotated.search import PLACE, Place, Search
from zhclean.encoding.annotated.gbk import char_of, pair_of
from zhclean.encoding.annotated.simplified import simplified_forms

__all__ = ["AnnotatedGbk"]

#: What every damaged page has: an annotation, or a `?` that a shift can begin with.
_TRIGGER: Final = re.compile(rf"[(?]{SYLLABLE} ?\)|\?(?:[，；？！,;?!]|#x?[0-9a-f])")

#: Rule by kind of step, the least certain kind of a stretch names it.
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
_MOST_ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class AnnotatedGbk:
    """Undoes "traditional characters with pinyin in parentheses" and its shifted places."""

    stage: ClassVar[str] = "encoding"

    def propose(self, text: str) -> Proposal:
        """What the damage changed in `text`, undone; flags where a character is lost for good."""
        total, flags = Patch(), ()
        for _ in range(_MOST_ROUNDS):
            if not _TRIGGER.search(text):
                break
            patch, found = _repair(text)
            if not patch:
                break
            text = patch.apply(text)
            total = compose(total, patch)
            flags = flags or found
            particles = _particles(text)
            text = particles.apply(text)
            total = compose(total, particles)
        return Proposal(total, flags) if total else NOTHING


def _repair(text: str) -> tuple[Patch, tuple[Flag, ...]]:
    page = read_page(text)
    places = _places(text, page)
    if not (page.damaged or places):
        return Patch(), ()
    rows: list[tuple[int, int, str, str]] = []
    flags: list[Flag] = []
    cursor = 0
    for place in places:
        rows += _outside(text, cursor, place.start, page)
        rows += _inside(text, place.steps, page)
        flags += [
            Flag(step.start, step.end, "swallowed", "E105")
            for step in place.steps
            if step.kind == "swallowed"
        ]
        cursor = place.end
    rows += _outside(text, cursor, len(text), page)
    return Patch.of(rows), tuple(flags)


def _particles(text: str) -> Patch:
    """著 that was 着, in a repaired text: the sites write both as 著."""
    if "著" not in text or text.count("着") > text.count("著"):
        return Patch()
    from zhclean.encoding.language import load

    score = load().score
    rows = []
    for match in re.finditer("著", text):
        at = match.start()
        before, behind = text[max(0, at - 2) : at], text[at + 1 : at + 3]
        if score("着" + behind, before) > score("著" + behind, before):
            rows.append((at, at + 1, "着", "E107"))
    return Patch.of(rows)


def _places(text: str, page: Page) -> list[Place]:
    """The shifted places that are likelier repaired than as they stand."""
    from zhclean.encoding.language import load

    starts = [match.start() for match in PLACE.finditer(text)]
    if not starts:
        return []
    search = Search(text, page, Judge(text, load().step).step)
    found = []
    floor = 0
    for start in starts:
        if start < floor:
            continue
        place = search.place(start, floor)
        margin = _MARGIN if page.damaged else _MARGIN_ALONE
        if (
            place.gain > margin
            and any(step.kind not in ("", "annotation") for step in place.steps)
            and is_proved(place.observed, place.original, page, place.reads)
        ):
            found.append(place)
            floor = place.end
    return found


def _outside(text: str, start: int, end: int, page: Page) -> Iterator[tuple[int, int, str, str]]:
    """Edits of the aligned text: annotations and traditional characters."""
    forms = simplified_forms()
    for match in _ALIGNED_PIECE.finditer(text, start, end):
        if match[1] is None:
            after = forms.get(match[0])
            if after is not None:
                yield match.start(), match.end(), after, "E106"
        elif _reads(text, match.start(), match[1], page):
            yield match.start(), match.end(), "", "E101"


_ALIGNED_PIECE: Final = re.compile(rf"\(({SYLLABLE}) ?\)|[一-鿿]")


def _reads(text: str, at: int, syllable: str, page: Page) -> bool:
    """Whether the two bytes in front of `at` are an annotated character with this reading."""
    if at == 0:
        return False
    char = text[at - 1]
    pair = pair_of(char)
    if pair is None:
        front = pair_of(text[at - 2]) if at > 1 else None
        if front is None or not "@" <= char <= "~":
            return False
        pair = (front & 0xFF) << 8 | ord(char)
    known = page.annotated.get(pair)
    if known is not None:
        return known == syllable
    whole = char_of(pair)
    return whole is not None and ladder().get(whole) == syllable


def _inside(
    text: str, steps: tuple[Step, ...], page: Page
) -> Iterator[tuple[int, int, str, str]]:
    """Edits of a shifted place, one for each stretch of steps that hang together."""
    forms = simplified_forms()
    for key, group in groupby(steps, key=_stretch):
        stretch = list(group)
        start, end = stretch[0].start, stretch[-1].end
        after = "".join(forms.get(char, char) for step in stretch for char in step.text)
        if page.folded and key == "shifted":
            after = after.translate(_FOLDS)
        if text[start:end] == after:
            continue
        if key == "":
            for step in stretch:
                plain = forms.get(step.text, step.text)
                if plain != text[step.start : step.end]:
                    yield step.start, step.end, plain, "E106"
            continue
        rule = _RULES[max((step.kind for step in stretch), key=_CERTAINTY.index)]
        while start < end and after and text[start] == after[0]:
            start, after = start + 1, after[1:]
        while start < end and after and text[end - 1] == after[-1]:
            end, after = end - 1, after[:-1]
        yield start, end, after, rule


#: What crawlers fold: 。、《》“” stay.
_FOLDS: Final = str.maketrans("，；？！：（）", ",;?!:()")


def _stretch(step: Step) -> str:
    if step.kind in ("", "annotation"):
        return step.kind
    return f"swallowed{step.start}" if step.kind == "swallowed" else "shifted"
