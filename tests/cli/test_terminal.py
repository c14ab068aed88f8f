"""On a terminal nothing of a document or a file name is obeyed."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import environment

#: Clears the screen, sets the title, answers back, moves the cursor, turns the reading direction.
ESCAPES = "\x1b[2J\x1b]0;owned\x07\x1b[6n\x9b31m\x08\x7f\r\u202e\u2066\x1bP+q\x1b\\"
#: What a terminal itself makes of the line feeds that it is sent.
OBEYED = {"\r", "\n"}


def on_a_terminal(*arguments: str, cwd: Path) -> tuple[int, str]:
    """Status and everything that the command sends to its terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "zhclean", *arguments],
        cwd=cwd,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(),
    )
    os.close(theirs)
    sent = b""
    try:
        while True:
            try:
                piece = os.read(ours, 1 << 16)
            except OSError:  # Linux says so when the last writer has closed it
                break
            if not piece:
                break
            sent += piece
        return process.wait(30), sent.decode("utf-8")
    finally:
        process.kill()
        os.close(ours)


def assert_harmless(sent: str) -> None:
    assert {char for char in sent if not char.isprintable()} <= OBEYED
    # Carriage returns stand where the terminal puts them.
    assert sent.count("\r") == sent.count("\r\n") == sent.count("\n")


def test_a_diff_names_what_it_can_not_show(tmp_path: Path) -> None:
    text = f"{ESCAPES}今年投入2500万元。{ESCAPES}\n"
    (tmp_path / "page.txt").write_text(text, "utf-8", newline="")
    status, sent = on_a_terminal("--only", "numbers", "--diff", "page.txt", cwd=tmp_path)
    assert status == 1
    assert_harmless(sent)
    assert "<U+001B>[2J" in sent
    assert "<U+202E>" in sent
    assert "+<U+001B>" in sent


def test_a_diff_leaves_the_blanks_of_chinese_text(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("\u3000\u3000今年\t投入2500万元。\n", "utf-8")
    _, sent = on_a_terminal("--only", "numbers", "--diff", "page.txt", cwd=tmp_path)
    assert "+\u3000\u3000今年" in sent


@pytest.mark.parametrize(
    "arguments",
    [
        ["none" + ESCAPES],
        ["--check", "page" + ESCAPES],
        ["--diff", "page" + ESCAPES],
        ["-o", "none/" + ESCAPES, "page" + ESCAPES],
        ["--only", ESCAPES],
        ["--encoding", ESCAPES, "page" + ESCAPES],
        ["--to", ESCAPES],
        ["--config", ESCAPES],
        ["--pack", ESCAPES],
        ["--mask=" + ESCAPES, "none"],
        ["--format", ESCAPES],
        ["--" + ESCAPES],
        ["explain", ESCAPES],
        ["corpus", ESCAPES],
        ["corpus", "status", ESCAPES],
        ["corpus", "run", ESCAPES, "-o", "out"],
        ["discover", ESCAPES],
    ],
    ids=lambda arguments: arguments[0].split("\x1b")[0] + " " + arguments[-1].split("\x1b")[0],
)
def test_a_message_obeys_no_name(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / ("page" + ESCAPES)).write_text("今年投入2500万元。\n", "utf-8")
    _, sent = on_a_terminal(*arguments, cwd=tmp_path)
    assert_harmless(sent)
    assert sent.startswith(("zhclean: ", "---"))


def test_a_configuration_of_somebody_else_obeys_nothing(tmp_path: Path) -> None:
    (tmp_path / "zhclean.toml").write_text('"\\u001b[2J" = "\\u001b]0;owned\\u0007"\n', "utf-8")
    status, sent = on_a_terminal("page.txt", cwd=tmp_path)
    assert status == 2
    assert_harmless(sent)
