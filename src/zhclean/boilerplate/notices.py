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
from functools import cache
from pathlib import Path
from pkgutil import get_data
from typing import Final

from zhclean.boilerplate.scanning import Scanner, scanner
from zhclean.boilerplate.templates import parse
from zhclean.errors import RuleError
from zhclean.rules import Pack, Rule, builtin_packs, load_pack

__all__ = [
    "DETECTORS",
    "KINDS",
    "LEVELS",
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
LEVELS: Final = ("conservative", "standard", "aggressive")
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
    """One template of a rule; the template of a lead, which calls for the detectors, is None."""

    rule: NoticeRule
    template: str | None


@dataclass(frozen=True, slots=True)
class Notices:
    """All templates of a set of packs, found through the literals they need."""

    scanner: Scanner  # its numbers are indices of `notices`
    notices: Sequence[Notice]
    detectors: Mapping[str, NoticeRule]

    def to_json(self) -> str:
        """All of it as one line of JSON."""
        found = [*self.detectors.values(), *(notice.rule for notice in self.notices)]
        rules = {rule.code: asdict(rule) for rule in found}
        table = {
            "rules": list(rules.values()),
            "notices": [(notice.rule.code, notice.template) for notice in self.notices],
            "scanner": asdict(self.scanner),
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
            scanner=Scanner(**table["scanner"]),
            notices=[Notice(rules[code], template) for code, template in table["notices"]],
            detectors={rule.shape: rule for rule in rules.values() if rule.shape in DETECTORS},
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
    return read_packs(packs, without)


def read_packs(packs: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> Notices:
    """The same from the sources of all packs, which takes a tenth of a second."""
    loaded = [pack for pack in builtin_packs("boilerplate") if pack.name not in without]
    loaded += [_user_pack(source) for source in packs]
    rules = [(rule, pack) for pack in loaded for rule in pack.rules]
    return _index(rules, builtin=len(loaded) - len(packs), packs=loaded)


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


def _index(rules: Iterable[tuple[Rule, Pack]], builtin: int, packs: Sequence[Pack]) -> Notices:
    own = {pack.path for pack in packs[:builtin]}
    detectors: dict[str, NoticeRule] = {}
    notices: list[Notice] = []
    by_literal: dict[str, list[int]] = {}
    codes: dict[str, str] = {}
    count = 0
    for rule, pack in rules:
        if rule.code in codes:
            raise RuleError(f"{rule.where}: {rule.code} is already in {codes[rule.code]}")
        codes[rule.code] = rule.where
        notice_rule, templates = read_rule(rule, pack.name, detectors_too=pack.path in own)
        if notice_rule.shape in DETECTORS:
            detectors[notice_rule.shape] = notice_rule
            for lead in notice_rule.words.get("leads", ()):
                by_literal.setdefault(lead, []).append(len(notices))
            notices.append(Notice(notice_rule, None))
            continue
        count += len(templates)
        if count > MOST_TEMPLATES:
            raise RuleError(f"{rule.where}: more than {MOST_TEMPLATES} templates")
        for source in templates:
            template = parse(source, f"{rule.where}: {rule.code}")
            for literal in template.triggers:
                by_literal.setdefault(literal, []).append(len(notices))
            notices.append(Notice(notice_rule, source))
    return Notices(scanner(by_literal), notices, detectors)


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
