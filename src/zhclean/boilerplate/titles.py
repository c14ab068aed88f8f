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
_MARKS: Final = "-_|｜–—>＞»›"
_MARK: Final = re.compile(f"[{_MARKS}]+")
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
    head = page.text[:_REACH]
    if not _come_again(head):
        return ()
    given: set[str] = set()
    lines: dict[str, list[int]] = {}
    title = ""
    for index, row in enumerate(head.split("\n", _HEAD)[:_HEAD]):
        core = row.strip(ORNAMENT)
        if core in given:
            title = core
            lines.setdefault(title, []).append(index)
        given.update(_set_off(core))
    return tuple(lines.get(title, ()))


def _come_again(head: str) -> bool:
    """Whether anything that is set off in a line stands below it: on most pages nothing does."""
    seen: set[int] = set()
    for mark in _MARKS:  # to look for one at a time is ten times as fast as for a class
        at = head.find(mark)
        while at >= 0:
            begin = head.rfind("\n", 0, at) + 1
            end = head.find("\n", at)
            if end < 0:
                break
            if begin not in seen:
                seen.add(begin)
                for part in _set_off(head[begin:end].strip(ORNAMENT)):
                    if head.find(part, end) >= 0:
                        return True
            at = head.find(mark, end)
    return False


def _set_off(core: str) -> list[str]:
    """What stands in front of the marks of a line, and behind the last one."""
    marks = [match.span() for match in _MARK.finditer(core)] if len(core) <= _LONGEST else []
    if not marks:
        return []
    parts = [core[:start] for start, _ in marks] + [core[marks[-1][1] :]]
    return [part for one in parts if len(part := one.strip(ORNAMENT)) >= _SHORTEST]
