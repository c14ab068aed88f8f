"""Boilerplate: notices, paywalls, link lists and other furniture of the pages a text came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhclean.boilerplate.cleaner import Boilerplate

__all__ = ["cleaners"]


def cleaners(*, level: str = "standard", packs: Iterable[str] = ()) -> tuple[Boilerplate, ...]:
    """The cleaner of this stage; see `zhclean.boilerplate.cleaner.Boilerplate`."""
    from zhclean.boilerplate.cleaner import Boilerplate

    return (Boilerplate(level=level, packs=tuple(packs)),)
