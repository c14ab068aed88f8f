"""The command `zhclean`: a filter over files or standard input, and a few subcommands.

Exit status: 0 done; 1 `--check` or `--diff` found something; 2 usage, input or output error;
130 interrupted, 143 terminated. A reader that closes the pipe is no error.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NoReturn

from zhclean import __version__
from zhclean.console import (
    FAILED,
    FOUND,
    INTERRUPTED,
    OK,
    Parser,
    complain,
    discard,
    printable,
    visible,
    write,
)
from zhclean.ending import ENDING
from zhclean.errors import ZhcleanError
from zhclean.files import STDIN, encode_utf8, read_document, write_atomic
from zhclean.options import add_pipeline_options, chosen_pipeline

if TYPE_CHECKING:
    from zhclean.result import Result

__all__ = ["main"]

_SUBCOMMANDS: Final = ("explain", "rules", "quantities", "corpus", "discover")

_DESCRIPTION: Final = """\
Clean scraped Chinese text: repair garbling, strip site furniture, normalise amounts,
flag redactions. Reads FILEs in any Chinese encoding, or standard input, and writes
UTF-8 to standard output.

subcommands (each with its own --help; a file with such a name is written ./rules):
  zhclean explain CODE...         what rules do, and examples of what they leave
  zhclean rules [--json]          every rule; with --pack FILE --test, a pack of your own
  zhclean quantities [FILE ...]   the amounts in texts, as a table
  zhclean corpus run IN... -o OUT many files, many processes, safe against being killed
  zhclean corpus status OUT       how far a run has come
  zhclean discover CORPUS         propose rules for the notices of sites that no pack knows
"""

_EPILOG: Final = """\
examples:
  zhclean page.txt > clean.txt           any encoding in, UTF-8 out
  zhclean --only encoding < page.txt     undo garbling, nothing else
  zhclean --diff *.txt                   what would change
  zhclean --report page.html page.txt    what was done and why, side by side
  zhclean --in-place=.orig *.txt         write back, the originals kept

exit status: 0 done; 1 --check or --diff found something; 2 usage, input or output error;
130 interrupted; 143 terminated
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status. `argv` is without the program's name."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for ending in ENDING:
        if signal.getsignal(ending) is signal.SIG_DFL:  # nohup sets another
            signal.signal(ending, _terminate)
    try:
        status = _dispatch(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:  # the reader has what it wanted
        discard(sys.stdout)
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    except ZhcleanError as error:
        return complain(str(error))
    except MemoryError:
        return complain("not enough memory")
    except OSError as error:
        if sys.stdout is not None:
            discard(sys.stdout)
        return complain(f"{error.filename or 'standard output'}: {error.strerror}")
    return status


def _dispatch(arguments: Sequence[str]) -> int:
    try:
        return _command(arguments)
    except SystemExit as stop:  # of argparse: --help, --version, or an error that it has told
        return int(stop.code or OK)


def _command(arguments: Sequence[str]) -> int:
    if arguments and arguments[0] in _SUBCOMMANDS:
        # The filter, by far the most frequent call, does without this import.
        from zhclean.subcommands import SUBCOMMANDS

        return SUBCOMMANDS[arguments[0]](arguments[1:])
    return _filter(arguments)


def _terminate(number: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + number)  # unwinds, so that temporary files go


def _parser() -> Parser:
    parser = Parser(
        "zhclean",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="- or none: standard input")
    parser.add_argument("--version", action="version", version=f"zhclean {__version__}")
    parser.add_argument("--encoding", metavar="NAME", help="the codec of the input, not a guess")
    add_pipeline_options(parser)
    out = parser.add_argument_group("what comes out")
    out.add_argument(
        "--format",
        choices=("text", "jsonl"),
        default="text",
        help="text (default), or a JSON object a document: source, text, edits, flags, quantities",
    )
    out.add_argument(
        "--report", metavar="FILE", help="also an HTML page, source and text side by side"
    )
    mode = out.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="exit 1 if anything would change")
    mode.add_argument("--diff", action="store_true", help="a unified diff; exit 1 if not empty")
    mode.add_argument(
        "--in-place",
        metavar="SUFFIX",
        nargs="?",
        const="",
        help="write back; --in-place=.orig keeps what was there as FILE.orig",
    )
    mode.add_argument(
        "-o", "--output", metavar="PATH", help="write to PATH, atomically; - is standard output"
    )
    return parser


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    """What is asked for; what can't be meant ends here, before anything is read or written."""
    parser = _parser()
    options = parser.parse_files(arguments, "files", alone="--in-place")
    names = options.files = options.files or [STDIN]
    if options.output == STDIN:  # as for input: standard output
        options.output = None
    if options.in_place is not None and STDIN in names:
        parser.error("--in-place needs files, not standard input")
    if options.in_place == "":
        # As some would write it: nothing may be rewritten before its original is kept.
        for name in names:
            if name.startswith(".") and "/" not in name and not os.path.lexists(name):
                parser.error(f"{name}: no such file; a suffix is joined by '=': --in-place={name}")
    if "/" in (options.in_place or ""):
        parser.error("--in-place: a suffix can't hold '/'")
    if options.report is not None:
        others = [*names, options.output or STDIN]
        if os.path.realpath(options.report) in map(os.path.realpath, others):
            parser.error(f"--report would replace {options.report}")
    if options.format == "jsonl" and (
        options.check or options.diff or options.in_place is not None
    ):
        parser.error("--format jsonl goes with standard output or -o only")
    return options


