"""Build `patterns.json` and `lexicon.json` in src/zhclean/redaction: packs and lexicon read ahead.

    python tools/build_redaction.py

To be run after every change of a pack, of `signs.py` or of the lexicon. The first holds the
rows of all pattern rules and, derived from them, where in a text to look: `spots`, one expression for all
rows; `leads`, for each character that it may stop at the rows to try there; `triggers`, for
the gate of the pipeline. Which of a row's places is looked for follows the clean text in
benchmarks/damage/clean, what is found does not depend on it.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.damage import corpus  # noqa: E402
from tools.pattern_anchors import START, Anchor, Rates, anchors, body, members  # noqa: E402
from zhclean.redaction import signs  # noqa: E402
from zhclean.redaction.ahead import LEXICON, PATTERNS  # noqa: E402
from zhclean.redaction.overwrites import may_count  # noqa: E402
from zhclean.redaction.pattern_rules import Row, rows, spun_patterns  # noqa: E402
from zhclean.triggers import REACH, Trigger  # noqa: E402

#: What clean pages hold and the clean texts of the project do not.
_COMMON: Final = (
    "    \n2019-2021，2020-01-05 10:30:25，010-65550000，(1) (2)（3）、1×2，A1，a@b.cn……——\n"
)

Set = tuple[str, str, str]  # lead, before, after


HOME: Final = ROOT / "src" / "zhclean" / "redaction"


def main() -> None:
    for name, content in ((LEXICON, lexicon()), (PATTERNS, build())):
        text = json.dumps(content, ensure_ascii=False, indent=0)
        HOME.joinpath(name).write_text(text + "\n", "utf-8")


@cache
def lexicon() -> dict[str, Any]:
    """The word classes."""
    return tomllib.loads(HOME.joinpath("lexicon.toml").read_text("utf-8"))


def count_units() -> str:
    """The characters that may follow the digits of a count."""
    units = {unit[0] for unit in lexicon()["measures"] if may_count(unit)}
    return "".join(sorted(units)) + "万萬亿億余餘多%％，,。;；"


def build() -> dict[str, Any]:
    """What the file holds."""
    rates = Rates(_COMMON * 20 + "\n　　".join(text for _, text in corpus.everything()))
    found = rows()
    places = [anchors(row.find, rates, fronts(row)) for row in found]
    finders = {
        name: [one[:3] for one in each]
        for name, each in (
            ("masks", signs.MASKS),
            ("lines", signs.LINES),
            ("fields", signs.FIELDS),
        )
    }
    kinds = {row.support: [] for row in found}
    for row, each in zip(found, places, strict=True):
        kinds[row.support] += [one[:3] for one in each]
    units = count_units()
    spun = [one[:3] for find in spun_patterns() for one in anchors(find, rates, ())]
    return {
        "rows": [
            [row.code, row.support, row.find, row.after, row.unless, row.opening, row.alone]
            for row in found
        ],
        "spots": {support: spots(sets) for support, sets in kinds.items()},
        "signs": {
            **{name: exactly(sets) for name, sets in finders.items()},
            "counts": signs.counts(units),
        },
        "leads": {support: leads(found, places, support) for support in kinds},
        "triggers": {
            "patterns": compact(kinds[""]),
            "signs": compact(chain(*finders.values())),
            "spinning": compact(spun),
        },
        "units": units,
    }


def fronts(row: Row) -> tuple[str, ...]:
    """The sets of which one stands in front of a match of the row."""
    if row.after:
        return (body({word[-1] for word in row.after}), *([START] if row.opening else []))
    single = [word for word in row.unless if len(word) == 1]
    return ("^" + body(single),) if single else ()


def leads(
    found: Sequence[Row], places: Sequence[Sequence[Anchor]], support: str
) -> dict[str, list[Any]]:
    """For each character: [row, before, after, distances from the beginning, whether it is near]."""
    table: dict[str, list[Any]] = defaultdict(list)
    for number, (row, each) in enumerate(zip(found, places, strict=True)):
        if row.support == support:
            for one in each:
                for lead in members(one.lead):
                    table[lead].append(
                        [
                            number,
                            one.before,
                            one.after,
                            one.nearest,
                            one.farthest,
                            is_near(row, one),
                        ]
                    )
    return dict(sorted(table.items()))


def is_near(row: Row, anchor: Anchor) -> bool:
    """Whether all that decides about a match stands so near that the gate may ask the row."""
    words = max(map(len, row.after + row.unless), default=1)
    # Negative look-aheads are not counted: some characters more.
    return anchor.farthest + words <= REACH and anchor.ahead + 3 <= REACH


_CLAUSE: Final = frozenset("，。；,;、")


def spots(sets: Iterable[Set]) -> str:
    """One expression that stops at each of the sets, and seldom elsewhere.

    It begins with a class, and what it then asks of the neighbours is rough: a few products
    of classes, since each alternative is asked at each lead.
    """
    groups: dict[tuple[bool, bool, bool], list[Set]] = defaultdict(list)
    for one in sets:
        _, before, after = one
        demands = (
            bool(before) and not before.startswith("^"),
            bool(after) and not after.startswith("^"),
        )
        groups[not demands[1], demands[0], bool(_CLAUSE & set(members(after)))].append(one)
    alternatives = []
    for (last, demanded, _), group in sorted(groups.items()):
        lead = _class(one[0] for one in group)
        front = _class(one[1] for one in group) if demanded else ""
        behind = "" if last else _class(one[2] for one in group)
        alternatives.append(f"{behind}(?<={front}{lead}{'.' if behind else ''})")
    return f"{_class(one[0] for one in sets)}(?s:(?={'|'.join(alternatives)}))"


def exactly(sets: Iterable[Set]) -> str:
    """One expression that stops at each of the sets and nowhere else."""
    alternatives = []
    for lead, before, after in sets:
        behind = f"(?{'!' if after[:1] == '^' else '='}{_class([after])})" if after else ""
        front = (
            f"(?<{'!' if before[:1] == '^' else '='}{_class([before])}{_class([lead])})"
            if before
            else ""
        )
        alternatives.append(f"(?<={_class([lead])}){behind}{front}")
    return f"{_class(one[0] for one in sets)}(?:{'|'.join(alternatives)})"


def _class(bodies: Iterable[str]) -> str:
    bodies = (written.removeprefix("^") for written in bodies)
    ranges = {pair for written in bodies for pair in re.findall("(.)-(.)|(.)", written, re.DOTALL)}
    inside = "".join(
        re.escape(one) if one else f"{re.escape(low)}-{re.escape(high)}"
        for low, high, one in sorted(ranges)
    )
    return f"[{inside}]"


def compact(sets: Iterable[Set]) -> list[Set]:
    """The same triggers in fewer: those that differ in one of their sets become one."""
    rows = {Trigger(*one) for one in sets}
    while True:
        before = rows
        for field in (0, 2, 1):
            rows = set(_joined(rows, field))
        if len(rows) == len(before):
            return sorted(row[:3] for row in rows)


def _joined(rows: Iterable[Trigger], field: int) -> Iterator[Trigger]:
    groups: dict[tuple[str, ...], list[Trigger]] = defaultdict(list)
    for row in rows:
        others = tuple(one for index, one in enumerate(row) if index != field)
        # Sets that demand nothing, or exclude, are not listed together with others.
        kind = (
            row[field]
            if row[field].startswith("^") or not row[field] or len(row[field]) > 500
            else "+"
        )
        groups[*others, kind].append(row)
    for group in groups.values():
        if len(group) == 1 or group[0][field].startswith("^") or not group[0][field]:
            yield from group[:1]
        else:
            joined = body(char for row in group for char in members(row[field]))
            yield group[0]._replace(**{Trigger._fields[field]: joined})


if __name__ == "__main__":
    main()
