"""The parts of a run, done on this machine: one after another, or in several processes."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from multiprocessing import Pipe
from pathlib import Path
from threading import Thread
from time import process_time

from zhclean.corpus.documents import Books, Document, Outcome, clean_documents
from zhclean.corpus.formats import clean_part
from zhclean.corpus.options import Options
from zhclean.corpus.parts import Part
from zhclean.corpus.state import RunState
from zhclean.ending import ENDING
from zhclean.errors import ZhcleanError, reason
from zhclean.pipeline import Pipeline

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Connection
else:
    from multiprocessing.connection import Connection

__all__ = ["clean_in_processes", "do_part"]


def clean_in_processes(
    parts: Sequence[Part], out: Path, pipeline: Pipeline, options: Options
) -> Iterator[tuple[Part, str | None]]:
    """Each part as it is done, with the reason if it could not be."""
    if options.jobs == 1:
        for part in parts:
            yield part, _clean_part(part, out, pipeline, options)
        return
    # A pipe, not an event: that has a lock, with which a worker may die.
    stopped, stop = Pipe(duplex=False)
    with (
        stopped,
        stop,
        ProcessPoolExecutor(
            options.jobs, initializer=_end_with_run, initargs=(stopped, stop)
        ) as pool,
    ):
        # A few parts ahead of the workers, not all: a run may have millions of them. Big ones
        # first, so that the last part does not keep one process busy and the others idle.
        ahead = iter(sorted(parts, key=lambda part: part.size, reverse=True))
        running: dict[Future[str | None], Part] = {}
        try:
            while True:
                with _signals_put_off():
                    for part in islice(ahead, 2 * options.jobs - len(running)):
                        running[pool.submit(_clean_part, part, out, pipeline, options)] = part
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    yield running.pop(future), future.result()
        except BrokenProcessPool:
            raise ZhcleanError(
                "a worker process died (out of memory?); the same command goes on from here"
            ) from None
        except BaseException:  # interrupted: nobody waits for the parts that are being done
            stop.send_bytes(b"\n")
            raise


@contextmanager
def _signals_put_off() -> Iterator[None]:
    """Signals wait until the block ends, in the workers that start in it until they are set up.

    One that is only starting would print where it was.
    """
    if sys.platform == "win32":  # knows no such thing
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, *ENDING})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_run(stopped: Connection, stop: Connection) -> None:
    """End this worker when the run is stopped, or killed: then nobody can write any more.

    A worker that is left alone would go on, and keep the folder of the run locked. Ctrl-C is for
    the run alone, which tidies up behind its workers.
    """
    stop.close()
    for ending in ENDING:
        signal.signal(ending, signal.SIG_DFL)
    if sys.platform == "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    else:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)

    def watch() -> None:
        # What is sent stays in the pipe, for the other workers.
        with suppress(OSError):  # Windows says so that the other end is closed
            stopped.poll(None)
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _clean_part(part: Part, out: Path, pipeline: Pipeline, options: Options) -> str | None:
    clean = partial(clean_documents, pipeline=pipeline, with_edits=options.edits)
    return do_part(part, out, options, clean)


def do_part(
    part: Part,
    out: Path,
    options: Options,
    clean: Callable[[Sequence[Document]], Iterable[Outcome]],
) -> str | None:
    """Do one part with `clean`; None when it is done, the reason when it can't be."""
    state = RunState(out)
    begin = process_time()
    try:
        with Books(out, part.name) as books:

            def enter(documents: Sequence[Document]) -> Iterator[str | None]:
                for document, outcome in zip(documents, clean(documents), strict=True):
                    books.enter(document, outcome)
                    yield outcome.text

            clean_part(part, state.data, options.field, options.limit, enter)
    except Exception as error:  # noqa: BLE001 - each library that unpacks has its own
        # Of the whole file: truncated, no such column, disk full. Nothing of it is recorded
        # as done, so the same command tries it again.
        return reason(error)
    books.counts.seconds += process_time() - begin
    state.finish(part, books.counts)
    return None
