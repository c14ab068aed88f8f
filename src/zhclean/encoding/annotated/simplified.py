"""Back from traditional to simplified, character by character: the inverse of how the damage began.

The sites convert simplified text with a table of characters, without phrases. The inverse is
OpenCC's table of characters, less what may stand in the simplified text itself.
"""

from __future__ import annotations

from functools import cache
from typing import Final

__all__ = ["simplified_forms"]

#: Written in simplified text too, and no site's form of the character that OpenCC gives: 乾 is
#: in 乾隆 and 乾坤, 昇 in names; the sites leave 干 and 升 as they are. 著 needs its context.
_SIMPLIFIED_TOO: Final = frozenset("乾吒彷捱摺榘甯菸薹藉覆醣阪麴麽瞭祇衹牴著昇陞")

#: Forms that the sites write and OpenCC's table lacks.
_SITES: Final = {"陜": "陕"}


@cache
def simplified_forms() -> dict[str, str]:
    """Traditional character -> simplified character, only where they differ."""
    # Late: most texts are never repaired.
    from zhclean.encoding.script.opencc_adapter import dictionary

    table = {
        traditional: simplified
        for traditional, simplified in dictionary("TSCharacters.txt").items()
        if traditional != simplified and traditional not in _SIMPLIFIED_TOO
    }
    return table | _SITES
