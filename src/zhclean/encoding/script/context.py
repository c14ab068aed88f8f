"""Words that only context can convert, decided by what stands around them.

Which words, and by which patterns, is said in rule packs: see `word_rules`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from zhclean.encoding.script.data import read_data
from zhclean.encoding.script.word_counts import WordCounter

__all__ = ["ContextWord", "context_words", "is_computing"]

#: How far `before` and `behind`, and how far `near` look, in characters.
_ADJACENT: Final = 10
_NEAR: Final = 30

# A text is about computing if its first 8,000 characters hold this many different words of the
# register, and one for so many characters.
_SAMPLE: Final = 8_000
_DISTINCT_WORDS: Final = 3
_CHARACTERS_A_WORD: Final = 400


class _Case:
    """What a word becomes where its patterns hold; they are compiled when first asked."""

    __slots__ = ("_before", "_behind", "_near", "_patterns", "value")

    def __init__(
        self, value: str, before: str | None, behind: str | None, near: str | None
    ) -> None:
        self.value = value
        self._patterns: tuple[str | None, ...] | None = before, behind, near

    def _compile(self, before: str | None, behind: str | None, near: str | None) -> None:
        self._patterns = None
        self._before = _ending(before) if before else None
        self._behind = re.compile(behind).match if behind else None
        self._near = re.compile(near).search if near else None

    def holds(self, text: str, start: int, end: int) -> bool:
        if self._patterns:
            self._compile(*self._patterns)
        if self._behind and not self._behind(text, end, end + _ADJACENT):
            return False
        if self._before and not self._before(text, start):
            return False
        if not self._near:
            return True
        before = text[max(0, start - _NEAR) : start].rpartition("\n")[2]
        behind = text[end : end + _NEAR].partition("\n")[0]
        return bool(self._near(before) or self._near(behind))


def _ending(pattern: str) -> Callable[[str, int], object]:
    """Whether `pattern` ends at a place of a text: a function of both."""
    if "$" not in pattern:
        try:  # at one place, where a search tries ten
            return re.compile("|".join(f"(?<={one})" for one in _alternatives(pattern))).match
        except re.error:  # an alternative can be of several lengths
            pass
    search = re.compile(f"(?:{pattern})\\Z").search
    return lambda text, place: search(text, max(0, place - _ADJACENT), place)


def _alternatives(pattern: str) -> Iterator[str]:
    """What stands between the bars of a pattern, groups and classes left whole."""
    depth = start = 0
    for part in _PARTS.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(part[0], 0)
        if part[0] == "|" and not depth:
            yield pattern[start : part.start()]
            start = part.end()
    yield pattern[start:]


#: A class, an escaped character or any other.
_PARTS: Final = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\.|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ContextWord:
    """One word with its cases; fulfils `phrases.Choice`."""

    default: str
    code: str
    cases: tuple[_Case, ...] = ()

    @property
    def values(self) -> frozenset[str]:
        return frozenset({self.default, *(case.value for case in self.cases)}) - {""}

    def decide(self, text: str, start: int, end: int) -> tuple[str, str]:
        for case in self.cases:
            if case.holds(text, start, end):
                return case.value, self.code
        return self.default, self.code


def is_computing(text: str) -> bool:
    """Whether `text`, in Taiwan wording, is about computing."""
    sample = text[:_SAMPLE]
    found = _register().count(sample)
    return len(found) >= _DISTINCT_WORDS and found.total() * _CHARACTERS_A_WORD >= len(sample)


@cache
def _register() -> WordCounter:
    return WordCounter(_read_ahead()["computing_register"])


@cache
def context_words(target: str, *, computing: bool = False) -> Mapping[str, ContextWord]:
    """The words that are decided for `target`, by register."""
    read = _read_ahead()
    defaults = read["computing"][target] if computing else {}
    return {
        word: ContextWord(defaults.get(word, default), code, tuple(_Case(*row) for row in cases))
        for word, (default, code, cases) in read["words"][target].items()
    }


@cache
def _read_ahead() -> dict[str, Any]:
    """The packs, as tools/build_script_words.py has written them down."""
    found: dict[str, Any] = json.loads(read_data("words.json"))
    return found
