"""Which phrases of several dictionaries win in a text: OpenCC's longest-first rule, locally.

Only a phrase that turns out otherwise than its characters one by one has to be found. Each such
phrase has an anchor, two neighbours of it that are rare together: where no anchor stands no
phrase matters. Where one does, the rule is worked out within the *cluster* around it, the
stretch whose ends no phrase of any dictionary can straddle. That is exact, and linear.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cached_property
from itertools import chain, compress, count
from operator import add, ne
from typing import NamedTuple, Protocol

__all__ = ["Anchors", "Choice", "Phrases", "Winner", "character_class", "ranges"]


class Choice(Protocol):
    """A phrase that context decides."""

    @property
    def default(self) -> str:
        """What it becomes where nothing speaks for something else."""

    @property
    def values(self) -> frozenset[str]:
        """All that it may become."""

    def decide(self, text: str, start: int, end: int) -> tuple[str, str]:
        """What `text[start:end]` becomes and by which rule; "" if it is no match there."""


#: `text[start:end]` becomes something, by a rule: (start, end, value, code).
Winner = tuple[int, int, str, str]


class Anchors(NamedTuple):
    """Where phrases that matter are found."""

    leading: Set[str]
    """Two characters, of which the first is the rare one."""
    trailing: Set[str]
    """Two characters, of which the second is."""
    singles: Set[str]
    """One character that is a phrase of its own."""


def ranges(characters: Iterable[str]) -> list[tuple[str, str]]:
    """The ranges of neighbouring code points that `characters` make up: first and last, sorted."""
    found: list[list[int]] = []
    for code in sorted(set(map(ord, characters))):
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return [(chr(first), chr(last)) for first, last in found]


def character_class(characters: Iterable[str]) -> str:
    """A regular expression for one of `characters`; never matches if there is none.

    Ranges, because a class that spells out characters beyond the Basic Multilingual Plane one
    by one is a hundred times slower than one that does not. A single one as it is, because a
    literal is searched for ten times faster than any class.
    """
    found = ranges(characters)
    if len(found) == 1 and found[0][0] == found[0][1]:
        return re.escape(found[0][0])
    spelled = "".join(f"{re.escape(first)}-{re.escape(last)}" for first, last in found)
    return f"[{spelled}]" if spelled else "(?!)"


class Phrases:
    """The keys of several dictionaries, in their order of precedence. Immutable."""

    def __init__(
        self,
        dictionaries: Sequence[Mapping[str, str]],
        table: Mapping[str, str],
        code: str,
        choices: Mapping[str, Choice],
    ) -> None:
        """`table` does the characters outside of phrases; `code` is the rule of phrases.

        `choices` are phrases that context decides; they stand beside the first dictionary and
        replace its entry of the same key.
        """
        self._code = code
        self._choices = choices
        #: What each key becomes; of the same key in several dictionaries the first counts.
        self._values: dict[str, str] = {}
        for dictionary in reversed(dictionaries):
            self._values.update(dictionary)
        self._values.update((key, choice.default) for key, choice in choices.items())
        #: The place of its dictionary among the others, where that is not the first.
        self._ranks: dict[str, int] = {}
        known = {*choices, *(dictionaries[0] if dictionaries else ())}
        for rank, dictionary in enumerate(dictionaries[1:], 1):
            for key in dictionary.keys() - known:
                self._ranks.setdefault(key, rank)
        self._find_anchors(table)

    def _find_anchors(self, table: Mapping[str, str]) -> None:
        """For each phrase that matters a character that it changes, and a neighbour of that.

        The character is searched for, its neighbour only checked; of several the one that is
        rarest in the dictionaries.
        """
        frequency = Counter(chain.from_iterable(self._values))
        translation = str.maketrans(dict(table))
        plain = "\n".join(self._values).translate(translation).split("\n")
        anchored: dict[str, set[tuple[int, int]]] = {}
        leading: set[str] = set()
        trailing: set[str] = set()
        # Without any phrase there is still one line, an empty one.
        for (key, value), characters in zip(self._values.items(), plain, strict=False):
            if value == characters and key not in self._choices:
                continue
            place = self._rarest(key, characters, frequency)
            if place is None:
                continue
            before, behind = key[place - 1 : place], key[place + 1 : place + 2]
            if before and (not behind or frequency[before] < frequency[behind]):
                place -= 1
                trailing.add(key[place : place + 2])
            elif behind:
                leading.add(key[place : place + 2])
            anchored.setdefault(key[place : place + 2], set()).add((place, len(key)))
        self.anchors = Anchors(leading, trailing, {key for key in anchored if len(key) == 1})
        for anchor, of in anchored.items():
            of |= anchored.get(anchor[0], set())  # a phrase of one character, there too
        #: By anchor, for each phrase that it is of: where it stands in the phrase, and its length.
        self._anchored = {anchor: tuple(sorted(of)) for anchor, of in anchored.items()}

    def _rarest(self, key: str, plain: str, frequency: Mapping[str, int]) -> int | None:
        """Where the rarest character is that the phrase `key` changes; None if it changes none."""
        values = self._choices[key].values if key in self._choices else {self._values[key]}
        changed: set[int] = set()
        for value in values:
            if len(value) != len(key):
                changed.update(range(len(key)))
            else:
                changed.update(compress(count(), map(ne, value, plain)))
        return min(changed, key=lambda place: (frequency[key[place]], place), default=None)

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], int], ...]:
        """What finds the anchors, and how far before a match they begin."""
        first, second = (character_class(pair[n] for pair in self.anchors.leading) for n in (0, 1))
        before, last = (character_class(pair[n] for pair in self.anchors.trailing) for n in (0, 1))
        return tuple(
            (re.compile(pattern), shift)
            for anchors, pattern, shift in (
                (self.anchors.leading, f"{first}(?={second})", 0),
                (self.anchors.trailing, f"{last}(?<={before}{last})", 1),
                (self.anchors.singles, character_class(self.anchors.singles), 0),
            )
            if anchors
        )

    def places(self, text: str) -> list[int]:
        """Where anchors may stand in `text`, sorted."""
        places: list[int] = []
        for pattern, shift in self._patterns:
            places += [match.start() - shift for match in pattern.finditer(text)]
        places.sort()
        return places

    def winners(self, text: str, places: Iterable[int], plain: str) -> list[Winner]:
        """The phrases that win, by position; those of which the table does the same left out.

        `places` are all that may hold an anchor, sorted; `plain` is what the table makes of
        `text`, character by character.
        """
        won: list[Winner] = []
        anchored, keys, bonds = self._anchored.get, self._values, self._bonds
        done = 0
        for place in places:
            if place < done:
                continue
            pair = text[place : place + 2]
            for offset, length in anchored(pair) or anchored(pair[:1], ()):
                start = place - offset
                if start >= 0 and text[start : start + length] in keys:
                    break
            else:
                continue
            # The cluster: the stretch around the phrase whose ends no phrase straddles.
            left, done = start, start + length
            while left and text[left - 1 : left + 1] in bonds:
                left -= 1
            while text[done - 1 : done + 1] in bonds:
                done += 1
            winner = self._sole(text, start, done) if done - left == length else None
            if winner is None:
                won.extend(self._contest(text, plain, left, done))
            elif winner[2] != plain[start:done]:
                won.append(winner)
        return won

    @cached_property
    def _bonds(self) -> frozenset[str]:
        """Neighbours within a phrase."""
        keys = "\n".join(self._values)
        return frozenset(pair for pair in set(map(add, keys, keys[1:])) if "\n" not in pair)

    def _sole(self, text: str, start: int, end: int) -> Winner | None:
        """What becomes of a phrase that fills its cluster; None if it must contest for it.

        No phrase within it is longer; only one of a dictionary before its own can win.
        """
        key = text[start:end]
        if key in self._choices:
            value, code = self._choices[key].decide(text, start, end)
            return (start, end, value, code) if value else None
        return None if key in self._ranks else (start, end, self._values[key], self._code)

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """The lengths of the phrases that begin with two characters, or are one."""
        lengths: dict[str, set[int]] = {}
        for key in self._values:
            lengths.setdefault(key[:2], set()).add(len(key))
        return {start: tuple(found) for start, found in lengths.items()}

    def _contest(self, text: str, plain: str, start: int, end: int) -> list[Winner]:
        """The phrases that win in one cluster: first dictionary, longest, leftmost first."""
        found: list[tuple[int, int, int, str, str]] = []
        lengths_of, choices = self._lengths.get, self._choices
        for place in range(start, end):
            for length in (*lengths_of(text[place : place + 2], ()), 1):
                key = text[place : place + length]
                value = self._values.get(key)
                if value is None or place + length > end:
                    continue
                rank, code = self._ranks.get(key, 0), self._code
                if key in choices:
                    value, code = choices[key].decide(text, place, place + length)
                    if not value:
                        continue
                found.append((rank, -length, place, value, code))
        found.sort()
        taken = bytearray(end - start)
        won: list[Winner] = []
        for _, minus_length, place, value, code in found:
            stop = place - minus_length
            if 1 not in taken[place - start : stop - start]:
                taken[place - start : stop - start] = b"\x01" * -minus_length
                if value != plain[place:stop]:
                    won.append((place, stop, value, code))
        won.sort()
        return won
