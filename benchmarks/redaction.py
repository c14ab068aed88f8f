"""How well the redaction stage finds holes: labelled sets, hard negatives, linear time.

    python benchmarks/redaction.py [--set FILE.jsonl ...] [--details] [--linear] [--time]

A labelled record is a JSON object a line with `text`, `spans` [[start, end, kind]] and, for
each span, its form in `forms`; a record without spans is a hard negative. A flag hits a span
when they overlap. Prints Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.stage_time import print_times
from zhclean.redaction import cleaners
from zhclean.redaction.pattern_rules import rows

_ROOT = Path(__file__).resolve().parents[1]
_SHARED = Path(os.environ.get("ZHCLEAN_SHARED", _ROOT.parent / "shared"))
_OWN = sorted((_ROOT / "tests" / "data" / "redaction").glob("*.jsonl"))


@dataclass
class Score:
    """Counts over one labelled set."""

    flags: int = 0
    right: int = 0
    spans: int = 0
    found: int = 0
    kind_right: int = 0
    negatives: int = 0
    negatives_flagged: int = 0
    by_form: Counter[str] = field(default_factory=Counter)
    found_by_form: Counter[str] = field(default_factory=Counter)
    by_kind: Counter[str] = field(default_factory=Counter)
    found_by_kind: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.flags if self.flags else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.spans if self.spans else 1.0

    @property
    def kind(self) -> float:
        return self.kind_right / self.found if self.found else 1.0


def score(records: Iterable[dict[str, Any]]) -> Score:
    """Run the stage over labelled records and count."""
    (cleaner,) = cleaners()
    total = Score()
    for record in records:
        text = record["text"]
        flags = cleaner.propose(text).flags
        spans = record["spans"]
        total.flags += len(flags)
        total.spans += len(spans)
        for flag in flags:
            if any(flag.start < end and start < flag.end for start, end, _ in spans):
                total.right += 1
            else:
                total.misses.append(
                    f"extra {text[flag.start : flag.end]!r} {flag.kind} {flag.rule}: {text}"
                )
        if not spans:
            total.negatives += 1
            total.negatives_flagged += bool(flags)
        for (start, end, kind), form in zip(spans, record["forms"], strict=True):
            total.by_form[form] += 1
            total.by_kind[kind] += 1
            hits = [flag for flag in flags if flag.start < end and start < flag.end]
            if not hits:
                total.misses.append(f"missed {text[start:end]!r} {kind} {form}: {text}")
                continue
            total.found += 1
            total.found_by_form[form] += 1
            total.found_by_kind[kind] += 1
            if any(flag.kind == kind for flag in hits):
                total.kind_right += 1
            else:
                total.misses.append(
                    f"kind {hits[0].kind} {hits[0].rule} for {kind} {text[start:end]!r}: {text}"
                )
    return total


def read(path: Path) -> list[dict[str, Any]]:
    """The records of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def report(path: Path, *, details: bool) -> None:
    """Print the table of one labelled set."""
    result = score(read(path))
    print(f"\n### {path.name}\n")
    print("| precision | recall | kind right | hard negatives flagged |")
    print("|---|---|---|---|")
    print(
        f"| {result.precision:.3f} ({result.right}/{result.flags}) | {result.recall:.3f} ({result.found}/{result.spans})"
        f" | {result.kind:.3f} | {result.negatives_flagged} of {result.negatives} |"
    )
    for title, totals, found in (
        ("form", result.by_form, result.found_by_form),
        ("kind", result.by_kind, result.found_by_kind),
    ):
        print(f"\n| {title} | spans | recall |\n|---|---|---|")
        for name, count in sorted(totals.items()):
            print(f"| {name} | {count} | {found[name] / count:.3f} |")
    if details:
        print("\n```\n" + "\n".join(result.misses) + "\n```")


def linear() -> None:
    """Print the ratio of times for 1 MB and 10 MB of the worst repetitive inputs."""
    (cleaner,) = cleaners()
    print("\n| input | 1 MB | 10 MB | ratio |\n|---|---|---|---|")
    for unit in ("清洁的中文。", "x", "某", "2023家", "xx市"):
        times = []
        for size in (10**6, 10**7):
            text = unit * (size // len(unit.encode()))
            began = time.process_time()
            cleaner.propose(text)
            times.append(time.process_time() - began)
        print(
            f"| `{unit}` repeated | {times[0]:.2f} s | {times[1]:.2f} s | {times[1] / times[0]:.1f} |"
        )


def search_each() -> Callable[[str], object]:
    """The straightforward way: every pattern of the packs goes through the text."""
    patterns = [(re.compile(row.find), row) for row in rows() if not row.support]

    def search(text: str) -> object:
        return [
            flag
            for pattern, row in patterns
            for match in pattern.finditer(text)
            if row.allows(text, match.start())
            for flag in row.flags(match)
        ]

    return search


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--set",
        nargs="*",
        type=Path,
        help="labelled sets (default: the open half and the project's own)",
    )
    parser.add_argument("--details", action="store_true", help="also print what went wrong")
    parser.add_argument("--linear", action="store_true", help="time 1 MB against 10 MB")
    parser.add_argument(
        "--time", action="store_true", help="only time it, beside a search for each pattern"
    )
    options = parser.parse_args()
    if options.time:
        print_times(cleaners()[0], {"one `finditer` a pattern": search_each()})
        return
    sets = options.set or [*filter(Path.exists, [_SHARED / "devset" / "redaction.jsonl"]), *_OWN]
    for path in sets:
        report(path, details=options.details)
    if options.linear:
        linear()


if __name__ == "__main__":
    main()
