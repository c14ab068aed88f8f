"""Options for `pipeline()` from a file: `zhclean.toml`, or `[tool.zhclean]` in pyproject.toml."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from zhclean.errors import ConfigError, unknown

if TYPE_CHECKING:
    from pathlib import Path

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

_KINDS: Final[Mapping[type, str]] = {str: "a string", list: "a list", bool: "true or false"}


def find_config(start: str) -> Path | None:
    """The configuration that holds in the folder `start`: its own or the nearest one above."""
    folder = os.path.abspath(start)
    while True:
        own = os.path.join(folder, "zhclean.toml")
        if os.path.isfile(own):
            return _path(own)
        project = os.path.join(folder, "pyproject.toml")
        if os.path.isfile(project) and _mentions_zhclean(project):
            path = _path(project)
            if "zhclean" in _table(_read(path), "tool", path):
                return path
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def _mentions_zhclean(project: str) -> bool:
    """Whether the file has to be read as TOML at all."""
    try:
        with open(project, "rb") as stream:
            return b"zhclean" in stream.read()
    except OSError as error:
        raise ConfigError(f"{project}: {error.strerror}") from None


def _path(name: str) -> Path:
    # pathlib and tomllib take longer to import than most documents take to clean.
    from pathlib import Path

    return Path(name)


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
            raise ConfigError(f"{path}: {unknown('option', option, _OPTIONS)}")
        if not isinstance(value, kind):
            raise ConfigError(f"{path}: {option} must be {_KINDS[kind]}, not {value!r}")
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
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except ValueError as error:  # no UTF-8, no TOML, a number too long
        raise ConfigError(f"{path}: {error}") from None
    except RecursionError:
        raise ConfigError(f"{path}: nested too deeply") from None
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
