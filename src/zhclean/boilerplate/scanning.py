"""Finding many literals in a text at the price of one scan for their rarest characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final, Generic, TypeVar

from zhclean.boilerplate.templates import forms_of, literal_pattern, rarity, weight

__all__ = ["Scanner"]

Value = TypeVar("Value")


class Scanner(Generic[Value]):
    """Finds literals, in all forms of their characters, and yields what belongs to them.

    Each literal is looked for through its rarest character and the one beside it: clean text
    holds few of those, and a character class is what `re` searches fastest.
    """

    __slots__ = ("_keys", "_pairs")

    def __init__(self, values: Mapping[str, Sequence[Value]]) -> None:
        pairs: dict[str, list[tuple[str, int, Sequence[Value]]]] = {}
        keys: set[str] = set()
        for literal in sorted(values):
            # Blanks vary in number: of a literal with blanks, one word is enough.
            word = max(literal.split(" "), key=weight)
            at = _rarest(word)
            entry = (word, at, values[literal])
            keys.update(forms_of(word[at]))
            for pair in _pairs(word, at):
                pairs.setdefault(pair, []).append(entry)
        self._pairs: Final = pairs
        self._keys: Final = re.compile(
            f"[{''.join(map(re.escape, sorted(keys)))}]" if keys else "(?!)"
        )

    def scan(self, text: str) -> Iterator[tuple[int, Sequence[Value]]]:
        """(the place of a literal's rarest character, the values of the literal), in order."""
        pairs = self._pairs
        for key in self._keys.finditer(text):
            place = key.start()
            here = text[place]
            for pair in (text[place : place + 2], "<" + text[place - 1 : place + 1], here):
                for word, before, values in pairs.get(pair, ()):
                    if place >= before and _pattern(word).match(text, place - before):
                        yield place, values


@cache
def _pattern(word: str) -> re.Pattern[str]:
    """Compiled when its pair is first met: most words of the packs never are."""
    return re.compile(literal_pattern(word))


def _rarest(word: str) -> int:
    """Where the rarest character of a word stands; the first of equals."""
    rarities = [rarity(character) for character in word]
    return rarities.index(max(rarities))


def _pairs(word: str, at: int) -> Iterator[str]:
    """The character at `at` with the one behind it, else `<` and the one before it, in all forms."""
    for form in forms_of(word[at]):
        if at + 1 < len(word):
            yield from (form + other for other in forms_of(word[at + 1]))
        elif at:
            yield from ("<" + other + form for other in forms_of(word[at - 1]))
        else:
            yield form
