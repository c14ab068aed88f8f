"""Worst cases for every rule of every stage: is the time linear, does the memory suffice?

    python -m tests.campaigns.hostile --part times            # all rules, about an hour of one core
    python -m tests.campaigns.hostile --part times --stage numbers --sample 20
    python -m tests.campaigns.hostile --part memory           # every stage under a limit

*times*: each pump (tests/campaigns/pumps.py) is cleaned at a size and at ten times that size. The
sizes are 20,000 and 200,000 characters, or larger ones where that takes under a fiftieth of a
second, up to 2 million; `--size` sets the first. A ratio above 11 in each of six attempts is a
failure. *memory*: a million of each general pump in a process of its own, under `--limit` MB of
address space. Prints failures and the worst cases; exits 1 if there is a failure.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from random import Random
from time import process_time
from typing import Final, NamedTuple

from tests.campaigns.pumps import GENERAL, Pump, pumps_of, rules_of
from zhclean import Pipeline, pipeline

__all__ = ["STAGES", "Measured", "measure", "pipe_of"]

STAGES: Final = ("encoding", "script", "boilerplate", "numbers", "redaction")
FACTOR: Final = 10
MOST: Final = 11.0
_ATTEMPTS: Final = 6
_LONG_ENOUGH: Final = 0.02
_LARGEST: Final = 200_000


class Measured(NamedTuple):
    """What came of a pump."""

    ratio: float
    size: int
    seconds: float  # for ten times the size


def pipe_of(stage: str) -> Pipeline:
    """A stage alone, with every option that makes it look at more."""
    options: dict[str, dict[str, object]] = {
        "encoding": {"width": True, "punctuation": True},
        "script": {"to": "zh-Hans-CN"},
        "boilerplate": {"level": "aggressive"},
        "redaction": {"spinning": True},
    }
    return pipeline(stage, **options.get(stage, {}))  # type: ignore[arg-type]


def measure(clean: Callable[[str], object], pump: Pump, size: int) -> Measured:
    """The best ratio of a few attempts: other work can spoil one, but make none look better."""

    def seconds(count: int) -> float:
        text = pump.text(count)
        begin = process_time()
        clean(text)
        return process_time() - begin

    seconds(1000)  # tables that are loaded once
    while (small := seconds(size)) < _LONG_ENOUGH and size < _LARGEST:
        size *= FACTOR
    best = Measured(float("inf"), size, 0.0)
    for _ in range(_ATTEMPTS):
        large = seconds(FACTOR * size)
        best = min(best, Measured(large / max(small, 1e-4), size, large))
        if best.ratio <= MOST:
            break
        small = max(small, seconds(size))
    return best


def _cases(stages: list[str], sample: int | None) -> Iterator[tuple[str, Pump]]:
    for stage in stages:
        pumps = [*GENERAL, *(pump for rule in rules_of(stage) for pump in pumps_of(rule))]
        if sample is not None:
            pumps = Random(stage).sample(pumps, min(sample, len(pumps)))
        yield from ((stage, pump) for pump in pumps)


def times(stages: list[str], sample: int | None, size: int) -> int:
    """Measure every pump; returns the number of failures."""
    failures = 0
    worst: dict[str, list[tuple[float, Pump, Measured]]] = {stage: [] for stage in stages}
    slowest: dict[str, tuple[float, str]] = dict.fromkeys(stages, (0.0, ""))
    pipes = {stage: pipe_of(stage) for stage in stages}
    for stage, pump in _cases(stages, sample):
        found = measure(pipes[stage].clean, pump, size)
        worst[stage].append((found.ratio, pump, found))
        slowest[stage] = max(slowest[stage], (found.seconds / FACTOR / found.size * 1e6, pump.name))
        if found.ratio > MOST:
            failures += 1
            print(
                f"{stage}: {pump.name}: {found.ratio:.1f} times the time for {FACTOR} times "
                f"{found.size} characters ({found.seconds:.2f} s)",
                flush=True,
            )
    print("| stage | pumps | worst ratio | of | most µs a character | of |")
    print("|---|--:|--:|---|--:|---|")
    for stage, rows in worst.items():
        ratio, pump, _ = max(rows, key=lambda row: row[0])
        cost, name = slowest[stage]
        print(f"| {stage} | {len(rows)} | {ratio:.1f} | {pump.name} | {cost:.1f} | {name} |")
    return failures


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
    parser.add_argument("--sample", type=int, help="so many pumps of each stage")
    parser.add_argument("--size", type=int, default=20_000)
    parser.add_argument("--limit", type=int, default=1500, help="MB of address space")
    options = parser.parse_args()
    stages = options.stage or list(STAGES)
    if options.part == "times":
        return 1 if times(stages, options.sample, options.size) else 0
    return 1 if memory(stages, 10**6, options.limit, options.sample) else 0


if __name__ == "__main__":
    sys.exit(main())
