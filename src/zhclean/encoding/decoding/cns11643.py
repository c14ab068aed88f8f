"""CNS 11643, the character set of Taiwan's standard, and EUC-TW, its encoding for files.

Python has no codec for it. The table is written by `tools/build_cns11643.py`; its layout and
sources stand there.
"""

from __future__ import annotations

import lzma
import re
from functools import cache
from typing import Final

from zhclean.package_data import read_data

__all__ = ["characters", "decode_euc_tw", "encode_euc_tw"]

_PLANES: Final = (1, 2, 3, 4, 5, 6, 7, 15)
_CELLS: Final = 94 * 94

#: ASCII; a plane named by 8E and a byte; plane 1 by two bytes alone; anything else.
_UNIT: Final = re.compile(rb"[\0-\x7f]+|\x8e[\xa1-\xa7\xaf][\xa1-\xfe]{2}|[\xa1-\xfe]{2}|(?s:.)")


@cache
def characters() -> dict[tuple[int, int, int], str]:
    """(plane, row byte, column byte) -> character; the bytes are those of GL, 0x21 to 0x7E."""
    packed = read_data("zhclean.encoding.decoding", "cns11643.bin")
    text = lzma.decompress(packed).decode("utf-8")
    return {
        (_PLANES[place // _CELLS], 0x21 + place % _CELLS // 94, 0x21 + place % 94): char
        for place, char in enumerate(text)
        if char != "\0"
    }


@cache
def _codes() -> dict[str, bytes]:
    """Character -> its shortest EUC-TW code; the first plane wins."""
    codes: dict[str, bytes] = {}
    for (plane, row, column), char in characters().items():
        pair = bytes((row | 0x80, column | 0x80))
        codes.setdefault(char, pair if plane == 1 else bytes((0x8E, 0xA0 | plane)) + pair)
    return codes


def decode_euc_tw(data: bytes) -> str:
    """`data` read as EUC-TW; raises `UnicodeDecodeError`."""
    table = characters()
    pieces: list[str] = []
    for unit in _UNIT.finditer(data):
        code = unit.group()
        if code[0] < 0x80:
            pieces.append(code.decode("ascii"))
            continue
        plane = code[1] & 0x0F if len(code) == 4 else 1
        char = table.get((plane, code[-2] & 0x7F, code[-1] & 0x7F)) if len(code) > 1 else None
        if char is None:
            raise UnicodeDecodeError("euc-tw", data, unit.start(), unit.start() + 1, "no character")
        pieces.append(char)
    return "".join(pieces)


def encode_euc_tw(text: str) -> bytes:
    """`text` written as EUC-TW; raises `UnicodeEncodeError`."""
    codes = _codes()
    pieces: list[bytes] = []
    for place, char in enumerate(text):
        code = char.encode("ascii") if char < "\x80" else codes.get(char)
        if code is None:
            raise UnicodeEncodeError("euc-tw", text, place, place + 1, "no code")
        pieces.append(code)
    return b"".join(pieces)
