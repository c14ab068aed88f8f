"""zhclean inside other engines: one function over an Arrow batch, and thin modules on it.

| module | gives |
|---|---|
| `arrow` | `clean_batch(batch, column="text", edits=None)` |
| `pandas` | `series.zhclean.clean()` |
| `polars` | `pl.col("text").zhclean.clean()` |
| `datasets` | `dataset.map(CleanColumn(), batched=True)` |
| `ray` | `clean_dataset(dataset)` |
| `spark` | `clean_frame(frame)` |
| `datatrove` | `ZhcleanFormatter()` in a pipeline |

Each needs its engine installed (an extra of the same name) and nothing else. Importing
`zhclean.integrations` imports none of them.
"""
