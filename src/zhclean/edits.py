"""The edit algebra: what a cleaner proposes, and how proposals are applied, undone and composed.

A cleaner never returns text. It proposes a `Patch`, the pipeline applies it, and every
explanation a user reads is derived from the same patches that made the text. There is no
second code path that explains.

All positions are half-open ranges of code points.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain
from operator import add, gt, lt, sub
from typing import Final, NamedTuple

from zhclean.errors import EditError

__all__ = [
    "NOTHING",
    "Edit",
    "Flag",
    "KnownPatch",
    "Patch",
    "Proposal",
    "compose",
    "flags_in_source",
]


class Edit(NamedTuple):
    """`source[start:end] == before` became `after`, because of `rules`."""

    start: int
    end: int
    before: str
    after: str
    rules: tuple[str, ...]


class Flag(NamedTuple):
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
        of_code = {row[3]: (row[3],) for row in rows}
        patch = cls(
            [row[0] for row in rows],
            [row[1] for row in rows],
            [row[2] for row in rows],
            [of_code[row[3]] for row in rows],
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
        if any(map(gt, self.starts, self.ends)):
            start, end = next(
                span for span in zip(self.starts, self.ends, strict=True) if span[0] > span[1]
            )
            raise EditError(f"edit ends at {end}, before its start {start}")
        if any(map(lt, self.starts[1:], self.ends)):
            touching = zip(self.ends, self.starts[1:], strict=False)
            end, start = next(pair for pair in touching if pair[1] < pair[0])
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
            pieces += text[cursor:start], after
            cursor = end
        pieces.append(text[cursor:])
        return "".join(pieces)

    def invert(self, source: str) -> Patch:
        """The patch that turns `self.apply(source)` back into `source`."""
        starts, ends = self.own_columns()
        befores = list(map(source.__getitem__, map(slice, self.starts, self.ends)))
        return Patch(starts, ends, befores, self.rules)

    def edits(self, source: str) -> tuple[Edit, ...]:
        """The replacements as `Edit` objects; those that change nothing are left out."""
        return tuple(
            Edit(start, end, source[start:end], after, rules)
            for start, end, after, rules in self._rows()
            if source[start:end] != after
        )

    def map_own_spans(self) -> list[tuple[int, int]]:
        """Where each replacement lies in the text after the patch."""
        return list(zip(*self.own_columns(), strict=True))

    def own_columns(self) -> tuple[list[int], list[int]]:
        """Starts and ends of the replacements in the text after the patch."""
        lengths = list(map(len, self.afters))
        ends = list(map(add, self.ends, accumulate(self._growths(lengths))))
        return list(map(sub, ends, lengths)), ends

    def _growths(self, lengths: Iterable[int]) -> Iterator[int]:
        """By how much each replacement lengthens the text, from the lengths of what it puts in."""
        return map(sub, lengths, map(sub, self.ends, self.starts))

    def map_spans(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Where spans of the text before the patch lie after it.

        A span end inside a replaced range moves out to the end of its replacement, so a
        mapped span covers everything that its text has become.
        """
        if not self.starts:
            return list(spans)
        shifts = [0, *accumulate(self._growths(map(len, self.afters)))]
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
    lows, highs = first.own_columns()

    one, two, shift = 0, 0, 0  # shift: text between minus source, in front of first[one]
    while two < len(second.starts):
        # Those of one patch that lie wholly in front of the next one of the other go over as
        # they are: most of all. At equal starts an empty range goes first: it touches the
        # other, it does not overlap.
        here, one = one, bisect_right(highs, second.starts[two], one)
        starts += first.starts[here:one]
        ends += first.ends[here:one]
        afters += first.afters[here:one]
        rules += first.rules[here:one]
        if one:
            shift = highs[one - 1] - first.ends[one - 1]
        here, stop = two, len(second.starts)
        if one < len(lows):
            stop = bisect_left(second.starts, highs[one], two)
            stop = min(stop, bisect_right(second.ends, lows[one], two))
        two = stop
        starts += [start - shift for start in second.starts[here:two]]
        ends += [end - shift for end in second.ends[here:two]]
        afters += second.afters[here:two]
        rules += second.rules[here:two]
        if one == len(lows) or two == len(second.starts) or highs[one] <= second.starts[two]:
            continue
        # first[one] and second[two] overlap: gather everything that does.
        from_one, from_two = one, two
        low = min(lows[one], second.starts[two])
        reach = max(highs[one], second.ends[two])
        one, two = one + 1, two + 1
        while True:
            if one < len(lows) and lows[one] < reach:
                reach = max(reach, highs[one])
                one += 1
            elif two < len(second.starts) and second.starts[two] < reach:
                reach = max(reach, second.ends[two])
                two += 1
            else:
                break
        starts.append(low - shift)
        shift = highs[one - 1] - first.ends[one - 1]
        ends.append(reach - shift)
        spans = list(zip(lows[from_one:one], highs[from_one:one], strict=True))
        afters.append(_overlay(first.afters[from_one:one], spans, second, range(from_two, two)))
        codes = [*first.rules[from_one:one], *second.rules[from_two:two]]
        rules.append(codes[0] if len(codes) == 1 else tuple(dict.fromkeys(chain(*codes))))
    starts += first.starts[one:]
    ends += first.ends[one:]
    afters += first.afters[one:]
    rules += first.rules[one:]
    return Patch(starts, ends, afters, rules)


def _overlay(
    put_in: Sequence[str], spans: Sequence[tuple[int, int]], second: Patch, twos: range
) -> str:
    """What a group of overlapping replacements leaves behind.

    `put_in` and `spans`: what the first patch put into the text between, and where.
    """
    pieces: list[str] = []
    cursor = min(spans[0][0], second.starts[twos[0]])
    index = 0
    stops = [*((second.starts[two], second.ends[two], second.afters[two]) for two in twos)]
    reach = max(spans[-1][1], stops[-1][1])
    for start, end, after in [*stops, (reach, reach, "")]:
        # What lies between two replacements of `second` is inside one of `first`, or the
        # group would have ended there.
        if cursor < start:
            while spans[index][1] <= cursor:
                index += 1
            offset = spans[index][0]
            pieces.append(put_in[index][cursor - offset : start - offset])
        pieces.append(after)
        cursor = max(cursor, end)
    return "".join(pieces)


def flags_in_source(flags: Sequence[Flag], patch: Patch, source: str) -> Sequence[Flag]:
    """Flags on the text that `patch` makes of `source`, in positions of `source`."""
    if not flags or not patch:
        return flags
    spans = patch.invert(source).map_spans([(flag.start, flag.end) for flag in flags])
    return [
        Flag(start, end, flag.kind, flag.rule)
        for (start, end), flag in zip(spans, flags, strict=True)
    ]


class Proposal(NamedTuple):
    """What a cleaner has to say about one text.

    `patch` and `flags` both count in the text the cleaner was given. A flag on text that
    the patch replaces ends up on the whole replacement; one on deleted text is dropped.
    """

    patch: Patch = Patch()
    flags: tuple[Flag, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.patch) or bool(self.flags)


#: The proposal of a cleaner that has nothing to do.
NOTHING: Final = Proposal(Patch())
