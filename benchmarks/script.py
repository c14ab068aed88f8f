"""Script conversion beside OpenCC: same result, speed, wording; prints Markdown tables.

    python benchmarks/script.py --traditional FILE... [--mainland FILE...] [--cpp PYTHON]

`--traditional`: UTF-8 text in traditional script. `--mainland`: UTF-8 text in simplified script
with mainland wording; it is turned into Taiwan wording by OpenCC's `s2twp` and back. `--cpp`:
the interpreter of an environment with the C++ package `opencc`, which cannot share one with
opencc-python-reimplemented, because both have the same import name.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from operator import ne, truediv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from zhclean.encoding.script import TARGETS, ConvertScript
from zhclean.encoding.script.opencc_adapter import reference

#: Characters of one page of the speed table.
PAGE: Final = 60_000
#: How many pages of a text, and how often each converter is asked for each.
PAGES: Final = 3
TURNS: Final = 5
REPEATS: Final = 3
#: Rules whose results differ from OpenCC's on purpose.
ON_PURPOSE: Final = {"S105", "S106", "S107", "S108"}

#: OpenCC's configuration for each target.
CONFIGS: Final = {
    "zh-Hans": "t2s",
    "zh-Hans-CN": "tw2sp",
    "zh-Hant": "s2t",
    "zh-Hant-TW": "s2twp",
    "zh-Hant-HK": "s2hk",
}
#: Characters that ours has seen before it is timed: numpy is imported when it pays.
WARM_UP: Final = 3_000_000

# Each converter has a process of its own. It is given a file of pages, then a target at a time,
# and answers with the seconds of CPU that each page took, the least of some repetitions: what
# else runs on a machine disturbs whoever works on much memory in little time the most.
_WORKER: Final = """
import json, sys, time
which, pages = sys.argv[1], json.load(open(sys.argv[2], encoding="utf-8"))
if which == "without numpy":
    sys.modules["numpy"] = None
