"""Build `src/zhclean/numbers/data/tables.json`: units, guards and words, read ahead.

    python tools/build_number_tables.py

To be run after every change of units.toml, guards.toml, words.txt or phrases.txt. The file
holds every spelling of a unit, traditional ones included, with the characters that make
another word of it; the characters of labels; and all pairs of neighbours in the words of
which one is a numeral character or 成.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, Final

from opencc import OpenCC

from zhclean.numbers.characters import HAN
from zhclean.numbers.lexicon import words
from zhclean.numbers.units import SIMPLIFIED, TRADITIONAL, fold

HOME: Final = Path(__file__).parents[1] / "src" / "zhclean" / "numbers" / "data"

#: Simplified character -> its traditional ones.
OLDER: Final[dict[str, str]] = {}
for _old, _new in zip(TRADITIONAL, SIMPLIFIED, strict=True):
    OLDER[_new] = OLDER.get(_new, "") + _old


#: The usual traditional form of a character.
convert: Final = OpenCC("s2t").convert


def main() -> None:
    text = json.dumps(build(), ensure_ascii=False, indent=0)
    HOME.joinpath("tables.json").write_text(text + "\n", "utf-8")


def build() -> dict[str, Any]:
    """What the file holds."""
    guards = tomllib.loads(HOME.joinpath("guards.toml").read_text("utf-8"))
    units: dict[str, tuple[str, str, str]] = {}
    for group, table in tomllib.loads(HOME.joinpath("units.toml").read_text("utf-8")).items():
        for name, aliases in table.items():
            for alias in (name, *aliases):
                for spelling in spellings(alias):
                    units[spelling] = (name, group, not_before(spelling, guards["not_before"]))
    numeral = f"[{HAN}半几数成]"  # 一成 in front of 不变 is asked about as one
    pairs = re.findall(f"(?=({numeral}.|.{numeral}))", "\n".join(words()))
    return {"units": units, "labels": guards["labels"], "pairs": " ".join(sorted(set(pairs)))}


def spellings(name: str) -> Iterator[str]:
    """`name`, and each way to write it in traditional characters."""
    choices = ([character, *OLDER.get(character, "")] for character in name)
    return ("".join(spelling) for spelling in product(*choices))


def not_before(unit: str, guards: dict[str, str]) -> str:
    """The characters that make another word of a unit: 性 of 个, so that 五个性 is no 五个."""
    characters = guards.get(unit, guards.get(fold(unit), ""))
    older = (OLDER.get(character, "") + convert(character) for character in characters)
    return "".join(dict.fromkeys(characters + "".join(older)))


if __name__ == "__main__":
    main()
