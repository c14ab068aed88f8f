"""GBK as the damage sees it: which byte pairs are characters, which show nothing, which show `?`.

Pairs are integers, lead byte << 8 | trail byte. The table of characters is Python's `gbk`
codec (CP936 without its user-defined areas); the user-defined areas are those of CP936.
"""

from __future__ import annotations

from functools import cache
from typing import Final

__all__ = [
    "A3",
    "LEADS",
    "MARK_BYTES",
    "char_of",
    "char_pairs",
    "encode",
    "invisible_trails",
    "is_hole",
    "pair_of",
]

#: Lead byte of the full-width forms, and of the marks whose bytes are handled one by one.
A3: Final = 0xA3
#: Trail byte behind 0xA3 of each full-width mark that takes part in the damage.
MARK_BYTES: Final = {"，": 0xAC, "；": 0xBB, "？": 0xBF, "！": 0xA1}
LEADS: Final = range(0x81, 0xFF)


@cache
def char_pairs() -> dict[int, str]:
    """Pair -> character, for every pair that GBK defines."""
    table: dict[int, str] = {}
    for lead in LEADS:
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            char = bytes((lead, trail)).decode("gbk", "ignore")
            if len(char) == 1 and char > "\x7f":  # an invalid lead alone is dropped: `@` for A1 40
                table[lead << 8 | trail] = char
    return table


@cache
def _pairs_by_char() -> dict[str, int]:
    return {char: pair for pair, char in char_pairs().items()}


def char_of(pair: int) -> str | None:
    """The character of a pair, None where GBK defines none."""
    return char_pairs().get(pair)


def pair_of(char: str) -> int | None:
    """The pair of a character; None for ASCII and for what GBK does not hold."""
    return _pairs_by_char().get(char)


@cache
def invisible_trails(lead: int) -> tuple[int, ...]:
    """Trail bytes that make a valid pair without a character with this lead byte.

    CP936 maps the user-defined areas (AAA1-AFFE, F8A1-FEFE, A140-A7A0) and the other holes of
    GBK to private-use characters, and the sites that do this damage drop those.
    """
    if lead not in LEADS:
        return ()
    return tuple(
        trail
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF))
        if lead << 8 | trail not in char_pairs()
    )


def is_hole(lead: int, trail: int) -> bool:
    """Whether an invisible pair lies outside the user-defined areas: some sites show `?` for it."""
    if 0xAA <= lead <= 0xAF or lead >= 0xF8:
        return trail < 0xA1
    return not (0xA1 <= lead <= 0xA7 and trail <= 0xA0)


def encode(text: str) -> bytes:
    """`text` in GBK; what GBK does not hold becomes `?`, as in the damage."""
    return text.encode("gbk", "replace")
