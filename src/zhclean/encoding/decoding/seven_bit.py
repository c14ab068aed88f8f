"""Encodings that write Chinese in seven bits: HZ (RFC 1843) and ISO-2022-CN (RFC 1922).

Both wrap a double-byte set in escape sequences. The pairs are read here as what they are
with their high bits set, so that HZ is GB 18030 and not the 1980 set alone: Python's own
`hz` reads the common dash as U+2015 and stops at every later character.
"""

from __future__ import annotations

import re
from typing import Final

from zhclean.encoding.decoding.cns11643 import characters

__all__ = ["decode_hz", "decode_iso_2022_cn", "escaped_encoding"]

#: ~{ opens pairs, ~} closes them, ~~ is a tilde, ~ and line feed a line that goes on.
_HZ: Final = re.compile(rb"~\{((?:[!-}][!-~])*)(?:~\}|(?=\n)|\Z)|~(~|\n)|([^~]+)|(?s:.)")
_HZ_SIGN: Final = re.compile(rb"~\{(?:[!-w][!-~])+~\}")

#: SO, SI, ESC N (one character of set 2), a designation, a run of plain bytes.
_ISO_2022: Final = re.compile(
    rb"(\x0e)|(\x0f)|\x1bN(..)|\x1b\$([)*+][A-Z])|([^\x0e\x0f\x1b]+)|(?s:.)", re.DOTALL
)
_GB: Final = 0  # in place of a plane of CNS 11643
_DESIGNATED: Final = {
    b")A": _GB,
    b")G": 1,
    b"*H": 2,
    b"+I": 3,
    b"+J": 4,
    b"+K": 5,
    b"+L": 6,
    b"+M": 7,
}
_SET_HIGH_BIT: Final = bytes(byte | 0x80 for byte in range(0x100))


def escaped_encoding(data: bytes) -> str | None:
    """The encoding whose escape sequences stand in seven-bit `data`, or None."""
    if b"\x1b$" in data:
        if re.search(rb"\x1b\$\)C", data):
            return "iso2022_kr"
        if re.search(rb"\x1b\$[)*+][AG-M]", data):
            return "iso-2022-cn"
        if re.search(rb"\x1b\$\(?[@BDAC]", data):
            return "iso2022_jp_2"
    if b"~{" in data and _HZ_SIGN.search(data):
        return "hz"
    return None


def decode_hz(data: bytes) -> str:
    """`data` read as HZ; raises `UnicodeDecodeError`."""
    pieces: list[str] = []
    for unit in _HZ.finditer(data):
        pairs, escape, plain = unit.groups()
        if pairs is not None:
            pieces.append(pairs.translate(_SET_HIGH_BIT).decode("gb18030"))
        elif plain is not None:
            pieces.append(plain.decode("ascii"))
        elif escape is None:
            raise UnicodeDecodeError("hz", data, unit.start(), unit.end(), "not an escape")
        elif escape == b"~":
            pieces.append("~")
    return "".join(pieces)


def decode_iso_2022_cn(data: bytes) -> str:
    """`data` read as ISO-2022-CN or -CN-EXT; raises `UnicodeDecodeError`."""
    pieces: list[str] = []
    plane: int | None = None  # of the set that SO shifts to
    second: dict[bytes, int] = {}  # ESC N: plane 2, ESC O (not read): planes 3 to 7
    shifted = False
    for unit in _ISO_2022.finditer(data):
        out, back, single, designation, plain = unit.groups()
        if out is not None:
            shifted = True
        elif back is not None:
            shifted = False
        elif designation is not None and designation in _DESIGNATED:
            if designation.startswith(b")"):
                plane = _DESIGNATED[designation]
            else:
                second[designation[:1]] = _DESIGNATED[designation]
        elif single is not None and b"*" in second:
            pieces.append(_pairs(single, second[b"*"], data, unit.start()))
        elif plain is None:
            raise UnicodeDecodeError("iso-2022-cn", data, unit.start(), unit.end(), "no escape")
        elif not shifted:
            pieces.append(plain.decode("ascii"))
        else:
            # A line end takes the shift back, as the standard has it; CR and LF are no pair.
            line, end, _ = plain.partition(b"\n")
            if plane is None:
                raise UnicodeDecodeError("iso-2022-cn", data, unit.start(), unit.end(), "no set")
            pieces.append(_pairs(line.rstrip(b"\r"), plane, data, unit.start()))
            pieces.append(plain[len(line.rstrip(b"\r")) :].decode("ascii"))
            shifted = not end and shifted
    return "".join(pieces)


def _pairs(codes: bytes, plane: int, data: bytes, start: int) -> str:
    if plane == _GB:
        return codes.translate(_SET_HIGH_BIT).decode("gb18030")
    table = characters()
    try:
        return "".join(
            table[plane, codes[place], codes[place + 1]] for place in range(0, len(codes), 2)
        )
    except (KeyError, IndexError):
        end = start + max(1, len(codes))
        raise UnicodeDecodeError("iso-2022-cn", data, start, end, "no character") from None
