"""The triggers of several cleaners, found in one scan.

With numpy installed (the extra `fast`) long texts and batches are looked up in `tables`; what is
found is the same. Who decides whether to look at all is `door`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from zhclean.triggers.character_sets import Characters
from zhclean.triggers.neighbours import Answer, Leads, Row, answer_of, is_frequent_pair
from zhclean.triggers.trigger import Trigger

if TYPE_CHECKING:
    from zhclean.triggers.glance import Glance
    from zhclean.triggers.tables import TriggerTables

__all__ = ["Gate", "pages"]

#: There must be so many characters for tables to pay.
_LONG: Final = 1_000
#: So many characters of small texts are put together for one look-up; many more do not fit the
#: cache.
_PAGE: Final = 80_000
#: A bit of 64 for each.
_MOST_CLEANERS: Final = 64


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
        from zhclean.triggers.glance import Glance

        return Glance(self)

    def takes_tables(self, size: int) -> bool:
        """Whether so many characters are looked up in tables, which are made now if need be."""
        if size < _LONG or not self._may_have_tables:
            return False
        if self._tables is None:
            try:
                from zhclean.triggers.tables import TriggerTables
            except ModuleNotFoundError:  # numpy is an extra
                self._may_have_tables = False
                return False
            self._tables = TriggerTables(self)
        return True

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All triggers, read."""
        bodies = {body for declared in self._declared for one in declared or () for body in one[:3]}
        sets = {body: Characters(body) for body in bodies}
        return tuple(
            Row(sets[lead], sets[before], sets[after], check, 1 << index)
            for index, declared in enumerate(self._declared)
            for lead, before, after, check in declared or ()
        )

    @cached_property
    def _pairs(self) -> list[tuple[str, int]]:
        """Pairs that `in` finds faster than a search for their lead, with their cleaners."""
        return [
            (lead + after, row.bit)
            for row in self.rows
            if is_frequent_pair(row)
            for lead in sorted(row.lead.few)
            for after in sorted(row.after.few)
        ]

    @cached_property
    def _sought(self) -> Leads:
        """The triggers that are no such pairs."""
        return Leads(row for row in self.rows if not is_frequent_pair(row))

    @cached_property
    def _leads(self) -> Leads:
        return Leads(self.rows)

    def answer(self, before: str, lead: str, after: str) -> Answer:
        """Which cleaners have a trigger with this lead between these neighbours."""
        return answer_of(
            [row for row in self._leads.rows(lead) if before in row.before and after in row.after]
        )

    def go_through(self, text: str) -> int:
        """`scan` without tables: for little text, for it compiles and imports nothing."""
        found = self.always
        for pair, bit in self._pairs:
            if not found & bit and pair in text:
                found |= bit
        leads = self._sought
        for place, character in enumerate(text):
            neighbours = leads[character]
            if neighbours is None:
                continue
            before, any_before, after, any_after, answers = neighbours
            held = after.get(text[place + 1 : place + 2], any_after)
            # In front of the first one stands text[-1:0], which is nothing.
            if held and (held := held & before.get(text[place - 1 : place], any_before)):
                sure, checks = answers[held] or self.answer(
                    text[place - 1 : place], character, text[place + 1 : place + 2]
                )
                found |= sure
                for bit, check in checks:
                    if not found & bit and check(text, place):
                        found |= bit
        return found


def pages(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The texts in groups of about a page, as ranges of their indices."""
    sizes = list(accumulate(map(len, texts), initial=0))
    start = 0
    while start < len(texts):
        end = max(start + 1, bisect_right(sizes, sizes[start] + _PAGE, start) - 1)
        yield start, end
        start = end
