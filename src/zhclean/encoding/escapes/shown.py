"""Whether an escape is shown on purpose: in code, data, a URL, or text about escapes."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from zhclean.encoding.escapes.table import escape_data

__all__ = ["in_code", "in_url", "is_chinese", "is_shown", "spoken_of"]

#: So many characters around an escape say what it is. Bounded, so that time stays linear.
_WINDOW: Final = 60
#: Longer than any URL in running text.
_URL: Final = 300

# A quotation mark of code, opened or closed right there; braces, assignments, tags.
_CODE: Final = re.compile(
    r"""["'`]|[{}]|</?[A-Za-z][^<>\n]{0,200}>|\\[wdsbnt]|//|=>|->|&&|\|\||[=(\[]\s*$"""
)
_URL_START: Final = re.compile(r"://|www\.")
_URL_PART: Final = re.compile(r"://|www\.|[/\\?=&@]")
_BREAK: Final = re.compile(r"[\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’]")
#: Ideographs, CJK punctuation, full-width forms, and the quotation marks, dashes and dots
#: that Chinese text shares with others.
_CHINESE: Final = re.compile(
    r"[\u3000-\u303f\u3400-\u9fff\uff01-\uff5e\uffe5·—‘’“”…\U00020000-\U000323af]"
)


def is_shown(text: str, start: int, end: int) -> bool:
    """Whether the escape `text[start:end]` is meant to be seen."""
    return in_code(text, start, end) or spoken_of(text, start, end)


def in_code(text: str, start: int, end: int) -> bool:
    """Whether the escape stands in a line of code, of data or of markup."""
    before, behind = _around(text, start, end)
    return _CODE.search(before) is not None or _CODE.search(behind) is not None


def spoken_of(text: str, start: int, end: int) -> bool:
    """Whether the text around the escape is about escapes and encodings."""
    before, behind = _around(text, start, end)
    return _words().search(before) is not None or _words().search(behind) is not None


def in_url(text: str, start: int, *, whole: bool = True) -> bool:
    """Whether what runs up to `start` without a break is part of a URL.

    Unless `whole`, the path or the query of one is enough.
    """
    before = text[max(0, start - _URL) : start]
    breaks = [found.end() for found in _BREAK.finditer(before)]
    pattern = _URL_START if whole else _URL_PART
    return pattern.search(before, breaks[-1] if breaks else 0) is not None


def is_chinese(text: str) -> bool:
    """Whether at least half of what `text` holds beside ASCII is Chinese."""
    foreign = sum(not char.isascii() for char in text)
    return 0 < foreign <= 2 * len(_CHINESE.findall(text))


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands in the same line before and behind, as far as it matters."""
    before = text[max(0, start - _WINDOW) : start]
    behind = text[end : end + _WINDOW]
    return before[before.rfind("\n") + 1 :], behind.split("\n", 1)[0]


@cache
def _words() -> re.Pattern[str]:
    words = escape_data().words
    return re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
