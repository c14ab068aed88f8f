"""The bundled clean text: our own sentences in many registers, and documents made of them.

`clean/<register>.txt`: one paragraph a line, blank lines between texts.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "clean"
#: Registers in traditional characters; all others are simplified.
TRADITIONAL = "traditional_"
#: Registers whose texts hold pinyin glosses or characters outside GBK by design.
SPECIAL = frozenset({"exams", "glosses", "rare_names"})


@cache
def registers() -> tuple[str, ...]:
    """The names of all registers, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))


def simplified_registers() -> tuple[str, ...]:
    """The registers in simplified characters that any kind of damage may be done to."""
    return tuple(
        name for name in registers() if not name.startswith(TRADITIONAL) and name not in SPECIAL
    )


@cache
def texts(register: str) -> tuple[str, ...]:
    """The texts of one register, their paragraphs one a line."""
    whole = (FOLDER / f"{register}.txt").read_text("utf-8")
    return tuple(block.strip("\n") for block in whole.split("\n\n") if block.strip())


def paragraphs(register: str) -> list[str]:
    """Every paragraph of a register."""
    return [line for text in texts(register) for line in text.split("\n")]


def everything() -> Iterator[tuple[str, str]]:
    """(register, text) of the whole corpus."""
    for register in registers():
        for text in texts(register):
            yield register, text


def compose(rng: random.Random, register: str, low: int = 500, high: int = 2000) -> str:
    """A document of `low` to `high` characters: texts of one register in random order.

    Shorter where the whole register is; every text stands once.
    """
    goal = rng.randint(low, high)
    chosen: list[str] = []
    length = 0
    for text in rng.sample(texts(register), len(texts(register))):
        for line in text.split("\n"):
            if length and length + len(line) + 1 > goal:
                return "\n".join(chosen)
            chosen.append(line)
            length += len(line) + 1
    return "\n".join(chosen)
