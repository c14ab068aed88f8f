"""What the lattice asks: how likely is this character here, and how likely a bad byte.

Three judges, from the cheapest to the one that thinks most about each byte.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from math import exp, log
from typing import TYPE_CHECKING, Final, Protocol

from zhclean.encoding.decoding.charsets import encode_strict
from zhclean.encoding.decoding.likelihood import BAD_BYTE, bands, score
from zhclean.encoding.language.model import STEP
from zhclean.encoding.language.symbols import is_han

if TYPE_CHECKING:
    from zhclean.encoding.language import LanguageModel

__all__ = ["Contexts", "FrequencyJudge", "Judge", "LanguageJudge", "RemnantJudge"]

#: What the next unit is judged behind: up to two characters, and ln of how likely they are.
Contexts = tuple[tuple[str, float], ...]

#: Nothing is known.
NO_CONTEXT: Final[Contexts] = (("", 0.0),)

#: ln P of a bad byte where the input begins or ends, which is where a file is cut: by itself,
#: and to a judge that does not ask what it may be a rest of.
_CUT: Final = -3.0
_CUT_UNASKED: Final = -6.0

#: ln P that a bad byte is no rest of a character but was put in.
_FOREIGN: Final = -6.0

#: A guess that is so much less likely, in ln P, than the best one is not carried on.
_FAINT: Final = 6.0

#: ln P that a character is one of its kind that the model never met.
_UNMET: Final = 2.0

#: ln of how many letters and digits the model counts as one symbol.
_LETTERS: Final = log(52)
_DIGITS: Final = log(10)

_frequency: Final = lru_cache(maxsize=1 << 14)(score)


class Judge(Protocol):
    """ln P of the next unit of a path behind `contexts`, and the contexts that it leaves."""

    def step(self, contexts: Contexts, char: str) -> tuple[float, Contexts]:
        """Of the character `char`."""

    def lose(self, contexts: Contexts, byte: int, *, at_end: bool) -> tuple[float, Contexts]:
        """Of the bad byte `byte`."""


class FrequencyJudge:
    """Characters by their frequency alone: to tell encodings apart, and for other languages."""

    def step(self, contexts: Contexts, char: str) -> tuple[float, Contexts]:
        return _frequency(char), NO_CONTEXT

    def lose(self, contexts: Contexts, byte: int, *, at_end: bool) -> tuple[float, Contexts]:
        return (_CUT_UNASKED if at_end else BAD_BYTE), NO_CONTEXT


def _step(model: LanguageModel, context: str, char: str) -> float:
    """ln P of `char`, also where the model has one symbol for many characters or none."""
    likelihood = model.step(context, char)
    if char.isalpha() and (char < "\x80" or "\uff21" <= char <= "\uff5a"):
        return likelihood - _LETTERS
    if char.isdigit():
        return likelihood - _DIGITS
    if is_han(char) or char < "\u0300" or "\u3100" <= char < "\u3130" or char in "〇○":
        # What it never met is no rarer than its kind: names, readings, ASCII marks, line ends.
        return max(likelihood, _frequency(char) - _UNMET)
    return likelihood


class LanguageJudge:
    """Characters by the language model; behind a bad byte nothing is known."""

    def __init__(self, model: LanguageModel, bad_byte: float) -> None:
        self._model = model
        self._bad_byte = bad_byte

    def step(self, contexts: Contexts, char: str) -> tuple[float, Contexts]:
        context = contexts[0][0]
        return _step(self._model, context, char), ((context[-1:] + char, 0.0),)

    def lose(self, contexts: Contexts, byte: int, *, at_end: bool) -> tuple[float, Contexts]:
        return (_CUT_UNASKED if at_end else self._bad_byte), NO_CONTEXT


class RemnantJudge:
    """A bad byte is what is left of a character: it is as likely as the characters that have it.

    The sum over all that the byte may be a rest of; what follows is judged behind each of the
    likeliest, by their share. Ten times the work for a byte, so only around a bad one.
    """

    #: So many are carried on behind the bad byte, and so many a character further on.
    _GUESSES: Final = 60
    _LATER: Final = 6

    def __init__(self, model: LanguageModel, encoding: str, bad_byte: float) -> None:
        self._model = model
        self._remnants = {
            byte: [(symbol, char) for char in chars if (symbol := model.symbol(char))]
            for byte, chars in _remnants(encoding).items()
        }
        self._bad_byte = bad_byte

    def step(self, contexts: Contexts, char: str) -> tuple[float, Contexts]:
        if len(contexts) == 1:
            context = contexts[0][0]
            return _step(self._model, context, char), ((context[-1:] + char, 0.0),)
        steps = [
            (share + _step(self._model, context, char), context[-1:] + char)
            for context, share in contexts
        ]
        return _shares(steps, self._LATER)

    def lose(self, contexts: Contexts, byte: int, *, at_end: bool) -> tuple[float, Contexts]:
        context = max(contexts, key=lambda known: known[1])[0]
        triples, pairs, alone, back_one, back_two = self._model.tables(context)
        behind = context[-1:]
        # Most of the time of a damaged file is spent here.
        steps = [
            (
                -STEP
                * (
                    triples[symbol]
                    if symbol in triples
                    else back_one + pairs[symbol]
                    if symbol in pairs
                    else back_two + alone[symbol]
                ),
                behind + char,
            )
            for symbol, char in self._remnants.get(byte, ())
        ]
        total, shares = _shares([*steps, (_FOREIGN, context)], self._GUESSES)
        return (_CUT if at_end else self._bad_byte) + total, shares


def _shares(steps: list[tuple[float, str]], count: int) -> tuple[float, Contexts]:
    """ln of the sum, and of the share that each of the `count` likeliest has in it."""
    steps.sort(reverse=True)
    top = steps[0][0]
    total = top + log(sum([exp(step - top) for step, _ in steps]))
    return total, tuple(
        [(context, step - total) for step, context in steps[:count] if step > top - _FAINT]
    )


#: How many characters are considered for each byte as a first and as a second one.
_REMNANTS: Final = 48


@cache
def _remnants(encoding: str) -> dict[int, tuple[str, ...]]:
    """Byte -> the commonest two-byte characters that have it as their first or second."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for char in "，。、：；？！“”《》（）" + "".join(bands()):
        try:
            code = encode_strict(char, encoding)
        except UnicodeEncodeError:
            continue
        if len(code) == 2:
            for place in (0, 1):
                chars = found[place, code[place]]
                if len(chars) < _REMNANTS:
                    chars.append(char)
    return {
        byte: tuple(dict.fromkeys(found.get((0, byte), []) + found.get((1, byte), [])))
        for byte in range(0x100)
        if (0, byte) in found or (1, byte) in found
    }
