"""The gallery of the docs shows what the library does."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import zhclean

_GALLERY = Path(__file__).parents[2] / "docs" / "examples" / "gallery.toml"
_EXAMPLES: list[dict[str, Any]] = tomllib.loads(_GALLERY.read_text("utf-8"))["example"]


@pytest.mark.parametrize("example", _EXAMPLES, ids=[example["title"] for example in _EXAMPLES])
def test_gallery(example: dict[str, Any]) -> None:
    result = zhclean.pipeline(to=example.get("to")).analyze(example["before"])
    assert result.text == example["after"]
    assert [flag.kind for flag in result.flags] == example["flags"]
