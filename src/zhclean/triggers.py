"""One scan of a text tells which cleaners can have anything to do.

A cleaner may declare triggers: what must stand in a text for it to propose anything. The
pipeline looks for the triggers of all its cleaners at once and asks only those whose trigger
it finds. Triggers are necessary, not sufficient: they may stop too often, never too seldom.

With numpy installed (the extra `fast`) long texts and batches are looked up in tables
(`trigger_tables`); what is found is the same. Who decides whether to look at all is `door`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property, reduce
from itertools import accumulate, chain
from operator import or_
from typing import TYPE_CHECKING, Final, NamedTuple

from zhclean.character_sets import Borders, Characters

if TYPE_CHECKING:
    from zhclean.glance import Glance
    from zhclean.trigger_tables import TriggerTables

__all__ = [
    "NOBODY",
    "Answer",
    "Borders",
    "Characters",
    "Crowd",
    "Gate",
    "Row",
    "Trigger",
    "is_frequent_pair",
    "pages",
]


#: There must be so many characters for tables to pay.
_LONG: Final = 2_000
#: So many characters of small texts are put together for one look-up; many more do not fit the
#: cache.
_PAGE: Final = 80_000
#: Characters so frequent that to stop at each takes longer than to look for the few pairs in
#: which one is a trigger.
_FREQUENT: Final = frozenset("，。、的一是不了在人有我他这中大来上国")
_FEW: Final = 8
#: A bit of 64 for each.
_MOST_CLEANERS: Final = 64
#: Trigrams whose cleaners are remembered.
_MOST_KNOWN: Final = 1 << 15


class Trigger(NamedTuple):
    """A rare character, what must stand beside it, and what must be true there.

    Each of the first three is a set of characters, written like the inside of a class of `re`:
    characters and ranges (`"0-9%"`), a hyphen first or last, `^` in front for all others, but
    without escapes. `lead` is what is searched for, so it should be rare in clean text; "" for
    `before` or `after` demands nothing, and a set with `^` also holds the end of the text.

    `check` is for what two neighbours cannot tell: a function of the text and the place of the
    lead that must find it true. It is asked only where all else agrees, so it costs little where
    that is rare. The method `match` of a compiled pattern is one, and costs least; a pattern that
    takes long to compile belongs into a function that has it compiled when it is first asked.
    That leads must stand close together, say as a `Crowd`: tables see that for themselves.
    """

    lead: str
    before: str = ""
    after: str = ""
    check: Callable[[str, int], object] | None = None


class Crowd:
    """A check of a lead: that two more of its set follow, each near the one before.

    `gap`: so many other characters may stand between two of them.
    """

    def __init__(self, characters: str, gap: int) -> None:
        self.gap: Final = gap
        self._characters: Final = characters
        self._is_one: Final = _Leads((Characters(characters),)).__getitem__

    def __reduce__(self) -> tuple[type[Crowd], tuple[str, int]]:
        return Crowd, (self._characters, self.gap)

    def __call__(self, text: str, place: int) -> bool:
        for _ in range(2):
            following = [*map(self._is_one, text[place + 1 : place + 2 + self.gap])]
            if True not in following:
                return False
            place += 1 + following.index(True)
        return True


class Row(NamedTuple):
    """A declared trigger, read, with the bit of its cleaner."""

    lead: Characters
    before: Characters
    after: Characters
    check: Callable[[str, int], object] | None
    bit: int


class Answer(NamedTuple):
    """Cleaners, as bits, with a trigger at one place; and those whose checks have to say so."""

    sure: int
    checks: tuple[tuple[int, Callable[[str, int], object]], ...]


NOBODY: Final = Answer(0, ())


class _Leads(dict[str, bool]):
    """Whether a character is in one of some sets; remembers it of each that was asked about."""

    def __init__(self, sets: Collection[Characters]) -> None:
        super().__init__()
        self._few = frozenset(chain.from_iterable(one.few for one in sets))
        self._others = [one for one in dict.fromkeys(sets) if one.has_spans]

    def __missing__(self, character: str) -> bool:
        found = character in self._few or any(character in one for one in self._others)
        self[character] = found
        return found


class _Pairs(dict[str, bool]):
    """Whether a trigger allows that a lead stands before a character; remembers many pairs.

    At the end of a text the pair is the lead alone.
    """

    def __init__(self, rows_of: Callable[[str], Sequence[Row]]) -> None:
        super().__init__()
        self._rows_of = rows_of

    def __missing__(self, pair: str) -> bool:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        found = any(pair[1:] in row.after for row in self._rows_of(pair[0]))
        self[pair] = found
        return found


class Gate:
    """The triggers of several cleaners, found in one scan.

    `triggers` holds a row for each cleaner; None stands for one that always has to be asked.
    """

    def __init__(self, triggers: Sequence[Sequence[Trigger] | None]) -> None:
        self._declared = tuple(triggers)
        #: Those who are always asked.
        self.always: Final = sum(1 << n for n, declared in enumerate(triggers) if declared is None)
        #: All cleaners.
        self.everyone: Final = (1 << len(self._declared)) - 1
        self._rows: tuple[Row, ...] | None = None
        self._of_lead: dict[str, tuple[Row, ...]] = {}
        self._by_character: dict[str, list[Row]] = {}
        self._by_range: list[Row] = []
        self._known: dict[str, Answer] = {}
        self._pairs: list[tuple[str, int]] | None = None
        self._sought: list[Row] = []  # those that are no such pairs
        self._leads: _Leads | None = None
        self._allowed = _Pairs(self._rows_of)
        self._tables: TriggerTables | None = None
        self._may_have_tables = len(self._declared) <= _MOST_CLEANERS

    def __reduce__(self) -> tuple[type[Gate], tuple[object]]:
        return Gate, (self._declared,)

    def scan(self, text: str) -> int:
        """The cleaners that may have something to do in `text`: bit n for the one at index n."""
        return self.scan_many((text,))[0]

    def scan_many(self, texts: Sequence[str]) -> list[int]:
        """`scan` of each text; many small ones are looked up together."""
        tables = self._tables
        if tables is None:
            return list(map(self.go_through, texts))
        return [
            found for start, end in pages(texts) for found in tables.scan_many(texts[start:end])
        ]

    @cached_property
    def glance(self) -> Glance:
        """What looks for some of the triggers and takes less time than to ask everyone."""
        from zhclean.glance import Glance

        return Glance(self)

    def takes_tables(self, size: int) -> bool:
        """Whether so many characters are looked up in tables, which are made now if need be."""
        if size < _LONG or not self._may_have_tables:
            return False
        if self._tables is None:
            try:
                from zhclean.trigger_tables import TriggerTables
            except ModuleNotFoundError:  # numpy is an extra
                self._may_have_tables = False
                return False
            self._tables = TriggerTables(self)
        return True

    @property
    def rows(self) -> tuple[Row, ...]:
        """All triggers, read."""
        if self._rows is None:
            bodies = {
                body for declared in self._declared for one in declared or () for body in one[:3]
            }
            sets = {body: Characters(body) for body in bodies}
            self._rows = tuple(
                Row(sets[lead], sets[before], sets[after], check, 1 << index)
                for index, declared in enumerate(self._declared)
                for lead, before, after, check in declared or ()
            )
        return self._rows

    def _find_pairs(self, text: str) -> int:
        """The cleaners of those triggers that `in` finds faster than a search for their lead."""
        if self._pairs is None:
            self._pairs = [
                (lead + after, row.bit)
                for row in self.rows
                if is_frequent_pair(row)
                for lead in sorted(row.lead.few)
                for after in sorted(row.after.few)
            ]
            self._sought = [row for row in self.rows if not is_frequent_pair(row)]
        found = self.always
        for pair, bit in self._pairs:
            if not found & bit and pair in text:
                found |= bit
        return found

    def answer(self, before: str, lead: str, after: str) -> Answer:
        """Which cleaners have a trigger with this lead between these neighbours."""
        rows = [row for row in self._rows_of(lead) if before in row.before and after in row.after]
        if not rows:
            return NOBODY
        sure = reduce(or_, (row.bit for row in rows if row.check is None), 0)
        checks = dict.fromkeys(
            (row.bit, row.check) for row in rows if row.check and not row.bit & sure
        )
        return Answer(sure, tuple(checks))

    def _rows_of(self, lead: str) -> tuple[Row, ...]:
        rows = self._of_lead.get(lead)
        if rows is None:
            if not self._by_character:
                for row in self.rows:
                    for character in row.lead.few:
                        self._by_character.setdefault(character, []).append(row)
                self._by_range = [row for row in self.rows if row.lead.has_spans]
            named = self._by_character.get(lead, ())
            ranged = (row for row in self._by_range if lead in row.lead)
            rows = self._of_lead[lead] = (*named, *ranged)
        return rows

    def at(self, text: str, place: int) -> Answer:
        """`answer` about the character at `place`."""
        trigram = text[place - 1 : place + 2] if place else ""
        if len(trigram) < 3:
            before = text[place - 1] if place else ""
            return self.answer(before, text[place], text[place + 1 : place + 2])
        found = self._known.get(trigram)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            found = self._known[trigram] = self.answer(*trigram)
        return found

    def go_through(self, text: str) -> int:
        """`scan` without tables: for little text, for it compiles and imports nothing."""
        found = self._find_pairs(text)
        if self._leads is None:
            self._leads = _Leads([row.lead for row in self._sought])
        leads, pairs = self._leads, self._allowed
        for place, character in enumerate(text):
            if leads[character] and pairs[text[place : place + 2]]:
                sure, checks = self.at(text, place)
                found |= sure
                for bit, check in checks:
                    if not found & bit and check(text, place):
                        found |= bit
        return found


def is_frequent_pair(row: Row) -> bool:
    """Whether a trigger is one of few pairs that begin with a frequent character."""
    alone = row.before.is_empty and not row.check and not row.after.is_empty
    if not alone or row.lead.has_spans or not row.lead.few <= _FREQUENT:
        return False
    return not (row.after.negated or row.after.has_spans) and len(row.after.few) <= _FEW


def pages(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The texts in groups of about a page, as ranges of their indices."""
    sizes = list(accumulate(map(len, texts), initial=0))
    start = 0
    while start < len(texts):
        end = max(start + 1, bisect_right(sizes, sizes[start] + _PAGE, start) - 1)
        yield start, end
        start = end
