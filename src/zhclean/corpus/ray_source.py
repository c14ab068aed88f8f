"""A source for Ray Data: functions that make tables, each run where Ray wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ray.data import Datasource, ReadTask
from ray.data.block import BlockMetadata

if TYPE_CHECKING:
    import pyarrow

__all__ = ["TableSource"]


class TableSource(Datasource):
    """One read task a function; `sizes` are the bytes that each is about to give."""

    def __init__(
        self, readers: Sequence[Callable[[], Iterator[pyarrow.Table]]], sizes: Sequence[int]
    ) -> None:
        super().__init__()
        self._readers = readers
        self._sizes = sizes

    def get_name(self) -> str:
        """What Ray calls the step."""
        return "Corpus"

    def estimate_inmemory_data_size(self) -> int:
        """The sum of the sizes."""
        return sum(self._sizes)

    def get_read_tasks(
        self,
        parallelism: int,
        per_task_row_limit: int | None = None,
        data_context: Any = None,
    ) -> list[ReadTask]:
        """The tasks. Their number is that of the functions, whatever Ray would like."""
        return [
            ReadTask(
                reader,
                BlockMetadata(num_rows=None, size_bytes=size, input_files=None, exec_stats=None),
                per_task_row_limit=per_task_row_limit,
            )
            for reader, size in zip(self._readers, self._sizes, strict=True)
        ]
