"""The triggers of the stage: see `zhclean.triggers`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Final

from zhclean.boilerplate.data import read_data
from zhclean.triggers import Trigger

__all__ = ["load_triggers"]

#: Those of the built-in packs, written by tools/build_notices.py: a trigger a line.
_READ_AHEAD: Final = "triggers.txt"

#: What stands in every match of `page.CLOCK`.
_CLOCK: Final = ":：", "0-9", "0-9"


class _Check:
    """A check of `hints`, which is loaded when there is something to check."""

    def __init__(
        self, name: str, signs: str, packs: tuple[str, ...], without: tuple[str, ...]
    ) -> None:
        self._made_of: Final = name, signs, packs, without
        self._check: Callable[[str, int], object] | None = None

    def __call__(self, text: str, place: int) -> object:
        if self._check is None:
            from zhclean.boilerplate.forms import class_of
            from zhclean.boilerplate.hints import load_hints

            name, signs, packs, without = self._made_of
            check = getattr(load_hints(packs, without), name)
            self._check = partial(check, sign=class_of(signs)) if signs else check
        return self._check(text, place)

    def __reduce__(self) -> tuple[type[_Check], tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
        return _Check, self._made_of


@cache
def load_triggers(
    packs: tuple[str, ...] = (), without: tuple[str, ...] = ()
) -> tuple[Trigger, ...]:
    """The triggers of the built-in packs and of a user's packs; see `notices.load_notices`.

    Those of packs that are left out are among them: they do no harm.
    """
    triggers = [Trigger(*_CLOCK, _Check("clock", "", packs, without))]
    checks: dict[tuple[str, str], _Check] = {}
    for row in filter(None, read_data(_READ_AHEAD).split("\n")):
        lead, before, after, name, signs = row.split("\t")
        check = checks.setdefault((name, signs), _Check(name, signs, packs, without))
        triggers.append(Trigger(lead, before, after, check))
    if not packs:
        return tuple(triggers)
    from zhclean.boilerplate.gating import trigger_of
    from zhclean.boilerplate.notices import load_notices

    notices = load_notices(packs, without)
    found_by = (*notices.heads, *notices.tails, *notices.anchors)
    check = _Check("anywhere", "", packs, without)
    return (*triggers, *(trigger_of(anchor)._replace(check=check) for anchor in found_by))
