"""What is read ahead: the pattern rules of the packs and the word classes of the lexicon.

`patterns.json` and `lexicon.json` are written by `tools/build_redaction.py`. Reading and
checking the TOML that they are made from takes a tenth of a second.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from zhclean.package_data import read_data

__all__ = ["LEXICON", "PATTERNS", "read_ahead"]

PATTERNS: Final = "patterns.json"
LEXICON: Final = "lexicon.json"


@cache
def read_ahead(name: str) -> dict[str, Any]:
    """One of the files."""
    content: dict[str, Any] = json.loads(read_data("zhclean.redaction", name))
    return content
