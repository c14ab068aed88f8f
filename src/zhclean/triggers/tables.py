"""The triggers of a gate looked up in tables over code points, many characters at a time.

Needs numpy, the extra `fast`. A table says of each two classes of neighbouring
characters whether a trigger allows them. Few leads are allowed with both neighbours. Only these
are looked at with all three characters: the gate is asked once about each three classes. A lead
that demands nothing may be a frequent character; the table of pairs says all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from zhclean.triggers.character_classes import EDGE, CharacterClasses
from zhclean.triggers.neighbours import NOBODY
from zhclean.triggers.trigger import Crowd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhclean.triggers.character_sets import Characters
    from zhclean.triggers.gate import Gate
    from zhclean.triggers.neighbours import Row

__all__ = ["TriggerTables"]

#: What the table of pairs says of two neighbours: the first is a lead that demands nothing in front;
#: the second is one that demands nothing behind.
_FIRST: Final = 1
_SECOND: Final = 2
#: Of leads that demand both: the second is one, as far as can be seen; the first is one.
_FRONT: Final = 4
_BACK: Final = 8
#: The other bits of the byte: the first is a lead of one of these cleaners and demands nothing.
_FREE: Final = 16
_MOST_FREE: Final = 4
#: Rows and columns of the table of pairs. Where there are more, some share one: what one of them
#: allows is then looked at for all.
_MOST_GROUPS: Final = 1 << 11
_COLUMNS: Final = np.uint32(_MOST_GROUPS - 1)
#: Longer texts are looked at in slices: what does not fit the cache costs page faults.
_SLICE: Final = 30_000
#: The first slice: a text that concerns everyone often shows it soon.
_GLANCE: Final = 1_000
#: Bytes of memory: more than a page and its arrays take.
_KEPT: Final = 1 << 23
#: Three neighbours about which the gate was asked.
_MOST_KNOWN: Final = 1 << 16
#: The highest number of an answer that is kept in a slot beside its key.
_NUMBER: Final = 0xFFFF
#: Slots for them in a table, and what spreads them over it: 2 ** 64 by the golden ratio, as signed.
_SLOTS: Final = 1 << 15
_SPREAD: Final = np.int64(0x9E3779B97F4A7C15 - (1 << 64))


class _Pair(NamedTuple):
    """Two neighbours, and what the table of pairs says of them."""

    first: Characters
    second: Characters
    kind: int


class _Hits(NamedTuple):
    """What the table says of each two characters of a page; where the gate has an answer, the
    number of the answer, and whether its checks have to be made."""

    kinds: NDArray[np.uint8]
    places: NDArray[np.intp]
    answers: NDArray[np.intp]
    unsure: NDArray[np.bool]


class TriggerTables:
    """Gives the answers of the gate that it is made from."""

    def __init__(self, gate: Gate) -> None:
        self._always = gate.always
        self._everyone = gate.everyone
        pairs, free = _pairs_of(gate.rows)
        self._of_free = np.array(
            [
                gate.always | sum(bit for place, bit in enumerate(free) if kind & _FREE << place)
                for kind in range(_FREE << _MOST_FREE)
            ],
            np.uint64,
        )
        self._classes = CharacterClasses(
            dict.fromkeys(characters for row in gate.rows for characters in row[:3])
        )
        self._answers = _Answers(gate, self._classes.members)
        rows = _folded(self._classes.groups(dict.fromkeys(pair.first for pair in pairs)))
        columns = _folded(self._classes.groups(dict.fromkeys(pair.second for pair in pairs)))
        self._pairs = _table(pairs, self._classes, rows, columns)
        of_number = self._classes.of_number
        #: The row and the column of each number.
        self._both = (rows * _MOST_GROUPS + columns).astype(np.uint32).take(of_number)
        # That a large piece of memory comes and goes once has the C library of Linux keep what
        # smaller ones leave. To give it back and fetch it again costs as much as the look-up.
        np.empty(_KEPT, np.uint8)

    def scan(self, text: str) -> int:
        """The cleaners with a trigger in `text`."""
        found = [self._always]
        starts = (0, *range(min(_GLANCE, _SLICE), len(text), _SLICE))
        for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
            page = text[start - 1 : end + 1] if start else "\n" + text[: end + 1]
            edges = [] if start else [0]
            if end >= len(text):
                edges.append(len(page))
                page += "\n"
            hits = self._look_up(page, np.array(edges, np.intp))
            found[0] |= int(self._of_free[np.bitwise_or.reduce(hits.kinds[1:])])
            if len(hits.places):
                found[0] |= int(np.bitwise_or.reduce(self._answers.sure.take(hits.answers)))
                offsets = hits.places + (start - 1)
                self._check((text,), found, np.zeros_like(offsets), offsets, hits)
            if found[0] == self._everyone:
                break
        return found[0]

    def scan_many(self, texts: Sequence[str]) -> list[int]:
        """`scan` of each text, in one look-up if they are small."""
        if len(texts) == 1 and len(texts[0]) > _SLICE:
            return [self.scan(texts[0])]
        # A line feed in front of each text and one behind the last.
        edges = np.zeros(len(texts) + 1, np.intp)
        np.cumsum(np.fromiter(map(len, texts), np.intp, len(texts)) + 1, out=edges[1:])
        hits = self._look_up("\n".join(("", *texts, "")), edges)
        by_text = self._of_free.take(np.bitwise_or.reduceat(hits.kinds, edges[:-1]))
        if len(hits.places):
            owners = edges.searchsorted(hits.places) - 1
            first = np.flatnonzero(np.diff(owners, prepend=-1))
            sure = self._answers.sure.take(hits.answers)
            by_text[owners[first]] |= np.bitwise_or.reduceat(sure, first)
            found: list[int] = by_text.tolist()
            self._check(texts, found, owners, hits.places - edges.take(owners) - 1, hits)
            return found
        return list(by_text.tolist())

    def _check(
        self,
        texts: Sequence[str],
        found: list[int],
        owners: NDArray[np.intp],
        offsets: NDArray[np.intp],
        hits: _Hits,
    ) -> None:
        """Add to `found` the cleaners whose checks find something at these places of texts."""
        # One cleaner after the other: what a check looks things up in is then in the cache.
        unsure = np.flatnonzero(hits.unsure)
        unsure = unsure[np.argsort(self._answers.first.take(hits.answers[unsure]), kind="stable")]
        columns = (part[unsure].tolist() for part in (owners, offsets, hits.answers))
        asked_of = [told.checks for told in self._answers.told]
        for owner, offset, answer in zip(*columns, strict=True):
            already = found[owner]
            for bit, check in asked_of[answer]:
                if not already & bit and check(texts[owner], offset):
                    found[owner] = already = already | bit

    def _look_up(self, page: str, edges: NDArray[np.intp]) -> _Hits:
        """What stands in `page`, whose first and last character are neighbours only.

        The characters at `edges` stand for nothing at all.
        """
        numbers = self._classes.numbers(page)
        numbers[edges] = EDGE
        both = self._both.take(numbers)
        kinds = self._pairs.take(both[:-1] & ~_COLUMNS | both[1:] & _COLUMNS)
        here, front = kinds[1:], kinds[:-1]
        leads = here & _FIRST | (front & _SECOND) >> 1 | ((front & _FRONT) >> 2 & here >> 3)
        places = np.flatnonzero(leads.view(bool)) + 1
        near = (self._classes.of_number.take(numbers.take(places + step)) for step in (-1, 0, 1))
        answers = self._answers.of(near)
        some = np.flatnonzero(answers)
        places, answers = places[some], answers[some]
        return _Hits(kinds, places, answers, self._unsure(places, answers, len(page) - 1))

    def _unsure(
        self, places: NDArray[np.intp], answers: NDArray[np.intp], end: int
    ) -> NDArray[np.bool]:
        """Whether checks have to be made at these places of a page."""
        unsure = self._answers.unsure.take(answers)
        members = np.flatnonzero(self._answers.in_crowd.take(answers))
        if len(members):
            # Where the page ends there may be more behind it.
            at = np.append(places[members], (end, end))
            alone = members[at[2:] - at[:-2] > self._answers.reach]
            unsure[alone] = self._answers.has_others.take(answers[alone])
        return unsure


class _Answers(dict[int, int]):
    """What the gate says of any three classes; it is asked once about each three.

    By a number for the classes, the number of the answer; 0 is that nothing stands there.
    """

    def __init__(self, gate: Gate, members: Sequence[str]) -> None:
        super().__init__()
        self._gate = gate
        self._members = members
        self._numbers = {NOBODY: 0}
        self.told = [NOBODY]
        # In each slot the latest key and its number, for many look-ups at once.
        self._slots = np.full(_SLOTS, -1)
        # Threads may look up at once.
        self._lock = Lock()
        #: Of each answer the cleaners without a check and the first with one; whether there are
        #: checks, whether one is a crowd, and whether there are others.
        self.sure = np.zeros(1, np.uint64)
        self.first = np.zeros(1, np.uint64)
        self.unsure, self.in_crowd, self.has_others = np.zeros((3, 1), bool)
        #: The first and the last of three that are a crowd are not farther from each other.
        self.reach: Final = max(
            (2 * row.check.gap + 2 for row in gate.rows if isinstance(row.check, Crowd)), default=0
        )

    def of(self, near: Iterable[NDArray[np.intp]]) -> NDArray[np.intp]:
        """The numbers of the answers about the classes before, of and behind some leads."""
        before, lead, after = near
        keys = (before * len(self._members) + lead) * len(self._members) + after
        slots = keys * _SPREAD >> 32 & (_SLOTS - 1)
        held = self._slots.take(slots)
        found = held & _NUMBER
        others = np.flatnonzero(held >> _NUMBER.bit_length() != keys)
        if len(others):
            with self._lock:
                found[others] = self._ask(keys[others], slots[others])
        return found

    def _ask(self, keys: NDArray[np.intp], slots: NDArray[np.intp]) -> NDArray[np.intp]:
        """`of` these keys, which are not in their slots."""
        if len(self) > _MOST_KNOWN:
            self.clear()
        numbers = np.array([self[key] for key in keys.tolist()], np.intp)
        if len(self.sure) < len(self.told):
            self._describe()
        fit = np.flatnonzero(numbers <= _NUMBER)
        self._slots[slots[fit]] = keys[fit] << _NUMBER.bit_length() | numbers[fit]
        return numbers

    def _describe(self) -> None:
        """Have what is known of answers for the new ones, too."""
        first = [min((bit for bit, _ in told.checks), default=0) for told in self.told]
        crowds = [[isinstance(one, Crowd) for _, one in told.checks] for told in self.told]
        self.first = np.array(first, np.uint64)
        self.unsure = np.array([bool(crowd) for crowd in crowds])
        self.in_crowd = np.array([any(crowd) for crowd in crowds])
        self.has_others = np.array([not all(crowd) for crowd in crowds])
        self.sure = np.array([told.sure for told in self.told], np.uint64)

    def __missing__(self, key: int) -> int:
        rest, after = divmod(key, len(self._members))
        classes = (*divmod(rest, len(self._members)), after)
        answer = self._gate.answer(*map(self._members.__getitem__, classes))
        number = self._numbers.get(answer)
        if number is None:
            number = self._numbers[answer] = len(self.told)
            self.told.append(answer)
        self[key] = number
        return number


def _pairs_of(rows: Sequence[Row]) -> tuple[list[_Pair], list[int]]:
    """What the table of pairs looks for, and the cleaners of its free leads, as bits."""
    pairs: list[_Pair] = []
    free: list[int] = []
    for row in rows:
        if not row.before.is_empty and not row.after.is_empty:
            pairs.append(_Pair(row.before, row.lead, _FRONT))
            pairs.append(_Pair(row.lead, row.after, _BACK))
        elif not row.before.is_empty:
            pairs.append(_Pair(row.before, row.lead, _SECOND))
        else:
            kind = _FIRST
            if row.after.is_empty and not row.check:
                if row.bit not in free and len(free) < _MOST_FREE:
                    free.append(row.bit)
                if row.bit in free:
                    kind = _FREE << free.index(row.bit)
            pairs.append(_Pair(row.lead, row.after, kind))
    return pairs, free


def _table(
    pairs: Iterable[_Pair], classes: CharacterClasses, rows: NDArray[Any], columns: NDArray[Any]
) -> NDArray[np.uint8]:
    """The table of pairs, row by row; in `rows` and `columns` those of each class."""
    table = np.zeros((rows.max() + 1, _MOST_GROUPS), np.uint8)
    for first, second, kind in pairs:
        part = np.ix_(rows[classes.of_set(first)], columns[classes.of_set(second)])
        table[part] |= kind
    # What is not there is no lead, whatever set it is in.
    table[0] &= _SECOND | _FRONT
    table[:, 0] &= ~np.uint8(_SECOND | _FRONT)
    return table.ravel()


def _folded(groups: NDArray[Any]) -> NDArray[Any]:
    """Some as one where there are too many, but 0 alone."""
    return np.where(groups < _MOST_GROUPS, groups, groups % (_MOST_GROUPS - 1) + 1)
