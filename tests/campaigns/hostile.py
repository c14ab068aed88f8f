"""Worst cases for every rule of every stage: is the time linear, does the memory suffice?

    python -m tests.campaigns.hostile --part times            # all rules, some hours of one core
    python -m tests.campaigns.hostile --part times --pumps 6  # six pumps a rule, under an hour
    python -m tests.campaigns.hostile --part times --rule B161 --rule E203
    python -m tests.campaigns.hostile --part memory           # every stage under a limit

*times*: each pump (tests/campaigns/pumps.py) is cleaned at a size and at ten times that size. The
sizes are 5,000 and 50,000 characters, or larger ones where that takes under a fiftieth of a
second, up to 5 million; `--size` sets the first. A pump with a ratio above 10.5 is cleaned as 1 MB and
as 10 MB of UTF-8 as well, unless that would take minutes, and then that ratio is the one that counts.
Python's collector of cycles is off meanwhile, as `timeit` has it: it goes through all that lives
each time that has grown by a quarter, which is linear and yet comes in steps.
A ratio above 11 in each of six attempts is a failure.
`--results` keeps what has been measured, a line each, and does not measure it again.
*memory*: a million of each general pump in a process of its own, under `--limit` MB of
address space. Prints failures and the worst cases; exits 1 if there is a failure.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from time import process_time
from typing import Final, NamedTuple

from tests.campaigns.pumps import GENERAL, Pump, pumps_of, rules_of
from zhclean import Pipeline, pipeline

__all__ = ["STAGES", "Measured", "Row", "measure", "pipe_of"]

STAGES: Final = ("encoding", "script", "boilerplate", "numbers", "redaction")
FACTOR: Final = 10
MOST: Final = 11.0
#: A pump with such a ratio is looked at more closely,
_CLOSE: Final = 10.5
#: ... if 10 MB of it take so many seconds at most.
_PATIENCE: Final = 60.0
_ATTEMPTS: Final = 6
_LONG_ENOUGH: Final = 0.02
_LARGEST: Final = 200_000
#: Seconds after which a ratio is no longer asked for again.
_TOO_LONG: Final = 15.0
_MEGABYTE: Final = 10**6


class Measured(NamedTuple):
    """What came of a pump."""

    ratio: float
    size: int
    seconds: float  # for ten times the size

    @property
    def cost(self) -> float:
        """Microseconds a character."""
        return self.seconds / FACTOR / self.size * 1e6


class Row(NamedTuple):
    """A measured pump of a rule, or a general one; `large` for 1 MB and 10 MB."""

    stage: str
    rule: str
    pump: str
    large: bool
    measured: Measured


def pipe_of(stage: str) -> Pipeline:
    """A stage alone, with every option that makes it look at more."""
    options: dict[str, dict[str, object]] = {
        "encoding": {"width": True, "punctuation": True},
        "script": {"to": "zh-Hans-CN"},
        "boilerplate": {"level": "aggressive"},
        "redaction": {"spinning": True},
    }
    return pipeline(stage, **options.get(stage, {}))  # type: ignore[arg-type]


def measure(clean: Callable[[str], object], pump: Pump, size: int, largest: int) -> Measured:
    """The best ratio of a few attempts: other work can spoil one, but make none look better.

    From `size` characters on, ten times as many up to `largest` until it takes long enough.
    """

    def seconds(count: int) -> float:
        text = pump.text(count)
        gc.disable()
        try:
            begin = process_time()
            clean(text)
            return process_time() - begin
        finally:
            gc.enable()

    seconds(1000)  # tables that are loaded once
    while (small := seconds(size)) < _LONG_ENOUGH and size < largest:
        size *= FACTOR
    best = Measured(float("inf"), size, 0.0)
    for _ in range(_ATTEMPTS):
        large = seconds(FACTOR * size)
        best = min(best, Measured(large / max(small, 1e-4), size, large))
        if best.ratio <= MOST or large > _TOO_LONG:
            break
        small = max(small, seconds(size))
    return best


def _cases(stage: str, rules: list[str] | None, pumps: int | None) -> Iterator[tuple[str, Pump]]:
    """(rule, pump): the general ones, of the rule "", and some or all of each rule."""
    if rules is None:
        general = (
            GENERAL
            if pumps is None
            else Random(stage).sample(GENERAL, min(10 * pumps, len(GENERAL)))
        )
        yield from (("", pump) for pump in general)
    for rule in rules_of(stage):
        if rules is None or rule.code in rules:
            found = list(pumps_of(rule))
            if pumps is not None:
                found = Random(rule.code).sample(found, min(pumps, len(found)))
            yield from ((rule.code, pump) for pump in found)


def times(
    stages: list[str], rules: list[str] | None, pumps: int | None, size: int, results: Path | None
) -> int:
    """Measure every pump; returns the number of failures."""
    done = {(row.stage, row.rule, row.pump, row.large): row for row in _read(results)}
    rows: list[Row] = []

    def take(stage: str, rule: str, pump: Pump, *, large: bool) -> Row:
        row = done.get((stage, rule, pump.name, large))
        if row is None:
            begin, end = (_megabyte_of(pump),) * 2 if large else (size, _LARGEST)
            measured = measure(pipes[stage].clean, pump, begin, end)
            row = Row(stage, rule, pump.name, large, measured)
            if results is not None:
                with results.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(row) + "\n")
        rows.append(row)
        return row

    pipes = {stage: pipe_of(stage) for stage in stages}
    for stage in stages:
        for rule, pump in _cases(stage, rules, pumps):
            measured = take(stage, rule, pump, large=False).measured
            large = FACTOR * _megabyte_of(pump) * measured.cost / 1e6
            if measured.ratio > _CLOSE and large <= _PATIENCE:
                take(stage, rule, pump, large=True)
    return _report(stages, rows)


def _megabyte_of(pump: Pump) -> int:
    """So many characters are 1 MB of UTF-8."""
    return _MEGABYTE // len(pump.text(1000).encode("utf-8", "surrogatepass")) * 1000


def _read(results: Path | None) -> Iterator[Row]:
    if results is not None and results.exists():
        for line in results.read_text("utf-8").splitlines():
            stage, rule, pump, large, measured = json.loads(line)
            yield Row(stage, rule, pump, large, Measured(*measured))


def _report(stages: list[str], rows: list[Row]) -> int:
    """Print what is above the limit and a table; returns the number of failures."""
    verdicts = {(row.stage, row.rule, row.pump): row for row in rows}  # the larger sizes come last
    failures = [row for row in verdicts.values() if row.measured.ratio > MOST]
    for row in failures:
        ratio, size, seconds = row.measured
        print(
            f"{row.stage} {row.rule}: {row.pump}: {ratio:.1f} times the time for {FACTOR} times "
            f"{size} characters ({seconds:.2f} s, {row.measured.cost:.2f} µs a character)"
        )
    print(
        "| stage | rules | pumps | worst ratio | of | 10 MB : 1 MB | of | most µs a character | of |"
    )
    print("|---|--:|--:|--:|---|--:|---|--:|---|")
    for stage in stages:
        small = [row for row in rows if row.stage == stage and not row.large]
        large = [row for row in rows if row.stage == stage and row.large]
        if not small:  # none of the rules asked for
            continue
        cells = [stage, f"{len({row.rule for row in small} - {''})}", f"{len(small)}"]
        for some in (small, large or small):
            first = max(some, key=lambda row: row.measured.ratio)
            cells += [f"{first.measured.ratio:.1f}", first.pump]
        slowest = max(small + large, key=lambda row: row.measured.cost)
        cells += [f"{slowest.measured.cost:.1f}", slowest.pump]
        print("| " + " | ".join(cells) + " |")
    return len(failures)


def _memory_of(stage: str, index: int, size: int, limit: int) -> tuple[int, str]:
    program = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({limit} << 20, {limit} << 20))\n"
        "from tests.campaigns.hostile import pipe_of\n"
        "from tests.campaigns.pumps import GENERAL\n"
        f"text = GENERAL[{index}].text({size})\n"
        f"result = pipe_of({stage!r}).analyze(text)\n"
        "print(len(result.edits), len(result.flags))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    return peak, "" if not run.returncode else (run.stderr.strip().splitlines() or ["killed"])[-1]


def memory(stages: list[str], size: int, limit: int, sample: int | None) -> int:
    """A million characters of each general pump under a limit; returns the number of failures."""
    failures = 0
    for stage in stages:
        indices = list(range(len(GENERAL)))
        if sample is not None:
            indices = Random(stage).sample(indices, min(sample, len(indices)))
        highest = 0
        for index in indices:
            peak, wrong = _memory_of(stage, index, size, limit)
            highest = max(highest, peak)  # of all children so far
            if wrong:
                failures += 1
                print(f"{stage}: {GENERAL[index].name}: {wrong}", flush=True)
        print(f"{stage}: {len(indices)} pumps of {size} characters, peak {highest} MB", flush=True)
    return failures


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--part", choices=("times", "memory"), default="times")
    parser.add_argument("--stage", choices=STAGES, action="append")
    parser.add_argument("--rule", action="append", help="only the pumps of this rule")
    parser.add_argument("--pumps", type=int, help="so many of each rule, ten times as many general")
    parser.add_argument("--results", type=Path, metavar="FILE", help="in lines of JSON")
    parser.add_argument("--size", type=int, default=5_000)
    parser.add_argument("--limit", type=int, default=1500, help="MB of address space")
    options = parser.parse_args()
    stages = options.stage or list(STAGES)
    if options.part == "times":
        failures = times(stages, options.rule, options.pumps, options.size, options.results)
        return 1 if failures else 0
    return 1 if memory(stages, 10**6, options.limit, options.pumps) else 0


if __name__ == "__main__":
    sys.exit(main())
