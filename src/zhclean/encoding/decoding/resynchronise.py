"""Getting back into step: where bytes cannot be read, or read as nothing that is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from zhclean.encoding.decoding.charsets import decode_strict, encode_strict
from zhclean.encoding.decoding.decoded import Piece
from zhclean.encoding.decoding.judges import FrequencyJudge, Judge, LanguageJudge, RemnantJudge
from zhclean.encoding.decoding.lattice import likeliest_path
from zhclean.encoding.decoding.likelihood import find_suspicious, mean_of_wide

__all__ = ["read_in_step"]

#: Bytes read strictly at once.
_CHUNK: Final = 4096
#: No character is longer; a chunk may end inside one.
_LONGEST_CHARACTER: Final = 4

#: Characters in front of a sign of trouble at which a window opens: of odd characters, and of
#: a byte that cannot be read when there are none.
_BEFORE_SIGN: Final = 6
_BEFORE_ERROR: Final = 14
#: How far back an odd character may belong to the same trouble.
_LOOK_BACK: Final = 24
#: Trouble within so many characters of the beginning of the input may start with it.
_FIRST_CHARACTERS: Final = 32
#: Bytes behind it that are read by the window, and further ones that help to judge.
_BEHIND: Final = 28
_OVERLAP: Final = 16

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
_CLOSE_BEFORE: Final = 3
_CLOSE_BEHIND: Final = 4
#: More bad bytes than one in so many units are no damaged text.
_UNITS_A_BAD_BYTE: Final = 5

#: How likely the mean character must be that a reading with bad bytes puts into a stretch
#: that can be read without: rare names stand out of step by no evidence but their rarity.
_MEAN: Final = -11.1

#: The last characters of a text that no longer character can reach across: bytes below 0x30,
#: and those between the digits and the letters, are themselves in every encoding read here
#: but UTF-16.
_SINCE_IN_STEP: Final = re.compile("[^\0-\x2f\x3a-\x3f]{0,400}")

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


class _Trouble(NamedTuple):
    """What is in step for certain, and the byte behind which it is not."""

    text: str
    length: int  # in bytes
    sign: int  # byte offset of the first sign, or of the byte that cannot be read


def read_in_step(
    data: bytes, encoding: str, *, damaged: bool, ends: Ends = (True, True)
) -> Iterator[Piece]:
    """The pieces of `data`; `damaged` when its file is known to be.

    `ends` tells whether the input begins and ends with `data`. Linear: what is in doubt is
    read in windows, the rest strictly.
    """
    start, context = 0, "\n"
    while start < len(data):
        chunk = data[start : start + _CHUNK]
        is_last = start + len(chunk) == len(data)
        found = _first_trouble(
            chunk, encoding, is_start=ends[0] and start == 0, is_last=is_last, damaged=damaged
        )
        if found.text:
            yield Piece(found.text, chunk[: found.length])
            context = (context + found.text)[-2:]
        start += found.length
        if found.length == len(chunk) or (not is_last and found.sign < 0):
            continue
        reach = found.sign - found.length + _BEHIND
        window = data[start : start + reach + _OVERLAP]
        is_cut = start + len(window) < len(data)
        at_ends = (ends[0] and start == 0, ends[1] and not is_cut)
        taken = 0
        for piece in _read_window(window, encoding, context, at_ends, is_cut=is_cut):
            yield piece
            taken += len(piece.data)
            context = (context + piece.text)[-2:]
            if taken >= reach:
                break
        start += taken


def _first_trouble(
    chunk: bytes, encoding: str, *, is_start: bool, is_last: bool, damaged: bool
) -> _Trouble:
    """How far `chunk` can be trusted. The sign is -1 if only its end cuts a character."""
    error = len(chunk)
    try:
        text = decode_strict(chunk, encoding)
    except UnicodeDecodeError as problem:
        error = problem.start
        text = decode_strict(chunk[:error], encoding)
    sign = find_suspicious(text, encoding, strict=damaged)
    if sign is not None:
        trusted = _before_odd(text, sign, encoding)
    elif error == len(chunk):
        return _Trouble(text, len(chunk), -1)
    elif not is_last and error > len(chunk) - _LONGEST_CHARACTER:
        return _Trouble(text, error, -1)
    else:
        since = _SINCE_IN_STEP.match(text[:-401:-1])
        in_step = len(text) - min(_BEFORE_ERROR, since.end() if since else 0)
        trusted = min(in_step, _before_odd(text, in_step, encoding))
    if is_start and trusted < _FIRST_CHARACTERS:
        trusted = 0  # cut in a character, the input is out of step from its first byte on
    length = len(encode_strict(text[:trusted], encoding))
    at = error if sign is None else len(encode_strict(text[:sign], encoding))
    return _Trouble(text[:trusted], length, at)


def _before_odd(text: str, sign: int, encoding: str) -> int:
    """Some characters before the first odd one that leads up to `sign`."""
    start = max(0, sign - _LOOK_BACK)
    odd = find_suspicious(text[start : sign + 1], encoding, strict=True)
    return max(0, (sign if odd is None else start + odd) - _BEFORE_SIGN)


def _read_window(
    window: bytes, encoding: str, context: str, ends: Ends, *, is_cut: bool
) -> list[Piece]:
    judges = _judges(encoding)
    try:
        text = decode_strict(window, encoding)
    except UnicodeDecodeError as problem:
        text = None
        if is_cut and problem.start > len(window) - _LONGEST_CHARACTER:
            window = window[: problem.start]
            text = decode_strict(window, encoding)
    pieces = likeliest_path(window, encoding, judges.first, context, ends).pieces
    if _UNITS_A_BAD_BYTE * sum(piece.damaged for piece in pieces) <= len(pieces) + 10:
        close = judges.close if text is None else judges.close_in_valid
        pieces = _look_closely(pieces, encoding, close, context, ends)
    return pieces if text is None else _only_convincing(pieces, window, text, encoding)


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
        first = max(place, bad - _CLOSE_BEFORE)
        last = bad
        behind = bad + _CLOSE_BEHIND
        while last < min(behind, len(pieces)):  # bad bytes close together are one matter
            if pieces[last].damaged:
                behind = last + _CLOSE_BEHIND
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
