"""What the command says and how: exit statuses, one-line errors, safe output."""

from __future__ import annotations

import argparse
import errno
import os
import re
import sys
from collections.abc import Sequence
from typing import Any, Final, NoReturn, TextIO

__all__ = [
    "FAILED",
    "FOUND",
    "INTERRUPTED",
    "OK",
    "HelpFormatter",
    "Parser",
    "complain",
    "discard",
    "printable",
    "visible",
    "write",
]

OK: Final = 0
FOUND: Final = 1
FAILED: Final = 2
INTERRUPTED: Final = 130


class HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Keeps the lines of descriptions, as wide as the terminal.

    argparse asks the terminal through shutil for every option that is added, needed or not, and
    importing that takes longer than cleaning a page.
    """

    def __init__(self, prog: str, **options: Any) -> None:
        super().__init__(prog, **{"width": _columns() - 2, **options})

    def _split_lines(self, text: str, width: int) -> list[str]:
        import textwrap

        return textwrap.wrap(text, width, break_on_hyphens=False)  # zh-Hant-TW stays whole


def _columns() -> int:
    """The width of the terminal, as `shutil.get_terminal_size` tells it."""
    named = os.environ.get("COLUMNS", "")
    if named.isdecimal() and int(named) > 0:
        return int(named)
    try:
        return os.get_terminal_size(1).columns or 80
    except OSError:  # standard output is no terminal
        return 80


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line."""

    def __init__(self, prog: str, **options: object) -> None:
        settings: dict[str, Any] = {"formatter_class": HelpFormatter, **options}
        super().__init__(prog=prog, allow_abbrev=False, **settings)

    def parse_files(
        self, arguments: Sequence[str], files: str, *, alone: str = ""
    ) -> argparse.Namespace:
        """Options and FILEs in any order; words behind `--` are FILEs, whatever they look like.

        `files` is the positional argument that takes them. (argparse itself loses the `--`
        where options may follow files.) `alone` is an option whose value, if it has one, is
        joined to it by "="; argparse would take the word behind it for one.
        """
        words = list(arguments)
        end = words.index("--") if "--" in words else len(words)
        options = self.parse_intermixed_args(
            [word + "=" if word == alone else word for word in words[:end]]
        )
        getattr(options, files).extend(words[end + 1 :])
        return options

    def _check_value(self, action: argparse.Action, value: object) -> None:
        # argparse's own message is another in every version of Python.
        if action.choices is not None and value not in action.choices:
            choices = ", ".join(action.choices)
            raise argparse.ArgumentError(action, f"{value!r} is none of {choices}")

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:
        if action.option_strings and arg_strings == ["--"]:
            # Of `--only=--` argparse would make an empty list.
            raise argparse.ArgumentError(action, "'--' is no value")
        return super()._get_values(action, arg_strings)

    def _meant(self, message: str) -> str:
        """The option that is like the first one that there is not."""
        wrong = re.match(r"unrecognized arguments: (--[a-z-]+)", message)
        if wrong is None:
            return ""
        from difflib import get_close_matches

        near = get_close_matches(wrong[1], [*self._option_string_actions], 1)
        return f"; did you mean {near[0]}?" if near else ""

    def _print_message(self, message: str, file: object = None) -> None:
        # Of --help and --version. argparse's own passes over a full disk.
        write(message)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and exit."""
        complain(f"{message}{self._meant(message)} (see {self.prog} --help)")
        raise SystemExit(FAILED)


def complain(message: str) -> int:
    """One line on standard error; returns the exit status of a failure."""
    if sys.stderr is not None:  # closed, print() would take standard output instead
        try:
            print(f"zhclean: {printable(message)}", file=sys.stderr, flush=True)
        except OSError:  # full, or nobody reads it: the exit status still tells
            discard(sys.stderr)
    return FAILED


def discard(stream: TextIO) -> None:
    """Send the rest of a stream that can't be written to nowhere.

    Python would try again, and complain, when it closes the stream at exit.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def printable(text: str) -> str:
    """`text` on one line, without the controls that a terminal would obey."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def visible(line: str) -> str:
    """A line of a document, made safe to show: its control characters by name."""
    body = line.removesuffix("\n")
    shown = "".join(
        char if char.isprintable() or char in "\t\u3000" else f"<U+{ord(char):04X}>"
        for char in body
    )
    return shown + line[len(body) :]


def write(text: str | bytes) -> None:
    """To standard output, text as UTF-8 whatever the locale says. Raises `OSError`."""
    if sys.stdout is None:  # the caller closed it
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    data = text.encode("utf-8", "backslashreplace") if isinstance(text, str) else text
    rest = memoryview(data)
    while rest:  # under PYTHONUNBUFFERED a write may take a part, as on a disk that gets full
        rest = rest[sys.stdout.buffer.write(rest) :]
