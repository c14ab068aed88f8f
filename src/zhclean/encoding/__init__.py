"""Bytes to text, and text as it was written: decoding, mojibake repair, characters.

    >>> from zhclean.encoding import decode
    >>> decode("铁路以东".encode("gbk")).text
    '铁路以东'

Script conversion is a stage of its own, in `zhclean.encoding.script`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from zhclean.edits import Proposal
    from zhclean.encoding.decoding import Decoded, decode

__all__ = ["Decoded", "cleaners", "decode"]


class _Pass(Protocol):
    @property
    def stage(self) -> str: ...

    def propose(self, text: str) -> Proposal: ...


def cleaners(*, width: bool = False, punctuation: bool = False) -> tuple[_Pass, ...]:
    """The repair passes in their order.

    Escapes first, for a misread can hide in what is escaped; then the pinyin damage is undone,
    in which misreads would be looked for in vain; what was misread is read again, single
    characters are set right, and what is left of text that cannot be had back is flagged.

    `width` turns full-width digits and Latin letters into ASCII; `punctuation` turns ASCII
    punctuation between Chinese characters into full width.
    """
    from zhclean.encoding.annotated import AnnotatedGbk
    from zhclean.encoding.characters import Characters
    from zhclean.encoding.escapes import Escapes
    from zhclean.encoding.misreads import Misreads, Sentinels

    return (
        Escapes(),
        AnnotatedGbk(),
        Misreads(),
        Characters(width=width, punctuation=punctuation),
        Sentinels(),
    )


def __getattr__(name: str) -> Any:
    # Late: a run over text that is no bytes does not import what decoding needs.
    if name in {"Decoded", "decode"}:
        return getattr(import_module("zhclean.encoding.decoding"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
