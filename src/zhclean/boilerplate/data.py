"""The data files of the stage."""

from __future__ import annotations

from zhclean import package_data

__all__ = ["read_data"]


def read_data(name: str) -> str:
    """The text of a file beside this module."""
    return package_data.read_data("zhclean.boilerplate", name).decode("utf-8")
