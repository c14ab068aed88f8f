"""The tables of `packs/characters.toml`, checked."""

from __future__ import annotations

from functools import cache
from typing import Any

from zhclean.encoding.pack import read_pack
from zhclean.errors import RuleError
from zhclean.rules import Rule

__all__ = ["characters_of", "pairs_of"]


@cache
def _rules() -> dict[str, Rule]:
    return {rule.code: rule for rule in read_pack("characters").rules}


def characters_of(code: str, key: str) -> str:
    """The string under `key` of a rule."""
    rule = _rules()[code]
    value: Any = rule.data.get(key)
    if not isinstance(value, str) or not value:
        raise RuleError(f"{rule.where}: {code}: {key!r} must be a string of characters")
    return value


def pairs_of(code: str, key: str) -> dict[str, str]:
    """The string under `key`, read as pairs: a character and what stands for it."""
    flat = characters_of(code, key)
    if len(flat) % 2:
        raise RuleError(f"{_rules()[code].where}: {code}: {key!r} has an odd character")
    return dict(zip(flat[::2], flat[1::2], strict=True))
