"""Which encoding bytes are in.

The order is by cost and certainty: byte order mark, seven-bit escapes, strict UTF-8, strict
GB 18030 that reads as Chinese, chardet; for what is left, every candidate reads the bytes as
well as it can and the likeliest text wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from zhclean.encoding.decoding import chardet_adapter
from zhclean.encoding.decoding.charsets import canonical, decode_strict
from zhclean.encoding.decoding.judges import FrequencyJudge
from zhclean.encoding.decoding.lattice import LENGTHS, likeliest_path
from zhclean.encoding.decoding.likelihood import BAD_BYTE, find_suspicious, mean_of_wide, score
from zhclean.encoding.decoding.seven_bit import escaped_encoding
from zhclean.encoding.decoding.tolerant import read_greedily
from zhclean.errors import ConfigError

__all__ = ["Found", "byte_order_mark", "detect", "is_utf_8", "strict_utf_8", "without_utf_8"]

#: Byte order marks, the longer first: that of UTF-32-LE begins with that of UTF-16-LE.
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

#: The mean ln P of wide characters above which a reading is beyond doubt. Running text has
#: -6.6, names and poems down to -8; a wrong reading lies about -11.
_PLAUSIBLE: Final = -7.8

#: The same of a few hundred of them, whose mean is off by 0.15 at most times.
_CERTAIN: Final = -7.2
_FIRST_LOOK: Final = 200

#: Fewer wide characters than this prove nothing: all candidates are compared.
_ENOUGH: Final = 8

#: All candidates, the commoner first: the first of equals wins.
_CANDIDATES: Final = (
    "utf-8",
    "gb18030",
    "cp950",
    "big5hkscs",
    "utf-16-le",
    "utf-16-be",
    "cp932",
    "cp949",
    "euc_jp",
    "cp1252",
)
#: Pairs of EUC, and in a group what is none.
_NOT_EUC: Final = re.compile(rb"(?:\x8e[\xa1-\xb0][\xa1-\xfe]{2}|[\xa1-\xfe]{2})+|([\x80-\xff])")
_HIGH: Final = re.compile(rb"[\x80-\xff]")

#: ln of how likely each is beforehand, in files that are worth cleaning as Chinese.
_PRIORS: Final = {
    "cp950": -1.0,
    "big5hkscs": -5.0,
    "utf-16-le": -3.0,
    "utf-16-be": -4.0,
    "cp932": -9.0,
    "cp949": -11.0,
    "euc_jp": -9.0,
    "euc-tw": -6.0,
    "cp1252": -9.0,
}

#: Encoding -> the letters of its language, and how many there are at least to an ideograph.
_LETTERS: Final = {
    "cp932": (re.compile("[\u3041-\u30ff]"), 0.2),
    "euc_jp": (re.compile("[\u3041-\u30ff]"), 0.2),
    "cp949": (re.compile("[\uac00-\ud7a3]"), 1.0),
}
_IDEOGRAPHS: Final = re.compile("[\u4e00-\u9fff]")
_WITHOUT_LETTERS: Final = -60.0

_BEYOND_TWO_BYTES: Final = re.compile("[\u0800-\U0010ffff]")

#: ln of how much likelier an encoding is when the page itself declares it. Small: many
#: declarations are those of a template into which other text was pasted.
_DECLARED: Final = 4.0
_DECLARATION: Final = re.compile(
    rb"""(?:charset|encoding)\s{0,4}=\s{0,4}["']?([A-Za-z0-9_.:-]{3,20})""", re.IGNORECASE
)

_THREE_BYTES: Final = re.compile(rb"[\xe1-\xef][\x80-\xbf]{2}")

#: Bytes of each of the three samples that long inputs are judged by.
_SAMPLE: Final = 1 << 14
#: Bytes that are read by lattice when greedy reading makes no sense in any encoding.
_LATTICE_SAMPLE: Final = 800
#: Bytes on either side of one that cannot be read.
_AROUND_ERROR: Final = 80


