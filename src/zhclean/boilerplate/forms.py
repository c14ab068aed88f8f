"""The forms that a character of a template may take on a page: traditional, full width, case."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from zhclean.boilerplate.data import read_data

__all__ = [
    "BLANK",
    "BLANKS",
    "class_of",
    "fold_text",
    "folded",
    "forms_of",
    "literal_pattern",
    "words_in",
]

BLANKS: Final = " \t\r\u00a0\u3000"

#: What may stand between two words of a notice.
BLANK: Final = f"[{BLANKS}]"

#: So many different characters of a line are replaced one by one.
_FEW: Final = 20

#: ASCII punctuation in a template -> what stands in its place on real pages.
_WIDTHS: Final[dict[str, str]] = {
    ":": ":：",
    ",": ",，、",
    ";": ";；",
    "!": "!！",
    "?": "?？",
    "(": "(（",
    ")": ")）",
    "[": "[［【",
    "]": "]］】",
    "|": "|｜丨│",
    ">": ">＞»›",
    "<": "<＜«‹",
    '"': '"“”＂',
    "-": "-－—–",
    "~": "~～",
    "/": "/／",
    ".": ".．。",
    "。": "。.",
    "、": "、,，",
    "·": "·•・",
}


@cache
def _traditional() -> dict[str, str]:
    """Simplified character -> its traditional forms; the file names its source."""
    table = read_data("traditional.txt")
    return {line[0]: line[1:] for line in table.split("\n") if line and not line.startswith("#")}


@cache
def forms_of(character: str) -> tuple[str, ...]:
    """Everything that a literal character of a template stands for."""
    forms = {character, *_WIDTHS.get(character, ""), *_traditional().get(character, "")}
    if character.isascii() and character.isalnum():
        forms |= {character.lower(), character.upper(), chr(ord(character) + 0xFEE0)}
    return tuple(sorted(forms))


@cache
def _one_of(character: str) -> str:
    """The pattern of one literal character in all its forms."""
    forms = forms_of(character)
    escaped = "".join(map(re.escape, forms))
    return escaped if len(forms) == 1 else f"[{escaped}]"


def literal_pattern(literal: str) -> str:
    """The pattern of literal text: every character in all its forms, a blank for any blanks."""
    words = ("".join(map(_one_of, word)) for word in literal.split(" "))
    return f"{BLANK}*+".join(words)


def folded(character: str) -> str:
    """The simplified, half-width, lower-case form of a character."""
    if "\uff01" <= character <= "\uff5e":
        character = chr(ord(character) - 0xFEE0)
    return _plain().get(character, character).lower()


def fold_text(text: str) -> str:
    """`text` with the characters that templates know several forms of folded."""
    table = _folding()
    # Not the set of all characters of a text, each of which would become an object.
    found = set(_foldable().findall(text))
    if len(found) > _FEW:
        return text.translate(_translation())
    # A line of simplified text has its punctuation and little else: a replacement each is
    # ten times as fast as looking up every character.
    for character in found:
        text = text.replace(character, table[character])
    return text


@cache
def class_of(characters: str) -> re.Pattern[str]:
    """The pattern of any one of some characters."""
    return re.compile(f"[{re.escape(characters)}]")


@cache
def _foldable() -> re.Pattern[str]:
    return class_of("".join(sorted(_folding())))


def words_in(literal: str) -> list[str]:
    """Folded stretches that stand in every folded text that matches a literal."""
    runs = [""]
    for character in literal:
        forms = set(map(folded, forms_of(character)))
        if character != " " and len(forms) == 1:
            runs[-1] += forms.pop()
        else:
            runs.append("")
    return list(filter(None, runs))


@cache
def _folding() -> dict[str, str]:
    wide = map(chr, range(0xFF01, 0xFF5F))
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return {character: folded(character) for character in (*_plain(), *wide, *letters)}


@cache
def _translation() -> dict[int, str]:
    return str.maketrans(_folding())


@cache
def _plain() -> dict[str, str]:
    plain: dict[str, str] = {}
    for simplified, others in _traditional().items():
        for other in others:
            plain.setdefault(other, simplified)
    return {other: one for other, one in plain.items() if other not in _traditional()}
