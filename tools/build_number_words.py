"""Builds src/zhclean/numbers/data/words.txt from the dictionary of jieba 0.42.1 (MIT licence).

    python tools/build_number_words.py path/to/jieba/dict.txt

Kept are the words of two to eight characters that hold a numeral character, except numerals,
measure words and times (tags m, mq, q, t; idioms among them stay), round numbers (上百人),
two-character personal names (张三 would protect 三 in any 张三...), foreign names, and what is
wholly a numeral with a unit. Traditional forms are added with opencc-python-reimplemented.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from opencc import OpenCC

from zhclean.numbers.characters import HAN
from zhclean.numbers.units import match_unit

_TARGET = Path(__file__).parents[1] / "src/zhclean/numbers/data/words.txt"
_NUMERAL = re.compile(rf"[{HAN}半几]")
_AMOUNT = re.compile(rf"[{HAN}几数]+(?P<rest>.*)")
_DROPPED = frozenset({"q", "t", "nrt", "nrfg"})
#: 上百人, 近千家: round numbers with what is said about them.
_ROUND = re.compile(r"[上近][十百千万亿]+.?")
#: Amounts that the dictionary has as words.
_AMOUNTS = frozenset({"两岁半", "四毛", "八毛"})
#: Sums of money that compound.py reads: 五毛钱.
_SMALL_MONEY = ("毛钱", "角钱", "分钱")
#: Numerals that are idioms by their build: 三番五次.
_IDIOM = re.compile(rf"[{HAN}半][^{HAN}半第多余个][{HAN}半][^{HAN}多余个]")


def keep(word: str, tag: str) -> bool:
    if (
        word in _AMOUNTS
        or tag in _DROPPED
        or not 2 <= len(word) <= 8
        or _NUMERAL.search(word) is None
    ):
        return False
    if len(word) == 2 and (tag == "nr" or word[1] == "大"):
        return False
    if tag in ("m", "mq") and _IDIOM.fullmatch(word) is None:
        return False
    if _ROUND.fullmatch(word) is not None:
        return False
    amount = _AMOUNT.fullmatch(word)
    if amount is not None:
        rest = amount["rest"]
        unit = match_unit(rest, 0)
        if not rest or rest in _SMALL_MONEY or (unit is not None and unit[1] == len(rest)):
            return False
    return True


def main() -> None:
    words = set()
    for line in Path(sys.argv[1]).read_text("utf-8").splitlines():
        word, _, tag = line.split(" ")
        if keep(word, tag):
            words.add(word)
    convert = OpenCC("s2t").convert
    traditional = convert("\n".join(sorted(words))).split("\n")
    words.update(traditional)
    _TARGET.write_text("\n".join(sorted(words)) + "\n", "utf-8")
    print(len(words), "words")


if __name__ == "__main__":
    main()
