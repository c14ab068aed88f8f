"""Finding many literals in a text at the price of one scan for their rarest characters.

Each literal is looked for through its rarest character and the one beside it: clean text
holds few of those, and a character class is what `re` searches fastest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from zhclean.boilerplate.templates import forms_of, literal_pattern, rank, weight

__all__ = ["Scanner", "scanner"]


@dataclass(frozen=True, slots=True)
class Scanner:
    """Finds literals, in all forms of their characters, and yields the numbers they stand for.

    Plain data, so that it can be stored: `keys` are the rarest characters of the literals;
    `pairs` holds, by such a character and its neighbour, rows of a word, where the character
    stands in it, and the numbers.
    """

    keys: str
    pairs: Mapping[str, Sequence[tuple[str, int, Sequence[int]]]]

    def scan(self, text: str) -> Iterator[tuple[int, Sequence[int]]]:
        """(the place of a literal's rarest character, the numbers of the literal), in order."""
        pairs = self.pairs
        for key in _any_of(self.keys).finditer(text):
            place = key.start()
            here = text[place]
            for pair in (text[place : place + 2], "<" + text[place - 1 : place + 1], here):
                for word, before, numbers in pairs.get(pair, ()):
                    if place >= before and _pattern(word).match(text, place - before):
                        yield place, numbers


def scanner(literals: Mapping[str, Sequence[int]]) -> Scanner:
    """The scanner for `literals`, each with the numbers it stands for."""
    pairs: dict[str, list[tuple[str, int, Sequence[int]]]] = {}
    keys: set[str] = set()
    for literal in sorted(literals):
        # Blanks vary in number: of a literal with blanks, one word is enough.
        word = max(literal.split(" "), key=weight)
        at = _rarest(word)
        keys.update(forms_of(word[at]))
        for pair in _pairs(word, at):
            pairs.setdefault(pair, []).append((word, at, literals[literal]))
    return Scanner("".join(sorted(keys)), pairs)


@cache
def _any_of(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(characters)}]" if characters else "(?!)")


@cache
def _pattern(word: str) -> re.Pattern[str]:
    """Compiled when its pair is first met: most words of the packs never are."""
    return re.compile(literal_pattern(word))


def _rarest(word: str) -> int:
    """Where the character of a word stands whose forms are the rarest; the first of equals."""
    ranks = [min(map(rank, forms_of(character))) for character in word]
    return ranks.index(max(ranks))


def _pairs(word: str, at: int) -> Iterator[str]:
    """The character at `at` with the one behind it, else `<` and the one before it, in all forms."""
    for form in forms_of(word[at]):
        if at + 1 < len(word):
            yield from (form + other for other in forms_of(word[at + 1]))
        elif at:
            yield from ("<" + other + form for other in forms_of(word[at - 1]))
        else:
            yield form
