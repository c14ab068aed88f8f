"""One generator a format: it yields the documents of a part and is sent their cleaned texts.

    cleaned = yield document

What it is sent it writes, with the rest of the record as it was; a document for which it is
sent None is left out. So a format knows nothing of cleaning and of engines. Without an output
folder the documents are only read.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, Final, TypeAlias

from zhclean.corpus.compression import open_for_reading, open_for_writing
from zhclean.corpus.documents import Document
from zhclean.corpus.jsonl import JsonLineError, field_span, replace_field
from zhclean.corpus.parquet import pyarrow_parquet
from zhclean.corpus.parts import Input, Part
from zhclean.errors import ZhcleanError
from zhclean.files import encode_utf8, replacing

__all__ = ["Documents", "clean_part", "read_part"]

_CHUNK: Final = 1 << 20

#: The documents of a part, on their way to be cleaned and back.
Documents: TypeAlias = Generator[Document, str | None, None]

#: A format: part, output folder or None, name of the field, limit of a document's size.
_Format: TypeAlias = Callable[[Part, Path | None, str, int], Documents]


def read_part(part: Part, field: str, limit: int) -> Iterator[Document]:
    """The documents of a part, in order; one that can't be cleaned says why.

    Raises whatever reading the file raises: `OSError`, `EOFError`, `ZhcleanError` and the
    exceptions of the libraries that unpack it.
    """
    return _FORMATS[part.inputs[0].format](part, None, field, limit)


def clean_part(
    part: Part, out: Path, field: str, limit: int, clean: Callable[[Document], str | None]
) -> None:
    """Write the part's output files below `out`, each whole or not at all.

    `clean` is called with every document, in order, and returns its cleaned text, or None to
    leave it out. Raises what `read_part` raises, and `OSError` for what can't be written.
    """
    for target in {part.target} if part.target else {one.target for one in part.inputs}:
        (out / target).parent.mkdir(parents=True, exist_ok=True)
    with closing(_FORMATS[part.inputs[0].format](part, out, field, limit)) as documents:
        document = next(documents, None)
        while document is not None:
            text = clean(document)
            try:
                document = documents.send(text)
            except StopIteration:
                return


def _document(where: dict[str, object], content: str | bytes, limit: int) -> Document:
    if 4 * len(content) > limit and _bytes(content) > limit:
        return _too_long(where, limit)
    return Document(where, content)


def _bytes(content: str | bytes) -> int:
    return len(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)


def _too_long(where: dict[str, object], limit: int) -> Document:
    return Document(where, None, f"longer than the limit of {limit:,} bytes")


def _texts(part: Part, out: Path | None, _field: str, limit: int) -> Documents:
    """A batch of files, each one document."""
    for one in part.inputs:
        text = yield _whole_file(one, limit)
        if text is not None:
            with _output(out, one.target, one.codec) as target:
                target.write(encode_utf8(text)[0])


def _whole_file(one: Input, limit: int) -> Document:
    where: dict[str, object] = {"file": one.path}
    try:
        with open_for_reading(Path(one.path), one.codec) as stream:
            data = stream.read(limit + 1)
    except ZhcleanError:  # an extra is missing: no matter of this file
        raise
    except Exception as error:  # noqa: BLE001 - each library that unpacks has its own
        # Only this document: hundreds of others are in the same part.
        return Document(where, None, f"{type(error).__name__}: {error}")
    return _document(where, data, limit)


def _jsonl(part: Part, out: Path | None, field: str, limit: int) -> Documents:
    """Lines of JSON; one field is cleaned, the bytes of all others pass through."""
    one = part.inputs[0]
    with (
        open_for_reading(Path(one.path), one.codec) as source,
        _output(out, part.target, one.codec) as target,
    ):
        for offset, raw in _lines(source, part.start, part.end, limit):
            where = {"file": one.path, "offset": offset}
            if raw is None:
                yield _too_long(where, limit)
                continue
            line = raw.decode("utf-8", "surrogateescape")
            if not line.strip():
                target.write(raw)
                continue
            try:
                value, start, end = field_span(line.rstrip("\r\n"), field)
            except JsonLineError as error:
                yield Document(where, line, str(error))
                continue
            text = yield Document(where, value)
            if text is None:
                continue
            if text != value:
                raw = replace_field(line, start, end, text).encode("utf-8", "surrogateescape")
            target.write(raw)


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


def _csv(part: Part, out: Path | None, field: str, limit: int) -> Documents:
    """Rows of CSV or TSV with a head line; other columns keep their values."""
    one = part.inputs[0]
    csv.field_size_limit(limit)
    delimiter = "\t" if ".tsv" in Path(one.path).suffixes else ","

    with (
        open_for_reading(Path(one.path), one.codec) as source,
        _output(out, part.target, one.codec) as target,
    ):
        lines = _decoded(source, limit)
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
        for number, row in _rows(reader):
            where = {"file": one.path, "row": number}
            if column >= len(row):
                if row:
                    yield Document(where, repr(row), f"row of {len(row)} columns")
                continue
            text = yield _document(where, row[column], limit)
            if text is None:
                continue
            row[column] = text
            writer.writerow(row)
            target.write(row_text.text.encode("utf-8", "surrogateescape"))


def _decoded(source: IO[bytes], limit: int) -> Iterator[str]:
    for number, (_, raw) in enumerate(_lines(source, 0, -1, limit), 1):
        if raw is None:
            # Rows span lines: without this one the rows before and behind it would be one.
            raise ZhcleanError(f"line {number}: longer than the limit of {limit:,} bytes")
        yield raw.decode("utf-8", "surrogateescape")


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            yield number, row
    except csv.Error as error:
        raise ZhcleanError(f"row {number + 1}: {error}") from None


class _RowText:
    """What the csv module writes a row into."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def _parquet(part: Part, out: Path | None, field: str, limit: int) -> Documents:
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
        if not (pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind)):
            raise ZhcleanError(f"column {field!r} holds {kind}, not strings")
        groups = range(part.start, part.end if part.end >= 0 else file.num_row_groups)
        compression = file.metadata.row_group(0).column(0).compression if groups else "SNAPPY"
        with (
            _output(out, part.target, None) as stream,
            parquet.ParquetWriter(stream, schema, compression=compression.lower()) as writer,
        ):
            for group in groups:
                row = 0
                for batch in file.iter_batches(1024, row_groups=[group]):
                    texts: list[str | None] = []
                    kept: list[bool] = []
                    for value in batch.column(index).to_pylist():
                        where = {"file": one.path, "row_group": group, "row": row}
                        row += 1
                        text = None if value is None else (yield _document(where, value, limit))
                        kept.append(value is None or text is not None)
                        if kept[-1]:
                            texts.append(text)
                    rest = batch.filter(pyarrow.array(kept, pyarrow.bool_()))
                    columns = rest.columns
                    columns[index] = pyarrow.array(texts, kind)
                    writer.write_batch(pyarrow.record_batch(columns, schema=schema))


@contextmanager
def _output(out: Path | None, target: str, codec: str | None) -> Iterator[IO[bytes]]:
    """A file that appears whole when the block ends well, packed as its input was."""
    if out is None:
        with Path(os.devnull).open("wb") as nowhere:
            yield nowhere
        return
    with replacing(out / target) as raw:
        packed = open_for_writing(raw, codec)
        try:
            yield packed
        finally:
            if packed is not raw:
                packed.close()


_FORMATS: Final[dict[str, _Format]] = {
    "text": _texts,
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
}
