"""The rules of the boilerplate packs, checked and compiled.

Keys of a rule beyond those of every pack (see `zhclean.rules`):

    kind        one of `KINDS`: what the furniture is
    shape       "line"      the template is a whole line
                "heading"   the same, and the links below (or behind it in its line) go with it
                "sentence"  the template stands in a sentence, which goes as a whole
                "end"       the template ends a line (or a cell of it) whose beginning stays
                "start"     the template begins a line whose remainder stays
                "inline"    the template is cut out wherever it stands
                or the name of one of `DETECTORS`, an algorithm that reads `words`
    templates   see `zhclean.boilerplate.templates`
    words       the vocabulary of a detector, in lists by name
    at          where it must stand: "any", "head", "tail" or "edge" (head or tail)
    needs       "page" or "pack": another rule (of the same pack) must have found something too
    level       the lowest level at which the rule works, "conservative" if not given

A user's pack has the same form; it may not name a detector.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from itertools import accumulate, compress
from pathlib import Path
from pkgutil import get_data
from typing import Final

from zhclean.boilerplate.levels import LEVELS
from zhclean.boilerplate.scanning import Anchor, Scanner
from zhclean.boilerplate.templates import Literal, literal_template, nodes_of
from zhclean.errors import RuleError
from zhclean.rules import Pack, Rule, builtin_packs, load_pack

__all__ = [
    "DETECTORS",
    "KINDS",
    "Notice",
    "NoticeRule",
    "Notices",
    "load_notices",
    "read_packs",
]

KINDS: Final = (
    "disclaimer",
    "paywall",
    "site_header",
    "related_links",
    "navigation",
    "residue",
    "upload_metadata",
    "ad",
    "other",
)
SHAPES: Final = ("line", "heading", "sentence", "end", "start", "inline")
PLACES: Final = ("any", "head", "tail", "edge")
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

#: Those that look only above and below the body.
_EDGE_DETECTORS: Final = frozenset({"metadata", "controls", "breadcrumb", "repeated_list"})

#: What `read_packs` finds in the built-in packs, written by tools/build_notices.py.
_READ_AHEAD: Final = "notices.json"

#: A user's pack of more rules or templates than this is refused.
MOST_TEMPLATES: Final = 20_000


@dataclass(frozen=True, slots=True)
class NoticeRule:
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


@dataclass(frozen=True, slots=True)
class Notice:
    """One template of a rule; that of a detector is a word that calls for the detectors."""

    rule: NoticeRule
    template: str

    @property
    def lead(self) -> bool:
        """Whether it is a word of a detector, not a notice."""
        return self.rule.shape in DETECTORS

    @property
    def within_body(self) -> bool:
        """Whether it is a notice between the first and the last line of prose, too."""
        return self.rule.at == "any" and self.rule.shape not in _EDGE_DETECTORS


@dataclass(frozen=True)
class Notices:
    """All templates of a set of packs, found through the anchors that they need."""

    notices: Sequence[Notice]
    anchors: Mapping[Anchor, Sequence[int]]  # to indices of `notices`
    detectors: Mapping[str, NoticeRule]

    @cached_property
    def scanner(self) -> Scanner:
        """Finds the anchors, and yields indices of `notices`."""
        return Scanner(self.anchors)

    @cached_property
    def body_scanner(self) -> Scanner:
        """The same for notices that may stand within the body."""
        body = [notice.within_body for notice in self.notices]
        anchors = {
            anchor: [number for number in numbers if body[number]]
            for anchor, numbers in self.anchors.items()
        }
        return Scanner({anchor: numbers for anchor, numbers in anchors.items() if numbers})

    def to_json(self) -> str:
        """All of it as one line of JSON."""
        found = [*self.detectors.values(), *(notice.rule for notice in self.notices)]
        rules = {rule.code: asdict(rule) for rule in found}
        table = {
            "rules": list(rules.values()),
            "notices": [(notice.rule.code, notice.template) for notice in self.notices],
            "anchors": [(*anchor, numbers) for anchor, numbers in self.anchors.items()],
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
            notices=[Notice(rules[code], template) for code, template in table["notices"]],
            anchors={Anchor(*anchor): numbers for *anchor, numbers in table["anchors"]},
            detectors={rule.shape: rule for rule in rules.values() if rule.shape in DETECTORS},
        )

    def without(self, packs: Iterable[str]) -> Notices:
        """All but the rules of the named packs."""
        gone = frozenset(packs)
        kept = [notice.rule.pack not in gone for notice in self.notices]
        places = list(accumulate(kept, initial=0))
        anchors = {
            anchor: [places[number] for number in numbers if kept[number]]
            for anchor, numbers in self.anchors.items()
        }
        return Notices(
            notices=list(compress(self.notices, kept)),
            anchors={anchor: numbers for anchor, numbers in anchors.items() if numbers},
            detectors={
                name: rule for name, rule in self.detectors.items() if rule.pack not in gone
            },
        )

    def with_(self, others: Notices) -> Notices:
        """These and others."""
        anchors = {anchor: list(numbers) for anchor, numbers in self.anchors.items()}
        for anchor, numbers in others.anchors.items():
            anchors.setdefault(anchor, []).extend(len(self.notices) + n for n in numbers)
        return Notices(
            notices=[*self.notices, *others.notices],
            anchors=anchors,
            detectors={**self.detectors, **others.detectors},
        )


@cache
def load_notices(packs: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> Notices:
    """The built-in packs (but for those named in `without`) and the user's `packs`.

    `packs` are paths of TOML files, or TOML text (told apart by a line break). Raises
    `RuleError`, beginning with FILE:LINE, for a pack that can't be used.
    """
    if not packs and not without:
        table = get_data("zhclean.boilerplate", _READ_AHEAD)
        if table is None:
            raise FileNotFoundError(_READ_AHEAD)
        return Notices.from_json(table)
    builtin = load_notices()
    kept = builtin.without(without) if without else builtin
    if not packs:
        return kept
    taken = {notice.rule.code: f"the pack {notice.rule.pack!r}" for notice in kept.notices}
    return kept.with_(_read([_user_pack(source) for source in packs], taken, detectors_too=False))


def read_packs() -> Notices:
    """The built-in packs from their sources, which takes some seconds."""
    return _read(builtin_packs("boilerplate"), {}, detectors_too=True)


def _user_pack(source: str) -> Pack:
    if "\n" in source:
        return load_pack(source, "<pack>", stage="boilerplate")
    try:
        text = Path(source).read_text("utf-8")
    except OSError as error:
        raise RuleError(f"{source}:1: {error.strerror}") from None
    except ValueError as error:  # no UTF-8; a name that no file can have
        raise RuleError(f"{source}:1: {error}") from None
    return load_pack(text, source, stage="boilerplate")


def _read(packs: Iterable[Pack], taken: Mapping[str, str], *, detectors_too: bool) -> Notices:
    from zhclean.boilerplate.anchors import Options, choose, options_of

    detectors: dict[str, NoticeRule] = {}
    notices: list[Notice] = []
    options: dict[int, Options] = {}
    codes = dict(taken)
    count = 0
    for rule, name in [(rule, pack.name) for pack in packs for rule in pack.rules]:
        if rule.code in codes:
            raise RuleError(f"{rule.where}: {rule.code} is already in {codes[rule.code]}")
        codes[rule.code] = rule.where
        notice_rule, templates = read_rule(rule, name, detectors_too=detectors_too)
        if notice_rule.shape in DETECTORS:
            detectors[notice_rule.shape] = notice_rule
            for lead in notice_rule.words.get("leads", ()):
                options[len(notices)] = options_of([Literal(lead)], "inline")
                notices.append(Notice(notice_rule, literal_template(lead)))
            continue
        count += len(templates)
        if count > MOST_TEMPLATES:
            raise RuleError(f"{rule.where}: more than {MOST_TEMPLATES} templates")
        for source in templates:
            where = f"{rule.where}: {rule.code}"
            found = options_of(nodes_of(source, where), notice_rule.shape)
            if not found:
                raise RuleError(
                    f"{where}: template {source!r} needs two literal characters side by side"
                )
            options[len(notices)] = found
            notices.append(Notice(notice_rule, source))
    anchors: dict[Anchor, list[int]] = {}
    for number, chosen in choose(options).items():
        for anchor in chosen:
            anchors.setdefault(anchor, []).append(number)
    return Notices(notices, anchors, detectors)


def read_rule(rule: Rule, pack: str, *, detectors_too: bool) -> tuple[NoticeRule, tuple[str, ...]]:
    """The rule for the engine and its templates; `RuleError` if a key is missing or unknown."""
    data = dict(rule.data)
    where = f"{rule.where}: {rule.code}"
    kind = _choice(data, "kind", KINDS, where)
    shapes = (*SHAPES, *DETECTORS) if detectors_too else SHAPES
    shape = _choice(data, "shape", shapes, where)
    at = _choice(data, "at", PLACES, where, "any")
    needs = _choice(data, "needs", ("", "page", "pack"), where, "")
    level = _choice(data, "level", LEVELS, where, "conservative")
    templates = data.pop("templates", [])
    words = data.pop("words", {})
    if data:
        raise RuleError(f"{where}: unknown key {min(data)!r}")
    if not isinstance(templates, list) or not all(isinstance(row, str) for row in templates):
        raise RuleError(f"{where}: 'templates' must be a list of strings")
    if bool(templates) == (shape in DETECTORS):
        raise RuleError(
            f"{where}: shape {shape!r} goes {'with' if not templates else 'without'} 'templates'"
        )
    if not isinstance(words, dict) or not all(isinstance(row, list) for row in words.values()):
        raise RuleError(f"{where}: 'words' must be a table of lists")
    generic = re.fullmatch("B0[0-9]{2}", rule.code) is not None
    lists = {name: tuple(map(str, row)) for name, row in words.items()}
    engine = NoticeRule(rule.code, kind, shape, at, needs, level, pack, lists, generic)
    return engine, tuple(templates)


def _choice(
    data: dict[str, object],
    key: str,
    allowed: Sequence[str],
    where: str,
    default: str | None = None,
) -> str:
    value = data.pop(key, default)
    if value is None:
        raise RuleError(f"{where}: {key!r} is missing")
    if value not in allowed:
        raise RuleError(
            f"{where}: {key!r} is {value!r}, not one of {', '.join(filter(None, allowed))}"
        )
    return str(value)
