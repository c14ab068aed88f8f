"""The triggers of the stage: its anchors, in the form and number that a gate takes.

A gate looks up many triggers of many stages at once, so near ones are put together here: what
one of them allows is then allowed for all, which stops the gate a little more often.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import combinations
from typing import Final, NamedTuple

from zhclean.boilerplate.anchors import choose, options_of
from zhclean.boilerplate.notices import Notices
from zhclean.boilerplate.page import ORNAMENT
from zhclean.boilerplate.rarity import fold, rate_within
from zhclean.boilerplate.scanning import Anchor
from zhclean.boilerplate.templates import nodes_of
from zhclean.triggers import Trigger

__all__ = ["anchors_of", "as_json", "as_text", "rows_of", "trigger_of"]

#: So many triggers of a kind are few enough for any gate.
_MOST: Final = 100

_DIGITS: Final = "0123456789"
#: What stands in the number of a line (`page.NUMBER`): of a numbered line all is looked at,
#: wherever it stands.
_NUMBER: Final = Anchor(_DIGITS, ORNAMENT + "-*•·(（", _DIGITS + ".、．)）")


class Row(NamedTuple):
    """A trigger to be: an anchor and the name of its check (see `hints`)."""

    anchor: Anchor
    check: str


def rows_of(notices: Notices) -> list[Row]:
    """What a gate looks for."""
    within = anchors_of(notices, within_body=True)
    others = anchors_of(notices, within_body=False)
    return [
        Row(_NUMBER, "line"),
        *(Row(anchor, "anywhere") for anchor in sorted(within, key=str)),
        *(Row(anchor, "at_edge") for anchor in _merged(others)),
    ]


def anchors_of(notices: Notices, *, within_body: bool) -> dict[Anchor, list[int]]:
    """Anchors of which one stands in every match of a template, with the numbers of these.

    Of those that are looked for within the body of a page, or of the others. The stage itself
    knows most templates by how their lines begin or end. A gate takes fewer triggers if they may
    stand anywhere.
    """
    options = {
        number: options_of(
            nodes_of(notice.template, ""), "inline" if notice.lead else notice.rule.shape
        )
        for number, notice in enumerate(notices.notices)
        if notice.within_body is within_body
    }
    numbers: dict[Anchor, list[int]] = {}
    for number, chosen in choose(options).items():
        for anchor in chosen:
            numbers.setdefault(anchor, []).append(number)
    return numbers


def trigger_of(anchor: Anchor) -> Trigger:
    """The anchor as a trigger."""
    return Trigger(_written(anchor.leads), _written(anchor.before), _written(anchor.after))


def _written(characters: str | None) -> str:
    """A set of an anchor as a set of a trigger.

    The edges of a text are only in sets that leave something out, so a set with a blank is
    written as all that it leaves out.
    """
    if characters is None:
        return ""
    if " " not in characters:
        hyphen = "-" if "-" in characters else ""
        return (
            hyphen
            + "".join(one for one in characters if one not in "-^")
            + "^" * ("^" in characters)
        )
    borders = [ord(one) for one in sorted(characters) if one > " "]
    lows = [0x21, *(border + 1 for border in borders)]
    highs = [*(border - 1 for border in borders), sys.maxunicode]
    return "^" + "".join(
        f"{chr(low)}-{chr(high)}" for low, high in zip(lows, highs, strict=True) if low <= high
    )


def as_text(rows: Iterable[Row]) -> str:
    """The content of the file that `triggers.load_triggers` reads."""
    return "".join("\t".join((*trigger_of(anchor)[:3], check)) + "\n" for anchor, check in rows)


def as_json(numbers: Mapping[Anchor, Sequence[int]]) -> str:
    """The content of a file that `hints` reads: what the anchors stand for."""
    rows = [(*anchor, numbers[anchor]) for anchor in sorted(numbers, key=str)]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + "\n"


def _merged(anchors: Iterable[Anchor], most: int = _MOST) -> list[Anchor]:
    """Anchors that hold all of `anchors`, at most so many, as rare in clean text as can be had."""
    by_lead: dict[tuple[str, bool, bool], Anchor] = {}
    for anchor in sorted(anchors, key=str):
        key = anchor.leads, anchor.before is None, anchor.after is None
        by_lead[key] = _together(by_lead.get(key, anchor), anchor)
    rows = dict(enumerate(by_lead.values()))
    costs = {number: _hits(row) for number, row in rows.items()}
    gains = [
        (_loss(rows, costs, *pair), *pair) for pair in combinations(rows, 2) if _alike(rows, *pair)
    ]
    heapify(gains)
    number = len(rows)
    while len(rows) > most and gains:
        _, one, two = heappop(gains)
        if one not in rows or two not in rows:
            continue
        row = _together(rows.pop(one), rows.pop(two))
        rows[number], costs[number] = row, _hits(row)
        for other in rows:
            if other != number and _alike(rows, other, number):
                heappush(gains, (_loss(rows, costs, other, number), other, number))
        number += 1
    return [rows[number] for number in sorted(rows)]


def _alike(rows: dict[int, Anchor], one: int, two: int) -> bool:
    """Whether both demand something in front, and both behind, or neither."""
    return [part is None for part in rows[one]] == [part is None for part in rows[two]]


def _loss(rows: dict[int, Anchor], costs: dict[int, float], one: int, two: int) -> float:
    return _hits(_together(rows[one], rows[two])) - costs[one] - costs[two]


def _together(one: Anchor, two: Anchor) -> Anchor:
    return Anchor(*(_union(*parts) for parts in zip(one, two, strict=True)))  # type: ignore[arg-type]


def _union(one: str | None, two: str | None) -> str | None:
    return None if one is None or two is None else "".join(sorted({*one, *two}))


def _hits(anchor: Anchor) -> float:
    return sum(
        rate_within(anchor.before, lead, anchor.after)
        for lead in sorted(set(map(fold, anchor.leads)))
    )
