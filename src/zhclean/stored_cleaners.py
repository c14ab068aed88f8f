"""Cleaners in plain values, as a stored pipeline holds them: a type and its options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import Any

from zhclean.errors import ConfigError

__all__ = ["build_cleaner", "describe_cleaner", "toml_of"]


def describe_cleaner(cleaner: object) -> dict[str, Any]:
    """`{"type": "module:Class", option: value, ...}`; options that are None are left out.

    Raises `ConfigError` for what is no dataclass.
    """
    if not is_dataclass(cleaner):
        raise ConfigError(f"{type(cleaner).__name__} is no dataclass: its options can't be stored")
    options = {
        item.name: _plain(getattr(cleaner, item.name))
        for item in fields(cleaner)
        if item.init and getattr(cleaner, item.name) is not None
    }
    return {"type": _type_name(type(cleaner)), **options}


def build_cleaner(row: Mapping[str, Any], known: Iterable[type] = ()) -> Any:
    """The cleaner that `describe_cleaner` described: one of zhclean itself, or of a type in `known`.

    Raises `ConfigError` for any other type, and for options that it has not.
    """
    options = {key: _frozen(value) for key, value in row.items() if key != "type"}
    name = row.get("type")
    if not isinstance(name, str):
        raise ConfigError("a stored cleaner needs 'type'")
    kind: Any = {_type_name(one): one for one in known}.get(name)
    if kind is None and name.startswith("zhclean."):
        module, _, attribute = name.partition(":")
        try:
            kind = getattr(import_module(module), attribute)
        except (ImportError, AttributeError):
            kind = None
    if not (isinstance(kind, type) and is_dataclass(kind) and hasattr(kind, "propose")):
        raise ConfigError(f"unknown cleaner {name!r} (one of your own has to be in known=)")
    try:
        return kind(**options)
    except TypeError as error:
        raise ConfigError(f"{name}: {error}") from None


def toml_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """Described cleaners as TOML, one `[[cleaners]]` table each."""
    blocks = []
    for row in rows:
        lines = [f"{key} = {_toml_value(value)}" for key, value in row.items()]
        blocks.append("\n".join(["[[cleaners]]", *lines]))
    return "\n\n".join(blocks) + "\n" if blocks else "cleaners = []\n"


def _type_name(kind: type) -> str:
    return f"{kind.__module__}:{kind.__qualname__}"


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _toml_value(value: Any) -> str:
    import json

    if isinstance(value, list):
        return "[" + ", ".join(_toml_value(item) for item in value) + "]"
    # JSON's strings, numbers and booleans are TOML's, but for the one control it leaves bare.
    return json.dumps(value).replace("\x7f", "\\u007f")
