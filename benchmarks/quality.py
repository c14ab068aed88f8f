"""Quality against the ground truth of generated damage, stage by stage.

Every measure draws its documents from a seed, so two runs compare like with like.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

import zhclean
from benchmarks.damage import amounts, annotated, corpus, furniture, holes, misreads

Difference = tuple[int, int, int, int]


def differences(truth: str, got: str) -> Iterator[Difference]:
    """(start, end in truth, start, end in got) of every place where two texts differ.

    Line by line where both have the same lines, so that long texts stay quick.
    """
    if truth == got:
        return
    truth_lines, got_lines = truth.split("\n"), got.split("\n")
    if len(truth_lines) != len(got_lines):
        truth_lines, got_lines = [truth], [got]
    at_truth = at_got = 0
    for one, other in zip(truth_lines, got_lines, strict=True):
        if one != other:
            matcher = SequenceMatcher(None, one, other, autojunk=False)
            for tag, i, j, k, m in matcher.get_opcodes():
                if tag != "equal":
                    yield at_truth + i, at_truth + j, at_got + k, at_got + m
        at_truth += len(one) + 1
        at_got += len(other) + 1


@dataclass(frozen=True, slots=True)
class AnnotatedScore:
    """How one setting of the annotated-GBK damage is undone."""

    setting: str
    documents: int
    exact: int
    readable: int  # documents in which nothing but lead bytes is lost
    readable_exact: int
    characters: int
    wrong_characters: int
    wrong_digits_unflagged: int
    leads: int
    leads_right: int


def annotated_documents(
    seed: int, count: int, *, marks: bool, fold: bool
) -> Iterator[annotated.Annotated]:
    """Pages of one kind: every one of another site, 500 to 2,000 characters."""
    rng = random.Random(f"{seed}/{marks}/{fold}")
    names = corpus.simplified_registers()
    for _ in range(count):
        clean = corpus.compose(rng, rng.choice(names))
        yield annotated.damage(clean, annotated.random_settings(rng, marks=marks, fold=fold))


def annotated_details(seed: int, count: int, *, marks: bool, fold: bool) -> Iterator[str]:
    """Every place that the encoding stage leaves wrong: `truth | got`, with its neighbourhood."""
    pipe = zhclean.pipeline("encoding")
    for number, page in enumerate(annotated_documents(seed, count, marks=marks, fold=fold)):
        result = pipe.analyze(page.text)
        if result.text == page.text:
            yield f"{number}: untouched: {page.text[:80]!r}"
            continue
        for start, end, got_start, got_end in differences(page.truth, result.text):
            lost = {loss.kind for loss in page.losses if start - 1 <= loss.start <= end}
            flagged = any(f.start <= got_end and got_start <= f.end for f in result.flags)
            yield (
                f"{number}: {page.truth[max(0, start - 12) : end + 12]!r} | "
                f"{result.text[max(0, got_start - 12) : got_end + 12]!r} | "
                f"{'flagged' if flagged else 'not flagged'} | {', '.join(sorted(lost))}"
            )


def score_annotated(seed: int, count: int, *, marks: bool, fold: bool) -> AnnotatedScore:
    """The encoding stage on `count` generated pages."""
    pipe = zhclean.pipeline("encoding")
    exact = readable = readable_exact = characters = wrong = digits = leads = leads_right = 0
    for page in annotated_documents(seed, count, marks=marks, fold=fold):
        result = pipe.analyze(page.text)
        right = result.text == page.truth
        whole = all(loss.kind == "lead" for loss in page.losses)
        exact += right
        readable += whole
        readable_exact += right and whole
        characters += len(page.truth)
        places = list(differences(page.truth, result.text))
        for start, end, got_start, got_end in places:
            wrong += max(end - start, got_end - got_start)
            held = page.truth[start:end] + result.text[got_start:got_end]
            flagged = any(flag.start <= got_end and got_start <= flag.end for flag in result.flags)
            digits += bool(re.search("[0-9]", held)) and not flagged
        for loss in page.losses:
            if loss.kind == "lead":
                leads += 1
                leads_right += not any(s < loss.end and loss.start < e for s, e, _, _ in places)
    setting = f"marks {'on' if marks else 'off'}, {'folded' if fold else 'full width'}"
    return AnnotatedScore(
        setting, count, exact, readable, readable_exact, characters, wrong, digits, leads,
        leads_right,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FamilyScore:
    """One way of garbling: how many sentences come back, stay, or become something else."""

    family: str
    records: int
    exact: int
    flagged: int
    wrong: int


def score_misreads(seed: int, count: int) -> list[FamilyScore]:
    """The encoding stage on `count` sentences of every family, with the options it needs."""
    pool = [line for name in corpus.registers() for line in corpus.paragraphs(name)]
    scores = []
    for family, garble in misreads.FAMILIES.items():
        rng = random.Random(f"{seed}/{family}")
        optional = family in misreads.OPTIONAL
        pipe = zhclean.pipeline("encoding", width=optional, punctuation=optional)
        records = exact = flagged = wrong = 0
        for clean in rng.sample(pool, len(pool)):
            if records == count:
                break
            garbled = garble(rng, clean)
            if garbled is None or garbled == clean:
                continue
            records += 1
            result = pipe.analyze(garbled)
            exact += result.text == clean
            flagged += result.text != clean and bool(result.flags)
            wrong += result.text not in (clean, garbled) and not result.flags
        scores.append(FamilyScore(family, records, exact, flagged, wrong))
    return scores


@dataclass(frozen=True, slots=True)
class SpanScore:
    """Precision and recall; what the unit is, the caller says."""

    name: str
    documents: int
    exact: int
    found: int
    right: int
    expected: int
    kind_right: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.right / self.expected if self.expected else 1.0


def score_boilerplate(seed: int, count: int) -> SpanScore:
    """Characters removed, white space ignored; `exact` counts pages whose body is whole."""
    rng = random.Random(f"{seed}/furniture")
    pipe = zhclean.pipeline("boilerplate")
    names = corpus.simplified_registers()
    exact = found = right = expected = 0
    for _ in range(count):
        page = furniture.furnish(rng, corpus.compose(rng, rng.choice(names), 300, 1200))
        result = pipe.analyze(page.text)
        wanted = {
            i for start, end, _ in page.spans for i in range(start, end)
            if not page.text[i].isspace()
        }  # fmt: skip
        removed = {
            i for edit in result.edits for i in range(edit.start, edit.end)
            if not page.text[i].isspace()
        }  # fmt: skip
        found += len(removed)
        right += len(removed & wanted)
        expected += len(wanted)
        exact += removed == wanted
    return SpanScore("boilerplate", count, exact, found, right, expected)


def score_redaction(seed: int, count: int) -> list[SpanScore]:
    """Flags that overlap a hole, by form; a dropped value is hit by a flag that touches it."""
    pipe = zhclean.pipeline("redaction")
    scores = []
    for form in ("mask", "blank", "dropped", "overwrite"):
        rng = random.Random(f"{seed}/{form}")
        found = right = expected = kinds = exact = 0
        for _ in range(count):
            name = rng.choice(("government", "finance", "news", "travel"))
            page = holes.hollow(rng, corpus.compose(rng, name, 300, 1000), form)
            flags = pipe.analyze(page.text).flags
            hit: Counter[int] = Counter()
            for flag in flags:
                touching = [
                    index
                    for index, (start, end, _) in enumerate(page.spans)
                    if flag.start <= end and start <= flag.end
                ]
                hit.update(touching)
                right += bool(touching)
                kinds += any(page.spans[index][2] == flag.kind for index in touching)
            found += len(flags)
            expected += len(page.spans)
            exact += len(hit) == len(page.spans) == len(flags)
            # recall counts holes, precision flags: give back what several flags hit twice
            right -= sum(count - 1 for count in hit.values())
        scores.append(SpanScore(form, count, exact, found, right, expected, kinds))
    return scores


def score_numbers(seed: int, count: int) -> list[SpanScore]:
    """Quantities with the right span, value and unit, by written form."""
    rng = random.Random(f"{seed}/amounts")
    totals: dict[str, Counter[str]] = {}
    for _ in range(count):
        sentence = amounts.written(rng)
        total = totals.setdefault(sentence.form, Counter())
        found = list(zhclean.quantities(sentence.text))
        total["documents"] += 1
        total["found"] += len(found)
        right = any(
            (q.start, q.end, q.unit) == (sentence.start, sentence.end, sentence.unit)
            and q.value is not None
            and Decimal(q.value) == sentence.value
            for q in found
        )
        total["right"] += right
        total["exact"] += right and len(found) == 1
    return [
        SpanScore(form, t["documents"], t["exact"], t["found"], t["right"], t["documents"])
        for form, t in sorted(totals.items())
    ]


@dataclass(frozen=True, slots=True)
class CleanScore:
    """What a stage does to the bundled clean text, where it should do nothing."""

    stage: str
    characters: int
    edits: int
    flags: int


def score_clean() -> list[CleanScore]:
    """Every text of the corpus through every stage by itself."""
    texts = [text for _, text in corpus.everything()]
    characters = sum(map(len, texts))
    scores = []
    for stage in ("encoding", "boilerplate", "redaction", "numbers"):
        results = [zhclean.pipeline(stage).analyze(text) for text in texts]
        edits = sum(len(result.edits) for result in results)
        flags = sum(len(result.flags) for result in results)
        scores.append(CleanScore(stage, characters, edits, flags))
    return scores
