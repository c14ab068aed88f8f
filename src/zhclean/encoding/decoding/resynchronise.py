"""Getting back into step: where bytes cannot be read, or read as nothing that is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from zhclean.encoding.decoding.charsets import decode_strict, encode_strict
from zhclean.encoding.decoding.decoded import REPLACEMENT, Piece
from zhclean.encoding.decoding.judges import (
    Contexts,
    FrequencyJudge,
    Judge,
    LanguageJudge,
    RemnantJudge,
)
from zhclean.encoding.decoding.lattice import Unit, likeliest_path
from zhclean.encoding.decoding.likelihood import find_suspicious, mean_of_wide

__all__ = ["read_in_step"]

#: Bytes read strictly at once.
_CHUNK: Final = 4096
#: No character is longer; a chunk may end inside one.
_LONGEST_CHARACTER: Final = 4

#: Characters in front of the first surprise at which a window opens, and where one opens that
#: has no surprise in front of the byte that cannot be read.
_BEFORE_SURPRISE: Final = 6
_BEFORE_ERROR: Final = 14
#: ln P of a character that is a surprise, and how far back it may belong to the same trouble.
_SURPRISE: Final = -10.5
_LOOK_BACK: Final = 64
#: Trouble within so many characters of the beginning of the input may start with it.
_FIRST_CHARACTERS: Final = 32
#: Bytes behind it that are read by the window, and further ones that help to judge.
_BEHIND: Final = 28
_OVERLAP: Final = 16

#: ln P that a character lost a byte: where something cannot be read; where all can, although
#: one byte is missing; the same where the first judge finds the reading with a loss so much
#: likelier in ln P; and where all can be read because two are missing.
_LOSS: Final = -7.0
_ONE_LOSS_IN_VALID: Final = -8.0
_EVIDENT_LOSS_IN_VALID: Final = -6.5
_EVIDENT: Final = 5.0
_LOSS_IN_VALID: Final = -14.0
#: Encodings in which nearly every byte can stand behind every other. In GB 18030 and its like
#: one loss makes what follows invalid, unless an ASCII letter is there to be swallowed.
_ONE_LOSS_STAYS_VALID: Final = frozenset({"cp950", "big5hkscs", "utf-16-le", "utf-16-be"})
#: ln P of a bad byte to the judge that finds places to look at closely.
_BAD_BYTE_AT_FIRST: Final = -8.0
_BAD_BYTE_IN_WHOLE: Final = -8.0

#: Beside a bad byte a character is shown when it has this share of the readings.
_SURE: Final = 0.9

#: More bad bytes than one in so many units are no damaged text.
_UNITS_A_BAD_BYTE: Final = 2

#: How likely the mean character must be that a reading with bad bytes puts into a stretch
#: that can be read without: rare names stand out of step by no evidence but their rarity.
_MEAN: Final = -11.1

#: The last characters of a text that no longer character can reach across: bytes below 0x30,
#: and those between the digits and the letters, are themselves in every encoding read here
#: but UTF-16.
_SINCE_IN_STEP: Final = re.compile("[^\0-\x2f\x3a-\x3f]*")

#: What is out of step in GB 18030 hardly ever holds: ideographs of four bytes, every second one an
#: ASCII digit, and kana in a row, all of which have the same first byte.
_IN_STEP: Final = re.compile(
    "[\u3400-\u4dbf\u9fa6-\u9fff\U00020000-\U0003ffff]|[\u3041-\u3093]{3}|[\u30a1-\u30f6]{3}"
)

#: Encodings of other languages, of which the language model knows nothing.
_NOT_CHINESE: Final = frozenset({"cp932", "cp949", "euc_jp"})

Ends = tuple[bool, bool]


@cache
def _first_judge(encoding: str, *, damaged: bool) -> Judge:
    if encoding in _NOT_CHINESE:
        return FrequencyJudge()
    from zhclean.encoding.language import load

    return LanguageJudge(load(), _BAD_BYTE_AT_FIRST if damaged else _BAD_BYTE_IN_WHOLE)


@cache
def _close_judge(encoding: str, loss: float) -> Judge:
    if encoding in _NOT_CHINESE:
        return FrequencyJudge()
    from zhclean.encoding.language import load

    return RemnantJudge(load(), encoding, loss)


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
        for piece in _read_window(
            window, encoding, context, at_ends, is_cut=is_cut, damaged=damaged
        ):
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
        trusted = _before_surprise(text, sign, encoding)
    elif error == len(chunk):
        return _Trouble(text, len(chunk), -1)
    elif not is_last and error > len(chunk) - _LONGEST_CHARACTER:
        return _Trouble(text, error, -1)
    else:
        trusted = _before_surprise(text, len(text), encoding)
    if is_start and trusted < _FIRST_CHARACTERS:
        trusted = 0  # cut in a character, the input is out of step from its first byte on
    length = len(encode_strict(text[:trusted], encoding))
    at = error if sign is None else len(encode_strict(text[:sign], encoding))
    return _Trouble(text[:trusted], length, at)


def _before_surprise(text: str, sign: int, encoding: str) -> int:
    """Where to open a window for the trouble that shows itself behind `text[:sign]`."""
    start = max(0, sign - _LOOK_BACK)
    judge = _first_judge(encoding, damaged=True)
    contexts: Contexts = ((text[max(0, start - 2) : start], 0.0),)
    surprise = sign - _BEFORE_ERROR + _BEFORE_SURPRISE
    for place in range(start, sign):
        likelihood, contexts = judge.step(contexts, text[place])
        if likelihood < _SURPRISE:
            surprise = min(surprise, place)
            break
    opened = max(start, surprise - _BEFORE_SURPRISE)
    if encoding.startswith("utf-16"):
        return opened
    since = _SINCE_IN_STEP.match(text[:sign][: -_LOOK_BACK - 1 : -1])
    return max(opened, sign - (since.end() if since else 0))


def _read_window(
    window: bytes,
    encoding: str,
    context: str,
    ends: Ends,
    *,
    is_cut: bool,
    damaged: bool,
) -> list[Piece]:
    try:
        text = decode_strict(window, encoding)
    except UnicodeDecodeError as problem:
        text = None
        if is_cut and problem.start > len(window) - _LONGEST_CHARACTER:
            window = window[: problem.start]
            text = decode_strict(window, encoding)
    first = _first_judge(encoding, damaged=damaged)
    total, pieces, _ = likeliest_path(window, encoding, first, context, ends)
    bad = _count_bad(pieces)
    close = bad or (damaged and encoding in _ONE_LOSS_STAYS_VALID)
    if _UNITS_A_BAD_BYTE * bad > len(pieces) + 10 or not close:
        return pieces
    loss = _LOSS
    if text is not None:
        gain = total - _ln_p(text, first, context)
        loss = _EVIDENT_LOSS_IN_VALID if gain >= _EVIDENT else _ONE_LOSS_IN_VALID
    path = likeliest_path(window, encoding, _close_judge(encoding, loss), context, ends)
    if text is not None and _count_bad(path.pieces) > 1 and encoding not in _ONE_LOSS_STAYS_VALID:
        judge = _close_judge(encoding, _LOSS_IN_VALID)
        path = likeliest_path(window, encoding, judge, context, ends)
    pieces = path.pieces
    if text is not None and not damaged:
        pieces = _only_convincing(pieces, window, text, encoding)
    return _without_doubtful(pieces, path.shares()) if _count_bad(pieces) else pieces


def _without_doubtful(pieces: list[Piece], shares: Mapping[Unit, float]) -> list[Piece]:
    """`pieces`; beside a bad byte, what other readings have otherwise is bad too.

    Of three bytes of two characters nothing may say which two are one: then neither is shown.
    """
    doubtful = set()
    offset = 0
    for place, piece in enumerate(pieces):
        end = offset + len(piece.data)
        if not piece.damaged and shares.get((offset, end, False), 1.0) < _SURE:
            doubtful.add(place)
        offset = end
    result = list(pieces)
    for place, piece in enumerate(pieces):
        if not piece.damaged:
            continue
        for step in (-1, 1):
            beside = place + step
            while beside in doubtful:
                result[beside] = Piece(REPLACEMENT, pieces[beside].data, damaged=True)
                beside += step
    return result


def _ln_p(text: str, judge: Judge, context: str) -> float:
    """ln P of a reading without bad bytes."""
    total = 0.0
    contexts: Contexts = ((context[-2:], 0.0),)
    for char in text:
        likelihood, contexts = judge.step(contexts, char)
        total += likelihood
    return total


def _count_bad(pieces: list[Piece]) -> int:
    return sum(piece.damaged for piece in pieces)


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
            if any(part.damaged for part in stretch):
                shown = text[valid[start] : valid[offset]]
                in_step = encoding == "gb18030" and _IN_STEP.search(shown) is not None
                if in_step or not _makes_sense(stretch):
                    stretch = [Piece(shown, code[start:offset])]
            result += stretch
            stretch, start = [], offset
    return result


def _makes_sense(stretch: list[Piece]) -> bool:
    read = "".join(piece.text for piece in stretch if not piece.damaged)
    return not read.isascii() and mean_of_wide(read) > _MEAN
