"""The exceptions of zhclean. Each message is one line that says what is wrong and where."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["ConfigError", "EditError", "RuleError", "ZhcleanError", "reason", "unknown"]


class ZhcleanError(Exception):
    """Base of every exception that zhclean raises on purpose."""


class EditError(ZhcleanError):
    """Edits that do not fit the text or each other."""


class RuleError(ZhcleanError):
    """A rule pack that can't be used; the message begins with FILE:LINE."""


class ConfigError(ZhcleanError):
    """A pipeline, stage or option that does not exist or does not fit."""


def unknown(what: str, name: object, names: Iterable[str]) -> ConfigError:
    """That there is no `what` called `name`: says which is meant, or which of `names` there are."""
    from difflib import get_close_matches

    names = list(names)
    close = get_close_matches(str(name), names, 1)
    hint = f"; did you mean {close[0]!r}?" if close else f" (there are {', '.join(names)})"
    return ConfigError(f"unknown {what} {name!r}{hint}")


def reason(error: Exception) -> str:
    """Why something could not be done, as one message: of others' exceptions with their class."""
    if isinstance(error, ZhcleanError):
        return str(error)
    return f"{type(error).__name__}: {error}".removesuffix(": ")
