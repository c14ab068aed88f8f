"""The chains that are tried, from the pack `misreads.toml`."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from zhclean.encoding.misreads.chains import Chain
from zhclean.encoding.misreads.single_byte import register_codecs
from zhclean.encoding.pack import read_pack
from zhclean.errors import RuleError
from zhclean.rules import Rule

__all__ = ["RuleChains", "rule_chains"]


@dataclass(frozen=True, slots=True)
class RuleChains:
    """A chain and the code of the rule that undoes it."""

    code: str
    chain: Chain


@cache
def rule_chains() -> tuple[RuleChains, ...]:
    """Every chain of the pack, in the order of the file."""
    register_codecs()
    return tuple(
        RuleChains(rule.code, chain)
        for rule in read_pack("misreads").rules
        for chain in _chains(rule)
    )


def _chains(rule: Rule) -> Iterator[Chain]:
    rows = rule.data.get("chains", [])
    if not isinstance(rows, list):
        raise RuleError(f"{rule.where}: {rule.code}: 'chains' must be a list")
    for row in rows:
        match row:
            case {"true": str(true), "wrong": str(wrong), **rest} if set(rest) <= {
                "again",
                "stripped",
            }:
                for encoding in (true, wrong):
                    _check_codec(encoding, rule)
                again, stripped = bool(rest.get("again")), bool(rest.get("stripped"))
                yield Chain(true, wrong, again=again, stripped=stripped)
            case _:
                raise RuleError(
                    f"{rule.where}: {rule.code}: a chain is "
                    "{ true = 'codec', wrong = 'codec' } with an optional 'again' or 'stripped'"
                )


def _check_codec(encoding: str, rule: Rule) -> None:
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise RuleError(f"{rule.where}: {rule.code}: no codec {encoding!r}") from None
