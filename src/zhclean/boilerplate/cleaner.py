"""The cleaner of the boilerplate stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import ClassVar

from zhclean.boilerplate.levels import LEVELS
from zhclean.boilerplate.triggers import load_triggers
from zhclean.edits import Proposal
from zhclean.errors import unknown
from zhclean.triggers import Trigger

__all__ = ["Boilerplate"]


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Takes the furniture of web pages out of their text and leaves every word of the body.

    `level` is "conservative", "standard" or "aggressive"; `packs` are a user's rule packs,
    each the path of a TOML file or TOML text; `without` names built-in packs to leave out.
    Raises `ConfigError` for an unknown level and `RuleError` for a pack that can't be used.
    """

    level: str = "standard"
    packs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    stage: ClassVar[str] = "boilerplate"

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise unknown("boilerplate level", self.level, LEVELS)
        object.__setattr__(self, "packs", tuple(self.packs))
        object.__setattr__(self, "without", tuple(self.without))
        if self.packs:
            self.triggers()

    def triggers(self) -> tuple[Trigger, ...]:
        """What must stand in a text that has furniture."""
        return load_triggers(self.packs, self.without)

    def propose(self, text: str) -> Proposal:
        """The removals, down to the text in which nothing more is found, and the flags."""
        return _load_proposer(self.packs, self.without, self.level)(text)


@cache
def _load_proposer(
    packs: tuple[str, ...], without: tuple[str, ...], level: str
) -> Callable[[str], Proposal]:
    # Late: most texts have no trigger, and what follows takes time to load.
    from zhclean.boilerplate.finding import load_finder
    from zhclean.boilerplate.rounds import propose

    return partial(propose, finder=load_finder(packs, without), level=level)
