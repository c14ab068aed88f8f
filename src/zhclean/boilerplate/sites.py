"""What a site says of itself around a body: its name, its menus, its paths and its own voice.

None of these reads like furniture by itself. All want furniture beside them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import Final

from zhclean.boilerplate.judging import Judgement
from zhclean.boilerplate.notices import NoticeRule, Words
from zhclean.boilerplate.page import Claim, Line
from zhclean.boilerplate.titles import SEPARATOR
from zhclean.boilerplate.vocabulary import MOST_KNOWN, either, words_pattern

__all__ = [
    "ARROW",
    "CELL_BREAK",
    "menu_reader",
    "menu_row",
    "path_beside",
    "site_name",
    "site_voice",
    "title_tail",
]

#: Between the cells of a row: blanks, or the bars and dots of a bar of links.
CELL_BREAK: Final = re.compile(
    r"[ \t\u00a0\u3000]*[|｜│┊┆丨·•][ \t\u00a0\u3000|｜]*|[ \t\u00a0\u3000]+"
)
#: Between the steps of a path.
ARROW: Final = re.compile(r"[ \u3000]*(?:-{1,2}>|[>＞»›→]{1,2})[ \u3000]*")
#: Between the cells of paths that have no arrows.
_DASH: Final = re.compile(r"[ \u3000]+[-–—_/][ \u3000]+|[ \u3000]*/[ \u3000]*")
_STOP: Final = re.compile(r"[。，；：,;=+]|: ")
#: No path is without one.
_STEP: Final = re.compile("[-–—_/>＞»›→]")
_COLON: Final = re.compile("[。，；：:,;=+]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
#: The end of a name at the beginning of a line.
_NAME_END: Final = re.compile(r"[ \u3000，,：:！!|｜—_-]|是一")
_SENTENCE: Final = re.compile("[^。！？!?；;]+")

#: With so many lines of furniture, what stands in so many lines at the top needs none beside it.
_FURNISHED: Final = 3
_TOP: Final = 4

_CELLS: Final = 3
_LONGEST_CELL: Final = 8
#: Words of menus in a row: so many, and one cell in so many.
_MENU_WORDS: Final = 2
_ONE_IN: Final = 4

_SHORTEST_PATH: Final = 6
_LONGEST_PATH: Final = 120
_LONGEST_STEP: Final = 30

_LONGEST_NAME: Final = 16
_SHORTEST_OWN_NAME: Final = 3
_SHORTEST_TITLE: Final = 4
#: The head of a site has so many lines at most.
_HEAD: Final = 6

#: What a site writes behind the title of a page: its sections and its name.
_TITLE_TAIL: Final = re.compile(
    r"[ \u3000]*(?:[_|｜]|--|[-–—](?![0-9])) ?(?P<name>[^-–—_|｜\s]{2,24})$"
)

#: Names are looked for in so much of so many lines.
_LONGEST_OWNER: Final = 400
_MOST_OWNERS: Final = 60

_SHORTEST_VOICE: Final = 8
_LONGEST_VOICE: Final = 120
_MOST_VOICES: Final = 8
_MOST_SENTENCES: Final = 3
#: So many words of a site that speaks to its readers.
_VOICE_WORDS: Final = 2


def menu_row(judgement: Judgement, rule: NoticeRule) -> None:
    """A row of short cells, some of them names of sections that any site may have."""
    is_menu = menu_reader(rule.words)
    lines = (line for line in judgement.edges() if line.index not in judgement.taken)
    _take_beside(judgement, rule, [one for one in lines if not one.prose and is_menu(one.core)])


@cache
def menu_reader(words: Words) -> Callable[[str], bool]:
    """Tells whether a line is a row of short cells, some of them names of sections."""
    menu = words_pattern(words, "menu")

    @lru_cache(MOST_KNOWN)
    def read(core: str) -> bool:
        if len(core) > _LONGEST_PATH or _STOP.search(core):
            return False
        cells = CELL_BREAK.split(core)
        if len(cells) < _CELLS or max(map(len, cells)) > _LONGEST_CELL:
            return False
        known = sum(menu.fullmatch(cell) is not None for cell in cells)
        return known >= _MENU_WORDS and known * _ONE_IN >= len(cells)

    return read


def path_beside(judgement: Judgement, rule: NoticeRule) -> None:
    """Section > section > article, whatever the site and its sections are called."""
    is_path = _path_reader(rule.words)
    found = []
    for line in judgement.edges():
        if line.index in judgement.taken or line.prose or not is_path(line.core):
            continue
        title = judgement.page.filled_behind(line.index)
        if not judgement.fits(line, "head") or (title is not None and not title.prose):
            found.append(line)
    _take_beside(judgement, rule, found)


@cache
def _path_reader(words: Words) -> Callable[[str], bool]:
    first = re.compile(f"(?:{either(words['ends'])})$")

    @lru_cache(MOST_KNOWN)
    def read(core: str) -> bool:
        if not _SHORTEST_PATH <= len(core) <= _LONGEST_PATH or not _STEP.search(core):
            return False
        cells = ARROW.split(core)
        dashed = len(cells) == 1
        if dashed:
            cells = _DASH.split(core)
        if len(cells) < 3 or not all(map(_is_step, cells[1:])):
            return False
        if _COLON.search("".join(cells[:-1])):
            return False
        return not dashed or first.search(cells[0]) is not None

    return read


def _is_step(cell: str) -> bool:
    han = len(_HAN.findall(cell))
    return len(cell) <= _LONGEST_STEP and han >= 2 and han * 2 >= len(cell)


def _take_beside(judgement: Judgement, rule: NoticeRule, lines: list[Line]) -> None:
    """Take those lines that stand beside furniture, or near the top of a page with much of it."""
    if not lines or not judgement.taken:
        return
    top: set[int] = set()
    if len(judgement.taken) >= _FURNISHED:
        top.update(line.index for line in islice(_head(judgement), _TOP))
    for line in (*lines, *reversed(lines)):
        beside = _beside(judgement, line)
        if line.index in top or any(one is None or one.index in judgement.taken for one in beside):
            judgement.take(line, rule)


def _beside(judgement: Judgement, line: Line) -> tuple[Line | None, Line | None]:
    page = judgement.page
    return page.filled_before(line.index), page.filled_behind(line.index)


def site_name(judgement: Judgement, rule: NoticeRule) -> None:
    """The name of the site above the title, which furniture of the page gives, too."""
    page = judgement.page
    head = list(_head(judgement))
    given: str | None = None
    suffix = _suffix(rule.words)
    furnished = len(judgement.taken) >= _FURNISHED
    for place, line in enumerate(head):
        if line.index in judgement.taken or len(line.core) > 2 * _LONGEST_NAME:
            continue
        title_below = any(
            len(other.core) >= _SHORTEST_TITLE and other.index not in judgement.taken
            for other in head[place + 1 :]
        )
        name = _name_of(line)
        behind = page.filled_behind(line.index)
        if not (
            title_below and name and behind and (place == 0 or behind.index in judgement.taken)
        ):
            continue
        if given is None:
            given = _names_given(judgement, rule)
        if name in given or (furnished and suffix.search(name)):
            judgement.take(line, rule)


@cache
def _suffix(words: Words) -> re.Pattern[str]:
    return re.compile(f"(?:{either(words['suffix'])})$")


def _head(judgement: Judgement) -> Iterator[Line]:
    lines = judgement.page.filled(range(judgement.first_prose))
    for count, line in enumerate(lines):
        if count == 2 * _HEAD:
            break
        if not line.prose:
            yield line


def _name_of(line: Line) -> str:
    """What may be the name of a site at the beginning of a line, or nothing."""
    end = _NAME_END.search(line.core)
    name = line.core[: end.start()] if end else line.core
    name = name.removeprefix("中国·")
    return name if len(_HAN.findall(name)) >= 2 and len(name) <= _LONGEST_NAME else ""


def _names_given(judgement: Judgement, rule: NoticeRule) -> str:
    """Those lines of furniture that name their site, and the first steps of paths."""
    owner = words_pattern(rule.words, "owner")
    given: list[str] = []
    for index in judgement.taken:
        core = judgement.page.lines[index].core[:_LONGEST_OWNER]
        cells = ARROW.split(core)
        if len(cells) > 1:
            given.append(cells[0])
        elif owner.search(core):
            given.append(core)
        if len(given) == _MOST_OWNERS:
            break
    return "\n".join(given)


def title_tail(judgement: Judgement, rule: NoticeRule) -> None:
    """The name of the site behind the title in the first line of a page.

    Either the title stands by itself below, or the foot or the path of the page gives the name.
    """
    page = judgement.page
    line = next(page.filled(), None)
    if line is None or not judgement.taken or line.index in judgement.taken or line.section:
        return
    core = line.core
    if len(core) > _LONGEST_PATH:
        return
    start = -1
    title = page.lines[judgement.titles[-1]] if judgement.titles else None
    if title is not None and core.startswith(title.core):
        if SEPARATOR.match(core, len(title.core)):
            start = len(title.core)
            between = page.filled(range(line.index + 1, title.index))
            _take_between(judgement, rule, list(between))
    else:
        tail = _TITLE_TAIL.search(core)
        if tail is not None and tail["name"] in _names_given(judgement, rule):
            start = tail.start()
    if start > 0:
        begin = line.start + start
        if not any(claim.start < line.end and claim.end > begin for claim in judgement.claims):
            judgement.add(Claim(begin, line.end, rule.code, rule.kind))


def _take_between(judgement: Judgement, rule: NoticeRule, lines: list[Line]) -> None:
    """Take what stands between a title with its site and the title: menus, if any of it is."""
    if any(line.prose for line in lines):
        return
    if any(line.index in judgement.taken for line in lines):
        for line in lines:
            judgement.take(line, rule, "navigation")


def site_voice(judgement: Judgement, rule: NoticeRule) -> None:
    """A sentence below a body, behind furniture, in which the site speaks to its readers.

    Nothing but furniture follows. Behind the buttons of a post it may be the next post.
    """
    page = judgement.page
    if judgement.last_prose < 0 or not judgement.taken:
        return
    post = words_pattern(rule.words, "post")
    found: list[Line] = []
    for line in page.filled(range(page.count - 1, judgement.last_prose, -1)):
        if line.index in judgement.taken:
            continue
        if len(found) == _MOST_VOICES or not _is_voice(judgement, line, rule):
            break
        found.append(line)
    for line in reversed(found):
        above = page.filled_before(line.index)
        if above is None or post.search(above.core):
            continue
        claim = judgement.taken.get(above.index)
        if claim is not None and claim.kind not in ("upload_metadata", "residue"):
            judgement.take(line, rule)


def _is_voice(judgement: Judgement, line: Line, rule: NoticeRule) -> bool:
    core = line.core
    if not _SHORTEST_VOICE <= len(core) <= _LONGEST_VOICE:
        return False
    if len(_SENTENCE.findall(core)) > _MOST_SENTENCES:
        return False
    if len(set(words_pattern(rule.words, "voice").findall(core))) >= _VOICE_WORDS:
        return True
    name = _name_of(line)
    return len(name) >= _SHORTEST_OWN_NAME and name in _names_given(judgement, rule)
