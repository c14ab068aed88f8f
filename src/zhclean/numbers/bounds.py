"""Words that make a quantity a bound or an approximation: 约, 超, 不足, 以上, 左右."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

__all__ = ["BEFORE", "FIRST_AFTER", "LAST", "NO_BOUND", "Bound", "after", "before", "comparison"]


@dataclass(frozen=True, slots=True)
class Bound:
    """What a word says: which bound it names, and whether that itself is meant.

    `side` is "low", "high", "equal" (both) or "" (none).
    """

    side: str
    included: bool
    approximate: bool

    def __bool__(self) -> bool:
        return bool(self.side) or self.approximate


NO_BOUND: Final = Bound("", True, False)
_ABOUT: Final = Bound("", True, True)
_ABOVE: Final = Bound("low", False, False)
_BELOW: Final = Bound("high", False, False)
_NEARLY: Final = Bound("high", False, True)
_EQUAL: Final = Bound("equal", True, False)
_AT_LEAST: Final = Bound("low", True, False)
_AT_MOST: Final = Bound("high", True, False)

BEFORE: Final[dict[str, Bound]] = {
    **dict.fromkeys(("约", "大约", "约莫", "大概", "大致", "差不多", "左右", "估计", "上下", "約", "大約"), _ABOUT),
    **dict.fromkeys(("近", "将近", "接近", "几乎", "幾乎", "快", "將近"), _NEARLY),
    **dict.fromkeys(("不足", "不到", "未满", "不满", "未到", "不够", "尚未到"), _NEARLY),
    **dict.fromkeys(
        ("超", "超过", "超出", "逾", "突破", "高于", "大于", "多于", "高出", "过", "远超", "破", "超過", "高於", "大於", "多於", ">", "＞"),
        _ABOVE,
    ),
    **dict.fromkeys(("等于", "等於"), _EQUAL),
    **dict.fromkeys(("少于", "低于", "小于", "少於", "低於", "小於", "<", "＜"), _BELOW),
    **dict.fromkeys(
        (
            "不超过", "不超出", "不高于", "不多于", "不大于", "最多", "至多", "顶多", "最高", "不逾", "未超过",
            "小于等于", "小于或等于", "小于或者等于", "不超過", "不高於", "不大於", "≤", "<=", "< =", "＜＝", "封顶",
        ),
        _AT_MOST,
    ),
    **dict.fromkeys(
        (
            "至少", "不少于", "不低于", "最少", "起码", "不小于", "最低", "起碼", "不少於", "不低於", "不小於",
            "大于等于", "大于或等于", "大于或者等于", "≥", ">=", "> =", "＞＝",
        ),
        _AT_LEAST,
    ),
}  # fmt: skip
#: The words by their last character, longest first.
_ENDING: Final = {
    last: sorted((word for word in BEFORE if word[-1] == last), key=len, reverse=True)
    for last in {word[-1] for word in BEFORE}
}
#: What may stand in front of a quantity with a bound.
LAST: Final = frozenset(_ENDING) | frozenset("了为為有在到達达 \u3000")
_COMPARISON_END: Final = re.compile(r"[了为為有在到達达]?[ \u3000]?\Z")

_AFTER: Final = re.compile(
    r"[ \u3000]?(?:(?P<low>(?:[（(]含[^（()）]{0,4}[)）])?(?:及其|及|或者|或)?(?:以上|之上|更多)|起步)"
    r"|(?P<high>(?:[（(]含[^（()）]{0,4}[)）])?(?:及其|及|或者|或)?(?:以下|以内|以內|之内|之內))"
    r"|(?P<about>左右|上下|前后|前後|许(?![多可久])|开外))"
)
FIRST_AFTER: Final = frozenset("多以之左上前许開开或及（( \u3000内內起更")
_MORE_OR_LESS: Final = re.compile(r"[ \u3000]?(?:(?P<low>大|高|多)|(?P<high>小|低|少))(?![于於])")


def before(text: str, start: int) -> tuple[Bound, int]:
    """What the word that ends at `start` says, and where it begins (`start` if it says nothing)."""
    if not start or text[start - 1] not in LAST:
        return NO_BOUND, start
    window = text[max(0, start - 9) : start]
    for stem in (window, _COMPARISON_END.sub("", window)):
        for word in _ENDING.get(stem[-1:], ()):
            if stem.endswith(word):
                return BEFORE[word], start - len(window) + len(stem) - len(word)
    return NO_BOUND, start


def comparison(text: str, start: int, end: int) -> Bound:
    """What 比 … 大/小 around `text[start:end]` says: 比四分之一大."""
    if "比" not in text[max(0, start - 2) : start]:
        return NO_BOUND
    if not text[max(0, start - 2) : start].rstrip(" \u3000").endswith("比"):
        return NO_BOUND
    match = _MORE_OR_LESS.match(text, end)
    if match is None:
        return NO_BOUND
    return _ABOVE if match.lastgroup == "low" else _BELOW


def after(text: str, end: int) -> tuple[Bound, int]:
    """What the word at `end` says, and where it ends (`end` if it says nothing)."""
    if text[end : end + 1] not in FIRST_AFTER:
        return NO_BOUND, end
    if text[end : end + 1] == "多" and text[end + 1 : end + 2] not in tuple(
        "种样年元次方数少边亏么"
    ):
        return Bound("low", False, True), end + 1
    match = _AFTER.match(text, end)
    if match is None:
        return NO_BOUND, end
    if match.lastgroup == "low":
        return _AT_LEAST, match.end()
    if match.lastgroup == "high":
        return _AT_MOST, match.end()
    return _ABOUT, match.end()
