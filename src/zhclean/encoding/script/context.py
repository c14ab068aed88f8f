"""Words that only context can convert, decided by what stands around them.

Which words, and by which patterns, is said in rule packs: see `word_rules`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

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

    __slots__ = ("_patterns", "_searches", "value")

    def __init__(
        self, value: str, before: str | None, behind: str | None, near: str | None
    ) -> None:
        self.value = value
        self._patterns = before, behind, near
        self._searches: tuple[re.Pattern[str] | None, ...] | None = None

    def holds(self, text: str, start: int, end: int) -> bool:
        if self._searches is None:
            self._searches = tuple(
                re.compile(form.format(pattern)) if pattern else None
                for form, pattern in zip(("(?:{})\\Z", "{}", "{}"), self._patterns, strict=True)
            )
        before, behind, near = self._searches
        if behind and not behind.match(text, end, end + _ADJACENT):
            return False
        if before and not before.search(text, max(0, start - _ADJACENT), start):
            return False
        if not near:
            return True
        ahead = text[max(0, start - _NEAR) : start].rpartition("\n")[2]
        after = text[end : end + _NEAR].partition("\n")[0]
        return bool(near.search(ahead) or near.search(after))


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
    register = _read_ahead()["computing_register"]
    counts = [count for count in map(sample.count, register) if count]
    return len(counts) >= _DISTINCT_WORDS and sum(counts) * _CHARACTERS_A_WORD >= len(sample)


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
    from importlib.resources import files

    text = files(__package__).joinpath("words.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
