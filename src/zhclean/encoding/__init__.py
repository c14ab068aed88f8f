"""Bytes to text, and text as it was written: decoding, mojibake repair, characters.

>>> from zhclean.encoding import decode
>>> decode("铁路以东".encode("gbk")).text
'铁路以东'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhclean.encoding.decoding import Decoded, decode

__all__ = ["Decoded", "cleaners", "decode"]


def cleaners(*, width: bool = False, punctuation: bool = False) -> tuple[Any, ...]:
    """The repair passes in their order.

    What was escaped is unescaped first, for a misread can hide in it; what was misread is
    read again; then what is left of the text's own characters is set right.

    `width` turns full-width digits and Latin letters into ASCII; `punctuation` turns ASCII
    punctuation between Chinese characters into full width.
    """
    from zhclean.encoding.characters import Characters

    return (Characters(width=width, punctuation=punctuation),)


def __getattr__(name: str) -> Any:
    # Late, so that a stage that never decodes does not import what decoding needs.
    if name in {"Decoded", "decode"}:
        return getattr(import_module("zhclean.encoding.decoding"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
