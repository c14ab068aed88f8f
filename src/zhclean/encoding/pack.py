"""The packs of the stage, each read by itself: who needs one seldom needs another."""

from __future__ import annotations

from functools import cache

from zhclean.package_data import read_data
from zhclean.rules import Pack, load_pack

__all__ = ["read_pack"]


@cache
def read_pack(name: str) -> Pack:
    """The pack `packs/<name>.toml`, read once."""
    content = read_data("zhclean.encoding", f"packs/{name}.toml")
    return load_pack(content.decode("utf-8"), f"{name}.toml", stage="encoding")
