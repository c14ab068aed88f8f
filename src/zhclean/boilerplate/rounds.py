"""From a page to its removals and flags, round by round until nothing more is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from zhclean.boilerplate.detectors import DETECT_FIRST, DETECT_THEN, Detector
from zhclean.boilerplate.gaps import section_gaps
from zhclean.boilerplate.judging import Judgement, claim_blocks, judge_marks
from zhclean.boilerplate.levels import LEVELS
from zhclean.boilerplate.matching import find_marks
from zhclean.boilerplate.notices import Notices
from zhclean.boilerplate.page import Page
from zhclean.boilerplate.removal import removal
from zhclean.edits import NOTHING, Flag, Patch, Proposal, compose

__all__ = ["propose"]

#: What is left can be furniture in its turn; pages settle in two rounds.
_MOST_ROUNDS: Final = 12

#: A page that would lose more of its prose than this is a page about notices.
_MOST_LOSS: Final = 0.67
#: A line as long as this counts as prose that stays, even if it looks like a list.
_PARAGRAPH: Final = 60


def propose(text: str, notices: Notices, level: str) -> Proposal:
    """The removals, down to the text in which nothing more is found, and the flags."""
    patch, flags = Patch(), []
    current = text
    for _ in range(_MOST_ROUNDS):
        step, found = _one_round(current, notices, level)
        flags += _in_source(found, patch, text)
        if not step:
            break
        patch = compose(patch, step)
        current = step.apply(current)
    if not patch and not flags:
        return NOTHING
    return Proposal(patch, tuple(dict.fromkeys(flags)))


def _one_round(text: str, notices: Notices, level: str) -> tuple[Patch, list[Flag]]:
    page = Page(text)
    marks, leads = find_marks(page, notices, level)
    if not marks and not leads:
        return Patch(), []
    judgement = judge_marks(page, marks, level)
    _detect(judgement, DETECT_FIRST, notices, level)
    claim_blocks(judgement)
    _detect(judgement, DETECT_THEN, notices, level)
    if not judgement.claims:
        return Patch(), []
    uncut = notices.detectors.get("uncut")
    if uncut is not None and _loses_most(judgement):
        start = min(claim.start for claim in judgement.claims)
        end = max(claim.end for claim in judgement.claims)
        return Patch(), [Flag(start, end, "uncut", uncut.code)]
    gap = notices.detectors.get("section_gap")
    flags = section_gaps(page, judgement.claims, gap.code) if gap is not None else []
    return removal(page, judgement.claims), flags


def _detect(
    judgement: Judgement, detectors: Mapping[str, Detector], notices: Notices, level: str
) -> None:
    for name, detect in detectors.items():
        rule = notices.detectors.get(name)
        if rule is not None and LEVELS.index(rule.level) <= LEVELS.index(level):
            detect(judgement, rule)


def _loses_most(judgement: Judgement) -> bool:
    """Whether most of the page's prose would go; link lists are no prose."""
    lines = judgement.page.lines
    taken = judgement.taken.keys() - judgement.listed
    lost = sum(len(lines[index].core) for index in taken if lines[index].prose)
    enough = lost / _MOST_LOSS - lost
    kept = 0
    for index in range(len(lines)):
        if kept >= enough:
            return False
        if index not in judgement.taken:
            line = lines[index]
            kept += len(line.core) if len(line.core) >= _PARAGRAPH or line.prose else 0
    return kept < enough


def _in_source(flags: Sequence[Flag], patch: Patch, source: str) -> list[Flag]:
    """Flags on the text that `patch` makes, in positions of `source`."""
    if not flags or not patch:
        return list(flags)
    spans = patch.invert(source).map_spans([(flag.start, flag.end) for flag in flags])
    return [
        Flag(start, end, flag.kind, flag.rule)
        for flag, (start, end) in zip(flags, spans, strict=True)
    ]
