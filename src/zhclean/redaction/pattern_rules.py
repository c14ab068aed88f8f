"""Rules that are a pattern, read from the packs and checked.

A pattern rule carries rows `{ find, after, unless, alone }`. `find` is a regular expression
whose named groups are the spans, each named after its kind (a digit behind the name tells
groups of one kind apart; `first` is for back-references); what has to stand in front of it is
a list of words in `after` ("^": the beginning of the text), what must not, in `unless`.
`alone`: no Latin letter or digit stands in front. A rule may name in `support` the form of
damage that must be found elsewhere on the page.

A match must have, within its first 60 characters, a character from a class that is not
negated: that is where it is looked for (`tools/build_redaction.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from zhclean.errors import RuleError
from zhclean.redaction.forms import FORMS, KINDS
from zhclean.redaction.patterns import Row
from zhclean.rules import Rule, builtin_packs

__all__ = ["Row", "read_rows", "rows", "spun_patterns"]

_ROW_KEYS: Final = {"find", "after", "unless", "alone"}


def rows() -> tuple[Row, ...]:
    """The rows of the pattern rules of all packs, by code."""
    rules = (rule for pack in builtin_packs("redaction") for rule in pack.rules)
    return tuple(
        row for rule in sorted(rules, key=lambda rule: rule.code) for row in read_rows(rule)
    )


def read_rows(rule: Rule) -> Iterator[Row]:
    """The rows of a rule, none if it has no patterns.

    Raises `RuleError` with file and line when they are malformed.
    """
    where = f"{rule.where}: {rule.code}"
    support = rule.data.get("support")
    patterns = rule.data.get("patterns", [])
    if patterns and support is not None and support not in FORMS.values():
        raise RuleError(f"{where}: 'support' {support!r} is not a form of damage")
    for row in patterns:
        if not isinstance(row, dict) or not isinstance(row.get("find"), str):
            raise RuleError(f"{where}: a pattern must be a table with 'find'")
        if not set(row) <= _ROW_KEYS:
            raise RuleError(f"{where}: unknown key {min(set(row) - _ROW_KEYS)!r}")
        _check_pattern(row["find"], where)
        after = _words(row, "after", where)
        yield Row(
            rule.code,
            support or "",
            row["find"],
            tuple(word for word in after if word != "^"),
            _words(row, "unless", where),
            "^" in after,
            row.get("alone") is True,
        )


def _check_pattern(find: str, where: str) -> None:
    try:
        pattern = re.compile(find)
    except re.error as error:
        raise RuleError(f"{where}: {find!r}: {error}") from None
    kinds = {group.rstrip("0123456789") for group in pattern.groupindex} - {"first"}
    if not kinds or not kinds <= set(KINDS):
        raise RuleError(f"{where}: {find!r}: no group is named after a kind")


def _words(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    words = row.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        raise RuleError(f"{where}: {key!r} must be a list of words")
    return tuple(words)


def spun_patterns() -> tuple[str, ...]:
    """The patterns of the words that spinning makes."""
    return tuple(
        row["find"]
        for pack in builtin_packs("redaction")
        for rule in pack.rules
        for row in rule.data.get("replace", ())
    )
