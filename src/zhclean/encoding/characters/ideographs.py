"""Look-alikes of ideographs, and private-use characters.

The text layer of a PDF has radicals where its font drew both with one glyph. A radical that
stands for itself does so alone: in a list, in quotes, or before 部 and 旁.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from zhclean.edits import Flag, KnownPatch, Patch
from zhclean.encoding.characters.pack import characters_of, pairs_of
from zhclean.encoding.characters.scripts import CHINESE

__all__ = ["flags", "patch"]

Row = tuple[int, int, str, str]

_RADICAL: Final = re.compile("[\u2e80-\u2fd5]")
_RADICALS: Final = re.compile("[\u2e80-\u2fd5]+")
_COMPATIBILITY: Final = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")
_PRIVATE: Final = re.compile("[\ue000-\uf8ff]+")
_KANA: Final = re.compile("[\u3040-\u30ff]")
_HANGUL: Final = re.compile("[\uac00-\ud7a3]")

#: The compatibility ideographs up to here are doublets of one shape that a Korean standard
#: had; those behind are shapes of their own, which Japanese names use.
_LAST_DOUBLET: Final = "\ufa0b"

#: What follows a radical that is meant as one.
_AS_RADICAL: Final = re.compile("[部旁]|字[旁头頭底]|偏旁|部首")
_OPENING: Final = frozenset("“‘「『《〈（【(")
_CLOSING: Final = frozenset("”’」』》〉）】)")
_LONGEST_WORD: Final = 5
#: Radicals that are shown as such.
_SHOWN: Final = re.compile(
    f"[{''.join(sorted(_OPENING))}](?=[\u2e80-\u2fd5])"
    f"(?=[\u2e80-\u2fd5]+[{''.join(sorted(_CLOSING))}])"
)
_LONG: Final = re.compile(f"[\u2e80-\u2fd5]{{{_LONGEST_WORD + 1}}}")


def patch(text: str, rare: str) -> Patch:
    """The ideograph in the place of its look-alike. `rare`: all rare characters of `text`."""
    found: list[Row] = []
    if _COMPATIBILITY.search(rare):
        found += _compatibility_rows(text)
    if _PRIVATE.search(rare):
        found += _private_rows(text)
    if not _RADICALS.search(rare):
        return Patch.of(sorted(found))
    radicals = _radical_patch(text, rare)
    if not found:
        return radicals
    found += (
        (start, end, after, code)
        for start, end, after, (code,) in zip(
            radicals.starts, radicals.ends, radicals.afters, radicals.rules, strict=True
        )
    )
    return Patch.of(sorted(found))


def flags(text: str, rare: str) -> Iterator[Flag]:
    """Private-use characters of unknown meaning."""
    if _PRIVATE.search(rare):
        for run in _PRIVATE.finditer(text):
            yield Flag(run.start(), run.end(), "private-use", "E306")


@cache
def _table(code: str) -> dict[str, str]:
    return pairs_of(code, "pairs")


@cache
def _radicals(*, simplified: bool) -> tuple[dict[str, str], dict[str, tuple[str]]]:
    """What stands for each radical in a script, and under which rule."""
    modern = pairs_of("E301", "modern") if simplified else {}
    tables = [("E301", "\u2f00", "\u2fff"), ("E302", "\u2e80", "\u2eff")]
    pairs = {
        char: (modern.get(after, after), (code,))
        for code, first, last in tables
        for char, after in _table(code).items()
        if first <= char <= last
    }
    return (
        {char: after for char, (after, _) in pairs.items()},
        {char: rules for char, (_, rules) in pairs.items()},
    )


def _radical_patch(text: str, rare: str) -> Patch:
    if not any(_is_in_word(text, *run.span()) for run in _RADICALS.finditer(text)):
        return Patch()
    afters, rules = _radicals(simplified=_is_simplified(text))
    if _SHOWN.search(text) or _LONG.search(text):
        return _radical_columns(text, afters, rules)

    # A fifth of a page may be radicals, but of few kinds.
    outcome = text
    for radical in _RADICAL.findall(rare):
        outcome = outcome.replace(radical, afters.get(radical, radical))
    return KnownPatch(text, outcome, lambda: _radical_columns(text, afters, rules))


def _radical_columns(text: str, afters: dict[str, str], rules: dict[str, tuple[str]]) -> Patch:
    places = [
        place
        for start, end in (run.span() for run in _RADICALS.finditer(text))
        if not _is_shown(text, start, end)
        for place in range(start, end)
        if text[place] in afters
    ]
    radicals = [text[place] for place in places]
    return Patch(
        places,
        [place + 1 for place in places],
        [afters[radical] for radical in radicals],
        [rules[radical] for radical in radicals],
    )


def _is_in_word(text: str, start: int, end: int) -> bool:
    """Whether radicals stand as characters in running text, where none belongs."""
    if _is_shown(text, start, end) or _AS_RADICAL.match(text, end):
        return False
    return _is_ideograph(text[start - 1 : start]) or _is_ideograph(text[end : end + 1])


def _is_shown(text: str, start: int, end: int) -> bool:
    """Whether radicals are shown as such: in quotes, or more than any word has."""
    if end - start > _LONGEST_WORD:
        return True
    return text[start - 1 : start] in _OPENING and text[end : end + 1] in _CLOSING


def _is_ideograph(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _is_simplified(text: str) -> bool:
    """Whether no more characters are only traditional than are only simplified."""
    from zhclean.encoding.misreads.zones import is_traditional

    return not is_traditional(text)


def _compatibility_rows(text: str) -> Iterator[Row]:
    if _HANGUL.search(text):  # Korean text has the doublets by right
        return
    japanese = _KANA.search(text) is not None
    for found in _COMPATIBILITY.finditer(text):
        char = found.group()
        after = unicodedata.normalize("NFC", char)  # canonical: one and the same by definition
        if after != char and not (japanese and char > _LAST_DOUBLET):
            yield found.start(), found.end(), after, "E303"


_CHINESE: Final = re.compile(f"[{CHINESE}]")


def _private_rows(text: str) -> Iterator[Row]:
    bullets = characters_of("E304", "bullets")
    ideographs = _table("E305")
    blanks = characters_of("E305", "blanks")
    for run in _PRIVATE.finditer(text):
        before = text[run.start() - 1 : run.start()]
        after = text[run.end() : run.end() + 1]
        chinese = bool(_CHINESE.match(before) or _CHINESE.match(after))
        for place in range(run.start(), run.end()):
            char = text[place]
            if char in bullets:
                line_start = before in ("", "\n", "\r", " ", "\t", "\u3000")
                lone = after in ("", "\n", "\r")
                bullet = line_start and not lone and place == run.start()
                yield place, place + 1, "•" if bullet else "", "E304"
            elif chinese and char in blanks:
                line_start = before in ("", "\n", "\r")
                yield place, place + 1, "\u3000" if line_start else "", "E305"
            elif chinese and (ideograph := ideographs.get(char)) is not None:
                yield place, place + 1, ideograph, "E305"
