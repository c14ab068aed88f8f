"""datatrove: a formatter for its pipelines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhclean.integrations.values import missing
from zhclean.pipeline import default_pipeline

try:
    from datatrove.pipeline.formatters.base import BaseFormatter
except ImportError:
    raise missing("datatrove") from None

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
        return (self._pipeline or default_pipeline()).clean(text)
