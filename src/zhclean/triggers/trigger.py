"""What a cleaner declares: what must stand in a text for it to propose anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from zhclean.triggers.character_sets import Characters

__all__ = ["Crowd", "Trigger"]


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
        self._is_one: Final = _Members(Characters(characters)).__getitem__

    def __reduce__(self) -> tuple[type[Crowd], tuple[str, int]]:
        return Crowd, (self._characters, self.gap)

    def __call__(self, text: str, place: int) -> bool:
        for _ in range(2):
            following = [*map(self._is_one, text[place + 1 : place + 2 + self.gap])]
            if True not in following:
                return False
            place += 1 + following.index(True)
        return True


class _Members(dict[str, bool]):
    """Whether a character is in a set; remembers it of each that was asked about."""

    def __init__(self, characters: Characters) -> None:
        super().__init__()
        self._characters = characters

    def __missing__(self, character: str) -> bool:
        found = self[character] = character in self._characters
        return found
