"""One scan of a text tells which cleaners can have anything to do.

A cleaner may declare triggers: what must stand in a text for it to propose anything. The
pipeline looks for the triggers of all its cleaners at once and asks only those whose trigger
it finds. Triggers are necessary, not sufficient: they may stop too often, never too seldom.

With numpy installed (the extra `fast`) long texts and batches are looked up in tables instead
(`trigger_tables`); what is found is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from zhclean.character_sets import Borders, Characters, inside

if TYPE_CHECKING:
    from zhclean.trigger_tables import TriggerTables

__all__ = ["REACH", "Borders", "Characters", "Gate", "Row", "Trigger"]

#: How many characters the check of a trigger may see to each side of its lead.
REACH: Final = 16

#: A text must be this long for tables to be faster than a search.
_LONG: Final = 2_000
#: So many characters are searched before numpy is imported, which takes as long as searching
#: some megabytes.
_BEFORE_TABLES: Final = 1_000_000
#: A search is compiled only for so much text, for that takes as long as going through it.
_WORTH_COMPILING: Final = 50_000
#: So much text has to be left to a search before it is worth compiling a narrower one.
_WORTH_NARROWING: Final = 500_000
#: So many characters of small texts are put together for one look-up; much more costs page
#: faults.
_PAGE: Final = 60_000
#: Characters so frequent that to stop at each takes longer than to look for the few pairs in
#: which one is a trigger.
_FREQUENT: Final = frozenset("，。、的一是不了在人有我他这中大来上国")
_FEW: Final = 8
#: Each needs a few of the 64 bits of the tables.
_MOST_CLEANERS: Final = 16
#: Trigrams whose cleaners are remembered.
_MOST_KNOWN: Final = 1 << 15


class Trigger(NamedTuple):
    """A rare character, what must stand beside it, and what must be true there.

    Each of the first three is a set of characters, written like the inside of a class of `re`:
    characters and ranges (`"0-9%"`), a hyphen first or last, `^` in front for all others, but
    without escapes. `lead` is what is searched for, so it should be rare in clean text; "" for
    `before` or `after` demands nothing, and a set with `^` also holds the end of the text.

    `check` is for what two neighbours cannot tell: a function of the text and the place of the
    lead that must find it true. It may look at `REACH` characters to each side. It is asked only
    where all else agrees, so it costs little where that is rare.
    """

    lead: str
    before: str = ""
    after: str = ""
    check: Callable[[str, int], object] | None = None


class Row(NamedTuple):
    """A declared trigger, read, with the bit of its cleaner."""

    lead: Characters
    before: Characters
    after: Characters
    check: Callable[[str, int], object] | None
    bit: int


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
        self._known: dict[str, int] = {}
        self._pairs: list[tuple[str, int]] | None = None
        self._sought: list[Row] = []  # those that are no such pairs
        self._leads: _Leads | None = None
        self._searches: dict[tuple[int, bool], re.Pattern[str] | None] = {}
        #: The characters so far that a narrower search would have had less to do with.
        self._rest: dict[tuple[int, bool], int] = {}
        self._seen = 0
        self._tables: TriggerTables | None = None
        self._until_tables: int | None = _BEFORE_TABLES

    def __reduce__(self) -> tuple[type[Gate], tuple[object]]:
        return Gate, (self._declared,)

    def waiving(self, cleaners: int) -> Gate:
        """A gate that lets these cleaners always through, and has them no longer looked for."""
        gate = Gate(
            [None if cleaners >> n & 1 else declared for n, declared in enumerate(self._declared)]
        )
        gate._seen = self._seen
        gate._until_tables = self._until_tables if self._tables is None else 0
        return gate

    def scan(self, text: str) -> int:
        """The cleaners that may have something to do in `text`: bit n for the one at index n."""
        if len(text) >= _LONG and (tables := self._tables_for(len(text))) is not None:
            return self.always | tables.scan(text)
        if self._seen < _WORTH_COMPILING:
            self._seen += len(text)
            return self._go_through(text)
        found = self._find_pairs(text)
        # Characters beyond the Basic Multilingual Plane would make a class of `re` with the
        # others a hundred times slower.
        found = self._find(text, found, beyond=False)
        return self._find(text, found, beyond=True)

    def scan_many(self, texts: Sequence[str]) -> list[int]:
        """`scan` of each text; many small ones are looked up together."""
        size = sum(map(len, texts))
        if size < _LONG or (tables := self._tables_for(size)) is None:
            return [self.scan(text) for text in texts]
        found: list[int] = []
        for start, end in _pages(texts):
            if end - start == 1:
                found.append(self.scan(texts[start]))
            else:
                found.extend(self.always | one for one in tables.scan_many(texts[start:end]))
        return found

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
                if _is_frequent_pair(row)
                for lead in sorted(row.lead.few)
                for after in sorted(row.after.few)
            ]
            self._sought = [row for row in self.rows if not _is_frequent_pair(row)]
        found = self.always
        for pair, bit in self._pairs:
            if not found & bit and pair in text:
                found |= bit
        return found

    def confirm(self, text: str, place: int, code: int, found: int) -> int:
        """The cleaners of `code`, what `look_up` says of `place`, that are not in `found`.

        Asks the checks of those that have one.
        """
        more = code & self.everyone & ~found
        unsure = code >> len(self._declared) & ~(found | more)
        if unsure:
            for row in self._rows_of(text[place]):
                if row.bit & unsure & ~more and row.check and _stands(row, text, place):
                    more |= row.bit
        return more

    def look_up(self, before: str, lead: str, after: str) -> int:
        """Which cleaners have a trigger with this lead between these neighbours, as a code.

        Bit n for the cleaner at index n; those above the last one for cleaners that have a
        check to be made there.
        """
        found = 0
        for row in self._rows_of(lead):
            if before in row.before and after in row.after:
                found |= row.bit << len(self._declared) if row.check else row.bit
        return found

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

    def _at(self, text: str, place: int) -> int:
        """`look_up` of the character at `place`."""
        trigram = text[place - 1 : place + 2] if place else ""
        if len(trigram) < 3:
            before = text[place - 1] if place else ""
            return self.look_up(before, text[place], text[place + 1 : place + 2])
        found = self._known.get(trigram)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            found = self._known[trigram] = self.look_up(*trigram)
        return found

    def _go_through(self, text: str) -> int:
        """`scan` without a search: to compile one takes longer than some pages do."""
        found = self._find_pairs(text)
        if self._leads is None:
            self._leads = _Leads([row.lead for row in self._sought])
        leads = self._leads
        for place, character in enumerate(text):
            if leads[character] and (code := self._at(text, place)):
                found |= self.confirm(text, place, code, found)
        return found

    def _find(self, text: str, found: int, *, beyond: bool) -> int:
        search = self._search(found, beyond)
        position, known = 0, self._known
        while search is not None:
            for match in search.finditer(text, position):
                place = match.start()
                # Most leads stand between neighbours that are known to say nothing.
                code = known.get(text[place - 1 : place + 2])
                if code is None:
                    code = self._at(text, place)
                more = code and self.confirm(text, place, code, found)
                if more:
                    found |= more
                    if self._pays(found, beyond, len(text) - place):
                        search, position = self._search(found, beyond), place + 1
                        break
            else:
                search = None
        return found

    def _pays(self, found: int, beyond: bool, rest: int) -> bool:
        """Whether to go on with a search that leaves out who has been found."""
        if found == self.everyone or (found, beyond) in self._searches:
            return True
        self._rest[found, beyond] = self._rest.get((found, beyond), 0) + rest
        return self._rest[found, beyond] > _WORTH_NARROWING

    def _search(self, found: int, beyond: bool) -> re.Pattern[str] | None:
        """What finds the leads, within the BMP or beyond it, of cleaners that are not yet found."""
        key = found, beyond
        if key not in self._searches:
            rows = [row for row in self._sought if not row.bit & found]
            body = inside([row.lead for row in rows], beyond)
            pattern = None if not body else f"[{body}]" if beyond else _search_pattern(rows)
            self._searches[key] = None if pattern is None else re.compile(pattern)
        return self._searches[key]

    def _tables_for(self, size: int) -> TriggerTables | None:
        """The tables, once there has been text enough to be worth the import of numpy."""
        if self._until_tables is not None:
            self._until_tables -= size
            if self._until_tables <= 0:
                self._until_tables = None
                if len(self._declared) > _MOST_CLEANERS:
                    return None
                try:
                    from zhclean.trigger_tables import TriggerTables
                except ModuleNotFoundError:  # numpy is an extra
                    return None
                self._tables = TriggerTables(self)
        return self._tables


def _is_frequent_pair(row: Row) -> bool:
    """Whether a trigger is one of few pairs that begin with a frequent character."""
    alone = row.before.is_empty and not row.check and not row.after.is_empty
    if not alone or row.lead.has_spans or not row.lead.few <= _FREQUENT:
        return False
    return not (row.after.negated or row.after.has_spans) and len(row.after.few) <= _FEW


def _stands(row: Row, text: str, place: int) -> bool:
    """Whether a trigger with a check stands at `place`, where its lead does."""
    before = text[place - 1] if place else ""
    near = before in row.before and text[place + 1 : place + 2] in row.after
    return near and row.check is not None and bool(row.check(text, place))


def _search_pattern(rows: Sequence[Row]) -> str:
    """What finds the leads of triggers that may stand; most leads of clean text are passed over.

    To look at a lead in Python takes longer than to pass over five in `re`. So each cleaner's
    triggers have one or two alternatives: one of their leads behind, or in front of, any of the
    neighbours that they name. Leads that name none are always stopped at.
    """
    free = [row.lead for row in rows if not (_is_named(row.before) or _is_named(row.after))]
    groups: dict[tuple[int, bool], list[Row]] = {}
    for row in rows:
        if _is_named(row.before) or _is_named(row.after):
            # Of two neighbours the one with fewer characters.
            behind = _is_named(row.before) and not (
                _is_named(row.after) and len(row.after.ranges) < len(row.before.ranges)
            )
            groups.setdefault((row.bit, behind), []).append(row)
    alternatives = [f"(?<=[{inside(free)}])"] if inside(free) else []
    for (_, behind), group in groups.items():
        leads = inside(row.lead for row in group)
        near = "".join(
            f"{re.escape(low)}-{re.escape(high)}"
            for low, high in sorted(
                {pair for row in group for pair in (row.before if behind else row.after).ranges}
            )
        )
        if leads:
            alternatives.append(
                f"(?<=[{near}][{leads}])" if behind else f"(?<=[{leads}])(?=[{near}])"
            )
    return f"[{inside(row.lead for row in rows)}](?:{'|'.join(alternatives)})"


def _is_named(neighbour: Characters) -> bool:
    """Whether a set says which characters it holds, not which it does not."""
    return not neighbour.negated


def _pages(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The texts in groups of about a page, as ranges of their indices."""
    start = size = 0
    for index, text in enumerate(texts):
        size += len(text)
        if size > _PAGE and index > start:
            yield start, index
            start, size = index, len(text)
    if start < len(texts):
        yield start, len(texts)
