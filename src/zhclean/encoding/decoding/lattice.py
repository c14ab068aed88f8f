"""Reading bytes of which some are missing or foreign: the likeliest path through all readings.

Take one byte out of a double-byte encoding and everything behind it is read out of step, up
to the next ASCII byte. Nothing says which byte is the odd one, only what the text means. So
all ways to cut the bytes into characters and bad bytes form a lattice, and the path of the
highest ln P through it is the reading (Viterbi). Linear: two states a byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from zhclean.encoding.decoding.charsets import decode_strict
from zhclean.encoding.decoding.decoded import REPLACEMENT, Piece
from zhclean.encoding.decoding.likelihood import BAD_BYTE, score

__all__ = ["LENGTHS", "Path", "Step", "frequency_step", "language_step", "likeliest_path"]

#: ln P of a character after a context, as `LanguageModel.step` has it.
Step = Callable[[str, str], float]

#: Bytes in one character of the encodings that can be read out of step.
LENGTHS: Final = {
    "gb18030": (1, 2, 4),
    "cp950": (1, 2),
    "big5hkscs": (1, 2),
    "cp932": (1, 2),
    "cp949": (1, 2),
    "euc_jp": (1, 2, 3),
    "euc-tw": (1, 2, 4),
    "utf-16-le": (2, 4),
    "utf-16-be": (2, 4),
}

_LONGEST: Final = 4


class _State(NamedTuple):
    """The best path to a place; `came` and `after_bad` name the state before it."""

    total: float
    context: str  # the last characters, what the next one is judged by
    came: int
    after_bad: bool
    text: str


class Path(NamedTuple):
    """A reading and its ln P."""

    total: float
    pieces: list[Piece]


def frequency_step(context: str, char: str) -> float:
    """ln P of `char` alone: for telling encodings apart, and for Japanese and Korean."""
    return _frequency(char)


_frequency: Final = lru_cache(maxsize=1 << 14)(score)


def language_step(encoding: str) -> Step:
    """The judge for text in `encoding`: the language model of Chinese where it is Chinese."""
    if encoding in {"cp932", "cp949", "euc_jp"}:
        return frequency_step
    from zhclean.encoding.language import load

    return load().step


@lru_cache(maxsize=1 << 16)
def _character(code: bytes, encoding: str) -> str | None:
    """The one character that `code` is, or None."""
    try:
        text = decode_strict(code, encoding)
    except UnicodeDecodeError:
        return None
    return text if len(text) == 1 else None


def _units(data: bytes, start: int, encoding: str) -> Iterator[tuple[int, str]]:
    """The characters that can start at `start`: end and character."""
    if data[start] < 0x80 and not encoding.startswith("utf-16"):
        yield start + 1, chr(data[start])
        return
    for length in LENGTHS[encoding]:
        end = start + length
        if end <= len(data) and (char := _character(data[start:end], encoding)) is not None:
            yield end, char


def likeliest_path(data: bytes, encoding: str, step: Step, context: str = "") -> Path:
    """The likeliest reading of `data` behind the text `context`."""
    # Two states a place, by whether the unit before it is a bad byte: judging what follows a
    # bad byte without its neighbour is what makes the choice between [x]ab and xa[b] fair.
    good: list[_State | None] = [None] * (len(data) + 1)
    bad: list[_State | None] = [None] * (len(data) + 1)
    good[0] = _State(0.0, context[-2:], 0, False, "")
    for place in range(len(data)):
        units = list(_units(data, place, encoding))
        for after_bad, state in ((False, good[place]), (True, bad[place])):
            if state is None:
                continue
            for end, char in units:
                total = state.total + step(state.context, char)
                known = good[end]
                if known is None or known.total < total:
                    good[end] = _State(total, state.context[-1:] + char, place, after_bad, char)
            total = state.total + BAD_BYTE
            known = bad[place + 1]
            if known is None or known.total < total:
                bad[place + 1] = _State(total, "", place, after_bad, "")
    return _walk_back(data, good, bad)


def _walk_back(data: bytes, good: list[_State | None], bad: list[_State | None]) -> Path:
    place = len(data)
    ends = [(state.total, state is bad[place]) for state in (good[place], bad[place]) if state]
    total, is_bad = max(ends)
    units: list[Piece] = []
    while place:
        state = (bad if is_bad else good)[place]
        assert state is not None
        code = data[state.came : place]
        units.append(Piece(REPLACEMENT if is_bad else state.text, code, is_bad))
        place, is_bad = state.came, state.after_bad
    units.reverse()
    return Path(total, units)
