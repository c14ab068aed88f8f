"""Ray Data: one task function over Arrow batches.

A task function and not a pool of actors: a pool that takes every CPU leaves none for
reading and hangs. With a checkpoint configured in Ray (`ray.data.checkpoint`), a killed
job goes on row by row; cleaning keeps every other column, the id column among them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from zhclean.integrations.arrow import clean_batch

if TYPE_CHECKING:
    from zhclean.pipeline import Pipeline

__all__ = ["clean_dataset"]


def clean_dataset(
    dataset: Any,
    column: str = "text",
    edits: str | None = None,
    *,
    pipeline: Pipeline | None = None,
    batch_size: int = 256,
) -> Any:
    """A `ray.data.Dataset` with `column` cleaned; parameters as in `arrow.clean_batch`."""
    task = partial(clean_batch, column=column, edits=edits, pipeline=pipeline)
    return dataset.map_batches(task, batch_format="pyarrow", batch_size=batch_size)
