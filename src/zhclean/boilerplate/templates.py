"""Templates of notices: literal text with typed slots, compiled without any backtracking.

A template is written in simplified characters and half-width punctuation:

    上一(篇|页)[文章]:{title}        浏览次数:{n}        \\[{n}\\] 下一页

    {slot}      one of `SLOTS`: a number, a date, a title, a name of a user ...; between a
                Chinese character and a number or a date there may be blanks
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
from itertools import zip_longest
from typing import Final, NamedTuple

from zhclean.boilerplate.forms import BLANK, forms_of, literal_pattern, words_in
from zhclean.errors import RuleError

__all__ = [
    "MOST_CHARACTERS",
    "SLOTS",
    "Group",
    "Literal",
    "Node",
    "Slot",
    "Words",
    "figures_of",
    "has_words",
    "literal_template",
    "nodes_of",
    "pattern_of",
    "required_by",
    "word_of",
    "words_of",
]

#: A longer template is a text, not a template.
MOST_CHARACTERS: Final = 1000
#: Slots and groups in one template, each of which costs one scan of the line.
MOST_NODES: Final = 500
#: Groups in groups: each level looks again at what may follow it.
MOST_DEPTH: Final = 8

_DIGIT: Final = "[0-9０-９]"
_DIGITS: Final = frozenset("0123456789")
#: Slots that may be set off by blanks.
_FIGURES: Final = frozenset({"n", "date"})
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


@dataclass(frozen=True, slots=True)
class Literal:
    """Text, with blanks that may be missing."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot, by its name in `SLOTS`."""

    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """One of several choices, or none of them."""

    choices: tuple[tuple[Literal | Slot | Group, ...], ...]
    optional: bool


Node = Literal | Slot | Group


class Words(NamedTuple):
    """Words that a text must hold: all of `plain`, and one of the choices of each group."""

    plain: tuple[str, ...]
    groups: tuple[tuple[tuple[str, ...], tuple[Words, ...]], ...]  # single words, and others


@cache
def pattern_of(source: str) -> re.Pattern[str]:
    """The pattern of a template that `nodes_of` has accepted, to match where a notice begins."""
    return re.compile(_pattern(nodes_of(source, ""), ()))


@cache
def required_by(source: str) -> tuple[re.Pattern[str], bool]:
    """What stands in every match of a template: its first literal, or one of its choices.

    And whether every match begins with it.
    """
    nodes = nodes_of(source, "")
    return re.compile("|".join(_required(nodes)) or ""), _is_first(nodes)


@cache
def word_of(source: str) -> tuple[frozenset[str], ...] | None:
    """The forms of each character of a template that is literal text, None if it has blanks."""
    (node,) = nodes_of(source, "")
    if not isinstance(node, Literal) or " " in node.text:
        return None
    return tuple(frozenset(forms_of(character)) for character in node.text)


@cache
def words_of(source: str) -> Words:
    """The words that a match of a template must hold, folded (see `forms.fold_text`)."""
    return _words(nodes_of(source, ""))


def has_words(text: str, words: Words) -> bool:
    """Whether a folded text holds what `words_of` a template says."""
    plain, groups = words
    for word in plain:
        if word not in text:
            return False
    for single, others in groups:
        for word in single:
            if word in text:
                break
        else:
            if not any(has_words(text, choice) for choice in others):
                return False
    return True


def _words(nodes: Sequence[Node]) -> Words:
    plain: list[str] = []
    groups: list[tuple[tuple[str, ...], tuple[Words, ...]]] = []
    for node in nodes:
        if isinstance(node, Literal):
            plain += words_in(node.text)
        elif isinstance(node, Group) and not node.optional:
            choices = [_words(choice) for choice in node.choices]
            if all(choice.plain or choice.groups for choice in choices):
                single = [
                    choice for choice in choices if len(choice.plain) == 1 and not choice.groups
                ]
                others = tuple(choice for choice in choices if choice not in single)
                groups.append((tuple(choice.plain[0] for choice in single), others))
    # Few lines have long words.
    return Words(tuple(sorted(plain, key=len, reverse=True)), tuple(groups))


def figures_of(nodes: Sequence[Node], behind: str = "") -> set[str]:
    """The literals of a template that hold digits: to all others, one digit is like another.

    `behind` is the literal that stands behind the nodes. A choice is told with the literal behind
    it, for many lines begin with a number.
    """
    figures: set[str] = set()
    for node, following in zip_longest(nodes, nodes[1:]):
        text = following.text if isinstance(following, Literal) else "" if following else behind
        if isinstance(node, Literal):
            if not _DIGITS.isdisjoint(node.text):
                figures.add(f"{node.text}{text}".strip(" "))
        elif isinstance(node, Group):
            found = set().union(*(figures_of(choice, text) for choice in node.choices))
            figures |= found if found != _DIGITS else set()
    return figures


def literal_template(text: str) -> str:
    """The template that stands for `text` itself."""
    return re.sub(r"[\\{}()\[\]|]", r"\\\g<0>", text)


