r"""Characters written as their code points: `\u4f60` (JavaScript, JSON, Java), `%u4F60`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from zhclean.encoding.escapes.shown import in_url, is_shown, is_text

__all__ = ["unicode_escapes"]

_ESCAPE: Final = re.compile(r"(\\{1,4}|%)u([0-9a-fA-F]{4})")
#: Escapes with at most so many characters of ASCII between them belong together.
_GAP: Final = 40
#: So few escapes say nothing.
_FEWEST: Final = 2


def unicode_escapes(text: str) -> Iterator[tuple[int, int, str, str]]:
    """E406 and E407."""
    zone: list[re.Match[str]] = []
    for found in _ESCAPE.finditer(text):
        if zone and not _together(text, zone[-1], found):
            yield from _resolved(text, zone)
            zone = []
        zone.append(found)
    if zone:
        yield from _resolved(text, zone)


def _together(text: str, one: re.Match[str], two: re.Match[str]) -> bool:
    between = text[one.end() : two.start()]
    return len(between) <= _GAP and "\n" not in between and one[1] == two[1]


def _is_range(text: str, zone: list[re.Match[str]]) -> bool:
    r"""Whether escapes are joined by hyphens, as in the class `[\u4e00-\u9fa5]`."""
    return any(text[one.end() : two.start()] == "-" for one, two in pairwise(zone))


def _resolved(text: str, zone: list[re.Match[str]]) -> Iterator[tuple[int, int, str, str]]:
    units = b"".join(int(found[2], 16).to_bytes(2) for found in zone)
    whole = units.decode("utf-16-be", "replace")
    if len(zone) < _FEWEST or "\ufffd" in whole or not is_text(whole):
        return
    if is_shown(text, zone[0].start(), zone[-1].end(), whole):
        return
    if in_url(text, zone[0].start(), whole=False) or _is_range(text, zone):
        return
    code = "E407" if zone[0][1] == "%" else "E406"
    start, digits = zone[0].start(), ""
    for found, following in zip(zone, [*zone[1:], None], strict=True):
        digits += found[2]
        if following is None or following.start() != found.end():
            yield start, found.end(), bytes.fromhex(digits).decode("utf-16-be", "replace"), code
            digits = ""
            start = following.start() if following is not None else 0
