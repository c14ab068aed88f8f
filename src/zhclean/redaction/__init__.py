"""Redaction: where values were masked, left blank, dropped or overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhclean.edits import Flag
    from zhclean.redaction.cleaner import Redaction
    from zhclean.redaction.summary import RedactionSummary

__all__ = ["cleaners", "summary"]


def cleaners(*, mask: str | None = None, spinning: bool = False) -> tuple[Redaction, ...]:
    """The passes of the stage: one. The options are those of `Redaction`."""
    from zhclean.redaction.cleaner import Redaction

    return (Redaction(mask=mask, spinning=spinning),)


def summary(text: str, flags: tuple[Flag, ...]) -> RedactionSummary:
    """How much of `text` was removed, by the flags raised on it; see `RedactionSummary`."""
    from zhclean.redaction.summary import summary as summarise

    return summarise(text, flags)
