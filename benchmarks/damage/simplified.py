"""Simplified to traditional characters the way the sites behind the annotated-GBK damage did it.

One character for one character, without phrases. The table is OpenCC's STCharacters (as
opencc-python-reimplemented ships it), its first variant in the common form of TWVariants.
A character that is itself among its variants stays (后 里 系 制 范 于 志 余 云), except those of
`CONVERTED`, which were seen converted.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

#: Characters that are their own variant and are converted all the same.
CONVERTED = frozenset("万丰价党准划台广挂据杆极确种胜荐厂叶适虫几柜淀腊蜡苹朴帘尸")
#: Where the first variant is not the one that was used (么 and 峰 stay).
PREFERRED = dict(zip("签钟么峰并着湿凄鉴艳", "簽鐘么峰并著濕淒鑒艷", strict=True))


def _load(name: str) -> dict[str, list[str]]:
    text = (files("opencc") / "dictionary" / name).read_text("utf-8")
    rows = (line.split("\t") for line in text.split("\n") if line.strip())
    return {row[0]: row[1].split() for row in rows}


@cache
def table() -> dict[str, str]:
    """Simplified character -> the traditional character these sites wrote."""
    common_form = _load("TWVariants.txt")
    chosen: dict[str, str] = {}
    for simplified, variants in _load("STCharacters.txt").items():
        first = variants[0]
        if len(simplified) == 1 and (simplified not in variants or simplified in CONVERTED):
            chosen[simplified] = common_form.get(first, [first])[0]
    return chosen | PREFERRED


def to_traditional(text: str) -> str:
    """`text` converted character by character; as long as `text`."""
    traditional = table()
    return "".join(traditional.get(character, character) for character in text)