def byte_order_mark(data: bytes) -> tuple[bytes, str] | None:
    """The byte order mark that `data` begins with, and its encoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return mark, encoding
    return None


class Found(NamedTuple):
    """A `canonical` encoding, and the strict reading in it where one was made."""

    encoding: str
    text: str | None = None


def detect(data: bytes) -> Found:
    """The encoding of `data`, which has no byte order mark."""
    text = strict_utf_8(data)
    if text is not None and text.isascii():
        escaped = escaped_encoding(data)
        if escaped is not None and _readable(data, escaped):
            return Found(escaped)
    if (wide := _wide_by_zeros(data)) is not None:
        return Found(wide)
    if text is not None and not _narrow_doubt(text):
        return Found("utf-8", text)
    if (text := _read(data, "gb18030")) is not None and _is_chinese(text):
        return Found("gb18030", text)
    sample, in_utf_8 = without_utf_8(_sample(data))
    if in_utf_8 >= len(sample):
        return Found("utf-8")
    if (guessed := _ask_chardet(data, sample)) is not None:
        return guessed
    candidates = (*_CANDIDATES, "euc-tw") if _may_be_euc(sample) else _CANDIDATES
    likeliest = best_of(sample, candidates, _declared(data))
    if likeliest == "cp950":
        likeliest = _kind_of_big5(data)
    return Found(likeliest)


def strict_utf_8(data: bytes) -> str | None:
    """`data` read as UTF-8, or None."""
    return _read(data, "utf-8")


def _may_be_euc(sample: bytes) -> bool:
    """Whether the bytes are in pairs, as in EUC-TW, whose table takes long to load."""
    return 8 * sum(map(len, _NOT_EUC.findall(sample))) < len(_HIGH.findall(sample))


def best_of(sample: bytes, candidates: tuple[str, ...], declared: str | None = None) -> str:
    """The candidate that makes the likeliest text of `sample`."""
    beforehand = dict.fromkeys(candidates, 0.0) | _PRIORS
    if declared in beforehand:
        beforehand[declared] += _DECLARED

    def best(score_of: Callable[[bytes, str], float], part: bytes) -> str:
        return max(candidates, key=lambda name: score_of(part, name) + beforehand[name])

    likeliest = best(_score_greedily, sample)
    if mean_of_wide(read_greedily(sample, likeliest)) >= _PLAUSIBLE:
        return likeliest
    # Bytes are missing, so that greedy reading is out of step: look closely at a part.
    first = re.search(rb"[\x80-\xff]", sample)
    start = first.start() & ~3 if first else 0
    return best(_score_closely, sample[start : start + _LATTICE_SAMPLE])


def _score_closely(data: bytes, encoding: str) -> float:
    if encoding in LENGTHS:
        path = likeliest_path(data, encoding, FrequencyJudge())
        text = "".join(piece.text for piece in path.pieces)
        return path.total + _lacks_its_letters(text, encoding)
    return _score_greedily(data, encoding)


def _lacks_its_letters(text: str, encoding: str) -> float:
    """ln of how unlikely Japanese without kana is, and Korean without Hangul.

    A list of rare Chinese characters may well read as commoner ones of theirs.
    """
    if encoding not in _LETTERS:
        return 0.0
    letters, share = _LETTERS[encoding]
    enough = len(letters.findall(text)) > share * len(_IDEOGRAPHS.findall(text))
    return 0.0 if enough else _WITHOUT_LETTERS


def _score_greedily(data: bytes, encoding: str) -> float:
    text = read_greedily(data, encoding)
    total = score(text) + _lacks_its_letters(text, encoding)
    if encoding.startswith("utf-16") and len(data) > 2:
        # Cut in mid-character, it reads out of step from its first byte on.
        total = max(total, BAD_BYTE + score(read_greedily(data[1:], encoding)))
    return total


def _read(data: bytes, encoding: str) -> str | None:
    try:
        return decode_strict(data, encoding)
    except UnicodeDecodeError:
        return None


def _readable(data: bytes, encoding: str) -> bool:
    return _read(data, encoding) is not None


#: So many different two-byte characters are UTF-8: by chance once in two million.
_DIFFERENT: Final = 8


def _narrow_doubt(text: str) -> bool:
    """Whether valid UTF-8 may still be something else: only two-byte characters, or NULs.

    Two Chinese characters in GBK can be two Cyrillic or Arabic ones in UTF-8, as the famous
    联通 once was; three bytes in a row never fit by chance for long. Of the common characters of
    GBK one in six is two bytes that fit, so that a few different ones hardly all are.
    """
    if text.isascii():
        return re.search(r"[\0-\x08\x0e-\x1a\x1c-\x1f]", text) is not None
    if _BEYOND_TWO_BYTES.search(text) is not None or mean_of_wide(text) >= -8.6:
        return False
    different = {character for character in text[:_SAMPLE] if character > "\x7f"}
    return len(different) < _DIFFERENT and not _is_utf_8_twice(text)


def _is_utf_8_twice(text: str) -> bool:
    """Whether `text` is UTF-8 that was read as Latin-1: then its own bytes were UTF-8 for sure."""
    try:
        return _BEYOND_TWO_BYTES.search(text.encode("latin-1").decode("utf-8")) is not None
    except UnicodeError:
        return False


def _is_chinese(text: str) -> bool:
    """Whether a reading in GB 18030 is beyond doubt.

    Kana leave it open: EUC-JP has them at the same codes.
    """
    wide = re.sub(r"[\0-\x7f]+", "", text[:_SAMPLE])
    if len(wide) < _ENOUGH or re.search("[\u3040-\u30ff]", wide) is not None:
        return False
    some = wide[:: len(wide) // _FIRST_LOOK + 1]
    return score(some) >= _CERTAIN * len(some) or score(wide) >= _PLAUSIBLE * len(wide)


def without_utf_8(sample: bytes) -> tuple[bytes, int]:
    """`sample` without its lines in UTF-8, and the length of those.

    Three-byte characters of UTF-8 in a row are proof: no text of another encoding has them.
    """
    lines = sample.split(b"\n")
    others = [line for line in lines if not is_utf_8(line)]
    rest = b"\n".join(others)
    return (rest if len(others) < len(lines) else sample), len(sample) - len(rest)


def is_utf_8(line: bytes) -> bool:
    """Whether `line` is proved to be UTF-8 by two characters of three bytes at least."""
    return len(_THREE_BYTES.findall(line)) > 1 and _readable(line, "utf-8")


def _ask_chardet(data: bytes, sample: bytes) -> Found | None:
    guessed = chardet_adapter.guess(sample)
    if guessed is None:
        return None
    if guessed == "big5hkscs":
        guessed = _kind_of_big5(data)
    text = _read(data, guessed)
    if (
        text is None
        or mean_of_wide(_sample_of(text)) < _PLAUSIBLE
        or find_suspicious(text, guessed) is not None
    ):
        return None
    return Found(guessed, text)


def _sample_of(text: str) -> str:
    """Three parts of a long text."""
    middle = len(text) // 2
    if len(text) <= 3 * _SAMPLE:
        return text
    return text[:_SAMPLE] + text[middle : middle + _SAMPLE] + text[-_SAMPLE:]


def _kind_of_big5(data: bytes) -> str:
    """Code page 950, or the Hong Kong set where 950 reads nothing or stray kana for it."""
    hong_kong = _read(data, "big5hkscs")
    if hong_kong is None:
        return "cp950"
    try:
        microsoft = decode_strict(data, "cp950")
    except UnicodeDecodeError as error:
        # Or is it 950 with a byte less, which the larger set can read?
        start = max(0, data.rfind(b"\n", 0, error.start), error.start - _AROUND_ERROR)
        around = data[start : error.start + _AROUND_ERROR]
        return max(
            ("cp950", "big5hkscs"), key=lambda name: _score_closely(around, name) + _PRIORS[name]
        )
    return "big5hkscs" if _kana(hong_kong) < _kana(microsoft) else "cp950"


def _kana(text: str) -> int:
    return len(re.findall("[\u3041-\u30ff]", text))


def _wide_by_zeros(data: bytes) -> str | None:
    """UTF-32, by the zero bytes that each of its characters has."""
    if len(data) < 8 or b"\0" not in data:
        return None
    length = len(data) & ~3
    for encoding, offset in (("utf-32-le", 3), ("utf-32-be", 0)):
        if not any(data[offset:length:4]) and _readable(data[:length], encoding):
            return encoding
    return None


def _declared(data: bytes) -> str | None:
    """The encoding that the head of a page says it is in."""
    found = _DECLARATION.search(data[:4096])
    if found is None:
        return None
    try:
        return canonical(found.group(1).decode("ascii"))
    except ConfigError:
        return None


def _sample(data: bytes) -> bytes:
    """The input, or of a long one three parts, where there is something to judge."""
    if len(data) <= 3 * _SAMPLE:
        return data
    first = re.search(rb"[\x80-\xff]", data)
    # Multiples of four keep wide characters in step.
    starts = {
        (first.start() if first else 0) & ~3,
        (len(data) // 2) & ~3,
        (len(data) - _SAMPLE) & ~3,
    }
    return b"\n\0\0\n".join(data[start : start + _SAMPLE] for start in sorted(starts))
