"""Compressed files, known by their content and not by their name."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from pathlib import Path
from typing import IO, Any, Final, cast

from zhclean.errors import ConfigError

__all__ = ["SUFFIXES", "codec_of", "open_for_reading", "open_for_writing"]

#: First bytes of a file -> how it is compressed (RFC 1952, RFC 8878, the bzip2 and xz formats).
_MAGIC: Final = {
    b"\x1f\x8b": "gz",
    b"\x28\xb5\x2f\xfd": "zst",
    b"BZh": "bz2",
    b"\xfd7zXZ\x00": "xz",
}

#: File name endings that say nothing about the format of what is inside.
SUFFIXES: Final = {".gz": "gz", ".zst": "zst", ".bz2": "bz2", ".xz": "xz"}


def codec_of(path: Path) -> str | None:
    """`gz`, `zst`, `bz2`, `xz`, or None for a file that is not compressed. Raises `OSError`."""
    with path.open("rb") as stream:
        start = stream.read(6)
    return next((codec for magic, codec in _MAGIC.items() if start.startswith(magic)), None)


def open_for_reading(path: Path, codec: str | None) -> IO[bytes]:
    """The unpacked bytes of `path`, as a stream; a bomb costs time, not memory."""
    if codec is None:
        return path.open("rb")
    if codec == "gz":
        return cast(IO[bytes], gzip.open(path, "rb"))
    if codec == "bz2":
        return bz2.open(path, "rb")
    if codec == "xz":
        return lzma.open(path, "rb")
    # Its own reader knows no lines and stops behind the first of several frames.
    reader = _zstandard().ZstdDecompressor().stream_reader(path.open("rb"), read_across_frames=True)
    return io.BufferedReader(reader, 1 << 20)


def open_for_writing(stream: IO[bytes], codec: str | None) -> IO[bytes]:
    """A stream that packs into `stream`; the same bytes in give the same bytes out, any day."""
    if codec is None:
        return stream
    if codec == "gz":
        return cast(IO[bytes], gzip.GzipFile("", "wb", 6, stream, mtime=0))
    if codec == "bz2":
        return bz2.BZ2File(stream, "wb")
    if codec == "xz":
        return lzma.LZMAFile(stream, "wb")
    return cast(IO[bytes], _zstandard().open(stream, "wb", closefd=False))


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError:
        raise ConfigError("reading .zst needs an extra: pip install 'zhclean[corpus]'") from None
    return zstandard
