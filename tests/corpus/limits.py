"""Commands under limits of the operating system."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# <linux/capability.h>, <linux/prctl.h>
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2
_PR_CAPBSET_DROP = 24

ROOT = Path(__file__).resolve().parents[2]


def zhclean(
    *arguments: str | Path,
    memory: int | None = None,
    file_size: int | None = None,
    mortal: bool = False,
    stdin: Path | None = None,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """The command `zhclean`; `memory` is `ulimit -v` and `file_size` is `ulimit -f`, in bytes.

    `mortal`: where this is root, without the right to read what its mode forbids (Linux).
    """

    def limit() -> None:
        if memory is not None:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        if file_size is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))

        if mortal:
            for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
                ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, capability)

    command: Sequence[str] = [sys.executable, "-m", "zhclean", *map(str, arguments)]
    with (stdin or Path(os.devnull)).open("rb") as source:
        return subprocess.run(
            command,
            stdin=source,
            capture_output=True,
            encoding="utf-8",
            preexec_fn=limit,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            check=False,
        )


def one_line(run: subprocess.CompletedProcess[str]) -> str:
    """The one line of an error, without the name of the program."""
    [line] = run.stderr.splitlines()
    assert line.startswith("zhclean: "), run.stderr
    return line.removeprefix("zhclean: ")
