"""JSON Lines: the value of one field replaced, every other byte of the line left as it is."""

from __future__ import annotations

import json
from typing import Final

from zhclean.errors import ZhcleanError

__all__ = ["JsonLineError", "field_span", "replace_field"]

_WHITE: Final = " \t\n\r"
_decode_value = json.JSONDecoder().raw_decode


class JsonLineError(ZhcleanError):
    """A line that is no JSON object with that field as a string."""


def field_span(line: str, field: str) -> tuple[str, int, int]:
    """The string value of a top-level field, and where its literal stands in `line`.

    Of a key that is there twice the last one counts, as for every JSON reader. Raises
    `JsonLineError`.
    """
    try:
        at = _skip(line, line.startswith("\ufeff"))  # the mark of a file that stood there once
        if line[at : at + 1] != "{":
            raise JsonLineError("not a JSON object")
        at = _skip(line, at + 1)
        found: tuple[object, int, int] | None = None
        while line[at : at + 1] != "}":
            if line[at : at + 1] != '"':
                raise JsonLineError(f"not JSON: no key at character {at}")
            key, at = _decode_value(line, at)
            at = _skip(line, at)
            if line[at : at + 1] != ":":
                raise JsonLineError(f"not JSON: no ':' at character {at}")
            start = _skip(line, at + 1)
            value, at = _decode_value(line, start)
            if key == field:
                found = value, start, at
            at = _skip(line, at)
            if line[at : at + 1] == ",":
                at = _skip(line, at + 1)
                if line[at : at + 1] == "}":
                    raise JsonLineError(f"not JSON: no key at character {at}")
            elif line[at : at + 1] != "}":
                raise JsonLineError(f"not JSON: no ',' at character {at}")
        if _skip(line, at + 1) != len(line):
            raise JsonLineError("not JSON: more than one value")
    except (ValueError, RecursionError) as error:
        raise JsonLineError(f"not JSON: {error}") from None
    if found is None:
        raise JsonLineError(f"no field {field!r}")
    if not isinstance(found[0], str):
        raise JsonLineError(f"field {field!r} is no string")
    return found[0], found[1], found[2]


def replace_field(line: str, start: int, end: int, value: str) -> str:
    """`line` with the literal at `start:end` saying `value`, escaped in the manner of the old one."""
    escaped = "\\u" in line[start:end] and line[start:end].isascii()
    surrogate = any("\ud800" <= char <= "\udfff" for char in value)
    return line[:start] + json.dumps(value, ensure_ascii=escaped or surrogate) + line[end:]


def _skip(line: str, at: int) -> int:
    while at < len(line) and line[at] in _WHITE:
        at += 1
    return at
