"""The edit algebra: what a cleaner proposes, and how proposals are applied, undone and composed.

A cleaner never returns text. It proposes a `Patch`, the pipeline applies it, and every
explanation a user reads is derived from the same patches that made the text. There is no
second code path that explains.

All positions are half-open ranges of code points.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from zhclean.errors import EditError

__all__ = ["NOTHING", "Edit", "Flag", "KnownPatch", "Patch", "Proposal", "compose"]


@dataclass(frozen=True, slots=True)
class Edit:
    """`source[start:end] == before` became `after`, because of `rules`."""

    start: int
    end: int
    before: str
    after: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A place that is left as it is and should be known about: `text[start:end]` is a `kind`."""

    start: int
    end: int
    kind: str
    rule: str


class Patch:
    """Replacements on one text, in columns: `text[starts[i]:ends[i]]` becomes `afters[i]`.

    The ranges are sorted and disjoint; touching ranges and several insertions at one point
    are allowed, their order in the columns is their order in the text. `rules[i]` holds the
    codes that asked for the replacement.

    Columns instead of `Edit` objects, because most runs never look at an edit.
    """

    __slots__ = ("afters", "ends", "rules", "starts")

    def __init__(
        self,
        starts: Sequence[int] = (),
        ends: Sequence[int] = (),
        afters: Sequence[str] = (),
        rules: Sequence[tuple[str, ...]] = (),
    ) -> None:
        self.starts: Final = starts
        self.ends: Final = ends
        self.afters: Final = afters
        self.rules: Final = rules

    @classmethod
    def of(cls, replacements: Iterable[tuple[int, int, str, str]]) -> Patch:
        """A patch from sorted `(start, end, after, rule code)` rows.

        Raises `EditError` if a range is reversed, out of order or overlaps its predecessor.
        """
        rows = list(replacements)
        patch = cls(
            [row[0] for row in rows],
            [row[1] for row in rows],
            [row[2] for row in rows],
            [(row[3],) for row in rows],
        )
        patch.check()
        return patch

    @classmethod
    def from_edits(cls, edits: Iterable[Edit]) -> Patch:
        """The patch that a sorted, disjoint sequence of `Edit` describes."""
        rows = list(edits)
        patch = cls(
            [edit.start for edit in rows],
            [edit.end for edit in rows],
            [edit.after for edit in rows],
            [edit.rules for edit in rows],
        )
        patch.check()
        return patch

    def check(self) -> None:
        """Raise `EditError` unless the ranges are sorted and disjoint."""
        if not len(self.starts) == len(self.ends) == len(self.afters) == len(self.rules):
            raise EditError("the columns of a patch differ in length")
        if self.starts and self.starts[0] < 0:
            raise EditError(f"edit starts before the text, at {self.starts[0]}")
        for start, end in zip(self.starts, self.ends, strict=True):
            if end < start:
                raise EditError(f"edit ends at {end}, before its start {start}")
        for end, start in zip(self.ends, self.starts[1:], strict=False):
            if start < end:
                raise EditError(f"edit at {start} overlaps the one before it, which ends at {end}")

    def __len__(self) -> int:
        return len(self.starts)

    def __bool__(self) -> bool:
        return bool(self.starts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Patch):
            return NotImplemented
        return list(self._rows()) == list(other._rows())

    __hash__ = None  # type: ignore[assignment]  # the columns may be lists

    def __repr__(self) -> str:
        return f"Patch({list(self._rows())!r})"

    def _rows(self) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
        return zip(self.starts, self.ends, self.afters, self.rules, strict=True)

    def apply(self, text: str) -> str:
        """`text` with every replacement made."""
        if not self.starts:
            return text
        if self.ends[-1] > len(text):
            raise EditError(f"edit ends at {self.ends[-1]}, behind the text of {len(text)}")
        pieces: list[str] = []
        cursor = 0
        for start, end, after in zip(self.starts, self.ends, self.afters, strict=True):
            pieces.append(text[cursor:start])
            pieces.append(after)
            cursor = end
        pieces.append(text[cursor:])
        return "".join(pieces)

    def invert(self, source: str) -> Patch:
        """The patch that turns `self.apply(source)` back into `source`."""
        spans = self.map_own_spans()
        befores = [source[start:end] for start, end in zip(self.starts, self.ends, strict=True)]
        return Patch([span[0] for span in spans], [span[1] for span in spans], befores, self.rules)

    def edits(self, source: str) -> tuple[Edit, ...]:
        """The replacements as `Edit` objects; those that change nothing are left out."""
        return tuple(
            Edit(start, end, source[start:end], after, rules)
            for start, end, after, rules in self._rows()
            if source[start:end] != after
        )

    def map_own_spans(self) -> list[tuple[int, int]]:
        """Where each replacement lies in the text after the patch."""
        spans: list[tuple[int, int]] = []
        shift = 0
        for start, end, after in zip(self.starts, self.ends, self.afters, strict=True):
            spans.append((start + shift, start + shift + len(after)))
            shift += len(after) - (end - start)
        return spans

    def map_spans(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Where spans of the text before the patch lie after it.

        A span end inside a replaced range moves out to the end of its replacement, so a
        mapped span covers everything that its text has become.
        """
        if not self.starts:
            return list(spans)
        shifts = [0]
        for start, end, after in zip(self.starts, self.ends, self.afters, strict=True):
            shifts.append(shifts[-1] + len(after) - (end - start))
        return [self._map_span(start, end, shifts) for start, end in spans]

    def _map_span(self, start: int, end: int, shifts: Sequence[int]) -> tuple[int, int]:
        first = bisect_right(self.ends, start)  # edits before it end at or before `start`
        # The edit that covers `start`, if one does, begins at or before it.
        covered = first < len(self.starts) and self.starts[first] < start
        new_start = (self.starts[first] if covered else start) + shifts[first]
        last = bisect_left(self.starts, end)  # edits from here on begin at or behind `end`
        new_end = end + shifts[last]
        if last and self.ends[last - 1] > end:
            new_end = self.ends[last - 1] + shifts[last]
        return new_start, max(new_start, new_end)


class KnownPatch(Patch):
    """A patch whose outcome is known before its columns are.

    Where one character in five changes, the columns cost ten times what the new text does.
    `source` becomes `outcome`; `make` gives the patch that does it, when a column is first
    looked at.
    """

    __slots__ = ("_make", "_outcome", "_source")

    def __init__(self, source: str, outcome: str, make: Callable[[], Patch]) -> None:
        # The columns stay empty slots: looking at one ends in __getattr__.
        self._source = source
        self._outcome = outcome
        self._make = make

    def __getattr__(self, name: str) -> object:
        if name not in Patch.__slots__:
            raise AttributeError(f"a patch has no {name!r}")
        made = self._make()
        super().__init__(made.starts, made.ends, made.afters, made.rules)
        return getattr(self, name)

    def __bool__(self) -> bool:
        return self._source != self._outcome

    def apply(self, text: str) -> str:
        """`text` with every replacement made; at once if it is the source."""
        return self._outcome if text == self._source else super().apply(text)

    def __reduce__(self) -> tuple[type[Patch], tuple[object, ...]]:
        return Patch, (self.starts, self.ends, self.afters, self.rules)


def compose(first: Patch, second: Patch) -> Patch:
    """The patch that does in one step what `first` and then `second` do.

    `second` counts in the text that `first` makes; the result counts in the text that
    `first` starts from. Linear in the number of replacements. Replacements that overlap in
    the text between become one, which carries the codes of all of them.
    """
    if not first.starts:
        return second
    if not second.starts:
        return first
    starts: list[int] = []
    ends: list[int] = []
    afters: list[str] = []
    rules: list[tuple[str, ...]] = []
    # Where the replacements of `first` lie in the text between.
    spans = first.map_own_spans()

    one, two, shift = 0, 0, 0  # shift: text between minus source, in front of first[one]
    while one < len(spans) or two < len(second.starts):
        from_one, from_two = one, two
        # At equal starts an empty range goes first: it touches the other, it does not overlap.
        if two == len(second.starts) or (
            one < len(spans) and spans[one] <= (second.starts[two], second.ends[two])
        ):
            low, reach = spans[one]
            one += 1
        else:
            low, reach = second.starts[two], second.ends[two]
            two += 1
        while True:  # gather everything that overlaps the group
            if one < len(spans) and spans[one][0] < reach:
                reach = max(reach, spans[one][1])
                one += 1
            elif two < len(second.starts) and second.starts[two] < reach:
                reach = max(reach, second.ends[two])
                two += 1
            else:
                break
        starts.append(low - shift)
        for index in range(from_one, one):
            shift += len(first.afters[index]) - (first.ends[index] - first.starts[index])
        ends.append(reach - shift)
        afters.append(_overlay(first, spans, range(from_one, one), second, range(from_two, two)))
        codes = [*first.rules[from_one:one], *second.rules[from_two:two]]
        rules.append(codes[0] if len(codes) == 1 else tuple(dict.fromkeys(chain(*codes))))
    return Patch(starts, ends, afters, rules)


def _overlay(
    first: Patch, spans: Sequence[tuple[int, int]], ones: range, second: Patch, twos: range
) -> str:
    """What a group of overlapping replacements leaves behind."""
    if not twos:
        return first.afters[ones[0]]
    if not ones:
        return second.afters[twos[0]]
    pieces: list[str] = []
    cursor = min(spans[ones[0]][0], second.starts[twos[0]])
    index = ones[0]
    stops = [*((second.starts[two], second.ends[two], second.afters[two]) for two in twos)]
    reach = max(spans[ones[-1]][1], stops[-1][1])
    for start, end, after in [*stops, (reach, reach, "")]:
        # What lies between two replacements of `second` is inside one of `first`, or the
        # group would have ended there.
        if cursor < start:
            while spans[index][1] <= cursor:
                index += 1
            offset = spans[index][0]
            pieces.append(first.afters[index][cursor - offset : start - offset])
        pieces.append(after)
        cursor = max(cursor, end)
    return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a cleaner has to say about one text.

    `patch` and `flags` both count in the text the cleaner was given. A flag on text that
    the patch replaces ends up on the whole replacement; one on deleted text is dropped.
    """

    patch: Patch
    flags: tuple[Flag, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.patch) or bool(self.flags)


#: The proposal of a cleaner that has nothing to do.
NOTHING: Final = Proposal(Patch())
