"""One step of a script conversion: characters by table, phrases where they turn out otherwise.

The result is that of OpenCC's longest-first rule (see `opencc_adapter`) in linear time: the
table does every character of the text in one pass, and `Phrases` finds the few places where a
phrase wants something else. The edits are worked out from both when somebody looks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from zhclean.edits import NOTHING, KnownPatch, Patch
from zhclean.encoding.script.columns import Columns
from zhclean.encoding.script.phrases import Choice, Phrases, Winner, character_class

if TYPE_CHECKING:
    from zhclean.encoding.script.pages import PageTables

__all__ = ["Conversion"]

_BMP: Final = 0x1_0000

#: A text must be this long for numpy to be faster.
_LONG: Final = 500
#: So many characters are converted before numpy is imported: the import takes as long.
_BEFORE_TABLES: Final = 200_000


class Conversion:
    """Phrases and characters that become others. What it gives depends on the text alone."""

    def __init__(
        self,
        phrases: Sequence[Mapping[str, str]],
        characters: Mapping[str, str],
        codes: tuple[str, str],
        choices: Mapping[str, Choice] | None = None,
        special: Mapping[str, str] | None = None,
    ) -> None:
        """`phrases` in order of precedence, then `characters`, each of which becomes one other.

        `codes` are the rules of phrases and characters. `choices` are phrases that context
        decides; they stand beside the first dictionary and replace its entry of the same key.
        `special` names characters that have a rule of their own.
        """
        phrase_code, self._code = codes
        self._table = {key: value for key, value in characters.items() if key != value}
        self._phrases = Phrases(phrases, self._table, phrase_code, choices or {})
        self._special = special or {}
        #: How many characters more are converted before the tables are made.
        self._until_tables = _BEFORE_TABLES

    @property
    def characters(self) -> frozenset[str]:
        """The characters that its table changes."""
        return frozenset(self._table)

    def patch(self, text: str) -> Patch:
        """The replacements that convert `text`, in the smallest pieces."""
        plain, places = self._look_up(text)
        won = self._phrases.winners(text, places, plain)
        outcome = _spliced(plain, won) if won else plain
        if outcome == text:
            return NOTHING.patch
        return KnownPatch(text, outcome, lambda: self._columns(text, plain, won))

    def _look_up(self, text: str) -> tuple[str, list[int]]:
        """What the table makes of `text`, and where anchors of phrases may stand."""
        tables = self._tables_for(len(text)) if len(text) >= _LONG else None
        found = tables.look_up(text) if tables else None
        if found is not None:
            return found
        short = len(text) < _LONG  # making the list takes as long as translating ten pages of it
        table = self._any_table if short or not _is_basic(text) else self._bmp_table
        return text.translate(table), self._phrases.places(text)

    def _tables_for(self, size: int) -> PageTables | None:
        """The tables, once there has been text enough to be worth the import of numpy."""
        if self._until_tables > 0:
            self._until_tables -= size
        return self._pages if self._until_tables <= 0 else None

    @cached_property
    def _pages(self) -> PageTables | None:
        try:
            from zhclean.encoding.script.pages import PageTables
        except ModuleNotFoundError:  # numpy is an extra
            return None
        return PageTables(self._table, self._phrases.anchors)

    @cached_property
    def _bmp_table(self) -> list[int]:
        # A list is twice as fast as a mapping, in which most characters are missing.
        table = list(range(_BMP))
        for key, value in self._table.items():
            if ord(key) < _BMP:
                table[ord(key)] = ord(value)
        return table

    @cached_property
    def _any_table(self) -> dict[int, str]:
        return str.maketrans(self._table)

    def _columns(self, text: str, plain: str, won: Sequence[Winner]) -> Patch:
        tables = self._tables_for(0) if len(text) >= _LONG else None
        if tables:
            starts, ends = tables.changed_runs(text, plain)
        else:
            starts, ends = self._changed_runs(text)
        columns = Columns.of_characters(plain, starts, ends, self._code)
        return columns.overlaid(text, self._with_special(text, plain, won))

    def _changed_runs(self, text: str) -> tuple[list[int], list[int]]:
        """Where runs of characters that the table changes start and end."""
        runs = self._runs if _is_basic(text) else self._runs_anywhere
        pieces = runs.split(text)  # kept, changed, kept, changed, ..., kept
        borders = list(accumulate(map(len, pieces)))
        return borders[0:-1:2], borders[1::2]

    def _with_special(self, text: str, plain: str, won: Sequence[Winner]) -> Sequence[Winner]:
        """The phrases that won, and characters outside of them that have a rule of their own."""
        if not self._special:
            return won
        places = {match.start() for match in self._special_class.finditer(text)}
        for start, end, _, _ in won:
            places.difference_update(range(start, end))
        own = ((at, at + 1, plain[at], self._special[text[at]]) for at in places)
        return sorted([*won, *own])

    @cached_property
    def _special_class(self) -> re.Pattern[str]:
        return re.compile(character_class(self._special))

    @cached_property
    def _runs(self) -> re.Pattern[str]:
        return re.compile(f"({character_class(c for c in self._table if ord(c) < _BMP)}+)")

    @cached_property
    def _runs_anywhere(self) -> re.Pattern[str]:
        return re.compile(f"({character_class(self._table)}+)")


def _is_basic(text: str) -> bool:
    """Whether all characters are of the Basic Multilingual Plane."""
    # Encoding is ten times faster than a search.
    return len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)


def _spliced(text: str, phrases: Sequence[Winner]) -> str:
    """`text` with phrases in place of what the table made of them."""
    pieces = []
    cursor = 0
    for start, end, value, _ in phrases:
        pieces.append(text[cursor:start])
        pieces.append(value)
        cursor = end
    pieces.append(text[cursor:])
    return "".join(pieces)
