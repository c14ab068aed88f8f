"""Rules as data: packs of TOML beside the code that reads them.

A pack is one file, `<stage>/packs/<name>.toml`:

    [pack]
    name = "characters"            # what `zhclean rules` prints
    stage = "encoding"
    provenance = "Unicode 15.1, KangxiRadicals.txt"

    [[rule]]
    code = "E301"                  # for ever: a code is never given to another rule
    name = "kangxi-radical"
    why = "PDF text layers use radicals in place of the characters they look like."
    safe = true                    # false: a judgement that a careful user may want to read
    change = [{ before = "⽤户", after = "用户" }]
    flag = [{ text = "共xx家", spans = ["xx"] }]
    leave = ["⼀ is the first Kangxi radical"]
    options = { to = "zh-Hans" }   # pipeline options that the examples need, if any

Every example is run as a test; a rule that no text can show has `without_example = "why"`
instead. Any further key of a rule or of the pack is kept in `data`;
the stage that owns the pack reads and checks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from zhclean.errors import RuleError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = [
    "STAGES_WITH_RULES",
    "Change",
    "Flagged",
    "Pack",
    "Rule",
    "builtin_packs",
    "catalogue",
    "load_pack",
    "read_pack",
]

#: Letter of a rule code -> the stage whose rules carry it.
STAGES_WITH_RULES: Final = {
    "E": "encoding",
    "S": "script",
    "B": "boilerplate",
    "N": "numbers",
    "R": "redaction",
    "P": "pipeline",
}

#: The folder (a package) that holds the packs of a stage, where it is not the stage's own.
_HOMES: Final = {"script": "encoding", "pipeline": ""}

_CODE: Final = re.compile(r"[A-Z][0-9]{3,4}")


@dataclass(frozen=True, slots=True)
class Change:
    """An example that the rule must change: `before` becomes `after`."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Flagged:
    """An example that the rule must flag: `spans` are the substrings it flags, in order."""

    text: str
    spans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its stable code, the reason for it, and what it must and must not touch."""

    code: str
    name: str
    stage: str
    why: str
    safe: bool
    change: tuple[Change, ...]
    flag: tuple[Flagged, ...]
    leave: tuple[str, ...]
    provenance: str
    options: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    where: str = ""  # FILE:LINE

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of all examples, each once."""
        changed = (one.before for one in self.change)
        return tuple(dict.fromkeys((*changed, *(one.text for one in self.flag), *self.leave)))


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of one file, in the order of the file."""

    name: str
    stage: str
    rules: tuple[Rule, ...]
    data: Mapping[str, Any]
    path: str


def load_pack(text: str, path: str, *, stage: str | None = None) -> Pack:
    """The pack written in `text`; `path` is only for messages.

    Raises `RuleError`, beginning with `path:line`, when the TOML is broken, a key that every
    rule needs is missing or of the wrong type, or a code stands twice.
    """
    import tomllib  # most texts need no rule read

    try:
        document = tomllib.loads(text)
    except RecursionError:
        raise RuleError(f"{path}:1: nested too deeply") from None
    except ValueError as error:  # no TOML; a number too long
        found = re.search(r"\(at line (\d+)", str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        raise RuleError(f"{path}:{line}: not valid TOML: {error}") from None
    header = document.pop("pack", None)
    if not isinstance(header, dict):
        raise RuleError(f"{path}:1: no [pack] table")
    name = _take(header, "name", str, f"{path}:1: [pack]")
    pack_stage = _take(header, "stage", str, f"{path}:1: [pack]")
    if pack_stage not in STAGES_WITH_RULES.values() or (stage is not None and pack_stage != stage):
        raise RuleError(f"{path}:1: [pack]: stage {pack_stage!r} is not {stage or 'a stage'}")
    provenance = _take(header, "provenance", str, f"{path}:1: [pack]", "")
    tables = document.pop("rule", [])
    if not isinstance(tables, list) or not tables:
        raise RuleError(f"{path}:1: no [[rule]] table")
    if document:
        raise RuleError(f"{path}:1: unknown table or key {min(document)!r}")
    lines = [
        number
        for number, line in enumerate(text.split("\n"), 1)
        if re.match(r"\s*\[\[\s*rule\s*\]\]", line)
    ]
    rules: dict[str, Rule] = {}
    for index, table in enumerate(tables):
        where = f"{path}:{lines[index] if index < len(lines) else 1}"
        rule = _read_rule(table, pack_stage, provenance, where)
        if rule.code in rules:
            raise RuleError(f"{where}: {rule.code} is already in {rules[rule.code].where}")
        rules[rule.code] = rule
    return Pack(name, pack_stage, tuple(rules.values()), header, path)


def read_pack(source: str, *, stage: str | None = None) -> Pack:
    """The user's pack `source`: the path of a TOML file, or TOML text of several lines.

    Raises `RuleError` as `load_pack` does, and for a file that can't be read.
    """
    if "\n" in source:
        return load_pack(source, "<pack>", stage=stage)
    from pathlib import Path

    try:
        text = Path(source).read_text("utf-8")
    except OSError as error:
        raise RuleError(f"{source}:1: {error.strerror}") from None
    except ValueError as error:  # no UTF-8; a name that no file can have
        raise RuleError(f"{source}:1: {error}") from None
    return load_pack(text, source, stage=stage)


def _read_rule(table: dict[str, Any], stage: str, provenance: str, where: str) -> Rule:
    code = _take(table, "code", str, where)
    if not _CODE.fullmatch(code):
        raise RuleError(f"{where}: code {code!r} is not a capital letter and three or four digits")
    owner = STAGES_WITH_RULES.get(code[0])
    if owner is not None and owner != stage:
        raise RuleError(f"{where}: {code}: the letter {code[0]} belongs to stage {owner!r}")
    where_code = f"{where}: {code}"
    change = tuple(
        Change(
            _take(row, "before", str, where_code + " change"),
            _take(row, "after", str, where_code + " change"),
        )
        for row in _take_rows(table, "change", where_code)
    )
    flag = tuple(
        Flagged(
            _take(row, "text", str, where_code + " flag"),
            _strings(_take(row, "spans", list, where_code + " flag"), where_code + " flag.spans"),
        )
        for row in _take_rows(table, "flag", where_code)
    )
    leave = _strings(_take(table, "leave", list, where_code, []), where_code + " leave")
    # A rule about something no text can show (bytes, cleaners that disagree) says so instead.
    without_example = _take(table, "without_example", str, where_code, "")
    if not without_example and not change and not flag:
        raise RuleError(f"{where_code}: no example in 'change' or 'flag'")
    if not without_example and not leave:
        raise RuleError(f"{where_code}: no example in 'leave'")
    return Rule(
        code=code,
        name=_take(table, "name", str, where_code),
        stage=stage,
        why=_take(table, "why", str, where_code),
        safe=_take(table, "safe", bool, where_code),
        change=change,
        flag=flag,
        leave=leave,
        provenance=_take(table, "provenance", str, where_code, provenance),
        options=_take(table, "options", dict, where_code, {}),
        data=table,
        where=where,
    )


def _take(table: dict[str, Any], key: str, kind: type, where: str, *default: Any) -> Any:
    if key not in table:
        if default:
            return default[0]
        raise RuleError(f"{where}: {key!r} is missing")
    value = table.pop(key)
    if not isinstance(value, kind):
        raise RuleError(f"{where}: {key!r} must be {kind.__name__}, not {type(value).__name__}")
    return value


def _take_rows(table: dict[str, Any], key: str, where: str) -> list[dict[str, Any]]:
    rows = _take(table, key, list, where, [])
    if not all(isinstance(row, dict) for row in rows):
        raise RuleError(f"{where}: {key!r} must be a list of tables")
    return [dict(row) for row in rows]


def _strings(values: Iterable[object], where: str) -> tuple[str, ...]:
    found = []
    for value in values:
        if not isinstance(value, str):
            raise RuleError(f"{where}: {value!r} is not a string")
        found.append(value)
    return tuple(found)


@cache
def builtin_packs(stage: str) -> tuple[Pack, ...]:
    """The packs that come with zhclean for one stage, by file name; read once."""
    from importlib.resources import files

    home = files("zhclean")
    folder = _HOMES.get(stage, stage)
    if folder:
        home = home / folder
    home = home / "packs"
    if not home.is_dir():
        return ()
    packs = (load_pack(entry.read_text("utf-8"), entry.name) for entry in _toml_files(home))
    return tuple(pack for pack in packs if pack.stage == stage)


def _toml_files(folder: Traversable) -> list[Traversable]:
    return sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".toml")),
        key=lambda entry: entry.name,
    )


@cache
def catalogue() -> Mapping[str, Rule]:
    """Every built-in rule by its code, sorted by code."""
    rules: dict[str, Rule] = {}
    for stage in STAGES_WITH_RULES.values():
        for pack in builtin_packs(stage):
            for rule in pack.rules:
                if rule.code in rules:
                    raise RuleError(
                        f"{rule.where}: {rule.code} is already in {rules[rule.code].where}"
                    )
                rules[rule.code] = rule
    return dict(sorted(rules.items()))
