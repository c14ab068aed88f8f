"""Word spinning: near-synonyms put in the place of words without reading (若干 as 假设干)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from zhclean.edits import Flag
from zhclean.errors import RuleError
from zhclean.rules import builtin_packs

__all__ = ["Replacement", "find_suspects", "spun_words"]


@dataclass(frozen=True, slots=True)
class Replacement:
    """`text[start:end]` is a spun word and reads `put`."""

    start: int
    end: int
    put: str
    code: str


@dataclass(frozen=True, slots=True)
class _Suspects:
    code: str
    pattern: re.Pattern[str]
    support: int


@cache
def _replacements() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    rows = []
    for pack in builtin_packs("redaction"):
        for rule in pack.rules:
            for row in rule.data.get("replace", ()):
                try:
                    rows.append((re.compile(row["find"]), row["put"], rule.code))
                except (KeyError, TypeError, re.error) as error:
                    raise RuleError(f"{rule.where}: {rule.code}: replace: {error!r}") from None
    return tuple(rows)


@cache
def _suspects() -> tuple[_Suspects, ...]:
    return tuple(
        _Suspects(
            rule.code,
            re.compile("|".join(map(re.escape, rule.data["suspects"]))),
            int(rule.data["support"]),
        )
        for pack in builtin_packs("redaction")
        for rule in pack.rules
        if "suspects" in rule.data
    )


def spun_words(text: str) -> list[Replacement]:
    """The spun words of `text` whose originals are certain, sorted and disjoint."""
    found = sorted(
        (
            Replacement(*match.span(), put, code)
            for pattern, put, code in _replacements()
            for match in pattern.finditer(text)
        ),
        key=lambda row: (row.start, -row.end),
    )
    rows: list[Replacement] = []
    for row in found:
        if not rows or row.start >= rows[-1].end:
            rows.append(row)
    return rows


def find_suspects(text: str, spun: list[Replacement]) -> Iterator[Flag]:
    """Words on a spun page that may be replacements as well; nothing on other pages."""
    taken = {row.start for row in spun}
    for rule in _suspects():
        if len(spun) >= rule.support:
            for match in rule.pattern.finditer(text):
                if not any(at in taken for at in range(match.start() - 3, match.end())):
                    yield Flag(match.start(), match.end(), "other", rule.code)
