"""What has to stand in a text for the code of this stage (not its patterns) to find anything.

Each table states necessary conditions of one finder: a sign and its neighbours, written as in
`zhclean.triggers`. Whether that is enough, the finder itself says of each place
(`spots.is_worth_it`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from zhclean.redaction.ahead import PATTERNS, read_ahead

__all__ = ["FINDERS", "LONGEST_COUNT", "is_count"]

Sign = tuple[str, str, str]  # lead, before, after

#: Signs of code: a mask does not stand beside them.
_CODE: Final = r"_\\$#@"
_SPACE: Final = " \t\n　"
_TIMES: Final = "×✕╳"
_STAR: Final = "*＊"
_RING: Final = "○〇◯"
_BOX: Final = "□■█△▲◇◆"

#: `candidates` finds the runs and `vetoes` throws out those beside letters, between digits
#: and those that are numerals, bullets and check boxes. A run has its lead at its beginning.
_MASKS: Final[tuple[Sign, ...]] = (
    ("xXｘＸ", f"^A-Za-zＡ-Ｚａ-ｚ{_CODE}", f"^A-WYZa-wyzＡ-ＷＹＺａ-ｗｙｚ{_CODE}"),
    *(
        row
        for sign in (_TIMES, _STAR)
        for row in (
            (sign, f"^0-9０-９A-Za-zＡ-Ｚａ-ｚ{_CODE}{sign}", ""),
            (sign, "0-9０-９", "^0-9０-９"),
        )
    ),
    (_RING, f"^一二三四五六七八九零壹贰叁肆伍陆柒捌玖{_RING}", ""),
    ("OＯ", "^A-Za-z", "OＯ"),
    (_BOX, f"^{_SPACE}{_BOX}", f"^{_SPACE}"),
    (_BOX, f"^{_BOX}", f"0-9０-９.．,{_BOX}"),
    ("█", f"^{_BOX}", ""),
    ("某", "", "^种種些个個人位項项類类款"),
)

#: `blanks`: lines to write on.
_LINES: Final[tuple[Sign, ...]] = (
    ("_", "^_", "_"),
    ("_", "", "年月日元%％"),
    ("_", "\\", "\\"),
    ("＿", "^＿", ""),
    ("﹍", "^﹍", "﹍"),
    ("【", "", " 　_●■*＊】"),
    ("[［", "", " 　●■"),
)

#: A field stands behind a character or a mark that a sentence goes on from. The sets exclude
#: others: a class of `re` takes milliseconds to compile if it lists all Chinese characters.
_INSIDE: Final = "^ \t\n\r　A-Za-z.。．!！?？;；)）]】］〕}》”\"'*_=#/|<>$-"
_LABEL: Final = "^ \t\n\r　0-9.,，。、：:；;!！?？(（)）\\]】］〕\"“”'《》-"

#: `blanks`: fields of templates.
_FIELDS: Final[tuple[Sign, ...]] = (
    ("{", "", "{"),
    ("【[［〔", _INSIDE, _LABEL),
    ("{", _INSIDE, _LABEL),
    ("$", _INSIDE, "{"),
    ("（(", _INSIDE, "此请請填姓单單公学學职職"),
)

#: `overwrites`: the first digits of a year, by the second one.
_COUNTS: Final[tuple[Sign, ...]] = (("9", "1", "89"), ("0", "2", "0-3"))

FINDERS: Final[Mapping[str, tuple[Sign, ...]]] = {
    "masks": _MASKS,
    "lines": _LINES,
    "fields": _FIELDS,
    "counts": _COUNTS,
}

#: Digits of the longest count; longer strings are identifiers.
LONGEST_COUNT: Final = 16


def _count_source(units: str) -> str:
    """What stands behind the first digit of a year in a count, as an expression.

    `units`: the characters that may follow the digits of a count. 2000 is no year but a round
    number.
    """
    digits = rf"[0-9]{{1,{LONGEST_COUNT - 3}}}+(?:\.[0-9]++)?+"
    return rf"(?:9(?<=19)[89]|0(?<=20)(?!00)[0-3]){digits}[{units}]"


@cache
def _count() -> re.Pattern[str]:
    return re.compile(_count_source(read_ahead(PATTERNS)["units"]))


def is_count(text: str, place: int) -> bool:
    """Whether a year that has its second digit at `place` stands in what may be a count."""
    return _count().match(text, place) is not None
