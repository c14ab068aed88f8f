"""Never worse: clean text, damaged in every known way and cleaned, is no further from itself.

    python -m benchmarks.never_worse [--documents N] [--pages N] [--seed S] [--details]

A document goes through the stages that repair and strip (the ones that normalise change clean
text on purpose). Its distance to the clean text is the Levenshtein distance; what is *restored*
of a family is the share by which all its distances together shrink. Holes are flagged and never
filled, so nothing of them is restored. Exit status 1 if a document came out worse.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import zhclean
from benchmarks.damage import corpus, furniture, holes, misreads
from benchmarks.quality import annotated_documents

#: Registers with years, amounts and places to make holes of.
RICH_IN_FACTS = ("government", "finance", "news", "travel")
STAGES = ("encoding", "boilerplate", "redaction")


class Damaged(NamedTuple):
    """A damaged document, the text before, and whether its repair is off unless asked for."""

    family: str
    clean: str
    text: str
    optional: bool = False


@dataclass(slots=True)
class Restored:
    """How the documents of one family came out; distances in characters."""

    documents: int = 0
    exact: int = 0
    worse: list[Damaged] = field(default_factory=list)
    before: int = 0
    after: int = 0


def distance(one: str, two: str) -> int:
    """The Levenshtein distance, a whole column of the table at a time.

    Myers (1999), "A fast bit-vector algorithm for approximate string matching", in the form of
    Hyyrö (2003): bit i of `up` and `down` says that row i is one more or one less than row i - 1.
    """
    if not one or not two:
        return len(one) + len(two)
    places: Counter[str] = Counter()
    for row, char in enumerate(one):
        places[char] |= 1 << row
    everything = (1 << len(one)) - 1
    up, down, total = everything, 0, len(one)
    for char in two:
        match = places[char]
        diagonal = (((match & up) + up) ^ up) | match | down
        right_up = down | ~(diagonal | up) & everything
        right_down = up & diagonal
        total += (right_up >> (len(one) - 1) & 1) - (right_down >> (len(one) - 1) & 1)
        right_up = right_up << 1 | 1
        up = (right_down << 1 | ~(diagonal | right_up)) & everything
        down = right_up & diagonal & everything
    return total


def sentences(seed: int, count: int) -> Iterator[Damaged]:
    """`count` lines of the bundled text garbled in every way that a line can be."""
    pool = [line for name in corpus.registers() for line in corpus.paragraphs(name)]
    for family, garble in misreads.FAMILIES.items():
        rng = random.Random(f"{seed}/{family}")
        drawn = 0
        for clean in rng.sample(pool, len(pool)):
            if drawn == count:
                break
            garbled = garble(rng, clean)
            if garbled is not None and garbled != clean:
                drawn += 1
                yield Damaged(family, clean, garbled, family in misreads.OPTIONAL)


def pages(seed: int, count: int) -> Iterator[Damaged]:
    """`count` pages of each kind of damage that is done to whole pages."""
    for marks in (False, True):
        for fold in (False, True):
            family = f"annotated GBK, marks {'on' if marks else 'off'}"
            family += ", folded" if fold else ", full width"
            for page in annotated_documents(seed, count, marks=marks, fold=fold):
                yield Damaged(family, page.truth, page.text)
    names = corpus.simplified_registers()
    rng = random.Random(f"{seed}/furniture")
    for _ in range(count):
        furnished = furniture.furnish(rng, corpus.compose(rng, rng.choice(names), 300, 1200))
        yield Damaged("furniture", furnished.truth, furnished.text)
    for form in ("mask", "blank", "dropped", "overwrite"):
        rng = random.Random(f"{seed}/{form}")
        for _ in range(count):
            name = rng.choice(RICH_IN_FACTS)
            hollow = holes.hollow(rng, corpus.compose(rng, name, 300, 1000), form)
            yield Damaged(f"holes, {form}", hollow.truth, hollow.text)


def documents(seed: int, lines: int, page_count: int) -> Iterator[Damaged]:
    """Every family: `lines` garbled lines or `page_count` damaged pages each."""
    yield from sentences(seed, lines)
    yield from pages(seed, page_count)


def score(damaged: Iterator[Damaged]) -> dict[str, Restored]:
    """Clean every document and measure, by family."""
    pipes = {
        optional: zhclean.pipeline(*STAGES, width=optional, punctuation=optional)
        for optional in (False, True)
    }
    families: dict[str, Restored] = {}
    for document in damaged:
        restored = families.setdefault(document.family, Restored())
        cleaned = pipes[document.optional].clean(document.text)
        before = distance(document.clean, document.text)
        after = before if cleaned == document.text else distance(document.clean, cleaned)
        restored.documents += 1
        restored.exact += after == 0
        restored.before += before
        restored.after += after
        if after > before:
            restored.worse.append(document)
    return families


def table(families: dict[str, Restored]) -> Iterator[str]:
    """The lines of a Markdown table."""
    yield "| family | documents | restored | exact | worse |"
    yield "|---|--:|--:|--:|--:|"
    for family, r in families.items():
        restored = f"{1 - r.after / r.before:.2%}" if r.before else "–"
        exact = f"{r.exact / r.documents:.1%}"
        yield f"| `{family}` | {r.documents} | {restored} | {exact} | {len(r.worse)} |"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=100, help="lines of every family of lines")
    parser.add_argument("--pages", type=int, default=20, help="pages of every family of pages")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--details", action="store_true", help="print the documents made worse")
    options = parser.parse_args(arguments)
    families = score(documents(options.seed, options.documents, options.pages))
    print("\n".join(table(families)))
    worse = [document for restored in families.values() for document in restored.worse]
    if options.details:
        for document in worse:
            print(f"\n{document.family}\n  {document.clean!r}\n  {document.text!r}")
    return int(bool(worse))


if __name__ == "__main__":
    sys.exit(main())
