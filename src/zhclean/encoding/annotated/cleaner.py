"""The cleaner: asks for the repair and its relatives until there is nothing left to do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import ClassVar, Final

from zhclean.edits import NOTHING, Flag, Patch, Proposal, compose, flags_in_source
from zhclean.triggers import Trigger

__all__ = ["AnnotatedGbk"]

#: A repaired text holds no more of it; the second round sees that it does not.
_MOST_ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class AnnotatedGbk:
    """Undoes "traditional characters with pinyin in parentheses" and its shifted places.

    `實(shí)驗(yàn)室??扑技夹g(shù)研究院` becomes `实验室。科思技术研究院`. A gloss stays: one
    character annotated now and then is no damage, many common ones annotated always are.
    """

    stage: ClassVar[str] = "encoding"

    def triggers(self) -> tuple[Trigger, ...]:
        """What every page with this damage holds somewhere."""
        return (Trigger("(?z", check=_begins_sign), Trigger("，", after="，。；：！？"))

    def propose(self, text: str) -> Proposal:
        """The damage in `text` undone, and flags where a character is lost for good."""
        if not _shows_sign(text):
            return NOTHING
        total = Patch()
        flags: list[Flag] = []
        current = text
        for _ in range(_MOST_ROUNDS):
            current, patch, found = _round(current)
            flags += flags_in_source(found, total, text)
            if not patch:
                break
            total = compose(total, patch)
            if not _shows_sign(current):
                break
        return Proposal(total, tuple(flags)) if total or flags else NOTHING


#: Several literals are looked for one by one: each at the speed of memory.
_DOUBLED_COMMA: Final = re.compile("，[，。；：！？]")


def _shows_sign(text: str) -> bool:
    """Whether a text has what every page holds that has anything of this damage.

    An annotation, or a `?` that a shift can begin with, or the sign of a relative.
    """
    leads = "(" in text or "?" in text or "zui" in text
    return (leads and _sign().search(text) is not None) or _DOUBLED_COMMA.search(text) is not None


@cache
def _sign() -> re.Pattern[str]:
    from zhclean.encoding.annotated.readings import SYLLABLE

    return re.compile(rf"(?:\(|\?\(?){SYLLABLE} ?\)|\?(?:[，；？！,;?!]|#x?[0-9a-f]|\d\?)|zui")


def _begins_sign(text: str, place: int) -> bool:
    return _sign().match(text, place) is not None


def _round(text: str) -> tuple[str, Patch, tuple[Flag, ...]]:
    """The text after one round, and what was done."""
    from zhclean.encoding.annotated.relatives import RELATIVES
    from zhclean.encoding.annotated.repair import particles, repair

    total, flags = repair(text)
    if total:
        text = total.apply(text)
        patch = particles(text)
        text, total = patch.apply(text), compose(total, patch)
    for trigger, rows in RELATIVES:
        if trigger.search(text):
            patch = Patch.of(rows(text))
            text, total = patch.apply(text), compose(total, patch)
    return text, total, flags
