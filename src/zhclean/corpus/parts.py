"""What there is to do: inputs, cut into parts that can be done in any order and done again.

A part is the unit of work and of resumption. Its outputs appear whole, under their final
names, or not at all. How inputs are cut depends on the inputs alone, never on the number
of processes, so every run over them has the same parts and the same outputs.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from zhclean.corpus.compression import SUFFIXES, codec_of
from zhclean.errors import ConfigError

__all__ = ["FORMATS", "Found", "Input", "Part", "find_inputs", "split"]

#: File name ending -> format. Compression endings are taken off first.
FORMATS: Final = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
}

#: A part is at most about this many bytes of input, where they can be cut,
PART_BYTES: Final = 32 << 20

#: and fewer in a run of few bytes, so that there are parts for many processes; but not less.
PARTS: Final = 64
LEAST_BYTES: Final = 4 << 20

#: A part of a folder of texts holds at most this many files.
PART_FILES: Final = 1000


@dataclass(frozen=True, slots=True)
class Input:
    """One input file: where it is, what it holds, and where its output goes below the target."""

    path: str  # absolute
    target: str  # relative, with "/"
    format: str
    codec: str | None
    size: int
    modified: int  # nanoseconds


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of work. `start:end` are bytes (JSONL) or row groups (Parquet); -1: to the end."""

    name: str
    inputs: tuple[Input, ...]  # several for a batch of texts
    start: int
    end: int
    target: str  # "" for a batch of texts: each has its own
    size: int  # bytes of input, about: of Parquet unpacked, of other packed files packed


class Found(NamedTuple):
    """Input files, and how many were passed over in folders, by the ending of their names."""

    inputs: list[Input]
    passed_over: Counter[str]


def find_inputs(
    names: Sequence[str], format_name: str | None = None, *, without: Path | None = None
) -> Found:
    """The files of `names`; folders are searched through for files of a known ending.

    Files below the folder `without` are left out: the outputs of a run must not be inputs
    of the same run when it goes on. Raises `ConfigError` for a file of unknown format or two
    files with one output, `OSError` for a name that is not there.
    """
    inputs: list[Input] = []
    passed_over: Counter[str] = Counter()
    targets: dict[str, str] = {}
    for name in names:
        root = Path(name)
        outputs = _below(root, without)
        # Absolute: a run may go on from another folder, and its engine work in another.
        home = os.path.realpath(root if root.is_dir() else root.parent)
        for path, target in _walk(root):
            if outputs and target.startswith(outputs):
                continue
            kind = format_name or _format_of(path)
            if kind is None:
                if path == root:
                    path.stat()  # a name that is not there is told as such
                    endings = ", ".join(FORMATS)
                    raise ConfigError(f"{name}: unknown format (known: {endings}; or --format)")
                passed_over[path.suffix] += 1
                continue
            if target in targets:
                raise ConfigError(
                    f"{path} and {targets[target]} would have the same output {target}"
                )
            targets[target] = str(path)
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise ConfigError(f"{name}: not a regular file")
            try:
                codec = codec_of(path)
            except PermissionError:
                codec = None  # its part will say so; the others can be done
            place = os.path.join(home, target)  # noqa: PTH118 - a str, a million times
            inputs.append(Input(place, target, kind, codec, status.st_size, status.st_mtime_ns))
    if not inputs:
        known = ", ".join(FORMATS)
        raise ConfigError(f"no input files in {', '.join(names)} (known: {known}; or --format)")
    return Found(inputs, passed_over)


def _below(root: Path, folder: Path | None) -> str:
    """How the names of the files of `folder` begin if it is below `root`, else nothing."""
    if folder is None:
        return ""
    inner, outer = Path(os.path.realpath(folder)), Path(os.path.realpath(root))
    return f"{inner.relative_to(outer).as_posix()}/" if outer in inner.parents else ""


def _walk(root: Path) -> Iterator[tuple[Path, str]]:
    if not root.is_dir():
        yield root, root.name
        return
    for path in sorted(root.rglob("*")):
        if path.is_file() and not any(
            part.startswith(".") for part in path.relative_to(root).parts
        ):
            yield path, path.relative_to(root).as_posix()


def _format_of(path: Path) -> str | None:
    name = Path(path.stem) if path.suffix in SUFFIXES else path
    return FORMATS.get(name.suffix.lower())


def split(inputs: Sequence[Input]) -> list[Part]:
    """The parts of all inputs, in order."""
    size = min(PART_BYTES, max(LEAST_BYTES, sum(one.size for one in inputs) // PARTS))
    parts: list[Part] = []
    batch: list[Input] = []
    filled = 0
    for one in inputs:
        if one.format == "text":
            if batch and (len(batch) >= PART_FILES or filled + one.size > size):
                parts.append(_batch(batch))
                batch, filled = [], 0
            batch.append(one)
            filled += one.size
        elif one.format == "jsonl" and one.codec is None:
            starts = list(range(0, max(one.size, 1), size))
            ends = [*starts[1:], one.size]
            sizes = [end - start for start, end in zip(starts, ends, strict=True)]
            parts += _pieces(one, starts, ends, sizes)
        elif one.format == "parquet":
            parts += _row_groups(one, size)
        else:  # a compressed stream, or a CSV whose line breaks may be quoted
            parts.append(_part((one,), 0, -1, one.target, one.size))
    if batch:
        parts.append(_batch(batch))
    return parts


def _batch(batch: Sequence[Input]) -> Part:
    return _part(tuple(batch), 0, -1, "", sum(one.size for one in batch))


def _pieces(
    one: Input, starts: Sequence[int], ends: Sequence[int], sizes: Sequence[int]
) -> list[Part]:
    count = len(starts)
    folder, _, name = one.target.rpartition("/")
    stem, dot, ending = name.partition(".")
    targets = [
        one.target
        if count == 1
        else (folder + "/" if folder else "") + f"{stem}-{number:05}-of-{count:05}{dot}{ending}"
        for number in range(count)
    ]
    return [
        _part((one,), start, end, target, size)
        for start, end, target, size in zip(starts, ends, targets, sizes, strict=True)
    ]


def _row_groups(one: Input, size: int) -> list[Part]:
    """Runs of row groups of about `size` bytes.

    A file that can't be read is one part, which will say why: the others can be done.
    """
    from zhclean.corpus.parquet import row_group_sizes

    try:
        groups = row_group_sizes(one.path)
    except (OSError, ValueError):  # pyarrow's ArrowInvalid is a ValueError
        return [_part((one,), 0, -1, one.target, one.size)]
    starts, filled = [0], [0]
    for index, group in enumerate(groups):
        if filled[-1] and filled[-1] + group > size:
            starts.append(index)
            filled.append(0)
        filled[-1] += group
    return _pieces(one, starts, [*starts[1:], len(groups)], filled)


def _part(inputs: tuple[Input, ...], start: int, end: int, target: str, size: int) -> Part:
    """A part, named after what is in it: the same work has the same name in every run."""
    seed = "\n".join(f"{one.path}\t{one.size}" for one in inputs) + f"\n{start}:{end}"
    name = hashlib.sha256(seed.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return Part(name, inputs, start, end, target, size)