def _filter(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    pipeline, packs = chosen_pipeline(options)
    from zhclean.encoding import decode

    failed = found = False
    collected: list[bytes] = []
    reported: list[tuple[str, Result]] = []
    read = 0
    for name in options.files:
        try:
            data = read_document(name, regular=options.in_place is not None)
        except OSError as error:
            complain(f"{name}: {error.strerror}{_hint(name, error)}")
            failed = True
            continue
        read += 1
        decoded = decode(data, options.encoding)
        result = pipeline.analyze(decoded)
        lost = [data[start:end] for start, end in decoded.damaged]
        if options.report is not None:
            reported.append((name, result))
        if options.check:
            found |= _check(name, result)
        elif options.diff:
            found |= _diff(name, result)
        elif options.in_place is not None:
            failed |= not _write_back(name, result, lost, options.in_place)
        else:
            make = _jsonl if options.format == "jsonl" else _text
            output = make(name, result, lost)
            if options.output is None:
                write(output)
                sys.stdout.flush()
            else:
                collected.append(output)
    # Where nothing could be read there is nothing to put in place of what is there.
    if options.output is not None and read:
        failed |= not _write(options.output, b"".join(collected))
    if options.report is not None and read:
        failed |= not _write(options.report, _report(reported, packs))
    return FAILED if failed else FOUND if found else OK


def _hint(name: str, error: OSError) -> str:
    """What else may be meant by a FILE that can't be read."""
    if isinstance(error, IsADirectoryError):
        return " (zhclean corpus run takes folders)"
    if isinstance(error, FileNotFoundError) and name.isalpha():
        from difflib import get_close_matches

        for close in get_close_matches(name, _SUBCOMMANDS, 1, 0.75):
            return f" (did you mean zhclean {close}?)"
    return ""


def _text(name: str, result: Result, lost: Sequence[bytes]) -> bytes:
    data, surrogates = encode_utf8(result.text)
    count = sum(map(len, lost)) + surrogates
    if count:
        complain(f"{name}: undecodable bytes: {count}, now U+FFFD (--format jsonl keeps them)")
    return data


def _jsonl(name: str, result: Result, lost: Sequence[bytes]) -> bytes:
    import json
    from dataclasses import asdict

    record = {"file": name, **result.to_dict()}
    # What each U+FFFD of the source stands for that was put there in reading.
    record["undecodable"] = [data.hex() for data in lost]
    record["quantities"] = [asdict(quantity) for quantity in result.quantities]
    # Decimals as strings: a JSON number would come back as a float.
    try:
        return (json.dumps(record, ensure_ascii=False, default=str) + "\n").encode("utf-8")
    except UnicodeEncodeError:  # lone surrogates pass as escapes
        return (json.dumps(record, default=str) + "\n").encode("ascii")


def _report(results: Sequence[tuple[str, Result]], packs: Sequence[str]) -> bytes:
    from zhclean.report import report
    from zhclean.rules import read_pack

    return report(results, packs=map(read_pack, packs)).encode("utf-8")


def _check(name: str, result: Result) -> bool:
    if result.text == result.source:
        return False
    count = len(result.edits)
    complain(f"would change: {name} ({count} edit{'s' if count > 1 else ''})")
    return True


def _diff(name: str, result: Result) -> bool:
    from zhclean.diff import unified_diff

    terminal = sys.stdout is not None and sys.stdout.isatty()
    show: Callable[[str], str] = visible if terminal else str
    found = False
    for line in unified_diff(result.source, result.text, result.edits, printable(name)):
        write(show(line).encode("utf-8", "surrogatepass"))
        found = True
    return found


def _write_back(name: str, result: Result, lost: Sequence[bytes], suffix: str) -> bool:
    if result.text == result.source and result.encoding == "utf-8":
        return True
    data, surrogates = encode_utf8(result.text)
    count = sum(map(len, lost)) + surrogates
    if count:
        complain(f"{name}: not rewritten, undecodable bytes: {count}")
        return False
    return _write(name, data, suffix)


def _write(name: str, data: bytes, suffix: str = "") -> bool:
    from pathlib import Path

    try:
        write_atomic(Path(name), data, backup_suffix=suffix)
    except OSError as error:
        complain(f"{name}: {error.strerror}")
        return False
    return True
