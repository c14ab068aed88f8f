"""Readings of the damaged text up to a position, and which of them compete there.

They are plain tuples, for a place makes hundreds and follows few of them.
"""

from __future__ import annotations

from math import inf
from typing import Final, NamedTuple, TypeAlias

__all__ = ["KEPT", "Begun", "Fields", "Front", "Key", "Move", "State", "Step", "Steps", "steps_of"]

#: ln P behind the best text at a position, between two pieces, at which a text is given up.
KEPT: Final = 9.0


class Step(NamedTuple):
    """What one piece of the damaged text, `[start:end]`, was: `text` in traditional characters.

    `kind` says how that is known: "" it stands there, "annotation", "bytes" (all bytes known),
    "lost" (a byte was chosen), "vanished" (a pair was put in), "tag" (a swallowed `<`),
    "swallowed" (an ASCII character that nobody can know). `reads` is the annotated pair and its
    reading where the piece is an annotation.
    """

    start: int
    end: int
    text: str
    kind: str
    reads: tuple[int, str] | None


#: The fields of a `Step`.
Fields: TypeAlias = tuple[int, int, str, str, tuple[int, str] | None]
#: The steps that led to a state, the last one first.
Steps: TypeAlias = "tuple[Fields, Steps] | None"
#: The lead byte of a character that is begun and not ended (0: in step with the original), the
#: last two bytes, whether an annotation or a mark stands behind them, the last two characters,
#: simplified. States that agree in it have the same future.
Key: TypeAlias = tuple[int, int, int, bool, str]
#: One reading of the damaged text up to a position: its ln P, its key, the brackets that are
#: open, its steps.
State: TypeAlias = tuple[float, Key, int, Steps]
#: The position behind a piece, and the state there.
Move: TypeAlias = tuple[int, State]
#: A reading that ends with the first byte of a pair that shows nothing: its ln P, that byte, the
#: last two characters, the brackets that are open, its steps.
Begun: TypeAlias = tuple[float, int, str, int, tuple[Fields, Steps]]


def steps_of(state: State) -> list[Step]:
    """The steps that led to a state, first to last."""
    found: list[Step] = []
    rest = state[3]
    while rest is not None:
        fields, rest = rest
        found.append(Step(*fields))
    return found[::-1]


class Front:
    """The states that compete, by position: of those that have the same future the likeliest.

    `best` is the ln P of the likeliest that was offered since it was set.
    """

    def __init__(self) -> None:
        self._states: dict[int, dict[Key, State]] = {}
        self._least: dict[int, float] = {}
        self.best = -inf

    def __bool__(self) -> bool:
        return bool(self._states)

    def pop(self) -> tuple[int, list[State]]:
        """The first position, and what competes there."""
        position = min(self._states)
        return position, list(self._states.pop(position).values())

    def offer(self, end: int, state: State) -> None:
        """One more state at `end`."""
        score, key, _, _ = state
        if score > self.best:
            self.best = score
        rivals = self._states.get(end)
        if rivals is None:
            self._states[end] = {key: state}
        else:
            rival = rivals.get(key)
            if rival is not None and rival[0] >= score:
                return
            rivals[key] = state
        if score - KEPT > self._least.get(end, -inf):
            self._least[end] = score - KEPT

    def least(self, end: int) -> float:
        """ln P below which nothing can survive at `end`."""
        return self._least.get(end, -inf)
