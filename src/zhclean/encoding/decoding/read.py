"""Reading bytes in a known encoding, line by line where it does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from zhclean.encoding.decoding.charsets import CONTEXT_FREE, decode_strict
from zhclean.encoding.decoding.decoded import Piece
from zhclean.encoding.decoding.lattice import Path, Step, language_step, likeliest_path
from zhclean.encoding.decoding.likelihood import mean_of_wide, score, suspicious
from zhclean.encoding.decoding.tolerant import greedy_pieces, read_greedily

__all__ = ["read"]

#: A line of another encoding must be this much likelier, in ln P, to be read by it.
_SWITCH: Final = 10.0
#: And it must read as running text.
_PLAUSIBLE: Final = -8.3
#: Encodings in which single lines of a file turn up.
_LINE_ENCODINGS: Final = ("utf-8", "gb18030", "cp950")

#: A stretch that begins and ends in step: bytes below 0x30, and those between the digits and
#: the letters, are never a part of a longer character in a context-free encoding.
_ISLAND: Final = re.compile(rb"[\0-\x2f\x3a-\x3f]+|[^\0-\x2f\x3a-\x3f]+")

#: What a reading that drops bytes of a valid stretch must gain, in ln P, over the valid one,
#: and how likely the mean character it puts there must be: rare names are read out of step
#: by no evidence but their rarity.
_GAIN: Final = 16.0
_MEAN: Final = -8.0

#: Bytes of UTF-16 looked at together.
_WIDE_WINDOW: Final = 1024
#: And the bytes behind them that help to judge their end.
_WIDE_OVERLAP: Final = 64


def read(data: bytes, encoding: str, *, mixed: bool) -> Iterator[Piece]:
    """The pieces of `data` in `encoding`; `mixed` allows single lines in another one."""
    if encoding.startswith("utf-16"):
        yield from _read_wide(data, encoding)
        return
    text = _read_strictly(data, encoding)
    if text is not None and not (encoding in CONTEXT_FREE and suspicious(text)):
        yield Piece(text, data)
    elif encoding in CONTEXT_FREE or encoding in {"utf-8", "cp1252"}:
        yield from _read_lines(data, encoding, mixed=mixed)
    elif encoding.startswith(("iso2022", "iso-2022", "hz", "utf-7")):
        yield from _read_stateful(data, encoding)
    else:
        yield from greedy_pieces(data, encoding)


def _read_strictly(data: bytes, encoding: str) -> str | None:
    try:
        return decode_strict(data, encoding)
    except UnicodeDecodeError:
        return None


def _read_lines(data: bytes, encoding: str, *, mixed: bool) -> Iterator[Piece]:
    start = clean = 0  # `clean`: where the stretch of lines begins that need no thought
    while start < len(data):
        end = data.find(b"\n", start) + 1 or len(data)
        line = data[start:end]
        text = _read_strictly(line, encoding)
        if text is None or (encoding in CONTEXT_FREE and suspicious(text)):
            if clean < start:
                yield Piece(decode_strict(data[clean:start], encoding), data[clean:start])
            yield from _read_line(line, encoding, mixed=mixed)
            clean = end
        start = end
    if clean < len(data):
        yield Piece(decode_strict(data[clean:], encoding), data[clean:])


def _read_line(line: bytes, encoding: str, *, mixed: bool) -> Iterator[Piece]:
    if mixed and (other := _other_encoding(line, encoding)) is not None:
        yield from _read_line(line, other, mixed=False)
    elif encoding in CONTEXT_FREE:
        yield from _read_islands(line, encoding)
    else:
        yield from greedy_pieces(line, encoding)


def _other_encoding(line: bytes, encoding: str) -> str | None:
    """The encoding that a line in the midst of `encoding` is in, if it is in another."""
    own = score(read_greedily(line, encoding))
    best = None
    for other in _LINE_ENCODINGS:
        if other == encoding:
            continue
        text = read_greedily(line, other)
        total = score(text)
        if total > own + _SWITCH and mean_of_wide(text) > _PLAUSIBLE:
            best, own = other, total - _SWITCH
    return best


def _read_islands(line: bytes, encoding: str) -> Iterator[Piece]:
    step = language_step(encoding)
    context = "\n"
    for island in _ISLAND.finditer(line):
        code = island.group()
        text = _read_strictly(code, encoding)
        if text is not None and not suspicious(text):
            yield Piece(text, code)
        else:
            path = likeliest_path(code, encoding, step, context)
            if text is not None and not _better(path, text, context, step):
                yield Piece(text, code)
            else:
                yield from path.pieces
                text = "".join(piece.text for piece in path.pieces)
        context = (context + text)[-2:]


def _better(path: Path, text: str, context: str, step: Step) -> bool:
    """Whether a path with bad bytes explains a valid stretch so much better that it is right."""
    bad = [place for place, piece in enumerate(path.pieces) if piece.damaged]
    if not bad:
        return False
    valid = 0.0
    before = context
    for char in text:
        valid += step(before, char)
        before = before[-1:] + char
    if path.total < valid + _GAIN:
        return False
    last = bad[-1] if len(bad) > 1 else len(path.pieces)
    between = "".join(piece.text for piece in path.pieces[bad[0] + 1 : last] if not piece.damaged)
    return between != "" and mean_of_wide(between) > _MEAN


def _read_stateful(data: bytes, encoding: str) -> Iterator[Piece]:
    """Lines, each in the initial state; one that cannot be read is damaged as a whole."""
    for line in data.splitlines(keepends=True):
        text = _read_strictly(line, encoding)
        yield Piece(text, line) if text is not None else Piece("\ufffd", line, damaged=True)


def _read_wide(data: bytes, encoding: str) -> Iterator[Piece]:
    """UTF-16, which has no byte that is always in step: window by window."""
    text = _read_strictly(data, encoding)
    if text is not None and not suspicious(text):
        yield Piece(text, data)
        return
    step = language_step(encoding)
    start, context = 0, "\n"
    while start < len(data):
        window = data[start : start + _WIDE_WINDOW + _WIDE_OVERLAP]
        taken = 0
        for piece in _read_window(window, encoding, step, context):
            yield piece
            taken += len(piece.data)
            context = (context + piece.text)[-2:]
            if taken >= _WIDE_WINDOW:
                break
        start += taken


def _read_window(window: bytes, encoding: str, step: Step, context: str) -> list[Piece]:
    text = _read_strictly(window[:_WIDE_WINDOW], encoding)
    if text is not None and not suspicious(text):
        return [Piece(text, window[:_WIDE_WINDOW])]
    path = likeliest_path(window, encoding, step, context)
    text = _read_strictly(window, encoding)
    if text is not None and not _better(path, text, context, step):
        return [Piece(text[: _WIDE_WINDOW // 2], text[: _WIDE_WINDOW // 2].encode(encoding))]
    return path.pieces
