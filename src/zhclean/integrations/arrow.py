"""Arrow batches: what every columnar engine hands over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

from zhclean.errors import ConfigError
from zhclean.integrations.values import clean_values, missing
from zhclean.pipeline import default_pipeline

try:
    import pyarrow
except ImportError:
    raise missing("corpus") from None

if TYPE_CHECKING:
    from zhclean.pipeline import Pipeline

__all__ = ["clean_batch"]

Batch = TypeVar("Batch", "pyarrow.RecordBatch", "pyarrow.Table")


def clean_batch(
    batch: Batch,
    column: str = "text",
    edits: str | None = None,
    *,
    pipeline: Pipeline | None = None,
) -> Batch:
    """A record batch or table with `column` cleaned; all other columns are taken over.

    `edits` names a further string column for what was done: one JSON object a row with
    the lists `edits` (spans in the source) and `flags` (spans in the cleaned text), as in
    `Result.to_json`, or null where there is neither. Raises `ConfigError` if `column` is
    not there or holds no strings, or `edits` is there already.
    """
    index = batch.schema.get_field_index(column)
    if index < 0:
        raise ConfigError(f"no column {column!r} (there are {', '.join(batch.schema.names)})")
    field = batch.schema.field(index)
    if not (pyarrow.types.is_string(field.type) or pyarrow.types.is_large_string(field.type)):
        raise ConfigError(f"column {column!r} holds {field.type}, not strings")
    if edits is not None and edits in batch.schema.names:
        raise ConfigError(f"column {edits!r} is there already")
    pipe = pipeline or default_pipeline()
    values = batch.column(index).to_pylist()
    if edits is None:
        texts = clean_values(values, pipe)
        return batch.set_column(index, field, pyarrow.array(texts, field.type))
    analyzed = pipe.stream(value for value in values if value is not None)
    results = [None if value is None else next(analyzed) for value in values]
    texts = [None if result is None else result.text for result in results]
    told: list[str | None] = []
    for result in results:
        if result is None or not (result.edits or result.flags):
            told.append(None)
        else:
            record = result.to_dict()
            told.append(json.dumps({"edits": record["edits"], "flags": record["flags"]}))
    changed = batch.set_column(index, field, pyarrow.array(texts, field.type))
    return changed.append_column(edits, pyarrow.array(told, pyarrow.string()))
