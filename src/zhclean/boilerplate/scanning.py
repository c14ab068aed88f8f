"""Finding the places of a text where some of many templates may match, in one scan.

Clean text holds few of the characters that are looked for, seldom between their neighbours,
and a character class is what `re` searches fastest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

__all__ = ["Anchor", "Scanner"]

#: Triples of characters whose anchors are remembered; there is no end of them in hostile text.
_MOST_KNOWN: Final = 1 << 15


class Anchor(NamedTuple):
    """One of `leads`, behind one of `before` and in front of one of `after` (None: anything).

    A blank in a set also stands for all control characters and for the ends of the text.
    `earlier` is what stands in front of `before`; it keeps the search from stopping too often.
    """

    leads: str
    before: str | None
    after: str | None
    earlier: str | None = None


#: What an anchor demands in front of its lead and behind it, and the numbers it stands for.
_Row = tuple[str | None, str | None, tuple[int, ...]]


class _Known(dict[str, tuple[int, ...]]):
    """The numbers for a character with its neighbours, of which the last may be missing."""

    def __init__(self, by_lead: Mapping[str, Sequence[_Row]]) -> None:
        super().__init__()
        self._by_lead = by_lead

    def __missing__(self, near: str) -> tuple[int, ...]:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        # A blank in a set stands for all that is no character of a line.
        before, after = max(near[0], " "), max(near[2:], " ")
        found: tuple[int, ...] = ()
        for befores, afters, numbers in self._by_lead.get(near[1], ()):
            if (befores is None or before in befores) and (afters is None or after in afters):
                found += numbers
        self[near] = found
        return found


class _Allowed(dict[str, bool]):
    """Whether any anchor allows that its lead stands in front of a character, or of the end.

    There are fewer pairs than triples, so most are known.
    """

    def __init__(self, by_lead: Mapping[str, Sequence[_Row]]) -> None:
        super().__init__()
        self._by_lead = by_lead

    def __missing__(self, pair: str) -> bool:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        after = max(pair[1:], " ")
        rows = self._by_lead[pair[0]]
        self[pair] = found = any(afters is None or after in afters for _, afters, _ in rows)
        return found


class Scanner:
    """Finds anchors and yields the numbers that they stand for."""

    def __init__(self, chosen: Mapping[Anchor, Sequence[int]]) -> None:
        self.chosen: Final = chosen
        by_lead: dict[str, list[_Row]] = {}
        for anchor, numbers in chosen.items():
            for lead in anchor.leads:
                by_lead.setdefault(lead, []).append((anchor.before, anchor.after, tuple(numbers)))
        self._known: Final = _Known(by_lead)
        self._allowed: Final = _Allowed(by_lead)
        self._leads: Final = by_lead.keys()

    def scan(
        self, text: str, start: int = 0, end: int | None = None
    ) -> list[tuple[int, tuple[int, ...]]]:
        """(place, numbers) of the anchors whose lead stands in `text[start:end]`, in order."""
        known, allowed, at = self._known, self._allowed, self.at
        return [
            (place, found)
            for match in self._search.finditer(text, start, len(text) if end is None else end)
            if allowed[text[(place := match.end() - 1) : place + 2]]
            and (found := known[text[place - 1 : place + 2]] if place else at(text, 0))
        ]

    def at(self, text: str, place: int) -> tuple[int, ...]:
        """The numbers of the anchors whose lead stands at a place."""
        if text[place] not in self._leads:
            return ()
        return self._known[text[place - 1 : place + 2] if place else f" {text[:2]}"]

    @property
    def openings(self) -> str:
        """A pattern that matches the lead of every anchor that stands in front of what it must."""
        free = [one.leads for one in self.chosen if _is_open(one.after)]
        tied = [one for one in self.chosen if not _is_open(one.after)]
        after = _one_of(one.after or "" for one in tied)
        return f"{_one_of(free)}|{_one_of(one.leads for one in tied)}(?={after})"

    @property
    def closings(self) -> str:
        """The same for looking back at the lead, as alternatives of the same width."""
        free = [one.leads for one in self.chosen if _is_open(one.before)]
        tied = [one for one in self.chosen if not _is_open(one.before)]
        before = _one_of(one.before or "" for one in tied)
        return f".{_one_of(free)}|{before}{_one_of(one.leads for one in tied)}"

    @cached_property
    def _search(self) -> re.Pattern[str]:
        """Finds the leads, but for most that have no neighbour of any anchor."""
        if not self.chosen:
            return re.compile("(?!)")
        # To look at a lead in Python takes longer than to pass over several here.
        sides: dict[str, list[Anchor]] = {}
        for anchor in self.chosen:
            sides.setdefault(_narrow_side(anchor), []).append(anchor)
        free, behind, far_behind, in_front = (
            _one_of(one.leads for one in sides.get(side, ()))
            for side in ("", "before", "earlier", "after")
        )
        before = _one_of(one.before or "" for one in sides.get("before", ()))
        after = _one_of(one.after or "" for one in sides.get("after", ()))
        earlier, between = (
            _one_of(getattr(one, name) for one in sides.get("earlier", ()))
            for name in ("earlier", "before")
        )
        tests = {
            "after": f"(?={after})(?<={in_front})",
            "before": f"(?<={before}{behind})",
            "earlier": f"(?<={earlier}{between}{far_behind})",
            "": f"(?<={free})",
        }
        return re.compile(
            f"{_one_of(self._leads)}(?:{'|'.join(tests[side] for side in tests if side in sides)})"
        )


def _narrow_side(anchor: Anchor) -> str:
    """The side on which an anchor names the fewest characters; "" if it names none."""
    if not _is_open(anchor.earlier) and not _is_open(anchor.before):
        return "earlier"
    named = [
        (len(characters), side)
        for side, characters in (("after", anchor.after), ("before", anchor.before))
        if characters is not None and not _is_open(characters)
    ]
    return min(named)[1] if named else ""


def _is_open(characters: str | None) -> bool:
    """Whether a set of an anchor holds the ends of the text."""
    return characters is None or " " in characters


def _one_of(characters: Iterable[str]) -> str:
    """The pattern of any of some characters; of none, one that nothing matches."""
    found = "".join(sorted({one for some in characters for one in some}))
    return f"[{re.escape(found)}]" if found else "(?!)"
