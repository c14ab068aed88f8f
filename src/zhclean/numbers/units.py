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
    "SMALL_COINS",
    "TRADITIONAL",
    "Unit",
    "first_characters",
    "fold",
    "is_rate_of",
    "labels",
    "match_unit",
    "per",
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


#: Hundredths of foreign currencies.
SMALL_COINS: Final = frozenset({"美分", "欧分", "便士"})
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


_SLASHES: Final = frozenset("/／")
#: What stands behind a slash alone: 元/月, 次/分, mL/min.
_DENOMINATORS: Final = {
    "月": "月",
    "日": "天",
    "季": "季度",
    "季度": "季度",
    "分": "分钟",
    "平": "平方米",
    "h": "小时",
    "s": "秒",
    "min": "分钟",
    "d": "天",
}
_PHYSICAL: Final = frozenset({"measure", "short", "rare"})
_DIVIDED: Final = _PHYSICAL | {"money", "classifier", "time"}
_MAGNITUDES: Final = frozenset("百千万萬")


def per(text: str, unit: Unit, end: int) -> tuple[Unit, int]:
    """The unit that ends at `end` with what it is divided by, and where that ends.

    Prices and rates keep the slash (元/平方米, 次/分钟), physical units are called by their names
    (克/立方厘米 is 克每立方厘米). 人/次 is 人次, a measure word of its own.
    """
    for _ in range(2):  # 元/天/人
        if text[end : end + 1] not in _SLASHES or unit.group not in _DIVIDED:
            break
        below = _below(text, end + 1, unit)
        if below is None:
            break
        name, group, end = below
        whole = _units().get(unit.name + name)
        if whole is not None:
            unit = whole[0]
            continue
        named = unit.group in _PHYSICAL and group != "" and not unit.name.isascii()
        unit = Unit(f"{unit.name}{'每' if named else '/'}{name}", unit.group)
    return unit, end


def _below(text: str, start: int, above: Unit) -> tuple[str, str, int] | None:
    """Name, group and end of the unit behind a slash; the group is empty for what is not physical."""
    found = match_unit(text, start)
    size = ""
    if found is None and text[start : start + 1] in _MAGNITUDES:
        size = text[start]  # 升/百公里, 吨/万元
        found = match_unit(text, start + 1)
    if found is not None and found[0].name != "分":
        unit, end = found
        physical = unit.group in _PHYSICAL or unit.group == "time"
        return size + unit.name, unit.group if physical else "", end
    for length in (3, 2, 1):
        written = text[start : start + length]
        name = _DENOMINATORS.get(written)
        if name is not None and written.isascii() and above.name.isascii():
            name = written  # MB/s
        following = text[start + length : start + length + 1]
        if name is not None and not (following.isalnum() and following not in "起以左为的"):
            return name, "time", start + length
    return None


def is_rate_of(rate: Unit, unit: Unit) -> bool:
    """Whether `rate` counts `unit` per another: 元/平方米 counts 元."""
    return rate.group == unit.group and rate.name.startswith((unit.name + "/", unit.name + "每"))
