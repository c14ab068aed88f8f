"""The data files that lie beside the code: tables, word lists, models."""

from __future__ import annotations

from pkgutil import get_data

__all__ = ["read_data"]


def read_data(package: str, name: str) -> bytes:
    """The file `name` in the folder of a package. Raises `FileNotFoundError`."""
    # Not importlib.resources, which takes longer to import than the files take to read.
    content = get_data(package, name)
    if content is None:  # of a loader that knows no data
        raise FileNotFoundError(f"{package}: {name}")
    return content
