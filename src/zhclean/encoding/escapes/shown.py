"""Whether an escape is shown on purpose: in code, data, a URL, or text about escapes."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import Final

from zhclean.encoding.escapes.table import escape_data

__all__ = ["Surroundings", "in_code", "in_url", "is_chinese", "is_shown", "is_text", "spoken_of"]

#: So many characters around an escape say what it is. Bounded, so that time stays linear.
_WINDOW: Final = 60
#: Longer than any URL in running text.
_URL: Final = 300

# A quotation mark of code, opened or closed right there; braces, assignments, tags.
_CODE: Final = re.compile(
    r"""["'`]|[{}]|</?[A-Za-z][^<>\n]{0,200}>|\\[wdsbnt]|//|=>|->|&&|\|\||[=(\[]\s*$"""
)
#: The beginning of each of these.
_CODE_SIGN: Final = re.compile(r"""["'`{}<\\/=\-|(\[]""")
_BOTH_AND: Final = re.compile("&(?=&)")
#: What `re.IGNORECASE` takes for an i, a k or an s, beside those of ASCII.
_ODD_CASES: Final = "\u0130\u0131\u017f\u212a"
_URL_START: Final = re.compile(r"://|www\.")
_URL_PART: Final = re.compile(r"://|www\.|[/\\?=&@]")
_BREAK: Final = re.compile(r"[\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’]")
#: Ideographs, CJK punctuation, full-width forms, and the quotation marks, dashes and dots
#: that Chinese text shares with others.
_CHINESE: Final = re.compile(
    r"[\u3000-\u303f\u3400-\u9fff\uff01-\uff5e\uffe5·—‘’“”…\U00020000-\U000323af]"
)


#: So many characters are a sentence, which nobody writes in escapes to show them.
_SENTENCE: Final = 6
#: What stands between the words of such a sentence.
_PUNCTUATION: Final = frozenset("、。《》「」『』【】〈〉·—‘’“”…！（），：；？～")
#: So near an escape everyday words may speak of it.
_NEAR: Final = 12
#: Behind a character, or in front of one, that is an escape too.
_BESIDE: Final = re.compile(r";(?<=[0-9a-fA-F];)|&#[0-9xX]")
#: Beside what is printed, an escape may stand for the blanks and breaks of a text.
_LAYOUT: Final = "\t\n\r\u00a0\u3000"


class Surroundings:
    """`is_shown` and `in_url` for the many escapes of one text.

    Signs of code and words are looked for once; only where one is near is more than that asked.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._has_urls = "://" in text or "www." in text
        self._is_odd = any(map(text.__contains__, _ODD_CASES))
        signs = [sign.start() for sign in _CODE_SIGN.finditer(text)]
        if "&&" in text:
            signs += [sign.start() for sign in _BOTH_AND.finditer(text)]
        lower = text.lower()
        for word in _lower_words():
            place = lower.find(word)
            while place >= 0:
                signs.append(place)
                place = lower.find(word, place + 1)
        self._signs = sorted(signs)

    def is_shown(self, start: int, end: int, after: str) -> bool:
        """Whether the escape `text[start:end]` of `after` is meant to be seen."""
        near = bisect_left(self._signs, start - _WINDOW)
        if not self._is_odd and (near == len(self._signs) or self._signs[near] >= end + _WINDOW):
            return False
        return is_shown(self._text, start, end, after)

    def in_url(self, start: int) -> bool:
        """Whether what runs up to `start` without a break is part of a URL."""
        return self._has_urls and in_url(self._text, start)


def is_shown(text: str, start: int, end: int, after: str) -> bool:
    """Whether the escape `text[start:end]` of `after` is meant to be seen."""
    return in_code(text, start, end) or spoken_of(text, start, end, after)


def in_code(text: str, start: int, end: int) -> bool:
    """Whether the escape stands in a line of code, of data or of markup."""
    before, behind = _around(text, start, end)
    return _CODE.search(before) is not None or _CODE.search(behind) is not None


def spoken_of(text: str, start: int, end: int, after: str) -> bool:
    """Whether the text around the escape of `after` is about escapes and encodings."""
    before, behind = _around(text, start, end)
    if _words().search(before) is not None or _words().search(behind) is not None:
        return True
    if len(after) >= _SENTENCE or after in _PUNCTUATION:
        return False
    if _BESIDE.match(text, start - 1) is not None or _BESIDE.match(text, end) is not None:
        return False  # one of several in a row
    near = (before[-_NEAR:], behind[:_NEAR])
    return any(_everyday_words().search(part) is not None for part in near)


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


def is_text(text: str) -> bool:
    """Whether `text` is what Chinese text is made of."""
    return is_chinese(text) and all(char.isprintable() or char in _LAYOUT for char in text)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands in the same line before and behind, as far as it matters."""
    before = text[max(0, start - _WINDOW) : start]
    behind = text[end : end + _WINDOW]
    return before[before.rfind("\n") + 1 :], behind.split("\n", 1)[0]


@cache
def _words() -> re.Pattern[str]:
    words = escape_data().words
    return re.compile("|".join(map(re.escape, words)), re.IGNORECASE)


@cache
def _everyday_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, escape_data().everyday_words)))


@cache
def _lower_words() -> tuple[str, ...]:
    """Without those that hold another one."""
    data = escape_data()
    words = sorted({word.lower() for word in (*data.words, *data.everyday_words)}, key=len)
    return tuple(
        word for n, word in enumerate(words) if not any(other in word for other in words[:n])
    )
