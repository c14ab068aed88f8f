"""The title of a page, which another line in its head gives, too: with the name of the site, or at
the end of a path. It is no menu, no link and no name, whatever stands around it.
"""

from __future__ import annotations

import re
from typing import Final

from zhclean.boilerplate.page import ORNAMENT, Page

__all__ = ["SEPARATOR", "titles_of"]

#: What stands between a title and the name of a site, or the steps of a path.
SEPARATOR: Final = re.compile(r"[ \u3000]{0,2}[-_|｜–—>＞»›]{1,2}[ \u3000]{0,2}(?=\S)")
_MARK: Final = re.compile("[-_|｜–—>＞»›]+")
#: Titles are looked for in so many lines, blank ones included, and so many characters.
_HEAD: Final = 40
_REACH: Final = 4000
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
    for index, line in enumerate(page.text[:_REACH].split("\n", _HEAD)[:_HEAD]):
        core = line.strip(ORNAMENT)
        if core in given:
            title = core
            lines.setdefault(title, []).append(index)
        if len(core) <= _LONGEST and _MARK.search(core) is not None:
            marks = [match.span() for match in _MARK.finditer(core)]
            parts = [core[:start] for start, _ in marks] + [core[marks[-1][1] :]]
            given.update(part for one in parts if len(part := one.strip(ORNAMENT)) >= _SHORTEST)
    return tuple(lines.get(title, ()))
