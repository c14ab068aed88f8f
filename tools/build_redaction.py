"""Build `patterns.json` and `lexicon.json` in src/zhclean/redaction: packs and lexicon read ahead.

    python tools/build_redaction.py

To be run after every change of a pack, of `signs.py` or of the lexicon. Both hold the words of
these in both scripts (`tools/both_scripts.py`). The first holds the rows of all pattern rules and, derived from them and the signs, where in a text to look:
`spots`, by the support that rows need, an expression for all of them and for each character
that it may stop at what to try there; `triggers`, for the gate of the pipeline. Which of a
row's places is looked for follows the clean text in benchmarks/damage/clean, what is found does
not depend on it.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import zhclean  # noqa: E402
from benchmarks.damage import corpus  # noqa: E402
from tools import both_scripts  # noqa: E402
from tools.anchor_choice import Rates, choose  # noqa: E402
from tools.pattern_anchors import (  # noqa: E402
    START,
    Place,
    body,
    members,
    places,
    places_in_front,
)
from tools.stop_expression import Set, stop_expression  # noqa: E402
from zhclean.redaction import signs  # noqa: E402
from zhclean.redaction.ahead import LEXICON, PATTERNS  # noqa: E402
from zhclean.redaction.overwrites import may_count  # noqa: E402
from zhclean.redaction.pattern_rules import Row, spun_patterns  # noqa: E402
from zhclean.redaction.pattern_rules import rows as listed_rows  # noqa: E402

#: What clean pages hold and the clean texts of the project do not.
_COMMON: Final = (
    "    \n2019-2021，2020-01-05 10:30:25，010-65550000，(1) (2)（3）、1×2，A1，a@b.cn……——\n"
)

#: What to try where a set stands: a row or finder, and how far in front of the lead a match begins.
Target = tuple[int | str, int, int]


#: How rows say that a Chinese character stands in front, and what clean text often has there
#: that is none: a set of all Chinese characters takes long to read.
BEHIND_HAN: Final = "(?<=[㐀-鿿])"
NOT_HAN: Final = " \n0-9A-Za-z０-９%.,:;()，。、：；？！（）“”《》％　"

HOME: Final = ROOT / "src" / "zhclean" / "redaction"


def main() -> None:
    for name, content in ((LEXICON, lexicon()), (PATTERNS, build())):
        text = json.dumps(content, ensure_ascii=False, indent=0)
        HOME.joinpath(name).write_text(text + "\n", "utf-8")


@cache
def lexicon() -> dict[str, Any]:
    """The word classes, in both scripts."""
    listed = tomllib.loads(HOME.joinpath("lexicon.toml").read_text("utf-8"))
    return both_scripts.lexicon(listed)


@cache
def rows() -> tuple[Row, ...]:
    """The rows of the pattern rules, in both scripts."""
    return tuple(
        Row(
            row.code,
            row.support,
            both_scripts.expression(row.find),
            both_scripts.words(row.after),
            both_scripts.words(row.unless),
            row.opening,
            row.alone,
        )
        for row in listed_rows()
    )


def count_units() -> str:
    """The characters that may follow the digits of a count."""
    units = {unit[0] for unit in lexicon()["measures"] if may_count(unit)}
    return "".join(sorted(units)) + "万萬亿億余餘多%％，,。;；"


def rows_ahead() -> list[list[Any]]:
    """The rows as the file has them."""
    return [
        [row.code, row.support, row.find, row.after, row.unless, row.opening, row.alone]
        for row in rows()
    ]


def build() -> dict[str, Any]:
    """What the file holds."""
    text = clean_text()
    rates = Rates(text)
    units = count_units()
    targets = {
        support: list(targets_of(support, rates)) for support in {row.support for row in rows()}
    }
    spinning = [place for find in spun_patterns() for place in choose([[places(find)]], rates)[0]]
    return {
        "rows": rows_ahead(),
        "spots": {
            support: {
                "expression": stop_expression([one for one, _ in found], text),
                "leads": leads(found),
            }
            for support, found in sorted(targets.items())
        },
        "triggers": {
            "spots": compact(one for one, _ in targets[""]),
            "spinning": compact(one for place in spinning for one in sets(place)),
        },
        "units": units,
    }


def clean_text() -> str:
    """Clean text as this stage sees it: as it is written, and with the numbers in digits."""
    written = "\n　　".join(text for _, text in corpus.everything())
    return "\n".join([_COMMON * 20, written, zhclean.pipeline("numbers").clean(written)])


def targets_of(support: str, rates: Rates) -> Iterator[tuple[Set, Target]]:
    """What rows with this support, and finders if it is none, are looked for by."""
    numbered = [(number, row) for number, row in enumerate(rows()) if row.support == support]
    signed = [] if support else [lead for table in signs.FINDERS.values() for lead, *_ in table]
    free = {lead for written in signed for lead in members(written)}
    chosen = choose([ways(row) for _, row in numbered], rates, free)
    for (number, _), found in zip(numbered, chosen, strict=True):
        for place in found:
            for one in sets(place):
                yield one, (number, place.nearest, place.farthest)
    if not support:
        for finder, table in signs.FINDERS.items():
            for sign in table:
                yield sign, (finder, 0, 0)


def ways(row: Row) -> list[list[list[Place]]]:
    """By what a row can be found: by its pattern, or by the words in front of that."""
    found = [places(row.find, fronts(row))]
    if row.after:
        opening = places(row.find, (START,)) if row.opening else []
        found.append(places_in_front(row.find, row.after) + opening)
    return found


def sets(place: Place) -> Iterator[Set]:
    """The sets of which one stands at a place."""
    for before in place.befores:
        yield body(place.lead), before, place.after


def fronts(row: Row) -> tuple[str, ...]:
    """The sets of which one stands in front of a match of the row."""
    if row.after:
        return (body({word[-1] for word in row.after}), *([START] if row.opening else []))
    single = [word for word in row.unless if len(word) == 1]
    if row.find.startswith(BEHIND_HAN):
        return ("^" + body([*single, *members(NOT_HAN)]),)
    return ("^" + body(single),) if single else ()


def leads(targets: Iterable[tuple[Set, Target]]) -> dict[str, list[Any]]:
    """For each character: [what, before, after, the least and most in front of it]."""
    table: dict[str, list[Any]] = defaultdict(list)
    for (lead, before, after), (what, nearest, farthest) in targets:
        for character in members(lead):
            entry = [what, before, after, nearest, farthest]
            if entry not in table[character]:
                table[character].append(entry)
    return dict(sorted(table.items()))


def compact(rows: Iterable[Set]) -> list[Set]:
    """The same triggers in fewer: those that differ in one of their sets become one."""
    found = set(rows)
    while True:
        before = len(found)
        for field in (0, 2, 1):
            found = set(_joined(found, field))
        if len(found) == before:
            return sorted(found)


def _joined(rows: Iterable[Set], field: int) -> Iterator[Set]:
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in rows:
        # Sets that demand nothing, or exclude, are not listed together with others.
        whole = not row[field] or row[field].startswith("^") or len(row[field]) > 500
        groups[*row[:field], *row[field + 1 :], row[field] if whole else "+"].append(row[field])
    for (one, other, kind), written in groups.items():
        joined = body(char for each in written for char in members(each))
        pieces = [one, other]
        pieces.insert(field, joined if kind == "+" else kind)
        lead, before, after = pieces
        yield lead, before, after


if __name__ == "__main__":
    main()
