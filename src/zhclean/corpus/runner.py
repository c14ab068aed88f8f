"""One run: what there is to do, an engine that does it, and what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from os import PathLike, fspath
from pathlib import Path
from typing import Final

import zhclean
from zhclean.corpus.options import Options
from zhclean.corpus.parts import find_inputs, split
from zhclean.corpus.processes import clean_in_processes
from zhclean.corpus.state import RunState
from zhclean.corpus.summary import Summary, write_summary
from zhclean.pipeline import Pipeline

__all__ = ["run"]

_DEFAULTS: Final = Options()

#: Called at the start and after each part with bytes done and bytes in all.
Progress = Callable[[int, int], None]


def run(
    inputs: Iterable[str | PathLike[str]],
    out: str | PathLike[str],
    pipeline: Pipeline,
    options: Options = _DEFAULTS,
    *,
    packs: Iterable[str | PathLike[str]] = (),
    progress: Progress | None = None,
) -> Summary:
    """Clean `inputs` (files and folders) into the folder `out`; go on with what is there.

    `packs` are the user's rule packs that `pipeline` was made with: their content is part
    of the configuration. The engine and the number of processes are not: a run may go on
    with others. Raises `ConfigError` for inputs or an output folder that can't be used,
    among them a folder that holds a run of another configuration, and for an engine that
    is not installed.
    """
    if isinstance(inputs, (str, PathLike)):
        raise TypeError(f"inputs are files and folders in a list, not {inputs!r}")
    out = Path(out)
    state = RunState(out)
    found = find_inputs([fspath(name) for name in inputs], options.format, without=out)
    parts = split(found.inputs)
    with state.locked():
        state.begin(
            {
                "zhclean": zhclean.__version__,
                "pipeline": pipeline.to_dict(),
                "packs": [hashlib.sha256(Path(pack).read_bytes()).hexdigest() for pack in packs],
                "options": {"field": options.field, "limit": options.limit, "edits": options.edits},
            },
            parts,
        )
        total = sum(part.size for part in parts)
        waiting = [part for part in parts if not state.is_done(part)]
        finished = total - sum(part.size for part in waiting)
        if options.engine == "ray":
            from zhclean.corpus.on_ray import clean_on_ray

            results = clean_on_ray(parts, out, pipeline, options)
        else:
            results = clean_in_processes(waiting, out, pipeline, options)
        failures: dict[str, str] = {}
        if progress is not None:
            progress(finished, total)
        try:
            for part, failure in results:
                finished += part.size
                if failure is not None:
                    failures[part.inputs[0].path] = failure
                if progress is not None:
                    progress(finished, total)
        finally:
            state.tidy()
        done, count, counts = state.totals()
        summary = Summary(done, count, counts, failures, found.passed_over)
        write_summary(summary, out)
        return summary
