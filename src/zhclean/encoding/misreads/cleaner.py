"""The cleaner for misread text: find the places, try the chains, keep what can be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import ClassVar, Final

from zhclean.edits import NOTHING, Patch, Proposal, compose
from zhclean.encoding.language import load
from zhclean.encoding.misreads.chains import Chain
from zhclean.encoding.misreads.repairs import Repair, repairs
from zhclean.encoding.misreads.single_byte import single_byte_repairs
from zhclean.encoding.misreads.table import RuleChains, rule_chains
from zhclean.encoding.misreads.zones import COMMON_HAN, SIMPLIFIED_HAN, TRADITIONAL_HAN, zones

__all__ = ["Misreads"]

#: A text misread twice needs two rounds; a third finds what the repaired text now shows.
_ROUNDS: Final = 4
#: The rule of what ftfy repairs.
_SINGLE_BYTE: Final = "E201"
#: A chain is searched only if what it decodes holds so many everyday characters.
_ENOUGH: Final = 3


@dataclass(frozen=True, slots=True)
class Misreads:
    """Proposes the clean text behind text that was decoded with the wrong encoding.

    `锛屾槸` (UTF-8 read as GBK) becomes `，是`. Each repair is proved: garbling the result in
    the same way gives the input back. Bytes that the misread lost are completed only where
    the language model is sure of them, under a rule of its own (E211); otherwise U+FFFD
    stands for the character (E212). Text that is right, in whatever language, is left.
    """

    stage: ClassVar[str] = "encoding"

    def propose(self, text: str) -> Proposal:
        """The repairs of `text`; spans count in `text`."""
        patch = Patch()
        current = text
        for _ in range(_ROUNDS):
            rows = list(_rows(current))
            if not rows:
                break
            step = Patch.of(rows)
            patch = compose(patch, step)
            current = step.apply(current)
        return Proposal(patch) if patch else NOTHING


def _rows(text: str) -> Iterator[tuple[int, int, str, str]]:
    order: Sequence[RuleChains] = rule_chains()
    for start, end in zones(text):
        found, order = _repair_zone(text, start, end, order)
        yield from found


def _repair_zone(
    text: str, start: int, end: int, order: Sequence[RuleChains]
) -> tuple[list[tuple[int, int, str, str]], Sequence[RuleChains]]:
    """The repairs in `text[start:end]`, and the chains with the one that was right first."""
    zone = text[start:end]
    plain = [
        (start + low, start + high, after, _SINGLE_BYTE)
        for low, high, after in single_byte_repairs(zone)
    ]
    if plain:  # what else there is, the next round sees more clearly
        return plain, order
    best: Repair | None = None
    best_rule: RuleChains | None = None
    for entry in order:
        if not _worth_searching(zone, entry.chain):
            continue
        repair = repairs(
            zone,
            entry.chain,
            entry.code,
            load(),
            traditional=_traditional(zone, entry.chain),
            before=text[max(0, start - 2) : start] or "\n",
            after=text[end : end + 1] or "\n",
        )
        if repair.rows and (best is None or repair.gain > best.gain):
            best, best_rule = repair, entry
            if repair.complete:
                break
    if best is None or best_rule is None:
        return [], order
    rows = [(start + low, start + high, after, code) for low, high, after, code in best.rows]
    return rows, [best_rule, *(entry for entry in order if entry is not best_rule)]


@cache
def _everyday() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(COMMON_HAN))}，。、；：？！“”（）《》]")


@cache
def _everyday_pair() -> re.Pattern[str]:
    return re.compile(f"{_everyday().pattern}{{2}}")


def _worth_searching(zone: str, chain: Chain) -> bool:
    """A cheap necessary condition: undone without care, something of it reads as Chinese."""
    if chain.stripped:
        return _C1.search(zone) is None and _STRIPPED.search(zone) is not None
    undone = _undone(zone, chain)
    if chain.true == "utf-8":  # what is whole is hardly so by chance
        return len(_everyday().findall(undone)) >= _ENOUGH
    return len(_everyday_pair().findall(undone)) >= _ENOUGH - 1


#: What UTF-8 leaves of three characters when its bytes 0x80-0x9F are deleted; they are not
#: deleted where one of them is left, as itself or as what windows-1252 makes of it.
_C1: Final = re.compile("[\x80-\x9f\u0152-\u2122]")
_STRIPPED: Final = re.compile("(?:[\xe2-\xe9\xef][\xa0-\xbf]{0,2}){3}")


def _undone(zone: str, chain: Chain) -> str:
    undone = zone
    for _ in range(2 if chain.again else 1):
        undone = undone.encode(chain.wrong, "replace").decode(chain.true, "replace")
    return undone


def _traditional(zone: str, chain: Chain) -> bool:
    """Whether what stands behind `zone` is written in traditional characters, by what is whole."""
    chars = set(_undone(zone, chain))
    return len(chars & (TRADITIONAL_HAN - SIMPLIFIED_HAN)) > len(
        chars & (SIMPLIFIED_HAN - TRADITIONAL_HAN)
    )
