"""Speed, measured beside what people would use instead.

    python -m benchmarks.speed                                  # all tables
    python -m benchmarks.speed --only stages --kind dirty
    python -m benchmarks.speed --opencc /tmp/venv/bin/python    # a Python with the C++ `opencc`

CPU time of one core. All sides are measured in turn, each time on texts that nobody has seen
before, and the medians over the rounds are compared: seconds differ between machines and hours,
their ratios hardly do.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks import chart, speed_texts

ROOT = Path(__file__).parents[1]
PAGE = 60_000
#: What slow sides are given of the texts.
SLOW = 0.15
#: Bytes of each of three kinds that are cleaned before anything is measured.
WARM = 1_200_000
#: Kinds whose repair searches: less of them, or a run takes an hour.
SEARCHED = ("annotated GBK", "garbled")
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)


@dataclass(slots=True)
class Worker:
    """A process that does jobs; see speed_worker.py."""

    process: subprocess.Popen[str]

    @classmethod
    def start(cls, python: str, folder: Path, *flags: str) -> Worker:
        command = [python, str(ROOT / "benchmarks" / "speed_worker.py"), str(folder), *flags]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return cls(
            subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env=environment,
                cwd=ROOT,
            )
        )

    def ask(self, job: str, texts: str) -> float:
        """MB a second."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps({"job": job, "texts": texts}), file=self.process.stdin)
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        return float(answer["bytes"] / 1e6 / max(answer["seconds"], 1e-9))

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


@dataclass(slots=True)
class Bench:
    """The workers, the folder of their texts, and what was asked for."""

    options: argparse.Namespace
    folder: Path
    fast: Worker
    plain: Worker
    cpp: Worker | None

    def medians(
        self,
        sides: dict[str, tuple[Worker, str, float]],
        name: str,
        make: Callable[[random.Random, float], list[str]],
    ) -> dict[str, float]:
        """MB a second of each side: (worker, job, what part of the texts it is given).

        `make` makes texts, all or a part. No two sides and rounds have the same ones.
        """
        rates: dict[str, list[float]] = {side: [] for side in sides}
        # The first round only loads what is loaded once.
        for number in range(self.options.rounds + 1):
            for side, (worker, job, part) in sides.items():
                rng = random.Random(f"{self.options.seed}/{name}/{side}/{number}")
                path = self.folder / "texts.json"
                path.write_text(json.dumps(make(rng, part)), "ascii")
                rate = worker.ask(job, path.name)
                if number:
                    rates[side].append(rate)
        return {side: statistics.median(values) for side, values in rates.items()}

    def warm(self) -> None:
        """Have loaded and compiled what a long run has: templates, tables, numpy."""
        rng = random.Random(f"{self.options.seed}/warm")
        path = self.folder / "warm.json"
        kinds = ("dirty", "clean", "traditional")
        path.write_text(
            json.dumps([text for kind in kinds for text in speed_texts.documents(kind, WARM, rng)]),
            "ascii",
        )
        for worker in (self.fast, self.plain):
            worker.ask("zhclean", path.name)


