"""From claims to edits: whole lines go with their line break, so the body keeps its shape.

- A removed line takes its own line break; at the end of a text, the one in front of it.
- Blank lines behind it go too where a blank line or nothing stands in front of it.
- Inside a line, blanks between the removed stretch and the end (or beginning) of the line go.
"""

from __future__ import annotations

from collections.abc import Sequence

from zhclean.boilerplate.page import Claim, Page
from zhclean.edits import Patch

__all__ = ["removal"]

_BLANKS = " \t\u00a0\u3000"


def removal(page: Page, claims: Sequence[Claim]) -> Patch:
    """The patch that removes the claims."""
    whole, rows = _split(page, claims)
    _add_blank_lines(page, whole)
    rows += _line_rows(page, whole)
    return Patch.of((start, end, "", code) for start, end, code in _merge(rows))


def _split(
    page: Page, claims: Sequence[Claim]
) -> tuple[dict[int, str], list[tuple[int, int, str]]]:
    """Codes of the lines that go as a whole, and spans inside the lines that stay."""
    whole: dict[int, str] = {}
    inside: list[Claim] = []
    for claim in claims:
        line = page.line_at(claim.start)
        if claim.start <= line.start and claim.end >= line.end:
            whole.setdefault(line.index, claim.code)
        else:
            inside.append(claim)
    rows = []
    for claim in inside:
        line = page.line_at(claim.start)
        if line.index in whole:
            continue
        start, end = claim.start, claim.end
        if end >= line.end:
            end = line.stop
            while start > line.begin and page.text[start - 1] in _BLANKS:
                start -= 1
        else:
            while end < line.end and page.text[end] in _BLANKS:
                end += 1
        rows.append((start, end, claim.code))
    return whole, rows


def _add_blank_lines(page: Page, whole: dict[int, str]) -> None:
    """Blank lines behind removed lines, where a blank line or nothing stands before them."""
    behind = 0
    for index in sorted(whole):
        if index < behind:
            continue
        code = whole[index]
        blank_before = not index or page.lines[index - 1].blank
        for behind in range(index + 1, page.count + 1):
            if behind in whole:
                code = whole[behind]
            elif behind < page.count and blank_before and page.lines[behind].blank:
                whole[behind] = code
            else:
                break


def _line_rows(page: Page, whole: dict[int, str]) -> list[tuple[int, int, str]]:
    lines = page.lines
    # Behind the last line break stands no line.
    count = page.count - 1 if page.text.endswith("\n") else page.count
    tail = count
    while tail and (tail - 1 in whole or lines[tail - 1].blank):
        tail -= 1
    rows = [
        (lines[index].begin, lines[index + 1].begin, code)
        for index, code in whole.items()
        if index < tail
    ]
    removed = [index for index in range(tail, count) if index in whole]
    if removed:
        code = whole[removed[0]]
        for index in range(tail, count):
            code = whole.get(index, code)
            rows.append((lines[index - 1].stop if index else 0, lines[index].stop, code))
    return rows


def _merge(rows: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Sorted, disjoint rows; neighbours of one rule become one row."""
    merged: list[tuple[int, int, str]] = []
    for start, end, code in sorted(rows):
        if merged and start < merged[-1][1]:
            start = merged[-1][1]
            if start >= end:
                continue
        if merged and merged[-1][1] == start and merged[-1][2] == code:
            merged[-1] = (merged[-1][0], end, code)
        else:
            merged.append((start, end, code))
    return merged
