"""How one piece of damaged text can be read: every move that the damage allows.

A state is one reading of the text up to a position. `pending` is the lead byte of a character
that the reading has begun and not ended: 0 where the damaged text is aligned with the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Final, NamedTuple

from zhclean.encoding.annotated.brackets import BRACKETS
from zhclean.encoding.annotated.choices import Choices
from zhclean.encoding.annotated.gbk import (
    A3,
    MARK_BYTES,
    char_of,
    invisible_trails,
    is_hole,
    pair_of,
)
from zhclean.encoding.annotated.habits import Habits
from zhclean.encoding.annotated.page import Page
from zhclean.encoding.annotated.readings import ANNOTATION, SYLLABLE

__all__ = ["Moves", "State", "Step"]

#: A mark behind a lost byte: full-width, folded, or an entity that lost its `&`.
_MARK: Final = re.compile(
    r"([，,]|#xff0c;|#65292;)|([；;]|#xff1b;|#65307;)"
    r"|([？?]|#xff1f;|#65311;)|([！!]|#xff01;|#65281;)",
    re.IGNORECASE,
)
_MARK_TRAILS: Final = (0xAC, 0xBB, 0xBF, 0xA1)
_MARKS: Final = {trail: mark for mark, trail in MARK_BYTES.items()}
#: An annotation whose parenthesis was swallowed.
_SWALLOWED: Final = re.compile(rf"\?({SYLLABLE}) ?\)")
#: What is left of a tag that lost its `<`.
_TAG_REST: Final = re.compile(r"/?[A-Za-z][A-Za-z0-9]{0,10}(?:\s[^<>\n]{0,200})?/?>")
#: ASCII marks that may be folded full-width ones, with the trail byte of those.
_FOLDED: Final = {char: 0x80 + ord(char) for char in ",;:?!()"}

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
_LETTERS: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

# Costs in ln P.
_UNEXPLAINED: Final = -40.0  # a swallowed parenthesis that is none: no author writes one
#: A pair that showed nothing. The bytes alone make one in ten, which the judge cannot know.
_VANISHED: Final = -1.5
_TAG: Final = -1.0
#: The most that two characters can gain by the brackets that they close.
_BRACKETS: Final = 2 * max(gain for gain, _ in BRACKETS.values())
_NEVER: Final = -inf
# How much a piece may cost, -ln P, before a vanished pair, and two of them, are looked for in
# front of it. In 1,600 damaged documents no text needs a pair where less is at stake.
_LIKELY: Final = 4.0
_UNLIKELY: Final = 9.0
#: First characters that are followed where the second one is unknown too.
_BLIND: Final = 4


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
    reads: tuple[int, str] | None = None


@dataclass(slots=True)
class State:
    """One reading of the damaged text up to a position, and its ln P."""

    score: float
    pending: int
    before: int  # the last two bytes
    last: int
    cut: bool  # an annotation or a mark stands behind the last byte
    context: str  # the last two characters, simplified
    held: int  # the brackets that are open
    parent: State | None
    step: Step | None

    @property
    def key(self) -> tuple[int, int, int, bool, str]:
        """States that agree in this have the same future."""
        return self.pending, self.before, self.last, self.cut, self.context


Move = tuple[int, State]


class Moves:
    """The moves on one text. Each yields (position behind the piece, new state)."""

    def __init__(self, text: str, page: Page, choices: Choices) -> None:
        self._text = text
        self._page = page
        self._choices = choices
        self._habits = Habits(text, page)
        #: ln P below which a reading is not followed, known to the search: now, and of those
        #: that end at a position the least that can survive there.
        self.least = 0.0
        self.least_at: dict[int, float] = {}

    def every(self, at: int, state: State, *, vanishing: int) -> Iterator[Move]:
        """Every way to read the piece at `at`, with up to so many `vanishing` pairs before it."""
        likely = state.score - _LIKELY
        best = _NEVER
        for move in self._shown(at, state):
            yield move
            best = max(best, move[1].score)
        if not state.pending or vanishing < 1 or best > likely:
            return
        for end, child in self._vanished(at, state):
            yield end, child
            if end > at:  # otherwise the piece itself is still to be paid for
                best = max(best, child.score)
        if vanishing > 1 and best < state.score - _UNLIKELY:
            yield from self._vanished_twice(at, state)

    def _shown(self, at: int, state: State) -> Iterator[Move]:
        """Every way to read the piece at `at`, with nothing in front of it."""
        if self._text[at] == "?":
            yield from self._swallowed_parenthesis(at, state)
            yield from self._lost(at, state)
            if state.pending:
                yield from self._swallowed(at, state)
        if state.pending:
            yield from self._rejoined(at, state)
        else:
            yield self.literal(at, state)

    def given(self, at: int, state: State) -> Move:
        """The piece in front of a place: it is as it stands, whatever its likelihood."""
        if (dropped := self.annotation(at, state)) is not None:
            return dropped
        char = self._text[at]
        before, last = self._bytes(char, state)
        context = state.context[-1:] + self._choices.simple(char)
        _, held = BRACKETS.get((state.held, char), (0.0, state.held))
        step = Step(at, at + 1, char, "")
        return at + 1, State(0.0, 0, before, last, False, context, held, state, step)

    def literal(self, at: int, state: State) -> Move:
        """The piece as it stands; an annotation that reads the last two bytes is dropped."""
        if (dropped := self.annotation(at, state)) is not None:
            return dropped
        char = self._text[at]
        pair = pair_of(char)
        before, last = self._bytes(char, state)
        if pair is not None:
            cost = self._silent(state, before) + self._habits.silent(pair, at + 1)
        else:
            cost = self._silent(state, last, at + 1)
            if char == "?" and _SWALLOWED.match(self._text, at):
                cost += _UNEXPLAINED
        step = Step(at, at + 1, char, "")
        return at + 1, self._then(state, char, step, 0, before, last, cost)

    @staticmethod
    def _bytes(char: str, state: State) -> tuple[int, int]:
        """The last two bytes behind a character that stands there."""
        pair = pair_of(char)
        if pair is not None:
            return pair >> 8, pair & 0xFF
        return state.last, ord(char) if char < "\x80" else 0

    # -- characters that are still there -------------------------------------------------------

    def _then(
        self, state: State, said: str, step: Step, pending: int, before: int, last: int, cost: float
    ) -> State:
        score, context, held = state.score + cost, state.context, state.held
        for char in said:
            score += self._choices.after(context)[char]
            context = context[-1:] + self._choices.simple(char)
            bracket = BRACKETS.get((held, char))
            if bracket is not None:
                score, held = score + bracket[0], bracket[1]
        return State(score, pending, before, last, False, context, held, state, step)

    def annotation(self, at: int, state: State) -> Move | None:
        """The annotation at `at` dropped, if it reads the last two bytes."""
        if state.cut or self._text[at : at + 1] != "(":
            return None
        match = ANNOTATION.match(self._text, at)
        if match is None:
            return None
        pair = state.before << 8 | state.last
        cost = self._habits.reading_cost(pair, match[1])
        if cost is None:
            return None
        step = Step(at, match.end(), "", "annotation", (pair, match[1]))
        child = self._then(state, "", step, state.pending, state.before, state.last, cost)
        child.cut = True
        return match.end(), child

    def _rejoined(self, at: int, state: State) -> Iterator[Move]:
        """The pending byte and the first byte of this piece are one character."""
        if (dropped := self.annotation(at, state)) is not None:
            yield dropped
            return
        char = self._text[at]
        pair = pair_of(char)
        if pair is None and char in _FOLDED:
            pair = A3 << 8 | _FOLDED[char]
        if pair is not None:
            cost = self._silent(state, pair >> 8) + self._habits.silent(pair, at + 1)
            yield from self._join(at, at + 1, state, (pair >> 8, pair & 0xFF), cost)
            return
        byte = 0x80 if char == "€" else ord(char)
        if 0x40 <= byte <= 0x80:
            cost = self._silent(state, byte, at + 1)
            yield from self._join(at, at + 1, state, (byte,), cost)

    def _join(
        self, at: int, end: int, state: State, data: tuple[int, ...], cost: float
    ) -> Iterator[Move]:
        """The pending byte joined to the first of `data`; the second, if there is one, waits."""
        char = char_of(state.pending << 8 | data[0])
        last = data[-1]
        if char is None or (len(data) == 2 and last == 0x80):
            return
        waits = len(data) == 2 and last > 0x80
        before = data[0] if len(data) == 2 else state.last
        said = char if waits or len(data) == 1 else char + chr(last)
        step = Step(at, end, said, "bytes")
        yield end, self._then(state, said, step, last if waits else 0, before, last, cost)

    # -- what a `?` can be ----------------------------------------------------------------------

    def _swallowed_parenthesis(self, at: int, state: State) -> Iterator[Move]:
        """`?pīn)`: the `?` is the second byte of the annotated character, which is known."""
        match = _SWALLOWED.match(self._text, at)
        if match is None:
            return
        end = match.end()
        for pair, cost in self._habits.readers(state.last, match[1]):
            byte = pair & 0xFF
            if byte <= 0x80:
                continue
            char = char_of(pair) if state.pending else ""
            if char is None:
                continue
            step = Step(at, end, char, "bytes", (pair, match[1]))
            waits = 0 if state.pending else byte
            child = self._then(state, char, step, waits, state.last, byte, cost)
            child.cut = True
            yield end, child

    def _lost(self, at: int, state: State) -> Iterator[Move]:
        """`?` and a mark: a lead byte was cut from its trail byte by the bytes of the mark."""
        match = _MARK.match(self._text, at + 1)
        if match is None:
            return
        mark = _MARK_TRAILS[(match.lastindex or 1) - 1]
        if mark not in self._page.marks:
            return
        if not state.pending:
            for choice in self._choices.trailed_by(A3, state.context):
                if state.score + choice.ln_p < self.least:
                    break
                step = Step(at, match.end(), choice.char, "lost")
                yield match.end(), self._behind_mark(state, choice.char, step, mark, mark)
            return
        # Aligned in the original: the mark is a mark, and the trail byte before it is lost.
        for choice in self._choices.led_by(state.pending, state.context):
            if state.pending << 8 | choice.byte not in self._page.annotated:
                said = choice.char + _MARKS[mark]
                step = Step(at, match.end(), said, "lost")
                yield match.end(), self._behind_mark(state, said, step, 0, mark)

    def _behind_mark(self, state: State, said: str, step: Step, pending: int, mark: int) -> State:
        child = self._then(state, said, step, pending, A3, mark, 0.0)
        # Some sites cut the text at the mark: its bytes are part of no annotated pair then.
        child.cut = True
        return child

    def _swallowed(self, at: int, state: State) -> Iterator[Move]:
        """`?`: the pending character's trail byte, and an ASCII character that it swallowed."""
        ends = at + 1 == len(self._text) or self._text[at + 1] == "\n"
        tag = _TAG_REST.match(self._text, at + 1) is not None
        for choice in self._choices.led_by(state.pending, state.context):
            if state.score + choice.ln_p < self.least:
                break
            step = Step(at, at + 1, choice.char, "lost")
            read = self._then(state, choice.char, step, 0, state.last, choice.byte, 0.0)
            after = self._choices.after(read.context)
            for lost, shown in _LOST_NOTHING if ends else _LOST_ASCII:
                kind = "lost" if ends else "tag" if tag and lost == "<" else "swallowed"
                # The end of a line is still to come, that of the text is not.
                over = "\n" if at + 1 == len(self._text) else lost
                cost, held = BRACKETS.get((read.held, over), (0.0, read.held))
                score = read.score + cost
                if not ends:
                    score += _TAG if kind == "tag" else after[lost]
                if score < self.least:
                    continue
                step = Step(at, at + 1, choice.char + shown, kind)
                front = read.context if ends else read.context[-1:] + lost
                yield (
                    at + 1,
                    State(score, 0, choice.byte, ord(lost), False, front, held, state, step),
                )

    def _vanished(self, at: int, state: State) -> Iterator[Move]:
        """A pair without a character stood in front of this piece."""
        unknown = self._text[at] == "?"
        least = _NEVER if unknown else self.least_at.get(at + 1, _NEVER)
        firsts = self._choices.vanishing(state.pending, state.context)
        for choice in firsts[:_BLIND] if unknown else firsts:
            lead = choice.byte
            score = state.score + choice.ln_p + _VANISHED
            if score < self.least or score + _BRACKETS < least:
                break
            if state.pending << 8 | lead in self._page.annotated:
                continue
            step = Step(at, at, choice.char, "vanished")
            open_state = self._then(state, choice.char, step, 0, state.last, lead, _VANISHED)
            for trail in self._openers(at, lead, open_state, least):
                child = _waiting(open_state, trail)
                if unknown:
                    yield from self._swallowed_parenthesis(at, child)
                    yield from self._lost(at, child)
                    yield from self._swallowed(at, child)
                else:
                    yield from self._rejoined(at, child)
            if unknown and at + 1 < len(self._text):
                yield from self._shown_hole(at, lead, choice.char, state)
            if not _LETTERS.isdisjoint(invisible_trails(lead)):
                yield at, self._swallowed_letter(at, choice.char, state, lead)

    def _vanished_twice(self, at: int, state: State) -> Iterator[Move]:
        """Two pairs without a character stood in front of this piece: one character is between."""
        if self._text[at] == "?":
            return
        least = self.least_at.get(at + 1, _NEVER)
        for choice in self._choices.vanishing(state.pending, state.context)[:_BLIND]:
            score = state.score + choice.ln_p + _VANISHED
            if score < self.least or score + _VANISHED + _BRACKETS < least:
                break
            step = Step(at, at, choice.char, "vanished")
            first = self._then(state, choice.char, step, 0, state.last, choice.byte, _VANISHED)
            for between in self._choices.between(choice.byte, first.context):
                score = first.score + between.ln_p + _VANISHED
                if score < self.least or score + _BRACKETS < least:
                    break
                last = (pair_of(between.char) or 0) & 0xFF
                step = Step(at, at, between.char, "vanished")
                second = self._then(first, between.char, step, 0, first.last, last, _VANISHED)
                for trail in self._openers(at, last, second, least):
                    yield from self._rejoined(at, _waiting(second, trail))

    def _shown_hole(self, at: int, lead: int, char: str, state: State) -> Iterator[Move]:
        """The same where the site shows a `?` for the pair."""
        step = Step(at, at + 1, char, "vanished")
        open_state = self._then(state, char, step, 0, state.last, lead, _VANISHED)
        for trail in self._openers(at + 1, lead, open_state, _NEVER):
            if is_hole(lead, trail):
                yield from self._rejoined(at + 1, _waiting(open_state, trail))

    def _swallowed_letter(self, at: int, char: str, state: State, lead: int) -> State:
        """The invisible pair is a trail byte and a letter of the text; nobody knows which."""
        step = Step(at, at, char + "?", "swallowed")
        child = self._then(state, char, step, 0, lead, 0, _VANISHED)
        child.score += self._choices.ln_p(child.context, "a")
        child.context = child.context[-1:] + "a"
        return child

    def _openers(self, at: int, hidden: int, state: State, least: float) -> Iterable[int]:
        """Which trail bytes of an invisible pair after `hidden` can lead the next character."""
        char = self._text[at]
        if char == "?":
            match = _SWALLOWED.match(self._text, at)
            if match is None:
                return self._choices.hidden(hidden, state.context)
            readers = (trail for trail in invisible_trails(hidden) if trail > 0x80)
            return [trail for trail in readers if any(self._habits.readers(trail, match[1]))]
        pair = pair_of(char)
        byte = pair >> 8 if pair is not None else ord(char)
        if not 0x40 <= byte <= 0xFE:
            return []
        lacks = least - state.score - _BRACKETS
        openers = self._choices.opening(byte, hidden, state.context)
        return [choice.byte for choice in openers if choice.ln_p >= lacks]

    def _silent(self, state: State, byte: int, shown_at: int | None = None) -> float:
        """The cost of the last byte and this one making an annotated character, unannotated."""
        return 0.0 if state.cut else self._habits.silent(state.last << 8 | byte, shown_at)


def _waiting(state: State, trail: int) -> State:
    """`state` with the second byte of an invisible pair as the lead byte that waits."""
    return State(
        state.score,
        trail,
        state.last,
        trail,
        False,
        state.context,
        state.held,
        state.parent,
        state.step,
    )
