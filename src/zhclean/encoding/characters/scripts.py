"""Which characters count as Chinese text here, as parts of regular expressions."""

from __future__ import annotations

from typing import Final

__all__ = ["CHINESE", "HAN", "RADICAL", "is_chinese"]

#: Ideographs, as the inside of a class; a range stands for all planes of them.
HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"

#: Radicals and compatibility ideographs: look-alikes of ideographs.
RADICAL: Final = "\u2e80-\u2fd5\uf900-\ufaff"

#: Ideographs, their look-alikes, and the marks and full-width forms that come with them.
CHINESE: Final = f"{HAN}{RADICAL}\u3001-\u301f\uff01-\uff60\uffe0-\uffe6\u201c\u201d\u2026"


def is_chinese(char: str) -> bool:
    """Whether `char` is one of `CHINESE`; "" is not."""
    return char != "" and (
        "\u4e00" <= char <= "\u9fff"
        or "\u3001" <= char <= "\u301f"
        or "\uff01" <= char <= "\uff60"
        or "\u3400" <= char <= "\u4dbf"
        or "\u2e80" <= char <= "\u2fd5"
        or "\uf900" <= char <= "\ufaff"
        or "\uffe0" <= char <= "\uffe6"
        or char in "\u201c\u201d\u2026"
        or "\U00020000" <= char <= "\U0003ffff"
    )
