"""How one piece of damaged text can be read: every move that the damage allows."""

from __future__ import annotations

from math import inf
from typing import Final

from zhclean.encoding.annotated.judge import Judge
from zhclean.encoding.annotated.page import Page
from zhclean.encoding.annotated.pieces import Piece, piece_at
from zhclean.encoding.annotated.shown import Shown
from zhclean.encoding.annotated.states import Front, Move, State
from zhclean.encoding.annotated.vanished import Vanished

__all__ = ["Moves"]

# How much a piece may cost, -ln P, before a vanished pair, and two of them, are looked for in
# front of it. In 1,600 damaged documents no text needs a pair where less is at stake.
_LIKELY: Final = 4.0
_UNLIKELY: Final = 9.0


class Moves:
    """The moves on one text."""

    def __init__(self, text: str, page: Page, judge: Judge) -> None:
        self._text = text
        self._page = page
        self._judge = judge
        self._shown = Shown(page, judge)
        self._vanished = Vanished(page, judge, self._shown)
        self._pieces: dict[int, Piece] = {}

    def begin(self) -> None:
        """Start a new place."""
        self._pieces.clear()
        self._judge.begin()

    def offer(self, front: Front, at: int, state: State, *, vanishing: int, least: float) -> None:
        """Every way to read the piece at `at`, with up to so many `vanishing` pairs before it.

        `least` is the ln P below which a reading is given up that has paid for an unknown byte.
        """
        piece = self._piece(at)
        self._shown.front, self._shown.least = front, least
        front.best = -inf
        self._shown.offer(piece, state)
        score = state[0]
        if not state[1][0] or vanishing < 1 or front.best > score - _LIKELY:
            return
        unknown = piece.char == "?"
        behind = self._piece(at + 1) if unknown and at + 1 < len(self._text) else None
        letters = self._vanished.once(piece, behind, state)
        best = front.best
        for begun in letters:
            front.offer(*self._vanished.letter(piece, begun))
        if vanishing > 1 and best < score - _UNLIKELY and not unknown:
            self._vanished.twice(piece, state)

    def given(self, at: int, state: State) -> Move:
        """The piece in front of a place: it is as it stands, whatever its likelihood."""
        return self._shown.given(self._piece(at), state)

    def literal(self, at: int, state: State) -> Move:
        """The piece as it stands; an annotation that reads the last two bytes is dropped."""
        return self._shown.literal(self._piece(at), state)

    def annotation(self, at: int, state: State) -> Move | None:
        """The annotation at `at` dropped, if it reads the last two bytes."""
        return self._shown.dropped(self._piece(at), state) if at < len(self._text) else None

    def _piece(self, at: int) -> Piece:
        piece = self._pieces.get(at)
        if piece is None:
            piece = self._pieces[at] = piece_at(self._text, at, self._page)
        return piece
