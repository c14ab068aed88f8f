"""The triggers of the stage: see `zhclean.triggers`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from zhclean.boilerplate.data import read_data
from zhclean.triggers import Trigger

__all__ = ["load_triggers"]

#: Those of the built-in packs, written by tools/build_notices.py: a trigger a line.
_READ_AHEAD: Final = "triggers.txt"
#: Their checks: functions of `hints`.
_CHECKS: Final = ("line", "anywhere", "at_edge")

#: What stands in every match of `page.CLOCK`.
_CLOCK: Final = ":：", "0-9", "0-9"


class _Check:
    """A check of `hints`, which is loaded when there is something to check."""

    def __init__(self, name: str, packs: tuple[str, ...], without: tuple[str, ...]) -> None:
        self._made_of: Final = name, packs, without
        self._check: Callable[[str, int], object] | None = None

    def __call__(self, text: str, place: int) -> object:
        if self._check is None:
            from zhclean.boilerplate.hints import load_hints

            name, packs, without = self._made_of
            self._check = getattr(load_hints(packs, without), name)
        return self._check(text, place)

    def __reduce__(self) -> tuple[type[_Check], tuple[str, tuple[str, ...], tuple[str, ...]]]:
        return _Check, self._made_of


@cache
def load_triggers(
    packs: tuple[str, ...] = (), without: tuple[str, ...] = ()
) -> tuple[Trigger, ...]:
    """The triggers of the built-in packs and of a user's packs; see `notices.load_notices`.

    Those of packs that are left out are among them: they do no harm.
    """
    checks = {name: _Check(name, packs, without) for name in ("clock", *_CHECKS)}
    triggers = [Trigger(*_CLOCK, checks["clock"])]
    for row in filter(None, read_data(_READ_AHEAD).split("\n")):
        lead, before, after, name = row.split("\t")
        triggers.append(Trigger(lead, before, after, checks[name]))
    if not packs:
        return tuple(triggers)
    from zhclean.boilerplate.gating import trigger_of
    from zhclean.boilerplate.notices import load_notices

    notices = load_notices(packs, without)
    found_by = (*notices.heads, *notices.tails, *notices.anchors)
    check = checks["line"]
    return (*triggers, *(trigger_of(anchor)._replace(check=check) for anchor in found_by))
