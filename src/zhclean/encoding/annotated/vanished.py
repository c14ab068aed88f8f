"""How a piece of the damaged text can be read with a byte pair in front of it that showed nothing.

The first byte of the pair ends the character that is begun, its second one leads the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Final

from zhclean.encoding.annotated.brackets import bracketed, most_gain
from zhclean.encoding.annotated.candidates import between, hidden_behind, opening, vanishing
from zhclean.encoding.annotated.gbk import invisible_trails, is_hole, pair_of
from zhclean.encoding.annotated.judge import Judge
from zhclean.encoding.annotated.page import Page
from zhclean.encoding.annotated.pieces import Piece
from zhclean.encoding.annotated.shown import Shown
from zhclean.encoding.annotated.states import Begun, Move, State

__all__ = ["Vanished"]

#: The cost of such a pair in ln P. The bytes alone make one in ten, which the judge cannot know.
_VANISHED: Final = -1.5
_LETTERS: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
#: First characters that are followed where the second one is unknown too.
_BLIND: Final = 4
#: Lead bytes that are tried where the trail byte is not known either.
_HIDDEN: Final = 6


class Vanished:
    """The moves on one page, offered to the front of `shown`."""

    def __init__(self, page: Page, judge: Judge, shown: Shown) -> None:
        self._annotated = page.annotated
        self._judge = judge
        self._shown = shown

    def once(self, piece: Piece, behind: Piece | None, state: State) -> list[Begun]:
        """A pair stood in front of this piece. `behind` is the next piece, where it ends none.

        What this has begun may also end with a letter of the text: see `letter`.
        """
        unknown = piece.char == "?"
        letters: list[Begun] = []
        least = -inf if unknown else self._shown.front.least(piece.at + 1)
        for begun in self._begun(piece, state, _BLIND if unknown else None, least):
            if unknown:
                self._unknown(piece, behind, begun)
            else:
                self._known(piece, begun)
            if not _LETTERS.isdisjoint(invisible_trails(begun[1])):
                letters.append(begun)
        return letters

    def twice(self, piece: Piece, state: State) -> None:
        """Two pairs stood in front of this piece: one character is between."""
        at = piece.at
        least = self._shown.front.least(at + 1)
        for score, hidden, context, held, steps in self._begun(
            piece, state, _BLIND, least - _VANISHED
        ):
            lacks = self._lacks(score, held, least)
            for ln_p, _, char, simple in self._judge[context].rank(between(hidden), lacks):
                if ln_p < lacks:
                    break
                total, then = bracketed(score + ln_p + _VANISHED, held, char)
                step = at, at, char, "vanished", None
                byte = (pair_of(char) or 0) & 0xFF
                self._known(piece, (total, byte, context[-1:] + simple, then, (step, steps)))

    def letter(self, piece: Piece, begun: Begun) -> Move:
        """The pair is a byte and a letter of the text; nobody knows which. It is in step again."""
        score, hidden, context, held, (step, steps) = begun
        ln_p, context = self._judge.says(context, "a")
        step = piece.at, piece.at, step[2] + "?", "swallowed", None
        key = 0, hidden, 0, False, context
        return self._shown.literal(piece, (score + ln_p, key, held, (step, steps)))

    def _begun(self, piece: Piece, state: State, most: int | None, least: float) -> Iterator[Begun]:
        """The likeliest ends of the pending character that may begin such a pair."""
        score, (pending, _, _, _, context), held, steps = state
        at = piece.at
        lacks = self._lacks(score, held, least)
        ranked = self._judge[context].rank(vanishing(pending), lacks)
        for ln_p, hidden, char, simple in ranked[:most]:
            if ln_p < lacks:
                break
            if pending << 8 | hidden in self._annotated:
                continue
            total, then = bracketed(score + ln_p + _VANISHED, held, char)
            step = at, at, char, "vanished", None
            yield total, hidden, context[-1:] + simple, then, (step, steps)

    def _lacks(self, score: float, held: int, least: float) -> float:
        """ln P that a character must have in front of such a pair to be followed."""
        return max(self._shown.least, least - most_gain(held, 2)) - score - _VANISHED

    def _known(self, piece: Piece, begun: Begun) -> None:
        """The pair's second byte and the first one of the piece are one character."""
        if not piece.opens:
            return
        score, hidden, context, held, steps = begun
        least = self._shown.front.least(piece.at + 1)
        lacks = least - score - piece.unannotated - most_gain(held, 1)
        if lacks > 0.0:
            return
        for ln_p, trail, char, simple in self._judge[context].rank(
            opening(piece.opens, hidden), lacks
        ):
            if ln_p < lacks:
                break
            total = score + ln_p + self._shown.contrary(piece, trail)
            self._shown.join(piece, trail, total, char, context[-1:] + simple, held, steps)

    def _unknown(self, piece: Piece, behind: Piece | None, begun: Begun) -> None:
        """A `?` behind the pair, or for it, where the site shows one."""
        _, hidden, _, _, (step, steps) = begun
        for trail in self._openers(piece, begun):
            self._shown.unknown(piece, _waiting(begun, trail))
        if behind is not None:
            shows = piece.at, behind.at, step[2], "vanished", None
            begun = *begun[:4], (shows, steps)
            for trail in self._openers(behind, begun):
                if is_hole(hidden, trail):
                    self._shown.rejoined(behind, _waiting(begun, trail))

    def _openers(self, piece: Piece, begun: Begun) -> list[int]:
        """Which second bytes of the pair can lead the next character."""
        _, hidden, context, _, _ = begun
        if piece.char != "?":
            ranked = self._judge[context].rank(opening(piece.opens, hidden)) if piece.opens else []
            return [byte for _, byte, _, _ in ranked]
        if piece.reading is None:
            ranked = self._judge[context].rank(hidden_behind(hidden))
            return list(dict.fromkeys([byte for _, byte, _, _ in ranked]))[:_HIDDEN]
        syllable, _ = piece.reading
        readers = [trail for trail in invisible_trails(hidden) if trail > 0x80]
        return [trail for trail in readers if self._shown.habits.readers(trail, syllable)]


def _waiting(begun: Begun, trail: int) -> State:
    """The second byte of the pair as the lead byte that waits."""
    score, hidden, context, held, steps = begun
    return score, (trail, hidden, trail, False, context), held, steps