def nodes_of(source: str, where: str) -> tuple[Node, ...]:
    """The parts of a template. Raises `RuleError` beginning with `where` (FILE:LINE)."""
    if len(source) > MOST_CHARACTERS:
        raise RuleError(f"{where}: a template of more than {MOST_CHARACTERS} characters")
    tokens = list(_tokens(source, where))
    if len(tokens) > MOST_NODES:
        raise RuleError(f"{where}: template {source!r} has more than {MOST_NODES} parts")
    nodes, rest = _read(tokens, 0, "", where, source)
    if rest != len(tokens):
        raise RuleError(f"{where}: template {source!r} has a bracket too many")
    return _spaced(nodes)


def _spaced(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The same with a blank, which may be missing, between figures and words, and behind colons.

    Many sites set off their counters: 还剩 6 页未读, 字数: 820.
    """
    spaced: list[Node] = []
    before: Node | None = None
    for node in nodes:
        if (_is_figure(node) and _is_wordy(before, -1)) or (
            _is_figure(before) and _is_wordy(node, 0)
        ):
            spaced.append(Literal(" "))
        if isinstance(node, Group):
            spaced.append(Group(tuple(map(_spaced, node.choices)), node.optional))
        else:
            spaced.append(node)
        before = node
    return tuple(spaced)


def _is_figure(node: Node | None) -> bool:
    return isinstance(node, Slot) and node.name in _FIGURES


def _is_wordy(node: Node | None, end: int) -> bool:
    """Whether a node may begin (end 0) or end (end -1) with a Chinese character or a colon."""
    if isinstance(node, Literal):
        return "\u3400" <= node.text[end] <= "\u9fff" or node.text[end] == ":"
    if isinstance(node, Group):
        return any(_is_wordy(choice[end], end) for choice in node.choices if choice)
    return False


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
            if depth > MOST_DEPTH:
                raise RuleError(f"{where}: brackets of a template are nested too deep")
            yield character
            index += 1
    if run:
        yield "=" + run


def _read(
    tokens: Sequence[str], index: int, closer: str, where: str, source: str
) -> tuple[tuple[Node, ...], int]:
    """The nodes up to `closer` or a `|`, and the index behind the last one read."""
    nodes: list[Node] = []
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
            nodes.append(Group(tuple(choices), optional=token == "["))
        elif token[0] == "{":
            nodes.append(Slot(token[1:]))
        elif token[0] == "=":
            nodes.append(Literal(token[1:]))
        else:
            raise RuleError(f"{where}: template {source!r}: {token!r} is not opened")
        index += 1
    return tuple(nodes), index


def _required(nodes: Sequence[Node]) -> list[str]:
    for node in nodes:
        if isinstance(node, Literal) and node.text.strip(" "):
            return [literal_pattern(node.text)]
        if isinstance(node, Group) and not node.optional:
            choices = [_required(choice) for choice in node.choices]
            if all(choices):
                return [pattern for choice in choices for pattern in choice]
    return []


def _is_first(nodes: Sequence[Node]) -> bool:
    """Whether what `_required` finds is the beginning of every match."""
    first = nodes[0] if nodes else None
    if isinstance(first, Literal):
        return not first.text.startswith(" ")
    if isinstance(first, Group) and not first.optional:
        return all(map(_is_first, first.choices))
    return False


def _pattern(nodes: Sequence[Node], after: Sequence[Node]) -> str:
    """The pattern of a sequence; `after` is what may follow it."""
    pieces = []
    for index, node in enumerate(nodes):
        behind = (*nodes[index + 1 :], *after)
        if isinstance(node, Literal):
            pieces.append(literal_pattern(node.text))
        elif isinstance(node, Slot):
            pieces.append(_slot_pattern(SLOTS[node.name], behind))
        else:
            # Longer choices first: the group is atomic, so a prefix would shadow them.
            choices = sorted((_pattern(choice, behind) for choice in node.choices), key=len)
            choices.reverse()
            group = f"(?>{'|'.join(choices)})"
            pieces.append(group + "?+" if node.optional else group)
    return "".join(pieces)


def _slot_pattern(slot: str, behind: Sequence[Node]) -> str:
    if not slot.startswith("%"):
        return slot
    character, bounds = re.fullmatch(r"%(\[.*\])(\{.*\})", slot).groups()  # type: ignore[union-attr]
    stops = [stop for stop in _starts(behind) if stop]
    ahead = f"(?!{'|'.join(stops)})" if stops else ""
    return f"(?>(?:{ahead}{character}){bounds})" if ahead else f"(?>{character}{bounds})"


def _starts(nodes: Sequence[Node]) -> Iterator[str]:
    """Patterns of what the nodes can begin with, up to the first that can't be missing."""
    for index, node in enumerate(nodes):
        if isinstance(node, Literal):
            if node.text.strip(" "):
                yield literal_pattern(node.text.lstrip(" "))
                return
        elif isinstance(node, Slot):
            if not SLOTS[node.name].startswith("%"):
                yield SLOTS[node.name]
            return
        else:
            for choice in node.choices:
                yield from _starts((*choice, *nodes[index + 1 :]))
            if not node.optional:
                return
