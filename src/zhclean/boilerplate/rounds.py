"""From a page to its removals and flags, round by round until nothing more is found."""

from __future__ import annotations

from typing import Final

from zhclean.boilerplate.finding import Finder, Search
from zhclean.edits import NOTHING, Flag, Patch, Proposal, compose, flags_in_source

__all__ = ["propose"]

#: What is left can be furniture in its turn; pages settle in two rounds.
_MOST_ROUNDS: Final = 12


def propose(text: str, finder: Finder, level: str) -> Proposal:
    """The removals, down to the text in which nothing more is found, and the flags."""
    search = Search(finder, level)
    marks, leads = search.find(text)
    if not marks and not leads:
        return NOTHING
    # Late: most of what is looked at holds no notice.
    from zhclean.boilerplate.claiming import judge

    patch = Patch()
    flags: list[Flag] = []
    current = text
    for _ in range(_MOST_ROUNDS):
        step, found = judge(current, marks, finder.notices, level)
        flags += flags_in_source(found, patch, text)
        if not step:
            break
        patch = compose(patch, step)
        current = step.apply(current)
        marks, leads = search.find(current)
        if not marks and not leads:
            break
    if not patch and not flags:
        return NOTHING
    return Proposal(patch, tuple(dict.fromkeys(flags)))
