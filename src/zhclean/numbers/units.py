"""Units and measure words: which they are, what they are called, and when they are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from zhclean.numbers.ahead import tables

__all__ = [
    "PERCENT",
    "SIMPLIFIED",
    "TRADITIONAL",
    "Unit",
    "first_characters",
    "fold",
    "labels",
    "match_unit",
    "spellings",
]

#: Traditional characters of unit names, folded before a name is looked up.
TRADITIONAL: Final = "個項條張隻輛臺檯棟間處雙對種類門場層顆節筆則頁詞卷講畝噸兩錢萬億圓塊點級組戶幣鎊韓盧銖歐聯華攝溫碼頃釐時鐘鍾歲週禮紀學課數馬達貝爾動頻蘭陸紐麥納歷電標準網絡綫線給長陣盞頂餘離輪連侖銭體員會萊億頭盤冊樁轉賓亞羅倫島開圖擔飛堅緬茲謝魯薩車脫"
SIMPLIFIED: Final = "个项条张只辆台台栋间处双对种类门场层颗节笔则页词卷讲亩吨两钱万亿圆块点级组户币镑韩卢铢欧联华摄温码顷厘时钟钟岁周礼纪学课数马达贝尔动频兰陆纽麦纳历电标准网络线线给长阵盏顶余离轮连仑钱体员会莱亿头盘册桩转宾亚罗伦岛开图担飞坚缅兹谢鲁萨车脱"
_FOLD: Final = str.maketrans(TRADITIONAL, SIMPLIFIED)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its canonical name; `group` is its table in units.toml."""

    name: str
    group: str

    @property
    def kind(self) -> str:
        """The `Quantity.kind` of an amount of it."""
        return _KINDS.get(self.group, "quantity")

    @property
    def precise(self) -> bool:
        """Whether even a single numeral before it becomes a digit."""
        return self.group in ("percent", "percent_point", "temperature", "measure")


#: The unit of everything that is said in hundredths.
PERCENT: Final = Unit("%", "percent")
_KINDS: Final = {
    "money": "money",
    "percent": "percent",
    "percent_point": "percent_point",
    "multiple": "multiple",
    "discount": "discount",
    "temperature": "temperature",
}


def fold(text: str) -> str:
    """`text` with the traditional characters of unit names simplified; same length."""
    return text.translate(_FOLD)


@cache
def _units() -> dict[str, tuple[Unit, str]]:
    """Unit by name or alias, and the characters that may not follow it.

    Traditional spellings are written out, so that a look-up needs no folding.
    """
    known: dict[str, Unit] = {}
    units: dict[str, tuple[Unit, str]] = {}
    for spelling, (name, group, not_before) in tables()["units"].items():
        unit = known.get(name + group)
        if unit is None:
            unit = known[name + group] = Unit(name, group)
        units[spelling] = unit, not_before
    return units


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """The lengths of units to try, longest first, by the two characters that they begin with.

    Also by one character, where that is a unit.
    """
    longer: dict[str, set[int]] = {}
    for spelling in _units():
        longer.setdefault(spelling[:2], set()).add(len(spelling))
    alone = {spelling for spelling in longer if len(spelling) == 1}
    return {
        opening: (
            *sorted(sizes, reverse=True),
            *([1] if len(opening) > 1 and opening[0] in alone else []),
        )
        for opening, sizes in longer.items()
    }


@cache
def labels(name: str) -> frozenset[str]:
    """The characters of one line of the [labels] table."""
    return frozenset(tables()["labels"][name])


def spellings() -> Iterator[tuple[str, Unit]]:
    """Every way to write a unit, with the unit."""
    return ((spelling, unit) for spelling, (unit, _) in _units().items())


@cache
def first_characters() -> str:
    """The characters that a unit may begin with, traditional ones included."""
    return "".join(sorted({spelling[0] for spelling in _units()}))


def match_unit(text: str, position: int) -> tuple[Unit, int] | None:
    """The longest unit at `position` and its end, or None, also where a word begins there."""
    lengths = _lengths()
    sizes = lengths.get(text[position : position + 2]) or lengths.get(text[position : position + 1])
    if sizes is None:
        return None
    units = _units()
    for length in sizes:
        end = position + length
        found = units.get(text[position:end])
        if found is None or end > len(text):
            continue
        unit, not_before = found
        following = text[end : end + 1]
        if not following:
            return unit, end
        if (
            following < "\x80"
            and following.isalnum()
            and text[end - 1].isascii()
            and text[end - 1].isalnum()
        ):
            continue
        # 个性, 年级: the unit and the next character are a word.
        return None if following in not_before else (unit, end)
    return None
