"""A long run of the check of all promises.

    python -m tests.campaigns.promises --inputs 200000 --seed 1

Prints the first broken input of each kind of failure, shortened, and exits 1 if there is one.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from functools import partial
from multiprocessing import Pool
from random import Random

from tests.promises.check import check, check_bytes, pipelines
from tests.promises.inputs import random_bytes, random_text

_BATCH = 500


def run_batch(seed: int, searches: bool = True) -> list[tuple[str, str, str]]:
    """Failures among the inputs of one seed: kind, pipeline, the input as it is written in Python."""
    random = Random(seed)
    names = list(pipelines())
    failures = []
    for _ in range(_BATCH):
        if random.random() < 0.1:
            name: str = "decode"
            source: str | bytes = random_bytes(random)
        else:
            # The default pipeline holds every stage; the others share the rest.
            name = "default" if random.random() < 0.5 else random.choice(names)
            source = random_text(random)
        try:
            if isinstance(source, bytes):
                check_bytes(source)
            else:
                check(source, name, searches=searches)
        except Exception as error:  # noqa: BLE001 - any exception is what the campaign looks for
            kind = f"{type(error).__name__}: {str(error)[:80]}"
            failures.append((kind, name, repr(source)))
    return failures


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-j", "--jobs", type=int, default=2)
    parser.add_argument(
        "--no-searches",
        action="store_true",
        help="leave out the passes that search for lost text, which take nearly all of the time",
    )
    options = parser.parse_args()
    seeds = range(options.seed * 10**6, options.seed * 10**6 + options.inputs // _BATCH)
    batch = partial(run_batch, searches=not options.no_searches)
    counts: Counter[tuple[str, str]] = Counter()
    with Pool(options.jobs) as pool:
        for done, failures in enumerate(pool.imap_unordered(batch, seeds), 1):
            for kind, name, source in failures:
                if not counts[kind, name]:
                    print(f"{name}: {kind}\n    {source[:400]}", flush=True)
                counts[kind, name] += 1
            if done % 40 == 0:
                print(f"{done * _BATCH} inputs, {counts.total()} failures", file=sys.stderr)
    print(f"{len(seeds) * _BATCH} inputs, seed {options.seed}: {counts.total()} failures")
    return 1 if counts else 0


if __name__ == "__main__":
    sys.exit(main())
