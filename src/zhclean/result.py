"""What became of one document: the cleaned text, and why it reads as it does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from zhclean.edits import Edit, Flag, Patch, compose
from zhclean.errors import EditError

if TYPE_CHECKING:
    from zhclean.encoding.script import Script
    from zhclean.numbers import Quantity
    from zhclean.redaction.summary import RedactionSummary

__all__ = ["Result"]

_Kind = TypeVar("_Kind")

#: Two lone surrogates that would be one character in UTF-16.
_SURROGATE_PAIR: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")


class Result:
    """One cleaned document.

    `source` is what came in, `text` what it became, `encoding` the codec of a `bytes` input
    (None for `str`). `edits` are sorted and disjoint, their spans count code points of the
    source; the spans of `flags` count code points of the text. What can be derived is
    worked out when it is first asked for: a run that only wants `text` never pays for it.
    """

    __slots__ = ("_edits", "_patches", "encoding", "flags", "source", "text")

    def __init__(
        self,
        source: str,
        text: str,
        patches: Sequence[Patch] = (),
        flags: Sequence[Flag] = (),
        encoding: str | None = None,
    ) -> None:
        self.source: Final = source
        self.text: Final = text
        self.flags: Final = tuple(flags)
        self.encoding: Final = encoding
        self._patches = tuple(patches)
        self._edits: tuple[Edit, ...] | None = None

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Every change, in source coordinates, however many stages made it."""
        if self._edits is None:
            self._edits = _compose_all(self._patches).edits(self.source)
        return self._edits

    def rule_counts(self) -> Counter[str]:
        """How many replacements each rule asked for, over all turns of the pipeline.

        Cheap: nothing is composed. A replacement that a later one overwrote counts too.
        """
        return Counter(code for patch in self._patches for codes in patch.rules for code in codes)

    def restore(self) -> str:
        """The source, rebuilt from `text` and `edits` alone.

        Raises `EditError` if they do not belong together, as after a careless change of a
        stored result.
        """
        patch = Patch.from_edits(self.edits)
        spans = patch.map_own_spans()
        for (start, end), after in zip(spans, patch.afters, strict=True):
            if self.text[start:end] != after:
                raise EditError(f"the text at {start} is not what the edits made")
        befores = [edit.before for edit in self.edits]
        inverse = Patch(
            [span[0] for span in spans], [span[1] for span in spans], befores, patch.rules
        )
        return inverse.apply(self.text)

    @property
    def script(self) -> Script:
        """Which script and region `text` is written in, with the evidence."""
        from zhclean.encoding.script import detect_script

        return detect_script(self.text)

    @property
    def quantities(self) -> list[Quantity]:
        """The quantities in `text`, with exact values."""
        from zhclean.numbers import quantities

        return quantities(self.text)

    @property
    def redaction(self) -> RedactionSummary:
        """How much of the document's facts is masked, blank, dropped or overwritten."""
        from zhclean.redaction.summary import summary

        return summary(self.text, self.flags)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Result):
            return NotImplemented
        return self._fields() == other._fields()

    def __hash__(self) -> int:
        return hash((self.source, self.text))

    def __repr__(self) -> str:
        return (
            f"Result({len(self.source)} -> {len(self.text)} characters, "
            f"{len(self.edits)} edits, {len(self.flags)} flags)"
        )

    def _fields(self) -> tuple[str, str, tuple[Edit, ...], tuple[Flag, ...], str | None]:
        return self.source, self.text, self.edits, self.flags, self.encoding

    def __reduce__(self) -> tuple[Any, ...]:
        return Result, (self.source, self.text, self._patches, self.flags, self.encoding)

    def to_dict(self) -> dict[str, Any]:
        """The result as plain lists, dicts and strings, ready for any serialiser."""
        return {
            "source": self.source,
            "encoding": self.encoding,
            "text": self.text,
            "edits": [
                {
                    "start": edit.start,
                    "end": edit.end,
                    "before": edit.before,
                    "after": edit.after,
                    "rules": list(edit.rules),
                }
                for edit in self.edits
            ],
            "flags": [
                {"start": flag.start, "end": flag.end, "kind": flag.kind, "rule": flag.rule}
                for flag in self.flags
            ],
        }

    def to_json(self) -> str:
        """One line of JSON.

        It is ASCII, lone surrogates are escapes; unless a lone high surrogate stands before
        a lone low one, whose two escapes every reader would take for one character: then
        surrogates stand as they are.
        """
        import json

        record = self.to_dict()
        ambiguous = _SURROGATE_PAIR.search(self.source) or _SURROGATE_PAIR.search(self.text)
        return json.dumps(record, ensure_ascii=not ambiguous)

    @classmethod
    def from_json(cls, line: str) -> Result:
        """The result that `to_json` wrote.

        Raises `EditError` if the line is no such JSON or its edits do not lead from its
        source to its text.
        """
        import json

        try:
            data = json.loads(line)
            edits = [
                Edit(
                    _of(int, row["start"]),
                    _of(int, row["end"]),
                    _of(str, row["before"]),
                    _of(str, row["after"]),
                    tuple(_of(str, code) for code in row["rules"]),
                )
                for row in data["edits"]
            ]
            flags = [
                Flag(
                    _of(int, row["start"]),
                    _of(int, row["end"]),
                    _of(str, row["kind"]),
                    _of(str, row["rule"]),
                )
                for row in data["flags"]
            ]
            source, text = _of(str, data["source"]), _of(str, data["text"])
            encoding = None if data["encoding"] is None else _of(str, data["encoding"])
        except (ValueError, KeyError, TypeError) as error:
            raise EditError(f"not a result in JSON: {error!r}") from None
        patch = Patch.from_edits(edits)
        for edit in edits:
            if source[edit.start : edit.end] != edit.before:
                raise EditError(f"the source at {edit.start} is not {edit.before!r}")
        if patch.apply(source) != text:
            raise EditError("the edits do not lead from the source to the text")
        return cls(source, text, (patch,) if patch else (), flags, encoding)


def _of(kind: type[_Kind], value: object) -> _Kind:
    """`value`, which must be of this kind. Raises `TypeError`."""
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is not {kind.__name__}")
    return value


def _compose_all(patches: Sequence[Patch]) -> Patch:
    """All patches as one; neighbours are paired up, so that early ones are not copied often."""
    layers = list(patches)
    if not layers:
        return Patch()
    while len(layers) > 1:
        layers = [
            compose(layers[index], layers[index + 1]) if index + 1 < len(layers) else layers[index]
            for index in range(0, len(layers), 2)
        ]
    return layers[0]
