"""What a conversion did, as the columns of a patch: the smallest pieces, each with its rule."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import groupby

from zhclean.edits import Patch
from zhclean.encoding.script.phrases import Winner

__all__ = ["Columns"]


class Columns:
    """The columns of a patch in the making; `after` is as long as what it replaces."""

    __slots__ = ("afters", "codes", "ends", "starts")

    def __init__(
        self,
        starts: list[int],
        ends: list[int],
        afters: list[str],
        codes: list[tuple[str, ...]],
    ) -> None:
        self.starts, self.ends, self.afters, self.codes = starts, ends, afters, codes

    @classmethod
    def of_characters(cls, plain: str, starts: list[int], ends: list[int], code: str) -> Columns:
        """What a character table does, which makes a text to `plain` in the given ranges."""
        afters = list(map(plain.__getitem__, map(slice, starts, ends)))
        return cls(starts, ends, afters, [(code,)] * len(starts))

    def overlaid(self, text: str, phrases: Iterable[Winner]) -> Patch:
        """These columns with sorted, disjoint phrases in place of what they overlap."""
        result = Columns([], [], [], [])
        row = 0
        for start, end, value, code in phrases:
            first = bisect_right(self.ends, start, row)
            result._extend(self, row, first)
            if first < len(self.starts) and self.starts[first] < start:
                self._cut(first, start, result)
            result._add_changes(text, start, end, value, code)
            row = bisect_left(self.ends, end, first)
            if row < len(self.ends) and self.ends[row] == end:
                row += 1
            if row < len(self.starts) and self.starts[row] < end:
                # A run that goes on behind the phrase: only its rest is left to do.
                self.afters[row] = self.afters[row][end - self.starts[row] :]
                self.starts[row] = end
        result._extend(self, row, len(self.starts))
        return Patch(result.starts, result.ends, result.afters, result.codes)

    def _extend(self, other: Columns, first: int, last: int) -> None:
        self.starts += other.starts[first:last]
        self.ends += other.ends[first:last]
        self.afters += other.afters[first:last]
        self.codes += other.codes[first:last]

    def _cut(self, row: int, end: int, result: Columns) -> None:
        """Give `result` the part of a run that lies before `end`."""
        start = self.starts[row]
        result._add(start, end, self.afters[row][: end - start], self.codes[row])

    def _add(self, start: int, end: int, after: str, codes: tuple[str, ...]) -> None:
        self.starts.append(start)
        self.ends.append(end)
        self.afters.append(after)
        self.codes.append(codes)

    def _add_changes(self, text: str, start: int, end: int, after: str, code: str) -> None:
        """Replace `text[start:end]`, leaving out what stays."""
        before = text[start:end]
        if len(after) == len(before):
            same = [a == b for a, b in zip(before, after, strict=True)]
            place = 0
            for unchanged, group in groupby(same):
                stop = place + len(list(group))
                if not unchanged:
                    self._add(start + place, start + stop, after[place:stop], (code,))
                place = stop
            return
        head = _shared(before, after)
        tail = _shared(before[head:][::-1], after[head:][::-1])
        self._add(start + head, end - tail, after[head : len(after) - tail], (code,))


def _shared(one: str, other: str) -> int:
    """How many characters two strings share at their start."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
