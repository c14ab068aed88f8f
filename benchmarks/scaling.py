"""Two processes against one, over the same corpus: `zhclean corpus run -j 1` and `-j 2` in turn.

    python -m benchmarks.scaling
    python -m benchmarks.scaling --megabytes 100 --rounds 5 --jobs 4

Prints a Markdown table: seconds of the clock, medians of all rounds, and the ratio of the medians.
Beside it stands what the machine itself gives: the same two counts of processes that do nothing
but count. Where other programs run, the machine's own ratio falls below the number of processes
too, and only the two ratios together say something about the command.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.damage.files import write_corpus

_COUNT = "n = 0\nwhile n < 10_000_000: n += 1"


def run_seconds(source: Path, out: Path, jobs: int, options: list[str]) -> float:
    """Seconds of one corpus run into an empty folder."""
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "zhclean", "corpus", "run", str(source), "-o", str(out)]
    begin = time.perf_counter()
    subprocess.run([*command, "-j", str(jobs), *options], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def machine_seconds(jobs: int, rounds: int) -> float:
    """Seconds in which `jobs` processes at a time count `rounds` times in all."""
    begin = time.perf_counter()
    for _ in range(rounds // jobs):
        processes = [subprocess.Popen([sys.executable, "-c", _COUNT]) for _ in range(jobs)]
        for process in processes:
            process.wait()
    return time.perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--megabytes", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    options, extra = parser.parse_known_args()
    times: dict[str, dict[int, list[float]]] = {"corpus run": {}, "counting": {}}
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        source, out = Path(name) / "in", Path(name) / "out"
        write_corpus(source, options.megabytes * 10**6)
        for _ in range(options.rounds):
            for jobs in (1, options.jobs):
                seconds = run_seconds(source, out, jobs, extra)
                times["corpus run"].setdefault(jobs, []).append(seconds)
                seconds = machine_seconds(jobs, 2 * options.jobs)
                times["counting"].setdefault(jobs, []).append(seconds)
    print(f"| {options.megabytes} MB | one process, s | {options.jobs} processes, s | ratio |")
    print("|---|--:|--:|--:|")
    for what, found in times.items():
        one, many = (statistics.median(found[jobs]) for jobs in (1, options.jobs))
        print(f"| {what} | {one:.1f} | {many:.1f} | {one / many:.2f} |")


if __name__ == "__main__":
    main()
