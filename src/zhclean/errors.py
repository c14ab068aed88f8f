"""The exceptions of zhclean. Each message is one line that says what is wrong and where."""

from __future__ import annotations

__all__ = ["ConfigError", "EditError", "RuleError", "ZhcleanError", "reason"]


class ZhcleanError(Exception):
    """Base of every exception that zhclean raises on purpose."""


class EditError(ZhcleanError):
    """Edits that do not fit the text or each other."""


class RuleError(ZhcleanError):
    """A rule pack that can't be used; the message begins with FILE:LINE."""


class ConfigError(ZhcleanError):
    """A pipeline, stage or option that does not exist or does not fit."""


def reason(error: Exception) -> str:
    """Why something could not be done, as one message: of others' exceptions with their class."""
    if isinstance(error, ZhcleanError):
        return str(error)
    return f"{type(error).__name__}: {error}".removesuffix(": ")
