"""What goes from one page, given what reads like a notice on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from zhclean.boilerplate.detectors import DETECT_FIRST, DETECT_THEN, Detector, furniture_reader
from zhclean.boilerplate.gaps import section_gaps
from zhclean.boilerplate.judging import Judgement, claim_blocks, claim_waiting, judge_marks
from zhclean.boilerplate.levels import levels_up_to
from zhclean.boilerplate.matching import Mark
from zhclean.boilerplate.notices import NoticeRule, Notices
from zhclean.boilerplate.page import Page
from zhclean.boilerplate.paragraphs import notices_of_sites
from zhclean.boilerplate.removal import removal
from zhclean.edits import Flag, Patch
from zhclean.fences import fenced_spans, outside

__all__ = ["judge"]

#: A page that would lose more of its prose than this is a page about notices.
_MOST_LOSS: Final = 0.67
#: A line as long as this counts as prose that stays, even if it looks like a list.
_PARAGRAPH: Final = 60
#: A text of short lines, such as verse, has no prose to lose; it is so many times as long as what
#: goes.
_VERSE: Final = 2


def judge(
    text: str, marks: Sequence[Mark], notices: Notices, level: str
) -> tuple[Patch, Sequence[Flag]]:
    """The removals and flags of one round."""
    page = Page(text)
    levels = levels_up_to(level)
    detectors = {name: rule for name, rule in notices.detectors.items() if rule.level in levels}
    rights = detectors.get("notice_paragraph")
    if rights is not None:
        marks = notices_of_sites(page, marks, rights)
    judgement = judge_marks(page, marks, level, furniture_reader(detectors))
    _detect(judgement, DETECT_FIRST, detectors)
    claim_waiting(judgement)
    claim_blocks(judgement)
    known = len(judgement.taken)
    _detect(judgement, DETECT_THEN, detectors)
    if known < len(taken := judgement.taken):  # what they have found is company for phrases,
        known = len(taken)
        claim_waiting(judgement)
        claim_blocks(judgement)
        if known < len(taken):  # and these are for detectors
            _detect(judgement, DETECT_THEN, detectors)
    claims = judgement.claims
    if "```" in text:  # markup and menus in a block of code are what the page is about
        claims = list(outside(sorted(claims), fenced_spans(text)))
    if not claims:
        return Patch(), ()
    uncut = notices.detectors.get("uncut")
    if uncut is not None and _loses_most(judgement):
        start = min(claim.start for claim in claims)
        end = max(claim.end for claim in claims)
        return Patch(), (Flag(start, end, "uncut", uncut.code),)
    gap = notices.detectors.get("section_gap")
    flags = section_gaps(page, claims, gap.code) if gap is not None else ()
    return removal(page, claims), flags


def _detect(
    judgement: Judgement, detectors: Mapping[str, Detector], rules: Mapping[str, NoticeRule]
) -> None:
    for name, detect in detectors.items():
        rule = rules.get(name)
        if rule is not None:
            taken = -1
            while taken < len(judgement.taken):
                taken = len(judgement.taken)
                detect(judgement, rule)
                if not judgement.has_inner_lines:
                    break


def _loses_most(judgement: Judgement) -> bool:
    """Whether most of the page's prose would go; link lists are no prose."""
    lines = judgement.page.lines
    taken = judgement.taken.keys() - judgement.listed
    lost = sum(len(lines[index].core) for index in taken if lines[index].prose)
    enough = lost / _MOST_LOSS - lost
    kept = rest = 0
    for index in range(judgement.page.count):
        if kept >= enough or rest >= lost * _VERSE:
            return False
        if index not in judgement.taken:
            line = lines[index]
            kept += len(line.core) if len(line.core) >= _PARAGRAPH or line.prose else 0
            rest += len(line.core)
    return kept < enough and rest < lost * _VERSE
