"""polars: `import zhclean.integrations.polars`, then `pl.col("text").zhclean.clean()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhclean.integrations.values import clean_values, missing

try:
    import polars
except ImportError:
    raise missing("polars") from None

if TYPE_CHECKING:
    from zhclean.pipeline import Pipeline

__all__ = ["ZhcleanExpressions", "ZhcleanSeries"]


@polars.api.register_series_namespace("zhclean")
class ZhcleanSeries:
    """What `series.zhclean` is, for a series of strings; nulls stay null."""

    def __init__(self, series: polars.Series) -> None:
        self._series = series

    def clean(self, pipeline: Pipeline | None = None) -> polars.Series:
        """The series, cleaned, under its name."""
        values = clean_values(self._series.to_list(), pipeline)
        return polars.Series(self._series.name, values, dtype=polars.String)


@polars.api.register_expr_namespace("zhclean")
class ZhcleanExpressions:
    """What `expression.zhclean` is, in lazy queries and eager ones."""

    def __init__(self, expression: polars.Expr) -> None:
        self._expression = expression

    def clean(self, pipeline: Pipeline | None = None) -> polars.Expr:
        """The expression's strings, cleaned, batch by batch."""
        return self._expression.map_batches(
            lambda series: ZhcleanSeries(series).clean(pipeline),
            return_dtype=polars.String,
            is_elementwise=True,
        )
