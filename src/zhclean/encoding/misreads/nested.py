"""Zones that were misread twice, in different ways, without a loss.

A page in GBK that was stored as Latin-1, and its UTF-8 then shown as Latin-1; UTF-8 that was stored
as Windows-1252, and then shown as GBK (`芒聙聹` for a quotation mark). Each step is undone strictly,
the first one (which left UTF-8 behind) at once, the other as `undo_whole` does.
"""

from __future__ import annotations

from typing import Final

from zhclean.encoding.misreads.table import rule_chains
from zhclean.encoding.misreads.whole import undo_whole

__all__ = ["undo_nested"]

#: How the UTF-8 of what was garbled already is read.
_OUTER: Final = ("sloppy-windows-1252", "latin-1", "cp437", "gb18030", "cp950", "cp932")


def undo_nested(zone: str) -> tuple[int, int, str] | None:
    """The replacement that undoes two misreads of `zone`: start, end, text; None if in doubt."""
    for outer in _OUTER:
        try:
            data = zone.encode(outer)
            inner = data.decode("utf-8")
        except UnicodeError:
            continue
        if inner == zone or data.decode(outer) != zone:
            continue
        for entry in rule_chains():
            row = undo_whole(inner, entry.chain, trusted=False)
            if row is not None:
                start, end, clean = row  # ASCII around it is the same in both
                return start, len(zone) - (len(inner) - end), clean
    return None
