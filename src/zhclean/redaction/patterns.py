"""Rules that are a pattern, read from the packs.

A pattern rule carries rows `{ find, after, unless, alone }`. `find` is a regular expression
whose named groups are the spans, each named after its kind (a digit behind the name tells
groups of one kind apart; `first` is for back-references). It begins with what is rare, and
each of its alternatives with a character itself (万元|亿元, not [万亿]元), so that clean text is
passed over quickly; what has to stand in front of it is a list of words in
`after` ("^": the beginning of the text), what must not, in `unless`. `alone`: no Latin letter
or digit stands in front. A rule may name literals in `triggers`, of which one must stand in
the text, and in `support` the form of damage that must be found elsewhere on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final

from zhclean.edits import Flag
from zhclean.errors import RuleError
from zhclean.rules import Rule, builtin_packs

__all__ = ["FORMS", "KINDS", "PatternRule", "find_patterns", "pattern_rules", "read_rule"]

KINDS: Final = (
    "year",
    "month_day",
    "place",
    "person",
    "organisation",
    "number",
    "percent",
    "other",
)

#: First two characters of a code -> the form of damage.
FORMS: Final = {"R1": "mask", "R2": "blank", "R3": "dropped", "R4": "overwrite", "R5": "spinning"}

_ROW_KEYS: Final = {"find", "after", "unless", "alone"}
_WORD: Final = re.compile(r"[0-9A-Za-z.%+*]")


@dataclass(frozen=True, slots=True)
class _Row:
    pattern: re.Pattern[str]
    after: tuple[str, ...]
    unless: tuple[str, ...]
    opening: bool  # may stand at the beginning of the text
    alone: bool

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        for match in self.pattern.finditer(text):
            start = match.start()
            if (
                self.after
                and not text.endswith(self.after, 0, start)
                and (start or not self.opening)
            ):
                continue
            if self.unless and text.endswith(self.unless, 0, start):
                continue
            if self.alone and _WORD.match(text[max(0, start - 1) : start]):
                continue
            yield match


@dataclass(frozen=True)
class PatternRule:
    """One rule of the packs that is a list of patterns."""

    rule: Rule
    triggers: tuple[str, ...]
    support: str | None

    @property
    def code(self) -> str:
        return self.rule.code

    @cached_property
    def rows(self) -> tuple[_Row, ...]:
        """The patterns, compiled for the first text that may hold what they find."""
        where = f"{self.rule.where}: {self.code}"
        return tuple(_read_row(row, where) for row in self.rule.data["patterns"])

    def flags(self, text: str) -> Iterator[Flag]:
        """A flag for every named group of every match."""
        if self.triggers and not any(trigger in text for trigger in self.triggers):
            return
        for row in self.rows:
            for match in row.matches(text):
                for group in row.pattern.groupindex:
                    start, end = match.span(group)
                    if group != "first" and start >= 0:
                        yield Flag(start, end, group.rstrip("0123456789"), self.code)


def _words(row: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    words = row.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        raise RuleError(f"{where}: {key!r} must be a list of words")
    return tuple(words)


def _read_row(row: object, where: str) -> _Row:
    if not isinstance(row, dict) or not isinstance(row.get("find"), str):
        raise RuleError(f"{where}: a pattern must be a table with 'find'")
    if not set(row) <= _ROW_KEYS:
        raise RuleError(f"{where}: unknown key {min(set(row) - _ROW_KEYS)!r}")
    try:
        pattern = re.compile(row["find"])
    except re.error as error:
        raise RuleError(f"{where}: {row['find']!r}: {error}") from None
    kinds = {group.rstrip("0123456789") for group in pattern.groupindex} - {"first"}
    if not kinds or not kinds <= set(KINDS):
        raise RuleError(f"{where}: {row['find']!r}: no group is named after a kind")
    after = _words(row, "after", where)
    return _Row(
        pattern=pattern,
        after=tuple(word for word in after if word != "^"),
        unless=_words(row, "unless", where),
        opening="^" in after,
        alone=row.get("alone") is True,
    )


def read_rule(rule: Rule) -> PatternRule:
    """The pattern rule in `rule.data`; `RuleError` with file and line when it is malformed.

    The same error comes from its `rows` when a pattern is.
    """
    where = f"{rule.where}: {rule.code}"
    support = rule.data.get("support")
    if support is not None and support not in FORMS.values():
        raise RuleError(f"{where}: 'support' {support!r} is not a form of damage")
    return PatternRule(rule, _words(dict(rule.data), "triggers", where), support)


@cache
def pattern_rules() -> tuple[PatternRule, ...]:
    """The pattern rules of the redaction packs, by code."""
    rules = (rule for pack in builtin_packs("redaction") for rule in pack.rules)
    found = (read_rule(rule) for rule in rules if "patterns" in rule.data)
    return tuple(sorted(found, key=lambda rule: rule.code))


def find_patterns(text: str, *, supported: frozenset[str] | None = None) -> list[Flag]:
    """Flags of the rules that need no support, or with `supported` of those that need one of it."""
    return [
        flag
        for rule in pattern_rules()
        if (rule.support is None if supported is None else rule.support in supported)
        for flag in rule.flags(text)
    ]
