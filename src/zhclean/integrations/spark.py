"""Spark: `mapInArrow` over the partitions of a frame."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow

    from zhclean.pipeline import Pipeline

__all__ = ["clean_frame"]


def clean_frame(frame: Any, column: str = "text", *, pipeline: Pipeline | None = None) -> Any:
    """A Spark `DataFrame` with `column` cleaned, the same schema, lazily."""

    def clean(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        from zhclean.integrations.arrow import clean_batch  # on the worker

        for batch in batches:
            yield clean_batch(batch, column, pipeline=pipeline)

    return frame.mapInArrow(clean, frame.schema)
