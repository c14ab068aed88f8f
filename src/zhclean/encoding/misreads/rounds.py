"""One round of the search for misread text: the zones, and the best repair of each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from zhclean.encoding.language import load
from zhclean.encoding.misreads.chains import Chain
from zhclean.encoding.misreads.repairs import Repair, repairs
from zhclean.encoding.misreads.single_byte import single_byte_repairs
from zhclean.encoding.misreads.suspicion import is_strange, promising_place, undone
from zhclean.encoding.misreads.table import RuleChains, rule_chains
from zhclean.encoding.misreads.zones import zones

__all__ = ["zone_repairs"]

#: A chain is first tried on so many characters of a longer zone, where it promises most.
_SAMPLE: Final = 160
#: The rule of what ftfy repairs.
_SINGLE_BYTE: Final = "E201"

#: Replacements with the code of their rule, and spans that are misread beyond repair.
_Found = tuple[list[tuple[int, int, str, str]], list[tuple[int, int]]]


def zone_repairs(text: str) -> Iterator[_Found]:
    """What there is to do in `text`, by zones, in order."""
    trusted: RuleChains | None = None
    for start, end in zones(text):
        zone = text[start:end]
        if not is_strange(zone):
            continue
        plain = [
            (start + low, start + high, after, _SINGLE_BYTE)
            for low, high, after in single_byte_repairs(zone)
        ]
        if plain:  # what else there is, the next round sees more clearly
            yield plain, []
            continue
        best, right = _best_repair(
            zone, text[max(0, start - 2) : start], text[end : end + 1], trusted
        )
        if best is not None:
            trusted = right
            rows = [
                (start + low, start + high, after, code) for low, high, after, code in best.rows
            ]
            yield rows, [(start + low, start + high) for low, high in best.hopeless]


# What was not repaired comes back in every round.
@lru_cache(maxsize=1 << 8)
def _best_repair(
    zone: str, before: str, after: str, trusted: RuleChains | None
) -> tuple[Repair | None, RuleChains | None]:
    """What makes `zone` the likeliest, and the chain that does; `trusted` is tried first.

    `trusted` is what went wrong in the zone before.
    """
    best: Repair | None = None
    right: RuleChains | None = None
    order = rule_chains()
    if trusted is not None:
        order = (trusted, *(entry for entry in order if entry is not trusted))
    for entry in order:
        place = promising_place(zone, entry.chain)
        if place is None:
            continue
        if len(zone) > 2 * _SAMPLE:
            start = max(0, place - _SAMPLE // 2)
            sample = _repair(zone[start : start + _SAMPLE], entry, "，", "，")
            if not sample.rows and not sample.hopeless:
                continue
        repair = _repair(zone, entry, before, after)
        if best is None or repair.gain > best.gain:
            best, right = repair, entry
            # What went wrong in the zone before went wrong here, if that leaves nothing odd.
            if repair.complete and (entry is trusted or _settles(entry.chain, repair)):
                break
    return best, right


def _repair(zone: str, entry: RuleChains, before: str, after: str) -> Repair:
    known = undone(zone, entry.chain)
    return repairs(zone, entry.chain, entry.code, load(), known=known, before=before, after=after)


def _settles(chain: Chain, repair: Repair) -> bool:
    """Whether no other chain needs to be tried: a proof, by a decoder with no other version.

    The Big5 of Python, of Windows and of browsers differ in what they read from the same bytes.
    """
    return not repair.judged and chain.wrong not in ("big5", "big5hkscs", "cp950")
