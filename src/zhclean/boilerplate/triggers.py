"""The triggers of the stage: see `zhclean.triggers`."""

from __future__ import annotations

from functools import cache
from pkgutil import get_data
from typing import Final

from zhclean.triggers import Trigger

__all__ = ["load_triggers"]

#: Those of the built-in packs, written by tools/build_notices.py: a trigger a line.
_READ_AHEAD: Final = "triggers.txt"

#: What stands in every match of `page.CLOCK`.
_CLOCK: Final = Trigger(":：", "0-9", "0-9")


@cache
def load_triggers(packs: tuple[str, ...] = ()) -> tuple[Trigger, ...]:
    """The triggers of the built-in packs and of a user's packs; see `notices.load_notices`."""
    table = get_data("zhclean.boilerplate", _READ_AHEAD)
    if table is None:
        raise FileNotFoundError(_READ_AHEAD)
    rows = table.decode("utf-8").split("\n")
    triggers = (*(Trigger(*row.split("\t")) for row in rows if row), _CLOCK)
    if not packs:
        return triggers
    from zhclean.boilerplate.gating import trigger_of
    from zhclean.boilerplate.notices import load_notices

    return (*triggers, *map(trigger_of, load_notices(packs).anchors))
