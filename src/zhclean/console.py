"""What the command says and how: exit statuses, one-line errors, safe output."""

from __future__ import annotations

import argparse
import sys
from typing import Final, NoReturn

__all__ = [
    "FAILED",
    "FOUND",
    "INTERRUPTED",
    "OK",
    "Parser",
    "complain",
    "printable",
    "visible",
    "write",
]

OK: Final = 0
FOUND: Final = 1
FAILED: Final = 2
INTERRUPTED: Final = 130


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line."""

    def __init__(self, prog: str, **options: object) -> None:
        super().__init__(prog=prog, allow_abbrev=False, **options)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and exit."""
        complain(f"{message} (see {self.prog} --help)")
        raise SystemExit(FAILED)


def complain(message: str) -> int:
    """One line on standard error; returns the exit status of a failure."""
    print(f"zhclean: {printable(message)}", file=sys.stderr)
    return FAILED


def printable(text: str) -> str:
    """`text` on one line, without the controls that a terminal would obey."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def visible(line: str) -> str:
    """A line of a document, made safe to show: its control characters by name."""
    body = line.removesuffix("\n")
    shown = "".join(
        char if char.isprintable() or char == "\t" else f"<U+{ord(char):04X}>" for char in body
    )
    return shown + line[len(body) :]


def write(text: str) -> None:
    """To standard output as UTF-8, whatever the locale says."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
