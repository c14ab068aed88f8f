"""The pack of this repair, and the data that its rules carry."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from zhclean.encoding.pack import read_pack
from zhclean.errors import RuleError

__all__ = ["rule_data"]

_PACK: Final = "annotated-gbk"
#: Keys that the code reads, with their type.
_KEYS: Final[Mapping[str, Mapping[str, type]]] = {
    "E108": {"common": float, "inside": float, "evidence": int, "most": float},
    "E109": {"least": int, "share": float},
    "E110": {"remains": dict},
    "E111": {"behind": str},
}


@cache
def rule_data(code: str) -> Mapping[str, Any]:
    """The data of one rule. Raises `RuleError` where a key is missing, unknown or of wrong type."""
    rule = next(rule for rule in read_pack(_PACK).rules if rule.code == code)
    keys = _KEYS[code]
    if unknown := sorted(set(rule.data) - set(keys)):
        raise RuleError(f"{rule.where}: {code}: unknown key {unknown[0]!r}")
    for key, kind in keys.items():
        if not isinstance(rule.data.get(key), kind):
            raise RuleError(f"{rule.where}: {code}: {key!r} must be {kind.__name__}")
    return rule.data
