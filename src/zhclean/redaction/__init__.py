"""Redaction: where values were masked, left blank, dropped or overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhclean.redaction.cleaner import Redaction

__all__ = ["cleaners"]


def cleaners(*, mask: str | None = None, spinning: bool = False) -> tuple[Redaction, ...]:
    """The passes of the stage: one. The options are those of `Redaction`."""
    from zhclean.redaction.cleaner import Redaction

    return (Redaction(mask=mask, spinning=spinning),)
