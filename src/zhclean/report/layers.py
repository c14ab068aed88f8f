"""A text under several layers of marks (edits, flags, quantities), as HTML.

The text of the elements is the text itself, whatever it holds: a browser shows it, and
never obeys it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

__all__ = ["Mark", "render", "sorted_marks"]

#: Kinds of marks that have an element of their own, which a screen reader announces.
_ELEMENTS: Final = (("del", "del"), ("ins", "ins"), ("flag", "mark"))


@dataclass(frozen=True, slots=True)
class Mark:
    """`text[start:end]` is a `kind` (a CSS class), explained by `title`; `codes` are its rules."""

    start: int
    end: int
    kind: str
    title: str
    codes: tuple[str, ...] = ()


def render(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """HTML of `text[start:end]` with those of `marks` (sorted by start) that reach into it."""
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = {start, end}
    for mark in inside:
        cuts.update((max(mark.start, start), min(mark.end, end)))
    pieces = []
    waiting = iter(inside)
    upcoming = next(waiting, None)
    here: list[Mark] = []
    for low, high in pairwise(sorted(cuts)):
        here = [mark for mark in here if mark.end > low]
        while upcoming is not None and upcoming.start <= low:
            here.append(upcoming)
            upcoming = next(waiting, None)
        body = _escaped(text[low:high])
        if here:
            kinds = " ".join(dict.fromkeys(mark.kind for mark in here))
            titles = "; ".join(dict.fromkeys(mark.title for mark in here))
            tag = next(
                (tag for kind, tag in _ELEMENTS if any(m.kind == kind for m in here)), "span"
            )
            body = f'<{tag} class="{kinds}" title="{_attribute(titles)}">{body}</{tag}>'
        pieces.append(body)
    return "".join(pieces)


def _escaped(text: str) -> str:
    if text.isprintable():  # no controls, no format characters, no odd spaces
        return escape(text, quote=False)
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char in "\n\t " or char.isprintable():
        return escape(char, quote=False)
    if char == "　":
        return char
    if char == "\x00" or "\ud800" <= char <= "\udfff":
        content = "\ufffd"  # HTML can hold neither
    elif char == "\r":
        content = "&#13;"  # bare, a parser would make it a line feed
    else:
        content = char
    name = unicodedata.name(char, "")
    label = f"U+{ord(char):04X}"
    # Alone in an element that isolates its direction, a bidi control can't reorder the rest.
    return f'<span class="c" data-u="{label}" title="{label} {name}">{content}</span>'


def _attribute(text: str) -> str:
    return escape("".join(char if char.isprintable() else "\ufffd" for char in text))


def sorted_marks(marks: Iterable[Mark]) -> list[Mark]:
    """Marks by position, without those that cover nothing."""
    return sorted(
        (mark for mark in marks if mark.start < mark.end), key=lambda mark: (mark.start, mark.end)
    )
