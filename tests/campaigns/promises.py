"""A long run of the check of all promises.

    python -m tests.campaigns.promises --inputs 2000000 --seed 1
    python -m tests.campaigns.promises --seed 1 --state /tmp/promises.json    # goes on from there

Prints the first broken input of each kind of failure, shortened, and exits 1 if there is one. The
last line is a row for the table in docs/promises.md. `--state` keeps, for each commit and seed, what
has been done: a run that was stopped goes on, one on other code begins anew.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from random import Random
from time import process_time
from typing import Any, Final, NamedTuple

from tests.promises.check import check_bytes, check_many, pipelines
from tests.promises.inputs import random_bytes, random_text

__all__ = ["Failure", "main", "run_batch", "shorten"]

#: Inputs of one seed. Those for one pipeline are checked together.
BATCH: Final = 500
_ROOT: Final = Path(__file__).resolve().parents[2]
#: Attempts to make a failing input shorter.
_MOST_ATTEMPTS: Final = 400
#: It holds every stage; the others share the other half of the inputs.
_DEFAULT: Final = "default"

Input = str | bytes


class Failure(NamedTuple):
    """What went wrong with an input, as it is written in Python."""

    kind: str
    pipeline: str
    source: str


def run_batch(seed: int, searches: bool = True) -> tuple[list[Failure], float]:
    """The failures among the inputs of one seed, and the seconds of CPU that they took."""
    begin = process_time()
    random = Random(seed)
    names = list(pipelines(searches))
    groups: dict[str, list[Any]] = defaultdict(list)
    for _ in range(BATCH):
        if random.random() < 0.05:
            groups["decode"].append(random_bytes(random))
        else:
            name = _DEFAULT if random.random() < 0.5 else random.choice(names)
            groups[name].append(random_text(random))
    failures: list[Failure] = []
    for name, sources in groups.items():
        failures += _failures(partial(_check, name=name, searches=searches), name, sources)
    return failures, process_time() - begin


def _check(sources: list[Any], *, name: str, searches: bool) -> None:
    if name == "decode":
        for data in sources:
            check_bytes(data)
    else:
        check_many(sources, name, searches=searches)


def _failures(check: Callable[[list[Any]], None], name: str, sources: list[Any]) -> list[Failure]:
    together = _kind_of(check, sources)
    if together is None:
        return []
    alone = [(kind, source) for source in sources if (kind := _kind_of(check, [source]))]
    if not alone:  # they break a promise only together
        return [Failure(together, name, ascii(sources))]
    failures = []
    for kind, source in alone:
        shorter = shorten(source, partial(_fails_as, kind, check))
        failures.append(Failure(kind, name, ascii(shorter)))
    return failures


def _fails_as(kind: str, check: Callable[[list[Any]], None], source: Input) -> bool:
    return _kind_of(check, [source]) == kind


def _kind_of(check: Callable[[list[Any]], None], sources: list[Any]) -> str | None:
    try:
        check(sources)
    except Exception as error:  # noqa: BLE001 - any exception is what the campaign looks for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(frame.filename).name}: {frame.line}"
    return None


def shorten(source: Input, fails: Callable[[Any], bool]) -> Input:
    """`source` without whatever it can do without and still fail: halves first, characters last."""
    attempts, size = 0, max(1, len(source) // 2)
    while attempts < _MOST_ATTEMPTS:
        start, before = 0, len(source)
        while start < len(source) and attempts < _MOST_ATTEMPTS:
            attempts += 1
            shorter: Any = source[:start] + source[start + size :]  # type: ignore[operator]
            if fails(shorter):
                source = shorter
            else:
                start += size
        if size == 1 and len(source) == before:
            break
        size = max(1, size // 2)
    return source


def _commit() -> str:
    """The code that is tested, as Git describes it."""
    command = ["git", "describe", "--always", "--dirty=+changes", "--exclude=*"]
    run = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    return run.stdout.strip() or "unknown"


def _load(state: Path | None, key: str) -> tuple[dict[str, Any], dict[str, Any]]:
    runs: dict[str, Any] = json.loads(state.read_text("utf-8")) if state and state.exists() else {}
    return runs, runs.setdefault(key, {"inputs": 0, "seconds": 0.0, "failures": []})


def _save(state: Path | None, runs: dict[str, Any]) -> None:
    if state is not None:
        new = state.with_name(state.name + ".new")
        new.write_text(json.dumps(runs, indent=1), "utf-8")
        new.replace(state)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-j", "--jobs", type=int, default=2)
    parser.add_argument("--state", type=Path, metavar="FILE", help="what has been done, in JSON")
    parser.add_argument(
        "--no-searches",
        action="store_true",
        help="leave out the passes that search for lost text, which take most of the time",
    )
    options = parser.parse_args()
    searches = not options.no_searches
    commit = _commit()
    key = f"{commit} seed {options.seed}" + ("" if searches else " without searches")
    runs, run = _load(options.state, key)
    first = options.seed * 10**6
    seeds = range(first + run["inputs"] // BATCH, first + options.inputs // BATCH)
    seen = Counter((kind, name) for kind, name, _ in run["failures"])
    with Pool(options.jobs) as pool:
        for failures, seconds in pool.imap(partial(run_batch, searches=searches), seeds):
            run["inputs"] += BATCH
            run["seconds"] += seconds
            for failure in failures:
                if not seen[failure.kind, failure.pipeline]:
                    print(f"{failure.pipeline}: {failure.kind}\n    {failure.source}", flush=True)
                seen[failure.kind, failure.pipeline] += 1
            run["failures"] += failures
            _save(options.state, runs)
            if run["inputs"] % (40 * BATCH) == 0:
                print(f"{run['inputs']:,} inputs, {seen.total()} failures", file=sys.stderr)
    inputs = run["inputs"]
    today = date.today()
    print(
        f"| {today.day} {today:%B %Y} | {inputs:,} (seed {options.seed}) | all, "
        f"{'complete' if searches else 'without searches'} | {seen.total()} "
        f"| {run['seconds'] / max(1, inputs) * 1000:.1f} ms | `{commit}` |"
    )
    return 1 if seen else 0


if __name__ == "__main__":
    sys.exit(main())
