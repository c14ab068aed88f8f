"""What is read ahead: the pattern rules of the packs and the word classes of the lexicon.

`patterns.json` and `lexicon.json` are written by `tools/build_redaction.py`. Reading and
checking the TOML that they are made from takes a tenth of a second.
"""

from __future__ import annotations

import json
from functools import cache
from pkgutil import get_data
from typing import Any, Final

__all__ = ["LEXICON", "PATTERNS", "read_ahead"]

PATTERNS: Final = "patterns.json"
LEXICON: Final = "lexicon.json"


@cache
def read_ahead(name: str) -> dict[str, Any]:
    """One of the files."""
    data = get_data("zhclean.redaction", name)
    assert data is not None
    content: dict[str, Any] = json.loads(data)
    return content
