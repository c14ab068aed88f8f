"""chardet, for whole undamaged files.

Traps: without `include_encodings` it answers Chinese with code pages of other continents; one
damaged byte makes it rule the right encoding out, so its answer counts only when the whole
input can be read by it; it does not know iso-2022-cn and euc-tw; a call costs 2 ms and the
import 40, so it is asked after strict UTF-8 and GB 18030.
"""

from __future__ import annotations

from typing import Final

from zhclean.encoding.decoding.charsets import canonical

__all__ = ["guess"]

_CANDIDATES: Final = (
    "ascii",  # its word for "no candidate fits", which must be among them
    "gb18030",
    "big5hkscs",
    "cp932",
    "cp949",
    "euc_jis_2004",
    "utf-16-le",
    "utf-16-be",
)


def guess(data: bytes) -> str | None:
    """The `canonical` encoding that chardet sees in `data`, or None."""
    import chardet

    answer = chardet.detect(
        data, include_encodings=_CANDIDATES, compat_names=False, no_match_encoding="ascii"
    )["encoding"]
    if answer is None or answer == "ascii":
        return None
    return canonical(answer)
