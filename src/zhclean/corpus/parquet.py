"""Parquet through pyarrow, a row group at a time."""

from __future__ import annotations

from typing import Any

from zhclean.errors import ConfigError

__all__ = ["pyarrow_parquet", "row_group_sizes"]


def pyarrow_parquet() -> Any:
    """The module `pyarrow.parquet`; a clear error where it is not installed."""
    try:
        import pyarrow.parquet
    except ImportError:
        raise ConfigError("Parquet needs an extra: pip install 'zhclean[corpus]'") from None
    return pyarrow.parquet


def row_group_sizes(path: str) -> list[int]:
    """Uncompressed bytes of each row group of a file."""
    with pyarrow_parquet().ParquetFile(path) as file:
        metadata = file.metadata
        return [
            metadata.row_group(index).total_byte_size for index in range(metadata.num_row_groups)
        ]
