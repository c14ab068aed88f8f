"""How much of annotated GBK is repaired, as Markdown tables.

    python benchmarks/annotated.py [--documents N] [--seed S] [--corpus FILE]

*Documents* are composed of the bundled clean text and damaged by `benchmarks.damage.annotated`,
which shares no code with the repair: a random prefix or part of the ladder, in random order, with
and without the punctuation step, full-width and folded. *Exact* documents equal the truth to the
character; *possible* ones lost nothing that no inverse can know (a swallowed ASCII byte, a
character outside GBK). A *wrong digit* differs from the truth and is not flagged.
*Lost bytes* are the lead bytes that the punctuation step cost, judged in the damaged documents,
against always answering 。. *Clean text* is the bundled text as it is. *Time* is CPU time.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.damage.annotated import Annotated, damage, random_settings
from benchmarks.damage.corpus import compose, everything, simplified_registers
from zhclean.edits import Proposal
from zhclean.encoding.annotated import AnnotatedGbk

CLEANER = AnnotatedGbk()
#: Losses that no inverse can make good.
BEYOND = frozenset({"swallowed", "outside"})


@dataclass(slots=True)
class Tally:
    """The sums of one row."""

    documents: int = 0
    exact: int = 0
    possible: int = 0
    possible_exact: int = 0
    characters: int = 0
    wrong: int = 0
    wrong_digits: int = 0
    lost: int = 0
    lost_right: int = 0
    lost_stop: int = 0
    seconds: float = 0.0


def documents(count: int, seed: int, *, marks: bool, fold: bool) -> Iterator[Annotated]:
    """`count` damaged documents, the registers in turn."""
    rng = random.Random(seed)
    registers = simplified_registers()
    for number in range(count):
        clean = compose(rng, registers[number % len(registers)])
        yield damage(clean, random_settings(rng, marks=marks, fold=fold))


def add(tally: Tally, document: Annotated) -> None:
    """Repair one document and count."""
    begin = time.process_time()
    proposal = CLEANER.propose(document.text)
    repaired = proposal.patch.apply(document.text)
    tally.seconds += time.process_time() - begin
    truth = document.truth
    possible = not any(loss.kind in BEYOND for loss in document.losses)
    tally.documents += 1
    tally.characters += len(truth)
    tally.possible += possible
    tally.exact += repaired == truth
    tally.possible_exact += possible and repaired == truth
    matcher = SequenceMatcher(None, truth, repaired, autojunk=False)
    right: set[int] = set()
    flagged = _flagged(proposal)
    for kind, start, end, other, stop in matcher.get_opcodes():
        if kind == "equal":
            right.update(range(start, end))
            continue
        tally.wrong += max(end - start, stop - other)
        digits = re.search(r"\d", truth[start:end] + repaired[other:stop])
        if digits and not any(low < stop + 1 and other - 1 < high for low, high in flagged):
            tally.wrong_digits += 1
    for loss in document.losses:
        if loss.kind == "lead":
            tally.lost += 1
            tally.lost_right += loss.start in right
            tally.lost_stop += truth[loss.start] == "。"


def _flagged(proposal: Proposal) -> list[tuple[int, int]]:
    spans = [(flag.start, flag.end) for flag in proposal.flags]
    return proposal.patch.map_spans(spans)


def repair_table(count: int, seed: int) -> None:
    print(
        "| punctuation step | marks | documents | exact | exact of the possible | characters right | wrong digits | ms a document |"
    )
    print("|---|---|---|---|---|---|---|---|")
    lost = Tally()
    for marks, fold in ((False, False), (False, True), (True, False), (True, True)):
        tally = Tally()
        for document in documents(count, seed, marks=marks, fold=fold):
            add(tally, document)
        print(
            f"| {'on' if marks else 'off'} | {'folded' if fold else 'full width'}"
            f" | {tally.documents} | {tally.exact / tally.documents:.1%}"
            f" | {tally.possible_exact}/{tally.possible} ({tally.possible_exact / max(1, tally.possible):.1%})"
            f" | {1 - tally.wrong / tally.characters:.3%} | {tally.wrong_digits}"
            f" | {1000 * tally.seconds / tally.documents:.0f} |",
            flush=True,
        )
        lost.lost += tally.lost
        lost.lost_right += tally.lost_right
        lost.lost_stop += tally.lost_stop
    if lost.lost:
        print(
            f"\nLost bytes: {lost.lost}; right {lost.lost_right / lost.lost:.1%};"
            f" always 。 {lost.lost_stop / lost.lost:.1%}.\n"
        )


def clean_line() -> None:
    characters = changed = 0
    begin = time.process_time()
    for _, text in everything():
        characters += len(text)
        changed += bool(CLEANER.propose(text))
    seconds = time.process_time() - begin
    print(
        f"Clean text: {characters} characters, {changed} texts changed or flagged, {seconds:.2f} s.\n"
    )


def time_line(seed: int) -> None:
    pages = [page.text for page in documents(2, seed, marks=True, fold=True)]
    seconds = []
    for times in (1, 10):
        text = "\n".join(pages * times)
        begin = time.process_time()
        CLEANER.propose(text)
        seconds.append(time.process_time() - begin)
    size = len("".join(pages).encode()) / 1000
    print(f"Time: {size:.0f} kB {seconds[0]:.2f} s, ten times as much {seconds[1]:.2f} s.\n")


def corpus_table(path: Path) -> None:
    text = path.read_text("utf-8")
    print("| rule | before | after |\n|---|---|---|")
    for edit in CLEANER.propose(text).patch.edits(text):
        if set(edit.rules).difference({"E101", "E106"}):
            front, back = text[max(0, edit.start - 4) : edit.start], text[edit.end : edit.end + 4]
            print(f"| {'+'.join(edit.rules)} | `{front}[{edit.before}]{back}` | `{edit.after}` |")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=300, help="documents a row")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, help="a damaged file: list its shifted places")
    parser.add_argument(
        "--time", action="store_true", help="a damaged page against ten times as much"
    )
    options = parser.parse_args()
    if options.corpus:
        corpus_table(options.corpus)
        return
    repair_table(options.documents, options.seed)
    clean_line()
    if options.time:
        time_line(options.seed)


if __name__ == "__main__":
    main()
