"""Reading past bytes that are none, without thinking: one U+FFFD for each bad stretch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from zhclean.encoding.decoding.charsets import OWN_CODECS, decode_strict
from zhclean.encoding.decoding.decoded import REPLACEMENT, Piece

__all__ = ["greedy_pieces", "read_greedily"]

#: Bytes tried at once behind an error, doubled as long as none follows.
_FIRST_TRY: Final = 32
_LONGEST_TRY: Final = 1 << 16
#: No character of any encoding read here is longer.
_LONGEST_CHARACTER: Final = 4


def greedy_pieces(data: bytes, encoding: str) -> Iterator[Piece]:
    """`data` from left to right: what can be read, and each bad stretch as a damaged piece.

    For encodings without a shift state. Linear: a window that grows while all is well, so
    that an error costs no more than a small window.
    """
    start, size = 0, _FIRST_TRY
    while start < len(data):
        window = data[start : start + size]
        try:
            yield Piece(decode_strict(window, encoding), window)
        except UnicodeDecodeError as error:
            last = start + size >= len(data)
            good = window[: error.start]
            if good:
                yield Piece(decode_strict(good, encoding), good)
            if not last and error.start > size - _LONGEST_CHARACTER:
                start += error.start  # the window cuts a character
                size = max(size, _FIRST_TRY)
                continue
            yield Piece(REPLACEMENT, window[error.start : error.end], damaged=True)
            start += error.end
            size = _FIRST_TRY
        else:
            start += size
            size = min(2 * size, _LONGEST_TRY)


def read_greedily(data: bytes, encoding: str) -> str:
    """`data` with U+FFFD for what cannot be read; how many of them is not defined."""
    if encoding in OWN_CODECS:
        return "".join(piece.text for piece in greedy_pieces(data, encoding))
    return data.decode(encoding, "replace")
