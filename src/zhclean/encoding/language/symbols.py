"""The alphabet of the language model: which characters count as the same symbol.

The model is trained on simplified newspaper text with full-width punctuation. What it is
asked about is scraped: digits of either width, ASCII punctuation, traditional characters.
Folding them here keeps the model small and makes its verdict independent of such habits.
"""

from __future__ import annotations

from typing import Final

__all__ = ["BOUNDARY", "DIGIT", "LATIN", "LETTER_FOLD", "is_han"]

#: One symbol stands for every digit, one for every Latin letter, one for every line end.
DIGIT: Final = "0"
LATIN: Final = "a"
BOUNDARY: Final = "\n"

_DIGITS = "0123456789" + "".join(map(chr, range(0xFF10, 0xFF1A)))
_LETTERS = [*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
# ASCII and compatibility punctuation -> the mark that newspapers print.
_MARKS: Final = {
    ",": "，",
    ";": "；",
    ":": "：",
    "?": "？",
    "!": "！",
    "(": "（",
    ")": "）",
    ".": "．",
    "%": "％",
    "/": "／",
    "-": "－",
    "+": "＋",
    "~": "～",
    "｡": "。",
    "•": "·",
    "・": "·",
    "「": "“",
    "」": "”",
    "『": "‘",
    "』": "’",
    "〝": "“",
    "〞": "”",
    "〈": "《",
    "〉": "》",
    "─": "—",
    "━": "—",
}

#: Character -> the symbol that stands for it; what is not listed stands for itself.
LETTER_FOLD: Final[dict[str, str]] = {
    **dict.fromkeys(_DIGITS, DIGIT),
    **dict.fromkeys(map(chr, _LETTERS), LATIN),
    **dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", BOUNDARY),
    **dict.fromkeys("\t\xa0\u3000", " "),
    **_MARKS,
}


def is_han(char: str) -> bool:
    """Whether `char` is a unified ideograph of the Basic Multilingual Plane or Extension A."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"
