"""What stands beside the posts of a board, beside answers and comments: who, when, and buttons."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from zhclean.boilerplate.judging import Judgement
from zhclean.boilerplate.notices import NoticeRule, Words
from zhclean.boilerplate.page import ORNAMENT, Line, Page
from zhclean.boilerplate.vocabulary import either

__all__ = ["post_cards"]

#: What stands in the line of a post that has its time or its number, not in a row of buttons.
_STAMP: Final = re.compile(
    "[0-9]{1,2}[:：][0-9]{2}|[0-9][-/.月][0-9]|[楼樓#]|[0-9] ?[^ ]{1,3}前|昨天|前天|刚刚"
)
#: The number of a post in front of its time.
_FLOOR: Final = re.compile(
    "[楼樓](?<=[0-9][楼樓])[ \u3000|]{1,3}"
    "(?:(?:19|20)[0-9]{2}[-/.年][0-9]|[0-9]{1,2} ?(?:分钟|小时|天|个月|年)前|昨天|前天)"
)
#: A line with a day at its end, or a day and a time in it, and a name at most.
_TIMED: Final = re.compile(
    "\\n[^\\n。，！？；、]{0,24}?(?<![0-9])(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
    "(?:[ \u3000]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?[^\\n。，！？；、]{0,8}(?=\\n)"
)
_LONGEST_STAMP: Final = 60
_LONGEST_NAME: Final = 16
_NO_NAME: Final = re.compile("[。，！？!?；;：:、,《》“”]")
_NO_STAMP: Final = re.compile("[。，！？!?；;、,《》“”]")
_DIGIT: Final = re.compile("[0-9]")
#: So many buttons make a bar.
_BUTTONS: Final = 2
#: Bars are bars, and names are names when they come again with the posts.
_FEWEST: Final = 2


def post_cards(judgement: Judgement, rule: NoticeRule) -> None:
    """The buttons and the numbers of posts, beside other furniture, and the names with them.

    A name stands above the stamp of a post, or below the buttons of the post before it.
    """
    if not judgement.taken:
        return
    page = judgement.page
    bars = _bars(page, rule.words)
    for found in (_floors(page), bars, _stamps(judgement) if len(bars) >= _FEWEST else []):
        if len(found) >= _FEWEST:
            for line in found:
                judgement.take(line, rule)
    codes = rule.words["beside"]
    posts = sorted(index for index, claim in judgement.taken.items() if claim.code in codes)
    judgement.posts.update(posts)
    if len(posts) < _FEWEST:
        return
    names: dict[int, Line] = {}
    for index in posts:
        if _STAMP.search(page.lines[index].core):
            name = page.filled_before(index)
            if name is not None and _is_name(judgement, name) and _has_title(judgement, name):
                names[name.index] = name
        else:
            name = page.filled_behind(index)
            if name is not None and _is_name(judgement, name):
                post = page.filled_behind(name.index)
                if post is not None and post.prose:
                    names[name.index] = name
    if len(names) >= _FEWEST and len(names) * 3 >= len(posts):
        for name in names.values():
            judgement.take(name, rule)


def _floors(page: Page) -> list[Line]:
    """Lines that give the number and the time of a post."""
    lines = [page.line_at(match.start()) for match in _FLOOR.finditer(page.text)]
    return [
        line
        for line in lines
        if len(line.core) <= _LONGEST_STAMP and _NO_STAMP.search(line.core) is None
    ]


def _stamps(judgement: Judgement) -> list[Line]:
    """The time of a post and perhaps its author, between a name or buttons and the post."""
    page = judgement.page
    indices = {page.index_at(match.end()) for match in _TIMED.finditer(page.text)}
    found = []
    for line in map(page.lines.__getitem__, sorted(indices - judgement.taken.keys())):
        post = page.filled_behind(line.index)
        if post is None or len(line.core) > _LONGEST_STAMP or _NO_STAMP.search(line.core):
            continue
        if post.prose or post.index in judgement.taken:
            found.append(line)
    return found


def _bars(page: Page, words: Words) -> list[Line]:
    """Lines of nothing but buttons of posts: several of them, or one with its counter."""
    bars, button = _patterns(words)
    found = []
    for match in bars.finditer(page.text):
        core = match.group().strip(ORNAMENT + "\n")
        if len(button.findall(core)) >= _BUTTONS or _DIGIT.search(core):
            found.append(page.line_at(match.end()))
    return found


@cache
def _patterns(words: Words) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A line of buttons, with the line break in front, which is quick to search for; a button."""
    button = either(words["buttons"])
    count = "[(（]?[0-9][0-9.]{0,6}+[万wWkK+]?[)）]?"
    blanks = "[ \u3000|｜·]"
    return (
        re.compile(
            rf"\n[{re.escape(ORNAMENT)}]*+(?:(?:{count}{blanks}*+)?(?:{button})"
            rf"{blanks}*+(?:{count}{blanks}*+)?){{1,6}}+(?=[\r \u3000]*(?:\n|\Z))"
        ),
        re.compile(button),
    )


def _is_name(judgement: Judgement, line: Line) -> bool:
    return (
        line.index not in judgement.taken
        and not line.prose
        and not line.section
        and len(line.core) <= _LONGEST_NAME
        and _NO_NAME.search(line.core) is None
    )


def _has_title(judgement: Judgement, name: Line) -> bool:
    """Whether a line above it stays: else it is the title of the page."""
    above = judgement.page.filled(range(name.index - 1, -1, -1))
    return any(line.index not in judgement.taken for line in above)
