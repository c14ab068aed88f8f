"""Sections that a paywall swallowed: (三) in front of it, (八) behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from zhclean.boilerplate.page import Claim, Page
from zhclean.edits import Flag

__all__ = ["section_gaps"]

_NUMERALS: Final = {numeral: value for value, numeral in enumerate("一二三四五六七八九", 1)}
_MARKER: Final = re.compile(
    r"(?P<open>[(（]?|第)(?P<number>[一二三四五六七八九十]{1,3}|[0-9]{1,2})(?P<close>[)）、.．章节節条條篇])"
)
#: Sections are looked for this many lines from the box.
_NEAR: Final = 200


def section_gaps(page: Page, claims: Sequence[Claim], code: str) -> list[Flag]:
    """A flag on the first section number behind a paywall box where numbers are missing."""
    boxed = {page.index_at(claim.start) for claim in claims if claim.kind == "paywall"}
    if not boxed:
        return []
    taken = {page.index_at(claim.start) for claim in claims}
    flags: list[Flag] = []
    previous: re.Match[str] | None = None
    since_box = False
    distance = 0
    for index in range(page.count):
        line = page.lines[index]
        if line.index in boxed:
            since_box = previous is not None and distance <= _NEAR
        elif line.index not in taken and (marker := _MARKER.match(line.core)):
            if since_box and previous is not None and _missing(previous, marker):
                start, end = line.start, line.start + marker.end()
                flags.append(Flag(start, end, "missing_sections", code))
            since_box = False
            previous = marker
            distance = 0
        distance += 1
    return flags


def _missing(one: re.Match[str], two: re.Match[str]) -> bool:
    """Whether numbers are missing between two of one count."""
    if (one["open"], one["close"]) != (two["open"], two["close"]):
        return False
    first, second = _value(one["number"]), _value(two["number"])
    return first is not None and second is not None and second > first + 1


def _value(number: str) -> int | None:
    """A numeral up to 99."""
    if number.isascii():
        return int(number)
    tens, ten, ones = number.partition("十")
    if not ten:
        return _NUMERALS.get(number)
    if len(tens) > 1 or len(ones) > 1:
        return None
    return 10 * _NUMERALS.get(tens, 1) + _NUMERALS.get(ones, 0)
