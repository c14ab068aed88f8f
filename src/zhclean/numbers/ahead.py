"""What is read ahead: units, guards and the pairs of characters in words.

`data/tables.json` is written by `tools/build_number_tables.py`. Reading and spelling out what
it is made from takes a tenth of a second.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from zhclean import package_data

__all__ = ["read_data", "tables"]


def read_data(name: str) -> str:
    """The text of one file of the folder `data`."""
    return package_data.read_data("zhclean.numbers", f"data/{name}").decode("utf-8")


@cache
def tables() -> dict[str, Any]:
    """The tables."""
    content: dict[str, Any] = json.loads(read_data("tables.json"))
    return content
