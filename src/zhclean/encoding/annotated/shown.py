"""How a piece of the damaged text can be read with nothing in front of it that showed nothing."""

from __future__ import annotations

from math import inf
from typing import Final

from zhclean.encoding.annotated.brackets import bracketed, most_gain
from zhclean.encoding.annotated.candidates import led_by, trailed_by
from zhclean.encoding.annotated.gbk import A3, char_of, char_pairs
from zhclean.encoding.annotated.habits import CONTRARY, Habits
from zhclean.encoding.annotated.judge import Judge
from zhclean.encoding.annotated.page import Page
from zhclean.encoding.annotated.pieces import MARKS, Piece
from zhclean.encoding.annotated.simplified import simplified_forms
from zhclean.encoding.annotated.states import Fields, Front, Move, State, Steps

__all__ = ["Shown"]

#: What a lead byte can have swallowed, as (character for the judge, character to show). A digit
#: shows as the `?` that it is: nobody can know which.
_LOST_ASCII: Final = (
    ("\n", "\n"),
    (" ", " "),
    ("0", "?"),
    ("<", "<"),
    ("(", "("),
    (")", ")"),
    ('"', '"'),
    (".", "."),
    ("-", "-"),
    ("%", "%"),
)
#: At the end of the text nothing, at the end of a line a carriage return: neither is missed.
_LOST_NOTHING: Final = (("\r", ""),)

# Costs in ln P.
_UNEXPLAINED: Final = -40.0  # a swallowed parenthesis that is none: no author writes one
_TAG: Final = -1.0
_KEPT_PARENTHESIS: Final = -3.0  # few sites


