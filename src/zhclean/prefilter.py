"""One pass over a text tells which cleaners can have anything to do, by an automaton of RE2.

Needs google-re2, the extra `fast`. RE2 reads all patterns of all cleaners at once, a byte at a
time, however many there are and whatever the text is. What it finds is no more than a reason to
ask a cleaner: results are the same without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import re2

from zhclean.character_sets import class_of
from zhclean.errors import ConfigError
from zhclean.triggers import Trigger

__all__ = ["WIDEST", "Prefilter", "pattern_of"]

#: No match of a pattern may be longer unless it lies within a line: long texts are read in slices
#: that begin and end with lines and overlap by so much.
WIDEST: Final = 120
_SLICE: Final = 1 << 20
#: Small texts are read together, so many characters of them.
_TOGETHER: Final = 2_000
#: What the automaton may remember, in bytes; it makes its states when a text first needs them.
_MEMORY: Final = 32 << 20


class Prefilter:
    """The patterns of several cleaners, all in one automaton but for those that ask for another.

    `patterns` holds one for each cleaner, in RE2's syntax; `^` and `$` are the edges of lines.
    None stands for a cleaner that always has to be asked, "" for one that never has, and several
    patterns for one that has to be asked where one of them matches: the first is for the
    common automaton, each other one for one of its own. That costs another pass, and saves more
    where a pattern would multiply the states of all others. Raises `ConfigError` for patterns that
    RE2 does not know or has no room for.
    """

    def __init__(self, patterns: Sequence[str | tuple[str, ...] | None]) -> None:
        #: All cleaners.
        self.everyone: Final = (1 << len(patterns)) - 1
        self._always: Final = sum(1 << n for n, one in enumerate(patterns) if one is None)
        common: list[tuple[int, str]] = []
        others: list[tuple[int, str]] = []
        for number, one in enumerate(patterns):
            rows = [
                (1 << number, pattern)
                for pattern in ((one,) if isinstance(one, str) else one or ())
            ]
            common += rows[:1]
            others += rows[1:]
        self._common: Final = _Automaton(common)
        self._others: Final = [(bit, _Automaton([(bit, pattern)])) for bit, pattern in others]

    def scan(self, text: str) -> int:
        """The cleaners to ask about `text`: bit n for the one at index n."""
        if len(text) <= _SLICE:
            return self._always | self._scan(text)
        found, start = self._always, 0
        while start < len(text):
            end = len(text)
            if end - start > _SLICE:
                end = text.rfind("\n", start, start + _SLICE) + 1
                if not end:  # a line that is too long
                    return self.everyone
            found |= self._scan(text[max(0, start - WIDEST) : end])
            start = end
        return found

    def scan_many(self, texts: Sequence[str]) -> list[int]:
        """`scan` of each text; of small ones at once, as long as they concern nobody."""
        found: list[int] = []
        start = size = 0
        for end, text in enumerate(texts, 1):
            size += len(text)
            if size >= _TOGETHER or end == len(texts):
                found += self._scan_group(texts[start:end])
                start, size = end, 0
        return found

    def _scan_group(self, texts: Sequence[str]) -> list[int]:
        # As lines of one text they have all the matches that they have alone, and some more.
        if len(texts) > 1 and self.scan("\n".join(texts)) == self._always:
            return [self._always] * len(texts)
        return list(map(self.scan, texts))

    def _scan(self, text: str) -> int:
        try:
            data = text.encode()
        except UnicodeEncodeError:  # a lone surrogate: RE2 knows no such character
            return self.everyone
        found = self._common.match(data)
        if found is None:
            return self.everyone
        for bit, automaton in self._others:
            if not found & bit and automaton.match(data) != 0:
                found |= bit
        return found


class _Automaton:
    """Patterns in one automaton, each with the bit that stands for it."""

    def __init__(self, rows: Iterable[tuple[int, str]]) -> None:
        options = re2.Options()
        options.max_mem = _MEMORY
        options.log_errors = False
        options.never_capture = True
        self._set = re2.Set.SearchSet(options)
        # Every text matches the first pattern: where it is missing, the automaton gave up.
        rows = [(0, "^"), *(row for row in rows if row[1])]
        self._bits: Final = [bit for bit, _ in rows]
        try:
            for _, pattern in rows:
                self._set.Add(f"(?m){pattern}")
            self._set.Compile()
        except re2.error as error:
            raise ConfigError(f"no prefilter: {error}") from None

    def match(self, data: bytes) -> int | None:
        """The bits of all patterns that match; None if it gave up."""
        found = 0
        matched = self._set.Match(data)
        for number in matched:
            found |= self._bits[number]
        return found if matched else None


def pattern_of(triggers: Iterable[Trigger]) -> str:
    """A pattern that matches wherever one of some triggers stands, whatever their checks say."""
    found = (
        class_of(one.before, "^") + class_of(one.lead) + class_of(one.after, "$")
        for one in triggers
    )
    return "|".join(dict.fromkeys(found))
