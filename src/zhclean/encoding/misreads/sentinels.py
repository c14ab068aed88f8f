"""What is left of text that cannot be had back: U+FFFD, 锟斤拷, and the fill of debug builds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from zhclean.edits import NOTHING, Flag, Patch, Proposal
from zhclean.errors import RuleError
from zhclean.triggers import Trigger

if TYPE_CHECKING:
    from zhclean.rules import Rule

__all__ = ["Sentinels"]


#: Every remain that does not begin with U+FFFD or 锟 holds one of these.
_PAIRS: Final = ("烫烫", "屯屯", "葺葺", "斤拷", "踝蕭", "쏙옙")
#: A rare character of each. `in` with one character is forty times as fast as a search.
_SIGNS: Final = "\ufffd锟烫屯葺拷蕭쏙"


@dataclass(frozen=True, slots=True)
class Sentinels:
    """Flags the remains of lost text with their kind.

    Memory fill behind the end of a sentence (`。烫烫烫烫`) was never text and is deleted;
    everything else stays where it is, because what it replaced is not known.
    """

    stage: ClassVar[str] = "encoding"

    def triggers(self) -> tuple[Trigger, ...]:
        """The beginnings of what the rules look for."""
        return (Trigger("\ufffd锟"), *(Trigger(one, after=two) for one, two in _PAIRS))

    def propose(self, text: str) -> Proposal:
        """Flags on the remains in `text`, deletions of pure padding."""
        if not any(map(text.__contains__, _SIGNS)) or _trigger().search(text) is None:
            return NOTHING
        rows = sorted(
            (*found.span(), "", rule.code)
            for rule in _rules()
            if rule.deletes
            for found in rule.pattern.finditer(text)
        )
        deleted = [(start, end) for start, end, _, _ in rows]
        return Proposal(Patch.of(rows), tuple(_flags(text, deleted)))


def _flags(text: str, deleted: list[tuple[int, int]]) -> Iterator[Flag]:
    gone = set(deleted)
    flags = [
        Flag(*found.span(), rule.kind, rule.code)
        for rule in _rules()
        if not rule.deletes
        for found in rule.pattern.finditer(text)
        if found.span() not in gone
    ]
    yield from sorted(flags, key=lambda flag: (flag.start, flag.end))


class _Sentinel(NamedTuple):
    code: str
    kind: str
    pattern: re.Pattern[str]
    deletes: bool


@cache
def _rules() -> tuple[_Sentinel, ...]:
    from zhclean.encoding.pack import read_pack

    return tuple(map(_sentinel, read_pack("sentinels").rules))


def _sentinel(rule: Rule) -> _Sentinel:
    match rule.data:
        case {"kind": str(kind), "pattern": str(pattern)}:
            try:
                return _Sentinel(
                    rule.code, kind, re.compile(pattern, re.MULTILINE), bool(rule.change)
                )
            except re.error as error:
                raise RuleError(f"{rule.where}: {rule.code}: bad pattern: {error}") from None
        case _:
            raise RuleError(f"{rule.where}: {rule.code}: 'kind' and 'pattern' must be strings")


@cache
def _trigger() -> re.Pattern[str]:
    # Each begins with a character, not with a class: `re` then looks for all of them at once.
    return re.compile("|".join(("\ufffd", "锟", *_PAIRS)))
