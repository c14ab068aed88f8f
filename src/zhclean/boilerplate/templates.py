"""Templates of notices: literal text with typed slots, compiled without any backtracking.

A template is written in simplified characters and half-width punctuation:

    上一(篇|页)[文章]:{title}        浏览次数:{n}        \\[{n}\\] 下一页

    {slot}      one of `SLOTS`: a number, a date, a title, a name of a user ...
    (甲|乙)     one of several, which may hold slots and groups again; elsewhere | is itself
    [可选]      may be missing
    a blank     any blanks, none included
    \\x          the character x itself

Literal text also matches its traditional forms, its full-width forms and either case. Every
group and slot is atomic: where a slot can hold many things, it ends at the first place where
what follows it in the template can begin. So a match takes one pass over the line, however
hostile the template, which is why user packs hold templates and no regular expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Final

from zhclean.errors import RuleError

__all__ = [
    "BLANK",
    "MOST_CHARACTERS",
    "SLOTS",
    "Template",
    "forms_of",
    "literal_pattern",
    "parse",
    "pattern_of",
    "rank",
    "weight",
]

#: A longer template is a text, not a template.
MOST_CHARACTERS: Final = 1000
#: Slots and groups in one template, each of which costs one scan of the line.
MOST_NODES: Final = 500

#: Characters rare enough to be looked for by themselves.
_RARE: Final = frozenset("¥￥©®※▍")

#: Literals that one template adds to the search for all of them.
_MOST_TRIGGERS: Final = 256

#: What may stand between two words of a notice.
BLANK: Final = "[ \t\r\u00a0\u3000]"

_DIGIT: Final = "[0-9０-９]"
_DATE: Final = (
    rf"(?:(?:{_DIGIT}{{4}}|{_DIGIT}{{2}})[-/.年－]{_DIGIT}{{1,2}}[-/.月－]{_DIGIT}{{1,2}}日?"
    rf"|{_DIGIT}{{1,2}}[-/月]{_DIGIT}{{1,2}}日?|{_DIGIT}{{4}}年{_DIGIT}{{1,2}}月"
    rf"|{_DIGIT}{{1,3}}{BLANK}?(?:秒|分钟|分鐘|小时|小時|天|个月|個月|年)前|刚刚|剛剛|昨天|前天)"
)
_TIME: Final = rf"{_DIGIT}{{1,2}}[:：]{_DIGIT}{{2}}(?:[:：]{_DIGIT}{{2}})?"

#: Typed slots: name -> atomic pattern. `%` marks a wildcard character class with its bounds,
#: which ends where the rest of the template can begin.
SLOTS: Final[dict[str, str]] = {
    "n": rf"(?>{_DIGIT}[0-9０-９,，.]{{0,12}}+[wWkK万萬+＋]{{0,2}}+)",
    "date": rf"(?>{_DATE}(?:[ T\u3000]{{0,3}}+(?:{_TIME}))?)",
    "time": rf"(?>{_TIME})",
    "size": rf"(?>{_DIGIT}{{1,6}}+(?:\.{_DIGIT}{{1,4}}+)?{BLANK}?+[kKmMgG]?[bB]?)",
    "url": r"(?>(?:https?[:：]//|www\.)[!-~]{3,300}+|[A-Za-z0-9-]{1,40}+(?:\.[A-Za-z0-9-]{1,40}+){1,5}+(?:/[!-~]{0,200}+)?)",
    "email": r"(?>[A-Za-z0-9._%+-]{1,40}+[@#＠][A-Za-z0-9.-]{2,60}+)",
    "phone": r"(?>[+(（]?[0-9０-９][-0-9０-９()（）+ 转轉—]{4,24}+)",
    "file": r"(?>[^\n]{1,80}?\.(?:docx?|pdf|pptx?|xlsx?|txt|zip|rar|wps|epub|DOCX?|PDF|PPTX?|XLSX?|TXT|ZIP|RAR)(?![A-Za-z]))",
    "user": r"%[^\s:：，。,|｜;；!！?？]{1,24}",
    "site": r"%[^\s:：，。,|｜;；!！?？“”\"《》]{1,16}",
    "word": r"%[^\s，。,;；!！?？:：]{1,12}",
    "title": r"%[^\n。]{1,100}",
    "any": r"%[^\n。！？!?]{0,40}",
    "rest": r"%[^\n。]{0,160}",
    "links": r"%[^\n]{0,4000}",
    "list": r"(?<=[ \t\u00a0\u3000:：>])[^\n]{1,4000}+",
}

#: ASCII punctuation in a template -> what stands in its place on real pages.
_WIDTHS: Final[dict[str, str]] = {
    ":": ":：",
    ",": ",，、",
    ";": ";；",
    "!": "!！",
    "?": "?？",
    "(": "(（",
    ")": ")）",
    "[": "[［【",
    "]": "]］】",
    "|": "|｜丨│",
    ">": ">＞»›",
    "<": "<＜«‹",
    '"': '"“”＂',
    "-": "-－—–",
    "~": "~～",
    "/": "/／",
    ".": ".．。",
    "。": "。.",
    "、": "、,，",
    "·": "·•・",
}


@cache
def _traditional() -> dict[str, str]:
    """Simplified character -> its traditional forms; the file names its source."""
    table = files("zhclean.boilerplate").joinpath("traditional.txt").read_text("utf-8")
    return {line[0]: line[1:] for line in table.split("\n") if line and not line.startswith("#")}


@cache
def forms_of(character: str) -> tuple[str, ...]:
    """Everything that a literal character of a template stands for."""
    forms = {character, *_WIDTHS.get(character, ""), *_traditional().get(character, "")}
    if character.isascii() and character.isalnum():
        forms |= {character.lower(), character.upper(), chr(ord(character) + 0xFEE0)}
    return tuple(sorted(forms))


@cache
def one_of(character: str) -> str:
    """The pattern of one literal character in all its forms."""
    forms = forms_of(character)
    escaped = "".join(map(re.escape, forms))
    return escaped if len(forms) == 1 else f"[{escaped}]"


def literal_pattern(literal: str) -> str:
    """The pattern of literal text: every character in all its forms, a blank for any blanks."""
    words = ("".join(map(one_of, word)) for word in literal.split(" "))
    return f"{BLANK}*+".join(words)


@dataclass(frozen=True, slots=True)
class _Literal:
    text: str


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str


@dataclass(frozen=True, slots=True)
class _Group:
    choices: tuple[tuple[_Literal | _Slot | _Group, ...], ...]
    optional: bool


_Node = _Literal | _Slot | _Group


@dataclass(frozen=True, slots=True)
class Template:
    """A template that can be compiled."""

    source: str
    triggers: tuple[str, ...]  # one of these literals stands in every match

    def compile(self) -> re.Pattern[str]:
        """The template as a pattern, to be matched where a notice may begin."""
        return pattern_of(self.source)


@cache
def pattern_of(source: str) -> re.Pattern[str]:
    """The pattern of a template that `parse` has accepted."""
    nodes, _ = _read(list(_tokens(source, "")), 0, "", "", source)
    return re.compile(_pattern(nodes, ()))


def parse(source: str, where: str) -> Template:
    """Check a template. Raises `RuleError` beginning with `where` (FILE:LINE)."""
    if len(source) > MOST_CHARACTERS:
        raise RuleError(f"{where}: a template of more than {MOST_CHARACTERS} characters")
    tokens = list(_tokens(source, where))
    if len(tokens) > MOST_NODES:
        raise RuleError(f"{where}: template {source!r} has more than {MOST_NODES} parts")
    nodes, rest = _read(tokens, 0, "", where, source)
    if rest != len(tokens):
        raise RuleError(f"{where}: template {source!r} has a bracket too many")
    triggers = _triggers(nodes)
    if not triggers or min(map(_length, triggers)) < 2:
        raise RuleError(f"{where}: template {source!r} needs two literal characters side by side")
    return Template(source, tuple(sorted({trigger.strip() for trigger in triggers})))


def _tokens(source: str, where: str) -> Iterator[str]:
    """Literal runs, `{slot}`, and the brackets; an escaped character joins the literal run."""
    run = ""
    index = depth = 0
    while index < len(source):
        character = source[index]
        if character == "\\" and index + 1 < len(source):
            run += source[index + 1]
            index += 2
            continue
        if character not in "{([|])" or (character == "|" and not depth):
            run += character
            index += 1
            continue
        if run:
            yield "=" + run
            run = ""
        if character == "{":
            end = source.find("}", index)
            name = source[index + 1 : end]
            if end < 0 or name not in SLOTS:
                raise RuleError(f"{where}: template {source!r}: unknown slot {{{name}}}")
            yield "{" + name
            index = end + 1
        else:
            depth += (character in "([") - (character in ")]")
            yield character
            index += 1
    if run:
        yield "=" + run


def _read(
    tokens: Sequence[str], index: int, closer: str, where: str, source: str
) -> tuple[tuple[_Node, ...], int]:
    """The nodes up to `closer` or a `|`, and the index behind the last one read."""
    nodes: list[_Node] = []
    while index < len(tokens):
        token = tokens[index]
        if token in (closer, "|"):
            break
        if token in ("(", "["):
            until = ")" if token == "(" else "]"
            choices = []
            while True:
                choice, index = _read(tokens, index + 1, until, where, source)
                choices.append(choice)
                if index == len(tokens):
                    raise RuleError(f"{where}: template {source!r}: {token!r} is not closed")
                if tokens[index] == until:
                    break
            nodes.append(_Group(tuple(choices), optional=token == "["))
        elif token[0] == "{":
            nodes.append(_Slot(token[1:]))
        elif token[0] == "=":
            nodes.append(_Literal(token[1:]))
        else:
            raise RuleError(f"{where}: template {source!r}: {token!r} is not opened")
        index += 1
    return tuple(nodes), index


def _pattern(nodes: Sequence[_Node], after: Sequence[_Node]) -> str:
    """The pattern of a sequence; `after` is what may follow it."""
    pieces = []
    for index, node in enumerate(nodes):
        behind = (*nodes[index + 1 :], *after)
        if isinstance(node, _Literal):
            pieces.append(literal_pattern(node.text))
        elif isinstance(node, _Slot):
            pieces.append(_slot_pattern(SLOTS[node.name], behind))
        else:
            # Longer choices first: the group is atomic, so a prefix would shadow them.
            choices = sorted((_pattern(choice, behind) for choice in node.choices), key=len)
            choices.reverse()
            group = f"(?>{'|'.join(choices)})"
            pieces.append(group + "?+" if node.optional else group)
    return "".join(pieces)


def _slot_pattern(slot: str, behind: Sequence[_Node]) -> str:
    if not slot.startswith("%"):
        return slot
    character, bounds = re.fullmatch(r"%(\[.*\])(\{.*\})", slot).groups()  # type: ignore[union-attr]
    stops = [stop for stop in _starts(behind) if stop]
    ahead = f"(?!{'|'.join(stops)})" if stops else ""
    return f"(?>(?:{ahead}{character}){bounds})" if ahead else f"(?>{character}{bounds})"


def _starts(nodes: Sequence[_Node]) -> Iterator[str]:
    """Patterns of what the nodes can begin with, up to the first that can't be missing."""
    for index, node in enumerate(nodes):
        if isinstance(node, _Literal):
            if node.text.strip(" "):
                yield literal_pattern(node.text.lstrip(" "))
                return
        elif isinstance(node, _Slot):
            if not SLOTS[node.name].startswith("%"):
                yield SLOTS[node.name]
            return
        else:
            for choice in node.choices:
                yield from _starts((*choice, *nodes[index + 1 :]))
            if not node.optional:
                return


