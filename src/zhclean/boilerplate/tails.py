"""Lines below a body that other furniture, above and below them, makes furniture, too."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from zhclean.boilerplate.judging import Judgement, links_below, opens_tail, signs
from zhclean.boilerplate.notices import NoticeRule, Words
from zhclean.boilerplate.page import Line
from zhclean.boilerplate.vocabulary import MOST_KNOWN, words_pattern

__all__ = ["between", "tail_list", "web_words"]

_INNER_STOP: Final = re.compile(r"[。，；：、,;=+]|: ")
_CLAUSE: Final = re.compile("[。，；、！？!?;,“”]")
#: So many short lines between furniture are furniture,
_MOST_BETWEEN: Final = 3
_LONGEST_LABEL: Final = 12
#: and so many longer ones where most of a tail of so many lines is.
_MOST_IN_CROWD: Final = 5
_LONGEST_IN_CROWD: Final = 30
_CROWD: Final = 5

#: Of so much of a line the words of sites are all.
_COVERED: Final = 0.75
_SHORTEST: Final = 3
_LONGEST: Final = 40
_WORDY: Final = re.compile(r"[^\W\d_]")


def tail_list(judgement: Judgement, rule: NoticeRule) -> None:
    """What follows navigation at the end of a page is more of it, up to any sentence."""
    if judgement.last_prose < 0:
        return
    behind = judgement.last_prose
    for index in sorted(index for index in judgement.taken if index > behind):
        if index < behind or not _opens_list(judgement, index):
            continue
        links, stop = links_below(judgement, judgement.page.lines[index])
        for link in links:
            judgement.take(link, rule)
        if stop is None or index > judgement.last_sentence:
            return
        behind = stop.index


def _opens_list(judgement: Judgement, index: int) -> bool:
    """Whether more links follow; between two sentences only behind links."""
    claim = judgement.taken[index]
    if index > judgement.last_sentence:
        return opens_tail(claim)
    return claim.kind == "related_links"


def between(judgement: Judgement, rule: NoticeRule) -> None:
    """A few short lines between furniture behind the body are furniture too."""
    if judgement.last_prose < 0:
        return
    page = judgement.page
    tail = sorted(index for index in judgement.taken if index > judgement.last_sentence)
    crowded = _is_crowded(judgement, tail)
    most = _MOST_IN_CROWD if crowded else _MOST_BETWEEN
    for above, below in pairwise(tail):
        if above in judgement.posts or below in judgement.posts:
            continue  # it may be the post
        lines = list(page.filled(range(above + 1, below)))
        if any(signs(*pair) for pair in pairwise(lines)):
            continue
        if len(lines) <= most and all(
            _is_label(one) or (crowded and _is_aside(one)) for one in lines
        ):
            for line in lines:
                judgement.take(line, rule)


def _is_crowded(judgement: Judgement, tail: list[int]) -> bool:
    """Whether most lines of a tail are furniture, and none of them beside posts."""
    if len(tail) < _CROWD or judgement.posts:
        return False
    lines = judgement.page.filled(range(tail[0], judgement.page.count))
    return len(tail) * 3 >= sum(1 for _ in lines) * 2


def _is_label(line: Line) -> bool:
    return len(line.core) <= _LONGEST_LABEL and line.linkish and not _INNER_STOP.search(line.core)


def _is_aside(line: Line) -> bool:
    return len(line.core) <= _LONGEST_IN_CROWD and line.linkish and not _CLAUSE.search(line.core)


def web_words(judgement: Judgement, rule: NoticeRule) -> None:
    """Lines of nothing but words of sites, below the body and beside other furniture."""
    if judgement.last_prose < 0 or not judgement.taken:
        return
    page = judgement.page
    reads = _reader(rule.words)
    found = [
        line
        for line in judgement.edges()
        if line.index > judgement.last_sentence
        and line.index not in judgement.taken
        and line.linkish
        and reads(line.core)
    ]
    for line in (*found, *reversed(found)):
        above, below = page.filled_before(line.index), page.filled_behind(line.index)
        if below is not None and signs(line, below):
            continue
        if any(one is not None and one.index in judgement.taken for one in (above, below)):
            judgement.take(line, rule)


@cache
def _reader(words: Words) -> Callable[[str], bool]:
    pattern = words_pattern(words, "sites")

    @lru_cache(MOST_KNOWN)
    def read(core: str) -> bool:
        if not _SHORTEST <= len(core) <= _LONGEST or _CLAUSE.search(core):
            return False
        known = [match.group() for match in pattern.finditer(core)]
        covered = sum(len(_WORDY.findall(word)) for word in known)
        return len(set(known)) >= 2 and covered >= _COVERED * len(_WORDY.findall(core))

    return read
