"""What stands at one position of the damaged text, looked up once for all readings of it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from zhclean.encoding.annotated.gbk import A3, MARK_BYTES, pair_of
from zhclean.encoding.annotated.habits import CONTRARY
from zhclean.encoding.annotated.page import Page
from zhclean.encoding.annotated.readings import ANNOTATION, SYLLABLE

__all__ = ["MARKS", "Piece", "piece_at"]

#: A mark behind a lost byte: full-width, folded, or an entity that lost its `&`.
_MARK: Final = re.compile(
    r"([，,]|#xff0c;|#65292;)|([；;]|#xff1b;|#65307;)"
    r"|([？?]|#xff1f;|#65311;)|([！!]|#xff01;|#65281;)",
    re.IGNORECASE,
)
_MARK_TRAILS: Final = (0xAC, 0xBB, 0xBF, 0xA1)
#: Trail byte -> mark.
MARKS: Final = {trail: mark for mark, trail in MARK_BYTES.items()}
#: An annotation behind half a character, whose parenthesis was swallowed or was kept.
_SWALLOWED: Final = re.compile(rf"\?({SYLLABLE}) ?\)")
_KEPT: Final = re.compile(rf"\?\(({SYLLABLE}) ?\)")
#: What is left of a tag that lost its `<`.
_TAG_REST: Final = re.compile(r"/?[A-Za-z][A-Za-z0-9]{0,10}(?:\s[^<>\n]{0,200})?/?>")
#: ASCII marks that may be folded full-width ones, with the trail byte of those.
_FOLDED: Final = {char: 0x80 + ord(char) for char in ",;:?!()"}
_EURO: Final = 0x80


class Piece(NamedTuple):
    """One character of the damaged text, or an annotation that begins there.

    `stands` are the bytes that the character stands for where the text is in step, `joins` those
    that may go on with a pending byte: there an ASCII mark counts as the full-width one, and
    what cannot be a second byte is nothing. `opens` is the first of them where a pair that
    showed nothing may have stood in front, else 0. `unannotated` is the cost of an annotated
    character without its annotation, `annotated` whether one follows. `kept` is an annotation with
    its parenthesis, and its end, that may stand behind half a character. The others, of a `?` only:
    `reading` an annotation without its parenthesis and its end, `mark` the trail byte of the mark
    behind it and its end, `tag` whether the rest of a tag follows, `ends` whether a line does end,
    `ends_text` the text.
    """

    at: int
    char: str
    stands: tuple[int, ...]
    joins: tuple[int, ...]
    opens: int
    unannotated: float
    annotated: bool
    annotation: tuple[str, int] | None = None
    kept: tuple[str, int] | None = None
    reading: tuple[str, int] | None = None
    mark: tuple[int, int] | None = None
    tag: bool = False
    ends: bool = False
    ends_text: bool = False


def piece_at(text: str, at: int, page: Page) -> Piece:
    """The piece of `text` at a position."""
    char = text[at]
    pair = pair_of(char)
    joins: tuple[int, ...]
    annotated = text[at + 1 : at + 2] == "(" and ANNOTATION.match(text, at + 1) is not None
    if pair is not None:
        data = pair >> 8, pair & 0xFF
        unannotated = CONTRARY if pair in page.annotated and not annotated else 0.0
        # 80 alone shows `€`, so it waits for nothing.
        joins, opens = (data, data[0]) if data[1] != _EURO else ((), 0)
        return Piece(at, char, data, joins, opens, unannotated, annotated)
    stands = (ord(char),) if char < "\x80" else ()
    joins = ()
    opens = 0
    if char in _FOLDED:
        joins = A3, _FOLDED[char]
    elif "@" <= char <= "\x80":
        joins = (ord(char),)
        opens = ord(char)
    elif char == "€":
        joins = (_EURO,)
    if char == "(":
        match = ANNOTATION.match(text, at)
        annotation = (match[1], match.end()) if match is not None else None
        return Piece(at, char, stands, joins, opens, 0.0, annotated, annotation, annotation)
    if char != "?":
        return Piece(at, char, stands, joins, opens, 0.0, annotated)
    reading = _SWALLOWED.match(text, at)
    kept = _KEPT.match(text, at)
    mark = _MARK.match(text, at + 1)
    return Piece(
        at,
        char,
        stands,
        joins,
        opens,
        0.0,
        annotated,
        kept=(kept[1], kept.end()) if kept is not None else None,
        reading=(reading[1], reading.end()) if reading is not None else None,
        mark=(_MARK_TRAILS[(mark.lastindex or 1) - 1], mark.end()) if mark is not None else None,
        tag=_TAG_REST.match(text, at + 1) is not None,
        ends=text[at + 1 : at + 2] in ("", "\n"),
        ends_text=at + 1 == len(text),
    )
