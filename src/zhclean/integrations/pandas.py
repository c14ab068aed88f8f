"""pandas: `import zhclean.integrations.pandas`, then `series.zhclean.clean()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhclean.integrations.values import clean_values, missing
from zhclean.pipeline import default_pipeline
from zhclean.result import Result

try:
    import pandas
except ImportError:
    raise missing("pandas") from None

if TYPE_CHECKING:
    from zhclean.pipeline import Pipeline

__all__ = ["ZhcleanAccessor"]


@pandas.api.extensions.register_series_accessor("zhclean")
class ZhcleanAccessor:
    """What `series.zhclean` is, for a series of strings; missing values stay missing."""

    def __init__(self, series: pandas.Series) -> None:
        self._series = series

    def clean(self, pipeline: Pipeline | None = None) -> pandas.Series:
        """The series, cleaned; index, name and dtype stay, and categories are the cleaned ones."""
        values = [None if pandas.isna(value) else value for value in self._series]
        cleaned = [
            old if new is None else new
            for old, new in zip(self._series, clean_values(values, pipeline), strict=True)
        ]
        dtype = self._series.dtype
        if isinstance(dtype, pandas.CategoricalDtype):  # what is no category would be missing
            categories = dict.fromkeys(clean_values(list(dtype.categories), pipeline))
            dtype = pandas.CategoricalDtype(list(categories), dtype.ordered)
        return pandas.Series(cleaned, self._series.index, dtype, self._series.name)

    def analyze(self, pipeline: Pipeline | None = None) -> list[Result | None]:
        """A `Result` a value, None for missing ones."""
        pipe = pipeline or default_pipeline()
        return [None if pandas.isna(value) else pipe.analyze(value) for value in self._series]
