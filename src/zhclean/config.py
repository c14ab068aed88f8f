"""Options for `pipeline()` from a file: `zhclean.toml`, or `[tool.zhclean]` in pyproject.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from zhclean.errors import ConfigError

__all__ = ["find_config", "load_config"]

#: Option -> the type its value must have.
_OPTIONS: Final[Mapping[str, type]] = {
    "preset": str,
    "only": list,
    "skip": list,
    "to": str,
    "numbers": str,
    "level": str,
    "packs": list,
    "mask": str,
    "spinning": bool,
    "width": bool,
    "punctuation": bool,
}


def find_config(start: Path) -> Path | None:
    """The configuration that holds in the folder `start`: its own or the nearest one above."""
    for folder in (start, *start.parents):
        own = folder / "zhclean.toml"
        if own.is_file():
            return own
        project = folder / "pyproject.toml"
        if project.is_file() and "zhclean" in _table(_read(project), "tool", project):
            return project
    return None


def load_config(path: Path) -> dict[str, Any]:
    """The options in `path`; relative paths of packs are taken from its folder.

    Raises `ConfigError` naming the file for broken TOML, unknown options and wrong types.
    """
    data = _read(path)
    if path.name == "pyproject.toml":
        data = _table(_table(data, "tool", path), "zhclean", path)
    for option, value in data.items():
        kind = _OPTIONS.get(option)
        if kind is None:
            raise ConfigError(
                f"{path}: unknown option {option!r} (there are {', '.join(_OPTIONS)})"
            )
        if not isinstance(value, kind):
            raise ConfigError(f"{path}: {option} must be {kind.__name__}, not {value!r}")
        if isinstance(value, list) and not all(isinstance(item, str) for item in value):
            raise ConfigError(f"{path}: {option} must be a list of strings")
    if "packs" in data:
        data["packs"] = [str(path.parent / pack) for pack in data["packs"]]
    return data


def _table(data: Mapping[str, Any], name: str, path: Path) -> dict[str, Any]:
    found = data.get(name, {})
    if not isinstance(found, dict):
        raise ConfigError(f"{path}: {name} must be a table, not {found!r}")
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except ValueError as error:  # no UTF-8, no TOML, a number too long
        raise ConfigError(f"{path}: {error}") from None
    except RecursionError:
        raise ConfigError(f"{path}: nested too deeply") from None
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
