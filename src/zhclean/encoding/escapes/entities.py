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
_REFERENCE: Final = r"(?:amp;)*(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
_ENTITY: Final = re.compile(f"&{_REFERENCE}")
#: What makes an entity of an `&` that one stood for: `#20320;` in `&#38;#20320;`.
_REST: Final = re.compile(_REFERENCE)
#: A number behind the `#` of an entity without `&`. Half of a surrogate pair is no character.
_CUT_NUMBER: Final = r"(?:[xX](?![dD][89a-fA-F])[0-9a-fA-F]{4,5}|(?!5[5-7])[0-9]{5})"
#: That of a mark of punctuation may stand behind a letter or a figure.
_PUNCTUATION: Final = r"x(?:ff[01]|30[01]|201)[0-9a-fA-F];"
_HEXADECIMAL: Final = re.compile(r"(?:#x[0-9a-fA-F]{4,5};)+")
#: What pages write as entities because it cannot be seen: spaces of several widths, soft hyphen,
#: joiners and marks.
_BLANKS: Final = (
    "\u00a0\u00ad\u2002\u2003\u2004\u2005\u2009\u200b\u200c\u200d\u200e\u200f\u3000\ufeff"
)
_LONE_NUMBER: Final = re.compile("#[0-9]+;")
#: From so many entities on, by their semicolons, it pays to look around all of them at once.
_MANY: Final = 8
_AROUND: Final = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’]")


def entities(text: str) -> Iterator[tuple[int, int, str, str]]:
    """E401 (numeric), E402 (named), E403 (escaped twice)."""
    around = Surroundings(text) if text.count(";") > _MANY else None
    for entity in _ENTITY.finditer(text):
        start = entity.start()
        if around.in_url(start) if around else in_url(text, start):
            continue
        row = None
        # Once more for each `&` that itself was escaped: `&#38;#x26;#20320;`.
        level: re.Match[str] | None = entity
        while level is not None:
            end, after = level.end(), _resolved(level[1])
            if after is None or _is_beside_itself(text, start, end, after):
                break
            if around.is_shown(start, end, after) if around else is_shown(text, start, end, after):
                break
            row = start, end, after, _code(entity) if row is None else "E403"
            level = _REST.match(text, end) if after == "&" else None
        if row is not None:
            yield row


# Garbled pages repeat their characters.
@lru_cache(maxsize=1 << 13)
def _resolved(name: str) -> str | None:
    """The one character that the entity `name` stands for; None if it is none that a text holds."""
    entity = f"&{name};"
    after = unescape(entity)
    if after == entity or (after.startswith("&") and len(after) > 1):
        return None
    return after if all(char.isprintable() or char in _BLANKS for char in after) else None


def _code(entity: re.Match[str]) -> str:
    if entity.start(1) > entity.start() + 1:
        return "E403"
    return "E401" if entity[1][0] == "#" else "E402"


def _is_beside_itself(text: str, start: int, end: int, after: str) -> bool:
    """Whether the text is about the entity, going by what stands next to it."""
    # Not in a row of entities, of which garbled pages are made.
    if text.startswith("&", end) and text.startswith(";", start - 1):
        return False
    return _mentioned(text, start, end) or _explained(text, start, end, after)


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
    runs = list(_cut_run().finditer(text))
    beside = [
        _AROUND.match(text[run.start() - 1 : run.start()]) or _AROUND.match(text, run.end())
        for run in runs
    ]
    among_chinese = any(beside)
    for found, is_beside in zip(runs, beside, strict=True):
        start, end = found.span()
        # One decimal number alone, `#12345;`, is as often a number.
        if _LONE_NUMBER.fullmatch(found[0]):
            continue
        # Where one has lost its `&`, so has what follows a figure: `99%#x3002;`.
        if not is_beside and not (among_chinese and _HEXADECIMAL.fullmatch(found[0])):
            continue
        names = found[0].replace("amp;#", "#").split(";")[:-1]  # what was escaped twice
        afters = [unescape(f"&{name};") for name in names]
        numeric = [after for name, after in zip(names, afters, strict=True) if name[0] == "#"]
        after = "".join(afters)
        chinese = not numeric or is_chinese("".join(numeric))
        if chinese and not is_shown(text, start, end, after):
            yield start, end, after, "E404"


@cache
def _cut_run() -> re.Pattern[str]:
    # It begins with a character: a pattern that begins with a look-behind is tried everywhere.
    names = escape_data().entities
    firsts = sorted({name[0] for name in names})
    rests = "|".join(
        f"(?<={first})(?:{'|'.join(name[1:] for name in names if name[0] == first)})"
        for first in firsts
    )
    return re.compile(
        rf"[#{''.join(firsts)}](?<!&.)(?<!##)(?:(?<![A-Za-z0-9].)|(?={_PUNCTUATION}))"
        rf"(?:(?<=#){_CUT_NUMBER}|{rests});"
        rf"(?:(?:#{_CUT_NUMBER}|{'|'.join(names)});)*+"
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
