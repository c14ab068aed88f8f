"""Doing the parts of a run, in as many processes as wanted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Final

import zhclean
from zhclean.corpus.desk import Desk
from zhclean.corpus.formats import CLEANERS
from zhclean.corpus.parts import Part, find_inputs, split
from zhclean.corpus.state import RunState
from zhclean.corpus.summary import Summary, write_summary
from zhclean.errors import ZhcleanError
from zhclean.files import write_atomic
from zhclean.pipeline import Pipeline

__all__ = ["Options", "run"]

#: A document longer than this goes to quarantine: memory stays bounded.
MAX_DOCUMENT: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Options:
    """How a corpus run reads and writes.

    `field`: the column or key that holds the text, in JSONL, CSV and Parquet.
    `format`: of all inputs, where the file names don't tell. `jobs`: processes.
    `limit`: bytes or characters of the longest document; longer ones go to quarantine.
    `edits`: write edits and flags beside the texts.
    """

    field: str = "text"
    format: str | None = None
    jobs: int = 1
    limit: int = MAX_DOCUMENT
    edits: bool = False


#: Called after each part with bytes done and bytes in all.
Progress = Callable[[int, int], None]


def run(
    inputs: Sequence[str],
    out: Path,
    pipeline: Pipeline,
    options: Options = Options(),
    *,
    packs: Sequence[str] = (),
    progress: Progress | None = None,
) -> Summary:
    """Clean `inputs` (files and folders) into the folder `out`; go on with what is there.

    `packs` are the user's rule packs that `pipeline` was made with: their content is part
    of the configuration. Raises `ConfigError` for inputs or an output folder that can't be
    used, among them a folder that holds a run of another configuration.
    """
    state = RunState(out)
    with state.locked():
        found = find_inputs(inputs, options.format)
        parts = split(found)
        state.begin(
            {
                "zhclean": zhclean.__version__,
                "pipeline": pipeline.to_dict(),
                "packs": [hashlib.sha256(Path(pack).read_bytes()).hexdigest() for pack in packs],
                "options": {"field": options.field, "limit": options.limit, "edits": options.edits},
            },
            parts,
        )
        total = sum(_size(part) for part in parts)
        waiting = [part for part in parts if not state.is_done(part)]
        finished = total - sum(_size(part) for part in waiting)
        failures: dict[str, str] = {}
        for part, failure in _do_all(waiting, out, pipeline, options):
            finished += _size(part)
            if failure is not None:
                failures[part.inputs[0].path] = failure
            if progress is not None:
                progress(finished, total)
        state.tidy()
        done, count, counts = state.totals()
        summary = Summary(done, count, counts, failures)
        write_summary(summary, out)
        return summary


def _size(part: Part) -> int:
    if part.end >= 0 and part.inputs[0].format == "jsonl":
        return part.end - part.start
    return sum(one.size for one in part.inputs)


def _do_all(
    parts: Sequence[Part], out: Path, pipeline: Pipeline, options: Options
) -> Iterator[tuple[Part, str | None]]:
    """Each part as it is done, with the reason if it could not be."""
    if options.jobs == 1:
        for part in parts:
            yield part, do_part(part, out, pipeline, options)
        return
    with ProcessPoolExecutor(options.jobs) as pool:
        # A few parts ahead of the workers, not all: a run may have millions of them.
        ahead = iter(parts)
        running: dict[Future[str | None], Part] = {}
        try:
            while True:
                for part in islice(ahead, 2 * options.jobs - len(running)):
                    running[pool.submit(do_part, part, out, pipeline, options)] = part
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    yield running.pop(future), future.result()
        except BrokenProcessPool:
            raise ZhcleanError(
                "a worker process died (out of memory?); the same command goes on from here"
            ) from None
        finally:
            for future in running:
                future.cancel()


def do_part(part: Part, out: Path, pipeline: Pipeline, options: Options) -> str | None:
    """Clean one part; None when it is done, the reason when its input can't be read."""
    state = RunState(out)
    begin = process_time()
    desk = Desk(pipeline, limit=options.limit, with_edits=options.edits)
    for target in {part.target} if part.target else {one.target for one in part.inputs}:
        (state.data / target).parent.mkdir(parents=True, exist_ok=True)
    try:
        CLEANERS[part.inputs[0].format](part, state.data, desk, options.field)
    except (OSError, EOFError, ValueError, ZhcleanError) as error:
        # Of the whole file: truncated, no such column, disk full. Nothing of it is recorded
        # as done, so the same command tries it again.
        return f"{type(error).__name__}: {error}"
    for name, lines in (("quarantine", desk.quarantine), ("edits", desk.edits)):
        if lines:
            data = "".join(line + "\n" for line in lines).encode()
            write_atomic(out / name / f"{part.name}.jsonl", data)
    desk.counts.seconds = process_time() - begin
    state.finish(part, desk.counts)
    return None
