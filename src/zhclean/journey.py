"""One text on its way round the cleaners: what it has become, and what was said about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from zhclean.edits import Flag, Patch, Proposal
from zhclean.errors import EditError

__all__ = ["Journey"]


class Journey:
    """The text, the patches that led to it, and the flags that stand.

    Flags are kept as they were raised and moved through the later patches when somebody asks
    for them: most runs never do, and many flags are raised anew in the next round.
    """

    __slots__ = ("_lasting", "_latest", "concerned", "patches", "quiet", "source", "text")

    def __init__(self, text: str, concerned: int) -> None:
        self.source: Final = text
        self.text = text
        #: The cleaners that may have something to say about this very text, as bits.
        self.concerned = concerned
        self.patches: list[Patch] = []
        #: Cleaners in a row that left this very text alone.
        self.quiet = 0
        #: Flags that came with an edit: the next round no longer sees what they are about.
        #: With the number of patches before the text that they count in.
        self._lasting: list[tuple[int, tuple[Flag, ...]]] = []
        #: By cleaner, the flags of its latest turn: its next turn raises them again.
        self._latest: dict[int, tuple[int, tuple[Flag, ...]]] = {}

    def take(self, index: int, proposal: Proposal) -> bool:
        """Apply the proposal of the cleaner at `index`; True if that changed the text.

        Who is concerned by the changed text is for the caller to find out. Raises `EditError`
        for edits and flags that do not fit the text.
        """
        if not proposal:
            self.skip(index)
            return False
        for flag in proposal.flags:
            if not 0 <= flag.start <= flag.end <= len(self.text):
                raise EditError(f"{flag} is not in the text of {len(self.text)}")
        changed = proposal.patch.apply(self.text) if proposal.patch else self.text
        now = len(self.patches)
        if changed == self.text:
            self._latest[index] = now, proposal.flags
            self.quiet += 1
            return False
        before = self._latest.pop(index, None)
        if proposal.flags:
            if before is not None:
                self._lasting.append(before)
            self._lasting.append((now, proposal.flags))
        self.patches.append(proposal.patch)
        self.text = changed
        self.quiet = 0
        return True

    def skip(self, index: int) -> None:
        """Take from the cleaner at `index` that it has nothing to say about the text as it is."""
        self._latest.pop(index, None)
        self.quiet += 1

    def give_up(self) -> None:
        """Leave the text as it came, for the cleaners never agree.

        Those that undo each other have no common result; a half-way text would change again at
        the next run.
        """
        self.text = self.source
        self.patches.clear()
        self._latest.clear()
        self._lasting[:] = [(0, (Flag(0, len(self.text), "unsettled", "P001"),))]

    def flags(self) -> list[Flag]:
        """All flags, in positions of the text as it is now, sorted."""
        raised = sorted([*self._lasting, *self._latest.values()], key=lambda item: item[0])
        found: list[Flag] = []
        at = 0  # the patches that `found` has been moved through
        for before, flags in raised:
            if flags:
                found = [*_moved(found, self.patches[at:before]), *flags]
                at = before
        found = _moved(found, self.patches[at:])
        return sorted(set(found), key=lambda flag: (flag.start, flag.end, flag.rule, flag.kind))


def _moved(flags: list[Flag], patches: Sequence[Patch]) -> list[Flag]:
    """Flags moved through patches; one whose text is gone is gone with it."""
    for patch in patches:
        if not flags:
            break
        spans = patch.map_spans([(flag.start, flag.end) for flag in flags])
        flags = [
            Flag(start, end, flag.kind, flag.rule)
            for flag, (start, end) in zip(flags, spans, strict=True)
            if start < end or flag.start == flag.end
        ]
    return flags
