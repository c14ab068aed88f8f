"""The bytes behind garbled text, one unit each, as far as they are known.

A byte that the wrong decoder could not read has left a mark, U+FFFD (or "?" where the text
was then saved in an old code page); its unit is a hole. Which bytes the decoder rejects in
front of the next one is known, so now and then only one byte can have stood there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, product
from itertools import chain as chained
from typing import Final

from zhclean.encoding.misreads.chains import Chain

__all__ = [
    "BARRIER",
    "CHOICES",
    "HOLE",
    "QUESTION",
    "choices",
    "has_choices",
    "is_lost",
    "units_of",
    "units_of_chars",
]

HOLE: Final = -1  #: a byte that was lost
QUESTION: Final = -2  #: either a question mark or a byte that was lost
BARRIER: Final = -3  #: a character that the wrong decoder cannot have made
#: A unit from here on stands for one of several bytes: cp932 and Big5 read some characters
#: from two places of their tables.
CHOICES: Final = 0x100
#: So many characters are remembered of each chain.
_MOST_KNOWN: Final = 1 << 14
#: The code tables read a character from at most so many places.
_FEW: Final = 3
#: The rows, by their first byte, from which a code table reads characters that it has elsewhere
#: too: both places stand here. The Korean, Chinese and EUC tables have no such characters.
_DUPLICATE_LEADS: Final = {
    "big5": b"\xa1\xa2\xa4",
    "big5hkscs": b"\xa1\xa2\xa4\xf9",
    "cp932": b"\x81\x87\xed\xee\xfa\xfb\xfc",
    "cp950": b"\xa2\xa4\xf9",
}


def choices(unit: int) -> tuple[int, ...]:
    """The bytes that a unit may be that is not negative."""
    if unit < CHOICES:
        return (unit,)
    packed = unit - CHOICES
    return tuple(packed.to_bytes((packed.bit_length() + 7) // 8))


def is_lost(unit: int) -> bool:
    """Whether a unit says next to nothing about its byte."""
    return unit < 0 or (unit >= CHOICES and len(choices(unit)) > _FEW)


# Asked by each step that looks at a zone, one after the other.
@lru_cache(maxsize=1 << 5)
def units_of(garbled: str, chain: Chain) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The units behind `garbled`, and the number of the unit at which each character begins.

    The number is -1 for a character that begins inside a unit (of text misread twice).
    """
    of_chars = list(map(units_of_chars(chain).__getitem__, garbled))
    starts = list(accumulate(map(len, of_chars), initial=0))
    del starts[-1]
    units = list(chained.from_iterable(of_chars))
    _resolve(units, chain)
    if chain.again:
        units, inner_of = _peel(units, chain)
        starts = [inner_of.get(start, -1) for start in starts]
        _resolve(units, chain)
    return tuple(units), tuple(starts)


class _UnitsOfChars(dict[str, tuple[int, ...]]):
    """The units behind each character, worked out when it is first asked for."""

    def __init__(self, chain: Chain) -> None:
        super().__init__()
        self._chain = chain

    def __missing__(self, char: str) -> tuple[int, ...]:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        units = self[char] = _char_units(char, self._chain)
        return units


@cache
def units_of_chars(chain: Chain) -> Mapping[str, tuple[int, ...]]:
    """The units behind each character that went through `chain`."""
    return _UnitsOfChars(chain)


def _char_units(char: str, chain: Chain) -> tuple[int, ...]:
    if char == "\ufffd":
        return (HOLE,) * chain.hole_width if chain.lossy else (BARRIER,)
    if char == "?" and chain.lossy and chain.hole_width == 1:
        return (QUESTION,)
    sources = _duplicates(chain.wrong).get(char)
    if sources is None:
        try:
            encoded = char.encode(chain.wrong)
        except UnicodeEncodeError:
            return (BARRIER,)
        # GB18030 writes all that is not in GBK in four bytes with digits, which stand side by
        # side in no other encoding of Chinese.
        return (BARRIER,) if len(encoded) == 4 and chain.wrong == "gb18030" else tuple(encoded)
    return tuple(_choice(column) for column in zip(*sources, strict=True))


def _choice(column: tuple[int, ...]) -> int:
    values = sorted(set(column))
    return values[0] if len(values) == 1 else CHOICES + int.from_bytes(values)


def has_choices(text: str, encoding: str) -> bool:
    """Whether `encoding` has some character of `text` in several places."""
    return not _duplicates(encoding).keys().isdisjoint(text)


