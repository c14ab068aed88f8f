"""Finding the places of a text where some of many templates may match, in one scan.

Clean text holds few of the characters that are looked for, seldom between their neighbours,
and a character class is what `re` searches fastest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

__all__ = ["Anchor", "Scanner"]

#: Trigrams whose numbers are remembered; there is no end of them in hostile text.
_MOST_KNOWN: Final = 1 << 14


class Anchor(NamedTuple):
    """One of `leads`, behind one of `before` and in front of one of `after` (None: anything).

    A blank in a set also stands for all control characters and for the ends of the text.
    """

    leads: str
    before: str | None
    after: str | None


class Scanner:
    """Finds anchors and yields the numbers that they stand for."""

    def __init__(self, chosen: Mapping[Anchor, Sequence[int]], in_front: str = "") -> None:
        """`in_front` is a pattern of what stands in front of every lead, in the same match."""
        self.chosen: Final = chosen
        self._in_front: Final = in_front
        self._known: dict[str, tuple[int, ...]] = {}

    def scan(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[tuple[int, tuple[int, ...]]]:
        """(place, numbers) of the anchors whose lead stands in `text[start:end]`, in order."""
        known = self._known
        for match in self._search.finditer(text, start, len(text) if end is None else end):
            place = match.end() - 1
            # Most leads stand between neighbours that are known to say nothing.
            found = known.get(text[place - 1 : place + 2])
            if found is None:
                found = self._look_up(_trigram(text, place))
            if found:
                yield place, found

    def _look_up(self, trigram: str) -> tuple[int, ...]:
        found = self._known.get(trigram)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            before, lead, after = tuple(trigram)
            numbers = {
                number
                for befores, afters, numbers in self._by_lead[lead]
                if _holds(befores, before) and _holds(afters, after)
                for number in numbers
            }
            found = self._known[trigram] = tuple(sorted(numbers))
        return found

    @cached_property
    def _by_lead(self) -> Mapping[str, Sequence[tuple[str | None, str | None, Sequence[int]]]]:
        by_lead: dict[str, list[tuple[str | None, str | None, Sequence[int]]]] = {}
        for anchor, numbers in self.chosen.items():
            for lead in anchor.leads:
                by_lead.setdefault(lead, []).append((anchor.before, anchor.after, numbers))
        return by_lead

    @cached_property
    def _search(self) -> re.Pattern[str]:
        """Finds the leads, but for most that have no neighbour of any anchor."""
        leads = _one_of(self._by_lead)
        if not self.chosen:
            return re.compile("(?!)")
        if self._in_front:
            return re.compile(self._in_front + leads)
        # To look at a lead in Python takes longer than to pass over several here.
        sides: dict[str, list[Anchor]] = {}
        for anchor in self.chosen:
            sides.setdefault(_narrow_side(anchor), []).append(anchor)
        free, behind, in_front = (
            _one_of(one.leads for one in sides.get(side, ())) for side in ("", "before", "after")
        )
        before = _one_of(one.before or "" for one in sides.get("before", ()))
        after = _one_of(one.after or "" for one in sides.get("after", ()))
        return re.compile(
            f"{leads}(?:(?<={free})|(?<={before}{behind})|(?<={in_front})(?={after}))"
        )


def _trigram(text: str, place: int) -> str:
    """A character and its neighbours; beyond the ends of a text are line breaks."""
    return (text[place - 1 : place + 2] if place else "\n" + text[:2]).ljust(3, "\n")


def _narrow_side(anchor: Anchor) -> str:
    """The side on which an anchor names the fewest characters; "" if it names none."""
    named = [
        (len(characters), side)
        for side, characters in (("after", anchor.after), ("before", anchor.before))
        if characters is not None and " " not in characters
    ]
    return min(named)[1] if named else ""


def _one_of(characters: Iterable[str]) -> str:
    """The pattern of any of some characters; of none, one that nothing matches."""
    found = "".join(sorted({one for some in characters for one in some}))
    return f"[{re.escape(found)}]" if found else "(?!)"


def _holds(characters: str | None, character: str) -> bool:
    """Whether a set of an anchor holds a character."""
    return characters is None or character in characters or (character < " " and " " in characters)
