"""One step of a script conversion: phrases first, characters for the rest, in linear time.

The result is that of OpenCC's longest-first rule (see `opencc_adapter`), found differently:

- A character class finds what a character table changes; the rest of the text is not touched.
- A phrase matters only if it turns out otherwise than its characters one by one. Each such
  phrase has an anchor, a character that it changes; only where an anchor stands beside its
  neighbour in the phrase is the stretch between two separators looked at as a whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from typing import Final, Protocol

from zhclean.edits import Patch
from zhclean.encoding.script.opencc_adapter import SEPARATORS

__all__ = ["Choice", "Conversion", "character_class"]


class Choice(Protocol):
    """A phrase that context decides."""

    @property
    def values(self) -> frozenset[str]:
        """All that it may become."""

    def decide(self, text: str, start: int, end: int) -> tuple[str, str]:
        """What `text[start:end]` becomes and by which rule; "" if it is no match there."""


_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")


def character_class(characters: set[str] | frozenset[str]) -> str:
    """A regular expression for one of `characters`; never matches if there is none.

    Ranges, because a class that spells out characters beyond the Basic Multilingual Plane one
    by one is a hundred times slower than one that does not.
    """
    codes = sorted(map(ord, characters))
    ranges: list[list[int]] = []
    for code in codes:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    spelled = "".join(f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in ranges)
    return f"[{spelled}]" if spelled else "(?!)"


_SEPARATOR: Final = re.compile(character_class(SEPARATORS))


class Conversion:
    """Phrases and characters that become others. Immutable."""

    def __init__(
        self,
        phrases: Sequence[Mapping[str, str]],
        characters: Mapping[str, str],
        codes: tuple[str, str],
        choices: Mapping[str, Choice] | None = None,
    ) -> None:
        """`phrases` in order of precedence, then `characters`, each of which becomes one other.

        `codes` are the rules of phrases and characters. `choices` are phrases that context
        decides; they stand beside the first dictionary and replace its entry of the same key.
        """
        self._phrase_code, self._character_code = codes
        table = {key: value for key, value in characters.items() if key != value}
        self._translation = str.maketrans(table)
        plain = {key for key in table if key <= "\uffff"}
        self._runs = re.compile(f"({character_class(plain)}+)")
        self._runs_anywhere = re.compile(f"({character_class(set(table))}+)")
        self._choices = dict(choices or {})
        self._phrases: dict[str, tuple[int, str]] = {key: (0, key) for key in self._choices}
        for rank, dictionary in enumerate(phrases):
            for key, value in dictionary.items():
                self._phrases.setdefault(key, (rank, value))
        lengths: dict[str, set[int]] = {}
        for key in self._phrases:
            lengths.setdefault(key[:2], set()).add(len(key))
        # Looked up apart: the table of lengths goes by the first two characters.
        self._singles = frozenset(key for key in self._phrases if len(key) == 1)
        self._lengths = {start: tuple(found) for start, found in lengths.items()}
        self._index_anchors(table)

    def _index_anchors(self, table: Mapping[str, str]) -> None:
        """For each phrase that matters its anchor: a character it changes, and a neighbour.

        The anchor is searched for, its neighbour only checked: of the characters that a phrase
        changes the one that is rarest in the dictionary.
        """
        frequency = Counter("".join(self._phrases))
        anchored: dict[str, set[tuple[int, int]]] = {}
        leading: set[str] = set()  # pairs that begin with their anchor
        trailing: set[str] = set()  # pairs that end in it
        for key, (_, value) in self._phrases.items():
            values = self._choices[key].values if key in self._choices else {value}
            places = [
                place
                for place, char in enumerate(key)
                if any(len(v) != len(key) or v[place] != table.get(char, char) for v in values)
            ]
            if not places or len(key) == 1:
                continue
            place = min(places, key=lambda place: frequency[key[place]])
            offset = max(0, place - 1)
            pair = key[offset : offset + 2]
            (trailing if place else leading).add(pair)
            anchored.setdefault(pair, set()).add((offset, len(key)))
        self._anchored = {pair: tuple(found) for pair, found in anchored.items()}
        first, second = (character_class({pair[n] for pair in leading}) for n in (0, 1))
        before, last = (character_class({pair[n] for pair in trailing}) for n in (0, 1))
        #: Patterns, and how far in front of a match the pair begins.
        self._anchors = (
            (re.compile(f"{first}(?={second})"), 0),
            (re.compile(f"{last}(?<={before}{last})"), 1),
            (re.compile(character_class(self._singles)), 0),
        )

    def patch(self, text: str) -> Patch:
        """The replacements that convert `text`, in the smallest pieces."""
        columns = self._character_columns(text)
        decided = [
            match
            for start, end in self._stretches(text)
            for match in self._matches(text, start, end)
        ]
        return columns.overlaid(text, decided) if decided else columns.patch()

    def _character_columns(self, text: str) -> _Columns:
        """What the character table alone does; runs of adjacent characters are one edit."""
        runs = self._runs_anywhere if _ASTRAL.search(text) else self._runs
        pieces = runs.split(text)  # kept, changed, kept, changed, ..., kept
        if len(pieces) == 1:
            return _Columns([], [], [], [])
        borders = list(accumulate(map(len, pieces)))
        afters = list(map(_Translated(self._translation).__getitem__, pieces[1::2]))
        codes: list[tuple[str, ...]] = [(self._character_code,)] * len(afters)
        return _Columns(borders[0:-1:2], borders[1::2], afters, codes)

    def _stretches(self, text: str) -> Iterator[tuple[int, int]]:
        """The stretches between separators that hold a phrase that matters."""
        places = sorted(
            place
            for pattern, shift in self._anchors
            for place in (match.start() - shift for match in pattern.finditer(text))
            if self._is_anchored(text, place)
        )
        end = 0
        for place in places:
            if place < end:
                continue
            start = place
            while start > end and text[start - 1] not in SEPARATORS:
                start -= 1
            separator = _SEPARATOR.search(text, place)
            end = separator.start() if separator else len(text)
            yield start, end

    def _is_anchored(self, text: str, place: int) -> bool:
        """Whether the two characters at `place` are the anchor of a phrase that stands there."""
        for offset, length in self._anchored.get(text[place : place + 2], ()):
            start = place - offset
            if start >= 0 and text[start : start + length] in self._phrases:
                return True
        return text[place] in self._singles

    def _matches(self, text: str, start: int, end: int) -> list[tuple[int, int, str, str]]:
        """The phrases that win in one stretch, by position: (start, end, value, code)."""
        found: list[tuple[int, int, int, str, str]] = []
        lengths_of, entry_of, singles = self._lengths.get, self._phrases.get, self._singles
        for place in range(start, end):
            lengths = lengths_of(text[place : place + 2], ())
            if singles and text[place] in singles:
                lengths = (*lengths, 1)
            for length in lengths:
                key = text[place : place + length]
                entry = entry_of(key)
                if entry is None or place + length > end:
                    continue
                rank, value = entry
                code = self._phrase_code
                if key in self._choices:
                    value, code = self._choices[key].decide(text, place, place + length)
                    if not value:
                        continue
                found.append((rank, -length, place, value, code))
        found.sort()
        taken = bytearray(end - start)
        winners = []
        for _, minus_length, place, value, code in found:
            stop = place - minus_length
            if 1 not in taken[place - start : stop - start]:
                taken[place - start : stop - start] = b"\x01" * -minus_length
                # Where the table would do the same, it is left to the table.
                if value != text[place:stop].translate(self._translation):
                    winners.append((place, stop, value, code))
        winners.sort()
        return winners


def _shared(one: str, other: str) -> int:
    """How many characters two strings share at their start."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


class _Translated(dict[str, str]):
    """Runs already met in one text, translated."""

    def __init__(self, table: dict[int, str]) -> None:
        self._table = table

    def __missing__(self, run: str) -> str:
        self[run] = after = run.translate(self._table)
        return after


class _Columns:
    """The columns of a patch in the making; `after` is as long as what it replaces."""

    __slots__ = ("afters", "codes", "ends", "starts")

    def __init__(
        self, starts: list[int], ends: list[int], afters: list[str], codes: list[tuple[str, ...]]
    ) -> None:
        self.starts, self.ends, self.afters, self.codes = starts, ends, afters, codes

    def patch(self) -> Patch:
        return Patch(self.starts, self.ends, self.afters, self.codes)

    def overlaid(self, text: str, phrases: list[tuple[int, int, str, str]]) -> Patch:
        """These columns with sorted, disjoint phrases in place of what they overlap."""
        result = _Columns([], [], [], [])
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
        return result.patch()

    def _extend(self, other: _Columns, first: int, last: int) -> None:
        self.starts += other.starts[first:last]
        self.ends += other.ends[first:last]
        self.afters += other.afters[first:last]
        self.codes += other.codes[first:last]

    def _cut(self, row: int, end: int, result: _Columns) -> None:
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
