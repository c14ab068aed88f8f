"""Sets of characters as triggers name them."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

__all__ = ["Borders", "Characters", "named"]


class Borders(str):
    """A set for the lead of a `Trigger` that is too large to be read from a class: the first
    and the last character of each of its ranges, in order, one after the other."""

    __slots__ = ()


class Characters:
    """Membership in a set of characters written as in `Trigger`; "" holds everything.

    Read when it is first asked: most neighbours of a gate never are.
    """

    __slots__ = ("_body", "_few", "_highs", "_lows", "negated")

    def __init__(self, body: str) -> None:
        self._body = body
        self._few: frozenset[str] | None = None
        self._lows: Sequence[str] = ()
        self._highs: Sequence[str] = ()
        self.negated: Final = not body or (body[0] == "^" and not isinstance(body, Borders))

    @property
    def few(self) -> frozenset[str]:
        """The single ones."""
        return self._read() if self._few is None else self._few

    @property
    def ranges(self) -> tuple[tuple[str, str], ...]:
        """The first and last character of each part; of single ones, both are the same."""
        singles = zip(self.few, self.few, strict=True)
        return (*singles, *zip(self._lows, self._highs, strict=True))

    @property
    def has_spans(self) -> bool:
        """Whether there are any but single characters."""
        if self._few is None:
            self._read()
        return bool(self._lows)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is named."""
        return not self._body

    @property
    def size(self) -> int:
        """How many it holds, of all that there are; what is named twice counts twice."""
        named = sum(ord(high) - ord(low) + 1 for low, high in self.ranges)
        return sys.maxunicode - named if self.negated else named

    def __contains__(self, character: str) -> bool:
        found = character in self.few
        if not found and self._lows:
            index = bisect_right(self._lows, character)
            found = index > 0 and character <= self._highs[index - 1]
        return found is not self.negated

    def _read(self) -> frozenset[str]:
        if isinstance(self._body, Borders):
            self._lows, self._highs = self._body[0::2], self._body[1::2]
            self._few = frozenset()
            return self._few
        ranges = _ranges(self._body.removeprefix("^"))
        spans = sorted(pair for pair in ranges if pair[0] != pair[1])
        self._lows = [low for low, _ in spans]
        # The furthest end so far, for ranges may overlap.
        self._highs = list(accumulate((high for _, high in spans), max))
        self._few = frozenset(low for low, high in ranges if low == high)
        return self._few


_RANGE: Final = re.compile(r"(.)-(.)|(.)", re.DOTALL)


def _ranges(body: str) -> tuple[tuple[str, str], ...]:
    """The first and last character of each range in a set without `^`."""
    if len(body) == 1:
        return ((body, body),)
    return tuple([(low or one, high or one) for low, high, one in _RANGE.findall(body)])


def named(sets: Iterable[Characters]) -> list[tuple[int, int]]:
    """The ranges named in any of the sets, none of which meets another: start and end."""
    parts: list[tuple[int, int]] = []
    for low, high in sorted(pair for characters in sets for pair in characters.ranges):
        start, end = ord(low), ord(high) + 1
        if parts and start <= parts[-1][1]:
            parts[-1] = parts[-1][0], max(end, parts[-1][1])
        else:
            parts.append((start, end))
    return parts
