"""HTML entities that were never resolved, escaped twice, or cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from html import unescape
from typing import Final

from zhclean.encoding.escapes.shown import Surroundings, in_url, is_chinese, is_shown
from zhclean.encoding.escapes.table import escape_data

__all__ = ["abbreviations", "cut_entities", "entities"]

# An entity, `&` itself possibly escaped (`&amp;amp;nbsp;`). Only with its semicolon: without,
# `&copy=1` in a query string is one.
_ENTITY: Final = re.compile(
    r"&(?:amp;){0,8}(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
)
# Hexadecimal only, or several decimal ones: `#12345;` is as often a number. The pattern begins
# with a character: one that begins with a look-behind is tried everywhere.
_CUT_NUMERIC: Final = re.compile(
    r"#(?<![&A-Za-z0-9#]#)(?:[xX][0-9a-fA-F]{4,5};|[0-9]{5};(?:#[0-9]{5};)++)"
)
#: From so many entities on it pays to look at what is around all of them at once.
_MANY: Final = 8
_AROUND: Final = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’]")


def entities(text: str) -> Iterator[tuple[int, int, str, str]]:
    """E401 (numeric), E402 (named), E403 (escaped twice)."""
    found = list(_ENTITY.finditer(text))
    around = Surroundings(text) if len(found) > _MANY else None
    for entity in found:
        start, end = entity.span()
        after = _resolved(entity[0])
        if after is None or _mentioned(text, start, end) or _explained(text, start, end, after):
            continue
        if around is None:
            left = in_url(text, start) or is_shown(text, start, end)
        else:
            left = around.in_url(start) or around.is_shown(start, end)
        if not left:
            yield start, end, after, _code(entity[0])


# Garbled pages repeat their characters.
@lru_cache(maxsize=1 << 13)
def _resolved(entity: str) -> str | None:
    """The one character that `entity` stands for; None if it is none that a text holds."""
    after = entity
    while "&amp;" in after and len(after) > len("&amp;"):
        after = after.replace("&amp;", "&", 1)
    after = unescape(after)
    if after == entity or (after.startswith("&") and len(after) > 1):
        return None
    return (
        after if all(char.isprintable() or char in "\u00a0\u3000\u00ad" for char in after) else None
    )


def _code(entity: str) -> str:
    if entity.startswith("&amp;") and entity != "&amp;":
        return "E403"
    return "E401" if entity[1] == "#" else "E402"


def _mentioned(text: str, start: int, end: int) -> bool:
    """Whether an entity stands alone, as a word that the text is about: `用 &lt; 代替`."""
    behind = text[end : end + 1]
    if behind not in _ALONE:
        return False
    before = text[start - 1 : start]
    return before in _ALONE and (before != "" or behind != "")


#: Around a word that the text is about: nothing, blanks, borders of cells, quotes, brackets.
_ALONE: Final = frozenset(("", *" \n\t|│┃║\u3000、“”‘’（）()「」"))

#: What stands between an entity and its character where one is explained by the other.
_BETWEEN: Final = re.compile(r"[\s|│┃║:：=＝→()（）「」“”‘’、,，即为為]{1,16}")


def _explained(text: str, start: int, end: int, character: str) -> bool:
    """Whether the character that an entity stands for is shown beside it: `&lt; │ <`."""
    if character.isspace():
        return False
    behind = _BETWEEN.match(text, end)
    if behind is not None and character in text[end + 1 : behind.end() + len(character)]:
        return True
    if start < 2 or _BETWEEN.match(text, start - 1, start) is None:
        return False
    run = _BETWEEN.match(text[start - 1 : max(0, start - 17) : -1])
    longest = run.end() if run is not None else 0
    return character in text[max(0, start - longest - len(character)) : start - 1]


def cut_entities(text: str) -> Iterator[tuple[int, int, str, str]]:
    """E404: entities that lost their `&`, beside Chinese: `好#xff0c;`, `好nbsp;`."""
    for found in (*_CUT_NUMERIC.finditer(text), *_cut_names().finditer(text)):
        start, end = found.span()
        numeric = found.group().startswith("#")
        after = unescape("".join(f"&{name};" for name in found.group().split(";") if name))
        beside = _AROUND.match(text[start - 1 : start]) or _AROUND.match(text[end : end + 1])
        if beside and (not numeric or is_chinese(after)) and not is_shown(text, start, end):
            yield start, end, after, "E404"


@cache
def _cut_names() -> re.Pattern[str]:
    names = escape_data().entities
    firsts = sorted({name[0] for name in names})
    rests = "|".join(
        f"(?<={first})(?:{'|'.join(name[1:] for name in names if name[0] == first)})"
        for first in firsts
    )
    return re.compile(
        rf"[{''.join(firsts)}](?<![&A-Za-z0-9].)(?:{rests});(?:(?:{'|'.join(names)});)*+"
    )


def abbreviations(text: str) -> Iterator[tuple[int, int, str, str]]:
    """E405: an abbreviation around an `&amp;` that lost its `&`: `Ramp;D`."""
    for found in _abbreviation().finditer(text):
        if not in_url(text, found.start()):
            yield found.start(1), found.end(1), "&", "E405"


@cache
def _abbreviation() -> re.Pattern[str]:
    lower = [pair.split("&") for pair in escape_data().abbreviations]
    known = "|".join(rf"(?<={left})amp;(?={right}(?![A-Za-z]))" for left, right in lower)
    upper = r"(?<![A-Za-z&][A-Z])(?<=[A-Z])amp;(?=[A-Z](?![A-Za-z]))"
    upper_two = r"(?<![A-Za-z&][A-Z][A-Z])(?<=[A-Z][A-Z])amp;(?=[A-Z](?![A-Za-z]))"
    return re.compile(f"({upper}|{upper_two}|{known})")
