"""What has to stand in a text for the code of this stage (not its patterns) to find anything.

Each table states necessary conditions of one finder as triggers: a sign and its neighbours.
"""

from __future__ import annotations

import re
from typing import Final

from zhclean.triggers import Trigger

__all__ = ["FIELDS", "LINES", "LONGEST_COUNT", "MASKS", "count_trigger", "counts"]

#: Signs of code: a mask does not stand beside them.
_CODE: Final = r"_\\$#@"
_SPACE: Final = " \t\n　"
_TIMES: Final = "×✕╳*＊"
_RING: Final = "○〇◯"
_BOX: Final = "□■△▲◇◆"

#: `candidates` finds the runs and `vetoes` throws out those beside letters, between digits
#: and those that are numerals, bullets and check boxes.
MASKS: Final = (
    Trigger("xXｘＸ", f"^A-Za-zＡ-Ｚａ-ｚ{_CODE}", f"^A-WYZa-wyzＡ-ＷＹＺａ-ｗｙｚ{_CODE}"),
    Trigger(_TIMES, f"^0-9０-９A-Za-zＡ-Ｚａ-ｚ{_CODE}"),
    Trigger(_TIMES, "0-9０-９", "^0-9０-９"),
    Trigger(_RING, f"^一二三四五六七八九零壹贰叁肆伍陆柒捌玖{_RING}"),
    Trigger("OＯ", "^A-Za-z", "OＯ"),
    Trigger(_BOX, f"^{_SPACE}", f"^{_SPACE}"),
    Trigger(_BOX, after=f"0-9０-９.．,█{_BOX}"),
    Trigger("█"),
    Trigger("某", after="^种種些个個人位項项類类款"),
)

#: `blanks`: lines to write on.
LINES: Final = (
    Trigger("_", after="_年月日元%％"),
    Trigger("_", "\\", "\\"),
    Trigger("＿"),
    Trigger("﹍", after="﹍"),
    Trigger("【", after=" 　_●■*＊】"),
    Trigger("[［", after=" 　●■"),
)

#: A field stands behind a character or a mark that a sentence goes on from. The sets exclude
#: others: a class of `re` takes milliseconds to compile if it lists all Chinese characters.
_INSIDE: Final = "^ \t\n\r　A-Za-z.。．!！?？;；)）]】］〕}》”\"'*_=#/|<>$-"
_LABEL: Final = "^ \t\n\r　0-9.,，。、：:；;!！?？(（)）\\]】］〕\"“”'《》-"

#: `blanks`: fields of templates.
FIELDS: Final = (
    Trigger("{", after="{"),
    Trigger("【[［〔", _INSIDE, _LABEL),
    Trigger("{", _INSIDE, _LABEL),
    Trigger("$", _INSIDE, "{"),
    Trigger("（(", _INSIDE, "此请填姓单公学职"),
)


#: Digits of the longest count; longer strings are identifiers.
LONGEST_COUNT: Final = 16


def counts(units: str) -> str:
    """`overwrites`: a number of several digits that holds a year, before one of `units`."""
    return (
        r"[0-9](?<![0-9]{2})"
        rf"(?=[0-9]{{3,{LONGEST_COUNT - 1}}}+(?:\.[0-9]++)?+[{units}])"
        r"(?:(?<=1)9[89][0-9]|(?<=2)0[0-3][0-9]|[0-9]*?(?:19[89]|20[0-3])[0-9])"
    )


_YEAR: Final = re.compile("(?:19[89]|20[0-3])[0-9]{1,13}")


def _holds_year(text: str, place: int) -> bool:
    return _YEAR.search(text, max(0, place - LONGEST_COUNT), place + 1) is not None


def count_trigger(units: str) -> Trigger:
    """What every count has: the last of its whole digits."""
    return Trigger("0-9", "0-9", f"{units}.", _holds_year)
