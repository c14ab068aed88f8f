"""Families of garbled Chinese: what the encoding stage restores, beside ftfy.

    python benchmarks/misreads.py [--set FILE] [--completion] [--speed]
    python benchmarks/misreads.py --guesses [--documents N] [--seed N ...] [--family TEXT]

Prints a Markdown table with one row a family: the share restored to the character, how many
records came out better, the same or worse (Levenshtein distance to the clean text), and how
many clean sentences were touched. ftfy runs in settings that are safe for Chinese (its
defaults make full-width punctuation ASCII and straighten quotation marks).

`--completion`: how often a completed character is right, by what the model makes of it, on
sentences of the bundled clean text. `--speed`: megabytes a second, clean and hostile text of
0.1 and 1 MB. `--guesses`: generated misreads of bundled paragraphs; of the characters that
come out, how many are wrong, with a flag and without one, and how many are left garbled.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import zhclean
from benchmarks.damage.corpus import TRADITIONAL, paragraphs, registers, simplified_registers
from benchmarks.damage.misreads import FAMILIES
from zhclean.encoding import cleaners
from zhclean.encoding.language import load
from zhclean.encoding.misreads import Misreads
from zhclean.encoding.misreads.candidates import Alphabet
from zhclean.encoding.misreads.chains import Chain
from zhclean.encoding.misreads.lattice import Lattice

SHARED = Path(os.environ.get("ZHCLEAN_SHARED", Path(__file__).parents[2] / "shared"))
ROUNDS = 8
#: A family counts as restored from this share on.
GOAL = 0.95
#: The first families of the generator are those of misreads.
MISREAD_FAMILIES = 37
#: Which of the bundled sentences the table of completions takes.
EVERY = 25


@dataclass(frozen=True)
class Record:
    """One garbled sentence."""

    family: str
    clean: str
    garbled: str


@dataclass
class Tally:
    """How the records of one family came out."""

    exact: int = 0
    better: int = 0
    same: int = 0
    worse: int = 0
    touched: int = 0
    total: int = 0

    def add(self, record: Record, repair: Callable[[str], str]) -> None:
        """Count one record."""
        repaired = repair(record.garbled)
        before = distance(record.garbled, record.clean)
        after = distance(repaired, record.clean)
        self.total += 1
        self.exact += repaired == record.clean
        self.better += after < before
        self.same += after == before
        self.worse += after > before
        self.touched += repair(record.clean) != record.clean


def read_records(path: Path) -> list[Record]:
    """The records of a set; its lines end in a line feed alone."""
    lines = path.read_text("utf-8").split("\n")
    return [Record(**json.loads(line)) for line in lines if line]


def distance(one: str, two: str) -> int:
    """The Levenshtein distance."""
    previous = list(range(len(two) + 1))
    for row, left in enumerate(one, 1):
        current = [row]
        for column, right in enumerate(two, 1):
            current.append(
                min(
                    previous[column] + 1,
                    current[-1] + 1,
                    previous[column - 1] + (left != right),
                )
            )
        previous = current
    return previous[-1]


def repair_encoding(text: str) -> str:
    """The whole encoding stage, round and round until nothing changes."""
    for _ in range(ROUNDS):
        before = text
        for cleaner in cleaners():
            text = cleaner.propose(text).patch.apply(text)
        if text == before:
            break
    return text


def repair_ftfy(text: str) -> str:
    """ftfy in settings that leave Chinese punctuation, widths and quotation marks alone."""
    import ftfy

    return ftfy.fix_text(
        text, uncurl_quotes=False, fix_character_width=False, normalization=None, explain=False
    )


def family_table(records: Sequence[Record]) -> Iterator[str]:
    """The Markdown table of families."""
    ours: dict[str, Tally] = defaultdict(Tally)
    theirs: dict[str, Tally] = defaultdict(Tally)
    for record in records:
        ours[record.family].add(record, repair_encoding)
        theirs[record.family].add(record, repair_ftfy)
    yield "| family | records | exact | better / same / worse | clean touched | ftfy exact | ftfy better / same / worse | ftfy clean touched |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for family, tally in ours.items():
        yield f"| {family} | {tally.total} | {_columns(tally)} | {_columns(theirs[family])} |"
    for name, tallies in (("zhclean", ours), ("ftfy", theirs)):
        reached = sum(tally.exact >= GOAL * tally.total for tally in tallies.values())
        worse = sum(tally.worse for tally in tallies.values())
        touched = sum(tally.touched for tally in tallies.values())
        yield ""
        yield (
            f"{name}: {reached} of {len(tallies)} families at {GOAL:.0%} exact; "
            f"{worse} records made worse; {touched} clean sentences touched."
        )


def _columns(tally: Tally) -> str:
    share = f"{tally.exact / tally.total:.0%}"
    return f"{share} | {tally.better} / {tally.same} / {tally.worse} | {tally.touched}"


def bundled_sentences(every: int) -> list[str]:
    """Every `every`-th sentence of 12 to 40 characters of the bundled simplified text."""
    sentences = [
        sentence
        for register in simplified_registers()
        for paragraph in paragraphs(register)
        for sentence in re.findall(r"[^。]{12,40}。", paragraph)
    ]
    return sentences[::every]


def completion_table(sentences: Sequence[str]) -> Iterator[str]:
    """How often the likeliest completion of lost bytes is right, by its posterior."""
    steps = (0.0, 0.5, 0.7, 0.85, 0.95)
    yield "| misread | lost characters | " + " | ".join(f"from {step}" for step in steps) + " |"
    yield "|---|--:|" + "--:|" * len(steps)
    for chain in (
        Chain("utf-8", "gbk"),
        Chain("utf-8", "cp932"),
        Chain("utf-8", "cp949"),
        Chain("gb18030", "big5hkscs"),
        Chain("utf-16-le", "utf-16-be"),
    ):
        judged = [verdict for sentence in sentences for verdict in _verdicts(sentence, chain)]
        cells = []
        for step in steps:
            kept = [right for share, right in judged if share >= step]
            cells.append(f"{len(kept) / len(judged):.0%}, {sum(kept) / len(kept):.1%} right")
        yield f"| {chain.true} as {chain.wrong} | {len(judged)} | " + " | ".join(cells) + " |"


def _verdicts(sentence: str, chain: Chain) -> Iterator[tuple[float, bool]]:
    lattice = Lattice(chain.garble(sentence), chain, Alphabet(chain.true), load())
    truth = {}
    place = 0
    for char in sentence:
        truth[place] = char
        place += len(char.encode(chain.true))
    for step in lattice.best:
        if step.encoded and min(lattice.units[step.start : step.end]) < 0:
            share = lattice.posteriors[step.start, step.char]
            yield share, truth.get(step.start) == step.char


def speed_table(clean: str) -> Iterator[str]:
    """Megabytes of UTF-8 a second of the misread cleaner, 0.1 MB beside 1 MB."""
    texts = {
        "clean text": clean,
        "rare characters in every line": clean.replace("\n", "龘靐齉\n"),
        "garbled throughout (UTF-8 as latin-1)": clean[:50_000].encode().decode("latin-1"),
        "garbled with losses (UTF-8 as GBK)": Chain("utf-8", "gbk").garble(clean[:20_000]),
        "one odd character": "锟",
        "question marks": "?",
        "random letters with accents": "éàüñç ",
    }
    Misreads().propose(next(iter(clean.split("\n"))).encode().decode("latin-1"))  # tables, model
    yield "| text | MB/s on 0.1 MB | MB/s on 1 MB |"
    yield "|---|--:|--:|"
    for name, text in texts.items():
        cells = []
        for size in (100_000, 1_000_000):
            whole = text * (size // len(text.encode()) + 1)
            block = whole.encode()[:size].decode("utf-8", "ignore")
            start = time.process_time()
            Misreads().propose(block)
            cells.append(f"{len(block.encode()) / 1e6 / (time.process_time() - start):.2f}")
        yield f"| {name} | {cells[0]} | {cells[1]} |"


@dataclass
class Guesses:
    """What became of the characters of a family."""

    documents: int = 0
    exact: int = 0
    characters: int = 0
    flagged: int = 0
    silent: int = 0
    left: int = 0

    def add(self, clean: str, result: zhclean.Result) -> None:
        """Count one document; a character that is missing counts where it is missed."""
        self.documents += 1
        self.exact += result.text == clean
        self.characters += len(clean)
        edited = _edited(result)
        flagged = {place for flag in result.flags for place in range(flag.start, flag.end)}
        matcher = difflib.SequenceMatcher(None, clean, result.text, autojunk=False)
        for kind, _, _, start, end in matcher.get_opcodes():
            if kind == "equal":
                continue
            missing = start == end
            for place in range(start, max(end, start + 1)):
                if place in flagged or (missing and place - 1 in flagged):
                    self.flagged += 1
                elif place in edited or (missing and edited):
                    self.silent += 1
                else:
                    self.left += 1


def _edited(result: zhclean.Result) -> set[int]:
    """The places of the text that an edit has put there."""
    places: set[int] = set()
    shift = 0
    for edit in result.edits:
        start = edit.start + shift
        places.update(range(start, start + len(edit.after)))
        shift += len(edit.after) - (edit.end - edit.start)
    return places


def guess_table(count: int, seeds: Sequence[int], only: str = "") -> Iterator[str]:
    """The Markdown table of guesses, by family."""
    simplified = [line for name in simplified_registers() for line in paragraphs(name)]
    traditional = [
        line for name in registers() if name.startswith(TRADITIONAL) for line in paragraphs(name)
    ]
    pipeline = zhclean.pipeline("encoding")
    whole = Guesses()
    yield "| family | documents | exact | characters | wrong, flagged | wrong, not flagged | left |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for family in list(FAMILIES)[:MISREAD_FAMILIES]:
        if only not in family:
            continue
        guesses = Guesses()
        source = [
            line
            for line in (traditional if "big5 >" in family else simplified)
            if 20 <= len(line) <= 300
        ]
        for seed in seeds:
            rng = random.Random(f"{seed} {family}")
            for clean in rng.sample(source, min(count, len(source))):
                if (garbled := FAMILIES[family](rng, clean)) is not None:
                    guesses.add(clean, pipeline.analyze(garbled))
        for item in fields(Guesses):
            setattr(whole, item.name, getattr(whole, item.name) + getattr(guesses, item.name))
        yield f"| {family} | {' | '.join(map(str, astuple(guesses)))} |"
    yield f"| **all** | {' | '.join(map(str, astuple(whole)))} |"


def show(lines: Iterator[str]) -> None:
    """Print a table as it grows."""
    for line in lines:
        print(line, flush=True)


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--set", type=Path, default=SHARED / "devset" / "misread_families.jsonl")
    parser.add_argument("--completion", action="store_true")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--guesses", action="store_true")
    parser.add_argument("--documents", type=int, default=50, help="of a family and a seed")
    parser.add_argument("--family", default="", help="what the name of a family must contain")
    parser.add_argument("--seed", type=int, nargs="+", default=[1, 2, 3])
    arguments = parser.parse_args()
    if arguments.guesses:
        show(guess_table(arguments.documents, arguments.seed, arguments.family))
        return
    if not arguments.completion and not arguments.speed:
        show(family_table(read_records(arguments.set)))
    if arguments.completion:
        show(completion_table(bundled_sentences(EVERY)))
    if arguments.speed:
        show(speed_table("\n".join(bundled_sentences(1))))


if __name__ == "__main__":
    main()