class Shown:
    """The moves on one page, offered to the `front` of a search.

    `least` is the ln P below which a reading is not followed from where the search is.
    """

    def __init__(self, page: Page, judge: Judge) -> None:
        self._annotated = page.annotated
        self._marks = page.marks
        self._judge = judge
        self._chars = char_pairs()
        self._forms = simplified_forms()
        self.habits = Habits(page)
        self.front = Front()
        self.least = -inf

    def offer(self, piece: Piece, state: State) -> None:
        """Every way to read the piece."""
        pending = state[1][0]
        if piece.char == "?":
            self.unknown(piece, state)
        if piece.kept is not None and self.dropped(piece, state) is None:
            self._behind_half(piece, piece.kept, _KEPT_PARENTHESIS, state)
        if pending:
            self.rejoined(piece, state)
        else:
            self.front.offer(*self.literal(piece, state))

    def unknown(self, piece: Piece, state: State) -> None:
        """Every way to read a `?` that stands for something else."""
        if piece.reading is not None:
            self._behind_half(piece, piece.reading, 0.0, state)
        if piece.mark is not None and piece.mark[0] in self._marks:
            if state[1][0]:
                self._lost_trail(piece, state)
            else:
                self._lost_lead(piece, state)
        if state[1][0]:
            self._swallowed(piece, state)

    def given(self, piece: Piece, state: State) -> Move:
        """The piece in front of a place: it is as it stands, whatever its likelihood."""
        if (dropped := self.dropped(piece, state)) is not None:
            return dropped
        _, (_, _, last, _, context), held, steps = state
        at, char = piece.at, piece.char
        _, held = bracketed(0.0, held, char)
        before, last = _last_bytes(piece, last)
        key = 0, before, last, False, context[-1:] + self._forms.get(char, char)
        return at + 1, (0.0, key, held, ((at, at + 1, char, "", None), steps))

    def literal(self, piece: Piece, state: State) -> Move:
        """The piece as it stands; an annotation that reads the last two bytes is dropped."""
        if (dropped := self.dropped(piece, state)) is not None:
            return dropped
        score, (_, _, last, cut, context), held, steps = state
        at, char = piece.at, piece.char
        before, byte = _last_bytes(piece, last)
        if len(piece.stands) == 2:
            score += piece.unannotated
            if not cut and last << 8 | before in self._annotated:
                score += CONTRARY
        else:
            if piece.reading is not None:
                score += _UNEXPLAINED
            if not cut and last << 8 | byte in self._annotated and not piece.annotated:
                score += CONTRARY
        ln_p, context = self._judge.says(context, char)
        score, held = bracketed(score + ln_p, held, char)
        step = at, at + 1, char, "", None
        return at + 1, (score, (0, before, byte, False, context), held, (step, steps))

    def dropped(self, piece: Piece, state: State) -> Move | None:
        """An annotation dropped, if it reads the last two bytes."""
        if piece.annotation is None:
            return None
        score, (pending, before, last, cut, context), held, steps = state
        if cut:
            return None
        syllable, end = piece.annotation
        pair = before << 8 | last
        cost = self.habits.reading_cost(pair, syllable)
        if cost is None:
            return None
        step = piece.at, end, "", "annotation", (pair, syllable)
        return end, (score + cost, (pending, before, last, True, context), held, (step, steps))

    # -- a pending byte ------------------------------------------------------------------------

    def rejoined(self, piece: Piece, state: State) -> None:
        """The pending byte and the first byte of this piece are one character."""
        if (dropped := self.dropped(piece, state)) is not None:
            self.front.offer(*dropped)
            return
        score, (pending, _, last, cut, context), held, steps = state
        char = self._chars.get(pending << 8 | piece.joins[0]) if piece.joins else None
        if char is None:
            return
        if not cut:
            score += self.contrary(piece, last)
        ln_p, context = self._judge.says(context, char)
        self.join(piece, last, score + ln_p, char, context, held, steps)

    def contrary(self, piece: Piece, lead: int) -> float:
        """The cost of a lead byte and the first of the piece's, annotated if they ever are."""
        pair = lead << 8 | piece.joins[0]
        if pair in self._annotated and not (piece.annotated and len(piece.joins) == 1):
            return CONTRARY
        return 0.0

    def join(
        self,
        piece: Piece,
        lead: int,
        score: float,
        char: str,
        context: str,
        held: int,
        steps: Steps,
    ) -> None:
        """The character of a lead byte and the piece's first one, and what its second one does.

        `score` and `context` are those behind that character.
        """
        at, joins = piece.at, piece.joins
        score, held = bracketed(score + piece.unannotated, held, char)
        byte = joins[-1]
        if len(joins) == 1:
            key = 0, lead, byte, False, context
        elif byte > 0x80:
            key = byte, joins[0], byte, False, context
        else:
            ln_p, context = self._judge.says(context, chr(byte))
            score += ln_p
            char += chr(byte)
            key = 0, joins[0], byte, False, context
        step = at, at + 1, char, "bytes", None
        self.front.offer(at + 1, (score, key, held, (step, steps)))

    # -- what a `?` can be ---------------------------------------------------------------------

    def _behind_half(
        self, piece: Piece, reading: tuple[str, int], dear: float, state: State
    ) -> None:
        """`?pīn)`: the `?` is the second byte of the annotated character, which is known.

        It leads a character that the annotation cut in two, so it swallowed the parenthesis.
        Where that was kept the byte may show nothing: `(pīn)` behind a character of another
        reading.
        """
        syllable, end = reading
        score, (pending, _, last, _, context), held, steps = state
        score += dear
        for pair, cost in self.habits.readers(last, syllable):
            byte = pair & 0xFF
            if byte <= 0x80:
                continue
            if not pending:
                step: Fields = piece.at, end, "", "bytes", (pair, syllable)
                key = byte, last, byte, True, context
                self.front.offer(end, (score + cost, key, held, (step, steps)))
                continue
            char = char_of(pair)
            if char is None:
                continue
            step = piece.at, end, char, "bytes", (pair, syllable)
            ln_p, behind = self._judge.says(context, char)
            total, then = bracketed(score + cost + ln_p, held, char)
            key = 0, last, byte, True, behind
            self.front.offer(end, (total, key, then, (step, steps)))

    # Some sites cut the text at the mark: its bytes are part of no annotated pair then.

    def _lost_lead(self, piece: Piece, state: State) -> None:
        """`?` and a mark: A3 was cut from its trail byte, the first byte of the mark's."""
        assert piece.mark is not None
        mark, end = piece.mark
        score, (_, _, _, _, context), held, steps = state
        lacks = self.least - score
        for ln_p, _, char, simple in self._judge[context].rank(trailed_by(A3), lacks):
            if ln_p < lacks:
                break
            step = piece.at, end, char, "lost", None
            total, then = bracketed(score + ln_p, held, char)
            key = mark, A3, mark, True, context[-1:] + simple
            self.front.offer(end, (total, key, then, (step, steps)))

    def _lost_trail(self, piece: Piece, state: State) -> None:
        """The same where the mark is a mark: the trail byte in front of it is lost."""
        assert piece.mark is not None
        mark, end = piece.mark
        score, (pending, _, _, _, context), held, steps = state
        lacks = self.front.least(end) - score - most_gain(held, 1)
        if lacks > 0.0:
            return
        for ln_p, byte, char, simple in self._judge[context].rank(led_by(pending), lacks):
            if ln_p < lacks:
                break
            if pending << 8 | byte in self._annotated:
                continue
            step = piece.at, end, char + MARKS[mark], "lost", None
            total, then = bracketed(score + ln_p, held, char)
            ln_p, behind = self._judge.says(context[-1:] + simple, MARKS[mark])
            key = 0, A3, mark, True, behind
            self.front.offer(end, (total + ln_p, key, then, (step, steps)))

    def _swallowed(self, piece: Piece, state: State) -> None:
        """`?`: the pending character's trail byte, and an ASCII character that it swallowed."""
        at, ends = piece.at, piece.ends
        score, (pending, _, _, _, context), held, steps = state
        least = max(self.least, self.front.least(at + 1))
        lacks = max(self.least - score, least - score - most_gain(held, 1))
        if lacks > 0.0:
            return
        for ln_p, byte, char, simple in self._judge[context].rank(led_by(pending), lacks):
            if ln_p < lacks:
                break
            total, then = bracketed(score + ln_p, held, char)
            front = context[-1:] + simple
            for lost, shown in _LOST_NOTHING if ends else _LOST_ASCII:
                kind = "lost" if ends else "tag" if piece.tag and lost == "<" else "swallowed"
                # The end of a line is still to come, that of the text is not.
                here, over = bracketed(total, then, "\n" if piece.ends_text else lost)
                behind = front
                if here < least:
                    continue
                if not ends:
                    ln_p, behind = self._judge[front][lost]
                    here += _TAG if kind == "tag" else ln_p
                    if here < least:
                        continue
                step = at, at + 1, char + shown, kind, None
                key = 0, byte, ord(lost), False, behind
                self.front.offer(at + 1, (here, key, over, (step, steps)))


def _last_bytes(piece: Piece, last: int) -> tuple[int, int]:
    """The last two bytes behind a piece that stands there, behind a `last` byte."""
    if len(piece.stands) == 2:
        return piece.stands[0], piece.stands[1]
    return last, piece.stands[0] if piece.stands else 0
