"""Full width and half width, as options: both are a matter of style, not of damage."""

from __future__ import annotations

import re
from typing import Final

from zhclean.edits import Patch
from zhclean.encoding.characters.scripts import HAN

__all__ = ["punctuation_patch", "width_patch"]

_LETTERS: Final = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
#: Letters and digits, and the signs inside addresses and numbers that stand between them.
_WIDE: Final = re.compile(f"[{_LETTERS}]|(?<=[{_LETTERS}])[．＠＿／－＋＆＃](?=[{_LETTERS}])")
_OFFSET: Final = 0xFEE0  # of a full-width form from its ASCII character

_FULL: Final = {
    ",": "，",
    ";": "；",
    ":": "：",
    "?": "？",
    "!": "！",
    ".": "。",
    "(": "（",
    ")": "）",
}
_CHINESE: Final = f"{HAN}，。、；：？！“”‘’《》（）【】「」"
#: A mark behind a Chinese character, and before one or the end of the line. A stop needs
#: more: `1.` is a list number, `.com` a domain.
_MARKS: Final = re.compile(
    f"(?<=[{_CHINESE}%])(?:[,;:?!]+|\\.(?!\\.))(?=[{_CHINESE}]|[ \\t]*(?:\\n|\\Z))"
    f"|(?<=[{HAN}”’》）])[,;:?!](?= ?[0-9A-Za-z{_CHINESE}])"
)
_BRACKETS: Final = re.compile(f"\\(([^()\\n]{{0,80}}[{HAN}][^()\\n]{{0,80}})\\)")


def width_patch(text: str) -> Patch:
    """Full-width letters and digits as ASCII."""
    return Patch.of(
        (found.start(), found.end(), chr(ord(found.group()) - _OFFSET), "E330")
        for found in _WIDE.finditer(text)
    )


def punctuation_patch(text: str) -> Patch:
    """ASCII punctuation in Chinese as full width."""
    places = [
        place for marks in _MARKS.finditer(text) for place in range(marks.start(), marks.end())
    ]
    for brackets in _BRACKETS.finditer(text):
        places += [brackets.start(), brackets.end() - 1]
    return Patch.of((place, place + 1, _FULL[text[place]], "E331") for place in sorted(places))
