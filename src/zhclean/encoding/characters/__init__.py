"""Characters that are not the ones that were written: look-alikes, invisible ones, quotes.

Never a blanket normalisation: NFKC would turn ，：（） and every ½ of a text into something
else. Each rule has its evidence in the characters around, and leaves what a text may need.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import ClassVar, Final

from zhclean.edits import NOTHING, Flag, Patch, Proposal, compose
from zhclean.triggers import Trigger

__all__ = ["Characters"]


#: Every character that a rule looks at, but quotation marks and widths: of the Basic
#: Multilingual Plane, which `re` runs as a bitmap, and one range beyond it.
_RARE_BODY: Final = (
    "\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\xad\u0300-\u036f\u061c\u180e\u2005\u2006\u2009-\u200f"
    "\u202a-\u202f\u205f-\u2069\u20d0-\u20ff\u2e80-\u2fd5\ue000-\ufaff\ufe00-\ufe0f\ufeff"
)
_ASTRAL_BODY: Final = "\U0002f800-\U000e01ef"
#: What ends a sentence does not stand beside a closing mark that should be an opening one.
_ENDS: Final = "。！？…—～!?.；;"
_WIDE: Final = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_MARKS: Final = ",;:?!.("


@cache
def _rare() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(f"[{_RARE_BODY}]"), re.compile(f"[{_RARE_BODY}{_ASTRAL_BODY}]")


def _rare_characters(text: str) -> str:
    """The characters of `text` that a rule of look-alikes and invisible ones looks at, each once."""
    basic, every = _rare()
    # UTF-16 tells faster than a search whether a text has anything beyond the basic plane.
    if len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text):
        basic = every
    elif basic.search(text) is None:
        return ""
    return "".join(sorted(set(basic.findall(text))))


@dataclass(frozen=True, slots=True)
class Characters:
    """The cleaner of single characters.

    `width`: full-width digits and Latin letters become ASCII. `punctuation`: ASCII
    punctuation between Chinese characters becomes full-width.
    """

    stage: ClassVar[str] = "encoding"

    width: bool = False
    punctuation: bool = False

    def triggers(self) -> tuple[Trigger, ...]:
        """The characters that a rule looks at."""
        options = (_WIDE if self.width else "") + (_MARKS if self.punctuation else "")
        return (
            Trigger(_RARE_BODY + '"\u301d-\u301f' + options),
            Trigger(_ASTRAL_BODY),
            Trigger("”", before="^" + _ENDS, after="^，," + _ENDS, check=_may_be_turned),
            Trigger("“", before="^：:\n", check=_may_be_doubled),
        )

    def propose(self, text: str) -> Proposal:
        """Edits and flags for `text`, in its coordinates."""
        from zhclean.encoding.characters import quotes

        rare = _rare_characters(text)
        passes: list[Callable[[str], Patch]] = []
        # Each module compiles large classes: only what the text asks for is imported.
        if rare:
            from zhclean.encoding.characters import ideographs, invisible

            passes += [partial(invisible.patch, rare=rare), partial(ideographs.patch, rare=rare)]
        passes.append(quotes.patch)
        if self.width or self.punctuation:
            from zhclean.encoding.characters import widths

            passes += [widths.width_patch] if self.width else []
            passes += [widths.punctuation_patch] if self.punctuation else []
        patch = Patch()
        current = text
        # One after the other, for a hidden character stands between a look-alike and the
        # neighbours that it is judged by.
        for step_of in passes:
            step = step_of(current)
            if step:
                current = step.apply(current)
                patch = compose(patch, step)
        flags = _flags(text, patch, rare) if rare else ()
        return Proposal(patch, flags) if patch or flags else NOTHING


@cache
def _checks() -> tuple[Callable[[str, int], bool], Callable[[str, int], bool]]:
    from zhclean.encoding.characters import quotes

    return quotes.may_be_turned, quotes.may_be_doubled


def _may_be_turned(text: str, place: int) -> bool:
    return _checks()[0](text, place)


def _may_be_doubled(text: str, place: int) -> bool:
    return _checks()[1](text, place)


def _flags(text: str, patch: Patch, rare: str) -> tuple[Flag, ...]:
    """Flags on what no edit replaces."""
    from zhclean.encoding.characters import ideographs, invisible

    found = [*ideographs.flags(text, rare), *invisible.flags(text, rare)]
    found.sort(key=lambda flag: flag.start)
    if not found or not patch:
        return tuple(found)
    edited = {
        place
        for start, end in zip(patch.starts, patch.ends, strict=True)
        for place in range(start, end)
    }
    return tuple(flag for flag in found if flag.start not in edited)
