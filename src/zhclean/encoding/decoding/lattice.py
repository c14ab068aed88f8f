"""Reading bytes of which some are missing or foreign: the likeliest path through all readings.

Take one byte out of a double-byte encoding and everything behind it is read out of step, up
to the next ASCII byte. Nothing says which byte is the odd one, only what the text means. So
all ways to cut the bytes into characters and bad bytes form a lattice, and the path of the
highest ln P through it is the reading (Viterbi). Linear: two states a byte.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from math import exp, log1p
from typing import Final, NamedTuple, TypeVar

from zhclean.encoding.decoding.charsets import decode_strict
from zhclean.encoding.decoding.decoded import REPLACEMENT, Piece
from zhclean.encoding.decoding.judges import Contexts, Judge

__all__ = ["LENGTHS", "Path", "Unit", "likeliest_path"]

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


_Key = TypeVar("_Key")


class _State(NamedTuple):
    """The best path to a place; `came` and `after_bad` name the state before it."""

    total: float
    contexts: Contexts  # what the next character is judged by
    came: int
    after_bad: bool
    text: str


#: From where to where in the bytes, and whether what stands there is bad.
Unit = tuple[int, int, bool]
#: One unit of some path: its place, whether the unit before it is bad, whether it is, its ln P.
_Step = tuple[int, int, bool, bool, float]


class Path(NamedTuple):
    """A reading, its ln P, and all steps that were weighed on the way."""

    total: float
    pieces: list[Piece]
    steps: list[_Step]

    def shares(self) -> dict[Unit, float]:
        """What share of all readings has a unit, by how likely they are (forward-backward).

        A reading is judged behind the likeliest of those that it meets, as the path itself is.
        """
        ahead: dict[tuple[int, bool], float] = {(0, False): 0.0}
        for start, end, was_bad, is_bad, likelihood in self.steps:
            _add(ahead, (end, is_bad), ahead[start, was_bad] + likelihood)
        length = sum(len(piece.data) for piece in self.pieces)
        behind = dict.fromkeys(((length, False), (length, True)), 0.0)
        whole: dict[None, float] = {}
        for last in behind.keys() & ahead.keys():
            _add(whole, None, ahead[last])
        found: dict[Unit, float] = defaultdict(float)
        for start, end, was_bad, is_bad, likelihood in reversed(self.steps):
            total = behind[end, is_bad] + likelihood
            _add(behind, (start, was_bad), total)
            found[start, end, is_bad] += exp(ahead[start, was_bad] + total - whole[None])
        return found


def _add(totals: dict[_Key, float], key: _Key, ln_p: float) -> None:
    """Add a probability, given by its ln, to that of `key`."""
    known = totals.get(key)
    if known is not None:
        low, high = sorted((known, ln_p))
        ln_p = high + log1p(exp(low - high))
    totals[key] = ln_p


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


def likeliest_path(
    data: bytes,
    encoding: str,
    judge: Judge,
    context: str = "",
    ends: tuple[bool, bool] = (False, False),
) -> Path:
    """The likeliest reading of `data` behind the text `context`.

    `ends` tells whether the input begins and ends with `data`: where it is cut, a character
    is cut most often.
    """
    # Two states a place, by whether the unit before it is a bad byte: that delays the choice
    # between [x]ab and xa[b] by a character, which makes it a fair one.
    good: list[_State | None] = [None] * (len(data) + 1)
    bad: list[_State | None] = [None] * (len(data) + 1)
    steps: list[_Step] = []
    wide = encoding.startswith("utf-16")
    good[0] = _State(0.0, ((context[-2:], 0.0),), 0, False, "")
    for place in range(len(data)):
        units = list(_units(data, place, encoding))
        at_end = (ends[0] and place == 0) or (ends[1] and place + 1 == len(data))
        for after_bad, state in ((False, good[place]), (True, bad[place])):
            if state is None:
                continue
            for end, char in units:
                likelihood, contexts = judge.step(state.contexts, char)
                steps.append((place, end, after_bad, False, likelihood))
                total = state.total + likelihood
                known = good[end]
                if known is None or known.total < total:
                    good[end] = _State(total, contexts, place, after_bad, char)
            if data[place] < 0x80 and not wide:  # ASCII can always be read
                continue
            likelihood, contexts = judge.lose(state.contexts, data[place], at_end=at_end)
            steps.append((place, place + 1, after_bad, True, likelihood))
            total = state.total + likelihood
            known = bad[place + 1]
            if known is None or known.total < total:
                bad[place + 1] = _State(total, contexts, place, after_bad, "")
    return Path(*_walk_back(data, good, bad), steps)


def _walk_back(
    data: bytes, good: list[_State | None], bad: list[_State | None]
) -> tuple[float, list[Piece]]:
    place = len(data)
    last_good, last_bad = good[place], bad[place]
    is_bad = last_good is None or (last_bad is not None and last_bad.total > last_good.total)
    total = 0.0
    units: list[Piece] = []
    while place:
        state = (bad if is_bad else good)[place]
        assert state is not None  # every state names one that exists
        total = total or state.total
        units.append(Piece(REPLACEMENT if is_bad else state.text, data[state.came : place], is_bad))
        place, is_bad = state.came, state.after_bad
    units.reverse()
    return total, units
