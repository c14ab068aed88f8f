"""Texts to measure speed on: as many as wanted, none of them twice.

The bundled clean text is small, and a cache would soon know its lines. So documents are made of
its clauses in new orders: every line is new, every clause is one that somebody could write.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache, partial

import zhclean
from benchmarks.damage import annotated, corpus, furniture, holes, misreads

__all__ = ["KINDS", "documents", "pages"]

_CLAUSE = re.compile(r"[^，。；！？\n]{4,60}[，。；！？]")
_ENDS = "。！？"
#: Characters of a document.
_LOW, _HIGH = 500, 2000
#: What is done to a dirty page, one or two of them; all of it is common in scraped text.
_LIGHT = ("named entities", "kangxi radicals", "zero width", "private use", "crossed quotes")
#: Garbled throughout: repaired by searches, so in a row of their own.
_GARBLED = ("utf-8 > gb18030", "utf-8 > latin-1", "gbk > cp1252 (browser)", "&#decimal;")


@cache
def _clauses(script: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The clauses that go on and those that end a sentence."""
    names = (
        [name for name in corpus.registers() if name.startswith(corpus.TRADITIONAL)]
        if script == "traditional"
        else corpus.simplified_registers()
    )
    found = {
        clause
        for name in names
        for line in corpus.paragraphs(name)
        for clause in _CLAUSE.findall(line)
        if all(clause.count(one) == clause.count(two) for one, two in ("“”", "「」", "（）", "()"))
    }
    inner = tuple(sorted(clause for clause in found if clause[-1] not in _ENDS))
    return inner, tuple(sorted(found.difference(inner)))


def _line(rng: random.Random, script: str) -> str:
    inner, ends = _clauses(script)
    sentences = (
        "".join([*rng.sample(inner, rng.randint(1, 3)), rng.choice(ends)])
        for _ in range(rng.randint(1, 4))
    )
    return "".join(sentences)


def _document(rng: random.Random, script: str, quiet: zhclean.Pipeline | None = None) -> str:
    """Lines up to a random length; only those that `quiet` leaves alone."""
    goal = rng.randint(_LOW, _HIGH)
    lines: list[str] = []
    while sum(map(len, lines)) < goal:
        line = _line(rng, script)
        if quiet is None or _is_left(quiet, line):
            lines.append(line)
    return "\n".join(lines)


def _is_left(pipe: zhclean.Pipeline, text: str) -> bool:
    result = pipe.analyze(text)
    return result.text == text and not result.flags


def _dirty(rng: random.Random) -> str:
    text = _document(rng, "simplified")
    for family in rng.sample(_LIGHT, rng.randint(0, 1)):
        text = misreads.FAMILIES[family](rng, text) or text
    if rng.random() < 0.3:
        text = holes.hollow(rng, text, rng.choice(("mask", "blank"))).text
    return furniture.furnish(rng, text).text


def _annotated(rng: random.Random) -> str:
    settings = annotated.random_settings(rng, marks=True, fold=True)
    return annotated.damage(_document(rng, "simplified"), settings).text


def _garbled(rng: random.Random) -> str:
    text = _document(rng, "simplified")
    return misreads.FAMILIES[rng.choice(_GARBLED)](rng, text) or text


def _nothing_to_do(rng: random.Random, pipe: zhclean.Pipeline) -> str:
    while not _is_left(pipe, text := _document(rng, "simplified", pipe)):
        pass
    return text


#: Kind of text -> what makes a document of it.
KINDS: dict[str, Callable[[random.Random], str]] = {
    "dirty": _dirty,
    "clean": partial(_document, script="simplified"),
    "traditional": partial(_document, script="traditional"),
    "nothing to do": partial(_nothing_to_do, pipe=zhclean.pipeline(to="zh-Hans")),
    "annotated GBK": _annotated,
    "garbled": _garbled,
}


def documents(kind: str, size: int, rng: random.Random) -> list[str]:
    """Documents of a kind, `size` bytes of UTF-8 in all."""
    found: list[str] = []
    while size > 0:
        found.append(KINDS[kind](rng))
        size -= len(found[-1].encode())
    return found


def pages(kind: str, characters: int, count: int, rng: random.Random) -> list[str]:
    """`count` texts of so many characters each, cut out of documents put together."""
    found: list[str] = []
    text = ""
    while len(found) < count:
        while len(text) < characters:
            text += "".join(f"{line}\n" for line in documents(kind, 50_000, rng))
        found.append(text[:characters])
        text = text[characters:]
    return found
