"""Where one part's documents are cleaned, counted and, if they fail, put aside."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from zhclean.pipeline import Pipeline

__all__ = ["Counts", "Desk"]


@dataclass(slots=True)
class Counts:
    """What was done, in numbers that add up over parts."""

    documents: int = 0
    changed: int = 0
    quarantined: int = 0
    characters_in: int = 0
    characters_out: int = 0
    seconds: float = 0.0  # of processor time
    rules: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    encodings: Counter[str] = field(default_factory=Counter)

    def add(self, other: Counts) -> None:
        """Add the counts of another part."""
        for name in ("documents", "changed", "quarantined", "characters_in", "characters_out"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.seconds += other.seconds
        self.rules.update(other.rules)
        self.flags.update(other.flags)
        self.encodings.update(other.encodings)

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers and sorted dicts, for JSON."""
        return {
            "documents": self.documents,
            "changed": self.changed,
            "quarantined": self.quarantined,
            "characters_in": self.characters_in,
            "characters_out": self.characters_out,
            "seconds": round(self.seconds, 3),
            "rules": dict(sorted(self.rules.items())),
            "flags": dict(sorted(self.flags.items())),
            "encodings": dict(sorted(self.encodings.items())),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Counts:
        """The counts that `to_dict` wrote."""
        counters = {name: Counter(data[name]) for name in ("rules", "flags", "encodings")}
        return cls(**{**data, **counters})


class Desk:
    """Cleans the documents of one part."""

    def __init__(self, pipeline: Pipeline, *, limit: int, with_edits: bool) -> None:
        self.counts = Counts()
        self.limit = limit
        self.quarantine: list[str] = []  # lines of JSON
        self.edits: list[str] = []
        self._pipeline = pipeline
        self._with_edits = with_edits

    def clean(self, where: dict[str, Any], document: str | bytes) -> str | None:
        """The cleaned document, or None if it went to quarantine. `where` says which it is."""
        if len(document) > self.limit:
            self.put_aside(where, f"longer than the limit of {self.limit}", None)
            return None
        try:
            result = self._pipeline.analyze(document)
        except Exception as error:  # noqa: BLE001 - one document must not end a run of millions
            self.put_aside(where, f"{type(error).__name__}: {error}", document)
            return None
        counts = self.counts
        counts.documents += 1
        counts.characters_in += len(result.source)
        counts.characters_out += len(result.text)
        if result.encoding is not None:
            counts.encodings[result.encoding] += 1
        if result.text != result.source:
            counts.changed += 1
            counts.rules.update(result.rule_counts())
        counts.flags.update(flag.kind for flag in result.flags)
        if self._with_edits and (result.text != result.source or result.flags):
            record = result.to_dict()
            del record["source"], record["text"]
            self.edits.append(json.dumps({**where, **record}))
        return result.text

    def put_aside(self, where: dict[str, Any], reason: str, document: str | bytes | None) -> None:
        """Record a document that can't be cleaned, with what there is of it."""
        self.counts.quarantined += 1
        if isinstance(document, bytes):
            document = document.decode("utf-8", "surrogateescape")
        self.quarantine.append(json.dumps({**where, "reason": reason, "document": document}))
