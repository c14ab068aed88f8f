"""A pattern of Python as an expression of RE2 that matches wherever it does, and in some places more.

RE2 has no look-around, no back-references and no possessive repetition. What a pattern demands
behind its end is read as a part of it, an excluded character behind its end as a class; all other
conditions are left out, and so is the bound of a long repetition within a line: the automaton
has a state for each number up to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, Final

__all__ = ["alternatives", "anything_but", "class_of", "re2_of"]

_parser: Final = import_module("re._parser")
#: Repetitions up to so many are bounded as they are.
_SHORT: Final = 3
_CATEGORIES: Final = {
    "CATEGORY_DIGIT": r"\p{Nd}",
    # What `str.isspace` holds.
    "CATEGORY_SPACE": r"\x{9}-\x{d}\x{1c}-\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}"
    r"\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}",
}

_Tree = Sequence[tuple[Any, Any]]


def re2_of(pattern: str) -> str:
    """The expression for a pattern, to be put beside others without brackets of its own."""
    return _Writer().sequence(list(_parser.parse(pattern)), last=True)


def alternatives(expressions: Iterable[str]) -> str:
    """Any of them, in brackets."""
    return f"(?:{'|'.join(dict.fromkeys(expressions))})"


def class_of(characters: Iterable[str]) -> str:
    """Any of these characters."""
    return f"[{''.join(map(_character, sorted(set(characters))))}]"


def anything_but(characters: Iterable[str]) -> str:
    """Any other character, or the edge of the text, in front of something."""
    return f"(?:^|[^{''.join(map(_character, sorted(set(characters))))}])"


def _character(char: str) -> str:
    plain = char.isalnum() or (char > "\x7f" and char.isprintable() and not char.isspace())
    return char if plain else f"\\x{{{ord(char):x}}}"


class _Writer:
    """Writes parse trees; keeps the groups for what refers to them."""

    def __init__(self) -> None:
        self._groups: dict[int, str] = {}

    def sequence(self, tree: _Tree, *, last: bool) -> str:
        """The items of a tree; `last`: nothing is asked for behind it."""
        written: list[str] = []
        for index, (operator, value) in enumerate(tree):
            ends = last and index == len(tree) - 1
            name = str(operator)
            if name in ("ASSERT", "ASSERT_NOT"):
                closes = last and all(_is_empty(*item) for item in tree[index:])
                ahead = self._ahead(name, value) if closes and value[0] > 0 else ""
                written.append(ahead)
                if ahead:  # the next would begin at the same place
                    break
            else:
                written.append(self._item(name, value, last=ends))
        return "".join(written)

    def _ahead(self, name: str, value: Any) -> str:
        if name == "ASSERT":
            return f"(?:{self.sequence(list(value[1]), last=True)})"
        excluded = _single_characters(list(value[1]))
        return f"(?:[^{excluded}]|$)" if excluded else ""

    def _item(self, name: str, value: Any, *, last: bool) -> str:
        match name:
            case "LITERAL":
                return _character(chr(value))
            case "NOT_LITERAL":
                return f"[^{_character(chr(value))}]"
            case "ANY":
                return "[^\\n]"
            case "IN":
                return f"[{_members(value)}]"
            case "BRANCH":
                found = (self.sequence(list(tree), last=last) for tree in value[1])
                return alternatives(found)
            case "SUBPATTERN":
                group, *_, tree = value
                self._groups[group] = f"(?:{self.sequence(list(tree), last=False)})"
                return f"(?:{self.sequence(list(tree), last=last)})"
            case "ATOMIC_GROUP":
                return f"(?:{self.sequence(list(value), last=last)})"
            case "GROUPREF":
                return self._groups[value]
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                least, most, tree = value
                inner = self.sequence(list(tree), last=False)
                if most > _SHORT and _within_lines(list(tree)):
                    most = _parser.MAXREPEAT
                return f"(?:{inner}){_times(least, most)}"
            case "AT":
                return "^" if "BEGINNING" in str(value) else "$" if "END" in str(value) else ""
            case _:
                raise ValueError(f"{name} is not known here")


def _within_lines(tree: _Tree) -> bool:
    """Whether a tree is a character and never a line break."""
    if len(tree) != 1:
        return False
    ((operator, value),) = tree
    match str(operator):
        case "ANY":
            return True
        case "LITERAL":
            return value != ord("\n")
        case "NOT_LITERAL":
            return value == ord("\n")
        case "IN":
            names = {str(name) for name, _ in value}
            listed = "CATEGORY" in names or any(_lists(*one, ord("\n")) for one in value)
            return listed == ("NEGATE" in names)
        case _:
            return False


def _lists(operator: Any, value: Any, code: int) -> bool:
    low, high = (value, value) if str(operator) == "LITERAL" else value or (1, 0)
    return low <= code <= high


def _times(least: int, most: int) -> str:
    if (least, most) == (0, 1):
        return "?"
    return f"{{{least},}}" if most == _parser.MAXREPEAT else f"{{{least},{most}}}"


def _is_empty(operator: Any, value: Any) -> bool:
    return str(operator) in ("ASSERT", "ASSERT_NOT", "AT")


def _members(members: _Tree) -> str:
    return "".join(_member(str(operator), value) for operator, value in members)


def _member(name: str, value: Any) -> str:
    match name:
        case "NEGATE":
            return "^"
        case "LITERAL":
            return _character(chr(value))
        case "RANGE":
            return f"{_character(chr(value[0]))}-{_character(chr(value[1]))}"
        case "CATEGORY" if str(value) in _CATEGORIES:
            return _CATEGORIES[str(value)]
        case _:
            raise ValueError(f"{name} {value} is not known in a class")


def _single_characters(tree: _Tree) -> str:
    """Those of the alternatives of a tree that are one character, as the inside of a class."""
    if len(tree) != 1:
        return ""
    ((operator, value),) = tree
    match str(operator):
        case "LITERAL":
            return _character(chr(value))
        case "IN" if str(value[0][0]) != "NEGATE":
            return _members(value)
        case "BRANCH":
            return "".join(_single_characters(list(one)) for one in value[1])
        case "SUBPATTERN":
            return _single_characters(list(value[-1]))
        case _:
            return ""
