"""Code in Markdown: what stands in it is shown as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

__all__ = ["code_spans", "fenced_spans", "outside"]

_FENCED: Final = r"^ {0,3}```[^\n`]*+\n(?s:.*?)^ {0,3}```"
#: A fence that nobody closes is no fence: it would spare all that follows.
_BLOCK: Final = re.compile(_FENCED, re.MULTILINE)
_CODE: Final = re.compile(rf"{_FENCED}|`[^`\n]{{1,200}}+`", re.MULTILINE)

#: Begins with where it starts and where it ends in the text.
_Row = TypeVar("_Row", bound=tuple[int, int, *tuple[object, ...]])


def fenced_spans(text: str) -> Iterator[tuple[int, int]]:
    """The blocks between two lines that begin with ```, these lines included."""
    if "```" in text:
        for block in _BLOCK.finditer(text):
            yield block.span()


def code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Those, and code in a line, between two backticks."""
    if "`" in text:
        for code in _CODE.finditer(text):
            yield code.span()


def outside(rows: Iterable[_Row], spans: Iterator[tuple[int, int]]) -> Iterator[_Row]:
    """The rows that touch none of the spans; both sorted, the spans disjoint."""
    span = next(spans, None)
    for row in rows:
        while span is not None and span[1] <= row[0]:
            span = next(spans, None)
        if span is None or row[1] <= span[0]:
            yield row
