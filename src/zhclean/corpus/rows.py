"""Documents and outcomes as rows of Arrow tables, with an id that is the same in every run.

An engine that moves rows between machines and forgets their order cleans them here: rows of
documents go out, rows of outcomes come back in files, in any order and possibly more than
once, and each document is found again by its id.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from time import process_time
from typing import Any, Final

import pyarrow
import pyarrow.parquet

from zhclean.corpus.documents import Document, Outcome, clean_documents
from zhclean.errors import ZhcleanError
from zhclean.pipeline import Pipeline

__all__ = [
    "ID",
    "StagedCleaner",
    "StagedFile",
    "clean_rows",
    "document_rows",
    "staged_files",
    "staged_outcomes",
]

#: The column of ids: the number of the part in the manifest, then that of the document in the
#: part. An integer and not a name: Ray holds the ids of all rows that are done in memory.
ID: Final = "id"
_PART_BITS: Final = 32

_DOCUMENTS: Final = pyarrow.schema(
    [(ID, pyarrow.int64()), ("content", pyarrow.large_binary()), ("is_text", pyarrow.bool_())]
)

#: Documents of a table of rows, and the bytes after which a table is full before that.
_ROWS: Final = 256
_BYTES: Final = 4 << 20


def document_rows(number: int, documents: Iterable[Document]) -> Iterator[pyarrow.Table]:
    """The documents of part `number` that can be cleaned, in tables of a few hundred."""
    rows: list[tuple[int, bytes, bool]] = []
    size = 0
    for at, document in enumerate(documents):
        content = document.content
        if document.problem or content is None:
            continue  # needs no cleaning to be put aside
        is_text = isinstance(content, str)
        # Lone surrogates stand for undecodable bytes; an Arrow string can't hold them.
        data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        rows.append((number << _PART_BITS | at, data, is_text))
        size += len(data)
        if len(rows) == _ROWS or size >= _BYTES:
            yield _table(rows)
            rows, size = [], 0
    if rows:
        yield _table(rows)


def _table(rows: list[tuple[int, bytes, bool]]) -> pyarrow.Table:
    return pyarrow.table(list(map(list, zip(*rows, strict=True))), schema=_DOCUMENTS)


def clean_rows(table: pyarrow.Table, pipeline: Pipeline, with_edits: bool) -> pyarrow.Table:
    """Rows of outcomes for rows of documents, by the same ids.

    `text` is null where it is the document's own; `outcome` is JSON of everything else.
    """
    contents: list[str | bytes] = [
        data.decode("utf-8", "surrogatepass") if is_text else data
        for data, is_text in zip(
            table["content"].to_pylist(), table["is_text"].to_pylist(), strict=True
        )
    ]
    begin = process_time()
    documents = [Document({}, content) for content in contents]
    cleaned = clean_documents(documents, pipeline, with_edits=with_edits)
    # Documents are cleaned together; of each we only know its part of the whole.
    seconds = (process_time() - begin) / max(1, len(cleaned))
    texts: list[bytes | None] = []
    outcomes: list[str] = []
    for content, outcome in zip(contents, cleaned, strict=True):
        record = asdict(replace(outcome, seconds=seconds))
        text = record.pop("text")
        same = text is None or (isinstance(content, str) and text == content)
        texts.append(None if same else text.encode("utf-8", "surrogatepass"))
        outcomes.append(json.dumps({**record, "kept": text is not None}))
    return pyarrow.table(
        {
            ID: table[ID],
            "text": pyarrow.array(texts, pyarrow.large_binary()),
            "outcome": pyarrow.array(outcomes, pyarrow.large_string()),
        }
    )


class StagedFile:
    """A Parquet file of outcomes and the span of ids in it."""

    def __init__(self, path: str) -> None:
        self.path = path
        metadata = pyarrow.parquet.read_metadata(path)
        groups = [metadata.row_group(index) for index in range(metadata.num_row_groups)]
        column = metadata.schema.to_arrow_schema().get_field_index(ID)
        spans = [group.column(column).statistics for group in groups if group.num_rows]
        self.first = min((span.min for span in spans), default=0)
        self.last = max((span.max for span in spans), default=-1)

    def rows(self, start: int, end: int) -> list[tuple[int, bytes | None, str]]:
        """(id, text, outcome) of the rows with ids in `start:end`."""
        wanted = [(ID, ">=", start), (ID, "<", end)]
        table = pyarrow.parquet.read_table(self.path, filters=wanted)
        columns = (table[name].to_pylist() for name in (ID, "text", "outcome"))
        return list(zip(*columns, strict=True))


def staged_files(folder: Path) -> list[StagedFile]:
    """All files of outcomes in a folder."""
    return [StagedFile(str(path)) for path in sorted(folder.rglob("*.parquet"))]


def staged_outcomes(
    number: int, files: Iterable[StagedFile]
) -> Iterator[tuple[int, bytes | None, dict[str, Any]]]:
    """The outcomes of part `number` in the order of its documents, each once.

    (place of the document in the part, text, the other fields). A file is opened when the
    ids have come to its first; files hold runs of neighbours, so few are in memory at once.
    """
    start, end = number << _PART_BITS, (number + 1) << _PART_BITS
    waiting = sorted(
        (max(file.first, start), index, file)
        for index, file in enumerate(files)
        if file.first < end and file.last >= start
    )
    waiting.reverse()
    heap: list[tuple[int, bytes | None, str]] = []
    last = -1
    while heap or waiting:
        while waiting and (not heap or waiting[-1][0] <= heap[0][0]):
            for row in waiting.pop()[2].rows(start, end):
                heapq.heappush(heap, row)
        if not heap:
            continue
        identity, text, outcome = heapq.heappop(heap)
        if identity != last:
            yield identity - start, text, json.loads(outcome)
            last = identity


class StagedCleaner:
    """Answers with staged outcomes instead of cleaning: `clean` of `processes.do_part`."""

    def __init__(self, number: int, files: Iterable[StagedFile]) -> None:
        self._outcomes = staged_outcomes(number, files)
        self._at = -1

    def __call__(self, documents: Sequence[Document]) -> Iterator[Outcome]:
        """The outcomes of the next documents of the part.

        Raises `ZhcleanError` if there is none of one: the input is not what it was.
        """
        return map(self._look_up, documents)

    def _look_up(self, document: Document) -> Outcome:
        self._at += 1
        if document.problem or document.content is None:
            return Outcome(None, document.problem)
        at, data, record = next(self._outcomes, (-1, None, {}))
        if at != self._at:
            raise ZhcleanError(f"document {self._at} was not cleaned: did the input change?")
        text: str | bytes | None = document.content if data is None else None
        if data is not None:
            text = data.decode("utf-8", "surrogatepass")
        if not record.pop("kept"):
            text = None
        if isinstance(text, bytes):
            raise ZhcleanError(f"document {self._at} is no text: did the input change?")
        return Outcome(text, **record)
