"""The triggers of the stage: see `zhclean.triggers`."""

from __future__ import annotations

from functools import cache
from typing import Final

from zhclean.boilerplate.data import read_data
from zhclean.triggers import Trigger

__all__ = ["load_triggers"]

#: Those of the built-in packs, written by tools/build_notices.py: a trigger a line.
_READ_AHEAD: Final = "triggers.txt"

#: What stands in every match of `page.CLOCK`.
_CLOCK: Final = Trigger(":：", "0-9", "0-9")


@cache
def load_triggers(
    packs: tuple[str, ...] = (), without: tuple[str, ...] = ()
) -> tuple[Trigger, ...]:
    """The triggers of the built-in packs and of a user's packs; see `notices.load_notices`.

    Those of packs that are left out are among them: they do no harm.
    """
    rows = read_data(_READ_AHEAD).split("\n")
    triggers = [_CLOCK]
    for row in filter(None, rows):
        lead, before, after = row.split("\t")
        triggers.append(Trigger(lead, before, after))
    if not packs:
        return tuple(triggers)
    from zhclean.boilerplate.gating import trigger_of
    from zhclean.boilerplate.notices import load_notices

    notices = load_notices(packs, without)
    return (*triggers, *map(trigger_of, (*notices.heads, *notices.tails, *notices.anchors)))
