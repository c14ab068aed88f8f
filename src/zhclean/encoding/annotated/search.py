"""The search for the text behind a shifted place.

The bytes of the damaged text are known but for a few: those that a `?` swallowed, those that
showed nothing. The search walks over the damaged text and rebuilds the byte string, with every
choice for an unknown byte left open, and decodes it as the GBK text that it was. The damage is
deterministic, so among the texts that it turns into the observed one the likeliest is the
answer: a beam search over (position, lead byte pending, last bytes, last characters), scored
by the judge.

A place begins at a `?`, the only sign that a shift can begin with, and ends where every
surviving text has the same state: there the byte alignment has re-synchronised. So the work
is linear in the number of places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Final

from zhclean.encoding.annotated.brackets import left_open
from zhclean.encoding.annotated.judge import Judge
from zhclean.encoding.annotated.moves import Moves
from zhclean.encoding.annotated.page import Page
from zhclean.encoding.annotated.readings import SYLLABLE
from zhclean.encoding.annotated.states import KEPT, Front, State, Step, steps_of

__all__ = ["PLACE", "Place", "Search"]


#: Where a shift can begin. Three question marks and more are another damage, or an outcry.
PLACE: Final = re.compile(
    rf"(?<!\?)\?(?!\?\?)(?:(?=\(?{SYLLABLE} ?\))|(?=[，；？！,;?!][^\x00-\x3e])|(?=#(?:x|\d)))"
)

#: Survivors kept at each position.
_WIDTH: Final = 12
#: Of these so many are looked at with all care.
_THOROUGH: Final = 3
# ln P behind the best text at the same position: up to which it is asked whether a pair
# vanished, and at which a text is given up inside a piece, where it has paid for an unknown byte
# and not yet been rewarded (between two pieces `KEPT`): 12 at each gives the same text for all
# of 1,600 damaged documents, in twice the time.
_NEAR: Final = 4.5
_SPREAD: Final = 12.0
#: Characters after which a place that does not re-synchronise is given up.
_LONGEST: Final = 160
#: Question marks after which it is given up: each multiplies the texts that compete.
_MOST_UNKNOWN: Final = 12
#: Characters in front of a place that the first text is read from: an annotated character and
#: its annotation, and as many characters as the judge looks back.
_RUN_UP: Final = 12

_SCORE: Final = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Place:
    """A shifted place: the steps of its likeliest text, and how much likelier it is, in ln P.

    `observed` and `original` are the damaged and the (traditional) original text with some
    characters more on both sides, `reads` the annotated pairs in it. `reach` is where the search
    ended: behind `end`, nothing up to there is likelier than the text as it stands.
    """

    start: int
    end: int
    reach: int
    steps: tuple[Step, ...]
    gain: float
    observed: str
    original: str
    reads: tuple[tuple[int, str], ...]


class Search:
    """The search on one text; it keeps nothing between places."""

    def __init__(self, text: str, page: Page, judge: Judge) -> None:
        self._text = text
        self._moves = Moves(text, page, judge)

    def place(self, begin: int, floor: int) -> Place:
        """The likeliest text from the `?` at `begin` on; nothing before `floor` is read."""
        start = max(floor, begin - _RUN_UP)
        self._moves.begin()
        first = self._given(start, begin)
        last, position = self._run(first, begin)
        dropped = self._moves.annotation(position, last)
        if dropped is not None:  # it belongs to the last character
            position, last = dropped
        literal = first
        at = begin
        while at < position:
            at, literal = self._moves.literal(at, literal)
        trace = steps_of(last)
        steps = [step for step in trace if step.start >= begin]
        while len(steps) > 1 and not steps[-1].kind:
            del steps[-1]  # only context
        return Place(
            begin,
            steps[-1].end,
            position,
            tuple(steps),
            last[0] - literal[0],
            self._text[start:position],
            "".join(step.text for step in trace),
            tuple(step.reads for step in trace if step.reads is not None),
        )

    def _given(self, start: int, begin: int) -> State:
        """What stands in front of the place: the state at `begin`."""
        state: State = (0.0, (0, 0, 0, False, ""), self._left_open(start), None)
        at = start
        while at < begin:
            at, state = self._moves.given(at, state)
        return state

    def _run(self, first: State, begin: int) -> tuple[State, int]:
        """The likeliest state at the first position where the text is in step again."""
        front = Front()
        front.offer(begin, first)
        stop = min(len(self._text), begin + _LONGEST)
        unknown = islice(re.finditer(r"\?", self._text[begin:stop]), _MOST_UNKNOWN, None)
        stop = begin + next((match.start() for match in unknown), stop - begin)
        while True:
            position, states = front.pop()
            aligned = [state for state in states if not state[1][0]]
            alone = not front and len(states) == 1
            if aligned and position > begin and (alone or position >= stop):
                return max(aligned, key=_SCORE), position
            if position >= len(self._text):
                continue  # a text that ends inside a character
            survivors = _survivors(states)
            best = survivors[0][0]
            for rank, state in enumerate(survivors):
                vanishing = 0
                if best - state[0] < _NEAR:
                    vanishing = 2 if rank < _THOROUGH else 1
                self._moves.offer(front, position, state, vanishing=vanishing, least=best - _SPREAD)

    def _left_open(self, start: int) -> int:
        least = max(0, start - _LONGEST)
        line = self._text.rfind("\n", least, start) + 1
        return left_open(self._text[max(line, least) : start])


def _survivors(states: Iterable[State]) -> list[State]:
    ranked = sorted(states, key=_SCORE, reverse=True)
    least = ranked[0][0] - KEPT
    kept = [state for state in ranked[:_WIDTH] if state[0] >= least]
    if all(state[1][0] for state in kept):
        # One text that can always go on: the best that is aligned.
        kept += [state for state in ranked if not state[1][0]][:1]
    return kept
