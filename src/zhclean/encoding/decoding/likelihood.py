"""How likely a text is, from character frequencies alone: cheap enough for every candidate.

ln P of a text as the sum over its characters. Every reading of the same bytes is a text, so
sums can be compared directly: a wrong reading pays for rare characters, for many characters
(three letters in place of one ideograph) and for every byte that is none.

It only has to tell encodings apart. Where a single byte is missing, neighbours count too,
and the language model is asked instead.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cache
from typing import Final

from zhclean.package_data import read_data

__all__ = ["BAD_BYTE", "bands", "find_suspicious", "mean_of_wide", "score"]

#: ln P of a byte that the encoding has no character for.
BAD_BYTE: Final = -14.0

#: ln P of one character of each band of `frequent_hanzi.txt`: the share of running text that
#: the band covers (40, 28, 17, 9, 5 %) over the number of its characters.
_BAND_LIKELIHOODS: Final = (-6.0, -7.2, -8.3, -9.6, -11.0)

_MARKS: Final = {
    **dict.fromkeys("，。", -3.5),
    **dict.fromkeys("、：；？！（）“”《》「」", -5.5),
    **dict.fromkeys("…—‘’『』·【】〔〕〈〉％～／￥", -7.0),
    **dict.fromkeys("\n\r\t ", -2.5),
    **dict.fromkeys("#$@[\\]^_`{|}~", -8.0),
}

#: The syllables that half of Korean text consists of; any other one is far rarer.
_COMMON_HANGUL: Final = (
    "이다는에의을가고하지로사도기한리서자를은대그나인시어과정들해보일부라수전원것"
    "있았었여러면제와만상장니게으주오세스아공관동무방선성안용유적조중국우위요거습"
    "합했된될되며년월소할때등까없너더말마모문미바반발비생신실연영입진차치코크트"
)

#: First character of each range of code points -> ln P of any one in it. Kana and Hangul are
#: there so that Japanese and Korean are not taken for Chinese. Source of the ranges: Blocks.txt.
_RANGES: Final = (
    (0x0000, -16.0),  # control characters
    (0x0020, -3.2),  # ASCII
    (0x007F, -16.0),  # C1 controls
    (0x00A0, -8.5),  # Latin-1
    (0x0180, -12.0),  # further Latin
    (0x02C7, -9.0),  # tone marks of Bopomofo
    (0x02DA, -12.0),
    (0x0370, -9.5),  # Greek, Cyrillic
    (0x0500, -14.0),
    (0x2000, -8.5),  # punctuation, symbols
    (0x2600, -11.0),
    (0x2E80, -14.0),  # radicals
    (0x3000, -8.5),  # CJK punctuation
    (0x3040, -6.0),  # Hiragana
    (0x30A0, -6.5),  # Katakana
    (0x3100, -8.5),  # Bopomofo
    (0x3130, -12.0),
    (0x3200, -11.5),
    (0x3400, -14.5),  # Extension A
    (0x4E00, -13.0),  # ideographs that are in no band
    (0xA000, -15.0),
    (0xAC00, -10.0),  # Hangul
    (0xD7A4, -18.0),  # surrogates, private use
    (0xF900, -13.0),  # compatibility ideographs
    (0xFB00, -15.0),
    (0xFE30, -11.0),  # vertical and small forms
    (0xFE70, -15.0),
    (0xFF01, -8.0),  # full-width ASCII
    (0xFF61, -10.0),  # half-width Katakana
    (0xFFA0, -14.0),
    (0xFFFD, BAD_BYTE),
    (0xFFFE, -20.0),
    (0x1F300, -10.0),  # pictographs
    (0x1FB00, -18.0),
    (0x20000, -14.5),  # further ideographs
    (0x32000, -20.0),
)
_STARTS: Final = [start for start, _ in _RANGES]


@cache
def bands() -> tuple[str, ...]:
    text = read_data("zhclean.encoding.decoding", "frequent_hanzi.txt").decode("utf-8")
    return tuple(text.splitlines())


@cache
def _known() -> dict[str, float]:
    table = _MARKS | dict.fromkeys(_COMMON_HANGUL, -5.5)
    for band, likelihood in zip(bands(), _BAND_LIKELIHOODS, strict=True):
        table.update(dict.fromkeys(band, likelihood))
    return table


def score(text: str) -> float:
    """ln P of `text`; 0 for the empty text."""
    known = _known()
    total = 0.0
    for char, count in Counter(text).items():
        likelihood = known.get(char)
        if likelihood is None:
            likelihood = _RANGES[bisect_right(_STARTS, ord(char)) - 1][1]
        total += likelihood * count
    return total


def mean_of_wide(text: str) -> float:
    """The mean ln P of the characters of `text` that are not ASCII; 0 if all are."""
    wide = re.sub(r"[\0-\x7f]+", "", text)
    return score(wide) / len(wide) if wide else 0.0


@cache
def _odd() -> str:
    """A class of the characters that are in no band, no mark, no letter or symbol in use."""
    usual = re.escape("".join(bands()) + "".join(_MARKS))
    # A range stands for all astral characters: `re` runs a BMP class as a bitmap.
    return (
        f"[^{usual} -~\u00a0-\u024f\u0370-\u04ff\u2010-\u2027\u2030-\u25ff\u3000-\u30ff"
        "\uff01-\uff5e\U0001f300-\U0001faff]"
    )


#: Behind an odd character: the letter that it has swallowed the neighbour of. `(?!)`: nothing.
_SWALLOWED: Final = {"gb18030": "[@-~]"}
#: A letter behind an ideograph that may be what is left of one, or of what is out of step.
_LONE_LETTER: Final = {
    "cp950": r"[@-~](?<=[^\0-\x7f].)(?![!-~])",
    "big5hkscs": r"[@-~](?<=[^\0-\x7f].)(?![!-~])",
    "gb18030": "[@\\[-~](?<=[\u4e00-\u9fff].)(?=[\u4e00-\u9fff])",
}


@cache
def _patterns(encoding: str, *, strict: bool) -> tuple[re.Pattern[str], ...]:
    # Each begins with a class: an alternation of several would be searched far slower.
    odd = _odd()
    if encoding.startswith("utf-16"):  # nearly everything that it reads out of step is odd
        return (re.compile(f"{odd}(?:[^\n]?{odd}){{3}}"),)
    if strict:
        signs = [odd]
    else:  # U+E000-F8FF is the area of user-defined characters
        signs = [
            f"{odd}(?:(?:[^\n]?{odd}){{2}}|(?<=[\ue000-\uf8ff])|{_SWALLOWED.get(encoding, '(?!)')})"
        ]
    if encoding in _LONE_LETTER:
        signs.append(_LONE_LETTER[encoding])
    return tuple(map(re.compile, signs))


def find_suspicious(text: str, encoding: str, *, strict: bool = False) -> int | None:
    """Where `text`, read in `encoding`, shows a first sign of bytes read out of step.

    Necessary, not sufficient; rare names and poems show it too. Three odd characters close
    together; `strict`, for a file that is known to be damaged, a single one. In Big5 half of
    the second bytes are ASCII, so a lone letter behind an ideograph may be what is left of one;
    in GB 18030 what is out of step ends in a letter that becomes a second byte.
    """
    found = [pattern.search(text) for pattern in _patterns(encoding, strict=strict)]
    return min((sign.start() for sign in found if sign is not None), default=None)
