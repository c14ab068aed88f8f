"""The command `zhclean`: a filter over files or standard input, and a few subcommands.

Exit status: 0 done; 1 `--check` or `--diff` found something; 2 usage, input or output error;
130 interrupted. A reader that closes the pipe is no error.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from zhclean import __version__
from zhclean.console import FAILED, FOUND, INTERRUPTED, OK, Parser, complain, printable, visible
from zhclean.errors import ZhcleanError
from zhclean.files import STDIN, encode_utf8, read_document, write_atomic
from zhclean.options import add_pipeline_options, chosen_pipeline

if TYPE_CHECKING:
    from zhclean.result import Result

__all__ = ["main"]

_DESCRIPTION: Final = """\
Clean scraped Chinese text: repair garbling, strip site furniture, normalise amounts,
flag redactions. Reads FILEs in any Chinese encoding, or standard input, and writes
UTF-8 to standard output.

subcommands (each with its own --help; a file with such a name is written ./rules):
  zhclean explain CODE            what a rule does, and examples of what it leaves
  zhclean rules [--json]          every rule
  zhclean quantities [FILE ...]   the amounts in texts, as a table
  zhclean corpus run IN... -o OUT many files, many processes, safe against being killed
  zhclean corpus status OUT       how far a run has come
  zhclean discover CORPUS         propose rules for the notices of sites that no pack knows
"""

_EPILOG: Final = """\
exit status: 0 done; 1 --check or --diff found something; 2 usage, input or output error
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status. `argv` is without the program's name."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    signal.signal(signal.SIGTERM, _terminate)
    try:
        status = _dispatch(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has what it wanted. Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    except ZhcleanError as error:
        return complain(str(error))
    except OSError as error:
        complain(f"standard output: {error.strerror}")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return status


def _dispatch(arguments: Sequence[str]) -> int:
    if arguments and arguments[0] in ("explain", "rules", "quantities", "corpus", "discover"):
        # The filter, by far the most frequent call, does without this import.
        from zhclean.subcommands import SUBCOMMANDS

        return SUBCOMMANDS[arguments[0]](arguments[1:])
    return _filter(arguments)


def _terminate(_signal: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + signal.SIGTERM)  # unwinds, so that temporary files go


def _parser() -> Parser:
    parser = Parser(
        "zhclean",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="- or none: standard input")
    parser.add_argument("--version", action="version", version=f"zhclean {__version__}")
    parser.add_argument("--encoding", metavar="NAME", help="the codec of the input, not a guess")
    add_pipeline_options(parser)
    out = parser.add_argument_group("what comes out")
    out.add_argument("--format", choices=("text", "jsonl"), default="text")
    out.add_argument(
        "--report", metavar="FILE", help="also an HTML page, source and text side by side"
    )
    mode = out.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="exit 1 if anything would change")
    mode.add_argument("--diff", action="store_true", help="a unified diff; exit 1 if not empty")
    mode.add_argument(
        "--in-place", metavar="SUFFIX", nargs="?", const="", help="write back; keep FILE+SUFFIX"
    )
    mode.add_argument("-o", "--output", metavar="PATH", help="write to PATH, atomically")
    return parser


def _filter(arguments: Sequence[str]) -> int:
    # `--in-place FILE` takes no suffix; argparse would take FILE for one.
    arguments = ["--in-place=" if word == "--in-place" else word for word in arguments]
    parser = _parser()
    options = parser.parse_intermixed_args(arguments)
    names = options.files or [STDIN]
    if options.in_place is not None and STDIN in names:
        parser.error("--in-place needs files, not standard input")
    if options.format == "jsonl" and (
        options.check or options.diff or options.in_place is not None
    ):
        parser.error("--format jsonl goes with standard output or -o only")
    pipeline, _ = chosen_pipeline(options)

    failed = found = False
    collected: list[bytes] = []
    reported: list[tuple[str, Result]] = []
    for name in names:
        try:
            data = read_document(name)
        except OSError as error:
            complain(f"{name}: {error.strerror}")
            failed = True
            continue
        result = pipeline.analyze(data, encoding=options.encoding)
        if options.report is not None:
            reported.append((name, result))
        if options.check:
            found |= _check(name, result)
        elif options.diff:
            found |= _diff(name, result)
        elif options.in_place is not None:
            failed |= not _write_back(name, result, options.in_place)
        else:
            output = _jsonl(name, result) if options.format == "jsonl" else _text(name, result)
            if options.output is None:
                sys.stdout.buffer.write(output)
                sys.stdout.buffer.flush()
            else:
                collected.append(output)
    if options.output is not None:
        failed |= not _write(options.output, b"".join(collected))
    if options.report is not None:
        from zhclean.report import report

        failed |= not _write(options.report, report(reported).encode("utf-8"))
    return FAILED if failed else FOUND if found else OK


def _text(name: str, result: Result) -> bytes:
    data, lost = encode_utf8(result.text)
    if lost:
        complain(f"{name}: {lost} undecodable bytes, written as U+FFFD (--format jsonl keeps them)")
    return data


def _jsonl(name: str, result: Result) -> bytes:
    import json
    from dataclasses import asdict

    record = {"file": name, **result.to_dict()}
    record["quantities"] = [asdict(quantity) for quantity in result.quantities]
    # Decimals as strings: a JSON number would come back as a float.
    try:
        return (json.dumps(record, ensure_ascii=False, default=str) + "\n").encode("utf-8")
    except UnicodeEncodeError:  # lone surrogates pass as escapes
        return (json.dumps(record, default=str) + "\n").encode("ascii")


def _check(name: str, result: Result) -> bool:
    if result.text == result.source:
        return False
    complain(f"would change: {name} ({len(result.edits)} edits)")
    return True


def _diff(name: str, result: Result) -> bool:
    from zhclean.diff import unified_diff

    show: Callable[[str], str] = visible if sys.stdout.isatty() else str
    found = False
    for line in unified_diff(result.source, result.text, result.edits, printable(name)):
        sys.stdout.buffer.write(show(line).encode("utf-8", "surrogatepass"))
        found = True
    return found


def _write_back(name: str, result: Result, suffix: str) -> bool:
    if result.text == result.source and result.encoding == "utf-8":
        return True
    data, lost = encode_utf8(result.text)
    if lost:
        complain(f"{name}: not rewritten: {lost} bytes can't be decoded")
        return False
    return _write(name, data, suffix)


def _write(name: str, data: bytes, suffix: str = "") -> bool:
    try:
        write_atomic(Path(name), data, backup_suffix=suffix)
    except OSError as error:
        complain(f"{name}: {error.strerror}")
        return False
    return True
