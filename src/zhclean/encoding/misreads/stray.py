"""One sign in clean text that is UTF-8 read as Windows-1252: `25Â°C`, `10Ã—20`, `“走吧。â€`.

Too little for the search, which wants several odd characters close together. The sign itself is
the evidence: in no language does a lone `Â` stand before a degree sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from zhclean.triggers import Trigger

__all__ = ["TRIGGERS", "stray_signs"]

#: The sign that stands behind `Â` is the one that was written.
_SIGNS: Final = "\xa0°·±²³µ§©®«»¼½¾"
#: Other signs, and what they were.
_OTHERS: Final = {"Ã—": "×", "Ã·": "÷"}
_LONGEST_QUOTE: Final = 200
#: How near Chinese text stands.
_AROUND: Final = 24

#: Where there may be such a sign.
TRIGGERS: Final = (Trigger("Â", after=_SIGNS), Trigger("Ã", after="—·"), Trigger("â", after="€"))


def stray_signs(text: str) -> list[tuple[int, int, str, str]]:
    """The replacements, in their order: start, end, text, rule code."""
    return sorted(_stray_signs(text))


# Compiled when one is met: to compile a class of all ideographs takes a twentieth of the time in
# which a small file is cleaned.


@cache
def _stray() -> re.Pattern[str]:
    return re.compile(
        f"[ÂÃ](?:(?<=Â)[{_SIGNS}]|(?<=Ã)[—·])(?<![A-Za-z\x80-\u024f]..)(?![\x80-\u024f])"
    )


@cache
def _cut_quote() -> re.Pattern[str]:
    """A closing quotation mark of which the browser showed two bytes of three.

    An opening one stands before it.
    """
    return re.compile("â€(?<=[\u4e00-\u9fff。！？…，]..)(?=[\u4e00-\u9fff，。！？；\n]|\\Z)")


@cache
def _chinese() -> re.Pattern[str]:
    return re.compile("[\u4e00-\u9fff\u3001-\u3011\uff01-\uff5e]")


def _stray_signs(text: str) -> Iterator[tuple[int, int, str, str]]:
    if "Â" in text or "Ã" in text:
        for found in _stray().finditer(text):
            start, end = found.span()
            if _chinese().search(text, max(0, start - _AROUND), end + _AROUND):
                yield start, end, _OTHERS.get(found[0], found[0][1]), "E201"
    if "â€" in text:
        for found in _cut_quote().finditer(text):
            start, end = found.span()
            before = text[max(0, start - _LONGEST_QUOTE) : start].rpartition("\n")[2]
            if before.rfind("“") > before.rfind("”"):
                yield start, end, "”", "E211"
