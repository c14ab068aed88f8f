"""Boilerplate: precision, recall and harm on labelled pages, with and without the site's packs.

    python -m benchmarks.boilerplate [--data FILE.jsonl] [--level standard] [--pages]
    python -m benchmarks.boilerplate --time     # the stage beside the expressions of the naive chain

Scored by character, white space ignored; ambiguous spans count for nobody. The second figure,
leave-one-site-out, switches off the packs that were written for the page's own site.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import speed_texts
from benchmarks.naive import PATTERNS
from zhclean.boilerplate.cleaner import Boilerplate
from zhclean.rules import builtin_packs
from zhclean.triggers import Gate

DATA = Path(__file__).resolve().parents[2] / "shared" / "devset" / "boilerplate.jsonl"


@dataclass
class Score:
    """Counts of characters and pages."""

    hit: int = 0
    wrong: int = 0
    missed: int = 0
    body: int = 0
    pages: int = 0
    exact: int = 0
    touched: int = 0
    body_only: int = 0

    @property
    def precision(self) -> float:
        return self.hit / max(1, self.hit + self.wrong)

    @property
    def recall(self) -> float:
        return self.hit / max(1, self.hit + self.missed)

    def row(self, name: str) -> str:
        return (
            f"| {name} | {self.pages} | {self.precision:.3f} | {self.recall:.3f} "
            f"| {100 * self.wrong / max(1, self.body):.3f} % | {self.exact}/{self.pages} "
            f"| {self.touched}/{self.body_only} |"
        )


@dataclass
class Report:
    """Scores by origin and hits by kind."""

    total: Score = field(default_factory=Score)
    by_origin: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    by_kind: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The pages of the file; lines end in \\n alone."""
    for line in path.read_text("utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def packs_of_site(record: dict[str, Any]) -> tuple[str, ...]:
    """The built-in packs that were written for the site that the record comes from."""
    label = " ".join(str(record.get(key) or "") for key in ("id", "url", "title", "source"))
    return tuple(
        pack.name
        for pack in builtin_packs("boilerplate")
        if any(site in label for site in pack.data.get("sites", ()))
    )


def removed(cleaner: Boilerplate, text: str) -> list[bool]:
    """For each character, whether it goes."""
    gone = [False] * len(text)
    for edit in cleaner.propose(text).patch.edits(text):
        for index in range(edit.start, edit.end):
            gone[index] = True
    return gone


def count(record: dict[str, Any], gone: list[bool], report: Report) -> tuple[str, str]:
    """Add one page to the report; the text wrongly removed and the text missed."""
    text = record["text"]
    kind: list[str | None] = [None] * len(text)
    for start, end, name in record["boilerplate_spans"]:
        kind[start:end] = [name] * (end - start)
    open_ = [False] * len(text)
    for start, end, *_ in record["ambiguous_spans"]:
        open_[start:end] = [True] * (end - start)
    wrong, missed = [], []
    scores = (report.total, report.by_origin[record["origin"]])
    for index, character in enumerate(text):
        if character.isspace() or (open_[index] and kind[index] is None):
            continue
        name = kind[index]
        for score in scores:
            score.hit += gone[index] and name is not None
            score.wrong += gone[index] and name is None
            score.missed += not gone[index] and name is not None
            score.body += name is None
        if name is not None:
            report.by_kind[name][0] += gone[index]
            report.by_kind[name][1] += 1
            if not gone[index]:
                missed.append(character)
        elif gone[index]:
            wrong.append(character)
    for score in scores:
        score.pages += 1
        score.exact += not wrong and not missed
        if not record["boilerplate_spans"]:
            score.body_only += 1
            score.touched += any(gone)
    return "".join(wrong), "".join(missed)


def evaluate(rows: Iterable[dict[str, Any]], level: str, own: bool, show: bool) -> Report:
    """Score all pages; `own` keeps the packs of a page's own site."""
    report = Report()
    for record in rows:
        without = () if own else packs_of_site(record)
        cleaner = Boilerplate(level=level, without=without)
        wrong, missed = count(record, removed(cleaner, record["text"]), report)
        if show and (wrong or missed):
            print(f"{record['id']}: WRONG {wrong!r} MISSED {missed[:400]!r}", file=sys.stderr)
    return report


def print_report(title: str, report: Report) -> None:
    print(f"\n### {title}\n")
    print("| origin | pages | precision | recall | body loss | exact | body-only touched |")
    print("|---|---|---|---|---|---|---|")
    for origin in sorted(report.by_origin):
        print(report.by_origin[origin].row(origin))
    print(report.total.row("all"))
    print("\n| kind | characters | recall |\n|---|---|---|")
    for kind, (hit, total) in sorted(report.by_kind.items()):
        print(f"| {kind} | {total} | {hit / total:.3f} |")


def worst_case(size: int) -> str:
    """Furniture words without end: every gate opens, hardly anything matches."""
    row = "下载 上一篇 当前位置 如有侵权 本站 相关阅读 浏览 2019-01-02 www.a.com > 首页, "
    lines = [row, "相关阅读", "1、下载文档请联系客服会员积分", "(三)温馨提示:版权", "上一篇", ""]
    block = "\n".join(lines) + row * 20
    return (block * (size // len(block) + 1))[:size]


def _seconds(cleaner: Boilerplate, text: str) -> float:
    begin = time.process_time()
    cleaner.propose(text)
    return time.process_time() - begin


def print_speed() -> None:
    cleaner = Boilerplate()
    cleaner.propose("下载")
    small, large = worst_case(333_000), worst_case(3_330_000)  # 1 MB and 10 MB of UTF-8
    # Ten small runs around the large one: on a shared machine speeds drift.
    before = [_seconds(cleaner, small) for _ in range(5)]
    long = _seconds(cleaner, large)
    short = sum(before + [_seconds(cleaner, small) for _ in range(5)]) / 10
    print(f"\nworst case: 1 MB {short:.2f} s, 10 MB {long:.2f} s, ratio {long / short:.1f}")


def naive(text: str) -> str:
    """What the naive chain does about boilerplate: its fifty expressions, one after the other."""
    for pattern in PATTERNS:
        text = pattern.sub("", text)
    return text


def print_times(seed: int = 1) -> None:
    """MB of UTF-8 a CPU-second on one core, medians of texts nobody has seen before."""
    gate = Gate([Boilerplate().triggers()])
    sides: dict[str, Callable[[str], object]] = {
        "naive": naive,
        "propose": Boilerplate().propose,
        "gate": gate.scan,
    }
    print("\n| texts | characters | naive | propose | ratio | gate alone | asked about |")
    print("|---|---|---|---|---|---|---|")
    rng = random.Random(seed)
    for kind in ("nothing to do", "clean", "dirty"):
        for characters in (1_000, 20_000):
            speeds: dict[str, list[float]] = {name: [] for name in sides}
            asked = []
            for _ in range(4):
                texts = speed_texts.pages(kind, characters, 80_000 // characters, rng)
                size = sum(len(text.encode()) for text in texts) / 1e6
                for name, side in sides.items():
                    begin = time.process_time()
                    for text in texts:
                        side(text)
                    speeds[name].append(size / (time.process_time() - begin))
                asked += [gate.scan(text) for text in texts]
            # The first round compiles what is needed.
            one, two, three = (statistics.median(found[1:]) for found in speeds.values())
            print(
                f"| {kind} | {characters} | {one:.2f} | {two:.1f} | {two / one:.0f} "
                f"| {three:.0f} | {sum(asked) / len(asked):.0%} |"
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--level", default="standard")
    parser.add_argument("--pages", action="store_true", help="list what went wrong on each page")
    parser.add_argument("--time", action="store_true", help="time the stage, and nothing else")
    parser.add_argument("--speed", action="store_true", help="also time the worst case")
    options = parser.parse_args()
    if options.time:
        print_times()
        return
    rows = list(records(options.data))
    print_report("All packs", evaluate(rows, options.level, own=True, show=options.pages))
    print_report("Leave one site out", evaluate(rows, options.level, own=False, show=False))
    if options.speed:
        print_speed()


if __name__ == "__main__":
    main()
