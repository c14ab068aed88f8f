"""The title of a page, which another line in its head gives, too: with the name of the site, or at
the end of a path. It is no menu, no link and no name, whatever stands around it.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from zhclean.boilerplate.page import Page

__all__ = ["SEPARATOR", "titles_of"]

#: What stands between a title and the name of a site, or the steps of a path.
SEPARATOR: Final = re.compile(r"[ \u3000]{0,2}(?:--?|[_|｜–—>＞»›])[ \u3000]{0,2}(?=\S)")
_HEAD: Final = 24
_SHORTEST: Final = 4
_LONGEST: Final = 120


def titles_of(page: Page) -> tuple[int, ...]:
    """The lines of the head that are the same as the beginning or end of one above them.

    Only what is set off in that line counts. Where there are several titles, the last counts, as
    often as it stands there.
    """
    given: set[str] = set()
    lines: dict[str, list[int]] = {}
    title = ""
    for line in islice(page.filled(), _HEAD):
        core = line.core
        if core in given:
            title = core
            lines.setdefault(title, []).append(line.index)
        if len(core) > _LONGEST:
            continue
        marks = [match.span() for match in SEPARATOR.finditer(core)]
        if marks:
            parts = {core[:start] for start, _ in marks} | {core[marks[-1][1] :]}
            given.update(part for part in parts if len(part) >= _SHORTEST)
    return tuple(lines.get(title, ()))
