"""The rules of the boilerplate packs, ready for use: see `reading` for what they are made from."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from zhclean.boilerplate.data import read_data
from zhclean.boilerplate.scanning import Anchor

__all__ = ["DETECTORS", "Notice", "NoticeRule", "Notices", "Words", "load_notices"]

DETECTORS: Final = (
    "metadata",
    "recurring_record",
    "notice_paragraph",
    "controls",
    "breadcrumb",
    "numbered_notice",
    "title_rows",
    "between",
    "web_words",
    "tail_list",
    "repeated_list",
    "watermark",
    "keyword_ladder",
    "menu_row",
    "path_beside",
    "site_name",
    "site_voice",
    "title_tail",
    "post_cards",
    "author_card",
    "contents_box",
    "repeated_summary",
    "uncut",
    "section_gap",
)

#: What `reading.read_packs` finds in the built-in packs, written by tools/build_notices.py.
_READ_AHEAD: Final = "notices.json"
#: The ways in which templates are found.
_FOUND_BY: Final = ("heads", "tails", "anchors", "body")


class Words(dict[str, tuple[str, ...]]):
    """The vocabulary of a detector, in lists by name; stands for itself in caches."""

    __slots__ = ()

    __hash__ = object.__hash__  # type: ignore[assignment]


class NoticeRule(NamedTuple):
    """What the engine needs to know about one rule."""

    code: str
    kind: str
    shape: str
    at: str
    needs: str
    level: str
    pack: str
    words: Words
    generic: bool  # not written for one site or content system


class Notice(NamedTuple):
    """One template of a rule; that of a detector is a word that calls for the detectors."""

    rule: NoticeRule
    template: str
    lead: bool  # whether it is a word of a detector, not a notice
    signs: tuple[str, ...] = ()  # of each of these one character stands in every match

    @property
    def within_body(self) -> bool:
        """Whether it is looked for between the first and the last line of prose, too."""
        return self.rule.at == "any" and (not self.lead or self.rule.shape == "watermark")


@dataclass(frozen=True)
class Notices:
    """All templates of a set of packs, found through the anchors that they need."""

    notices: Sequence[Notice]
    heads: Mapping[Anchor, Sequence[int]]  # to indices of `notices`: what lines begin with
    tails: Mapping[Anchor, Sequence[int]]  # what lines end with, of those with other beginnings
    anchors: Mapping[Anchor, Sequence[int]]  # of those that are not known by either
    body: Mapping[Anchor, Sequence[int]]  # of those among them that may stand within the body
    detectors: Mapping[str, NoticeRule]
    figures: Collection[str]  # the literals that hold digits, see `templates.figures_of`

    def in_body(self, anchors: Mapping[Anchor, Sequence[int]]) -> Mapping[Anchor, Sequence[int]]:
        """Those of some anchors whose notices may stand within the body."""
        return _restricted(anchors, lambda number: self.notices[number].within_body)

    def to_json(self) -> str:
        """All of it as one line of JSON."""
        found = [*self.detectors.values(), *(notice.rule for notice in self.notices)]
        rules = {rule.code: rule._asdict() for rule in found}
        table = {
            "rules": list(rules.values()),
            "notices": [(one.rule.code, one.template, one.signs) for one in self.notices],
            **{
                name: [(*anchor, numbers) for anchor, numbers in getattr(self, name).items()]
                for name in _FOUND_BY
            },
            "figures": sorted(self.figures),
        }
        return json.dumps(table, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str | bytes) -> Notices:
        """What `to_json` wrote."""
        table = json.loads(text)
        rules = {}
        for row in table["rules"]:
            words = {name: tuple(listed) for name, listed in row.pop("words").items()}
            rules[row["code"]] = NoticeRule(**row, words=Words(words))
        return cls(
            notices=[
                Notice(rules[code], template, rules[code].shape in DETECTORS, tuple(signs))
                for code, template, signs in table["notices"]
            ],
            **{
                name: {Anchor(*anchor): numbers for *anchor, numbers in table[name]}
                for name in _FOUND_BY
            },
            detectors={rule.shape: rule for rule in rules.values() if rule.shape in DETECTORS},
            figures=table["figures"],
        )

    def without(self, packs: Iterable[str]) -> Notices:
        """All but the rules of the named packs."""
        gone = frozenset(packs)
        kept = [notice.rule.pack not in gone for notice in self.notices]
        return Notices(
            notices=self.notices,
            heads=_restricted(self.heads, kept.__getitem__),
            tails=_restricted(self.tails, kept.__getitem__),
            anchors=_restricted(self.anchors, kept.__getitem__),
            body=_restricted(self.body, kept.__getitem__),
            detectors={
                name: rule for name, rule in self.detectors.items() if rule.pack not in gone
            },
            figures=self.figures,
        )

    def with_(self, others: Notices) -> Notices:
        """These and others."""
        count = len(self.notices)
        return Notices(
            notices=[*self.notices, *others.notices],
            heads=_united(self.heads, others.heads, count),
            tails=_united(self.tails, others.tails, count),
            anchors=_united(self.anchors, others.anchors, count),
            body=_united(self.body, others.body, count),
            detectors={**self.detectors, **others.detectors},
            figures={*self.figures, *others.figures},
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
