"""Bytes to text: `decode`."""

from __future__ import annotations

from zhclean.encoding.decoding.charsets import canonical
from zhclean.encoding.decoding.decoded import Decoded, Kept, Piece, assemble
from zhclean.encoding.decoding.detect import byte_order_mark, detect
from zhclean.encoding.decoding.read import read

__all__ = ["Decoded", "Kept", "decode"]


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text in `data`, in the encoding that is named or else detected. Lossless.

    Bytes that are no character of the encoding stand in the text as U+FFFD, one for each
    stretch, and are listed in `damaged`; `Decoded.encode()` gives `data` back. Never raises
    on any bytes; raises `ConfigError` when no encoding is called `encoding`.

    >>> decode("铁路以东".encode("gbk")).encoding
    'gb18030'
    """
    named = None if encoding is None else canonical(encoding)
    mark = b""
    marked = byte_order_mark(data)
    if marked is not None and (named is None or named in (marked[1], marked[1][:-3])):
        mark, named = marked
    body = data[len(mark) :]
    chosen = named or detect(body)
    pieces = [*([Piece("", mark)] if mark else ()), *read(body, chosen, mixed=named is None)]
    return assemble(pieces, chosen)
