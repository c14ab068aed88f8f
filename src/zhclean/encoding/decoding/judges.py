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
from zhclean.encoding.language.symbols import is_han

if TYPE_CHECKING:
    from zhclean.encoding.language import LanguageModel

__all__ = ["FrequencyJudge", "Judge", "LanguageJudge", "RemnantJudge"]

Contexts = tuple[str, ...]

#: ln P of a bad byte where the input begins or ends.
_BAD_AT_END: Final = -6.0

#: ln P of a bad byte that is no rest of a character but was put in.
_FOREIGN: Final = -6.0

#: ln P that a character is one of its kind that the model never met.
_UNMET: Final = 2.0

#: ln of how many letters and digits the model counts as one symbol.
_LETTERS: Final = log(52)
_DIGITS: Final = log(10)

_frequency: Final = lru_cache(maxsize=1 << 14)(score)


class Judge(Protocol):
    """ln P of the next unit of a path, behind one of `contexts` (equally likely)."""

    def step(self, contexts: Contexts, char: str) -> float:
        """Of the character `char`."""

    def lose(self, contexts: Contexts, byte: int, *, at_end: bool) -> tuple[float, Contexts]:
        """Of the bad byte `byte`, and the contexts that it leaves."""


class FrequencyJudge:
    """Characters by their frequency alone: to tell encodings apart, and for other languages."""

    def step(self, contexts: Contexts, char: str) -> float:
        return _frequency(char)

    def lose(self, contexts: Contexts, byte: int, *, at_end: bool) -> tuple[float, Contexts]:
        return (_BAD_AT_END if at_end else BAD_BYTE), ("",)


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

    def step(self, contexts: Contexts, char: str) -> float:
        return _step(self._model, contexts[0], char)

    def lose(self, contexts: Contexts, byte: int, *, at_end: bool) -> tuple[float, Contexts]:
        return (_BAD_AT_END if at_end else self._bad_byte), ("",)


class RemnantJudge:
    """A bad byte is what is left of a character: it is as likely as the characters that have it.

    The sum over all that the byte may be a rest of, and what follows is judged behind each
    of the likeliest. A hundred times the work for a byte, so only for the few characters
    around a bad one.
    """

    _GUESSES: Final = 6

    def __init__(self, model: LanguageModel, encoding: str, bad_byte: float) -> None:
        self._model = model
        self._remnants = _remnants(encoding)
        self._bad_byte = bad_byte

    def step(self, contexts: Contexts, char: str) -> float:
        return _log_mean([_step(self._model, context, char) for context in contexts])

    def lose(self, contexts: Contexts, byte: int, *, at_end: bool) -> tuple[float, Contexts]:
        prior = _BAD_AT_END if at_end else self._bad_byte
        context = contexts[0]
        steps = sorted(
            ((self._model.step(context, char), char) for char in self._remnants.get(byte, ())),
            reverse=True,
        )
        if not steps:
            return prior + _FOREIGN, (context,)
        likelihood = _log_mean([step for step, _ in steps]) + log(len(steps))
        guesses = [context[-1:] + char for _, char in steps[: self._GUESSES]]
        return prior + max(likelihood, _FOREIGN), (*guesses, context)


def _log_mean(values: list[float]) -> float:
    top = max(values)
    return top + log(sum(exp(value - top) for value in values) / len(values))


#: How many characters are considered for each byte as a first and as a second one.
_REMNANTS: Final = 16


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
