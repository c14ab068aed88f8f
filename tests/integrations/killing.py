"""Starting a command and killing it with everything that it has started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_MARK = "ZHCLEAN_TEST_PROCESS"


class Killable:
    """A command whose descendants are known by a variable of their environment.

    Ray's are in sessions of their own, so a process group does not hold them.
    """

    def __init__(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        self._mark = f"{_MARK}={uuid.uuid4().hex}"
        name, _, value = self._mark.partition("=")
        environment = {**os.environ, "RAY_USAGE_STATS_ENABLED": "0", **(env or {}), name: value}
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def wait_until(self, reached: Callable[[], bool], seconds: float) -> bool:
        """Whether `reached()` came true before the command ended."""
        end = time.monotonic() + seconds
        while self.process.poll() is None:
            if reached():
                return True
            if time.monotonic() > end:
                raise TimeoutError("the command does not come on")
            time.sleep(0.01)
        return False

    def kill(self, *, alone: bool = False) -> None:
        """SIGKILL for the command and all its descendants, until none is left.

        With `alone` for the command; its descendants have ten seconds to end by themselves.
        """
        if alone:
            self.process.kill()
            self.process.wait()
            end = time.monotonic() + 10
            while self._processes() and time.monotonic() < end:
                time.sleep(0.05)
        while found := self._processes():
            for pid in found:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.process.poll()
            time.sleep(0.05)
        self.process.communicate()

    def _processes(self) -> list[int]:
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError):
                    if self._mark.encode() in (folder / "environ").read_bytes():
                        found.append(int(folder.name))
        return found
