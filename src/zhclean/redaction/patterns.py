"""Rules that are a pattern: read from the packs, run where one of their literals stands.

A pattern rule carries `patterns`, each with named groups; the name of a group is the kind of
its span (a digit behind it tells groups of one kind apart). `triggers` are literals of which
one must stand in the text, or the rule is not tried. `support` names the form of damage
(`mask`, `blank`, `dropped`) that must be certain elsewhere on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from zhclean.edits import Flag
from zhclean.errors import RuleError
from zhclean.rules import Rule, builtin_packs

__all__ = ["FORMS", "KINDS", "PatternRule", "find_patterns", "pattern_rules"]

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


@dataclass(frozen=True, slots=True)
class PatternRule:
    """One rule of the packs that is a pattern."""

    code: str
    triggers: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    support: str | None

    def flags(self, text: str) -> Iterator[Flag]:
        if not any(trigger in text for trigger in self.triggers):
            return
        for pattern in self.patterns:
            for match in pattern.finditer(text):
                for group in pattern.groupindex:
                    start, end = match.span(group)
                    if group != "first" and start >= 0:
                        yield Flag(start, end, group.rstrip("0123456789"), self.code)


def _read(rule: Rule) -> PatternRule:
    triggers, sources = rule.data.get("triggers"), rule.data["patterns"]
    if not isinstance(triggers, list) or not all(
        isinstance(word, str) and word for word in triggers
    ):
        raise RuleError(f"{rule.where}: {rule.code}: 'triggers' must be a list of literals")
    support = rule.data.get("support")
    if support is not None and support not in FORMS.values():
        raise RuleError(f"{rule.where}: {rule.code}: 'support' {support!r} is not a form of damage")
    patterns = []
    for source in sources:
        try:
            pattern = re.compile(source)
        except re.error as error:
            raise RuleError(f"{rule.where}: {rule.code}: {source!r}: {error}") from None
        kinds = {group.rstrip("0123456789") for group in pattern.groupindex} - {"first"}
        if not kinds or not kinds <= set(KINDS):
            raise RuleError(
                f"{rule.where}: {rule.code}: {source!r}: no group is named after a kind"
            )
        patterns.append(pattern)
    return PatternRule(rule.code, tuple(triggers), tuple(patterns), support)


@cache
def pattern_rules() -> tuple[PatternRule, ...]:
    """The pattern rules of the redaction packs, by code."""
    rules = (rule for pack in builtin_packs("redaction") for rule in pack.rules)
    found = (_read(rule) for rule in rules if "patterns" in rule.data)
    return tuple(sorted(found, key=lambda rule: rule.code))


def find_patterns(text: str, *, supported: frozenset[str] | None = None) -> list[Flag]:
    """Flags of the rules that need no support, or with `supported` of those that need one of it."""
    return [
        flag
        for rule in pattern_rules()
        if (rule.support is None if supported is None else rule.support in supported)
        for flag in rule.flags(text)
    ]
