"""What each target does to a text, as patches.

Traditional to simplified runs only where a text holds a character of traditional script, and
back only where it holds one of simplified script: OpenCC's tables also change characters that
both scripts use (乾, 於; 里, 后), which in text already converted would damage it, and its
wording tables run in circles (檔案 -> 文件 -> 文档). After a conversion no such character is left,
so converting twice is converting once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial, reduce
from itertools import compress
from operator import ne
from typing import Final, Protocol

from zhclean.edits import NOTHING, KnownPatch, Patch, compose
from zhclean.encoding.script.context import context_words, is_computing
from zhclean.encoding.script.conversion import Conversion
from zhclean.encoding.script.detection import (
    detect_script,
    has_simplified,
    has_traditional,
    simplified_characters,
    traditional_characters,
)
from zhclean.encoding.script.opencc_adapter import SLIPS, Group, groups

__all__ = ["TARGETS", "Converter", "converter", "leads"]


class Converter(Protocol):
    """Proposes the conversion of a text to one target."""

    def __call__(self, text: str) -> Patch: ...


def converter(to: str) -> Converter:
    """The conversion to one of `TARGETS`."""
    return _CONVERTERS[to]


def leads(to: str) -> frozenset[str]:
    """Characters of which a text must hold one for the conversion to `to` to change it."""
    if to in ("zh-Hans", "zh-Hans-CN"):
        return traditional_characters()
    forms = _regional_forms(_CONFIGS[to])
    return simplified_characters().union(*(step.characters for step in forms))


def _to_simplified(text: str) -> Patch:
    return _simplify().patch(text) if has_traditional(text) else NOTHING.patch


def _to_mainland(text: str) -> Patch:
    if not has_traditional(text):
        return NOTHING.patch
    found = detect_script(text)
    if not found.is_traditional or found.region == "CN":
        return _simplify().patch(text)
    return _chain((_mainland_wording(is_computing(text)), _simplify()), text)


def _to_traditional(config: str, text: str) -> Patch:
    """Simplified text by the whole chain of `config`; in traditional text strays only."""
    if not has_simplified(text):
        return _chain(_regional_forms(config), text)
    if detect_script(text).is_traditional:
        return _chain((_stray_characters(), *_regional_forms(config)), text)
    return _chain(_steps(config), text)


#: OpenCC's configurations for traditional targets.
_CONFIGS: Final = {"zh-Hant": "s2t", "zh-Hant-TW": "s2twp", "zh-Hant-HK": "s2hk"}

_CONVERTERS: Final[Mapping[str, Converter]] = {
    "zh-Hans": _to_simplified,
    "zh-Hans-CN": _to_mainland,
    **{to: partial(_to_traditional, config) for to, config in _CONFIGS.items()},
}

#: The targets by name.
TARGETS: Final = tuple(_CONVERTERS)


def _chain(steps: tuple[Conversion, ...], text: str) -> Patch:
    """The steps one behind the other, as one patch of `text` without idle replacements."""
    patches: list[Patch] = []
    converted = text
    for step in steps:
        if patch := step.patch(converted):
            patches.append(patch)
            converted = patch.apply(converted)
    if converted == text:
        return NOTHING.patch
    if len(patches) == 1:
        return patches[0]
    return KnownPatch(text, converted, lambda: _without_idle(reduce(compose, patches), text))


def _without_idle(patch: Patch, text: str) -> Patch:
    """`patch` without what a later step has changed back (吃 -> 喫 -> 吃)."""
    befores = map(text.__getitem__, map(slice, patch.starts, patch.ends))
    busy = list(map(ne, befores, patch.afters))
    if all(busy):
        return patch
    return Patch(
        list(compress(patch.starts, busy)),
        list(compress(patch.ends, busy)),
        list(compress(patch.afters, busy)),
        list(compress(patch.rules, busy)),
    )


@cache
def _simplify() -> Conversion:
    """Traditional to simplified characters."""
    ((phrases, characters),) = groups("t2s")
    words = context_words("zh-Hans")
    special = {word: of for word, of in words.items() if len(word) == 1 and not of.cases}
    return Conversion(
        (phrases,),
        {**characters, **{char: of.default for char, of in special.items()}},
        ("S102", "S101"),
        {word: of for word, of in words.items() if word not in special},
        {char: of.code for char, of in special.items()},
    )


@cache
def _mainland_wording(computing: bool) -> Conversion:
    """Taiwan wording to mainland wording, still in traditional script.

    Of Taiwan's character forms only those that the simplification needs to see in another form:
    為 -> 爲 -> 为 is 為 -> 为.
    """
    wording, form_phrases, forms = groups("tw2sp")[0]
    ((phrases, _),) = groups("t2s")
    in_phrases = set("".join(phrases))
    needed = {
        char: form
        for char, form in forms.items()
        if form in in_phrases or _simplified(char) != _simplified(form)
    }
    return Conversion(
        (wording, form_phrases),
        needed,
        ("S103", "S104"),
        context_words("zh-Hans-CN", computing=computing),
    )


def _simplified(text: str) -> str:
    return _simplify().patch(text).apply(text)


@cache
def _steps(config: str) -> tuple[Conversion, ...]:
    """The whole chain of a configuration that begins with simplified text."""
    _, *others = groups(config)
    return (_to_characters(), *(_conversion(group, ("S123", "S124")) for group in others))


@cache
def _to_characters() -> Conversion:
    """Simplified to traditional characters, with which every such chain begins."""
    ((phrases, characters),) = groups("s2t")
    return Conversion(({**phrases, **SLIPS},), characters, ("S122", "S121"))


@cache
def _regional_forms(config: str) -> tuple[Conversion, ...]:
    """The last step of a regional chain: Taiwan's or Hong Kong's own character forms."""
    return () if config == "s2t" else (_steps(config)[-1],)


@cache
def _stray_characters() -> Conversion:
    """Characters that exist in simplified script only, one by one."""
    ((_, characters),) = groups("s2t")
    return Conversion(
        (), {c: v for c, v in characters.items() if has_simplified(c)}, ("S122", "S121")
    )


def _conversion(group: Group, codes: tuple[str, str]) -> Conversion:
    *phrases, last = group
    if all(len(key) == 1 for key in last):
        return Conversion(phrases, last, codes)
    return Conversion(group, {}, codes)
