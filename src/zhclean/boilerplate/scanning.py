"""Finding many literals in a text at the price of one scan for their rarest characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Generic, TypeVar

from zhclean.boilerplate.templates import forms_of, literal_pattern, rarity, weight

__all__ = ["Scanner"]

Value = TypeVar("Value")


class Scanner(Generic[Value]):
    """Finds literals, in all forms of their characters, and yields what belongs to them.

    Each literal is looked for through its rarest character: clean text holds few of those, and
    a character class is what `re` searches fastest.
    """

    __slots__ = ("_keys", "_literals")

    def __init__(self, values: Mapping[str, Iterable[Value]]) -> None:
        found: dict[str, list[tuple[re.Pattern[str], int, tuple[Value, ...]]]] = {}
        for literal in sorted(values):
            # Blanks vary in number: of a literal with blanks, one word is enough.
            word = max(literal.split(" "), key=weight)
            at = max(range(len(word)), key=lambda index, word=word: (rarity(word[index]), -index))
            pattern = re.compile(literal_pattern(word))
            for form in forms_of(word[at]):
                found.setdefault(form, []).append((pattern, at, tuple(values[literal])))
        self._literals: Final = found
        self._keys: Final = re.compile("[" + "".join(map(re.escape, sorted(found))) + "]" if found else "(?!)")

    def scan(self, text: str) -> Iterator[tuple[int, tuple[Value, ...]]]:
        """(the place of a literal's rarest character, the values of the literal), in order."""
        for key in self._keys.finditer(text):
            place = key.start()
            for pattern, before, values in self._literals[text[place]]:
                if place >= before and pattern.match(text, place - before):
                    yield place, values
