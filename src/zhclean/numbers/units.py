"""Units and measure words: which they are, what they are called, and when they are none."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Final

__all__ = ["FIRST", "PERCENT", "Unit", "fold", "labels", "match_unit", "spellings"]

#: Traditional characters of unit names, folded before a name is looked up.
_TRADITIONAL: Final = "個項條張隻輛臺檯棟間處雙對種類門場層顆節筆則頁詞卷講畝噸兩錢萬億圓塊點級組戶幣鎊韓盧銖歐聯華攝溫碼頃釐時鐘鍾歲週禮紀學課數馬達貝爾動頻蘭陸紐麥納歷電標準網絡綫線給長陣盞頂餘離輪連侖銭體員會萊億"
_SIMPLIFIED: Final = "个项条张只辆台台栋间处双对种类门场层颗节笔则页词卷讲亩吨两钱万亿圆块点级组户币镑韩卢铢欧联华摄温码顷厘时钟钟岁周礼纪学课数马达贝尔动频兰陆纽麦纳历电标准网络线线给长阵盏顶余离轮连仑钱体员会莱亿"
_FOLD: Final = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
#: Simplified character -> its traditional ones.
_OLDER: Final[dict[str, str]] = {}
for _old, _new in zip(_TRADITIONAL, _SIMPLIFIED, strict=True):
    _OLDER[_new] = _OLDER.get(_new, "") + _old


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
def _data(name: str) -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads((files("zhclean.numbers") / "data" / name).read_text("utf-8"))


@cache
def _names() -> tuple[dict[str, Unit], dict[str, tuple[int, ...]]]:
    """Unit by name or alias, and for each first character the lengths to try, longest first.

    Traditional spellings are written out, so that a look-up needs no folding.
    """
    names: dict[str, Unit] = {}
    for group, table in _data("units.toml").items():
        for name, aliases in table.items():
            assert isinstance(aliases, list)
            unit = Unit(name, group)
            for alias in (name, *aliases):
                for spelling in _spellings(alias):
                    names[spelling] = unit
    lengths: dict[str, set[int]] = {}
    for spelling in names:
        lengths.setdefault(spelling[0], set()).add(len(spelling))
    return names, {first: tuple(sorted(each, reverse=True)) for first, each in lengths.items()}


def _spellings(name: str) -> Iterator[str]:
    """`name`, and each way to write it in traditional characters."""
    choices = ([character, *_OLDER.get(character, "")] for character in name)
    return ("".join(spelling) for spelling in product(*choices))


@cache
def _not_before() -> dict[str, str]:
    return {
        unit: str(characters) for unit, characters in _data("guards.toml")["not_before"].items()
    }


@cache
def labels(name: str) -> frozenset[str]:
    """The characters of one line of the [labels] table."""
    return frozenset(str(_data("guards.toml")["labels"][name]))


def spellings() -> Iterable[tuple[str, Unit]]:
    """Every way to write a unit, with the unit."""
    return _names()[0].items()


@cache
def FIRST() -> str:  # noqa: N802  (a constant that is made on first use)
    """The characters that a unit may begin with, traditional ones included."""
    return "".join(sorted(_names()[1]))


def match_unit(text: str, position: int) -> tuple[Unit, int] | None:
    """The longest unit at `position` and its end, or None, also where a word begins there."""
    names, lengths = _names()
    sizes = lengths.get(text[position : position + 1])
    if sizes is None:
        return None
    for length in sizes:
        end = position + length
        unit = names.get(text[position:end])
        if unit is None or end > len(text):
            continue
        following = text[end : end + 1]
        if (
            following.isascii()
            and following.isalnum()
            and text[end - 1].isascii()
            and text[end - 1].isalnum()
        ):
            continue
        if following and _begins_word(text[position:end], following):
            return None
        return unit, end
    return None


def _begins_word(name: str, following: str) -> bool:
    """Whether a unit's name and the next character are a word: 个性, 年级."""
    characters = _not_before().get(name)
    if characters is None:
        folded = fold(name)
        characters = _not_before().get(folded, "") if folded != name else ""
    return following in characters or fold(following) in characters
