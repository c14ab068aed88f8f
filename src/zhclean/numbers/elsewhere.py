"""What stands where no Chinese is written: in Japanese, Korean and English sentences, and in code.

Japanese and Korean write amounts in the same characters (三千人が参加), English groups its digits
as Chinese does ($12,345.67), and a numeral between backticks is a name or a value of a program.
None of them is a quantity of a Chinese text, so none is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from zhclean.fences import code_spans, outside

__all__ = ["in_chinese"]

Rewrite = tuple[int, int, str, str]  # start, end, replacement, rule code

#: Hardly a sentence of Japanese or Korean lacks them all, and `in` passes over a text a hundred
#: times as fast as a search for all kana and syllables.
_FREQUENT: Final = "のをはがかいす다의는에을를요"
_SENTENCE: Final = re.compile(r"[^\n。！？]++")
#: Hiragana and Hangul. Katakana, and の alone, stand in Chinese names as well.
_FOREIGN: Final = re.compile("[ぁ-ねは-ゖ가-힣]")
_HAN: Final = re.compile("[\u3400-\u9fff]")
_WORD: Final = re.compile("[A-Za-z]{3}")


def in_chinese(text: str, rows: list[Rewrite]) -> list[Rewrite]:
    """The rows, sorted, that stand in Chinese prose."""
    if "`" in text:
        rows = list(outside(rows, code_spans(text)))
    if any(sign in text for sign in _FREQUENT):
        rows = list(outside(rows, _foreign(text)))
    return [row for row in rows if row[3] != "N106" or not _in_english(text, row[0])]


def _foreign(text: str) -> Iterator[tuple[int, int]]:
    for sentence in _SENTENCE.finditer(text):
        if _FOREIGN.search(text, *sentence.span()) is not None:
            yield sentence.span()


def _in_english(text: str, place: int) -> bool:
    """Whether the line, as far as one looks, has words and no Chinese character."""
    start = text.rfind("\n", max(0, place - 200), place) + 1 or max(0, place - 200)
    end = text.find("\n", place, place + 200)
    if end < 0:
        end = place + 200
    return _HAN.search(text, start, end) is None and _WORD.search(text, start, end) is not None
