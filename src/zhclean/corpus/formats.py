"""One function a format: the documents of a part in, cleaned documents out, the rest as it was."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, Final

from zhclean.corpus.compression import open_for_reading, open_for_writing
from zhclean.corpus.desk import Desk
from zhclean.corpus.jsonl import JsonLineError, field_span, replace_field
from zhclean.corpus.parquet import pyarrow_parquet
from zhclean.corpus.parts import Part
from zhclean.errors import ZhcleanError
from zhclean.files import encode_utf8, replacing

__all__ = ["CLEANERS"]

_CHUNK: Final = 1 << 20


def clean_texts(part: Part, out: Path, desk: Desk, _field: str) -> None:
    """A batch of files, each one document."""
    for one in part.inputs:
        where = {"file": one.path}
        with open_for_reading(Path(one.path), one.codec) as stream:
            data = stream.read(desk.limit + 1)
        text = desk.clean(where, data)
        if text is None:
            continue
        with _output(out / one.target, one.codec) as stream:
            stream.write(encode_utf8(text)[0])


def clean_jsonl(part: Part, out: Path, desk: Desk, field: str) -> None:
    """Lines of JSON; one field is cleaned, the bytes of all others pass through."""
    one = part.inputs[0]
    with (
        open_for_reading(Path(one.path), one.codec) as source,
        _output(out / part.target, one.codec) as target,
    ):
        for offset, raw in _lines(source, part.start, part.end, desk.limit):
            where = {"file": one.path, "offset": offset}
            if raw is None:
                desk.put_aside(where, f"line longer than the limit of {desk.limit} bytes", None)
                continue
            line = raw.decode("utf-8", "surrogateescape")
            if not line.strip():
                target.write(raw)
                continue
            try:
                document, start, end = field_span(line.rstrip("\r\n"), field)
            except JsonLineError as error:
                desk.put_aside(where, str(error), line)
                continue
            text = desk.clean(where, document)
            if text is None:
                continue
            if text != document:
                line = replace_field(line, start, end, text)
            target.write(line.encode("utf-8", "surrogateescape"))


def _lines(
    stream: IO[bytes], start: int, end: int, limit: int
) -> Iterator[tuple[int, bytes | None]]:
    """Lines that begin in `start:end`, with their offsets; None for one beyond `limit` bytes."""
    offset = start
    if start:
        # A line that begins before the part belongs to the part before.
        stream.seek(start - 1)
        offset = start - 1 + _skip_line(stream, end - start + 1)
    while end < 0 or offset < end:
        line = stream.readline(limit + 1)
        if not line:
            return
        size = len(line)
        if size > limit and not line.endswith(b"\n"):
            size += _skip_line(stream, None)
            yield offset, None
        else:
            yield offset, line
        offset += size


def _skip_line(stream: IO[bytes], most: int | None) -> int:
    """Read to the end of the line, or past `most` bytes; how many bytes that were."""
    size = 0
    while most is None or size <= most:
        piece = stream.readline(_CHUNK)
        size += len(piece)
        if not piece or piece.endswith(b"\n"):
            break
    return size


def clean_csv(part: Part, out: Path, desk: Desk, field: str) -> None:
    """Rows of CSV or TSV with a head line; other columns keep their values."""
    one = part.inputs[0]
    csv.field_size_limit(desk.limit)
    delimiter = "\t" if ".tsv" in Path(one.path).suffixes else ","

    def decoded(source: IO[bytes]) -> Iterator[str]:
        for offset, raw in _lines(source, 0, -1, desk.limit):
            if raw is None:
                where = {"file": one.path, "offset": offset}
                desk.put_aside(where, f"line longer than the limit of {desk.limit} bytes", None)
            else:
                yield raw.decode("utf-8", "surrogateescape")

    with (
        open_for_reading(Path(one.path), one.codec) as source,
        _output(out / part.target, one.codec) as target,
    ):
        lines = decoded(source)
        head = next(lines, "")
        mark = "\ufeff" if head.startswith("\ufeff") else ""
        ending = "\r\n" if head.endswith("\r\n") else "\n"
        reader = csv.reader(
            chain([head.removeprefix(mark)] if head else [], lines), delimiter=delimiter
        )
        row_text = _RowText()
        writer = csv.writer(row_text, delimiter=delimiter, lineterminator=ending)
        names = next(reader, [])
        if field not in names:
            raise ZhcleanError(f"no column {field!r} (there are {', '.join(names)})")
        column = names.index(field)
        writer.writerow(names)
        target.write((mark + row_text.text).encode("utf-8", "surrogateescape"))
        for number, row in enumerate(reader, 1):
            where = {"file": one.path, "row": number}
            if column >= len(row):
                if row:
                    desk.put_aside(where, f"row of {len(row)} columns", repr(row))
                continue
            text = desk.clean(where, row[column])
            if text is None:
                continue
            row[column] = text
            writer.writerow(row)
            target.write(row_text.text.encode("utf-8", "surrogateescape"))


class _RowText:
    """What the csv module writes a row into."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def clean_parquet(part: Part, out: Path, desk: Desk, field: str) -> None:
    """Row groups of a Parquet file; other columns are taken over."""
    import pyarrow

    parquet = pyarrow_parquet()
    one = part.inputs[0]
    with parquet.ParquetFile(one.path) as file:
        schema = file.schema_arrow
        index = schema.get_field_index(field)
        if index < 0:
            raise ZhcleanError(f"no column {field!r} (there are {', '.join(schema.names)})")
        kind = schema.field(index).type
        compression = file.metadata.row_group(0).column(0).compression if part.end else "SNAPPY"
        with (
            replacing(out / part.target) as stream,
            parquet.ParquetWriter(stream, schema, compression=compression.lower()) as writer,
        ):
            for group in range(part.start, part.end):
                row = 0
                for batch in file.iter_batches(1024, row_groups=[group]):
                    texts: list[str | None] = []
                    kept: list[bool] = []
                    for document in batch.column(index).to_pylist():
                        where = {"file": one.path, "row_group": group, "row": row}
                        row += 1
                        text = None if document is None else desk.clean(where, document)
                        kept.append(document is None or text is not None)
                        if kept[-1]:
                            texts.append(text)
                    rest = batch.filter(pyarrow.array(kept, pyarrow.bool_()))
                    columns = rest.columns
                    columns[index] = pyarrow.array(texts, kind)
                    writer.write_batch(pyarrow.record_batch(columns, schema=schema))


@contextmanager
def _output(path: Path, codec: str | None) -> Iterator[IO[bytes]]:
    """A file that appears whole when the block ends well, packed as its input was."""
    with replacing(path) as raw:
        packed = open_for_writing(raw, codec)
        try:
            yield packed
        finally:
            if packed is not raw:
                packed.close()


CLEANERS: Final[dict[str, Callable[[Part, Path, Desk, str], None]]] = {
    "text": clean_texts,
    "jsonl": clean_jsonl,
    "csv": clean_csv,
    "parquet": clean_parquet,
}
