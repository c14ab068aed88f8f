"""A corpus run killed at random moments, again and again: the bytes of an undisturbed run come out.

    python -m tests.campaigns.kills                          # 50 kills, 200 MB, all stages
    python -m tests.campaigns.kills --only redaction -j 1
    python -m tests.campaigns.kills --engine ray --kills 6 --megabytes 30

Each series starts with an empty folder and kills the command (SIGKILL), alone or with everything
that it has started, after a random share of the time that an undisturbed run takes, resumes it,
kills it again, until it comes to its end by itself. After every single kill each file that stands under
its final name is compared with the undisturbed run's, at the end of a series all of them, and
the summary. Exits 1 at the first difference. The moments are drawn from a seed; what they hit
depends on the machine.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.damage.files import write_corpus
from tests.integrations.killing import Killable

#: What a user reads. The counts of parts hold times.
_OUTPUTS = ("data", "quarantine", "edits")
_TEMPORARY = ".zhclean.tmp"


def digests(out: Path) -> dict[str, str]:
    """File below `out` -> hash of its content; files under temporary names left out."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for name in _OUTPUTS
        for path in sorted((out / name).rglob("*"))
        if path.is_file() and not path.name.endswith(_TEMPORARY)
    }


def summary(out: Path) -> dict[str, Any]:
    """What the run says that it has done, without the time that it took."""
    found: dict[str, Any] = json.loads((out / "summary.json").read_text("utf-8"))
    return {**found, "seconds": 0}


class Campaign:
    """One corpus, one undisturbed run over it, and any number of killed ones."""

    def __init__(self, folder: Path, options: argparse.Namespace, extra: list[str]) -> None:
        self.folder = folder
        self.random = random.Random(options.seed)
        self.command = [sys.executable, "-m", "zhclean", "corpus", "run", str(folder / "in")]
        self.command += [*extra, "--edits"]
        engine = ["--engine", options.engine, "-j", str(options.jobs)]
        begin = time.monotonic()
        subprocess.run(
            [*self.command, "-j", str(options.jobs), "-o", str(folder / "whole")],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        self.seconds = time.monotonic() - begin
        if options.engine != "local":  # the local run says what must come out, not when
            begin = time.monotonic()
            self._resume([*self.command, *engine, "-o", str(folder / "timed")])
            self.seconds = time.monotonic() - begin
            shutil.rmtree(folder / "timed")
        self.command += engine
        self.expected = digests(folder / "whole")
        self.summary = summary(folder / "whole")

    def series(self, most: int) -> int:
        """Run, kill, resume until a run comes to its end; how many kills that were."""
        out = self.folder / "killed"
        shutil.rmtree(out, ignore_errors=True)
        command = [*self.command, "-o", str(out)]
        kills = 0
        while kills < most:
            begin = time.monotonic()
            victim = Killable(command)
            moment = begin + self.random.random() * self.seconds
            if not victim.wait_until(lambda at=moment: time.monotonic() >= at, 3600):
                # It was done before: the machine has become faster, or there was little left.
                self.seconds = max(self.seconds / 2, time.monotonic() - begin)
                break
            # As often as not the one process alone, as a system that is short of memory does.
            victim.kill(alone=self.random.random() < 0.5)
            kills += 1
            self._compare(out, complete=False)
        self._resume(command)
        self._compare(out, complete=True)
        return kills

    def _resume(self, command: list[str]) -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"the resumed run failed: {done.stderr[-2000:]}")

    def _compare(self, out: Path, *, complete: bool) -> None:
        found = digests(out)
        wrong = [name for name, digest in found.items() if self.expected.get(name) != digest]
        if wrong:
            raise SystemExit(f"{len(wrong)} files differ, {wrong[0]} among them")
        if complete and found.keys() != self.expected.keys():
            missing = sorted(self.expected.keys() - found.keys())
            raise SystemExit(f"{len(missing)} files are missing, {missing[0]} among them")
        if complete and summary(out) != self.summary:
            raise SystemExit("another summary")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-j", "--jobs", type=int, default=2)
    parser.add_argument("--engine", choices=("local", "ray"), default="local")
    parser.add_argument("--series", type=int, default=8, help="most kills before a run may end")
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    options, extra = parser.parse_known_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        write_corpus(folder / "in", options.megabytes * 10**6, options.seed)
        size = sum(path.stat().st_size for path in (folder / "in").rglob("*") if path.is_file())
        campaign = Campaign(folder, options, extra)
        print(
            f"{size / 1e6:.0f} MB on disk, {len(campaign.expected)} output files, "
            f"{campaign.summary['documents']} documents; undisturbed {campaign.seconds:.0f} s",
            flush=True,
        )
        kills = ends = 0
        while kills < options.kills:
            made = campaign.series(min(options.series, options.kills - kills))
            kills, ends = kills + made, ends + 1
            print(f"{kills} kills, {ends} runs to the end, no difference", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
