"""Full width and half width, as options: both are a matter of style, not of damage."""

from __future__ import annotations

import re
from typing import Final

from zhclean.edits import Patch, compose
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
_BRACKET: Final = re.compile("[()\n]")
_HAN: Final = re.compile(f"[{HAN}]")
#: So far from the brackets around it an ideograph may stand.
_REACH: Final = 80


def width_patch(text: str) -> Patch:
    """Full-width letters and digits as ASCII."""
    return Patch.of(
        (found.start(), found.end(), chr(ord(found.group()) - _OFFSET), "E330")
        for found in _WIDE.finditer(text)
    )


def punctuation_patch(text: str) -> Patch:
    """ASCII punctuation in Chinese as full width."""
    # Brackets first: a mark beside one that became full width stands in Chinese.
    brackets = _full_width(_brackets(text), text) if "(" in text else Patch()
    current = brackets.apply(text)
    marks = _full_width(
        [place for run in _MARKS.finditer(current) for place in range(*run.span())], current
    )
    return compose(brackets, marks)


def _full_width(places: list[int], text: str) -> Patch:
    return Patch.of((place, place + 1, _FULL[text[place]], "E331") for place in places)


def _brackets(text: str) -> list[int]:
    """The places of the brackets of a line that hold Chinese, and no brackets that do not."""
    places: list[int] = []
    opened: list[int] = []
    for found in _BRACKET.finditer(text):
        bracket, place = found[0], found.start()
        if bracket == "(":
            opened.append(place)
        elif bracket == ")" and opened and _holds_chinese(text, opened[-1] + 1, place):
            places += opened.pop(), place
        else:  # what stays as it is here leaves everything around it as it is
            opened.clear()
    return sorted(places)


def _holds_chinese(text: str, start: int, end: int) -> bool:
    """Whether an ideograph stands within reach of both ends of `text[start:end]`."""
    near = max(start, end - 1 - _REACH), min(end, start + 1 + _REACH)
    return _HAN.search(text, *near) is not None