def converter(target, config):
    if which in ("opencc-python", "C++ OpenCC"):
        import opencc
        return opencc.OpenCC(config).convert
    from zhclean import pipeline
    made = pipeline("script", to=target)
    warm_up = "\\n".join(pages)
    for _ in range(int(sys.argv[3]) // len(warm_up) + 1):
        made.clean(warm_up)
    return (lambda page: made.analyze(page).edits) if which == "edits read" else made.clean
converters = {}
for line in sys.stdin:
    target, config = json.loads(line)
    if target not in converters:
        converters[target] = converter(target, config)
        converters[target](pages[0])
    convert, seconds = converters[target], []
    for page in pages:
        spent = []
        for _ in range(int(sys.argv[4])):
            start = time.process_time()
            convert(page)
            spent.append(time.process_time() - start)
        seconds.append(min(spent))
    print(json.dumps(seconds), flush=True)
"""


def convert(cleaner: ConvertScript, text: str) -> str:
    """What `cleaner` makes of `text`."""
    return cleaner.propose(text).patch.apply(text)


def unexplained(text: str) -> int:
    """The characters that `zh-Hans` and `t2s` make different, but for rules in `ON_PURPOSE`."""
    patch = ConvertScript("zh-Hans").propose(text).patch
    on_purpose = {
        place
        for edit in patch.edits(text)
        if ON_PURPOSE.intersection(edit.rules)
        for place in range(edit.start, edit.end)
    }
    both = zip(patch.apply(text), reference("t2s", text), strict=True)
    return sum(ours != theirs and n not in on_purpose for n, (ours, theirs) in enumerate(both))


def equality(paths: list[Path]) -> Iterator[str]:
    """`to=zh-Hans` beside `t2s`, line by line because the library is quadratic."""
    cleaner = ConvertScript("zh-Hans")
    yield "| text | characters | differ from t2s | without S105 to S108 | edits of a second pass |"
    yield "|---|---|---|---|---|"
    for path in paths:
        differing = unlisted = again = total = 0
        for line in path.read_text("utf-8").split("\n"):
            # Alone a line may hold no character of traditional script only; a document does.
            probe = line + "\n這"
            ours = convert(cleaner, probe)
            total += len(line)
            again += len(cleaner.propose(ours).patch)
            differing += sum(map(ne, ours, reference("t2s", probe)))
            unlisted += unexplained(probe)
        yield f"| {path.name} | {total:,} | {differing} | {unlisted} | {again} |"


def round_trip(paths: list[Path]) -> Iterator[str]:
    """Mainland text to Taiwan wording by `s2twp`, and back by us and by `tw2sp`."""
    cleaner = ConvertScript("zh-Hans-CN")
    yield "| text | characters | wrong after zh-Hans-CN | wrong after tw2sp |"
    yield "|---|---|---|---|"
    for path in paths:
        lines = path.read_text("utf-8").split("\n")
        taiwan = [reference("s2twp", line) for line in lines]
        ours = convert(cleaner, "\n".join(taiwan)).split("\n")
        counts = [
            sum(map(_distance, lines, ours)),
            sum(map(_distance, lines, (reference("tw2sp", line) for line in taiwan))),
        ]
        total = sum(map(len, lines))
        cells = " | ".join(f"{n} ({n / total:.3%})" for n in counts)
        yield f"| {path.name} | {total:,} | {cells} |"


def _distance(before: str, after: str) -> int:
    if before == after:
        return 0
    return sum(
        max(b - a, d - c)
        for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if tag != "equal"
    )


class Worker:
    """A converter in a process of its own."""

    def __init__(self, python: str, name: str, pages: Path) -> None:
        self.name = name
        self._process = subprocess.Popen(
            [python, "-c", _WORKER, name, str(pages), str(WARM_UP), str(REPEATS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def seconds(self, target: str) -> list[float]:
        """What it takes to convert each page."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([target, CONFIGS[target]]) + "\n")
        self._process.stdin.flush()
        found: list[float] = json.loads(self._process.stdout.readline())
        return found

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def speed(texts: dict[str, list[Path]], cpp: str | None, size: int) -> Iterator[str]:
    """Pages of text, all converters in turn, medians of the rates; ratios within the run."""
    names = ["opencc-python", "without numpy", "with numpy", "edits read"]
    yield (
        "| target, text | "
        + " | ".join([*("C++ OpenCC" for _ in [cpp] if cpp), *names, "to opencc-python", "to C++"])
        + " |"
    )
    yield "|---" * (len(names) + 3 + bool(cpp)) + "|"
    for kind, paths in texts.items():
        text = "\n".join(path.read_text("utf-8") for path in paths)
        step = max(size, len(text) // PAGES)
        pages = [text[start : start + size] for start in range(0, len(text) - size + 1, step)]
        with TemporaryDirectory() as folder:
            stored = Path(folder) / "pages.json"
            stored.write_text(json.dumps(pages[:PAGES]), "utf-8")
            workers = [Worker(sys.executable, name, stored) for name in names]
            if cpp:
                workers.insert(0, Worker(cpp, "C++ OpenCC", stored))
            try:
                for target in TARGETS:
                    rates = _rates(workers, target, pages[:PAGES])
                    ours = rates["with numpy"]
                    beside = [f"{rate:.3g}" for rate in rates.values()]
                    beside.append(f"{ours / rates['opencc-python']:.0f}x")
                    beside.append(f"{ours / rates['C++ OpenCC']:.1f}x" if cpp else "")
                    yield f"| {target}, {kind} | " + " | ".join(beside) + " |"
            finally:
                for worker in workers:
                    worker.close()


def _rates(workers: list[Worker], target: str, pages: list[str]) -> dict[str, float]:
    """MB of UTF-8 a second by converter: the median over all pages and turns."""
    sizes = [len(page.encode()) / 1e6 for page in pages]
    found: dict[str, list[float]] = {worker.name: [] for worker in workers}
    for turn in range(TURNS):
        for worker in workers:
            if turn == 0 or worker.name not in ("opencc-python", "edits read"):
                seconds = worker.seconds(target)
                found[worker.name] += map(truediv, sizes, seconds)
    return {name: statistics.median(rates) for name, rates in found.items()}


def _timed(run: Callable[[Any], object], argument: object) -> float:
    start = time.process_time()
    run(argument)
    return time.process_time() - start


def pumps() -> Iterator[str]:
    """The worst growth of time from 50,000 to 500,000 characters, by target."""
    yield "| target | worst pump | time for 10x the text |"
    yield "|---|---|---|"
    units = ("乾隆", "程式", "於", "资", "資料夾指標", "发", "建立工作", "執行", "麼，", "著", "x")
    for to in TARGETS:
        cleaner = ConvertScript(to)
        growth = {}
        for unit in units:
            spent = [
                min(_timed(cleaner.propose, unit * (size // len(unit)) + "這国") for _ in range(3))
                for size in (50_000, 500_000)
            ]
            growth[unit] = spent[1] / spent[0]
        worst = max(growth, key=growth.__getitem__)
        yield f"| {to} | {worst} | {growth[worst]:.1f}x |"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--traditional", type=Path, nargs="+", default=[], metavar="FILE")
    parser.add_argument("--mainland", type=Path, nargs="+", default=[], metavar="FILE")
    parser.add_argument("--cpp", metavar="PYTHON", help="interpreter with the C++ opencc package")
    parser.add_argument("--page", type=int, default=PAGE, metavar="N", help="characters a page")
    parser.add_argument("--only", metavar="WORD", help="only tables with WORD in their title")
    options = parser.parse_args()
    tables = {"Time on repeated text": pumps()}
    if options.traditional:
        tables["Equal to OpenCC"] = equality(options.traditional)
    if options.mainland:
        tables["Mainland text, to Taiwan wording and back"] = round_trip(options.mainland)
    texts = {"traditional": options.traditional, "simplified": options.mainland}
    texts = {kind: paths for kind, paths in texts.items() if paths}
    tables["MB of UTF-8 a second"] = speed(texts, options.cpp, options.page)
    for title, lines in tables.items():
        if options.only and options.only not in title:
            continue
        print(f"\n**{title}**\n")
        for line in lines:
            print(line, flush=True)


if __name__ == "__main__":
    main()
