"""The options that choose a pipeline, shared by the filter and corpus runs."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, Any, Final

from zhclean.errors import ConfigError, unknown

if TYPE_CHECKING:
    from zhclean.pipeline import Pipeline

__all__ = ["add_pipeline_options", "chosen_pipeline"]

_TEXTS: Final = {
    "preset": (
        "NAME",
        "repair (undo damage alone), training (simplified, amounts as written) or conservative "
        "(no amounts, less boilerplate)",
    ),
    "to": ("TARGET", "convert the script: zh-Hans, zh-Hans-CN, zh-Hant, zh-Hant-TW, zh-Hant-HK"),
    "numbers": ("STYLE", "plain (default), arabic, keep or gbt15835"),
    "level": ("LEVEL", "of boilerplate: conservative, standard (default) or aggressive"),
    "mask": ("TOKEN", "put TOKEN in place of redactions"),
}
_SWITCHES: Final = {
    "spinning": "repair words that were replaced to disguise a copy, flag what may be others",
    "width": "full-width digits and letters to ASCII",
    "punctuation": "ASCII marks between Chinese characters to full width",
}


def add_pipeline_options(parser: argparse.ArgumentParser) -> None:
    """Add the options to a parser, in a group of their own."""
    group = parser.add_argument_group("what is done")
    group.add_argument(
        "--only",
        metavar="STAGES",
        help="these stages alone, comma-separated: encoding, script, boilerplate, numbers, redaction",
    )
    group.add_argument("--skip", metavar="STAGES", help="all stages but these")
    for name, (metavar, text) in _TEXTS.items():
        group.add_argument(f"--{name}", metavar=metavar, help=text)
    for name, text in _SWITCHES.items():
        group.add_argument(f"--{name}", action="store_true", default=None, help=text)
    group.add_argument(
        "--pack", metavar="FILE", action="append", help="a rule pack of your own; repeatable"
    )
    group.add_argument(
        "--config",
        metavar="FILE",
        help="options from FILE, not from the nearest zhclean.toml or pyproject.toml",
    )


def chosen_pipeline(options: argparse.Namespace) -> tuple[Pipeline, tuple[str, ...]]:
    """The pipeline that command line and configuration ask for, and the user's packs in it.

    The command line goes before the configuration. Raises `ConfigError`.
    """
    from zhclean.pipeline import DEFAULT_STAGES, STAGES, pipeline

    chosen = _configuration(options.config)
    for key in (*_TEXTS, *_SWITCHES):
        if getattr(options, key) is not None:
            chosen[key] = getattr(options, key)
    for key in ("only", "skip"):
        if getattr(options, key) is not None:
            chosen[key] = [name.strip() for name in getattr(options, key).split(",")]
    mask = chosen.get("mask", "")
    if any("\ud800" <= char <= "\udfff" for char in mask):
        raise ConfigError(f"mask {mask!r} is no UTF-8")
    packs = chosen["packs"] = (*chosen.get("packs", ()), *(options.pack or ()))

    only, skip = chosen.pop("only", None), set(chosen.pop("skip", ()))
    strange = skip - set(STAGES)
    if strange:
        raise unknown("stage to skip", min(strange), STAGES)
    if only is None and not skip:
        return pipeline(**chosen), packs
    stages = [name for name in only or DEFAULT_STAGES if name not in skip]
    if chosen.get("to") and "script" in skip:
        raise ConfigError("a target script is named, and the stage 'script' is skipped")
    if not stages:
        raise ConfigError("no stage is left to run")
    return pipeline(*stages, **chosen), packs


def _configuration(name: str | None) -> dict[str, Any]:
    from zhclean.config import find_config, load_config

    if name is not None:
        from pathlib import Path

        return load_config(Path(name))
    try:
        path = find_config(os.getcwd())  # noqa: PTH109 - pathlib takes a while to import
    except FileNotFoundError:  # the current folder has been removed
        return {}
    return {} if path is None else load_config(path)
