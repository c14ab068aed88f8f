"""datatrove: a formatter for its pipelines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datatrove.pipeline.formatters.base import BaseFormatter

if TYPE_CHECKING:
    from zhclean.pipeline import Pipeline

__all__ = ["ZhcleanFormatter"]


class ZhcleanFormatter(BaseFormatter):
    """Cleans the text of each document; put it between a reader and a writer."""

    name = "zhclean"

    def __init__(self, pipeline: Pipeline | None = None) -> None:
        super().__init__()
        self._pipeline = pipeline

    def format(self, text: str) -> str:
        """The cleaned text of one document."""
        if self._pipeline is None:
            from zhclean.pipeline import pipeline

            self._pipeline = pipeline()
        return self._pipeline.clean(text)
