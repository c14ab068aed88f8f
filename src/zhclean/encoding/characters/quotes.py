"""Quotation marks that do not pair.

Quotes nest, run over paragraphs (each begins with “, the last one ends with ”), are left
open by careless writers, and stand for inches. So a paragraph is only touched when one
consistent slip explains all of its marks and makes it balanced, and when most of the text
has that damage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from zhclean.edits import Patch

__all__ = ["may_be_doubled", "may_be_turned", "patch"]

Row = tuple[int, int, str, str]

_OTHERS: Final = '"\u301d\u301e\u301f'
_TOKENS: Final = re.compile('[“”\u301d-\u301f"\n]')
_INCH: Final = re.compile("[0-9０-９]\\s?$")

#: The end of a phrase that a quotation follows.
_SPEAKS: Final = re.compile("[：:（(]$|[说說道问問答喊叫想称稱曰云示出写寫]，$")

_CURLY: Final = str.maketrans("\u301d\u301e\u301f", "“””")

#: The longest phrase that is taken for a quoted term.
_PHRASE: Final = 20

#: What stands before a closing mark that closes a sentence, and before an opening one.
_SENTENCE_END: Final = frozenset("。！？…—～!?.，,；;")
_LEADS_IN: Final = frozenset("：:，,（([【")


#: How far the checks below see: as far as those of triggers may.
_REACH: Final = 16


def may_be_turned(text: str, place: int) -> bool:
    """Whether the ” at `place` may be the first mark of a paragraph that E322 repairs."""
    start = max(0, place - _REACH)
    if text.rfind("“", start, place) > text.rfind("\n", start, place):
        return False  # nearly always
    before = _TOKENS.findall(text, start, place)
    if before and before[-1] != "\n":
        return False
    following = _TOKENS.search(text, place + 1, place + 1 + _REACH)
    if following is None:
        return place + 1 + _REACH < len(text)
    return following.group() == "“" and text[following.start() - 1] not in _LEADS_IN


#: What stands behind the first of a pair that E323 repairs, as far as a check sees: a phrase and
#: a mark, maybe behind the end of a sentence.
_DOUBLED: Final = re.compile(
    "“(?:{phrase}{{{reach}}}.|{phrase}{{0,{less}}}[{ends}]“|{phrase}{{1,{less}}}“)".format(
        phrase='[^“”\u301d-\u301f"\n。！？…—～!?.，,；;]',
        ends="".join(sorted(_SENTENCE_END)),
        reach=_REACH - 1,
        less=_REACH - 2,
    ),
    re.DOTALL,
)


def may_be_doubled(text: str, place: int) -> bool:
    """Whether the “ at `place` may be the first of a pair that E323 repairs."""
    return _DOUBLED.match(text, place) is not None


def patch(text: str) -> Patch:
    """What makes the quotation marks of a paragraph pair."""
    return Patch() if _is_regular(text) else Patch.of(_rows(text))


def _rows(text: str) -> list[Row]:
    if not ("“" in text or "”" in text):
        return []
    paragraphs = list(_paragraphs(text))
    signs = ["".join([text[place] for place in marks]) for marks in paragraphs]
    balanced = [_is_balanced(paragraph) for paragraph in signs]
    if all(balanced):
        return []
    vertical = _vertical_rows(text, paragraphs, signs)
    if vertical:
        return vertical
    # What damages quotation marks does so throughout; a slip among many pairs is the
    # author's, and in wrapped lines a quotation may open on one and close on the next.
    repairs = [
        [] if fine else list(_repair(text, marks, paragraph))
        for marks, paragraph, fine in zip(paragraphs, signs, balanced, strict=True)
    ]
    if 2 * sum(map(bool, repairs)) < len(paragraphs):
        return []
    return [
        row
        for place, repair in enumerate(repairs)
        if all(
            balanced[near] or repairs[near]
            for near in (place - 1, place + 1)
            if 0 <= near < len(paragraphs)
        )
        for row in repair
    ]


def _is_regular(text: str) -> bool:
    """Whether curly marks alternate and there are no others: a quick look at most texts."""
    if any(map(text.__contains__, _OTHERS)):
        return False
    before, *quotations = text.split("“")
    return "”" not in before and {part.count("”") for part in quotations} <= {1}


def _paragraphs(text: str) -> Iterator[list[int]]:
    """The places of the marks of each paragraph that has any."""
    marks: list[int] = []
    for token in _TOKENS.finditer(text):
        if token.group() != "\n":
            marks.append(token.start())
        elif marks:
            yield marks
            marks = []
    if marks:
        yield marks


def _is_balanced(signs: str) -> bool:
    """Whether curly marks pair, straight ones are even in number, and so are vertical ones."""
    return (
        _pairs(signs, "“", "”")
        and signs.count('"') % 2 == 0
        and _pairs(signs.replace("\u301f", "\u301e"), "\u301d", "\u301e")
    )


def _pairs(signs: str, opening: str, closing: str) -> bool:
    depth = 0
    for sign in signs:
        if sign == opening:
            depth += 1
        elif sign == closing:
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


def _vertical_rows(text: str, paragraphs: list[list[int]], signs: list[str]) -> list[Row]:
    """Vertical marks as the curly ones that they stand beside."""
    found: list[Row] = []
    one_sided = "\u301d" not in text and "“" in text  # 〞 closes what “ opened
    for marks, paragraph in zip(paragraphs, signs, strict=True):
        if not re.search("[\u301d-\u301f]", paragraph) or _is_balanced(paragraph):
            continue
        repaired = paragraph.translate(_CURLY)
        if one_sided or (re.search("[“”]", paragraph) and _pairs(repaired, "“", "”")):
            found += _changes(marks, paragraph, repaired, "E320")
    return found


def _repair(text: str, marks: list[int], signs: str) -> Iterator[Row]:
    """The one slip that explains all marks of a paragraph, undone; nothing if there is none."""
    for code, repaired in (
        ("E321", _straight_to_curly(text, marks, signs)),
        ("E322", _turned(text, marks, signs)),
        ("E323", _alternating(text, marks, signs)),
    ):
        if repaired is not None and _pairs(repaired, "“", "”"):
            yield from _changes(marks, signs, repaired, code)
            return


def _changes(marks: list[int], signs: str, repaired: str, code: str) -> Iterator[Row]:
    for place, sign, after in zip(marks, signs, repaired, strict=True):
        if sign != after:
            yield place, place + 1, after, code


def _straight_to_curly(text: str, marks: list[int], signs: str) -> str | None:
    """A straight mark as the partner that a curly one lacks."""
    if '"' not in signs or not re.search("[“”]", signs):
        return None
    repaired = ""
    depth = 0
    for place, sign in zip(marks, signs, strict=True):
        after = sign
        if sign == '"':
            if _INCH.search(text, max(0, place - 2), place):
                return None
            after = "”" if depth else "“"
        depth += {"“": 1, "”": -1}.get(after, 0)
        repaired += after
    return repaired


def _turned(text: str, marks: list[int], signs: str) -> str | None:
    """”…“ as “…”, where the marks stand the wrong way round throughout."""
    if not re.fullmatch("(?:”“)+", signs):
        return None
    for place, sign in zip(marks, signs, strict=True):
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if sign == "”" and (before in _SENTENCE_END - {"，", ","} or after in _SENTENCE_END):
            return None  # it closes what an earlier page opened
        if sign == "“" and (before in _LEADS_IN or not before):
            return None
    return signs.translate({ord("“"): "”", ord("”"): "“"})


def _alternating(text: str, marks: list[int], signs: str) -> str | None:
    """“…“ around a short phrase as “…”. ”…” is left: a house style in places."""
    if not re.fullmatch("(?:““)+", signs):
        return None
    for opening, closing in zip(marks[::2], marks[1::2], strict=True):
        phrase = text[opening + 1 : closing]
        if not 0 < len(phrase) <= _PHRASE or not _SENTENCE_END.isdisjoint(phrase[:-1]):
            return None
        # Speech that runs on to the next paragraph, with a quotation in it.
        if text[opening - 1 : opening] in ("：", ":", "", "\n") or _SPEAKS.search(phrase):
            return None
    return "“”" * (len(signs) // 2)
