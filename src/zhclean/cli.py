"""The command `zhclean`: a filter over files or standard input, and a few subcommands.

Exit status: 0 done; 1 `--check` or `--diff` found something; 2 usage, input or output error;
130 interrupted. A reader that closes the pipe is no error.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from zhclean import __version__
from zhclean.errors import ConfigError, ZhcleanError
from zhclean.files import STDIN, read_document, write_atomic

if TYPE_CHECKING:
    from zhclean.pipeline import Pipeline
    from zhclean.result import Result

__all__ = ["main"]

OK: Final = 0
FOUND: Final = 1
FAILED: Final = 2
INTERRUPTED: Final = 130

_DESCRIPTION: Final = """\
Clean scraped Chinese text: repair garbling, strip site furniture, normalise amounts,
flag redactions. Reads FILEs in any Chinese encoding, or standard input, and writes
UTF-8 to standard output.

subcommands:
  zhclean explain CODE          what a rule does, and examples of what it leaves
  zhclean rules [--json]        every rule
  zhclean quantities [FILE ...] the amounts in a text as a table
(a file with such a name is written ./rules)
"""

_EPILOG: Final = """\
exit status: 0 done; 1 --check or --diff found something; 2 usage, input or output error
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status. `argv` is without the program's name."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    signal.signal(signal.SIGTERM, _terminate)
    commands: dict[str, Callable[[Sequence[str]], int]] = {
        "explain": _explain,
        "rules": _rules,
        "quantities": _quantities,
    }
    command = commands.get(arguments[0]) if arguments else None
    try:
        status = command(arguments[1:]) if command else _filter(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has what it wanted. Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    except ZhcleanError as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(f"standard output: {error.strerror}")
    return status


def _terminate(_signal: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + signal.SIGTERM)  # unwinds, so that temporary files go


def _complain(message: str) -> int:
    print(f"zhclean: {_printable(message)}", file=sys.stderr)
    return FAILED


def _printable(text: str) -> str:
    """`text` on one line, without the controls that a terminal would obey."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        _complain(f"{message} (see {self.prog} --help)")
        raise SystemExit(FAILED)


def _filter_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="zhclean",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="- or none: standard input")
    parser.add_argument("--version", action="version", version=f"zhclean {__version__}")

    what = parser.add_argument_group("what is done")
    what.add_argument("--only", metavar="STAGES", help="these stages alone, comma-separated")
    what.add_argument("--skip", metavar="STAGES", help="all stages but these")
    what.add_argument("--preset", metavar="NAME", help="repair, training or conservative")
    what.add_argument("--to", metavar="TARGET", help="convert the script: zh-Hans, zh-Hans-CN, …")
    what.add_argument("--numbers", metavar="STYLE", help="plain, arabic, keep or gbt15835")
    what.add_argument("--level", metavar="LEVEL", help="conservative, standard or aggressive")
    what.add_argument("--mask", metavar="TOKEN", help="put TOKEN in place of redactions")
    what.add_argument("--spinning", action="store_true", default=None, help="flag spun words")
    what.add_argument(
        "--width", action="store_true", default=None, help="full-width letters: ASCII"
    )
    what.add_argument(
        "--punctuation", action="store_true", default=None, help="ASCII marks: full width"
    )
    what.add_argument("--pack", metavar="FILE", action="append", help="a rule pack of your own")
    what.add_argument("--config", metavar="FILE", help="options from FILE alone")
    what.add_argument("--encoding", metavar="NAME", help="the codec of the input, not a guess")

    out = parser.add_argument_group("what comes out")
    out.add_argument("--format", choices=("text", "jsonl"), default="text")
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
    parser = _filter_parser()
    options = parser.parse_intermixed_args(arguments)
    names = options.files or [STDIN]
    if options.in_place is not None and STDIN in names:
        parser.error("--in-place needs files, not standard input")
    if options.format == "jsonl" and (
        options.check or options.diff or options.in_place is not None
    ):
        parser.error("--format jsonl goes with standard output or -o only")
    pipeline = _pipeline(options)

    failed = found = False
    collected: list[bytes] = []
    for name in names:
        try:
            result = pipeline.analyze(read_document(name), encoding=options.encoding)
        except OSError as error:
            _complain(f"{name}: {error.strerror}")
            failed = True
            continue
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
    return FAILED if failed else FOUND if found else OK


def _pipeline(options: argparse.Namespace) -> Pipeline:
    from zhclean.pipeline import DEFAULT_STAGES, STAGES, pipeline

    chosen = _config(options.config)
    for key in ("preset", "to", "numbers", "level", "mask", "spinning", "width", "punctuation"):
        if getattr(options, key) is not None:
            chosen[key] = getattr(options, key)
    for key in ("only", "skip"):
        if getattr(options, key) is not None:
            chosen[key] = [name.strip() for name in getattr(options, key).split(",")]
    chosen["packs"] = [*chosen.get("packs", ()), *(options.pack or ())]

    only, skip = chosen.pop("only", None), set(chosen.pop("skip", ()))
    unknown = skip - set(STAGES)
    if unknown:
        raise ConfigError(f"unknown stage {min(unknown)!r} in skip (there are {', '.join(STAGES)})")
    if only is None and not skip:
        return pipeline(**chosen)
    stages = [name for name in only or DEFAULT_STAGES if name not in skip]
    if chosen.get("to") and "script" in skip:
        raise ConfigError("to= converts the script, and skip leaves that stage out")
    if not stages and not chosen.get("to"):
        raise ConfigError("no stage is left to run")
    return pipeline(*stages, **chosen)


def _config(name: str | None) -> dict[str, Any]:
    from zhclean.config import find_config, load_config

    path = Path(name) if name is not None else find_config(Path.cwd())
    return {} if path is None else load_config(path)


def _utf8(name: str, text: str) -> bytes:
    """`text` as UTF-8; what no UTF-8 can hold is written as U+FFFD and said."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        count = sum("\ud800" <= c <= "\udfff" for c in text)
        _complain(
            f"{name}: {count} undecodable bytes or lone surrogates, the first at character "
            f"{error.start}, written as U+FFFD (--format jsonl keeps them)"
        )
        return "".join("�" if "\ud800" <= c <= "\udfff" else c for c in text).encode("utf-8")


def _text(name: str, result: Result) -> bytes:
    return _utf8(name, result.text)


def _jsonl(name: str, result: Result) -> bytes:
    import json

    record = {"file": name, **result.to_dict()}
    record["quantities"] = [quantity.to_dict() for quantity in result.quantities]
    try:
        return (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8")
    except UnicodeEncodeError:  # lone surrogates pass as escapes
        return (json.dumps(record) + "\n").encode("ascii")


def _check(name: str, result: Result) -> bool:
    if result.text == result.source:
        return False
    print(f"would change: {_printable(name)} ({len(result.edits)} edits)", file=sys.stderr)
    return True


def _diff(name: str, result: Result) -> bool:
    from zhclean.diff import unified_diff

    show: Callable[[str], str] = _visible if sys.stdout.isatty() else str
    found = False
    for line in unified_diff(result.source, result.text, result.edits, _printable(name)):
        sys.stdout.buffer.write(show(line).encode("utf-8", "surrogatepass"))
        found = True
    return found


def _visible(line: str) -> str:
    """A line of a document made safe to show: a terminal would obey its control characters."""
    body = line.removesuffix("\n")
    return (
        "".join(c if c.isprintable() or c == "\t" else f"<U+{ord(c):04X}>" for c in body)
        + line[len(body) :]
    )


def _write_back(name: str, result: Result, suffix: str) -> bool:
    if result.text == result.source and result.encoding == "utf-8":
        return True
    if any("\ud800" <= c <= "\udfff" for c in result.text):
        _complain(f"{name}: not rewritten: it has bytes that can't be decoded")
        return False
    return _write(name, result.text.encode("utf-8"), suffix)


def _write(name: str, data: bytes, suffix: str = "") -> bool:
    try:
        write_atomic(Path(name), data, backup_suffix=suffix)
    except OSError as error:
        _complain(f"{name}: {error.strerror}")
        return False
    return True


def _explain(arguments: Sequence[str]) -> int:
    parser = _Parser(prog="zhclean explain", allow_abbrev=False)
    parser.add_argument("code", metavar="CODE", help="a rule's code, such as E101")
    code = parser.parse_args(arguments).code.upper()
    from zhclean.rules import catalogue

    rule = catalogue().get(code)
    if rule is None:
        raise ConfigError(f"unknown rule {code!r} (zhclean rules lists them)")
    lines = [f"{rule.code} {rule.name} ({rule.stage})", rule.why]
    lines.append("proved or harmless" if rule.safe else "a judgement: worth reading")
    if rule.provenance:
        lines.append(f"source: {rule.provenance}")
    if rule.change:
        lines += ["", "changes:"]
        for change in rule.change:
            lines += [f"  - {_shown(change.before)}", f"  + {_shown(change.after)}"]
    if rule.flag:
        lines += ["", "flags:"]
        lines += [f"  {_shown(row.text)}: {' · '.join(row.spans)}" for row in rule.flag]
    if rule.leave:
        lines += ["", "leaves:", *(f"  {_shown(text)}" for text in rule.leave)]
    _print("\n".join(lines) + "\n")
    return OK


def _shown(text: str) -> str:
    return _visible(text.replace("\n", "⏎"))


def _rules(arguments: Sequence[str]) -> int:
    parser = _Parser(prog="zhclean rules", allow_abbrev=False)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    as_json = parser.parse_args(arguments).json
    from zhclean.rules import catalogue

    if as_json:
        import json
        from dataclasses import asdict

        for rule in catalogue().values():
            _print(json.dumps(asdict(rule), ensure_ascii=False) + "\n")
    else:
        for rule in catalogue().values():
            mark = " " if rule.safe else "?"
            _print(f"{rule.code:<6}{mark} {rule.stage:<12} {rule.name}: {rule.why}\n")
    return OK


def _quantities(arguments: Sequence[str]) -> int:
    parser = _Parser(prog="zhclean quantities", allow_abbrev=False)
    parser.add_argument("files", nargs="*", metavar="FILE", help="- or none: standard input")
    parser.add_argument("--format", choices=("csv", "jsonl"), default="csv")
    parser.add_argument("--encoding", metavar="NAME", help="the codec of the input, not a guess")
    options = parser.parse_intermixed_args(arguments)
    failed = False

    def rows() -> Iterator[dict[str, Any]]:
        nonlocal failed
        from zhclean.encoding import decode
        from zhclean.numbers.table import rows

        for name in options.files or [STDIN]:
            try:
                text = decode(read_document(name), options.encoding).text
            except OSError as error:
                _complain(f"{name}: {error.strerror}")
                failed = True
                continue
            for row in rows(text):
                yield {"document": name, **row}

    if options.format == "jsonl":
        import json

        for row in rows():
            _print(json.dumps(row, ensure_ascii=False) + "\n")
    else:
        import csv
        import io

        from zhclean.numbers.table import COLUMNS

        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, ["document", *COLUMNS])
        writer.writeheader()
        for row in rows():
            writer.writerow(row)
            _print(buffer.getvalue())
            buffer.seek(0)
            buffer.truncate()
        _print(buffer.getvalue())
    return FAILED if failed else OK


def _print(text: str) -> None:
    """To standard output as UTF-8, whatever the locale says."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
