"""The sets that the gate scores: labelled files, and generated damage whose truth is known.

A set is its name, the files that make up its gold, and a function that scores them. The
functions of the single benchmarks do the scoring; here their counts become figures, each a share
of which more is better.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import (
    boilerplate,
    decode,
    language,
    misreads,
    never_worse,
    quality,
    quantities,
    redaction,
    script,
)
from benchmarks.damage import corpus
from benchmarks.damage.simplified import to_traditional
from benchmarks.floors import Figure
from zhclean.encoding.language import load
from zhclean.encoding.script import ConvertScript
from zhclean.encoding.script.opencc_adapter import reference

DAMAGE = Path(__file__).parent / "damage"
#: Another seed than the default of the single benchmarks, on which the stages were built.
SEED = 7


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Something to score. `quick`: also in the short run."""

    name: str
    files: tuple[Path, ...]
    score: Callable[[], Iterator[Figure]]
    quick: bool = False

    @property
    def present(self) -> bool:
        """Whether all its files are there."""
        return bool(self.files) and all(path.is_file() for path in self.files)

    def fingerprint(self) -> str:
        """SHA-256 of the list that `sha256sum` prints of the files: content and name of each."""
        lines = [
            f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in self.files
        ]
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def labelled(shared: Path) -> list[GoldSet]:
    """The labelled sets under a folder of evaluation data."""
    devset = shared / "devset"
    pages, redacted = devset / "boilerplate.jsonl", devset / "redaction.jsonl"
    families, suites = devset / "misread_families.jsonl", devset / "numbers"
    every_suite = tuple(sorted(suites.glob("*.jsonl")))
    return [
        GoldSet("boilerplate", (pages,), partial(_boilerplate, pages), quick=True),
        GoldSet("redaction", (redacted,), partial(_redaction, redacted), quick=True),
        GoldSet("numbers", every_suite, partial(_numbers, suites), quick=True),
        GoldSet("misreads", (families,), partial(_misreads, families)),
    ]


def generated() -> list[GoldSet]:
    """The sets of generated damage, and the clean text that it is done to."""
    return [
        _generated("clean-text", _clean_text, (), quick=True),
        _generated("amounts", _amounts, ("amounts.py",), quick=True),
        _generated("furniture", _furniture, ("furniture.py",), quick=True),
        _generated("holes", _holes, ("holes.py",), quick=True),
        _generated("annotated-quick", partial(_annotated, SEED, 4), _ANNOTATED, quick=True),
        _generated("annotated", partial(_annotated, SEED + 1, 40), _ANNOTATED),
        _generated("never-worse-quick", partial(_never_worse, SEED, 5, 2), _EVERY, quick=True),
        _generated("never-worse", partial(_never_worse, SEED + 1, 40, 10), _EVERY),
        _generated("lost-bytes", _lost_bytes, ()),
        _generated("decoding", partial(_decoding, 20), ()),
        _generated("script", _script, ("simplified.py",)),
    ]


_ANNOTATED = ("annotated.py", "simplified.py", "ladder.tsv")
_EVERY = (*_ANNOTATED, "misreads.py", "furniture.py", "holes.py")


def _generated(
    name: str, score: Callable[[], Iterator[Figure]], files: Iterable[str], *, quick: bool = False
) -> GoldSet:
    sources = [*sorted(corpus.FOLDER.glob("*.txt")), DAMAGE / "corpus.py"]
    return GoldSet(name, (*sources, *(DAMAGE / file for file in files)), score, quick)


def _boilerplate(path: Path) -> Iterator[Figure]:
    pages = list(boilerplate.records(path))
    for own in (True, False):
        total = boilerplate.evaluate(pages, "standard", own=own, show=False).total
        where = "" if own else "leave one site out, "
        yield Figure(f"{where}precision", total.hit, total.hit + total.wrong)
        yield Figure(f"{where}recall", total.hit, total.hit + total.missed)
        yield Figure(f"{where}body kept", total.body - total.wrong, total.body)
        yield Figure(f"{where}pages exact", total.exact, total.pages)
        yield Figure(
            f"{where}body-only pages left alone", total.body_only - total.touched, total.body_only
        )


def _redaction(path: Path) -> Iterator[Figure]:
    total = redaction.score(redaction.read(path))
    yield Figure("precision", total.right, total.flags)
    yield Figure("recall", total.found, total.spans)
    yield Figure("kind right", total.kind_right, total.found)
    yield Figure(
        "hard negatives left alone", total.negatives - total.negatives_flagged, total.negatives
    )
    for form, count in sorted(total.by_form.items()):
        yield Figure(f"recall, {form}", total.found_by_form[form], count)


