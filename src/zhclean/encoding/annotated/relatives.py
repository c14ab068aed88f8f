"""Relatives of the damage, met on the same kind of site: each on the text as it stands.

Every function returns sorted edit rows, and nothing where the page does not bear it out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from zhclean.encoding.annotated.readings import is_toneless_reading
from zhclean.encoding.annotated.rules import rule_data

__all__ = ["RELATIVES", "Row"]

Row = tuple[int, int, str, str]

_HAN: Final = re.compile("[一-鿿]")
#: The next character is only looked at: it may be annotated itself.
_TONELESS: Final = re.compile(r"([一-鿿])(\(([a-z]{1,6})\))(?=([一-鿿])?)")
#: Behind text; a quotation of marks is no damage.
_RUN_OF_MARKS: Final = re.compile("(?<=[^\\s“‘「『（(《【，。；：！？])[，。；：！？]+")


def toneless_pinyin(text: str) -> list[Row]:
    """E108: toneless pinyin behind characters at random, `想(xiang)象一(yi)下`.

    A gloss stands behind a rare character or a name. Here it stands behind characters that
    nobody looks up, and inside words.
    """
    matches = list(_TONELESS.finditer(text))
    if len(matches) < 2:
        return []
    matches = [match for match in matches if is_toneless_reading(match[1], match[3])]
    data = rule_data("E108")
    if len(matches) > data["most"] * len(_HAN.findall(text)):
        return []  # a lesson
    from zhclean.encoding.language import load

    step = load().step
    evidence = {
        match[1]: (step("", match[1]) > data["common"])
        + (match[4] is not None and step(match[1], match[4]) > data["inside"])
        for match in matches
    }
    if sum(evidence.values()) < data["evidence"]:
        return []
    return [(match.start(2), match.end(2), "", "E108") for match in matches]


def doubled_commas(text: str) -> list[Row]:
    """E109: `，` written before every mark, `今天，，你好，。`, or before all but commas.

    Nobody writes a comma before a full stop, least of all before each of a page. Commas are
    doubled on purpose now and then, so they have to be doubled throughout themselves.
    """
    runs = list(_RUN_OF_MARKS.finditer(text))
    stops = [run for run in runs if run[0].strip("，：")]
    doubled = [run for run in runs if run[0][0] == "，" and run[0].strip("，")]
    commas = [run for run in runs if run[0][0] == "，" and not run[0].strip("，")]
    twice = [run for run in commas if len(run[0]) > 1]
    data = rule_data("E109")
    of_stops = sum(run[0][0] == "，" for run in stops)
    if of_stops < data["least"] or of_stops < data["share"] * len(stops):
        return []
    if len(twice) >= data["share"] * len(commas):
        doubled = sorted([*doubled, *twice], key=re.Match.start)
    return [(run.start(), run.start() + 1, "", "E109") for run in doubled]


def four_byte_remains(text: str) -> list[Row]:
    """E110: what GBK shows of a four-byte GB18030 interpunct, `玛丽?6?1居里`."""
    remains: dict[str, str] = rule_data("E110")["remains"]
    pattern = "|".join(map(re.escape, remains))
    found = re.finditer(rf"(?<=[一-鿿A-Za-z])(?:{pattern})(?=[一-鿿A-Za-z])", text)
    return [(match.start(), match.end(), remains[match[0]], "E110") for match in found]


def spelled_superlatives(text: str) -> list[Row]:
    """E111: 最 spelled `zui` to pass a filter of advertising claims, `zui新`."""
    behind: str = rule_data("E111")["behind"]
    found = re.finditer(rf"(?<=[一-鿿，。；：！？、“])zui(?=[{behind}])", text)
    return [(match.start(), match.end(), "最", "E111") for match in found]


#: What a text must hold before the function is asked.
RELATIVES: Final[tuple[tuple[re.Pattern[str], Callable[[str], list[Row]]], ...]] = (
    (re.compile(r"[一-鿿]\([a-z]{1,6}\)"), toneless_pinyin),
    (re.compile("，[，。；：！？]"), doubled_commas),
    (re.compile(r"\?\d\?\d"), four_byte_remains),
    (re.compile("zui"), spelled_superlatives),
)
