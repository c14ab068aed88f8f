"""Which phrases of several dictionaries win in a text: OpenCC's longest-first rule, locally.

Only a phrase that turns out otherwise than its characters one by one has to be found. Each such
phrase has an anchor, two neighbours of it that are rare together: where no anchor stands no
phrase matters. Where one does, the rule is worked out within the *cluster* around it, the
stretch whose ends no phrase of any dictionary can straddle. That is exact, and linear.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple, Protocol

__all__ = ["Choice", "Phrases", "Winner", "character_class"]


class Choice(Protocol):
    """A phrase that context decides."""

    @property
    def values(self) -> frozenset[str]:
        """All that it may become."""

    def decide(self, text: str, start: int, end: int) -> tuple[str, str]:
        """What `text[start:end]` becomes and by which rule; "" if it is no match there."""


class Winner(NamedTuple):
    """`text[start:end]` becomes `value`, by the rule `code`."""

    start: int
    end: int
    value: str
    code: str


def character_class(characters: Iterable[str]) -> str:
    """A regular expression for one of `characters`; never matches if there is none.

    Ranges, because a class that spells out characters beyond the Basic Multilingual Plane one
    by one is a hundred times slower than one that does not.
    """
    ranges: list[list[int]] = []
    for code in sorted(set(map(ord, characters))):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    spelled = "".join(f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in ranges)
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
        self._entries: dict[str, tuple[int, str]] = {key: (0, key) for key in choices}
        for rank, dictionary in enumerate(dictionaries):
            for key, value in dictionary.items():
                self._entries.setdefault(key, (rank, value))
        self._anchored = self._find_anchors(table)
        #: Two characters: the anchor of a phrase that matters.
        self.pairs: Final = frozenset(key for key in self._anchored if len(key) == 2)
        #: One character: a phrase of its own.
        self.singles: Final = frozenset(key for key in self._anchored if len(key) == 1)

    def _find_anchors(self, table: Mapping[str, str]) -> dict[str, tuple[tuple[int, int], ...]]:
        """By anchor, for each phrase that matters: where the anchor stands in it, its length."""
        frequency = Counter("".join(self._entries))
        anchored: dict[str, set[tuple[int, int]]] = {}
        for key, (_, value) in self._entries.items():
            plain = "".join([table.get(char, char) for char in key])
            values = self._choices[key].values if key in self._choices else {value}
            if values == {plain}:
                continue
            place = min(
                range(max(1, len(key) - 1)),
                key=lambda place: frequency[key[place]] * frequency[key[place + 1 : place + 2]],
            )
            anchored.setdefault(key[place : place + 2], set()).add((place, len(key)))
        return {anchor: tuple(sorted(found)) for anchor, found in anchored.items()}

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        leads, others = (character_class(pair[n] for pair in self.pairs) for n in (0, 1))
        patterns = [f"{leads}(?={others})"] if self.pairs else []
        if self.singles:
            patterns.append(character_class(self.singles))
        return tuple(map(re.compile, patterns))

    def places(self, text: str) -> list[int]:
        """Where anchors may stand in `text`, sorted."""
        places = [match.start() for pattern in self._patterns for match in pattern.finditer(text)]
        return sorted(set(places)) if self.singles else places

    def winners(self, text: str, places: Iterable[int], plain: str) -> list[Winner]:
        """The phrases that win, by position; those of which the table does the same left out.

        `places` are all that may hold an anchor, sorted; `plain` is what the table makes of
        `text`, character by character.
        """
        won: list[Winner] = []
        done = 0
        for place in places:
            if place < done:
                continue
            key = self._anchored_phrase(text, place)
            if key is None:
                continue
            start = place - key[0]
            end = start + key[1]
            left, done = self._cluster(text, start, end)
            if left < start or done > end or not self._settle(won, text, plain, start, end):
                won.extend(self._contest(text, plain, left, done))
        return won

    def _anchored_phrase(self, text: str, place: int) -> tuple[int, int] | None:
        """How far before `place` a phrase begins that has its anchor there, and its length."""
        for anchor in (text[place : place + 2], text[place]):
            for offset, length in self._anchored.get(anchor, ()):
                start = place - offset
                if start >= 0 and text[start : start + length] in self._entries:
                    return offset, length
        return None

    @cached_property
    def _bonds(self) -> frozenset[str]:
        """Neighbours within a phrase."""
        return frozenset(
            key[place : place + 2] for key in self._entries for place in range(len(key) - 1)
        )

    def _cluster(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The stretch around `text[start:end]` whose ends no phrase straddles."""
        bonds = self._bonds
        while start and text[start - 1 : start + 1] in bonds:
            start -= 1
        while text[end - 1 : end + 1] in bonds:
            end += 1
        return start, end

    def _settle(self, won: list[Winner], text: str, plain: str, start: int, end: int) -> bool:
        """Whether the phrase that is a cluster of its own wins there, taken down if it does.

        No phrase within it is longer; only one of a dictionary before its own could win.
        """
        key = text[start:end]
        rank, value = self._entries[key]
        if rank:
            return False
        code = self._code
        if key in self._choices:
            value, code = self._choices[key].decide(text, start, end)
            if not value:
                return False
        if value != plain[start:end]:
            won.append(Winner(start, end, value, code))
        return True

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """The lengths of the phrases that begin with two characters, or are one."""
        lengths: dict[str, set[int]] = {}
        for key in self._entries:
            lengths.setdefault(key[:2], set()).add(len(key))
        return {start: tuple(found) for start, found in lengths.items()}

    def _contest(self, text: str, plain: str, start: int, end: int) -> Iterator[Winner]:
        """The phrases that win in one cluster: first dictionary, longest, leftmost first."""
        found: list[tuple[int, int, int, str, str]] = []
        lengths_of, entry_of, choices = self._lengths.get, self._entries.get, self._choices
        for place in range(start, end):
            for length in (*lengths_of(text[place : place + 2], ()), 1):
                key = text[place : place + length]
                entry = entry_of(key)
                if entry is None or place + length > end:
                    continue
                rank, value = entry
                code = self._code
                if key in choices:
                    value, code = choices[key].decide(text, place, place + length)
                    if not value:
                        continue
                found.append((rank, -length, place, value, code))
        found.sort()
        taken = bytearray(end - start)
        won = []
        for _, minus_length, place, value, code in found:
            stop = place - minus_length
            if 1 not in taken[place - start : stop - start]:
                taken[place - start : stop - start] = b"\x01" * -minus_length
                if value != plain[place:stop]:
                    won.append(Winner(place, stop, value, code))
        return iter(sorted(won))
