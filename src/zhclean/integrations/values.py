"""Columns as lists, which every engine can hand over; and what to say where an engine is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhclean.pipeline import Pipeline

__all__ = ["clean_values", "missing"]


def clean_values(
    values: Sequence[str | None], pipeline: Pipeline | None = None
) -> list[str | None]:
    """Each value cleaned; None stays None. `pipeline` is the default one if not given."""
    from zhclean.pipeline import default_pipeline

    pipe = pipeline or default_pipeline()
    cleaned = iter(pipe.clean_many([value for value in values if value is not None]))
    return [None if value is None else next(cleaned) for value in values]


def missing(extra: str) -> ImportError:
    """To be raised where the import of an engine fails."""
    return ImportError(f'this needs an extra: pip install "zhclean[{extra}]"')
