"""A cleaner for tests of corpus runs: it must be importable in worker processes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from zhclean import NOTHING, Patch, Pipeline, Proposal


@dataclass(frozen=True, slots=True)
class Upper:
    """Makes `abc` `ABC`, and fails on a document that says so."""

    stage: ClassVar[str] = "encoding"

    def propose(self, text: str) -> Proposal:
        if text.startswith("fail"):
            raise ValueError("told to fail")
        rows = [(m.start(), m.end(), "ABC", "E999") for m in re.finditer("abc", text)]
        return Proposal(Patch.of(rows)) if rows else NOTHING


@dataclass(frozen=True, slots=True)
class Greedy:
    """Finds no memory for a document that says so."""

    stage: ClassVar[str] = "encoding"

    def propose(self, text: str) -> Proposal:
        if text == "greedy":
            raise MemoryError
        return NOTHING


PIPELINE = Pipeline((Upper(),))
