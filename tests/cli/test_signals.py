"""Being stopped: the status says by what, nothing is said and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import CLEAN, environment


@pytest.mark.usefixtures("signals_arrive")
@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_it(sent: signal.Signals, status: int, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(CLEAN, "utf-8")
    (tmp_path / "out.txt").write_text("old", "utf-8")
    os.mkfifo(tmp_path / "pipe")
    process = subprocess.Popen(
        [sys.executable, "-m", "zhclean", "-o", "out.txt", "page.txt", "pipe"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    try:
        with (tmp_path / "pipe").open("wb"):  # opens when the command has come to read it
            process.send_signal(sent)
            _, errors = process.communicate(timeout=30)
    finally:
        process.kill()
    assert (process.returncode, errors) == (status, b"")
    assert (tmp_path / "out.txt").read_text("utf-8") == "old"
    assert sorted(os.listdir(tmp_path)) == ["out.txt", "page.txt", "pipe"]


def test_nohup_holds(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    line = f'trap "" HUP; exec "{sys.executable}" -m zhclean pipe'
    process = subprocess.Popen(
        ["bash", "-c", line], cwd=tmp_path, stdout=subprocess.PIPE, env=environment()
    )
    try:
        with (tmp_path / "pipe").open("wb") as pipe:
            process.send_signal(signal.SIGHUP)
            pipe.write(CLEAN.encode())
        output, _ = process.communicate(timeout=30)
    finally:
        process.kill()
    assert (process.returncode, output.decode()) == (0, CLEAN)
