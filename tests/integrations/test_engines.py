"""Each engine for real, on this machine; the result is the plain function's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import zhclean
from zhclean import ConfigError

TEXTS = [
    "总结(jié)",
    None,
    "今年投入2500万元，增长百分之八点五。",
    "總結(jié)會(huì)議認(rèn)為，今年產(chǎn)業(yè)發(fā)展穩(wěn)中有進(jìn)。",
    "",
    "20xx年，xx市新增企业xx家。",
] * 3
CLEANED = [None if text is None else zhclean.clean(text) for text in TEXTS]
ROOT = Path(__file__).resolve().parents[2]


def test_arrow_batches_and_tables() -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="needs the extra corpus")
    from zhclean.integrations.arrow import clean_batch

    for kind in (pyarrow.string(), pyarrow.large_string()):
        batch = pyarrow.record_batch(
            {"id": list(range(len(TEXTS))), "text": pyarrow.array(TEXTS, kind)}
        )
        for rows in (batch, pyarrow.Table.from_batches([batch])):
            made = clean_batch(rows)
            assert made.schema == rows.schema
            assert made.column("text").to_pylist() == CLEANED
            assert made.column("id").to_pylist() == list(range(len(TEXTS)))
    told = clean_batch(batch, edits="why").column("why").to_pylist()
    assert told[1] is None
    assert told[4] is None
    assert json.loads(told[2])["edits"]
    assert json.loads(told[5])["flags"]
    for column, edits in [("none", None), ("id", None), ("text", "id")]:
        with pytest.raises(ConfigError):
            clean_batch(batch, column, edits)


WITHOUT = """
import sys
sys.modules["{missing}"] = None  # as if it were not installed
try:
    import zhclean.integrations.{module}
except ImportError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("module", "missing", "told"),
    [
        ("arrow", "pyarrow", 'this needs an extra: pip install "zhclean[corpus]"'),
        ("pandas", "pandas", 'this needs an extra: pip install "zhclean[pandas]"'),
        ("polars", "polars", 'this needs an extra: pip install "zhclean[polars]"'),
        ("datatrove", "datatrove", 'this needs an extra: pip install "zhclean[datatrove]"'),
        ("datasets", "pyarrow", ""),
        ("datasets", "datasets", ""),
    ],
)
def test_a_missing_extra_is_named(module: str, missing: str, told: str) -> None:
    program = WITHOUT.format(module=module, missing=missing)
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == told


@pytest.mark.parametrize("module", ["pandas", "polars"])
def test_a_frame_needs_no_arrow(module: str) -> None:
    pytest.importorskip(module, reason=f"needs the extra {module}")
    program = WITHOUT.format(module=module, missing="pyarrow")
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == ""


def test_pandas() -> None:
    pandas = pytest.importorskip("pandas", reason="needs the extra pandas")
    import_module("zhclean.integrations.pandas")

    series = pandas.Series(TEXTS, index=range(5, 5 + len(TEXTS)), name="body", dtype=object)
    made = series.zhclean.clean()
    assert made.to_list() == CLEANED
    assert (made.name, list(made.index)) == ("body", list(series.index))
    assert series.zhclean.analyze()[2].text == CLEANED[2]


def test_pandas_categories() -> None:
    pandas = pytest.importorskip("pandas", reason="needs the extra pandas")
    import_module("zhclean.integrations.pandas")

    texts = ["今年投入2500万元。", None, "晴", "今年投入25000000元。"]
    made = pandas.Series(texts, dtype="category").zhclean.clean()
    assert made.isna().to_list() == [False, True, False, False]
    assert made.dropna().to_list() == ["今年投入25000000元。", "晴", "今年投入25000000元。"]
    assert sorted(made.cat.categories) == ["今年投入25000000元。", "晴"]


def test_polars() -> None:
    polars = pytest.importorskip("polars", reason="needs the extra polars")
    import_module("zhclean.integrations.polars")

    frame = polars.DataFrame({"id": range(len(TEXTS)), "text": TEXTS})
    column = polars.col("text").zhclean.clean()
    assert frame.with_columns(column)["text"].to_list() == CLEANED
    assert frame.lazy().with_columns(column).collect()["text"].to_list() == CLEANED
    assert frame["text"].zhclean.clean().to_list() == CLEANED


def test_datasets() -> None:
    datasets = pytest.importorskip("datasets", reason="needs the extra datasets")
    from zhclean.integrations.datasets import CleanColumn

    dataset = datasets.Dataset.from_dict({"id": list(range(len(TEXTS))), "text": TEXTS})
    made = dataset.map(CleanColumn(), batched=True, batch_size=4)
    assert made["text"][:] == CLEANED
    assert made["id"][:] == list(range(len(TEXTS)))
    with pytest.raises(ConfigError, match="no column 'body'"):
        dataset.map(CleanColumn("body"), batched=True)


def test_datatrove() -> None:
    pytest.importorskip("datatrove", reason="needs the extra datatrove")
    from datatrove.data import Document

    from zhclean.integrations.datatrove import ZhcleanFormatter

    documents = [Document(text=text, id=str(n)) for n, text in enumerate(TEXTS) if text]
    made = list(ZhcleanFormatter().run(iter(documents)))
    assert [document.text for document in made] == [text for text in CLEANED if text]


RAY_PROGRAM = """
import json, sys
import ray
from zhclean.integrations.ray import clean_dataset
ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
texts = json.loads(sys.stdin.read())
dataset = ray.data.from_items([{"id": n, "text": text} for n, text in enumerate(texts)])
rows = sorted(clean_dataset(dataset, batch_size=5).take_all(), key=lambda row: row["id"])
print("RESULT" + json.dumps([row["text"] for row in rows]))
"""


def test_ray() -> None:
    pytest.importorskip("ray", reason="needs the extra ray")
    texts = [text or "" for text in TEXTS]
    run = subprocess.run(
        [sys.executable, "-c", RAY_PROGRAM],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        timeout=240,
        cwd=ROOT,
        env={**os.environ, "RAY_USAGE_STATS_ENABLED": "0"},
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    (line,) = [line for line in run.stdout.splitlines() if line.startswith("RESULT")]
    assert json.loads(line.removeprefix("RESULT")) == [text or "" for text in CLEANED]


SPARK_PROGRAM = """
import json, sys
from pyspark.sql import SparkSession
from zhclean.integrations.spark import clean_frame
spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
texts = json.loads(sys.stdin.read())
frame = spark.createDataFrame(list(enumerate(texts)), "id int, text string")
rows = sorted(clean_frame(frame).collect())
print("RESULT" + json.dumps([row["text"] for row in rows]))
"""


def test_spark() -> None:
    pytest.importorskip("pyspark", reason="needs the extra spark")
    run = subprocess.run(
        [sys.executable, "-c", SPARK_PROGRAM],
        input=json.dumps(TEXTS),
        capture_output=True,
        text=True,
        timeout=240,
        cwd=ROOT,
        env={**os.environ, "PYSPARK_PYTHON": sys.executable},
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    (line,) = [line for line in run.stdout.splitlines() if line.startswith("RESULT")]
    assert json.loads(line.removeprefix("RESULT")) == CLEANED
