"""Hugging Face datasets: `dataset.map(CleanColumn("text"), batched=True)`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhclean.errors import ConfigError
from zhclean.integrations.values import clean_values

if TYPE_CHECKING:
    from zhclean.pipeline import Pipeline

__all__ = ["CleanColumn"]


@dataclass(frozen=True, slots=True)
class CleanColumn:
    """A function for `Dataset.map(..., batched=True)`; plain data, so that its cache works.

    Works on `IterableDataset` too, and needs no import of datasets itself.
    """

    column: str = "text"
    pipeline: Pipeline | None = None

    def __call__(self, batch: Mapping[str, list[Any]]) -> dict[str, list[str | None]]:
        """The cleaned column of a batch given as lists. Raises `ConfigError` if it is not there."""
        if self.column not in batch:
            raise ConfigError(f"no column {self.column!r} (there are {', '.join(batch)})")
        return {self.column: clean_values(batch[self.column], self.pipeline)}
