"""Reading and writing files so that nothing is lost: whole documents in, atomic replacement out."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "STDIN",
    "TEMPORARY_SUFFIX",
    "encode_utf8",
    "foreign_format",
    "read_document",
    "replacing",
    "write_atomic",
]

#: The file name that means standard input.
STDIN: Final = "-"

#: A document of more bytes is refused. What a document says is judged by all of it, so it is held
#: in memory, and its edits beside it; a longer one is a corpus that has lost its line breaks.
LONGEST: Final = 256 << 20
_PIECE: Final = 1 << 20

#: First bytes of files whose bytes are no text -> what they are. Read as text they would be
#: garbage that looks like a result. (Their specifications; "Office" is the Compound File format.)
_FOREIGN: Final = {
    b"\x1f\x8b": "Packed with gzip",
    b"\x28\xb5\x2f\xfd": "Packed with Zstandard",
    b"BZh91AY&SY": "Packed with bzip2",
    b"\xfd7zXZ\x00": "Packed with xz",
    b"PK\x03\x04": "A ZIP file (as .docx and .epub are)",
    b"%PDF-": "A PDF file",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "An Office file",
}

#: How the name of an unfinished file ends.
TEMPORARY_SUFFIX: Final = ".zhclean.tmp"


def read_document(name: str, *, regular: bool = False) -> bytes:
    """All bytes of the file `name`, or of standard input for `-`.

    Raises `OSError`, for a `foreign_format` too; with `regular` also for a pipe or a device,
    which can't be written back to.
    """
    if name == STDIN:
        if sys.stdin is None:  # the caller closed it
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return _read(sys.stdin.buffer)
    if regular:
        mode = os.stat(name).st_mode  # noqa: PTH116 - pathlib takes a while to import
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # opening a folder says it better
            raise OSError(errno.EINVAL, "Not a regular file")
    with open(name, "rb") as stream:  # noqa: PTH123 - Path("") would be the current folder
        return _read(stream)


def _read(stream: IO[bytes]) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > LONGEST:
            raise OSError(
                errno.EFBIG, f"Longer than {LONGEST >> 20} MiB: too long for one document"
            )
    data = b"".join(pieces)
    foreign = foreign_format(data)
    if foreign is not None:
        raise OSError(errno.EINVAL, f"{foreign}, not text")
    return data


def foreign_format(data: bytes) -> str | None:
    """What `data` is if its first bytes say that it is no text as it stands, else None."""
    return next((name for magic, name in _FOREIGN.items() if data.startswith(magic)), None)


def encode_utf8(text: str) -> tuple[bytes, int]:
    """`text` as UTF-8, and how many lone surrogates had to become U+FFFD in it.

    Lone surrogates stand for bytes that could not be decoded; UTF-8 can't hold them.
    """
    try:
        return text.encode("utf-8"), 0
    except UnicodeEncodeError:
        kept = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
        lost = sum(old != new for old, new in zip(text, kept, strict=True))
        return kept.encode("utf-8"), lost


@contextlib.contextmanager
def replacing(path: Path, *, backup_suffix: str = "") -> Iterator[IO[bytes]]:
    """A stream whose bytes become the file `path` when the block ends without an exception.

    They are synced under a temporary name in the same folder (`.NAME.….tmp`) and renamed;
    if the block fails the old file is as it was. The mode of an existing file is kept, a
    link is followed. With `backup_suffix` the old file stays under its name plus the suffix.
    Raises `OSError`.
    """
    import shutil
    import tempfile

    old = _status(path)
    target = type(path)(os.path.realpath(path))
    if old is not None and not os.access(target, os.W_OK):
        # A rename would go past the mode of the file that it replaces.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    descriptor, name = tempfile.mkstemp(  # a name has at most 255 bytes, a character up to four
        prefix=f".{target.name[:50]}.", suffix=TEMPORARY_SUFFIX, dir=target.parent
    )
    temporary = type(path)(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if old is None:
            mask = os.umask(0)
            os.umask(mask)
            temporary.chmod(0o666 & ~mask)
        else:
            if sys.platform != "win32" and (old.st_uid, old.st_gid) != (os.geteuid(), os.getegid()):
                with contextlib.suppress(PermissionError):  # only root may give files away
                    os.chown(temporary, old.st_uid, old.st_gid)
            temporary.chmod(stat.S_IMODE(old.st_mode))
            if backup_suffix:
                shutil.copy2(target, target.with_name(target.name + backup_suffix))
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _status(path: Path) -> os.stat_result | None:
    """Of what `path` leads to; None where there is nothing. Raises `OSError`, as for a loop of links."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def write_atomic(path: Path, data: bytes, *, backup_suffix: str = "") -> None:
    """Put `data` into `path`: readers see the old file or the whole new one, never a part.

    What is no regular file (a terminal, a pipe) is written to directly. Raises `OSError`.
    """
    old = _status(path)
    if old is not None and not stat.S_ISREG(old.st_mode):
        path.write_bytes(data)
        return
    with replacing(path, backup_suffix=backup_suffix) as stream:
        stream.write(data)
