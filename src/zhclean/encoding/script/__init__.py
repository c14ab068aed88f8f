"""Script: which one a text is in, and conversion between simplified and traditional.

Opt-in: nothing is converted unless a target is named.
"""

from __future__ import annotations

from zhclean.encoding.script.cleaner import ConvertScript
from zhclean.encoding.script.detection import Script, detect_script
from zhclean.encoding.script.targets import TARGETS

__all__ = ["TARGETS", "ConvertScript", "Script", "cleaners", "detect_script"]


def cleaners(to: str) -> tuple[ConvertScript, ...]:
    """The passes of stage "script" for one target; raises `ConfigError` naming the targets."""
    return (ConvertScript(to),)
