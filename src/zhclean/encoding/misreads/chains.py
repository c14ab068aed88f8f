"""The ways in which Chinese text is misread: its bytes in one encoding, read as another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

__all__ = ["Chain"]

#: The codecs that reject some bytes; U+FFFD, or "?", stands where they did.
_REJECTING: Final = frozenset(
    [
        "gbk",
        "gb18030",
        "big5",
        "big5hkscs",
        "cp950",
        "cp932",
        "shift_jis",
        "euc_jp",
        "cp949",
        "euc_kr",
        "cp1250",
        "cp1251",
        "cp1252",
        "cp1254",
        "utf-16-be",
    ]
)
#: Code pages of which most characters are the same, so that a text may have gone through either.
_FAMILIES: Final = (
    frozenset(["gbk", "gb18030"]),
    frozenset(["big5", "big5hkscs", "cp950"]),
    frozenset(["cp932", "shift_jis"]),
    frozenset(["cp949", "euc_kr"]),
    frozenset(["latin-1", "iso8859-15", "cp1252", "sloppy-windows-1252"]),
    frozenset(["cp1250", "sloppy-windows-1250", "iso8859-2"]),
    frozenset(["cp1251", "sloppy-windows-1251"]),
    frozenset(["cp1254", "sloppy-windows-1254"]),
)
_WITHOUT_C1: Final = dict.fromkeys(range(0x80, 0xA0))


@dataclass(frozen=True, slots=True)
class Chain:
    """Clean text, encoded as `true`, was decoded as `wrong`.

    `again`: the garbled text then went through the same misread once more.
    `stripped`: the C1 controls among the garbled characters were then deleted.
    """

    true: str
    wrong: str
    again: bool = False
    stripped: bool = False

    @property
    def hole_width(self) -> int:
        """How many bytes one U+FFFD stands for (Python's and iconv's decoders: one unit)."""
        return 2 if self.wrong.startswith("utf-16") else 1

    @property
    def splits(self) -> bool:
        """Whether every character became two, be it one of ASCII."""
        return self.true.startswith("utf-16") and self.hole_width == 1

    @property
    def lossy(self) -> bool:
        """Whether the wrong decoder rejects some bytes."""
        return self.wrong in _REJECTING

    @property
    def drops(self) -> bool:
        """Whether what the wrong decoder lost without a mark can be told from what is left."""
        single = self.hole_width == 1 and not self.again and not self.stripped
        return self.true == "utf-8" and self.lossy and single

    @property
    def loses_whole(self) -> bool:
        """Whether whole characters are lost, so that text without marks does not show it."""
        return self.drops and not self.garble("。", "")

    def garble(self, text: str, mark: str = "\ufffd") -> str:
        """What `text` became. Raises `UnicodeEncodeError` if `true` cannot write it."""
        garbled = text.encode(self.true).decode(self.wrong, "replace")
        if self.again:
            garbled = garbled.encode(self.true).decode(self.wrong, "replace")
        if self.stripped:
            garbled = garbled.translate(_WITHOUT_C1)
        return garbled if mark == "\ufffd" else garbled.replace("\ufffd", mark)

    def is_akin(self, other: Chain) -> bool:
        """Whether what has gone through this chain might have gone through `other` instead."""
        pair = {self.wrong, other.wrong}
        akin = len(pair) == 1 or any(family >= pair for family in _FAMILIES)
        return akin and self.true == other.true

    def keeps(self, char: str) -> bool:
        """Whether the misread leaves `char` as it is, as EUC-JP leaves the `、` of GBK."""
        return _keeps(self.true, self.wrong, char)

    def loses(self, byte: int, following: int) -> bool:
        """Whether the wrong decoder may reject `byte` (alone) when `following` comes next."""
        return _loses(self.wrong, byte, following)


@lru_cache(maxsize=1 << 17)
def _loses(wrong: str, byte: int, following: int) -> bool:
    # One mark for both bytes means an unfinished longer sequence, which the proof has to judge.
    return bytes([byte, following]).decode(wrong, "replace")[0] == "\ufffd"


@lru_cache(maxsize=1 << 14)
def _keeps(true: str, wrong: str, char: str) -> bool:
    return char.encode(true, "replace").decode(wrong, "replace") == char
