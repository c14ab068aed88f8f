"""The cleaner for misread text: find the places, try the chains, keep what can be shown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar, Final

from zhclean.edits import NOTHING, Flag, Patch, Proposal, compose
from zhclean.encoding.misreads.odd import ODD
from zhclean.triggers import Crowd, Trigger

__all__ = ["Misreads"]

#: A text misread twice needs two rounds; a third finds what the repaired text now shows.
_ROUNDS: Final = 4
#: The rule of lost bytes that were completed.
_GUESSED: Final = "E211"
#: The rule of pieces in which some stay open.
_OPEN: Final = "E212"
#: The rule of what has lost too much.
_HOPELESS: Final = "E213"


#: At most this many everyday characters between one and the next of three odd ones; as in zones.
_NEAR: Final = 4
#: The same as a match of the search in zones, which takes longer to compile than a page to look
#: at.
_CROWD: Final = Crowd(ODD, _NEAR)


@dataclass(frozen=True, slots=True)
class Misreads:
    """Proposes the clean text behind text that was decoded with the wrong encoding.

    `锛屾槸` (UTF-8 read as GBK) becomes `，是`. Each repair is proved: garbling the result in
    the same way gives the input back. Bytes that the misread lost are completed only where
    the language model is sure of them, under a rule of its own (E211); otherwise U+FFFD
    stands for the character (E212), and where those would be too many the misread is flagged
    as it stands (E213). Text that is right, in whatever language, is left.
    """

    stage: ClassVar[str] = "encoding"

    def triggers(self) -> tuple[Trigger, ...]:
        """Characters that Chinese rarely uses, three of them close together; stray signs."""
        from zhclean.encoding.misreads.stray import TRIGGERS

        return (Trigger(ODD, check=_CROWD), *TRIGGERS)

    def propose(self, text: str) -> Proposal:
        """The repairs of `text`; spans count in `text`."""
        from zhclean.encoding.misreads.stray import stray_signs
        from zhclean.encoding.misreads.zones import has_places

        patch = Patch()
        current = text
        hopeless: list[tuple[int, int]] = []
        flags: list[Flag] = []
        for _ in range(_ROUNDS):
            found = _zone_repairs(current) if has_places(current) else []
            rows = [row for rows, _ in found for row in rows] or stray_signs(current)
            step = Patch.of(rows)
            guesses = [row[:2] for row in rows if _is_guess(*row[2:])]
            back = patch.invert(text)
            flags += [Flag(*span, "completed", _GUESSED) for span in back.map_spans(guesses)]
            spans = [span for _, spans in found for span in spans]
            hopeless = step.map_spans(_together(_untouched(hopeless, rows), spans))
            if not step:
                break
            patch = compose(patch, step)
            current = step.apply(current)
        if not patch and not hopeless:
            return NOTHING
        spans = patch.invert(text).map_spans(hopeless)
        flags += [Flag(*span, "misread", _HOPELESS) for span in spans]
        return Proposal(patch, tuple(flags))


def _zone_repairs(
    text: str,
) -> list[tuple[list[tuple[int, int, str, str]], list[tuple[int, int]]]]:
    """What `zone_repairs` finds; it takes long to import."""
    from zhclean.encoding.misreads.rounds import zone_repairs

    return list(zone_repairs(text))


def _untouched(
    spans: Iterable[tuple[int, int]], rows: Sequence[tuple[int, int, str, str]]
) -> Iterator[tuple[int, int]]:
    """Those of `spans` that no replacement touches."""
    ends = [row[1] for row in rows]
    for start, end in spans:
        following = bisect_right(ends, start)
        if following == len(rows) or end <= rows[following][0]:
            yield start, end


def _together(*lists: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans of several lists, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(chain.from_iterable(lists)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _is_guess(after: str, code: str) -> bool:
    """Whether lost bytes were completed, be it beside others that were not."""
    return code == _GUESSED or (code == _OPEN and after.strip("\ufffd") != "")
