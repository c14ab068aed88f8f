"""W, w, K and k behind digits: ten thousand and a thousand on web pages, or watts and kilobytes."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["LETTER", "counts_millions", "counts_thousands", "is_watt"]


LETTER: Final = re.compile(r"(?P<letter>[wWｗＷkKｋＫ])(?![0-9A-Za-z位字比像·.])")
#: Words of electric power: beside them W is the watt.
_POWER: Final = re.compile(
    r"功率|功耗|耗电|发热|散热|CPU|瓦|灯|机组|装机|电源|充电|快充|输出|输入|额定|光伏|组件|激光|音响|音箱|喇叭|氮化镓|适配器|显卡|处理器|TDP|峰值|供电|电机|马达|电热|电池|热水|吸尘|发电"
)
_PAY: Final = re.compile(r"薪|工资|月入|年入|待遇|预算|给到|房租|售价|价格")
_HEADS: Final = re.compile(r"[元块人]|粉丝|左右|以上|以下|起薪")


def is_watt(text: str, start: int, letter: int) -> bool:
    """Whether a W behind digits is the watt: words of power stand near it."""
    return _POWER.search(text[max(0, start - 14) : letter + 8]) is not None


def counts_thousands(text: str, start: int, end: int) -> bool:
    """Whether the K behind digits is a thousand: pay or a price stands before, a head behind."""
    return (
        _PAY.search(text[max(0, start - 10) : start]) is not None
        or _HEADS.match(text, end) is not None
    )


#: What is counted by the million where M is neither metre nor megabyte.
_AUDIENCE: Final = re.compile(
    "粉丝|粉絲|播放|浏览|瀏覽|下载量|下載量|用户|用戶|阅读|閱讀|点赞|點讚|订阅|訂閱|关注|關注|观看|觀看"
)
_NO_MILLION: Final = frozenset("0123456789-·.")


def counts_millions(text: str, start: int, letter: int) -> bool:
    """Whether the M behind digits is a million: $1.2M, 粉丝2.3M."""
    behind = text[letter + 1 : letter + 2]
    if behind and (behind in _NO_MILLION or (behind.isascii() and behind.isalpha())):
        return False
    if text[start - 1 : start] in ("$", "＄", "€", "£", "¥", "￥"):
        return True
    return (
        _AUDIENCE.search(text[max(0, start - 5) : start] + " " + text[letter + 1 : letter + 5])
        is not None
    )
