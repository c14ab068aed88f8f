"""Getting back into step: where a line cannot be read, or reads as nothing that is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from zhclean.encoding.decoding.charsets import decode_strict, encode_strict
from zhclean.encoding.decoding.decoded import Piece
from zhclean.encoding.decoding.judges import FrequencyJudge, Judge, LanguageJudge, RemnantJudge
from zhclean.encoding.decoding.lattice import likeliest_path
from zhclean.encoding.decoding.likelihood import mean_of_wide, suspicious

__all__ = ["read_line", "read_wide"]

#: A stretch that begins and ends in step: bytes below 0x30, and those between the digits and
#: the letters, are never a part of a longer character in a context-free encoding.
_ISLAND: Final = re.compile(rb"[\0-\x2f\x3a-\x3f]+|[^\0-\x2f\x3a-\x3f]+")

#: ln P of a bad byte to the language model, which finds places to look at closely.
_BAD_BYTE_AT_FIRST: Final = -10.0
#: ln P that a character lost a byte: where something cannot be read, and where all can,
#: which in most encodings takes two losses.
_LOSS: Final = -7.0
_LOSS_IN_VALID: Final = -11.0
_ONE_LOSS_STAYS_VALID: Final = {
    "cp950": -8.0,
    "big5hkscs": -8.0,
    "utf-16-le": -8.0,
    "utf-16-be": -8.0,
}

#: Units looked at closely before and behind a bad byte.
_BEFORE: Final = 4
_BEHIND: Final = 5

#: How likely the mean character must be that a reading with bad bytes puts into a stretch
#: that can be read without: rare names stand out of step by no evidence but their rarity.
_MEAN: Final = -11.1

#: Bytes of UTF-16 looked at together, and those behind them that help to judge their end.
_WINDOW: Final = 1024
_OVERLAP: Final = 64

Ends = tuple[bool, bool]


class _Judges(NamedTuple):
    first: Judge
    close: Judge
    close_in_valid: Judge


@cache
def _judges(encoding: str) -> _Judges:
    if encoding in {"cp932", "cp949", "euc_jp"}:  # not Chinese: the model is of no use
        return _Judges(FrequencyJudge(), FrequencyJudge(), FrequencyJudge())
    from zhclean.encoding.language import load

    in_valid = _ONE_LOSS_STAYS_VALID.get(encoding, _LOSS_IN_VALID)
    return _Judges(
        LanguageJudge(load(), _BAD_BYTE_AT_FIRST),
        RemnantJudge(load(), encoding, _LOSS),
        RemnantJudge(load(), encoding, in_valid),
    )


def read_line(line: bytes, encoding: str, *, damaged: bool, ends: Ends) -> Iterator[Piece]:
    """The pieces of a line in a context-free encoding; `damaged` when its file is known to be.

    `ends` tells whether the input begins and ends with the line.
    """
    judges = _judges(encoding)
    context = "\n"
    for island in _ISLAND.finditer(line):
        at_ends = (ends[0] and not island.start(), ends[1] and island.end() == len(line))
        code = island.group()
        pieces = _read_stretch(code, encoding, judges, context, damaged=damaged, ends=at_ends)
        yield from pieces
        context = (context + "".join(piece.text for piece in pieces[-2:]))[-2:]


def read_wide(data: bytes, encoding: str, *, damaged: bool) -> Iterator[Piece]:
    """The pieces of UTF-16, which has no byte that is always in step: window by window."""
    judges = _judges(encoding)
    start, context = 0, "\n"
    while start < len(data):
        window = data[start : start + _WINDOW + _OVERLAP]
        at_ends = (start == 0, start + len(window) == len(data))
        taken = 0
        pieces = _read_stretch(window, encoding, judges, context, damaged=damaged, ends=at_ends)
        if len(pieces) == 1 and not at_ends[1]:
            text = pieces[0].text[: _WINDOW // 2]
            pieces = [Piece(text, text.encode(encoding))]
        for piece in pieces:
            yield piece
            taken += len(piece.data)
            context = (context + piece.text)[-2:]
            if taken >= _WINDOW and not at_ends[1]:
                break
        start += taken


def _read_stretch(
    code: bytes, encoding: str, judges: _Judges, context: str, *, damaged: bool, ends: Ends
) -> list[Piece]:
    try:
        text = decode_strict(code, encoding)
    except UnicodeDecodeError:
        text = None
    if text is not None and not suspicious(text, encoding, strict=damaged):
        return [Piece(text, code)]
    close = judges.close if text is None else judges.close_in_valid
    pieces = likeliest_path(code, encoding, judges.first, context, ends).pieces
    pieces = _look_closely(pieces, encoding, close, context, ends)
    if text is None:
        return pieces
    pieces = _only_convincing(pieces, code, text, encoding)
    return pieces if any(piece.damaged for piece in pieces) else [Piece(text, code)]


def _look_closely(
    pieces: list[Piece], encoding: str, judge: Judge, context: str, ends: Ends
) -> list[Piece]:
    """`pieces` with the surroundings of every bad byte read again by `judge`."""
    result: list[Piece] = []
    place = 0
    while place < len(pieces):
        bad = next((i for i in range(place, len(pieces)) if pieces[i].damaged), None)
        if bad is None:
            break
        first = max(place, bad - _BEFORE)
        last = bad
        behind = bad + _BEHIND
        while last < min(behind, len(pieces)):  # bad bytes close together are one matter
            if pieces[last].damaged:
                behind = last + _BEHIND
            last += 1
        result += pieces[place:first]
        before = (context + "".join(piece.text for piece in result[-2:]))[-2:]
        code = b"".join(piece.data for piece in pieces[first:last])
        at_ends = (ends[0] and first == 0, ends[1] and last == len(pieces))
        result += likeliest_path(code, encoding, judge, before, at_ends).pieces
        place = last
    return result + pieces[place:]


def _only_convincing(pieces: list[Piece], code: bytes, text: str, encoding: str) -> list[Piece]:
    """`pieces`, with the valid reading where the one with bad bytes is not convincing.

    That is wherever it puts in nothing that makes sense before both are in step again.
    """
    valid: dict[int, int] = {}  # byte offset of each boundary of the valid reading -> in `text`
    offset = 0
    for place, char in enumerate(text):
        valid[offset] = place
        offset += len(encode_strict(char, encoding))
    valid[offset] = len(text)
    if offset != len(code):  # a character with a second code: no offsets to compare
        return [Piece(text, code)]
    result: list[Piece] = []
    stretch: list[Piece] = []  # out of step with the valid reading
    start = offset = 0
    for piece in pieces:
        stretch.append(piece)
        offset += len(piece.data)
        if offset in valid:
            if any(part.damaged for part in stretch) and not _makes_sense(stretch):
                stretch = [Piece(text[valid[start] : valid[offset]], code[start:offset])]
            result += stretch
            stretch, start = [], offset
    return result


def _makes_sense(stretch: list[Piece]) -> bool:
    read = "".join(piece.text for piece in stretch if not piece.damaged)
    return not read.isascii() and mean_of_wide(read) > _MEAN
