"""Cheap questions that are asked before a stretch is searched, the cheapest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from math import inf
from typing import Final

from zhclean.encoding.language import load
from zhclean.encoding.misreads.candidates import REACH, Alphabet, candidates
from zhclean.encoding.misreads.chains import Chain
from zhclean.encoding.misreads.units import BARRIER, CHOICES, choices, units_of, units_of_chars
from zhclean.encoding.misreads.zones import COMMON_HAN, is_traditional, odd_characters

__all__ = ["holds_chinese", "is_strange", "promising_place", "undone"]

#: Mean ln P of a character of difficult, but clean, Chinese.
_PLAUSIBLE: Final = -8.0
#: A stretch is looked into only if it falls short of that by so much in all. A garbled
#: sentence does by 90 at least, a name in rare characters by 20.
_STRANGE: Final = 30.0
#: A stretch is clean if it is above that by so much in all: a title is by 6 to 36, what is
#: garbled hardly ever by more than 6.
_CLEAN: Final = 6.5
_CHINESE: Final = re.compile("[\u4e00-\u9fff，。、：；？！“”]{4,}+")
#: ln P of a character drawn at random, and how much likelier than that the best stretch of
#: the undone text has to be.
_RANDOM: Final = -10.0
_PROMISING: Final = 12.0
#: A chain is tried only if what it undoes holds so many everyday characters.
_ENOUGH: Final = 3
#: Stands for what the wrong decoder cannot have made: no Chinese stretch holds one.
_NOTHING: Final = 0
#: So many of them are looked for close together.
_TOGETHER: Final = 12

#: What stands for a lost byte. UTF-8 gets into step again by itself; of the others it is either
#: half of a character (a rare one), so that the bytes behind it stay in step: 0x81 of GBK.
_LOST: Final = {"utf-8": 0xFF, "cp950": 0xE1, "big5hkscs": 0xE1}

# Words of other languages are as strange to the model as mojibake, but no sign of it. Mojibake
# in these scripts mixes upper and lower case, letters and signs, and has hardly a space.
_FOREIGN: Final = re.compile(
    "[\u3040-\u30ff]+"  # kana
    "|[А-ЯЁІЇЄҐ]?[а-яёіїєґ]{3,}+|[Α-ΫΆ-Ώ]?[ά-ώΐ]{3,}+"
    '|(?<![^\\s(«"-])(?:[А-ЯЁΑ-Ω]?[а-яёά-ώ]{0,2}|[가-힣]{1,12}+)(?=[\\s.,;:!?)»"-])'
    "|(?<=[a-z])[\xc0-\u024f\u1ea0-\u1eff](?=[a-z])"
)

#: What UTF-8 leaves of Chinese when its bytes 0x80-0x9F are deleted. They are not deleted
#: where one of them is left, as itself or as what windows-1252 makes of it.
_LEAD: Final = re.compile("[\xe2-\xe9\xef]")
_CONTINUATION: Final = re.compile("[\xa0-\xbf]")
_C1: Final = re.compile("[\x80-\x9f\u0152-\u2122]")


# A text is looked at in every round, and again when it has been cleaned.
@lru_cache(maxsize=1 << 8)
def is_strange(zone: str) -> bool:
    """Whether some stretch of `zone` is far from being Chinese."""
    return _best_stretch(_FOREIGN.sub("", zone), _PLAUSIBLE, -1, enough=_STRANGE)[0] >= _STRANGE


def holds_chinese(zone: str) -> bool:
    """Whether some stretch of `zone` reads as Chinese as it stands, be it a title."""
    runs = (run[0] for run in _CHINESE.finditer(zone))
    return any(_best_stretch(run, _PLAUSIBLE, 1, enough=_CLEAN)[0] >= _CLEAN for run in runs)


def promising_place(zone: str, chain: Chain) -> int | None:
    """About where in `zone` what reads as Chinese stands, undone without care; None: nowhere."""
    units = units_of_chars(chain)
    if all(units[char] == (BARRIER,) for char in odd_characters(zone)):
        return None
    if chain.stripped:
        # Half of all continuation bytes are left, hence one for every lead byte.
        leads = [found.start() for found in _LEAD.finditer(zone)]
        rest = len(_CONTINUATION.findall(zone))
        enough = len(leads) >= _ENOUGH and rest > len(leads) / 2 and _C1.search(zone) is None
        return _densest(leads) if enough else None
    text = undone(zone, chain)
    if chain.splits:  # clean text in front may make it begin with the second half of a character
        text = max(text, undone(zone[1:], chain), key=_everyday_count)
    if chain.true == "utf-8":  # what is whole there is hardly so by chance
        places = [found.start() for found in _everyday().finditer(text)]
        return _place_before(text, _densest(places), zone) if len(places) >= _ENOUGH else None
    place = _chinese_place(text, zone)
    if place is None and chain.lossy and chain.hole_width == 1 and "\ufffd" in zone:
        place = _chinese_place(_supposed(zone, chain, text), zone)
    return place


def _chinese_place(text: str, zone: str) -> int | None:
    """About where in `zone` stands what reads as Chinese in `text`, the zone undone."""
    if _everyday_count(text) < _ENOUGH - 1:
        return None
    score, end = _best_stretch(text, _RANDOM, 1)
    return _place_before(text, end, zone) if score >= _PROMISING else None


def _supposed(zone: str, chain: Chain, known: str) -> str:
    """`zone` undone with the most frequent ideograph that fits wherever a byte was lost."""
    alphabet = Alphabet(chain.true, is_traditional(known))
    units, _ = units_of(zone, chain)
    chars: list[str] = []
    at = 0
    while at < len(units):
        found = candidates(units[at : at + REACH], chain, alphabet)
        frequent = next((pair for pair in found if pair[0] in COMMON_HAN), None)
        char, _, length = frequent or next(iter(found), (chr(_NOTHING), b"", 1))
        chars.append(char)
        at += length
    return "".join(chars)


def _densest(places: Sequence[int]) -> int:
    """The middle of those places that stand closest together."""
    count = min(len(places), _TOGETHER)
    spans = zip(places, places[count - 1 :], strict=False)
    start, end = min(spans, key=lambda span: span[1] - span[0])
    return (start + end) // 2


def _place_before(text: str, place: int, zone: str) -> int:
    """Where in `zone` stands what `undone` made `text[place]` of; roughly, by proportion."""
    widths = [1 if char.isascii() or char == "\ufffd" else 2 for char in text]
    return len(zone) * sum(widths[:place]) // max(1, sum(widths))


# Asked for twice in a row.
@lru_cache(maxsize=4)
def undone(zone: str, chain: Chain) -> str:
    """The text behind `zone` if all of it went through `chain`, with anything for lost bytes."""
    units, _ = units_of(zone, chain)
    lost = _LOST.get(chain.true, 0x81)
    known = [unit if 0 <= unit < CHOICES else _stand_in(unit, lost) for unit in units]
    return bytes(known).decode(chain.true, "replace")


def _stand_in(unit: int, lost: int) -> int:
    if unit >= CHOICES:
        return choices(unit)[0]
    return _NOTHING if unit == BARRIER else lost


def _best_stretch(text: str, mean: float, sign: int, enough: float = inf) -> tuple[float, int]:
    """The largest sum, over a stretch of `text`, of how far ln P is above (below) `mean`, and
    where that stretch ends; the first that is `enough`."""
    best = total = 0.0
    end = 0
    for place, ln_p in enumerate(load().walk(text, "\n")):
        total = max(0.0, total + sign * (ln_p - mean))
        if total > best:
            best, end = total, place
            if best >= enough:
                break
    return best, end


@cache
def _everyday() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(COMMON_HAN))}，。、；：？！“”（）《》]")


def _everyday_count(text: str) -> int:
    return len(_everyday_pair().findall(text))


@cache
def _everyday_pair() -> re.Pattern[str]:
    return re.compile(f"{_everyday().pattern}{{2}}")