def _triggers(nodes: Sequence[_Node]) -> tuple[str, ...]:
    """Literals one of which stands in every match: the longest run that is required.

    Choices that stand side by side are joined, `(相关|推荐)(阅读|文章)` to four literals:
    the longer a literal, the rarer it is in clean text.
    """
    best: tuple[str, ...] = ()
    run: tuple[str, ...] = ("",)
    for node in nodes:
        if isinstance(node, _Literal):
            run = _joined(run, (node.text,))
        elif isinstance(node, _Group) and not node.optional:
            inner = [_triggers(choice) for choice in node.choices]
            if all(inner):
                best = max(best, tuple(chain.from_iterable(inner)), key=_rank)
            run = _joined(run, _literals(node)) or ("",)
        else:
            run = ("",)
        best = max(best, run, key=_rank)
    return best if _rank(best)[0] else ()


def _length(literal: str) -> int:
    """How many characters must stand in the text, a rare symbol counting twice."""
    letters = literal.replace(" ", "")
    return len(letters) + sum(letter in _RARE for letter in letters)


def _literals(group: _Group) -> tuple[str, ...]:
    """The choices of a group that holds nothing but literals; none otherwise."""
    literals = [
        choice[0].text
        for choice in group.choices
        if len(choice) == 1 and isinstance(choice[0], _Literal)
    ]
    return tuple(literals) if len(literals) == len(group.choices) else ()


