"""What cannot be seen: zero-width characters, direction and variation marks, controls, spaces.

Most of them have a use somewhere: joiners in Persian, Indic scripts and emoji, direction
marks beside Hebrew and Arabic, soft hyphens in long words, dots over repeating decimals. None
has one between two Chinese characters; that is the evidence.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, partial
from typing import Final, NamedTuple

from zhclean.edits import Flag, KnownPatch, Patch
from zhclean.encoding.characters.pack import characters_of
from zhclean.encoding.characters.scripts import CHINESE, HAN, is_chinese

__all__ = ["flags", "patch"]

Row = tuple[int, int, str, str]

#: Every character that a rule of this module may touch, but the spaces. One BMP class; the
#: only range beyond it is that of the variation selectors.
_HIDDEN: Final = (
    "\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\xad\u0300-\u036f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u2069\u20d0-\u20ff\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
)
_TRIGGER: Final = re.compile(f"[{_HIDDEN}]")

_VARIATION: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_ZERO_WIDTH: Final = frozenset("\xad\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff")
#: One without width alone between Chinese characters, as most are.
_LONE: Final = re.compile(
    f"[{''.join(sorted(_ZERO_WIDTH))}](?<=[{CHINESE}].)(?=[{CHINESE}])", re.DOTALL
)
#: A run of them. The group takes part where it is such a one.
_RUN: Final = re.compile(
    f"[{_HIDDEN}](?:(?<=[{''.join(sorted(_ZERO_WIDTH))}])(?<=[{CHINESE}].)(?=[{CHINESE}])()"
    f"|[{_HIDDEN}]*+)",
    re.DOTALL,
)
_JOINERS: Final = frozenset("\u200c\u200d")
_DIRECTION: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
_OVERRIDE: Final = "\u202d"
_OVERRIDES: Final = frozenset("\u202d\u202e")

#: Letters that run from right to left, and overrides, which need their closing mark.
_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
    "\u202d\u202e]"
)
#: A number as address books and spreadsheets copy it: between marks that keep it in order.
_OPENING: Final = "\u202a\u202d\u2066\u2068"
_CLOSING: Final = "\u202c\u2069"
_NUMBER: Final = re.compile(rf"[{_OPENING}]\+?[0-9][0-9 -]{{5,20}}[0-9][{_CLOSING}]")
_LONGEST_NUMBER: Final = 25

#: How far from such a letter a direction mark may have its use.
_REACH: Final = 300

#: The scripts that need joiners, and emoji.
_JOINED: Final = re.compile(
    "[\u0590-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc\u00a9\u00ae\u203c-\u2bff\u3297\u3299"
    "\U00010800-\U0001ffff]"
)

#: Spaces that only a typesetter needs. U+00A0 is none of them: a page may mean it.
_THIN_SPACES: Final = "\u2005\u2006\u2009\u200a\u202f\u205f"
_HAN: Final = re.compile(f"[{HAN}]")
_THIN: Final = re.compile(f"(?<=[{HAN}])[{_THIN_SPACES}]+(?=[{HAN}])")


class _Text(NamedTuple):
    """A text and what its rules need to know about the whole of it."""

    text: str
    variation_is_noise: bool
    right_to_left: list[int]  # places

    def needs_direction(self, place: int) -> bool:
        """Whether letters from right to left stand near."""
        near = bisect_left(self.right_to_left, place - _REACH)
        return near < len(self.right_to_left) and self.right_to_left[near] <= place + _REACH


def patch(text: str, rare: str) -> Patch:
    """What has no use where it stands, taken away. `rare`: all rare characters of `text`."""
    hidden = _TRIGGER.findall(rare)
    if not hidden or not _ZERO_WIDTH.issuperset(hidden) or _has_thin_spaces(rare):
        return _patch(text, rare)
    # Those without width may be many, and most are alone. Without these the others have the
    # same neighbours.
    outcome = "".join(_LONE.split(text))
    if any(map(outcome.__contains__, hidden)):
        outcome = _patch(outcome, rare).apply(outcome)
    return KnownPatch(text, outcome, partial(_patch, text, rare))


def _has_thin_spaces(rare: str) -> bool:
    return not set(_THIN_SPACES).isdisjoint(rare)


def _patch(text: str, rare: str) -> Patch:
    found: list[Row] = []
    if _TRIGGER.search(rare):
        whole = _Text(
            text,
            _variation_is_noise(text, rare),
            [letter.start() for letter in _RIGHT_TO_LEFT.finditer(text)]
            if not _DIRECTION.isdisjoint(rare)
            else [],
        )
        for run in _RUN.finditer(text):
            start, end = run.span()
            if run.lastindex:
                found.append((start, end, "", "E312"))
            else:
                found += _run_rows(whole, start, end)
    if _has_thin_spaces(rare):
        found += [(space.start(), space.end(), "", "E316") for space in _THIN.finditer(text)]
        found.sort()
    return Patch.of(found)


def flags(text: str, rare: str) -> Iterator[Flag]:
    """Overrides: they turn the order of the characters that a reader sees."""
    if _OVERRIDES.isdisjoint(rare):
        return
    for override in re.finditer("[\u202d\u202e]", text):
        yield Flag(override.start(), override.end(), "bidi-override", "E314")


def _run_rows(whole: _Text, start: int, end: int) -> Iterator[Row]:
    """Edits in one run of hidden characters, which all see the same visible neighbours."""
    text = whole.text
    before = text[start - 1] if start else ""
    after = text[end : end + 1]
    for place in range(start, end):
        char = text[place]
        code = _code(whole, place, before, after)
        if code == "E315" and char == "\x0b":
            yield place, place + 1, "\n", code
        elif code is not None:
            yield place, place + 1, "", code
        elif char not in _OVERRIDES:
            before = char  # it stays, and what follows belongs to it


def _code(whole: _Text, place: int, before: str, after: str) -> str | None:
    """The rule that takes the character at `place` away, or None."""
    char = whole.text[place]
    chinese = is_chinese(before) or is_chinese(after)
    if char == "\ufeff" and place == 0:
        return "E312"
    if char in _ZERO_WIDTH:
        joined = char in _JOINERS and (_JOINED.match(before) or _JOINED.match(after))
        return "E312" if (chinese and not joined) or char == "\ufeff" else None
    if char in _DIRECTION or char == _OVERRIDE:
        return "E313" if _is_idle(whole, place, before, after, chinese=chinese) else None
    if _VARIATION.match(char):
        return (
            "E310" if is_chinese(before) and (whole.variation_is_noise or char < "\uffff") else None
        )
    if unicodedata.category(char) in {"Mn", "Me"}:
        return "E311" if _bears_no_mark(before) and not _is_styling(whole.text, place) else None
    if char < " " or char == "\x7f":
        return "E315" if chinese else None
    return None


def _is_idle(whole: _Text, place: int, before: str, after: str, *, chinese: bool) -> bool:
    """Whether a direction mark at `place` has nothing to turn."""
    if _numbers_own(whole, place):
        return True
    if whole.text[place] == _OVERRIDE:
        return False
    in_word = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    return (chinese and not whole.needs_direction(place)) or (in_word and not whole.right_to_left)


def _numbers_own(whole: _Text, place: int) -> bool:
    """Whether a mark opens or closes a number in text that runs from left to right."""
    text = whole.text
    if text[place] in _OPENING:
        found = _NUMBER.match(text, place)
    elif text[place] in _CLOSING:
        opening = max(text.rfind(mark, max(0, place - _LONGEST_NUMBER), place) for mark in _OPENING)
        found = _NUMBER.fullmatch(text, opening, place + 1) if opening >= 0 else None
    else:
        return False
    if found is None:
        return False
    line = text[max(0, found.start() - _REACH) : found.end() + _REACH]
    return _HAN.search(line) is not None and not any(
        unicodedata.bidirectional(char) in {"R", "AL"} for char in line
    )


def _bears_no_mark(char: str) -> bool:
    return is_chinese(char) or char in ("%", "‰", "。", "，")


#: Underlining and emphasis are written with a mark on each of several characters.
_STYLED: Final = re.compile(f"[{CHINESE}]([\u0300-\u036f\u20d0-\u20ff])[{CHINESE}]\\1")


def _is_styling(text: str, place: int) -> bool:
    return _STYLED.search(text, max(0, place - 3), place + 4) is not None


@cache
def _is_only_mainland(char: str) -> bool:
    """Whether `char` is in the set of mainland China and in none of those that have variants."""
    return _is_in(char, "gb2312") and not any(
        _is_in(char, encoding) for encoding in ("big5hkscs", "cp932", "cp949")
    )


def _is_in(char: str, encoding: str) -> bool:
    return char.encode(encoding, "ignore") != b""


def _variation_is_noise(text: str, rare: str) -> bool:
    """Whether ideographic variation selectors stand where no variant is ever asked for.

    Names ask for one: rare characters, the same ones again. On a character that every
    sentence has, or behind one that can have no variants, they are noise, and then all are.
    """
    if max(rare) < "\U000e0100":
        return False
    if re.search("[\u3040-\u30ff]", text):  # Japanese names have most of the variants
        return False
    common = characters_of("E310", "without_variants")
    for selector in _VARIATION.finditer(text):
        before = text[selector.start() - 1 : selector.start()]
        ideographic = selector.group() > "\uffff"
        if (
            before in common or _is_only_mainland(before)
            if ideographic and is_chinese(before)
            else ideographic or is_chinese(before)
        ):
            return True
    return False
