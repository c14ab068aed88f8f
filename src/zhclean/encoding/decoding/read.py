"""Reading bytes in a known encoding, line by line where it does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from zhclean.encoding.decoding.charsets import CONTEXT_FREE, decode_strict
from zhclean.encoding.decoding.decoded import REPLACEMENT, Piece
from zhclean.encoding.decoding.detect import is_utf_8, without_utf_8
from zhclean.encoding.decoding.judges import FrequencyJudge
from zhclean.encoding.decoding.lattice import LENGTHS, likeliest_path
from zhclean.encoding.decoding.likelihood import find_suspicious, mean_of_wide, score
from zhclean.encoding.decoding.resynchronise import read_in_step
from zhclean.encoding.decoding.tolerant import greedy_pieces, read_greedily

__all__ = ["read"]

#: A line of another encoding must be this much likelier, in ln P, to be read by it.
_SWITCH: Final = 8.0
#: That much where other lines of the file are in the other encoding.
_SWITCH_BACK: Final = 2.0
#: And it must read as running text, or at least as Chinese.
_PLAUSIBLE: Final = -9.2
_CHINESE: Final = -11.5
#: Encodings in which single lines of a file turn up.
_LINE_ENCODINGS: Final = ("utf-8", "gb18030", "cp950")

#: Bytes that are tried at once.
_BLOCK: Final = 1 << 12

_HIGH: Final = re.compile(rb"[\x80-\xff]")
_AROUND: Final = 1 << 12
#: Bytes by which it is judged whether there is text at all, and the least ln P of one. Chinese
#: has -3.5, bytes drawn at random -6.5.
_PART: Final = 400
_TEXT_A_BYTE: Final = -5.4

#: Bytes up to one that no character holds: there all readings are in step again. So many characters,
#: and such a gain in ln P, tell that the first byte is what is left of a character.
_UNTIL_IN_STEP: Final = re.compile(rb"[^\x00-\x2f\x3a-\x3f]{0,80}")
_TWO_BYTES: Final = ("gb18030", "cp950", "big5hkscs")
_ENOUGH_TO_TELL: Final = 4
_CUT_AT_START: Final = 14.0

#: Encodings with shift states, in which a byte means what the bytes before it say.
_STATEFUL: Final = ("hz", "iso-2022", "iso2022", "utf-7")


def read(data: bytes, encoding: str, *, mixed: bool, text: str | None = None) -> Iterator[Piece]:
    """The pieces of `data` in `encoding`; `mixed` allows single lines in another one.

    `text` is the strict reading, if there is one already. Where the encoding is certain, so that
    nothing is mixed, that reading is not doubted: rare characters are no damage.
    """
    if text is None:
        text = _strict(data, encoding)
    if text is not None and not mixed:
        yield Piece(text, data)
    elif text is not None and not _doubtful(text, encoding):
        if not _begins_cut(data, encoding):
            yield Piece(text, data)
            return
        yield Piece(REPLACEMENT, data[:1], damaged=True)
        yield from read(data[1:], encoding, mixed=mixed)
    elif not _is_text(data, encoding):
        yield from greedy_pieces(data, encoding) if text is None else (Piece(text, data),)
    elif encoding in {"utf-16-le", "utf-16-be"}:
        yield from read_in_step(data, encoding, damaged=text is None)
    elif encoding in CONTEXT_FREE or encoding in {"utf-8", "cp1252"}:
        yield from _read_lines(data, encoding, mixed=mixed, damaged=text is None)
    elif encoding.startswith(_STATEFUL):
        yield from _read_stateful(data, encoding)
    else:
        yield from greedy_pieces(data, encoding)


def _is_text(data: bytes, encoding: str) -> bool:
    """Whether a part of the middle, read as well as it can be, is likely at all.

    In what is no text there is no step to get back into.
    """
    if encoding not in LENGTHS:
        return True
    middle = len(data) // 2 & ~1
    around = data[max(0, middle - _AROUND) : middle + _AROUND]
    if not encoding.startswith("utf-16"):
        around, _ = without_utf_8(around)
    high = _HIGH.search(around)
    if high is None:
        return True
    start = high.start() & ~1
    part = around[start : start + _PART]
    return likeliest_path(part, encoding, FrequencyJudge()).total > _TEXT_A_BYTE * len(part)


def _doubtful(text: str, encoding: str, *, damaged: bool = False) -> bool:
    """Whether a strict reading may be one out of step; UTF-8 never is."""
    in_question = encoding in CONTEXT_FREE or encoding.startswith("utf-16")
    return in_question and find_suspicious(text, encoding, strict=damaged) is not None


def _begins_cut(data: bytes, encoding: str) -> bool:
    """Whether `data`, though valid, begins with the second byte of a character.

    What follows it is out of step, and may end in a letter that becomes a second byte.
    """
    if encoding not in _TWO_BYTES or not data or data[0] < 0x80:
        return False
    found = _UNTIL_IN_STEP.match(data)
    start = found[0] if found is not None else b""
    cut = start[1:].decode(encoding, "replace")
    return (
        len(cut) > _ENOUGH_TO_TELL
        and mean_of_wide(cut) > _PLAUSIBLE
        and score(cut) - score(start.decode(encoding, "replace")) > _CUT_AT_START
    )


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return decode_strict(data, encoding)
    except UnicodeDecodeError:
        return None


def _read_lines(data: bytes, encoding: str, *, mixed: bool, damaged: bool) -> Iterator[Piece]:
    """The pieces of `data`, line by line where it is in doubt."""
    others = _other_encodings(data, encoding, damaged=damaged) if mixed else frozenset()
    damaged = damaged and not others  # they are why it could not be read
    start = 0
    while start < len(data):
        # Whole blocks of lines where all is well, single lines where not.
        end = data.find(b"\n", start + _BLOCK) + 1 or len(data)
        text = None if others else _strict(data[start:end], encoding)
        if text is not None and not _doubtful(text, encoding, damaged=damaged):
            yield Piece(text, data[start:end])
            start = end
        while start < end:
            line = data[start : data.find(b"\n", start) + 1 or len(data)]
            ends = (start == 0, start + len(line) == len(data))
            found = _likeliest_of_line(line, encoding, others, _SWITCH_BACK, _CHINESE)
            yield from _read_line(line, found, damaged=damaged, ends=ends)
            start += len(line)


def _read_line(
    line: bytes, encoding: str, *, damaged: bool, ends: tuple[bool, bool]
) -> Iterator[Piece]:
    text = _strict(line, encoding)
    if text is not None and not _doubtful(text, encoding, damaged=damaged):
        return iter((Piece(text, line),))
    if encoding in CONTEXT_FREE:
        return read_in_step(line, encoding, damaged=damaged, ends=ends)
    return greedy_pieces(line, encoding)


def _other_encodings(data: bytes, encoding: str, *, damaged: bool) -> frozenset[str]:
    """The encodings of lines that cannot well be in `encoding`.

    Where one line is in another encoding, so may be those that `encoding` reads as well.
    """
    candidates = frozenset(_LINE_ENCODINGS) - {encoding}
    found = set()
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + _BLOCK) + 1 or len(data)
        text = _strict(data[start:end], encoding)
        if text is None or _doubtful(text, encoding, damaged=damaged):
            for line in data[start:end].split(b"\n"):
                text = _strict(line, encoding)
                if text is None or _doubtful(text, encoding, damaged=damaged):
                    found.add(_likeliest_of_line(line, encoding, candidates, _SWITCH, _PLAUSIBLE))
        start = end
    return frozenset(found) - {encoding}


def _likeliest_of_line(
    line: bytes, encoding: str, others: frozenset[str], gain: float, mean: float
) -> str:
    """The encoding that a line is in: `encoding`, or one of `others` that is likelier by `gain`.

    `mean` is the least that its mean character must be, in ln P.
    """
    if not others or line.isascii():
        return encoding
    if "utf-8" in others and is_utf_8(line):
        return "utf-8"
    best, best_score = encoding, score(read_greedily(line, encoding)) + gain
    for other in sorted(others):
        text = read_greedily(line, other)
        total = score(text)
        if total > best_score and mean_of_wide(text) > mean:
            best, best_score = other, total
    return best


def _read_stateful(data: bytes, encoding: str) -> Iterator[Piece]:
    """Lines, each from the initial state; one that cannot be read is damaged as a whole."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start) + 1 or len(data)
        line = data[start:end]
        try:
            yield Piece(decode_strict(line, encoding), line)
        except UnicodeDecodeError:
            yield Piece(REPLACEMENT, line, damaged=True)
        start = end
