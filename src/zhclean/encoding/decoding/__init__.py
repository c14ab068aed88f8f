"""Bytes to text: `decode`."""

from __future__ import annotations

import re
from typing import Final

from zhclean.encoding.decoding.decoded import Decoded, Kept, Piece, assemble

__all__ = ["Decoded", "Kept", "decode"]

#: Three bytes and more in UTF-8: other encodings never look like it for long.
_THREE_BYTES: Final = re.compile(rb"[\xe0-\xf4]")


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text in `data`, in the encoding that is named or else detected. Lossless.

    Bytes that are no character of the encoding stand in the text as U+FFFD, one for each
    stretch, and are listed in `damaged`; `Decoded.encode()` gives `data` back. Never raises
    on any bytes; raises `ConfigError` when no encoding is called `encoding`, and `TypeError`
    for what is no bytes.

    >>> decode("铁路以东".encode("gbk")).encoding
    'gb18030'
    """
    if not isinstance(data, bytes):
        raise TypeError(f"decode() takes bytes, not {type(data).__name__}")
    if encoding is None and (text := _plain_utf_8(data)) is not None:
        return Decoded(text, "utf-8")
    # Most files never come here: what detects and repairs is imported late.
    from zhclean.encoding.decoding.charsets import canonical
    from zhclean.encoding.decoding.detect import Found, byte_order_mark, detect, strict_utf_8
    from zhclean.encoding.decoding.read import read

    named = None if encoding is None else canonical(encoding)
    mark = b""
    marked = byte_order_mark(data)
    if marked is not None and (named is None or named in (marked[1], marked[1][:-3])):
        mark, named = marked
    body = data[len(mark) :] if mark else data
    found = detect(body) if named is None else Found(named)
    if encoding is None and named == "utf-8" and strict_utf_8(body) is None:
        found = detect(body)  # a program has put its mark before text in another encoding
    if found.encoding == "utf-8" and (text := found.text or strict_utf_8(body)) is not None:
        # UTF-8 writes what it reads strictly back to the same bytes: nothing is left to prove.
        return Decoded(text, "utf-8", (), _kept(mark))
    pieces = read(body, found.encoding, mixed=named is None, text=found.text)
    return assemble([*([Piece("", mark)] if mark else ()), *pieces], found.encoding)


def _plain_utf_8(data: bytes) -> str | None:
    """The text of what is UTF-8 and nothing else, at the speed of decoding alone."""
    if b"\0" in data or data.startswith(b"\xef\xbb\xbf"):
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if _THREE_BYTES.search(data) else None


def _kept(mark: bytes) -> tuple[Kept, ...]:
    return (Kept(0, 0, mark),) if mark else ()
