"""Zones that went through a chain from end to end without a loss: no search is needed.

Most garbled pages are garbled throughout. Undone in one go, such a zone is nothing but everyday
characters that read as Chinese, garbles to just what stood there, and holds nothing that reads as
Chinese as it stands. The search would find the same; anything less clear is left to it.
"""

from __future__ import annotations

from typing import Final

from zhclean.encoding.misreads.chains import Chain
from zhclean.encoding.misreads.repairs import is_chinese, is_likelier
from zhclean.encoding.misreads.suspicion import holds_chinese
from zhclean.encoding.misreads.units import has_choices
from zhclean.encoding.misreads.zones import has_places

__all__ = ["undo_whole"]

#: So many characters beyond ASCII are asked for.
_FEWEST: Final = 8
#: So many characters in the middle are judged.
_SAMPLE: Final = 16
_ASCII: Final = "".join(map(chr, range(0x80)))


def undo_whole(zone: str, chain: Chain, *, trusted: bool) -> tuple[int, int, str] | None:
    """The replacement that undoes `chain` in `zone`: start, end, text; None if in doubt.

    `trusted`: it is what went wrong in the zone before.
    """
    if chain.again or chain.stripped or chain.hole_width == 2 or chain.true.startswith("utf-16"):
        return None
    if "\ufffd" in zone:  # ftfy's codecs would make U+001A of it
        return None
    try:
        data = zone.encode(chain.wrong)
        clean = data.decode(chain.true)
        if clean.encode(chain.true).decode(chain.wrong) != zone:
            return None
    except UnicodeError:
        return None
    if len(clean) - _ascii(clean) < _FEWEST or has_places(clean):
        return None
    # What the search would weigh: "?" for a lost byte, characters with two codes, and the
    # four-byte forms of GB 18030, which it does not take for a wrong reading.
    if (chain.lossy and "?" in zone) or has_choices(zone, chain.wrong):
        return None
    if chain.wrong == "gb18030" and len(data) > 2 * len(zone) - _ascii(zone):
        return None
    if holds_chinese(zone):  # clean text beside the misread, which the table can write too
        return None
    middle = max(0, len(clean) - _SAMPLE) // 2
    sample = clean[middle : middle + _SAMPLE]
    if not is_chinese(sample, chain):
        return None
    if not trusted and not is_likelier(sample, chain.garble(sample)):
        return None
    first = len(clean) - len(clean.lstrip(_ASCII))
    last = min(len(text) - len(text.rstrip(_ASCII)) for text in (clean, zone))
    return first, len(zone) - last, clean[first : len(clean) - last]


def _ascii(text: str) -> int:
    """How many characters of ASCII `text` has."""
    return len(text.encode("ascii", "ignore"))
