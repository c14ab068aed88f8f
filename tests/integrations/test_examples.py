"""The examples of docs/engines.md are run as they stand, each with the real engine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import zhclean

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "engines.md").read_text("utf-8")
#: Heading -> its code.
EXAMPLES = dict(
    re.findall(r"^## (.+?)\n(?:(?!^## ).*\n)*?```python\n((?:.*\n)*?)```", GUIDE, re.MULTILINE)
)
#: Heading -> the module without which its code can't run.
MODULES = {
    "Arrow": "pyarrow",
    "pandas": "pandas",
    "polars": "polars",
    "Hugging Face datasets": "datasets",
    "Ray Data": "ray",
    "Spark": "pyspark",
    "datatrove": "datatrove",
}
TEXTS = [
    "總結(jié)會(huì)議認(rèn)為，今年產(chǎn)業(yè)發(fā)展穩(wěn)中有進(jìn)。",
    "今年投入2500万元，增长百分之八点五。",
    "20xx年，xx市新增企业xx家。",
    "没有问题的一句话。",
] * 5


def test_every_engine_has_an_example() -> None:
    assert list(EXAMPLES) == list(MODULES)


@pytest.mark.parametrize("engine", MODULES)
def test_an_example_gives_what_the_plain_function_gives(engine: str, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="needs the extra corpus")
    if find_spec(MODULES[engine]) is None:
        pytest.skip(f"needs the extra {MODULES[engine]}")
    import pyarrow
    import pyarrow.parquet as parquet

    (tmp_path / "pages").mkdir()
    ids = [str(number) for number in range(len(TEXTS))]
    parquet.write_table(
        pyarrow.table({"id": ids, "text": TEXTS}), tmp_path / "pages" / "pages.parquet"
    )
    run = subprocess.run(
        [sys.executable, "-c", EXAMPLES[engine]],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={
            **os.environ,
            "PYSPARK_PYTHON": sys.executable,
            "RAY_USAGE_STATS_ENABLED": "0",
            "HF_HUB_OFFLINE": "1",
            "HF_HOME": str(tmp_path / "cache"),
        },
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    [made] = tmp_path.glob("clean*")
    files = sorted(made.glob("*.parquet")) if made.is_dir() else [made]
    rows = [row for path in files for row in parquet.ParquetFile(path).read().to_pylist()]
    cleaned = {row["id"]: row["text"] for row in rows}
    assert len(rows) == len(TEXTS)
    assert [cleaned[one] for one in ids] == [zhclean.clean(text) for text in TEXTS]