def table(heads: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|---|" + "--:|" * (len(heads) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


def number(value: float) -> str:
    """Three digits."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def stages(bench: Bench) -> Iterator[str]:
    """Bytes to text, all five stages, on each kind of text."""
    bench.warm()
    fast, plain = bench.fast, bench.plain
    sides = {
        "`bytes.decode`": (fast, "decode", 1),
        "naive chain": (fast, "naive", SLOW),
        "`ftfy.fix_text`": (fast, "ftfy", SLOW),
        "zhclean": (plain, "zhclean", 1),
        "zhclean with `fast`": (fast, "zhclean", 1),
        "`fast`, edits read": (fast, "edits", 1),
    }
    rates, ratios, bars = [], [], []
    for kind in bench.options.kind or speed_texts.KINDS:
        size = bench.options.size // (20 if kind in SEARCHED else 1)
        found = bench.medians(
            sides,
            kind,
            lambda rng, part, k=kind, s=size: speed_texts.documents(k, int(s * part), rng),
        )
        print(kind, *map("{}: {:.3g}".format, found, found.values()), sep=", ", file=sys.stderr)
        naive, ours = found["naive chain"], found["zhclean with `fast`"]
        rates.append([kind, *map(number, found.values())])
        bars.append((kind, naive, ours))
        ratios.append(
            [
                kind,
                number(found["zhclean"] / naive),
                number(ours / naive),
                number(ours / found["`ftfy.fix_text`"]),
                f"{100 * ours / found['`bytes.decode`']:.3g} %",
            ]
        )
    yield table(["MB of UTF-8 a second", *sides], rates)
    heads = ["zhclean, times", "naive chain", "with `fast`", "`ftfy.fix_text`, with `fast`"]
    yield table([*heads, "of `bytes.decode`, with `fast`"], ratios)
    if bench.options.plot is not None:
        bench.options.plot.write_text(chart.speed(bars), "utf-8")


def script(bench: Bench) -> Iterator[str]:
    """Conversion to simplified characters on pages of 60,000 characters."""
    bench.warm()
    sides = {
        "opencc-python-reimplemented": (bench.fast, "opencc", SLOW),
        "zhclean": (bench.plain, "script", 1),
        "zhclean with `fast`": (bench.fast, "script", 1),
    }
    if bench.cpp is not None:
        sides["C++ OpenCC"] = (bench.cpp, "opencc", 1)
    rates = []
    for kind in ("traditional", "dirty", "clean"):
        found = bench.medians(
            sides,
            f"pages of {kind}",
            lambda rng, part, k=kind: speed_texts.pages(k, PAGE, max(1, int(8 * part)), rng),
        )
        ours = found["zhclean with `fast`"]
        row = [kind, *map(number, found.values())]
        row.append(number(ours / found["opencc-python-reimplemented"]))
        row.append(number(ours / found["C++ OpenCC"]) if "C++ OpenCC" in found else "–")
        rates.append(row)
    heads = ['`to="zh-Hans"` alone, MB a second', *sides]
    yield table([*heads, "`fast`, times opencc-python", "`fast`, times C++ OpenCC"], rates)


def sizes(bench: Bench) -> Iterator[str]:
    """Time a byte by the length of a document, and of small ones in a batch."""
    bench.warm()
    rows = []
    for size in bench.options.sizes or SIZES:
        count = max(1, 1_000_000 // size)
        found = bench.medians(
            {"plain": (bench.plain, "zhclean", 1), "fast": (bench.fast, "zhclean", 1)},
            f"{size} bytes",
            lambda rng, _, s=size, c=count: speed_texts.pages("clean", s // 3, c, rng),
        )
        rows.append([f"{size:,} bytes a document", number(found["plain"]), number(found["fast"])])
    for name, characters in (("pages of 60,000 characters", PAGE), ("100 bytes a document", 33)):
        found = bench.medians(
            {"plain": (bench.plain, "batch", 1), "fast": (bench.fast, "batch", 1)},
            name,
            lambda rng, _, c=characters: speed_texts.pages("nothing to do", c, 600_000 // c, rng),
        )
        rows.append([f"`clean_many`, {name}, nothing to do", *map(number, found.values())])
    yield table(["MB a second", "zhclean", "with `fast`"], rows)


def start(bench: Bench) -> Iterator[str]:
    """What a process costs before it does anything."""
    rng = random.Random(bench.options.seed)
    texts = speed_texts.pages("nothing to do", 333, 16, rng)
    quiet = "春天来了，院子里的桃树开了花，邻居家的老人每天清早都要在树下坐一会儿。\n" * 9
    pages = [bench.folder / f"page-{number}.txt" for number in range(17)]
    for page, text in zip(pages, [quiet, *texts], strict=True):
        page.write_text(text, "utf-8")
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    environment["PYTHONPYCACHEPREFIX"] = str(bench.folder / "bytecode")
    main = "from zhclean.cli import main; main()"
    commands = {
        "`python -c pass`": lambda turn: ["-c", "pass"],
        "`import zhclean`": lambda turn: ["-c", "import zhclean"],
        "`zhclean FILE`, 1 kB in which no trigger stands": lambda turn: ["-c", main, str(pages[0])],
        "`zhclean FILE`, 1 kB of clean text, each time other": (
            lambda turn: ["-c", main, str(pages[1 + turn % 16])]
        ),
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(32):
        for name, command in commands.items():
            process = subprocess.Popen(
                [sys.executable, *command(turn)],
                env=environment,
                stdout=subprocess.DEVNULL,
                cwd=bench.folder,
            )
            _, status, usage = os.wait4(process.pid, 0)
            assert status == 0, name
            if turn >= 16:  # the first half writes bytecode
                times[name].append(1000 * (usage.ru_utime + usage.ru_stime))
    bare = statistics.median(times["`python -c pass`"])
    rows = [
        [name, f"{statistics.median(values):.1f}", f"{statistics.median(values) - bare:.1f}"]
        for name, values in times.items()
    ]
    yield table(["ms of CPU", "in all", "over bare Python"], rows)


TABLES = {"stages": stages, "script": script, "sizes": sizes, "start": start}
BEGIN, END = "<!-- speed -->", "<!-- end of speed -->"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", action="append", choices=TABLES, help="repeatable")
    parser.add_argument("--kind", action="append", choices=speed_texts.KINDS, help="repeatable")
    parser.add_argument(
        "--sizes", type=int, action="append", help="of documents, in bytes; repeatable"
    )
    parser.add_argument("--size", type=int, default=600_000, help="bytes a round and kind")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--opencc", metavar="PYTHON", help="a Python that has the C++ OpenCC")
    parser.add_argument("--output", type=Path, metavar="FILE.md", help="between its two markers")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="the ratios as a picture")
    options = parser.parse_args(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        fast = Worker.start(sys.executable, folder)
        plain = Worker.start(sys.executable, folder, "--plain")
        cpp = Worker.start(options.opencc, folder) if options.opencc else None
        for worker in filter(None, (fast, plain, cpp)):
            stack.callback(worker.stop)
        bench = Bench(options, folder, fast, plain, cpp)
        pieces = [
            f"Python {platform.python_version()}, seed {options.seed}, medians of {options.rounds}\n"
        ]
        print(pieces[0], flush=True)
        for name in options.only or TABLES:
            for piece in TABLES[name](bench):
                pieces.append(piece)
                print(piece, flush=True)
    if options.output is not None:
        before, begin, rest = options.output.read_text("utf-8").partition(BEGIN)
        _, end, after = rest.partition(END)
        if not begin or not end:
            parser.error(f"{options.output} has no {BEGIN} and {END}")
        results = "\n".join(pieces)
        options.output.write_text(f"{before}{begin}\n\n{results}\n{end}{after}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
