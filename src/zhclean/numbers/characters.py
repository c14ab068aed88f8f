"""The characters that numerals are written with.

The tables follow GB/T 15835-2011 and, for the financial forms, appendix 1 of the
《支付结算办法》 of the People's Bank of China.
"""

from __future__ import annotations

from typing import Final

DIGITS: Final = {
    character: value
    for value, characters in enumerate(
        (
            "〇零○",
            "一壹弌",
            "二两兩贰貳弍俩倆",
            "三叁參参叄仨弎",
            "四肆",
            "五伍",
            "六陆陸",
            "七柒",
            "八捌",
            "九玖",
        )
    )
    for character in characters
}
SMALL: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
#: Tens in one character.
TENS: Final = {"廿": 20, "卅": 30, "卌": 40}
BIG: Final = {
    "万": 10**4,
    "萬": 10**4,
    "亿": 10**8,
    "億": 10**8,
    "兆": 10**12,
}
UNITS: Final = frozenset(SMALL) | frozenset(BIG)
VAGUE: Final = "几幾数數"
#: Every character that a Chinese numeral may hold.
HAN: Final = "".join(DIGITS) + "".join(SMALL) + "".join(TENS) + "".join(BIG)
#: Full-width digits and their signs, narrowed.
NARROW: Final = str.maketrans("０１２３４５６７８９．·・，－％", "0123456789...,-%")
