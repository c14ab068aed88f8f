"""The encodings that can be read, under one name each, and strict reading and writing.

A label names a family of byte strings, and what stands under a subset's label is often
written in the superset: a page that declares gb2312 holds a 镕, one that declares big5 a 恒.
So the superset is always used, as the WHATWG Encoding Standard does for the web.
"""

from __future__ import annotations

import codecs
from typing import Final

from zhclean.errors import ConfigError

__all__ = ["CONTEXT_FREE", "OWN_CODECS", "canonical", "decode_strict", "encode_strict"]

#: Names that Python does not know -> ours. EUC-TW and ISO-2022-CN have no Python codec.
_OWN: Final = {
    "euctw": "euc-tw",
    "xeuctw": "euc-tw",
    "cns11643": "euc-tw",
    "iso2022cn": "iso-2022-cn",
    "iso2022cnext": "iso-2022-cn",
    "csiso2022cn": "iso-2022-cn",
    "xgbk": "gb18030",
    "windows936": "gb18030",
    "xbig5": "cp950",
    "xxbig5": "cp950",
    "cnbig5": "cp950",
    "windows950": "cp950",
    "xsjis": "cp932",
    "windows949": "cp949",
}

#: Python's name of a codec -> the superset that is used in its place, or the name we print.
_SUPERSETS: Final = {
    "ascii": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le",  # a byte order mark says otherwise
    "utf-32": "utf-32-le",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "cp950",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-1": "cp1252",
}

#: Encodings that are read and written by modules of ours, not by a codec of Python.
OWN_CODECS: Final = frozenset({"euc-tw", "hz", "iso-2022-cn"})

#: Codecs of Python that are no encodings of files.
_NOT_FOR_FILES: Final = frozenset(
    {
        "idna",
        "punycode",
        "unicode-escape",
        "unicode_escape",
        "raw-unicode-escape",
        "raw_unicode_escape",
        "undefined",
    }
)

#: Multibyte encodings in which every byte below 0x30 is itself, whatever stands before it.
CONTEXT_FREE: Final = frozenset(
    {"gb18030", "cp950", "big5hkscs", "cp932", "cp949", "euc_jp", "euc-tw"}
)


def canonical(name: str) -> str:
    """The one name of the encoding that is used for `name`.

    Raises `ConfigError` if no text encoding is called that, `TypeError` for what is no name.
    """
    if not isinstance(name, str):
        raise TypeError(f"an encoding is named by a str, not {name!r}")
    own = _OWN.get("".join(filter(str.isalnum, name.lower())))
    if own is not None:
        return own
    try:
        found = codecs.lookup(name).name
        "a".encode(name)  # refuses what is no text encoding, such as "rot13"
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        found = ""
    if not found or found in _NOT_FOR_FILES:
        raise ConfigError(f"unknown encoding {name!r}")
    return _SUPERSETS.get(found, found)


def decode_strict(data: bytes, encoding: str) -> str:
    """`data` read in a `canonical` encoding; raises `UnicodeDecodeError` where it cannot be."""
    if encoding == "euc-tw":
        from zhclean.encoding.decoding import cns11643

        return cns11643.decode_euc_tw(data)
    if encoding == "hz":
        from zhclean.encoding.decoding import seven_bit

        return seven_bit.decode_hz(data)
    if encoding == "iso-2022-cn":
        from zhclean.encoding.decoding import seven_bit

        return seven_bit.decode_iso_2022_cn(data)
    return data.decode(encoding)


def encode_strict(text: str, encoding: str) -> bytes:
    """`text` written in a `canonical` encoding; raises `UnicodeEncodeError` where it cannot be.

    Of ISO-2022-CN only the ASCII part can be written: the same text has many forms in it, so
    the bytes of all else are kept anyway.
    """
    if encoding == "euc-tw":
        from zhclean.encoding.decoding import cns11643

        return cns11643.encode_euc_tw(text)
    if encoding == "iso-2022-cn":
        return text.encode("ascii")
    return text.encode(encoding)
