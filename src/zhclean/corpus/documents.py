"""One document of a corpus: what it is, what becomes of it, and the books over a part of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from zhclean.errors import reason
from zhclean.files import replacing
from zhclean.pipeline import Pipeline
from zhclean.result import Result

__all__ = ["Books", "Counts", "Document", "Outcome", "clean_documents"]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read. `where` says which one it is, in values of JSON.

    One with a `problem` can't be cleaned; its content is what there is of it, if anything.
    """

    where: dict[str, Any]
    content: str | bytes | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document, in plain values: engines send it from machine to machine.

    `text` is None for a document that goes to quarantine, for the reason `problem`; `told`
    holds its edits and flags if they were asked for and there are any.
    """

    text: str | None
    problem: str = ""
    encoding: str | None = None
    characters_in: int = 0
    rules: dict[str, int] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)
    told: dict[str, Any] | None = None
    changed: bool = False
    #: Of processor time, where it was cleaned elsewhere than it is booked.
    seconds: float = 0.0


def clean_documents(
    documents: Sequence[Document], pipeline: Pipeline, *, with_edits: bool
) -> list[Outcome]:
    """Clean some documents together; whatever is wrong with one is in its outcome."""
    contents = [
        document.content
        for document in documents
        if not document.problem and document.content is not None
    ]
    made = iter(_clean(contents, pipeline))
    return [
        Outcome(None, document.problem)
        if document.problem or document.content is None
        else _outcome(next(made), with_edits)
        for document in documents
    ]


def _clean(contents: Sequence[str | bytes], pipeline: Pipeline) -> list[Result | Exception]:
    """The result of each, or why there is none: one document must not end a run of millions."""
    try:
        return list(pipeline.stream(contents))
    except Exception as error:  # noqa: BLE001
        if len(contents) == 1:
            return [error]
    return [made for content in contents for made in _clean([content], pipeline)]


def _outcome(result: Result | Exception, with_edits: bool) -> Outcome:
    if isinstance(result, Exception):
        return Outcome(None, reason(result))
    changed = result.text != result.source
    told = None
    if with_edits and (changed or result.flags):
        told = result.to_dict()
        del told["source"], told["text"]
    return Outcome(
        result.text,
        encoding=result.encoding,
        characters_in=len(result.source),
        rules=dict(result.rule_counts()) if changed else {},
        flags=dict(Counter(flag.kind for flag in result.flags)),
        told=told,
        changed=changed,
    )


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


class Books:
    """The counts of one part, its quarantine and, with `--edits`, what was done.

    The files `OUT/quarantine/NAME.jsonl` and `OUT/edits/NAME.jsonl` are written as documents
    come, so that a part of any size takes no more memory than its longest document, and
    appear when the block ends well; where there is nothing to tell there is no file.
    """

    def __init__(self, out: Path, name: str) -> None:
        self.counts = Counts()
        self._out = out
        self._name = name
        self._files: dict[str, IO[bytes]] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Books:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def enter(self, document: Document, outcome: Outcome) -> None:
        """Book one document. Raises `OSError`."""
        counts = self.counts
        counts.seconds += outcome.seconds
        if outcome.text is None:
            counts.quarantined += 1
            content = document.content
            if isinstance(content, bytes):
                content = content.decode("utf-8", "surrogateescape")
            record = {**document.where, "reason": outcome.problem, "document": content}
            self._write("quarantine", record)
            return
        counts.documents += 1
        counts.changed += outcome.changed
        counts.characters_in += outcome.characters_in
        counts.characters_out += len(outcome.text)
        counts.rules.update(outcome.rules)
        counts.flags.update(outcome.flags)
        if outcome.encoding is not None:
            counts.encodings[outcome.encoding] += 1
        if outcome.told is not None:
            self._write("edits", {**document.where, **outcome.told})

    def _write(self, kind: str, record: dict[str, Any]) -> None:
        if kind not in self._files:
            path = self._out / kind / f"{self._name}.jsonl"
            path.parent.mkdir(exist_ok=True)
            self._files[kind] = self._stack.enter_context(replacing(path))
        self._files[kind].write(json.dumps(record).encode() + b"\n")
