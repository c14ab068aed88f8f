"""How hollow is a document: the share of its facts that are masked, blank, dropped or overwritten."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from zhclean.edits import Flag
from zhclean.redaction.forms import FORMS

__all__ = ["RedactionSummary", "summary"]

#: A fact that can be seen: a number in digits, and nothing subtler.
_FACT: Final = re.compile(r"[0-9０-９]+(?:[.,．][0-9０-９]+)*")


@dataclass(frozen=True, slots=True)
class RedactionSummary:
    """Counts of one document.

    `masked` flagged values, by `kinds` and `forms`; `facts` of the document that can be
    counted: the flagged ones and the numbers in digits that no flag covers. `spun`: words
    that word spinning has probably replaced; `spun_share`: the share of all characters that
    stand in them.
    """

    masked: int
    facts: int
    kinds: Mapping[str, int]
    forms: Mapping[str, int]
    spun: int = 0
    spun_share: float = 0.0

    @property
    def share(self) -> float:
        """Masked facts over all facts, 0 to 1; 0 for a document without facts."""
        return self.masked / self.facts if self.facts else 0.0


def summary(text: str, flags: Iterable[Flag]) -> RedactionSummary:
    """The summary of `text` with `flags` (positions in `text`); flags of other stages are ignored."""
    forms = [(flag, FORMS[flag.rule[:2]]) for flag in flags if flag.rule[:2] in FORMS]
    masked = sorted(
        (flag for flag, form in forms if form != "spinning"), key=lambda flag: flag.start
    )
    spun = [flag for flag, form in forms if form == "spinning"]
    visible = 0
    index = 0
    for fact in _FACT.finditer(text):
        while index < len(masked) and masked[index].end <= fact.start():
            index += 1
        if index == len(masked) or masked[index].start >= fact.end():
            visible += 1
    return RedactionSummary(
        masked=len(masked),
        facts=len(masked) + visible,
        kinds=dict(sorted(Counter(flag.kind for flag in masked).items())),
        forms=dict(sorted(Counter(form for _, form in forms if form != "spinning").items())),
        spun=len(spun),
        spun_share=sum(flag.end - flag.start for flag in spun) / len(text) if text else 0.0,
    )
