"""The rules of the boilerplate packs, ready for use: see `reading` for what they are made from."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, NamedTuple

from zhclean.boilerplate.data import read_data
from zhclean.boilerplate.page import ORNAMENT
from zhclean.boilerplate.scanning import Anchor, Scanner

__all__ = ["DETECTORS", "Notice", "NoticeRule", "Notices", "load_notices"]

DETECTORS: Final = (
    "metadata",
    "controls",
    "breadcrumb",
    "numbered_notice",
    "title_rows",
    "tail_list",
    "repeated_list",
    "watermark",
    "keyword_ladder",
    "uncut",
    "section_gap",
)

#: What `reading.read_packs` finds in the built-in packs, written by tools/build_notices.py.
_READ_AHEAD: Final = "notices.json"


class NoticeRule(NamedTuple):
    """What the engine needs to know about one rule."""

    code: str
    kind: str
    shape: str
    at: str
    needs: str
    level: str
    pack: str
    words: Mapping[str, tuple[str, ...]]
    generic: bool  # not written for one site or content system


class Notice(NamedTuple):
    """One template of a rule; that of a detector is a word that calls for the detectors."""

    rule: NoticeRule
    template: str
    lead: bool  # whether it is a word of a detector, not a notice

    @property
    def within_body(self) -> bool:
        """Whether it is looked for between the first and the last line of prose, too."""
        return self.rule.at == "any" and (not self.lead or self.rule.shape == "watermark")


@dataclass(frozen=True)
class Notices:
    """All templates of a set of packs, found through the anchors that they need."""

    notices: Sequence[Notice]
    anchors: Mapping[Anchor, Sequence[int]]  # to indices of `notices`
    heads: Mapping[Anchor, Sequence[int]]  # of those that begin a line of the body
    detectors: Mapping[str, NoticeRule]

    @cached_property
    def scanner(self) -> Scanner:
        """Finds the anchors, and yields indices of `notices`."""
        return Scanner(self.anchors)

    @cached_property
    def head_scanner(self) -> Scanner:
        """The same for notices that may stand within the body, where their lines begin."""
        return Scanner(self.heads, in_front=f"\n[{re.escape(ORNAMENT)}]*+")

    @cached_property
    def body_scanner(self) -> Scanner:
        """The same for notices that may stand within the body, and do not begin their lines."""
        heads = {number for numbers in self.heads.values() for number in numbers}
        body = [notice.within_body for notice in self.notices]
        return Scanner(
            _restricted(self.anchors, lambda number: body[number] and number not in heads)
        )

    def to_json(self) -> str:
        """All of it as one line of JSON."""
        found = [*self.detectors.values(), *(notice.rule for notice in self.notices)]
        rules = {rule.code: rule._asdict() for rule in found}
        table = {
            "rules": list(rules.values()),
            "notices": [(notice.rule.code, notice.template) for notice in self.notices],
            "anchors": [(*anchor, numbers) for anchor, numbers in self.anchors.items()],
            "heads": [(*anchor, numbers) for anchor, numbers in self.heads.items()],
        }
        return json.dumps(table, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str | bytes) -> Notices:
        """What `to_json` wrote."""
        table = json.loads(text)
        rules = {}
        for row in table["rules"]:
            words = {name: tuple(listed) for name, listed in row.pop("words").items()}
            rules[row["code"]] = NoticeRule(**row, words=words)
        return cls(
            notices=[
                Notice(rules[code], template, rules[code].shape in DETECTORS)
                for code, template in table["notices"]
            ],
            anchors={Anchor(*anchor): numbers for *anchor, numbers in table["anchors"]},
            heads={Anchor(*anchor): numbers for *anchor, numbers in table["heads"]},
            detectors={rule.shape: rule for rule in rules.values() if rule.shape in DETECTORS},
        )

    def without(self, packs: Iterable[str]) -> Notices:
        """All but the rules of the named packs."""
        gone = frozenset(packs)
        kept = [notice.rule.pack not in gone for notice in self.notices]
        return Notices(
            notices=self.notices,
            anchors=_restricted(self.anchors, kept.__getitem__),
            heads=_restricted(self.heads, kept.__getitem__),
            detectors={
                name: rule for name, rule in self.detectors.items() if rule.pack not in gone
            },
        )

    def with_(self, others: Notices) -> Notices:
        """These and others."""
        count = len(self.notices)
        return Notices(
            notices=[*self.notices, *others.notices],
            anchors=_united(self.anchors, others.anchors, count),
            heads=_united(self.heads, others.heads, count),
            detectors={**self.detectors, **others.detectors},
        )


@cache
def load_notices(packs: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> Notices:
    """The built-in packs (but for those named in `without`) and the user's `packs`.

    `packs` are paths of TOML files, or TOML text (told apart by a line break). Raises
    `RuleError`, beginning with FILE:LINE, for a pack that can't be used.
    """
    if not packs and not without:
        return Notices.from_json(read_data(_READ_AHEAD))
    builtin = load_notices()
    kept = builtin.without(without) if without else builtin
    if not packs:
        return kept
    # Late: texts are cleaned without ever reading a pack.
    from zhclean.boilerplate.reading import read_user_packs

    rules = [*kept.detectors.values(), *(notice.rule for notice in kept.notices)]
    names = {rule.code: rule.pack for rule in rules if rule.pack not in without}
    return kept.with_(read_user_packs(packs, names))


def _restricted(
    anchors: Mapping[Anchor, Sequence[int]], wanted: Callable[[int], bool]
) -> dict[Anchor, list[int]]:
    """Anchors with those of their numbers that are wanted."""
    rows = {anchor: list(filter(wanted, numbers)) for anchor, numbers in anchors.items()}
    return {anchor: numbers for anchor, numbers in rows.items() if numbers}


def _united(
    some: Mapping[Anchor, Sequence[int]], others: Mapping[Anchor, Sequence[int]], count: int
) -> dict[Anchor, list[int]]:
    """Both, where the numbers of `others` are counted from `count`."""
    rows = {anchor: list(numbers) for anchor, numbers in some.items()}
    for anchor, numbers in others.items():
        rows.setdefault(anchor, []).extend(count + number for number in numbers)
    return rows
