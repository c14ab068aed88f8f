"""The gate: every labelled set and all generated damage scored, beside pinned floors.

    python -m benchmarks.gate                      # under four minutes on one core
    python -m benchmarks.gate --quick              # the part that every test run repeats
    python -m benchmarks.gate --raise              # pin what is higher, or has no floor yet
    python -m benchmarks.gate --lower NAME --reason TEXT     # NAME as in the table
    python -m benchmarks.gate --repin --reason TEXT          # the gold itself was changed

Prints Markdown: a line for each set, then every figure that fell, then every one that rose.
Reasons are kept in the file. A set on other gold than its floors is scored and not compared.
Exit status: 0 nothing fell, 1 something did, 2 usage.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import floors
from benchmarks.gold import GoldSet, generated, labelled

FLOORS = Path(__file__).with_name("floors.toml")
SHARED = Path(os.environ.get("ZHCLEAN_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def measure(sets: Sequence[GoldSet]) -> dict[str, floors.Measured]:
    """Score the sets in turn; the seconds of each go to standard error."""
    measured = {}
    for gold in sets:
        begin = time.process_time()
        measured[gold.name] = floors.Measured(gold.fingerprint(), tuple(gold.score()))
        print(f"{gold.name}: {time.process_time() - begin:.1f} s", file=sys.stderr, flush=True)
    return measured


def report(
    pinned: floors.Floors, measured: dict[str, floors.Measured], *, every: bool
) -> tuple[list[str], bool]:
    """The lines of the report, and whether anything fell."""
    rows = floors.compare(pinned, measured)
    elsewhere = floors.other_gold(pinned, measured)
    lines = ["| set | figures | fell | rose | gold |", "|---|--:|--:|--:|---|"]
    for name in measured:
        mine = [row for row in rows if row.name.startswith(f"{name}/")]
        counts = len(mine), sum(row.fell for row in mine), sum(row.rose for row in mine)
        gold = "another: not compared" if name in elsewhere else measured[name].gold[:12]
        lines.append(f"| {name} | {counts[0]} | {counts[1]} | {counts[2]} | {gold} |")
    fell = [row for row in rows if row.fell]
    shown = {"fell": fell, "rose": [row for row in rows if row.rose]}
    if every:
        shown = {"all figures": rows}
    for title, chosen in shown.items():
        if chosen:
            lines += ["", f"| {title} | floor | now |", "|---|--:|--:|"]
            lines += [f"| {r.name} | {_percent(r.floor)} | {_percent(r.now)} |" for r in chosen]
    return lines, bool(fell)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def choose(options: argparse.Namespace) -> list[GoldSet]:
    """The sets to score; where the shared data is not, the generated ones alone."""
    sets = [*labelled(options.shared), *generated()]
    if options.only:
        return [gold for gold in sets if gold.name in options.only]
    for gold in sets:
        if not gold.present:
            print(f"{gold.name}: no data in {options.shared}, left out", file=sys.stderr)
    return [gold for gold in sets if gold.present and (gold.quick or not options.quick)]


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, metavar="DIR", help="the folder that holds devset/")
    parser.add_argument("--floors", type=Path, default=FLOORS, metavar="FILE")
    parser.add_argument("--quick", action="store_true", help="under a minute")
    parser.add_argument("--only", action="append", metavar="SET", help="repeatable")
    parser.add_argument("--all", action="store_true", help="print every figure")
    parser.add_argument("--raise", action="store_true", dest="lift", help="pin what is higher")
    parser.add_argument("--lower", action="append", default=[], metavar="NAME", help="repeatable")
    parser.add_argument("--repin", action="store_true", help="pin the sets on other gold anew")
    parser.add_argument("--reason", metavar="TEXT", help="why; needed by --lower and --repin")
    options = parser.parse_args(arguments)
    if options.shared is not None and not (options.shared / "devset").is_dir():
        parser.error(f"{options.shared} holds no devset")
    options.shared = options.shared or SHARED
    if bool(options.lower or options.repin) != bool(options.reason and options.reason.strip()):
        parser.error("--reason goes with --lower or --repin, and they need one")
    if options.reason and not options.reason.isprintable():
        parser.error("--reason is one line of text")
    there = [gold.name for gold in (*labelled(options.shared), *generated()) if gold.present]
    for name in options.only or ():
        if name not in there:
            parser.error(f"no set {name!r} here; there are: {', '.join(there)}")
    return options


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    pinned = floors.read(options.floors)
    measured = measure(choose(options))
    try:
        for name in options.lower:
            floors.lower(pinned, measured, name, options.reason)
        if options.repin:
            floors.repin(pinned, measured, options.reason)
    except ValueError as error:
        print(f"gate: {error}", file=sys.stderr)
        return 2
    if options.lift:
        floors.lift(pinned, measured)
    if options.lower or options.repin or options.lift:
        floors.write(options.floors, pinned)
    lines, fell = report(pinned, measured, every=options.all)
    print("\n".join(lines))
    return int(fell)


if __name__ == "__main__":
    sys.exit(main())
