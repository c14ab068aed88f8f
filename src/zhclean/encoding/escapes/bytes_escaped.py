r"""Characters written as their bytes: `\xe4\xbd\xa0`, `%E4%BD%A0`, `=E4=BD=A0`, RFC 2047."""

from __future__ import annotations

import binascii
import re
import sys
from collections.abc import Iterator
from typing import Final

from zhclean.encoding.escapes.shown import in_url, is_shown, is_text, spoken_of
from zhclean.encoding.language import load

__all__ = ["byte_escapes", "encoded_words", "percent_escapes", "quoted_printable"]

# Escaped once, twice (JSON in JSON) or three times, all of them alike.
_BYTES: Final = re.compile(
    r"(\\(?:\\(?:\\\\)?)?)x[0-9a-fA-F]{2}(?:\1x[0-9a-fA-F]{2}){2,}+"
    r"(?:[\x20-\x5b\x5d-\x7e]{0,8}(?:\1x[0-9a-fA-F]{2})++)*+"
)
# Between the escapes what percent-encoding leaves as it is (RFC 3986, unreserved): in GBK
# the second byte of a character can be a letter.
_PERCENT: Final = re.compile(r"%[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2}|[A-Za-z0-9_.~-])*+")
_QUOTED: Final = re.compile(
    r"(?:=[0-9A-F]{2}){2,}+(?:=\r?\n|=[0-9A-F]{2}|[!-<>-~ ]{1,70}(?=(?:=\r?\n)?=[0-9A-F]{2}))*+"
)
# A line in which `=` stands for nothing else. Not from behind a soft break, which would make the
# search quadratic.
_QUOTED_LINE: Final = re.compile(
    r"(?<!=\n)(?<!=\r\n)^(?:[\t -<>-~]|=[0-9A-F]{2}|=\r?\n)++(?=\r?$)", re.MULTILINE
)
_QUOTED_RUN: Final = re.compile(r"(?:=[0-9A-F]{2}|=\r?\n)++")
_WORD: Final = re.compile(r"=\?([A-Za-z0-9_-]{2,20})\?([BbQq])\?([!->@-~ ]*+)\?=")
#: An escaped byte of each kind: `%20` in quoted-printable is text.
_ESCAPED_BYTE: Final = {
    "\\": re.compile(rb"\\{1,4}x([0-9a-fA-F]{2})"),
    "%": re.compile(rb"%([0-9a-fA-F]{2})"),
    "=": re.compile(rb"=([0-9a-fA-F]{2})"),
}
_SOFT_BREAK: Final = re.compile(rb"=\r?\n")
#: Mean ln P of a character: running Chinese lies between -6 and -3, bytes that merely happen
#: to be GBK below -11.
_PLAUSIBLE: Final = -8.0
#: The same where all are everyday ones, level 1 of GB 2312 and its punctuation, and so many.
_POSSIBLE: Final = -10.0
_MANY: Final = 8
_EVERYDAY: Final = re.compile(rb"(?:[\x00-\x7f]|[\xa1\xa3\xb0-\xd7][\xa1-\xfe])++")
#: The superset codec that files with these labels are really in.
_SUPERSETS: Final = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950"}


def byte_escapes(text: str) -> Iterator[tuple[int, int, str, str]]:
    r"""E408: `\xe4\xbd\xa0`."""
    return _escapes(text, _BYTES, "E408")


def percent_escapes(text: str) -> Iterator[tuple[int, int, str, str]]:
    """E409: `%E4%BD%A0` outside URLs and paths."""
    return _escapes(text, _PERCENT, "E409")


def quoted_printable(text: str) -> Iterator[tuple[int, int, str, str]]:
    """E410: `=E4=BD=A0`, with the soft line breaks."""
    whole = 0
    for line in _QUOTED_LINE.finditer(text):
        if _is_quoted(text, line):
            yield from _escapes(text, _QUOTED, "E410", whole, line.start())
            for run in _QUOTED_RUN.finditer(text, line.start(), line.end()):
                yield *run.span(), _unescaped(run.group(), "=").decode(), "E410"
            whole = line.end()
    yield from _escapes(text, _QUOTED, "E410", whole)


def _is_quoted(text: str, line: re.Match[str]) -> bool:
    """Whether each `=` of a line, soft breaks taken out, is that of quoted-printable Chinese."""
    if _QUOTED.search(text, *line.span()) is None:
        return False
    try:
        after = _unescaped(line.group(), "=").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return is_text(after) and not is_shown(text, *line.span(), after)


def _escapes(
    text: str, pattern: re.Pattern[str], code: str, start: int = 0, end: int = sys.maxsize
) -> Iterator[tuple[int, int, str, str]]:
    for found in pattern.finditer(text, start, end):
        start, end = found.span()
        after = _decoded(_unescaped(found.group(), found.group()[0]))
        if after is None or is_shown(text, start, end, after):
            continue
        if code != "E409" or not in_url(text, start, whole=False):
            yield start, end, after, code


def _unescaped(escaped: str, sign: str) -> bytes:
    raw = _SOFT_BREAK.sub(b"", escaped.encode("ascii"))
    return _ESCAPED_BYTE[sign].sub(lambda escape: bytes.fromhex(escape[1].decode()), raw)


def _decoded(data: bytes) -> str | None:
    """The Chinese text in `data`, if it is some: UTF-8, else GBK that reads well."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            return None
        # An emoji says nothing about the encoding.
        foreign = "".join(char for char in text if "\x7f" < char < "\U0001f300")
        written = foreign.encode("gb18030")
        everyday = len(foreign) >= _MANY and _EVERYDAY.fullmatch(written) is not None
        least = _POSSIBLE if everyday else _PLAUSIBLE
        if len(foreign) < 2 or load().plausible(foreign) < least:
            return None
    return text if is_text(text) else None


def encoded_words(text: str) -> Iterator[tuple[int, int, str, str]]:
    """E411: encoded words of mail headers (RFC 2047), neighbours joined."""
    words: list[re.Match[str]] = []
    for found in _WORD.finditer(text):
        if words and text[words[-1].end() : found.start()].strip(" \t\r\n"):
            yield from _joined(text, words)
            words = []
        words.append(found)
    if words:
        yield from _joined(text, words)


def _joined(text: str, words: list[re.Match[str]]) -> Iterator[tuple[int, int, str, str]]:
    start, end = words[0].start(), words[-1].end()
    pieces: list[tuple[str, bytes]] = []
    for word in words:
        data = _word_bytes(word)
        if data is None:
            return
        charset = _SUPERSETS.get(word[1].lower(), word[1].lower())
        # A character may be cut between two words, against the rules, and often is.
        if pieces and pieces[-1][0] == charset:
            data = pieces.pop()[1] + data
        pieces.append((charset, data))
    try:
        after = "".join(data.decode(charset) for charset, data in pieces)
    except (LookupError, UnicodeDecodeError):
        return
    if is_text(after) and not spoken_of(text, start, end, after):
        yield start, end, after, "E411"


def _word_bytes(word: re.Match[str]) -> bytes | None:
    if word[2] in "Qq":
        return _unescaped(word[3].replace("_", " "), "=")
    try:
        return binascii.a2b_base64(word[3].encode("ascii"), strict_mode=True)
    except binascii.Error:
        return None
