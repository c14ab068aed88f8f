"""`zhclean corpus run` and `zhclean corpus status`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Final

from zhclean.console import FAILED, OK, Parser, complain, printable, write
from zhclean.corpus import ENGINES, Options, RunState, Summary, run
from zhclean.corpus.options import INPUT_FORMATS, MAX_DOCUMENT
from zhclean.options import add_pipeline_options, chosen_pipeline

__all__ = ["COMMANDS"]

_RUN: Final = """\
Clean texts, JSONL, CSV and Parquet into the folder OUT: OUT/data holds the cleaned files,
OUT/quarantine what could not be cleaned, OUT/summary.html what was done. A run that was
stopped goes on when the same command is given again.
"""


def _run_parser() -> Parser:
    parser = Parser("zhclean corpus run", description=_RUN)
    parser.add_argument(
        "inputs", nargs="*", metavar="IN", help="files and folders of them; packed ones too"
    )
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help="folder of the run")
    parser.add_argument("--field", default="text", help="key or column of the text (default: text)")
    parser.add_argument(
        "--format",
        choices=INPUT_FORMATS,
        help="of all inputs, whatever their names end in",
    )
    parser.add_argument(
        "--edits", action="store_true", help="write edits and flags beside the texts"
    )
    parser.add_argument(
        "--limit",
        type=int,
        default=MAX_DOCUMENT >> 20,
        metavar="MIB",
        help="quarantine longer documents; memory for one may be 80 times this (default: 16)",
    )
    where = parser.add_argument_group("where it is done")
    where.add_argument(
        "-j", "--jobs", type=int, default=1, metavar="N", help="processes (default: 1)"
    )
    where.add_argument("--engine", choices=ENGINES, default="local", help="local (default) or ray")
    where.add_argument("--address", metavar="ADDRESS", help="of a Ray cluster that runs already")
    add_pipeline_options(parser)
    return parser


def _run(arguments: Sequence[str]) -> int:
    parser = _run_parser()
    options = parser.parse_files(arguments, "inputs")
    if not options.inputs:
        parser.error("the following arguments are required: IN")
    if options.jobs < 1:
        parser.error("--jobs must be at least 1")
    if options.limit < 1:
        parser.error("--limit must be at least 1")
    if options.address is not None and options.engine != "ray":
        parser.error("--address goes with --engine ray")

    pipeline, packs = chosen_pipeline(options)
    chosen = Options(
        field=options.field,
        format=options.format,
        jobs=options.jobs,
        edits=options.edits,
        limit=options.limit << 20,
        engine=options.engine,
        address=options.address,
    )
    bar = _ProgressBar() if sys.stderr is not None and sys.stderr.isatty() else None
    try:
        summary = run(
            options.inputs, Path(options.output), pipeline, chosen, packs=packs, progress=bar
        )
    except OSError as error:
        return complain(f"{error.filename or options.output}: {error.strerror or error}")
    finally:
        if bar:
            bar.close()
    write("\n".join(summary.lines()) + "\n")
    return OK if summary.complete else FAILED


class _ProgressBar:
    """Share done, rate and remaining time, on one line of the terminal."""

    _WIDTH: Final = 30

    def __init__(self) -> None:
        self._begin = monotonic()
        self._before: int | None = None  # bytes done by an earlier run

    def __call__(self, done: int, total: int) -> None:
        if self._before is None:
            self._before = done
        rate = (done - self._before) / max(monotonic() - self._begin, 0.001)
        seconds = int((total - done) / rate) if rate else 0
        left = f"{seconds // 60}:{seconds % 60:02} left" if rate else ""
        filled = self._WIDTH * done // max(total, 1)
        sys.stderr.write(
            f"\r[{'#' * filled:.<{self._WIDTH}}] {done / max(total, 1):4.0%} "
            f"{rate / 1e6:6.1f} MB/s  {left:<12}"
        )
        sys.stderr.flush()

    def close(self) -> None:
        if self._before is not None:
            sys.stderr.write("\n")


def _status(arguments: Sequence[str]) -> int:
    parser = Parser(
        "zhclean corpus status", description="How far the run in a folder has come, in figures."
    )
    parser.add_argument("output", metavar="OUT", help="folder of the run")
    folder = parser.parse_args(arguments).output
    state = RunState(Path(folder))
    done, parts, counts = state.totals()
    summary = Summary(done, parts, counts)
    if summary.complete:
        condition = "done"
    elif state.is_locked():
        condition = "running"
    else:
        condition = "stopped: the same command goes on"
    write(f"run          {printable(folder)} ({condition})\n")
    write("\n".join(summary.lines()) + "\n")
    return OK


#: Word of the command line -> what it does with the words behind it.
COMMANDS: Final[Mapping[str, Callable[[Sequence[str]], int]]] = {"run": _run, "status": _status}
