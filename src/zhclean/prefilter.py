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
    """The patterns of several cleaners in one automaton.

    `patterns` holds one for each cleaner, in RE2's syntax; `^` and `$` are the edges of lines.
    None stands for a cleaner that always has to be asked, "" for one that never has. Raises
    `ConfigError` for patterns that RE2 does not know or has no room for.
    """

    def __init__(self, patterns: Sequence[str | None]) -> None:
        #: All cleaners.
        self.everyone: Final = (1 << len(patterns)) - 1
        self._always: Final = sum(1 << n for n, one in enumerate(patterns) if one is None)
        options = re2.Options()
        options.max_mem = _MEMORY
        options.log_errors = False
        options.never_capture = True
        self._automaton = re2.Set.SearchSet(options)
        # Every text matches the first pattern: where it is missing, the automaton gave up.
        rows = [(0, "^"), *((1 << n, one) for n, one in enumerate(patterns) if one)]
        self._bits: Final = [bit for bit, _ in rows]
        try:
            for _, pattern in rows:
                self._automaton.Add(f"(?m){pattern}")
            self._automaton.Compile()
        except re2.error as error:
            raise ConfigError(f"no prefilter: {error}") from None

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
        matched = self._automaton.Match(data)
        if not matched:
            return self.everyone
        found = 0
        for number in matched:
            found |= self._bits[number]
        return found


def pattern_of(triggers: Iterable[Trigger]) -> str:
    """A pattern that matches wherever one of some triggers stands, whatever their checks say."""
    found = (
        class_of(one.before, "^") + class_of(one.lead) + class_of(one.after, "$")
        for one in triggers
    )
    return "|".join(dict.fromkeys(found))
