"""The search for the text behind a shifted place.

The bytes of the damaged text are known but for a few: those that a `?` swallowed, those that
showed nothing. The search walks over the damaged text and rebuilds the byte string, with every
choice for an unknown byte left open, and decodes it as the GBK text that it was. The damage is
deterministic, so among the texts that it turns into the observed one the likeliest is the
answer: a beam search over (position, lead byte pending, last bytes, last characters), scored
by the language model alone.

A place begins at a `?`, the only sign that a shift can begin with, and ends where every
surviving text has the same state: there the byte alignment has re-synchronised. So the work
is linear in the number of places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from zhclean.encoding.annotated.gbk import (
    A3,
    MARK_BYTES,
    char_of,
    char_pairs,
    invisible_pairs,
    is_hole,
    pair_of,
)
from zhclean.encoding.annotated.page import Page
from zhclean.encoding.annotated.readings import ANNOTATION, SYLLABLE, ladder, read_by, spelling
from zhclean.encoding.annotated.simplified import simplified_forms
from zhclean.encoding.language import load

__all__ = ["PLACE", "Place", "Search", "Step"]

#: A mark behind a lost byte: full-width, folded, or an entity that lost its `&`.
_MARK: Final = re.compile(
    r"([，,]|#xff0c;|#65292;)|([；;]|#xff1b;|#65307;)|([？?]|#xff1f;|#65311;)|([！!]|#xff01;|#65281;)",
    re.IGNORECASE,
)
_MARK_TRAILS: Final = (0xAC, 0xBB, 0xBF, 0xA1)
#: An annotation whose parenthesis was swallowed.
_SWALLOWED: Final = re.compile(rf"\?({SYLLABLE}) ?\)")
#: Where a shift can begin.
PLACE: Final = re.compile(rf"\?(?:(?={SYLLABLE} ?\))|(?=[，；？！,;?!])|(?=#(?:x|\d)))")
#: ASCII marks that may be folded full-width ones, and the trail byte of those.
_FOLDED: Final = {char: 0x80 + ord(char) for char in ",;:?!()"}

#: Survivors kept at each position.
_WIDTH: Final = 24
#: ln P behind the best survivor at which a text is given up.
_SPREAD: Final = 30.0
#: Characters after which a place that does not re-synchronise is given up.
_LONGEST: Final = 160
#: Characters in front of a place that the first text is read from.
_RUN_UP: Final = 12

# Costs in ln P of what a page that annotates always the same characters hardly ever shows.
_UNSEEN: Final = -2.0  # annotates a character of the ladder that it has shown no sign of
_BEYOND: Final = -5.0  # annotates a character beyond its own and the ladder's
_CONTRARY: Final = -9.0  # annotates, or not, against its own habit
#: A pair that showed nothing.
_VANISHED: Final = -1.5
_STOP: Final = 0.0
#: A swallowed parenthesis that is none: no author writes one.
_UNEXPLAINED: Final = -40.0
#: Quotes of traditional text, which simplified text does not use; the model folds them.
_FOREIGN_QUOTES: Final = frozenset("「」『』〝〞〈〉")
#: Marks that do not stand twice in a row.
_SINGLE_MARKS: Final = frozenset("。，、；：")
_UNUSUAL: Final = 4.0


class Step(NamedTuple):
    """What one piece of the damaged text, `[start:end]`, was: `text` in traditional characters.

    `kind` says how it is known: "" as it stands, "annotation", "bytes" (rebuilt from bytes that
    all are known), "lost" (a byte chosen), "vanished" (a pair put in), "swallowed" (a character
    that nobody can know).
    """

    start: int
    end: int
    text: str
    kind: str


@dataclass(slots=True)
class State:
    """One way to read the damaged text up to a position."""

    score: float
    pending: int  # lead byte that waits for its trail byte, 0 where the text is aligned
    before: int  # the last two bytes
    last: int
    cut: bool  # an annotation stands behind the last byte
    context: str  # the last two characters, simplified
    parent: State | None
    step: Step | None

    @property
    def key(self) -> tuple[int, int, int, bool, str]:
        return self.pending, self.before, self.last, self.cut, self.context


@dataclass(frozen=True, slots=True)
class Place:
    """A shifted place: the steps of its likeliest text, and how much likelier it is, in ln P."""

    start: int
    end: int
    steps: tuple[Step, ...]
    gain: float


class Search:
    """The search on one text; it keeps nothing between places but its caches."""

    def __init__(self, text: str, page: Page, step: Callable[[str, str], float]) -> None:
        self._text = text
        self._page = page
        self._ln_p = step
        self._forms = simplified_forms()
        self._quoted = False  # whether a quotation is open where the place begins

    def place(self, begin: int, floor: int) -> Place:
        """The likeliest text from the `?` at `begin` on; nothing before `floor` is read."""
        start = max(floor, begin - _RUN_UP)
        line = self._text[max(self._text.rfind("\n", 0, begin), begin - _LONGEST) + 1 : begin]
        self._quoted = line.count("“") > line.count("”")
        first = State(0.0, 0, 0, 0, False, "", None, None)
        front: dict[int, dict[object, State]] = {start: {first.key: first}}
        position = start
        while True:
            position = min(front)
            states = front.pop(position)
            if position > begin and not front and len(states) == 1:
                best = next(iter(states.values()))
                if not best.pending:
                    break
            if position >= min(len(self._text), begin + _LONGEST):
                aligned = [state for state in states.values() if not state.pending]
                if aligned:
                    best = max(aligned, key=lambda state: state.score)
                    break
                continue
            for state in self._survivors(states):
                steps = self._aligned if position < begin else self._steps
                for end, child in steps(position, state):
                    bucket = front.setdefault(end, {})
                    rival = bucket.get(child.key)
                    if rival is None or child.score > rival.score:
                        bucket[child.key] = child
        literal = self._literal(start, position, first)
        steps_taken = [step for step in _trace(best) if step.start >= begin]
        while len(steps_taken) > 1 and not steps_taken[-1].kind:
            del steps_taken[-1]  # only context
        return Place(begin, steps_taken[-1].end, tuple(steps_taken), best.score - literal)

    def _survivors(self, states: dict[object, State]) -> list[State]:
        ranked = sorted(states.values(), key=lambda state: -state.score)[:_WIDTH]
        least = ranked[0].score - _SPREAD
        return [state for state in ranked if state.score >= least]

    def _literal(self, start: int, end: int, state: State) -> float:
        """The score of the text as it stands, less the annotations that fit."""
        position = start
        while position < end:
            position, state = next(self._aligned(position, state))
        return state.score

    # -- one piece of the damaged text ------------------------------------------------------

    def _steps(self, at: int, state: State) -> Iterator[tuple[int, State]]:
        """Every way in which the piece at `at` can go on from `state`, with where it ends."""
        if self._text[at] == "?":
            yield from self._swallowed_parenthesis(at, state)
            yield from self._lost(at, state)
            if state.pending:
                yield from self._swallowed(at, state)
        if state.pending:
            yield from self._rejoined(at, state)
            yield from self._vanished(at, state)
        else:
            yield from self._aligned(at, state)

    def _aligned(self, at: int, state: State) -> Iterator[tuple[int, State]]:
        """The piece as it stands; an annotation that reads the last two bytes is dropped."""
        if (end := self._annotation(at, state)) is not None:
            yield end
            return
        char = self._text[at]
        pair = pair_of(char)
        if pair is not None:
            before, last = pair >> 8, pair & 0xFF
            cost = self._silent(state, before) + self._silent_at(pair, at + 1)
        else:
            before, last = state.last, ord(char) if char < "\x80" else 0
            cost = self._silent(state, last, at + 1)
        if char == "?" and _SWALLOWED.match(self._text, at):
            cost += _UNEXPLAINED
        score, context = self._say(state, char)
        yield (
            at + 1,
            State(
                score + cost, 0, before, last, False, context, state, Step(at, at + 1, char, "")
            ),
        )

    def _annotation(self, at: int, state: State) -> tuple[int, State] | None:
        if state.cut or self._text[at] != "(":
            return None
        match = ANNOTATION.match(self._text, at)
        if match is None:
            return None
        cost = self._reading_cost(state.before << 8 | state.last, match[1])
        if cost is None:
            return None
        step = Step(at, match.end(), "", "annotation")
        return match.end(), State(
            state.score + cost,
            state.pending,
            state.before,
            state.last,
            True,
            state.context,
            state,
            step,
        )

    def _rejoined(self, at: int, state: State) -> Iterator[tuple[int, State]]:
        """The pending byte and the first byte of this piece are one character."""
        if (end := self._annotation(at, state)) is not None:
            yield end
            return
        char = self._text[at]
        pair = pair_of(char)
        if pair is None and char in _FOLDED:
            pair = A3 << 8 | _FOLDED[char]
        if pair is None:
            byte = 0x80 if char == "€" else ord(char)
            if 0x40 <= byte <= 0x80:
                cost = self._silent(state, byte, at + 1)
                yield from self._joined(at, at + 1, state, (byte,), "bytes", cost)
            return
        cost = self._silent(state, pair >> 8) + self._silent_at(pair, at + 1)
        yield from self._joined(at, at + 1, state, (pair >> 8, pair & 0xFF), "bytes", cost)

    def _joined(
        self, at: int, end: int, state: State, data: tuple[int, ...], kind: str, cost: float
    ) -> Iterator[tuple[int, State]]:
        """The pending byte joined to the first of `data`; the second, if there is one, waits."""
        char = char_of(state.pending << 8 | data[0])
        if char is None:
            return
        score, context = self._say(state, char)
        text, pending, before = char, 0, state.last
        if len(data) == 2:
            before = data[0]
            if data[1] > 0x80:
                pending = data[1]
            elif data[1] == 0x80:
                return
            else:
                letter = chr(data[1])
                score += self._ln_p(context, letter)
                context = context[-1:] + letter
                text += letter
        step = Step(at, end, text, kind)
        yield end, State(score + cost, pending, before, data[-1], False, context, state, step)

    # -- what a `?` can be -------------------------------------------------------------------

    def _swallowed_parenthesis(self, at: int, state: State) -> Iterator[tuple[int, State]]:
        """`?pīn)`: the `?` is the second byte of the annotated character, which is known."""
        match = _SWALLOWED.match(self._text, at)
        if match is None:
            return
        for pair, cost in self._readers(state.last, spelling(match[1])):
            byte = pair & 0xFF
            if byte <= 0x80:
                continue
            if state.pending:
                children = self._joined(at, match.end(), state, (byte,), "bytes", cost)
            else:
                step = Step(at, match.end(), "", "bytes")
                child = State(
                    state.score + cost, byte, state.last, byte, True, state.context, state, step
                )
                children = iter([(match.end(), child)])
            for end, child in children:
                child.cut = True
                yield end, child

    def _lost(self, at: int, state: State) -> Iterator[tuple[int, State]]:
        """`?` and a mark: the mark's bytes straddled two characters, the lead byte is lost."""
        match = _MARK.match(self._text, at + 1)
        if match is None:
            return
        mark = _MARK_TRAILS[(match.lastindex or 1) - 1]
        if mark not in self._page.marks:
            return
        if not state.pending:
            yield from self._lost_lead(at, match.end(), state, mark)
            return
        for trail, char in self._likely(state, _chars_led_by(state.pending), 6):
            score, context = self._say(state, char)
            if trail <= 0x80 or self._page.annotated.get(state.pending << 8 | trail):
                continue
            whole = match[0]
            score += self._ln_p(context, whole[0])
            step = Step(at, match.end(), char + whole, "lost")
            yield (
                match.end(),
                State(score, 0, A3, mark, True, context[-1:] + whole[-1], state, step),
            )

    def _lost_lead(
        self, at: int, end: int, state: State, mark: int
    ) -> Iterator[tuple[int, State]]:
        for _, char in self._likely(state, _chars_trailed_by(A3), 40):
            score, context = self._say(state, char)
            score += _STOP * (char == "。")
            step = Step(at, end, char, "lost")
            # Some sites cut the text at the mark, so its bytes are not part of any annotated pair.
            yield end, State(score, mark, A3, mark, True, context, state, step)

    def _swallowed(self, at: int, state: State) -> Iterator[tuple[int, State]]:
        """`?`: the pending character's trail byte, and an ASCII character that it swallowed."""
        tag = _TAG_REST.match(self._text, at + 1)
        for trail, char in self._likely(state, _chars_led_by(state.pending), 6):
            if trail <= 0x80:
                continue
            score, context = self._say(state, char)
            # The end of the text, or a carriage return whose line feed is still there.
            ends = at + 1 == len(self._text) or self._text[at + 1] == "\n"
            choices = _LOST_RETURN if ends else _LOST_ASCII
            for lost, shown in choices:
                cost = 0.0 if lost == "\r" else self._ln_p(context, lost)
                if lost == "<" and tag:
                    cost = -1.0
                kind = {"<": "tag", "\r": "lost"}.get(lost, "swallowed")
                step = Step(at, at + 1, char + shown, kind)
                yield (
                    at + 1,
                    State(
                        score + cost,
                        0,
                        trail,
                        ord(lost),
                        False,
                        context[-1:] + lost if shown else context,
                        state,
                        step,
                    ),
                )

    def _vanished(self, at: int, state: State) -> Iterator[tuple[int, State]]:
        """A pair without a character stood in front of this piece."""
        led = {trail: char for trail, char in _chars_led_by(state.pending)}
        firsts = [(lead, led[lead]) for lead, _ in invisible_pairs() if lead in led]
        trails = dict(invisible_pairs())
        # A hole outside the user-defined areas shows as `?` on some sites.
        shown = self._text[at] == "?"
        for lead, char in self._likely(state, firsts, 6):
            if self._page.annotated.get(state.pending << 8 | lead):
                continue
            score, context = self._say(state, char)
            score += _VANISHED
            step = Step(at, at, char, "vanished")
            for trail in self._openers(at, trails[lead], context):
                child = State(score, trail, lead, trail, False, context, state, step)
                if shown:
                    yield from self._swallowed_parenthesis(at, child)
                    yield from self._lost(at, child)
                    yield from self._swallowed(at, child)
                else:
                    yield from self._rejoined(at, child)
            if shown and at + 1 < len(self._text):
                step = Step(at, at + 1, char, "vanished")
                for trail in self._openers(at + 1, trails[lead], context):
                    if is_hole(lead, trail):
                        child = State(score, trail, lead, trail, False, context, state, step)
                        yield from self._rejoined(at + 1, child)

    def _openers(self, at: int, trails: tuple[int, ...], context: str) -> list[int]:
        """Which of `trails` can lead the next character, the likeliest first."""
        char = self._text[at]
        if char == "?":
            match = _SWALLOWED.match(self._text, at)
            if match is None:
                return self._hidden(trails, context)
            return [
                trail
                for trail in trails
                if trail > 0x80 and any(True for _ in self._readers(trail, spelling(match[1])))
            ]
        pair = pair_of(char)
        byte = pair >> 8 if pair is not None else ord(char)
        if not 0x40 <= byte <= 0xFE:
            return []
        open_to = set(trails)
        found = [
            (self._ln_p(context, simple), lead)
            for lead, simple in _plausible_trailed_by(byte)
            if lead in open_to
        ]
        return [lead for _, lead in sorted(found, reverse=True)[:8]]

    def _hidden(self, trails: tuple[int, ...], context: str) -> list[int]:
        """Which of `trails` lead the likeliest characters of all, where nothing is known."""
        found = [
            (max(self._ln_p(context, simple) for simple in simples), lead)
            for lead, simples in _frequent().items()
            if lead in trails
        ]
        return [lead for _, lead in sorted(found, reverse=True)[:3]]

    # -- costs -------------------------------------------------------------------------------

    def _say(self, state: State, char: str) -> tuple[float, str]:
        simple = self._forms.get(char, char)
        score = state.score + self._ln_p(state.context, simple)
        unusual = (
            char in _FOREIGN_QUOTES
            or (char in _SINGLE_MARKS and char == state.context[-1:])
            or (char == "”" and not self._quoted)
        )
        return score - _UNUSUAL * unusual, state.context[-1:] + simple

    def _likely(
        self, state: State, choices: Iterator[tuple[int, str]] | list[tuple[int, str]], most: int
    ) -> list[tuple[int, str]]:
        """The `most` likeliest of (byte, character) in the context of `state`."""
        ranked = sorted(
            ((self._say(state, char)[0], byte, char) for byte, char in choices), reverse=True
        )
        return [(byte, char) for _, byte, char in ranked[:most]]

    def _reading_cost(self, pair: int, syllable: str) -> float | None:
        """The cost of `syllable` behind `pair`; None if it does not read it."""
        printed = spelling(syllable)
        known = self._page.annotated.get(pair)
        if known is not None:
            return 0.0 if known == printed else None
        char = char_of(pair)
        if char is None:
            return None
        if ladder().get(char) == printed:
            return _CONTRARY if pair in self._page.never else _UNSEEN
        if char not in ladder() and pair & 0xFF in read_by(pair >> 8, printed):
            return _BEYOND
        return None

    def _readers(self, lead: int, syllable: str) -> Iterator[tuple[int, float]]:
        """Pairs that begin with `lead` and read `syllable`, with their cost."""
        known = [
            (pair, cost)
            for pair in _ladder_pairs(lead, syllable) | self._own_pairs(lead, syllable)
            if (cost := self._reading_cost(pair, syllable)) is not None
        ]
        if not any(cost > _BEYOND for _, cost in known):
            known += [
                (pair, cost)
                for trail in read_by(lead, syllable)
                if (cost := self._reading_cost(pair := lead << 8 | trail, syllable)) is not None
                and pair not in dict(known)
            ]
        yield from sorted(known)

    def _own_pairs(self, lead: int, syllable: str) -> set[int]:
        return {
            pair
            for pair, reading in self._page.annotated.items()
            if pair >> 8 == lead and reading == syllable
        }

    def _silent(self, state: State, byte: int, shown_at: int | None = None) -> float:
        """The cost of the last byte and this one making an annotated character, unannotated."""
        pair = state.last << 8 | byte
        if state.cut or pair not in self._page.annotated:
            return 0.0
        return 0.0 if shown_at is not None and self._shows(shown_at) else _CONTRARY

    def _silent_at(self, pair: int, end: int) -> float:
        return _CONTRARY if pair in self._page.annotated and not self._shows(end) else 0.0

    def _shows(self, at: int) -> bool:
        return ANNOTATION.match(self._text, at) is not None


