"""Masks: characters that were put in the place of a value (`20xx年`, `王××`, `某某市`).

Every run of mask characters is a candidate. `vetoes` throws out those that mean something
else; the words around the rest say what kind of value they hide. What the words leave open
is decided by the document: a lone x between two words is a placeholder on a page of
placeholders and a variable on a page of algebra.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from typing import Final

from zhclean.edits import Flag
from zhclean.redaction import vetoes
from zhclean.redaction.candidates import Evidence, Finding, Mask, candidate_at, candidates
from zhclean.redaction.dates import date_kind
from zhclean.redaction.lexicon import HAN, kind_before, kind_behind
from zhclean.redaction.names import classify_mou, classify_surname

__all__ = ["find_masks", "is_certain"]

#: How many characters of the page around a candidate count as its document.
_NEAR: Final = 2500

#: The other end of a range: the word behind it is the word behind both.
_RANGE: Final = re.compile(
    "[-－—~～至到]{1,2}[0-9]{0,4}[xXｘＸ×*＊]{1,6}(?:[.．][xXｘＸ×*＊]{1,3})?"
)
_HAN: Final = re.compile(f"[{HAN}]")
#: Signs that also draw bullets and circles: weak evidence when they stand alone.
_DRAWN: Final = frozenset({"box", "ring"})


def _classify(text: str, mask: Mask) -> Finding | None:
    single = mask.length == 1 and not mask.digits
    drawn = mask.glyph in _DRAWN
    at = mask.end
    reach = _RANGE.match(text, at)
    at = reach.end() if reach else at
    kind = date_kind(text, mask.start, mask.end) or (reach and date_kind(text, mask.end + 1, at))
    if kind and not (drawn and single):
        return mask.finding(kind)
    if not single and text[at : at + 1] == " ":
        at += 1  # a space between x and a Chinese word
    near = (single and mask.glyph == "x") or mask.length > 6  # a row of stars is decoration
    kind = kind_behind(text, at, single=single, near=near)
    announced = kind_before(text, mask.start)
    if kind == "place" and announced == "number":
        kind = "number"  # 单元××家园 has no such place
    if kind:
        evidence = Evidence.CERTAIN
        if mask.length == 1 and vetoes.formula(text, mask.run, mask.end):
            evidence = Evidence.BARE
        elif single and drawn:
            evidence = Evidence.LIKELY
        elif single and mask.glyph == "x" and kind == "organisation":
            evidence = Evidence.LIKELY  # X平台, x中心: names of their own
        return mask.finding(kind, evidence)
    if single:
        kind = kind_behind(text, at, near=True)
        if kind == announced == "person":  # 尊敬的*先生
            return mask.finding(kind)
        if kind:
            return mask.finding(kind, Evidence.LIKELY, rule="R111")
    if mask.digits and mask.glyph != "star":
        return None  # 5xx and 3.x want a unit
    if announced:
        if drawn:  # a bullet, but 原告○○○
            paired = mask.glyph == "ring" and announced == "person" and mask.length > 1
            return mask.finding(announced, Evidence.LIKELY if paired else Evidence.BARE)
        # 第X代: only with the word behind it, or at the end of its clause, is it a number.
        weak = single and (announced != "number" or _HAN.match(text, mask.end))
        return mask.finding(announced, Evidence.LIKELY if weak else Evidence.CERTAIN)
    if mask.digits:
        return mask.finding("number", Evidence.LIKELY)
    if (
        mask.glyph in ("x", "times")
        and "." in mask.text
        and vetoes.between_words(text, mask.run, mask.end)
    ):
        return mask.finding("number")  # xx.x
    if single or not vetoes.between_words(text, mask.run, mask.end):
        return mask.finding("other", Evidence.BARE, rule="R111")
    plain = mask.glyph in ("x", "times") and mask.length <= 5
    return mask.finding("other", Evidence.CERTAIN if plain else Evidence.LIKELY)


def _finding(text: str, mask: Mask) -> Finding | None:
    """What a mask hides by its neighbours; None if they make something else of it."""
    if mask.glyph == "mou":
        return classify_surname(text, mask) or classify_mou(text, mask)
    if vetoes.means_something_else(text, mask.start, mask.run, mask.end):
        return None
    return classify_surname(text, mask) or _classify(text, mask)


def is_certain(text: str, place: int) -> bool:
    """Whether the mask with a sign at `place` is believed by its neighbours alone.

    Without one there is none on the whole page: the others want certain ones near by.
    """
    try:
        mask = candidate_at(text, place)
    except LookupError:
        return True  # to find out costs more than to go through the page
    finding = _finding(text, mask) if mask else None
    return finding is not None and finding.evidence == Evidence.CERTAIN


def _findings(text: str) -> list[Finding]:
    defined = vetoes.defined_marks(text)
    masks = [mask for mask in candidates(text) if mask.text not in defined]
    numerals = {mask.run for mask in masks if vetoes.roman(text, mask.start, mask.end)}
    if numerals and vetoes.has_roman_numerals(text):
        masks = [mask for mask in masks if mask.run not in numerals]
    found = [finding for mask in masks if (finding := _finding(text, mask))]
    return _without_emphasis(text, found)


def _without_emphasis(text: str, findings: list[Finding]) -> list[Finding]:
    """Stars in pairs are Markdown's unless both are masks beyond doubt (`**村**户`)."""
    if not any(finding.glyph == "star" for finding in findings):
        return findings
    partners = vetoes.emphasis(text)
    certain = [
        place
        for finding in findings
        if finding.glyph == "star"
        and finding.evidence == Evidence.CERTAIN
        and finding.rule != "R110"
        for place in range(finding.at, finding.end)
    ]
    sure = frozenset(certain)

    def is_emphasis(finding: Finding) -> bool:
        partner = partners.get(finding.at)
        if partner is None or {finding.at, partner} <= sure:
            return False
        # A mask between the two is more than words: 由***主持，**镇的***出席
        first, last = sorted((finding.at, partner))
        return bisect_right(certain, first + 2) >= bisect_left(certain, last)

    return [finding for finding in findings if not is_emphasis(finding)]


def find_masks(text: str) -> list[Flag]:
    """Flags for the masks of `text`, sorted; each with the digits or the surname it belongs to."""
    findings = _findings(text)
    certain: dict[str, list[int]] = defaultdict(list)
    for finding in findings:
        if finding.evidence == Evidence.CERTAIN:
            certain[finding.glyph].append(finding.start)
    places = Counter(finding.run for finding in findings if finding.kind == "place")
    flags = []
    for finding in findings:
        near = certain[finding.glyph]
        low = bisect_left(near, finding.start - _NEAR)
        if bisect_left(near, finding.start + _NEAR) - low < finding.evidence:
            continue
        kind = finding.kind
        # On a page where x stands for one town throughout, a lone x is that town again.
        if finding.rule == "R111" and kind == "other" and places[finding.run] >= Evidence.BARE:
            kind = "place"
        flags.append(Flag(finding.start, finding.end, kind, finding.rule))
    return flags
