"""A unified diff from known edits, in linear time (a search for differences is quadratic)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from zhclean.edits import Edit

__all__ = ["unified_diff"]

_CONTEXT = 3


def unified_diff(source: str, text: str, edits: Sequence[Edit], name: str) -> Iterator[str]:
    """Lines of a diff from `source` to `text` that `patch` understands, each ending in "\\n".

    Only "\\n" ends a line, as in `patch`; other separators stay inside their line.
    """
    if not edits:
        return
    old, new = _lines(source), _lines(text)
    end = "\t" if " " in name else ""  # else `patch` takes the first word for the name
    yield f"--- {name}{end}\n"
    yield f"+++ {name}{end}\n"
    for hunk in _hunks(_changes(source, old, new, edits)):
        first_old, first_new = hunk[0][0], hunk[0][2]
        before = min(_CONTEXT, first_old)
        last_old, last_new = hunk[-1][1], hunk[-1][3]
        behind = min(_CONTEXT, len(old) - last_old)
        old_range = _range(first_old - before, last_old + behind)
        new_range = _range(first_new - before, last_new + behind)
        yield f"@@ -{old_range} +{new_range} @@\n"
        cursor = first_old - before
        for old_start, old_end, new_start, new_end in hunk:
            yield from _marked(" ", old[cursor:old_start])
            yield from _marked("-", old[old_start:old_end])
            yield from _marked("+", new[new_start:new_end])
            cursor = old_end
        yield from _marked(" ", old[cursor : last_old + behind])


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    last = lines.pop()
    lines = [line + "\n" for line in lines]
    return [*lines, last] if last else lines


def _changes(
    source: str, old: Sequence[str], new: Sequence[str], edits: Sequence[Edit]
) -> list[tuple[int, int, int, int]]:
    """Changed ranges of lines: `old[a:b]` becomes `new[c:d]`."""
    changes: list[tuple[int, int, int, int]] = []
    line, line_start = 0, 0  # the line of `source` that the scan has reached
    drift = 0  # lines of the new text minus lines of the old, in front of the scan

    def seek(position: int) -> None:
        nonlocal line, line_start
        while (
            line < len(old)
            and position >= line_start + len(old[line])
            and old[line].endswith(
                "\n"
            )  # the end of a text without a last "\n" is in its last line
        ):
            line_start += len(old[line])
            line += 1

    # Edits on the same line are one change.
    open_from: int | None = None
    open_to = 0
    open_drift = 0
    for edit in edits:
        seek(edit.start)
        if open_from is not None and line >= open_to:
            changes.append((open_from, open_to, open_from + open_drift, open_to + drift))
            open_from = None
        if open_from is None:
            open_from, open_drift = line, drift
        seek(edit.end)
        open_to = min(line + 1, len(old))
        drift += edit.after.count("\n") - edit.before.count("\n")
    if open_from is not None:
        # At the end of the text a missing last "\n" leaves the counts of lines one apart.
        end = open_to + drift if open_to < len(old) else len(new)
        changes.append((open_from, open_to, open_from + open_drift, end))
    return [_trimmed(old, new, change) for change in changes]


def _trimmed(
    old: Sequence[str], new: Sequence[str], change: tuple[int, int, int, int]
) -> tuple[int, int, int, int]:
    """A change without the equal lines at its ends (a removed line touches the next one)."""
    old_start, old_end, new_start, new_end = change
    while old_start < old_end and new_start < new_end and old[old_end - 1] == new[new_end - 1]:
        old_end -= 1
        new_end -= 1
    while old_start < old_end and new_start < new_end and old[old_start] == new[new_start]:
        old_start += 1
        new_start += 1
    return old_start, old_end, new_start, new_end


def _hunks(changes: list[tuple[int, int, int, int]]) -> Iterator[list[tuple[int, int, int, int]]]:
    """Changes whose context would touch, together."""
    number = 0
    previous_end = -1
    keyed = []
    for change in changes:
        if previous_end >= 0 and change[0] - previous_end > 2 * _CONTEXT:
            number += 1
        previous_end = change[1]
        keyed.append((number, change))
    for _, group in groupby(keyed, key=lambda pair: pair[0]):
        yield [change for _, change in group]


def _range(start: int, end: int) -> str:
    count = end - start
    if count == 1:
        return str(start + 1)
    return f"{start + 1 if count else start},{count}"


def _marked(mark: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield (
            mark + line if line.endswith("\n") else f"{mark}{line}\n\\ No newline at end of file\n"
        )
