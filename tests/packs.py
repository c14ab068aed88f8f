"""A user's rule pack of one template."""

from __future__ import annotations

import json

__all__ = ["with_template"]

_PACK = """\
[pack]
name = "mine"
stage = "boilerplate"

[[rule]]
code = "U101"
name = "mine"
why = "Because."
safe = true
kind = "ad"
shape = "SHAPE"
templates = [TEMPLATE]
change = [{ before = "a", after = "b" }]
leave = ["c"]
"""


def with_template(template: str, shape: str = "line") -> str:
    """The pack as TOML; the template may be one that is refused."""
    quoted = json.dumps(template, ensure_ascii=False)
    return _PACK.replace("SHAPE", shape).replace("TEMPLATE", quoted)
