"""The cleaner of stage "script"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from zhclean.edits import NOTHING, Proposal
from zhclean.encoding.script.phrases import ranges
from zhclean.encoding.script.targets import TARGETS, converter, leads
from zhclean.errors import unknown
from zhclean.triggers import Trigger

__all__ = ["ConvertScript"]


@dataclass(frozen=True, slots=True)
class ConvertScript:
    """Converts between simplified and traditional script.

    `to` is "zh-Hans" (characters only), "zh-Hans-CN" (mainland wording), "zh-Hant",
    "zh-Hant-TW" (Taiwan wording) or "zh-Hant-HK". Text already in the target's script is left
    alone. Raises `ConfigError` for any other target.
    """

    to: str
    stage: ClassVar[str] = "script"

    def __post_init__(self) -> None:
        if self.to not in TARGETS:
            raise unknown("target script", self.to, TARGETS)

    def triggers(self) -> tuple[Trigger, ...]:
        """The characters without which there is nothing to convert."""
        return (Trigger("".join(f"{low}-{high}" for low, high in ranges(leads(self.to)))),)

    def propose(self, text: str) -> Proposal:
        """The replacements that bring `text` into the target script."""
        patch = converter(self.to)(text)
        return Proposal(patch) if patch else NOTHING