def _trace(state: State) -> Iterator[Step]:
    """The steps that led to a state, first to last."""
    steps: list[Step] = []
    walker: State | None = state
    while walker is not None:
        if walker.step is not None:
            steps.append(walker.step)
        walker = walker.parent
    return reversed(steps)


#: What a lead byte can have swallowed, as (character for the model, character to show). A digit
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
_LOST_RETURN: Final = (("\r", ""),)
#: What is left of a tag that lost its `<`.
_TAG_REST: Final = re.compile(r"/?[A-Za-z][A-Za-z0-9]{0,10}(?:\s[^<>\n]{0,200})?/?>")


@cache
def _chars_led_by(lead: int) -> list[tuple[int, str]]:
    return [
        (trail, char)
        for trail in range(0x40, 0xFF)
        if (char := char_of(lead << 8 | trail)) is not None
    ]


@cache
def _chars_trailed_by(trail: int) -> list[tuple[int, str]]:
    return [
        (lead, char)
        for lead in range(0x81, 0xFF)
        if (char := char_of(lead << 8 | trail)) is not None
    ]


@cache
def _plausible_trailed_by(trail: int) -> list[tuple[int, str]]:
    """(lead byte, simplified character) of the pairs with this trail byte that texts use."""
    return [(lead, simple) for lead, simple in _simple_trailed_by(trail) if _common(simple) > -14]


@cache
def _simple_trailed_by(trail: int) -> list[tuple[int, str]]:
    forms = simplified_forms()
    return [(lead, forms.get(char, char)) for lead, char in _chars_trailed_by(trail)]


@cache
def _frequent() -> dict[int, list[str]]:
    """Lead byte -> the simplified characters behind it that make up most of any text."""
    forms = simplified_forms()
    found: dict[int, list[str]] = {}
    for pair, char in char_pairs().items():
        simple = forms.get(char, char)
        if pair & 0xFF > 0x80 and _common(simple) > -9:
            found.setdefault(pair >> 8, []).append(simple)
    return found


def _common(char: str) -> float:
    """ln P of a character in no context."""
    return load().step("", char)


@cache
def _ladder_pairs(lead: int, syllable: str) -> frozenset[int]:
    return frozenset(
        pair
        for char, reading in ladder().items()
        if reading == syllable and (pair := pair_of(char)) is not None and pair >> 8 == lead
    )
