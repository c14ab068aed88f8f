"""Mutation testing: does a test fail when the code is made wrong?

    python -m tests.campaigns.mutation edits
    python -m tests.campaigns.mutation numerals --sample 200 --seed 1

Needs `mutmut` (in the extra `campaigns`). The checkout is copied, so nothing here is touched.
A mutant is killed when a test of the subject fails or runs into its time limit; what survives
is printed, to be read.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

__all__ = ["main"]

ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Subject:
    """What is made wrong, and the tests that should notice."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


SUBJECTS: Final = {
    "edits": Subject(("edits.py",), ("tests/core/test_edits.py", "tests/core/test_pipeline.py")),
    "triggers": Subject(("triggers.py",), ("tests/core/test_triggers.py",)),
    "numerals": Subject(
        ("numbers/numerals.py", "numbers/compound.py", "numbers/amounts.py"),
        (
            "tests/numbers/test_values.py",
            "tests/numbers/test_quantities.py",
            "tests/numbers/test_sentences.py",
        ),
    ),
    # The repair search: from a page to its shifted places, the texts behind them and the proof.
    "search": Subject(
        tuple(
            f"encoding/annotated/{name}.py"
            for name in ("search", "moves", "choices", "repair", "proof", "brackets", "page")
        ),
        ("tests/encoding/annotated",),
    ),
}

#: Tests that start a Python of their own would test the code as it is installed.
_NOT_HERE: Final = "not subprocess and not importing and not process and not linear"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("subject", choices=SUBJECTS)
    parser.add_argument("--sample", type=int, metavar="N", help="that many mutants (default all)")
    parser.add_argument("--seed", type=int, default=1, help="of the sample (default 1)")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
    parser.add_argument("--survivors", action="store_true", help="print each one's change")
    options = parser.parse_args()
    mutmut = Path(sys.executable).with_name("mutmut")
    if not mutmut.exists():
        parser.error('mutmut is missing: pip install "zhclean[campaigns]"')
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        _copy_to(copy, SUBJECTS[options.subject])
        run = [str(mutmut), "run", "--max-children", str(options.jobs)]
        if options.sample:
            # A name that no mutant has: the mutants are written, and none is run.
            subprocess.run([*run, "none"], cwd=copy, capture_output=True, check=False)
            names = sorted(_outcomes(mutmut, copy))
            run += Random(options.seed).sample(names, min(options.sample, len(names)))
        _run(run, copy)
        _report(mutmut, copy, options.survivors)


def _run(command: list[str], copy: Path) -> None:
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"mutmut failed:\n{(done.stdout + done.stderr)[-2000:]}")


def _copy_to(copy: Path, subject: Subject) -> None:
    for name in ("src", "tests", "benchmarks", "tools", "docs"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    config = (ROOT / "pyproject.toml").read_text("utf-8")
    rows = {
        "source_paths": ["src/"],
        "only_mutate": [f"src/zhclean/{module}" for module in subject.modules],
        "also_copy": ["benchmarks", "tools", "docs"],
        # What a run of the whole suite left in caches would hide what a mutant does.
        "process_isolation": "forkserver",
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "-q", "-W", "ignore", "-k", _NOT_HERE],
        "pytest_add_cli_args_test_selection": list(subject.tests),
    }
    table = "".join(f"{key} = {value!r}\n" for key, value in rows.items())
    (copy / "pyproject.toml").write_text(f"{config}\n[tool.mutmut]\n{table}", "utf-8")


def _outcomes(mutmut: Path, copy: Path) -> dict[str, str]:
    """What became of each mutant, by its name."""
    command = [str(mutmut), "results", "--all", "true"]
    listed = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=True)
    return dict(re.findall(r"^\s*(\S+): (.+)$", listed.stdout, re.MULTILINE))


def _report(mutmut: Path, copy: Path, survivors: bool) -> None:
    outcome = _outcomes(mutmut, copy)
    counts = Counter(outcome.values())
    dead = counts["killed"] + counts["timeout"]
    alive = counts["survived"] + counts["no tests"]
    print(f"{dead} of {dead + alive} killed: {dead / max(1, dead + alive):.1%}")
    print(", ".join(f"{number} {state}" for state, number in counts.most_common()))
    for name, state in sorted(outcome.items()):
        if state in ("survived", "no tests"):
            print(f"\n{name}: {state}")
            if survivors:
                shown = subprocess.run(
                    [str(mutmut), "show", name],
                    cwd=copy,
                    capture_output=True,
                    text=True,
                    check=True,
                )
                print("\n".join(re.findall(r"^[-+](?![-+]).*", shown.stdout, re.MULTILINE)))


if __name__ == "__main__":
    main()
