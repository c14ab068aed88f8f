"""zhclean repairs, strips and normalises scraped Chinese text.

    >>> import zhclean
    >>> zhclean.clean("總結(jié)會(huì)議認(rèn)為，今年產(chǎn)業(yè)發(fā)展穩(wěn)中有進(jìn)。")
    '总结会议认为，今年产业发展稳中有进。'

`clean` gives the text, `analyze` a `Result` with every edit, rule and flag, `pipeline`
chooses stages and options, `decode` reads bytes of any Chinese encoding, `quantities`
finds amounts with exact values.

Names are imported when they are first used, so that `import zhclean` costs next to nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from zhclean.edits import NOTHING, Edit, Flag, Patch, Proposal
    from zhclean.encoding import Decoded, decode
    from zhclean.errors import ConfigError, EditError, RuleError, ZhcleanError
    from zhclean.numbers import Quantity, quantities
    from zhclean.pipeline import Cleaner, Pipeline, pipeline
    from zhclean.result import Result
    from zhclean.triggers import Trigger

__version__: Final = "0.1.0"

__all__ = [
    "NOTHING",
    "Cleaner",
    "ConfigError",
    "Decoded",
    "Edit",
    "EditError",
    "Flag",
    "Patch",
    "Pipeline",
    "Proposal",
    "Quantity",
    "Result",
    "RuleError",
    "Trigger",
    "ZhcleanError",
    "analyze",
    "clean",
    "decode",
    "pipeline",
    "quantities",
]

_HOMES: Final = {
    "NOTHING": "edits",
    "Cleaner": "pipeline",
    "ConfigError": "errors",
    "Decoded": "encoding",
    "Edit": "edits",
    "EditError": "errors",
    "Flag": "edits",
    "Patch": "edits",
    "Pipeline": "pipeline",
    "Proposal": "edits",
    "Quantity": "numbers",
    "Result": "result",
    "RuleError": "errors",
    "Trigger": "triggers",
    "ZhcleanError": "errors",
    "decode": "encoding",
    "pipeline": "pipeline",
    "quantities": "numbers",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'zhclean' has no attribute {name!r}")
    value = getattr(import_module(f"zhclean.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    # All that can be had, used or not, for completion; not what this module imports.
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})


class _Package(ModuleType):
    """The package itself; keeps `zhclean.pipeline` the function that users call.

    Importing the module of that name would bind the module over it.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name == "pipeline" and isinstance(value, ModuleType):
            value = vars(value)["pipeline"]
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def clean(text: str) -> str:
    """`text` through the default pipeline: repaired, stripped, amounts normalised.

    No text raises an exception; anything but `str` raises `TypeError`. For other stages and
    options see `pipeline`, for what was changed `analyze`.
    """
    from zhclean.pipeline import default_pipeline

    return default_pipeline().clean(text)


def analyze(text: str | bytes | Decoded, *, encoding: str | None = None) -> Result:
    """`text` through the default pipeline, with every edit and flag explained.

    Bytes are decoded first, with the codec `encoding` if one is named; what could not be
    decoded is U+FFFD in `Result.source`. Raises `ConfigError` for an unknown codec.
    """
    from zhclean.pipeline import default_pipeline

    return default_pipeline().analyze(text, encoding=encoding)
