"""The documents of a run, cleaned on Ray Data, on this machine or on a cluster.

Two steps. Ray reads the documents as rows, cleans them and writes their outcomes below
`OUT/ray`, with Ray's own checkpoints of the rows that are done: a job that is killed goes on
behind them. Then each part is written as the local engine writes it, with the outcomes looked
up: what comes out is the same byte for byte, whichever machine did which row in which order.

Inputs and OUT must be at the same place on every machine, as on a shared file system, and
zhclean must be installed there.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from zhclean.corpus.documents import Document
from zhclean.corpus.formats import read_part
from zhclean.corpus.options import Options
from zhclean.corpus.parts import Part
from zhclean.corpus.processes import do_part
from zhclean.corpus.state import RunState
from zhclean.errors import ConfigError, ZhcleanError
from zhclean.pipeline import Pipeline

if TYPE_CHECKING:
    import pyarrow


__all__ = ["clean_on_ray"]

#: Bytes of a block of rows: what one task cleans, and what a killed one has to do again.
_BLOCK: Final = 8 << 20


def clean_on_ray(
    parts: Sequence[Part], out: Path, pipeline: Pipeline, options: Options
) -> Iterator[tuple[Part, str | None]]:
    """Each part of a run that is not done yet, as it is done, with the reason if it could not be.

    `parts` are all of them: a row's id holds the number of its part. Raises `ConfigError`
    where Ray is not installed or the cluster can't be reached, `ZhcleanError` where the job fails.
    """
    state = RunState(out)
    waiting = [(number, part) for number, part in enumerate(parts) if not state.is_done(part)]
    if not waiting:
        return
    staging = out.resolve() / "ray"
    with _ray(options) as ray:
        try:
            if not (staging / "cleaned").exists():
                _clean_documents(ray, waiting, staging, pipeline, options)
                (staging / "cleaned").touch()
            yield from _write_parts(ray, waiting, staging, out.resolve(), options)
        except ray.exceptions.RayError as error:
            # Its text is the trace of the worker; what the task raised stands first in it.
            found = re.search(r"^[\w.]*(?:Error|Exception): .*", str(error), re.MULTILINE)
            told = found[0] if found else type(error).__name__
            raise ZhcleanError(f"Ray: {told}; the same command goes on from here") from None
    if all(state.is_done(part) for part in parts):
        shutil.rmtree(staging)
    else:  # the next call reads again what could not be read
        (staging / "cleaned").unlink()


@contextmanager
def _ray(options: Options) -> Iterator[Any]:
    """Ray, started if it does not run; stopped again if it was started here."""
    try:
        import ray
        import ray.data
        from ray.data.checkpoint import CheckpointConfig  # noqa: F401 - old versions have none
    except ImportError:
        raise ConfigError(
            '--engine ray needs Ray 2.60 or later: pip install "zhclean[ray]"'
        ) from None
    if ray.is_initialized():
        yield ray
        return
    address = options.address or os.environ.get("RAY_ADDRESS")
    if address and address != "local":
        try:
            ray.init(address, log_to_driver=False, logging_level=logging.ERROR)
        except (ConnectionError, ValueError) as error:
            raise ConfigError(f"no Ray cluster at {address!r}: {error}") from None
    else:
        # Two at least: when a run goes on, an actor of Ray that knows which rows are done
        # holds one of them.
        ray.init(
            "local",
            num_cpus=max(2, options.jobs),
            include_dashboard=False,
            log_to_driver=False,
            logging_level=logging.ERROR,
        )
    try:
        yield ray
    finally:
        ray.shutdown()


def _clean_documents(
    ray: Any,
    parts: Sequence[tuple[int, Part]],
    staging: Path,
    pipeline: Pipeline,
    options: Options,
) -> None:
    """All rows of `parts` cleaned and written below `staging`, those apart that are already."""
    from ray.data.checkpoint import CheckpointConfig

    from zhclean.corpus.ray_source import TableSource
    from zhclean.corpus.rows import ID, clean_rows

    (staging / "rows").mkdir(parents=True, exist_ok=True)
    context = ray.data.DataContext.get_current().copy()
    context.target_max_block_size = _BLOCK
    context.enable_progress_bars = sys.stderr is not None and sys.stderr.isatty()
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # our own line says it
    context.checkpoint_config = CheckpointConfig(
        id_column=ID,
        checkpoint_path=str(staging / "checkpoint"),
        # A run that is killed while it writes its parts needs no row again.
        delete_checkpoint_on_success=False,
    )
    source = TableSource(
        [partial(_read_rows, number, part, options.field, options.limit) for number, part in parts],
        [part.size for _, part in parts],
    )
    with ray.data.DataContext.current(context):
        # A share of a processor: reading must not be fused with cleaning, or a part of many
        # gigabytes would be one block and one checkpoint.
        rows = ray.data.read_datasource(source, num_cpus=0.5)
        rows = rows.map_batches(
            clean_rows,
            fn_kwargs={"pipeline": pipeline, "with_edits": options.edits},
            batch_format="pyarrow",
            batch_size=None,
        )
        rows.write_parquet(str(staging / "rows"))


def _read_rows(number: int, part: Part, field: str, limit: int) -> Iterator[pyarrow.Table]:
    from zhclean.corpus.rows import document_rows

    return document_rows(number, _readable(read_part(part, field, limit)))


def _readable(documents: Iterator[Document]) -> Iterator[Document]:
    """The documents before the one that can't be read: it must not end the job.

    Writing the part reads it again and says what is wrong.
    """
    with suppress(Exception):
        yield from documents


def _write_parts(
    ray: Any, parts: Sequence[tuple[int, Part]], staging: Path, out: Path, options: Options
) -> Iterator[tuple[Part, str | None]]:
    from zhclean.corpus.rows import staged_files

    files = ray.put(staged_files(staging / "rows"))
    write = ray.remote(_write_part)
    ahead = iter(parts)
    running: dict[Any, Part] = {}
    most = 2 * int(ray.cluster_resources().get("CPU", 1))
    while True:
        while len(running) < most and (following := next(ahead, None)) is not None:
            number, part = following
            running[write.remote(number, part, files, out, options)] = part
        if not running:
            return
        done, _ = ray.wait(list(running), num_returns=1)
        for one in done:
            yield running.pop(one), ray.get(one)


def _write_part(number: int, part: Part, files: Any, out: Path, options: Options) -> str | None:
    from zhclean.corpus.rows import StagedCleaner

    return do_part(part, out, options, StagedCleaner(number, files))
