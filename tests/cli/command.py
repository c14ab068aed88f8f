"""Running the command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["CLEAN", "GARBLED", "REPAIRED", "environment", "shell", "zhclean"]

GARBLED = "總結(jié)會(huì)議認(rèn)為，今年產(chǎn)業(yè)發(fā)展穩(wěn)中有進(jìn)。\n"
REPAIRED = "总结会议认为，今年产业发展稳中有进。\n"
CLEAN = "今天天气很好，我们去公园走走。\n"

#: Root may read and write everything, whatever the mode of a file says; not without these.
_AS_A_USER = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


def environment(**changes: str) -> dict[str, str]:
    """That of a user: buffered streams, messages in English."""
    inherited = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    return {**inherited, "LC_ALL": "C.UTF-8", **changes}


def zhclean(
    *arguments: str | bytes | Path,
    data: bytes = b"",
    cwd: Path | None = None,
    **changes: str,
) -> subprocess.CompletedProcess[bytes]:
    """`zhclean ARGUMENTS` with `data` on standard input; `changes` are of the environment."""
    return subprocess.run(
        [sys.executable, "-m", "zhclean", *arguments],
        input=data,
        capture_output=True,
        cwd=cwd,
        env=environment(**changes),
        check=False,
    )


def shell(command: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """A line of bash in which `zhclean` is the command, in the folder `cwd`.

    The status of a pipe is that of its first command that fails. Permissions hold for root too,
    where the machine has a way to say so.
    """
    as_a_user = _AS_A_USER if os.geteuid() == 0 and shutil.which(_AS_A_USER[0]) else ()
    line = f'set -o pipefail; zhclean() {{ "{sys.executable}" -m zhclean "$@"; }}\n{command}'
    return subprocess.run(
        [*as_a_user, "bash", "-c", line],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=cwd,
        env=environment(),
        timeout=60,
        check=False,
    )
