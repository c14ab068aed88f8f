"""What decoding gives: text, and everything needed to get the bytes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from zhclean.encoding.decoding.charsets import encode_strict

__all__ = ["REPLACEMENT", "Decoded", "Kept", "Piece", "assemble"]

#: Stands in the text for one stretch of bytes that is no character, however long.
REPLACEMENT: Final = "\ufffd"


class Kept(NamedTuple):
    """`text[start:end]` was read from `data`, which the encoding alone would not give back."""

    start: int
    end: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text read from bytes.

    `encoding` is the Python codec (or "euc-tw", "iso-2022-cn") of most of the input, without
    its byte order mark. `damaged` are the spans of input bytes that could not be read; each
    stands in the text as one U+FFFD, in the same order. `kept` holds the bytes of everything
    that `text.encode(encoding)` would write differently: byte order mark, damaged stretches,
    lines in another encoding, and characters that have more than one code.
    """

    text: str
    encoding: str
    damaged: tuple[tuple[int, int], ...] = ()
    kept: tuple[Kept, ...] = ()

    def encode(self) -> bytes:
        """The bytes that the text was decoded from."""
        pieces: list[bytes] = []
        cursor = 0
        for start, end, data in self.kept:
            pieces.append(encode_strict(self.text[cursor:start], self.encoding))
            pieces.append(data)
            cursor = end
        pieces.append(encode_strict(self.text[cursor:], self.encoding))
        return b"".join(pieces)


class Piece(NamedTuple):
    """A stretch of input and what it reads; `damaged` when it could not be read."""

    text: str
    data: bytes
    damaged: bool = False


def assemble(pieces: Iterable[Piece], encoding: str) -> Decoded:
    """One `Decoded` from pieces in their order; keeps the bytes of all that needs it."""
    texts: list[str] = []
    damaged: list[tuple[int, int]] = []
    kept: list[Kept] = []
    position = offset = 0  # in the text, in the bytes
    for piece in _joined(pieces):
        if piece.damaged:
            damaged.append((offset, offset + len(piece.data)))
            kept.append(Kept(position, position + len(piece.text), piece.data))
        else:
            kept.extend(_not_reproduced(piece, encoding, position))
        texts.append(piece.text)
        position += len(piece.text)
        offset += len(piece.data)
    return Decoded("".join(texts), encoding, tuple(damaged), tuple(kept))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, damaged neighbours made one."""
    waiting: list[bytes] = []
    for piece in pieces:
        if piece.damaged:
            waiting.append(piece.data)
            continue
        if waiting:
            yield Piece(REPLACEMENT, b"".join(waiting), damaged=True)
            waiting.clear()
        yield piece
    if waiting:
        yield Piece(REPLACEMENT, b"".join(waiting), damaged=True)


def _not_reproduced(piece: Piece, encoding: str, position: int) -> Iterator[Kept]:
    """Where the encoding does not turn the text of `piece` back into its bytes, by line."""
    if _reproduced(piece, encoding):
        return
    lines = piece.text.split("\n")
    sources = piece.data.split(b"\n")
    if len(lines) != len(sources):  # an encoding in which 0A is not always a line feed
        lines, sources = [piece.text], [piece.data]
    for line, source in zip(lines, sources, strict=True):
        if not _reproduced(Piece(line, source), encoding):
            yield Kept(position, position + len(line), source)
        position += len(line) + 1


def _reproduced(piece: Piece, encoding: str) -> bool:
    try:
        return encode_strict(piece.text, encoding) == piece.data
    except UnicodeError:
        return False
