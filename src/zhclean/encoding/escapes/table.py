"""The word lists of the pack `escapes.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeGuard

from zhclean.encoding.pack import read_pack
from zhclean.errors import RuleError
from zhclean.rules import Rule

__all__ = ["EscapeData", "escape_data"]


@dataclass(frozen=True, slots=True)
class EscapeData:
    """The lists that the finders of escapes read."""

    words: tuple[str, ...]  #: of text that speaks about escapes
    everyday_words: tuple[str, ...]  #: of such text, and of any other
    entities: tuple[str, ...]  #: names that are known even without their `&`
    abbreviations: tuple[str, ...]  #: with `&`, lower case


@cache
def escape_data() -> EscapeData:
    """The lists of the pack that comes with zhclean."""
    pack = read_pack("escapes")
    rules = {rule.code: rule for rule in pack.rules}
    lists = []
    for key in ("words", "everyday_words"):
        words = pack.data.get(key)
        if not _is_strings(words):
            raise RuleError(f"{pack.path}:1: [pack]: {key!r} must be a list of strings")
        lists.append(tuple(words))
    return EscapeData(
        words=lists[0],
        everyday_words=lists[1],
        entities=_list(rules, "E404", "entities"),
        abbreviations=_list(rules, "E405", "abbreviations"),
    )


def _list(rules: Mapping[str, Rule], code: str, key: str) -> tuple[str, ...]:
    rule = rules[code]
    values = rule.data.get(key)
    if not _is_strings(values):
        raise RuleError(f"{rule.where}: {code}: {key!r} must be a list of strings")
    return tuple(values)


def _is_strings(values: object) -> TypeGuard[list[str]]:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)
