"""Holes in a text: masks, blanks, dropped and overwritten values, and where they are.

Facts (years, amounts, percentages, places, persons) are found in clean text by simple patterns
and replaced the way template sites do it, with the kind and the form of every hole.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

#: kind -> pattern of the fact; group 1 is what is replaced.
FACTS: dict[str, re.Pattern[str]] = {
    "year": re.compile(r"(?<![0-9.])((?:19|20)[0-9]{2})(?=年)"),
    "percent": re.compile(r"(?<![0-9.])([0-9]+(?:\.[0-9]+)?)(?=%)"),
    "number": re.compile(
        r"(?<![0-9.,第])([0-9]+(?:\.[0-9]+)?)(?=(?:万|亿)?(?:元|家|个|人|公里|亩|吨|平方米|张))"
    ),
    "place": re.compile(r"(云溪(?=县)|青岭(?=市|经济)|石门坎(?=村)|新华里(?=社区)|澜水(?=河))"),
    "person": re.compile(r"((?<=[副县区市镇村]长)[王李张刘陈][一-鿿]{1,2}(?=[，。说]))"),
}
_LETTERS = ("x", "X", "×", "*")


@dataclass(frozen=True, slots=True)
class Hollow:
    """A text with holes: `spans` are (start, end, kind), `forms` mask/blank/dropped/overwrite.

    The span of a dropped value is empty: it lies where the value was.
    """

    text: str
    truth: str
    spans: tuple[tuple[int, int, str], ...]
    forms: tuple[str, ...]


def hollow(rng: random.Random, clean: str, form: str = "mask", share: float = 0.8) -> Hollow:
    """`clean` with about `share` of its facts replaced in one `form` (one style a document)."""
    letter = rng.choice(_LETTERS)
    found = sorted(
        (match.start(1), match.end(1), kind)
        for kind, pattern in FACTS.items()
        for match in pattern.finditer(clean)
        if rng.random() < share
    )
    pieces: list[str] = []
    spans: list[tuple[int, int, str]] = []
    position = cursor = 0
    for start, end, kind in found:
        if start < cursor:
            continue
        hole = _hole(rng, clean[start:end], kind, form, letter)
        if hole == clean[start:end]:  # a blanket replace leaves places and percentages alone
            continue
        pieces += [clean[cursor:start], hole]
        position += start - cursor
        spans.append((position, position + len(hole), kind))
        position += len(hole)
        cursor = end
    text = "".join([*pieces, clean[cursor:]])
    return Hollow(text, clean, tuple(spans), (form,) * len(spans))


def _hole(rng: random.Random, fact: str, kind: str, form: str, letter: str) -> str:
    if form == "dropped":
        return ""
    if form == "blank":
        return "_" * rng.randint(2, 6)
    if form == "overwrite":
        return "2023" if kind in ("number", "year") else fact
    if kind == "year":
        return f"20{letter * 2}"
    if kind == "percent" and "." in fact:
        return f"{letter * rng.randint(1, 2)}.{letter}"
    if kind == "person":
        return rng.choice(("某某", letter * 2))
    return letter * rng.randint(1, 3)
