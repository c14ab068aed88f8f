"""One generator a format: it yields the documents of a part, each with how its text is written.

    yield Task(document, write)

`write` is called with the cleaned text, in the order of the documents, and writes it with the
rest of the record as it was; a document for which it is called with None is left out. Where a
format yields None, all that it has yielded is written before it goes on: so documents can be
cleaned several at a time. A format knows nothing of cleaning and of engines. Without an output
folder the documents are only read.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple, TypeAlias

from zhclean.corpus.compression import open_for_reading, open_for_writing
from zhclean.corpus.documents import Document
from zhclean.corpus.jsonl import JsonLineError, field_span, replace_field
from zhclean.corpus.parquet import pyarrow_parquet
from zhclean.corpus.parts import Input, Part
from zhclean.errors import ZhcleanError, reason
from zhclean.files import encode_utf8, foreign_format, replacing

if TYPE_CHECKING:
    import pyarrow

__all__ = ["clean_part", "read_part"]

_CHUNK: Final = 1 << 20

#: By the beginning of a file its encoding is told.
_HEAD: Final = 1 << 16
#: Encodings that files are found in -> what iconv calls them.
_CONVERTED_BY: Final = {
    "gb18030": "GB18030",
    "cp950": "CP950",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
}

#: So much of small documents is read before they are cleaned together, in characters or bytes.
_READ_AHEAD: Final = 60_000
#: What each counts besides its length: a million empty documents are not waited for.
_READ_LEAST: Final = 50


class Task(NamedTuple):
    """A document, or None for something else between documents, and how to write it."""

    document: Document | None
    write: Callable[[str | None], object]


_Tasks: TypeAlias = Generator[Task | None, None, None]

#: A format: part, output folder or None, name of the field, limit of a document's size.
_Format: TypeAlias = Callable[[Part, Path | None, str, int], _Tasks]


def read_part(part: Part, field: str, limit: int) -> Iterator[Document]:
    """The documents of a part, in order; one that can't be cleaned says why.

    Raises whatever reading the file raises: `OSError`, `EOFError`, `ZhcleanError` and the
    exceptions of the libraries that unpack it.
    """
    for task in _FORMATS[part.inputs[0].format](part, None, field, limit):
        if task is not None and task.document is not None:
            yield task.document


def clean_part(
    part: Part,
    out: Path,
    field: str,
    limit: int,
    clean: Callable[[Sequence[Document]], Iterable[str | None]],
) -> None:
    """Write the part's output files below `out`, each whole or not at all.

    `clean` is called with documents, in order, as many as are some 60,000 characters together,
    and gives the cleaned text of each, or None to leave it out. Raises what `read_part` raises,
    and `OSError` for what can't be written.
    """
    for target in {part.target} if part.target else {one.target for one in part.inputs}:
        (out / target).parent.mkdir(parents=True, exist_ok=True)
    with closing(_FORMATS[part.inputs[0].format](part, out, field, limit)) as tasks:
        waiting: list[Task] = []
        size = 0
        for task in tasks:
            if task is not None:
                waiting.append(task)
                size += _READ_LEAST
                if task.document is not None and task.document.content is not None:
                    size += len(task.document.content)
            if task is None or size >= _READ_AHEAD:
                _do(waiting, clean)
                waiting, size = [], 0


def _do(tasks: Sequence[Task], clean: Callable[[Sequence[Document]], Iterable[str | None]]) -> None:
    texts = iter(clean([task.document for task in tasks if task.document is not None]))
    for task in tasks:
        task.write(None if task.document is None else next(texts))


def _document(where: dict[str, object], content: str | bytes, limit: int) -> Document:
    if 4 * len(content) > limit and _bytes(content) > limit:
        return _too_long(where, limit)
    return Document(where, content)


def _bytes(content: str | bytes) -> int:
    return len(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)


def _too_long(where: dict[str, object], limit: int) -> Document:
    return Document(where, None, f"longer than the limit of {limit:,} bytes")


def _texts(part: Part, out: Path | None, _field: str, limit: int) -> _Tasks:
    """A batch of files, each one document."""
    for one in part.inputs:
        yield Task(_whole_file(one, limit), partial(_write_file, out, one))
    yield None


def _write_file(out: Path | None, one: Input, text: str | None) -> None:
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
        return Document(where, None, reason(error))
    foreign = foreign_format(data)
    if foreign is not None:
        return Document(where, None, f"{foreign}, not text")
    return _document(where, data, limit)


def _jsonl(part: Part, out: Path | None, field: str, limit: int) -> _Tasks:
    """Lines of JSON; one field is cleaned, the bytes of all others pass through."""
    one = part.inputs[0]
    _demand_utf_8(one)
    with (
        open_for_reading(Path(one.path), one.codec) as source,
        _output(out, part.target, one.codec) as target,
    ):
        for offset, raw in _lines(source, part.start, part.end, limit):
            where = {"file": one.path, "offset": offset}
            if raw is None:
                yield Task(_too_long(where, limit), _leave_out)
                continue
            line = raw.decode("utf-8", "surrogateescape")
            if not line.strip():
                yield Task(None, partial(_write_as_is, target, raw))
                continue
            try:
                value, start, end = field_span(line.rstrip("\r\n"), field)
            except JsonLineError as error:
                yield Task(Document(where, line, str(error)), _leave_out)
                continue
            yield Task(
                Document(where, value), partial(_write_line, target, raw, line, value, start, end)
            )
        yield None


def _demand_utf_8(one: Input) -> None:
    """Raise `ZhcleanError` for a file that begins as text in another Chinese encoding.

    Its fields would pass uncleaned. Stray bytes in UTF-8 stay what they are.
    """
    with open_for_reading(Path(one.path), one.codec) as source:
        head = source.read(_HEAD)
    try:
        head.decode("utf-8")
    except UnicodeDecodeError:
        from zhclean.encoding.decoding import decode

        encoding = decode(head).encoding
        if encoding in _CONVERTED_BY:
            name = _CONVERTED_BY[encoding]
            raise ZhcleanError(f"{name}, not UTF-8: iconv -f {name} -t UTF-8 converts it") from None


def _leave_out(_text: str | None) -> None:
    pass


def _write_as_is(target: IO[bytes], raw: bytes, _text: str | None) -> None:
    target.write(raw)


def _write_line(
    target: IO[bytes], raw: bytes, line: str, value: str, start: int, end: int, text: str | None
) -> None:
    """A line of JSON whose `value` stands at `start:end`, with `text` instead."""
    if text is None:
        return
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


def _csv(part: Part, out: Path | None, field: str, limit: int) -> _Tasks:
    """Rows of CSV or TSV with a head line; other columns keep their values."""
    one = part.inputs[0]
    _demand_utf_8(one)
    delimiter = "\t" if ".tsv" in Path(one.path).suffixes else ","
    with (
        _longest_field(limit),
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
                    problem = f"no column {field!r} in a row of {len(row)}"
                    yield Task(Document(where, repr(row), problem), _leave_out)
                continue

            def write(text: str | None, row: list[str] = row) -> None:
                if text is not None:
                    row[column] = text
                    writer.writerow(row)
                    target.write(row_text.text.encode("utf-8", "surrogateescape"))

            yield Task(_document(where, row[column], limit), write)
        yield None


@contextmanager
def _longest_field(size: int) -> Iterator[None]:
    """Have the csv module take fields of so many characters. It keeps one limit for a process."""
    before = csv.field_size_limit(size)
    try:
        yield
    finally:
        csv.field_size_limit(before)


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


def _parquet(part: Part, out: Path | None, field: str, limit: int) -> _Tasks:
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
                    where = {"file": one.path, "row_group": group}
                    cleaned = yield from _batch(batch, index, where, row, limit)
                    writer.write_batch(cleaned)
                    row += batch.num_rows


def _batch(
    batch: pyarrow.RecordBatch, index: int, where: dict[str, object], first: int, limit: int
) -> Generator[Task | None, None, pyarrow.RecordBatch]:
    """Some rows, of which the `first` is that one of its group; gives them with the texts cleaned."""
    import pyarrow

    values = batch.column(index).to_pylist()
    texts: dict[int, str | None] = {}
    for number, value in enumerate(values):
        if value is not None:
            document = _document({**where, "row": first + number}, value, limit)
            yield Task(document, partial(texts.__setitem__, number))
    yield None  # now the texts are there
    kept = [value is None or texts[number] is not None for number, value in enumerate(values)]
    rest = batch.filter(pyarrow.array(kept, pyarrow.bool_()))
    field = batch.schema.field(index)
    column = [texts.get(number) for number, keep in enumerate(kept) if keep]
    return rest.set_column(index, field, pyarrow.array(column, field.type))


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