def _joined(heads: tuple[str, ...], tails: tuple[str, ...]) -> tuple[str, ...]:
    """Every head with every tail; the tails alone where that would be too many."""
    if len(heads) * len(tails) > _MOST_TRIGGERS:
        return tails
    return tuple(head + tail for head in heads for tail in tails)


def _rank(literals: tuple[str, ...]) -> tuple[int, int]:
    if min(map(_length, literals), default=0) < 2:
        return (0, -len(literals))
    return (min(map(weight, literals)), -len(literals))


def weight(literal: str) -> int:
    """How rare a literal is: each character counts one, a rarer one two or three."""
    return sum(rarity(letter) for letter in literal.replace(" ", ""))


def rarity(character: str) -> int:
    """3 for characters seldom seen in clean text, 2 for others, 1 for the most frequent."""
    place = _frequent().get(character)
    if place is None:
        return 1 if character.isascii() else 3
    return 1 if place < 200 else 2


def rank(character: str) -> int:
    """The place of a character among the frequent ones: marks first, the unlisted last."""
    if character in "，。、：；？！“”":
        return -1
    place = _frequent().get(character)
    if place is None:
        return 200 if character.isascii() else len(_frequent())
    return place


@cache
def _frequent() -> dict[str, int]:
    """Character -> rank; the file names its source."""
    table = files("zhclean.boilerplate").joinpath("frequent.txt").read_text("utf-8")
    lines = [line for line in table.split("\n") if not line.startswith("#")]
    return {character: rank for rank, character in enumerate("".join(lines))}
