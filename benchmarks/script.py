"""Script conversion beside OpenCC: same result, speed, wording; prints Markdown tables.

    python benchmarks/script.py --traditional FILE... [--mainland FILE...] [--cpp PYTHON]

`--traditional`: UTF-8 text in traditional script. `--mainland`: UTF-8 text in simplified script
with mainland wording; it is turned into Taiwan wording by OpenCC's `s2twp` and back. `--cpp`:
the interpreter of an environment with the C++ package `opencc`, which cannot share one with
opencc-python-reimplemented, because both have the same import name.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final

from zhclean.encoding.script import TARGETS, ConvertScript
from zhclean.encoding.script.opencc_adapter import reference

#: Characters of one page of the speed table.
PAGE: Final = 60_000
#: Rules whose results differ from OpenCC's on purpose.
ON_PURPOSE: Final = {"S105", "S106"}

# Run by the other interpreter: one line of seconds for each page that it is sent.
_CPP_LOOP: Final = """
import sys, time, opencc
converter = opencc.OpenCC("t2s")
pages = sys.stdin.read().split("\\x00")
for _ in range(5):
    for page in pages:
        start = time.process_time()
        converter.convert(page)
        print(time.process_time() - start)
"""


def convert(cleaner: ConvertScript, text: str) -> str:
    """What `cleaner` makes of `text`."""
    return cleaner.propose(text).patch.apply(text)


def equality(paths: list[Path]) -> Iterator[str]:
    """`to=zh-Hans` beside `t2s`, line by line because the library is quadratic."""
    cleaner = ConvertScript("zh-Hans")
    yield "| text | characters | differ from t2s | of these by S105, S106 | second pass edits |"
    yield "|---|---|---|---|---|"
    for path in paths:
        lines = path.read_text("utf-8").split("\n")
        differing = intended = again = total = 0
        for line in lines:
            # Alone a line may hold no character of traditional script only; a document does.
            probe = line + "\n這"
            patch = cleaner.propose(probe).patch
            ours, theirs = patch.apply(probe), reference("t2s", probe)
            total += len(line)
            again += len(cleaner.propose(ours).patch)
            if ours != theirs:
                wrong = sum(a != b for a, b in zip(ours, theirs, strict=True))
                differing += wrong
                intended += sum(
                    edit.end - edit.start
                    for edit in patch.edits(probe)
                    if ON_PURPOSE & set(edit.rules)
                )
        yield f"| {path.name} | {total:,} | {differing} | {intended} | {again} |"


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


def speed(paths: list[Path], cpp: str | None) -> Iterator[str]:
    """Seconds of CPU on pages of 60,000 characters, interleaved, medians."""
    text = "\n".join(path.read_text("utf-8") for path in paths)
    pages = [text[start : start + PAGE] for start in range(0, min(len(text), 5 * PAGE), PAGE)]
    simplified = [reference("t2s", page) for page in pages]
    cleaner = ConvertScript("zh-Hans")
    mainland = ConvertScript("zh-Hans-CN")
    convert(cleaner, pages[0])
    convert(mainland, pages[0])
    rows: dict[str, Callable[[int], object]] = {
        "opencc-python t2s": lambda n: reference("t2s", pages[n]),
        "zh-Hans, propose and apply": lambda n: convert(cleaner, pages[n]),
        "zh-Hans, propose": lambda n: cleaner.propose(pages[n]),
        "zh-Hans, nothing to do": lambda n: cleaner.propose(simplified[n]),
        "opencc-python tw2sp": lambda n: reference("tw2sp", pages[n]),
        "zh-Hans-CN, propose and apply": lambda n: convert(mainland, pages[n]),
    }
    seconds: dict[str, list[float]] = {name: [] for name in rows}
    for number in range(len(pages)):
        for name, run in rows.items():
            repeats = 1 if name.startswith("opencc") else 5
            seconds[name].append(min(_timed(run, number) for _ in range(repeats)))
    if cpp:
        done = subprocess.run(
            [cpp, "-c", _CPP_LOOP],
            input="\x00".join(pages),
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        found = [float(line) for line in done.stdout.split()]
        seconds["C++ OpenCC t2s"] = [
            min(found[number :: len(pages)]) for number in range(len(pages))
        ]
    sizes = [len(page.encode()) / 1e6 for page in pages]
    base = statistics.median(
        size / spent for size, spent in zip(sizes, seconds["opencc-python t2s"], strict=True)
    )
    yield "| conversion | MB/s | to opencc-python t2s |"
    yield "|---|---|---|"
    for name, spent in seconds.items():
        rate = statistics.median(size / s for size, s in zip(sizes, spent, strict=True))
        yield f"| {name} | {rate:.1f} | {rate / base:.1f}x |"


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
    options = parser.parse_args()
    tables = {"Time on repeated text": pumps()}
    if options.traditional:
        tables["Equal to OpenCC"] = equality(options.traditional)
        tables["Speed"] = speed(options.traditional, options.cpp)
    if options.mainland:
        tables["Mainland text, to Taiwan wording and back"] = round_trip(options.mainland)
    for title, lines in tables.items():
        print(f"\n**{title}**\n")
        for line in lines:
            print(line, flush=True)


if __name__ == "__main__":
    main()
