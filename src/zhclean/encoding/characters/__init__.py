"""Characters that are not the ones that were written: look-alikes, invisible ones, quotes.

Never a blanket normalisation: NFKC would turn ，：（） and every ½ of a text into something
else. Each rule has its evidence in the characters around, and leaves what a text may need.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from zhclean.edits import NOTHING, Flag, Patch, Proposal, compose

__all__ = ["Characters"]


@dataclass(frozen=True, slots=True)
class Characters:
    """The cleaner of single characters.

    `width`: full-width digits and Latin letters become ASCII. `punctuation`: ASCII
    punctuation between Chinese characters becomes full-width.
    """

    stage: ClassVar[str] = "encoding"

    width: bool = False
    punctuation: bool = False

    def propose(self, text: str) -> Proposal:
        """Edits and flags for `text`, in its coordinates."""
        from zhclean.encoding.characters import ideographs, invisible, quotes, widths

        passes = [invisible.rows, ideographs.rows, quotes.rows]
        if self.width:
            passes.append(widths.width_rows)
        if self.punctuation:
            passes.append(widths.punctuation_rows)
        patch = Patch()
        current = text
        # One after the other, for a hidden character stands between a look-alike and the
        # neighbours that it is judged by.
        for rows in passes:
            step = Patch.of(rows(current))
            if step:
                current = step.apply(current)
                patch = compose(patch, step)
        flags = _flags(text, patch)
        return Proposal(patch, flags) if patch or flags else NOTHING


def _flags(text: str, patch: Patch) -> tuple[Flag, ...]:
    """Flags on what no edit replaces."""
    from zhclean.encoding.characters import ideographs, invisible

    found = sorted([*ideographs.flags(text), *invisible.flags(text)], key=lambda flag: flag.start)
    if not found or not patch:
        return tuple(found)
    edited = {
        place
        for start, end in zip(patch.starts, patch.ends, strict=True)
        for place in range(start, end)
    }
    return tuple(flag for flag in found if flag.start not in edited)
