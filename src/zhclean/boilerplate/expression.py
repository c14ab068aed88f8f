"""The patterns of the stage for automata: what stands in every text that holds a notice.

An automaton (see `zhclean.prefilter`) reads a text once for all alternatives, and it costs it
next to nothing how many there are. So each template is known by a stretch of characters side by
side, as long as it takes to be rare in clean text, and by the ends of its line where it is a whole
line. Where a template has no such stretch, its words follow each other with any text between
them: those patterns have an automaton of their own, for what lies between the words of one
multiplies the states of all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import log2
from typing import Final, NamedTuple

from zhclean.boilerplate.forms import BLANK, BLANKS, forms_of
from zhclean.boilerplate.matching import MOST_REST, REST, is_calm
from zhclean.boilerplate.notices import Notice
from zhclean.boilerplate.page import ORNAMENT
from zhclean.boilerplate.rarity import rate, rate_within
from zhclean.boilerplate.templates import Group, Literal, Node, nodes_of

__all__ = ["CLOCK", "expressions_of"]

#: A stretch without gaps is rare enough if it tells so many bits, were its characters independent;
_ENOUGH: Final = 30.0
#: and to be longer than that is of use up to here, for they are not.
_AMPLE: Final = 36.0
#: Text may only follow on what is about as rare as a word of two characters.
_RARE: Final = 10.0
#: What the end of a line is worth.
_BORDER: Final = 6.0
#: A template with more choices is known by what it has beside them.
_MOST_ROWS: Final = 48

#: What every match of `page.CLOCK` holds.
CLOCK: Final = r"(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?[ T]*[0-9]{1,2}[:：][0-9]{2}"

_ORNAMENTS: Final = f"[{re.escape(ORNAMENT)}]*"
#: What stands around a stretch that begins its line or ends it (or a cell of it), or whose line
#: has no full stop.
_IN_FRONT: Final = {"": "", "line": f"^{_ORNAMENTS}", "calm": r"^[^\n。]*"}
_BEHIND: Final = {
    "": "",
    "line": f"[{re.escape(REST)}]{{0,{MOST_REST}}}{_ORNAMENTS}$",
    "cell": f"(?:{BLANK}|$)",
    "calm": r"[^\n。]*$",
}
_FIRST: Final = {"line": "line", "heading": "line", "start": "line"}
_LAST: Final = {"line": "line", "heading": "line", "end": "cell"}


class _Piece(NamedTuple):
    """A part of a stretch, and how much its presence tells, in bits."""

    pattern: str
    bits: float
    character: str = ""  # if it is one
    gap: bool = False  # whether it holds any text


class _Stretch(NamedTuple):
    """What every match of a template holds, and whether it begins or ends the line."""

    bits: float
    pattern: str
    in_front: str
    behind: str
    gap: bool


def expressions_of(notices: Iterable[Notice]) -> tuple[str, str]:
    """Two patterns of RE2; a text in which a notice is found has a match of one of them.

    The second one is for an automaton of its own.
    """
    rows: dict[bool, dict[tuple[str, str], set[str]]] = {False: {}, True: {}}
    for notice in notices:
        shape = "inline" if notice.lead else notice.rule.shape
        ends = (
            ("calm", "calm") if is_calm(notice) else (_FIRST.get(shape, ""), _LAST.get(shape, ""))
        )
        for nodes in _expanded(nodes_of(notice.template, "")):
            one = _stretch(nodes, *ends)
            rows[one.gap].setdefault((one.in_front, one.behind), set()).add(one.pattern)
    return _joined(rows[False]), _joined(rows[True])


def _joined(rows: dict[tuple[str, str], set[str]]) -> str:
    joined = "|".join(
        f"{_IN_FRONT[in_front]}(?:{'|'.join(sorted(patterns))}){_BEHIND[behind]}"
        for (in_front, behind), patterns in sorted(rows.items())
    )
    # To be stored as a line.
    for character, escape in (("\t", r"\t"), ("\r", r"\r")):
        joined = joined.replace(f"\\{character}", character).replace(character, escape)
    return joined


def _expanded(nodes: Sequence[Node]) -> list[tuple[Node, ...]]:
    """A template with each choice put in by itself where one of them holds a slot.

    So what can't be missing stands beside what it stands beside.
    """
    rows: list[tuple[Node, ...]] = [()]
    for node in nodes:
        choices: list[tuple[Node, ...]] = [(node,)]
        if isinstance(node, Group) and not node.optional and not _is_plain(node):
            choices = [row for choice in node.choices for row in _expanded(choice)]
        if len(rows) * len(choices) > _MOST_ROWS:
            choices = [(node,)]
        rows = [(*row, *choice) for row in rows for choice in choices]
    return rows


def _is_plain(node: Node) -> bool:
    """Whether a node is text and choices of texts."""
    if isinstance(node, Group):
        return all(map(_is_plain, (one for choice in node.choices for one in choice)))
    return isinstance(node, Literal)


def _stretch(nodes: Sequence[Node], in_front: str, behind: str) -> _Stretch:
    """What tells enough of a template, with as little text as may be: without gaps if it can."""
    found = list(_parts(_pieces(nodes), in_front, behind))
    best = max((one for one in found if not one.gap), key=_worth, default=None)
    return best if best is not None and best.bits >= _ENOUGH else max(found, key=_worth)


def _worth(stretch: _Stretch) -> tuple[float, int]:
    return min(stretch.bits, _AMPLE), -len(stretch.pattern)


def _parts(pieces: Sequence[_Piece], in_front: str, behind: str) -> Iterator[_Stretch]:
    for start in range(len(pieces)):
        first = "" if start else in_front
        bits = _BORDER * bool(first)
        gap = False
        for end in range(start, len(pieces)):
            piece = pieces[end]
            if piece.gap and bits < _RARE:
                break
            gap = gap or piece.gap
            bits += piece.bits if end == start else _bits_behind(pieces[end - 1], piece)
            last = behind if end == len(pieces) - 1 else ""
            pattern = "".join(one.pattern for one in pieces[start : end + 1])
            yield _Stretch(bits + _BORDER * bool(last), pattern, first, last, gap)


def _bits_behind(before: _Piece, piece: _Piece) -> float:
    """What a piece tells behind another one: in 上一篇, the 一 tells little."""
    if not before.character or not piece.character:
        return piece.bits
    pair = rate_within((before.character,), piece.character, None)
    return max(0.0, min(piece.bits, log2(rate(before.character) / pair)))


def _pieces(nodes: Sequence[Node]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for index, node in enumerate(nodes):
        if isinstance(node, Literal):
            pieces += (_BLANKS if one == " " else _character(one) for one in node.text)
        elif isinstance(node, Group):
            pieces.append(_group(node))
        elif node.name == "list" and not _may_end_with_mark(nodes[:index]):
            pieces.append(_LIST)
        else:
            pieces.append(_SLOTS.get(node.name, _ANYTHING))
    return pieces


def _may_end_with_mark(nodes: Sequence[Node]) -> bool:
    """Whether nodes may end with what the slot `list` stands behind, which is then taken."""
    for node in reversed(nodes):
        if isinstance(node, Literal):
            if text := node.text.rstrip(" "):
                return not _MARKS.isdisjoint(forms_of(text[-1]))
        elif isinstance(node, Group):
            # Marks that may be missing need not be taken.
            if any(map(_may_end_with_mark, node.choices)) and not (
                node.optional and all(map(_is_mark, node.choices))
            ):
                return True
            if not node.optional:
                return False
        else:
            return node.name not in _SLOTS or _SLOTS[node.name].gap
    return False


def _is_mark(nodes: Sequence[Node]) -> bool:
    return all(isinstance(one, Literal) and _MARKS.issuperset(one.text) for one in nodes)


def _group(group: Group) -> _Piece:
    rows = [_pieces(choice) for choice in group.choices]
    pattern = "|".join("".join(one.pattern for one in row) for row in rows)
    gap = any(one.gap for row in rows for one in row)
    if group.optional:
        return _Piece(f"(?:{pattern})?", 0.0, gap=gap)
    seen = sum(2 ** -_told(row) for row in rows)
    return _Piece(f"(?:{pattern})", max(0.0, -log2(seen)), gap=gap)


def _told(row: Sequence[_Piece]) -> float:
    """What pieces tell together."""
    if not row:
        return 0.0
    return row[0].bits + sum(map(_bits_behind, row, row[1:]))


@cache
def _character(character: str) -> _Piece:
    forms = list(map(re.escape, forms_of(character)))
    pattern = forms[0] if len(forms) == 1 else f"[{''.join(forms)}]"
    return _Piece(pattern, log2(1e6 / rate(character)), character)


_BLANKS: Final = _Piece(f"{BLANK}*", 0.0)
_DIGIT: Final = "[0-9０-９]"
#: The slots; those that are not listed hold anything. A pattern may hold more than the slot.
_SLOTS: Final = {
    "n": _Piece(f"{_DIGIT}[0-9０-９,，.wWkK万萬+＋]*", 6.0),
    "date": _Piece(
        rf"(?:{_DIGIT}{{1,4}}(?:[-/.年月－]{_DIGIT}{{1,2}}|{BLANK}?(?:秒|分|小|天|个|個|年))"
        r"|刚刚|剛剛|昨天|前天)[-/.年月日－秒分钟鐘小时時天个個前 T　0-9０-９:：]*",
        9.0,
    ),
    "time": _Piece(f"{_DIGIT}{{1,2}}[:：]{_DIGIT}[0-9０-９:：]*", 10.0),
    "size": _Piece(rf"{_DIGIT}[0-9０-９.]*{BLANK}?[kKmMgG]?[bB]?", 6.0),
    "url": _Piece(r"(?:https?[:：]//|[A-Za-z0-9-]+\.)[!-~]*", 8.0),
    "email": _Piece(r"[A-Za-z0-9._%+-]+[@#＠][A-Za-z0-9.-]+", 16.0),
    **dict.fromkeys(("any", "word", "site", "user"), _Piece(r"[^\n。！？!?]*", 0.0, gap=True)),
    **dict.fromkeys(("title", "rest"), _Piece(r"[^\n。]*", 0.0, gap=True)),
}
#: What the slot `list` stands behind.
_MARKS: Final = frozenset(f"{BLANKS}:：>")
_LIST: Final = _Piece(rf"[{re.escape(''.join(sorted(_MARKS)))}][^\n]*", 0.0, gap=True)
_ANYTHING: Final = _Piece(r"[^\n]*", 0.0, gap=True)
