"""Reading the rules of boilerplate packs from their sources, and checking them.

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

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from zhclean.boilerplate.anchors import (
    Branches,
    Options,
    choose,
    heads_of,
    options_of,
    signs_of,
    tails_of,
)
from zhclean.boilerplate.levels import LEVELS
from zhclean.boilerplate.notices import DETECTORS, Notice, NoticeRule, Notices, Words
from zhclean.boilerplate.scanning import Anchor
from zhclean.boilerplate.templates import Literal, figures_of, literal_template, nodes_of
from zhclean.errors import RuleError
from zhclean.rules import Pack, Rule, builtin_packs, read_pack

__all__ = ["KINDS", "read_packs", "read_user_packs"]

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
#: Those that begin their lines.
_FIRST: Final = ("line", "heading", "start")
#: Those that are all of them.
_WHOLE: Final = ("line", "heading")
PLACES: Final = ("any", "head", "tail", "edge")
#: A user's pack of more rules or templates than this is refused.
MOST_TEMPLATES: Final = 20_000


def read_packs() -> Notices:
    """The built-in packs from their sources, which takes some seconds."""
    return _read(builtin_packs("boilerplate"), {}, detectors_too=True)


def read_user_packs(sources: Iterable[str], taken: Mapping[str, str]) -> Notices:
    """A user's packs, each the path of a TOML file or TOML text.

    `taken` holds the codes that other packs have, with their names. Raises `RuleError`,
    beginning with FILE:LINE, for a pack that can't be used.
    """
    codes = {code: f"the pack {name!r}" for code, name in taken.items()}
    return _read(
        [read_pack(source, stage="boilerplate") for source in sources], codes, detectors_too=False
    )


def _read(packs: Iterable[Pack], taken: Mapping[str, str], *, detectors_too: bool) -> Notices:
    detectors: dict[str, NoticeRule] = {}
    notices: list[Notice] = []
    heads: dict[int, tuple[Anchor, ...]] = {}
    tails: dict[int, tuple[Anchor, ...]] = {}
    options: dict[int, Options] = {}
    figures: set[str] = set()
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
                figures |= figures_of([Literal(lead)])
                notices.append(Notice(notice_rule, literal_template(lead), lead=True))
            continue
        count += len(templates)
        if count > MOST_TEMPLATES:
            raise RuleError(f"{rule.where}: more than {MOST_TEMPLATES} templates")
        for source in templates:
            where = f"{rule.where}: {rule.code}"
            nodes = nodes_of(source, where)
            figures |= figures_of(nodes)
            found = options_of(nodes, notice_rule.shape)
            if not found:
                raise RuleError(
                    f"{where}: template {source!r} needs two literal characters side by side"
                )
            head = heads_of(nodes) if notice_rule.shape in _FIRST else ()
            tail, openings = tails_of(nodes) if notice_rule.shape in _WHOLE else ((), ())
            # Many lines begin with a number or a date: they are told by their ends, or a word.
            vague = any(anchor.after is None for anchor in head)
            if head and not vague:
                heads[len(notices)] = head
            elif tail:
                tails[len(notices)] = tail
                if openings:
                    options[len(notices)] = (Branches(tuple((one,) for one in openings)),)
            else:
                options[len(notices)] = found
            notices.append(Notice(notice_rule, source, lead=False, signs=signs_of(found, nodes)))
    # Separately, for it is the scan of bodies that costs the most.
    body = {number: some for number, some in options.items() if notices[number].within_body}
    return Notices(
        notices=notices,
        heads=_numbers(heads),
        tails=_numbers(tails),
        anchors=_numbers(choose(options)),
        body=_numbers(choose(body)),
        detectors=detectors,
        figures=figures,
    )


def _numbers(chosen: Mapping[int, Iterable[Anchor]]) -> dict[Anchor, list[int]]:
    """By anchor, the numbers that it was chosen for."""
    numbers: dict[Anchor, list[int]] = {}
    for number in sorted(chosen):
        for anchor in chosen[number]:
            numbers.setdefault(anchor, []).append(number)
    return numbers


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
    lists = Words({name: tuple(map(str, row)) for name, row in words.items()})
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