@cache
def _duplicates(encoding: str) -> Mapping[str, tuple[bytes, ...]]:
    """The characters that a double-byte `encoding` reads from several pairs of bytes."""
    sources: dict[str, list[bytes]] = defaultdict(list)
    for lead in _DUPLICATE_LEADS.get(encoding, b""):
        for trail in range(0x40, 0xFF):
            pair = bytes([lead, trail])
            char = pair.decode(encoding, "replace")
            if len(char) == 1 and char != "\ufffd":
                sources[char].append(pair)
    return {char: tuple(pairs) for char, pairs in sources.items() if len(pairs) > 1}


def _resolve(units: list[int], chain: Chain) -> None:
    """Fill the holes that only one byte explains. From the end: what follows must be known."""
    if chain.hole_width != 1 or HOLE not in units:
        return
    holes = [place for place, unit in enumerate(units) if unit == HOLE]
    for place in reversed(holes):
        if chain.again and not _goes_on(units, place):
            continue  # clean text follows: it says nothing about the byte
        if place + 1 < len(units) and 0 <= units[place + 1] < CHOICES:
            lost = _lost_before(chain, units[place + 1])
            if len(lost) == 1:
                units[place] = lost[0]


def _goes_on(units: Sequence[int], hole: int) -> bool:
    """Whether UTF-8 goes on behind a hole: with the rest of its character, or with a whole one."""
    at = hole + 1
    if at >= len(units):
        return False
    # So many bytes behind its lead the hole is the last of a character.
    ends = any(_sequence_length(units[hole - back]) == back + 1 for back in (1, 2) if back <= hole)
    if not ends and 0x80 <= units[at] < 0xC0:
        return True
    length = _sequence_length(units[at])
    rest = units[at + 1 : at + length]
    return 1 < length == len(rest) + 1 and not any(
        0 <= unit < 0x80 or 0xC0 <= unit < CHOICES for unit in rest
    )


@lru_cache(maxsize=1 << 12)
def _lost_before(chain: Chain, following: int) -> tuple[int, ...]:
    # UTF-8 has no byte above F4; 80 and FF stand nowhere in GBK and Big5.
    possible = range(0x80, 0xF5) if chain.true == "utf-8" else range(0x81, 0xFF)
    return tuple(byte for byte in possible if chain.loses(byte, following))


def _peel(units: Sequence[int], chain: Chain) -> tuple[list[int], dict[int, int]]:
    """The units behind the text that `units` are the UTF-8 of, and where each sequence went."""
    inner: list[int] = []
    inner_of: dict[int, int] = {}
    at = 0
    while at < len(units):
        inner_of[at] = len(inner)
        length = _sequence_length(units[at])
        sequence = units[at : at + length]
        if HOLE in sequence[1:] and min(sequence) >= HOLE:
            inner += _unfinished(tuple(sequence), chain)
        elif min(sequence) >= 0 and max(sequence) < CHOICES:
            char = bytes(sequence).decode("utf-8", "ignore")
            behind = units_of_chars(chain)[char] if len(char) == 1 else (BARRIER,)
            if behind == (BARRIER,):  # clean text, whose bytes happen to be UTF-8
                length = 1
            inner += behind
        else:
            inner.append(BARRIER)
            length = 1
        at += length
    inner_of[at] = len(inner)
    return inner, inner_of


def _unfinished(sequence: tuple[int, ...], chain: Chain) -> list[int]:
    """The units behind a character of which `sequence` is the UTF-8, some bytes lost."""
    if sequence[:2] == (0xEF, 0xBF):
        return [HOLE]  # U+FFFD: nothing else in its row is text
    if sequence.count(HOLE) > 1:
        return [BARRIER]
    places = [range(0x80, 0xC0) if unit == HOLE else choices(unit) for unit in sequence]
    chars = "".join(bytes(chosen).decode("utf-8", "ignore") for chosen in product(*places))
    of_chars = map(units_of_chars(chain).__getitem__, chars)
    found = [units for units in of_chars if len(units) == 2]
    if not found:
        return [BARRIER]
    return [_choice(tuple(set(column) - {HOLE})) for column in zip(*found, strict=True)]


def _sequence_length(lead: int) -> int:
    if 0xC2 <= lead < 0xE0:
        return 2
    if 0xE0 <= lead < 0xF0:
        return 3
    return 4 if 0xF0 <= lead < 0xF5 else 1
