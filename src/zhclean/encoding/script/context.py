"""Words that only context can convert: read from the rule packs, decided by what stands around.

A rule of a `script` pack may hold, beside what every rule has:

    targets = ["zh-Hans-CN"]     # the targets for which its words are decided
    [rule.words]
    "指標" = "指标"              # what the word becomes where no case applies
    [[rule.cases]]
    words = ["指標"]
    value = "指针"
    before = "空|野"             # patterns: what ends right before the word,
    behind = "變數|運算"         #   what begins right behind it,
    near = "記憶體|陣列|函式"    #   what stands within 30 characters on the same line

    [rule.computing]
    "建立" = "创建"              # what it becomes by default in a text about computing

Of the cases of a word the first one that holds decides; a case holds when all its patterns do.
Patterns see the text before conversion. The value "" says that the word is no word there: 程式
in 方程式. A text is about computing when words from the `computing_register` of a rule are
frequent in it; there OpenCC's wording, made by programmers, is usually right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from zhclean.errors import RuleError
from zhclean.rules import Rule, builtin_packs

__all__ = ["ContextWord", "context_words", "is_computing"]

#: How far `before` and `behind`, and how far `near` look, in characters.
_ADJACENT: Final = 10
_NEAR: Final = 30

# A text is about computing if its first 8,000 characters hold this many different words of the
# register, and one for so many characters.
_SAMPLE: Final = 8_000
_DISTINCT_WORDS: Final = 3
_CHARACTERS_A_WORD: Final = 400

_CASE_KEYS: Final = {"words", "value", "before", "behind", "near"}


@dataclass(frozen=True, slots=True)
class _Case:
    value: str
    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    near: re.Pattern[str] | None

    def holds(self, text: str, start: int, end: int) -> bool:
        if self.behind and not self.behind.match(text, end, end + _ADJACENT):
            return False
        if self.before and not self.before.search(text[max(0, start - _ADJACENT) : start]):
            return False
        if self.near is None:
            return True
        ahead = text[max(0, start - _NEAR) : start].rpartition("\n")[2]
        after = text[end : end + _NEAR].partition("\n")[0]
        return bool(self.near.search(ahead) or self.near.search(after))


@dataclass(frozen=True, slots=True)
class ContextWord:
    """One word with its cases; fulfils `conversion.Choice`."""

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
    counts = [count for count in map(sample.count, _computing_register()) if count]
    return len(counts) >= _DISTINCT_WORDS and sum(counts) * _CHARACTERS_A_WORD >= len(sample)


@cache
def _computing_register() -> tuple[str, ...]:
    return tuple(
        word
        for pack in builtin_packs("script")
        for rule in pack.rules
        for word in rule.data.get("computing_register", ())
    )


@cache
def context_words(target: str, *, computing: bool = False) -> Mapping[str, ContextWord]:
    """The words of the built-in packs that are decided for `target`, by register.

    Raises `RuleError`, beginning with FILE:LINE, if a pack is not as it should be.
    """
    words: dict[str, ContextWord] = {}
    for pack in builtin_packs("script"):
        for rule in pack.rules:
            if target not in rule.data.get("targets", ()):
                continue
            for word, default, cases in _words(rule, computing):
                if word in words:
                    raise RuleError(f"{rule.where}: {rule.code}: {word} has a rule already")
                words[word] = ContextWord(default, rule.code, cases)
    return words


def _words(rule: Rule, computing: bool) -> Iterator[tuple[str, str, tuple[_Case, ...]]]:
    words = dict(rule.data.get("words", {}))
    for word, default in rule.data.get("computing", {}).items() if computing else ():
        if word not in words:
            raise RuleError(f"{rule.where}: {rule.code}: 'computing' has {word!r}, not in 'words'")
        words[word] = default
    cases: dict[str, list[_Case]] = {word: [] for word in words}
    for row in rule.data.get("cases", ()):
        case = _read_case(row, rule)
        for word in row["words"]:
            if word not in cases:
                raise RuleError(f"{rule.where}: {rule.code}: a case for {word!r}, not in 'words'")
            cases[word].append(case)
    for word, default in words.items():
        if not isinstance(default, str):
            raise RuleError(f"{rule.where}: {rule.code}: {word}: the value must be a string")
        yield word, default, tuple(cases[word])


def _read_case(row: Mapping[str, Any], rule: Rule) -> _Case:
    where = f"{rule.where}: {rule.code}: case"
    if not row.keys() <= _CASE_KEYS or not {"words", "value"} <= row.keys() or len(row) < 3:
        raise RuleError(f"{where}: needs 'words', 'value' and one of 'before', 'behind', 'near'")
    try:
        before, behind, near = (
            re.compile(form.format(row[key])) if key in row else None
            for key, form in (("before", "(?:{})\\Z"), ("behind", "(?:{})"), ("near", "{}"))
        )
    except re.error as error:
        raise RuleError(f"{where}: not a pattern: {error}") from None
    return _Case(str(row["value"]), before, behind, near)
