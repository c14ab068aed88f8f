"""Documents as rows and back: in any order, more than once, and not without one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

pyarrow = pytest.importorskip("pyarrow", reason="needs the extra corpus")

import pyarrow.parquet as parquet  # noqa: E402

from tests.corpus.upper import PIPELINE  # noqa: E402
from zhclean import ZhcleanError  # noqa: E402
from zhclean.corpus.documents import Document, Outcome, clean_documents  # noqa: E402
from zhclean.corpus.rows import (  # noqa: E402
    StagedCleaner,
    clean_rows,
    document_rows,
    staged_files,
)

CONTENTS: list[str | bytes | None] = [
    "abc", None, "没有", "fail", b"abc", "甲abc".encode("gb18030"), "", b"", "\udcff abc \ud800",
    "𠀀abc", "a\0bc",
] * 60  # fmt: skip


def documents() -> list[Document]:
    return [
        Document({"row": number}, content, "" if content is not None else "no document")
        for number, content in enumerate(CONTENTS)
    ]


def stage(folder: Path, numbers: list[int], *, seed: int, lose: int = 0) -> None:
    """Outcomes of parts, row by row in random order and some of them twice."""
    tables = [table for number in numbers for table in document_rows(number, documents())]
    rows = clean_rows(pyarrow.concat_tables(tables), PIPELINE, with_edits=True)
    chance = random.Random(seed)
    order = list(range(rows.num_rows))
    chance.shuffle(order)
    order = [*order[lose:], *chance.choices(order[lose:], k=200)]
    folder.mkdir()
    for start in range(0, len(order), 37):
        parquet.write_table(rows.take(order[start : start + 37]), folder / f"{start:05}.parquet")


@pytest.mark.parametrize(
    ("contents", "sizes"),
    [
        (["a"] * 600, [256, 256, 88]),
        (["a"] * 256, [256]),
        (["a" * (3 << 20)] * 3, [2, 1]),
        ([None, "a", None], [1]),
        ([None], []),
    ],
    ids=["many", "a table", "long ones", "without those put aside", "none"],
)
def test_rows_come_in_tables(contents: list[str | None], sizes: list[int]) -> None:
    tables = list(document_rows(2, (Document({}, content) for content in contents)))
    assert [table.num_rows for table in tables] == sizes
    ids = [row for table in tables for row in table["id"].to_pylist()]
    assert ids == [2 << 32 | at for at, content in enumerate(contents) if content is not None]


@pytest.mark.parametrize("seed", range(3))
def test_outcomes_are_those_of_cleaning_here(tmp_path: Path, seed: int) -> None:
    stage(tmp_path / "rows", [3, 4, 70_000], seed=seed)
    files = staged_files(tmp_path / "rows")
    for number in (3, 4, 70_000):
        look_up = StagedCleaner(number, files)
        made = clean_documents(documents(), PIPELINE, with_edits=True)
        for expected, found in zip(made, look_up(documents()), strict=True):
            assert (found.text, found.told, found.changed) == (
                expected.text, expected.told, expected.changed,
            )  # fmt: skip
            assert (found.problem, found.encoding) == (expected.problem, expected.encoding)
            assert (found.rules, found.flags) == (expected.rules, expected.flags)


def test_a_row_that_is_missing_is_told(tmp_path: Path) -> None:
    stage(tmp_path / "rows", [3], seed=1, lose=1)
    look_up = StagedCleaner(3, staged_files(tmp_path / "rows"))
    with pytest.raises(ZhcleanError, match="was not cleaned"):
        list(look_up(documents()))


def test_a_part_without_rows(tmp_path: Path) -> None:
    (tmp_path / "rows").mkdir()
    look_up = StagedCleaner(0, staged_files(tmp_path / "rows"))
    assert list(look_up([Document({}, None, "no document")])) == [Outcome(None, "no document")]