def _numbers(suites: Path) -> Iterator[Figure]:
    for name, outcome in quantities.outcomes(suites):
        yield Figure(name, sum(right for _, right in outcome), len(outcome))


def _misreads(path: Path) -> Iterator[Figure]:
    families: dict[str, misreads.Tally] = defaultdict(misreads.Tally)
    for record in misreads.read_records(path):
        families[record.family].add(record, misreads.repair_encoding)
    reached = sum(t.exact >= misreads.GOAL * t.total for t in families.values())
    records = sum(t.total for t in families.values())
    yield Figure("families restored", reached, len(families))
    yield Figure("not made worse", records - sum(t.worse for t in families.values()), records)
    yield Figure(
        "clean sentences left alone", records - sum(t.touched for t in families.values()), records
    )
    for family, tally in families.items():
        yield Figure(f"exact, {family}", tally.exact, tally.total)


def _clean_text() -> Iterator[Figure]:
    for score in quality.score_clean():
        if score.stage != "numbers":  # which rightly changes quantities
            untouched = score.characters - score.edits - score.flags
            yield Figure(f"left alone by {score.stage}", untouched, score.characters)


def _spans(score: quality.SpanScore, name: str = "") -> Iterator[Figure]:
    yield Figure(f"{name}precision", score.right, score.found)
    yield Figure(f"{name}recall", score.right, score.expected)
    yield Figure(f"{name}exact", score.exact, score.documents)


def _amounts() -> Iterator[Figure]:
    for score in quality.score_numbers(SEED, 2000):
        yield Figure(f"exact, {score.name}", score.exact, score.documents)


def _furniture() -> Iterator[Figure]:
    yield from _spans(quality.score_boilerplate(SEED, 100))


def _holes() -> Iterator[Figure]:
    for score in quality.score_redaction(SEED, 60):
        yield from _spans(score, f"{score.name}, ")
        yield Figure(f"{score.name}, kind right", score.kind_right, score.found)


def _annotated(seed: int, count: int) -> Iterator[Figure]:
    for marks in (False, True):
        for fold in (False, True):
            s = quality.score_annotated(seed, count, marks=marks, fold=fold)
            yield Figure(f"{s.setting}, exact", s.exact, s.documents)
            yield Figure(
                f"{s.setting}, characters", s.characters - s.wrong_characters, s.characters
            )
            honest = s.characters - s.wrong_digits_unflagged
            yield Figure(f"{s.setting}, no wrong digit unflagged", honest, s.characters)
            yield Figure(f"{s.setting}, lost lead bytes", s.leads_right, s.leads)


def _never_worse(seed: int, lines: int, pages: int) -> Iterator[Figure]:
    families = never_worse.score(never_worse.documents(seed, lines, pages))
    documents = sum(r.documents for r in families.values())
    yield Figure(
        "not made worse", documents - sum(len(r.worse) for r in families.values()), documents
    )
    for family, r in families.items():
        yield Figure(f"restored, {family}", r.before - r.after, r.before)


def _lost_bytes() -> Iterator[Figure]:
    from tools.build_language_model import traditional

    model = load()
    places = language.Places(traditional())
    hits: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for name in corpus.simplified_registers():
        for text in corpus.paragraphs(name):
            for position, straddles in places.of(text):
                right = language.judge(model, text, position, places.choices) == text[position]
                for where in ["all places", "straddling places"][: 1 + straddles]:
                    hits[where] += right
                    total[where] += 1
    for where in total:
        yield Figure(where, hits[where], total[where])


def _decoding(count: int) -> Iterator[Figure]:
    hits: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for case in decode.cases(count):
        for sample in case.samples:
            text = decode.read_zhclean(sample.data)
            hits[case.kind] += sample.is_read_as(text)
            total[case.kind] += 1
    for kind in total:
        yield Figure(f"exact, {kind}", hits[kind], total[kind])


def _script() -> Iterator[Figure]:
    simplified = [p for name in corpus.simplified_registers() for p in corpus.paragraphs(name)]
    hans = partial(script.convert, ConvertScript("zh-Hans"))
    mainland = partial(script.convert, ConvertScript("zh-Hans-CN"))
    back = sum(hans(to_traditional(paragraph)) == paragraph for paragraph in simplified)
    yield Figure("zh-Hans undoes the characters", back, len(simplified))
    wording = sum(mainland(reference("s2twp", p)) == p for p in simplified)
    yield Figure("zh-Hans-CN undoes the wording", wording, len(simplified))
    traditional = [
        text for register, text in corpus.everything() if register.startswith(corpus.TRADITIONAL)
    ]
    total = sum(map(len, traditional))
    same = total - sum(map(script.unexplained, traditional))
    yield Figure("characters of zh-Hans as OpenCC's", same, total)
