"""The data files of the stage."""

from __future__ import annotations

from pkgutil import get_data

__all__ = ["read_data"]


def read_data(name: str) -> str:
    """The text of a file beside this module."""
    # Not importlib.resources, which takes longer to import than the files take to read.
    content = get_data("zhclean.encoding.script", name)
    if content is None:
        raise FileNotFoundError(name)
    return content.decode("utf-8")
