"""Reading and writing files so that nothing is lost: whole documents in, atomic replacement out."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path
from typing import Final

__all__ = ["STDIN", "read_document", "write_atomic"]

#: The file name that means standard input.
STDIN: Final = "-"


def read_document(name: str) -> bytes:
    """All bytes of the file `name`, or of standard input for `-`. Raises `OSError`."""
    if name == STDIN:
        return sys.stdin.buffer.read()
    return Path(name).read_bytes()


def write_atomic(path: Path, data: bytes, *, backup_suffix: str = "") -> None:
    """Put `data` into `path`: readers see the old file or the whole new one, never a part.

    The new bytes are synced under a temporary name in the same folder and then renamed;
    the mode of an existing file is kept, a link is followed. With `backup_suffix` the old
    file stays under its name plus the suffix. What is no regular file (a terminal, a pipe)
    is written to directly. Raises `OSError`; the old file is then as it was.
    """
    target = Path(os.path.realpath(path))
    mode = target.stat().st_mode if target.exists() else None
    if mode is not None and not stat.S_ISREG(mode):
        target.write_bytes(data)
        return
    if mode is not None and not os.access(target, os.W_OK):
        # A rename would go past the mode of the file that it replaces.
        raise PermissionError(13, "Permission denied", str(path))
    descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is None:
            mask = os.umask(0)
            os.umask(mask)
            Path(temporary).chmod(0o666 & ~mask)
        else:
            shutil.copymode(target, temporary)
            if backup_suffix:
                shutil.copy2(target, target.with_name(target.name + backup_suffix))
        Path(temporary).replace(target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(temporary).unlink()
        raise
