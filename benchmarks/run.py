"""The benchmark: quality against the ground truth, and speed against the naive chain.

    python -m benchmarks.run                           # generated text
    python -m benchmarks.run --only annotated --documents 300
    python -m benchmarks.run --corpus DIR              # the files of any folder
    python -m benchmarks.run --output docs/benchmarks.md --plot docs/benchmarks.svg

Generated text is the same for the same seed. Speed is measured in one process, the two sides
in turn, and given as a ratio of medians: the figures of two machines differ, their ratio
hardly does.
"""

from __future__ import annotations

import argparse
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import zhclean
from benchmarks import chart, naive, quality
from benchmarks.damage import annotated, corpus, furniture

BEGIN, END = "<!-- results -->", "<!-- end of results -->"
PARTS = ("clean", "annotated", "misreads", "boilerplate", "redaction", "numbers", "speed")


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; all columns but the first are numbers."""
    lines = ["| " + " | ".join(heads) + " |", "|---|" + "--:|" * (len(heads) - 1)]
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def percent(part: float, whole: float = 1.0) -> str:
    """A share in percent, or a dash of nothing."""
    return f"{100 * part / whole:.2f} %" if whole else "–"


def clean_table(options: argparse.Namespace) -> str:
    rows = [[s.stage, s.characters, s.edits, s.flags] for s in quality.score_clean()]
    return table(["stage on clean text", "characters", "edits", "flags"], rows)


def annotated_table(options: argparse.Namespace) -> str:
    rows = []
    for marks in (False, True):
        for fold in (True, False):
            if options.details:
                count = options.documents
                for line in quality.annotated_details(options.seed, count, marks=marks, fold=fold):
                    print(line)
            s = quality.score_annotated(options.seed, options.documents, marks=marks, fold=fold)
            rows.append(
                [
                    s.setting,
                    s.documents,
                    percent(s.exact, s.documents),
                    percent(s.readable_exact, s.readable),
                    percent(s.characters - s.wrong_characters, s.characters),
                    percent(s.leads_right, s.leads),
                    s.wrong_digits_unflagged,
                ]
            )
    heads = ["annotated GBK", "documents", "exact", "exact where only lead bytes are lost"]
    heads += ["characters right", "lost lead bytes right", "wrong digits not flagged"]
    return table(heads, rows)


def misreads_table(options: argparse.Namespace) -> str:
    scores = quality.score_misreads(options.seed, options.sentences)
    rows = [
        [f"`{s.family}`", s.records, percent(s.exact, s.records), s.flagged, s.wrong]
        for s in scores
    ]
    return table(["family", "sentences", "exact", "flagged", "wrong, not flagged"], rows)


def boilerplate_table(options: argparse.Namespace) -> str:
    s = quality.score_boilerplate(options.seed, options.documents)
    row = [s.name, s.documents, percent(s.precision), percent(s.recall)]
    heads = ["furniture", "pages", "precision (characters)", "recall (characters)", "exact pages"]
    return table(heads, [[*row, percent(s.exact, s.documents)]])


def redaction_table(options: argparse.Namespace) -> str:
    rows = [
        [
            s.name,
            s.expected,
            s.found,
            percent(s.precision),
            percent(s.recall),
            percent(s.kind_right, s.found),
        ]
        for s in quality.score_redaction(options.seed, options.documents)
    ]
    return table(["holes", "holes", "flags", "precision", "recall", "kind right"], rows)


def numbers_table(options: argparse.Namespace) -> str:
    rows = [
        [s.name, s.documents, percent(s.recall), percent(s.precision)]
        for s in quality.score_numbers(options.seed, options.sentences * 100)
    ]
    return table(["written form", "sentences", "exact value, span, unit", "precision"], rows)


def interleaved(jobs: dict[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """The median CPU time of every job, in seconds, run in turn `repeats` times."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()
    for _ in range(repeats):
        for name, job in jobs.items():
            start = time.process_time()
            job()
            times[name].append(time.process_time() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def each(clean: Callable[[bytes], str], documents: Sequence[bytes]) -> None:
    """`clean` on every document."""
    for document in documents:
        clean(document)


def speed_texts(seed: int) -> dict[str, list[bytes]]:
    """Documents by what there is to do: dirty, clean, traditional."""
    rng = random.Random(f"{seed}/speed")
    names = corpus.simplified_registers()
    dirty = []
    for index in range(20):
        clean = corpus.compose(rng, rng.choice(names))
        if index % 2:
            settings = annotated.random_settings(rng, marks=True, fold=True)
            dirty.append(annotated.damage(clean, settings).text)
        else:
            dirty.append(furniture.furnish(rng, clean).text)
    clean_texts = [corpus.compose(rng, rng.choice(names)) for _ in range(20)]
    traditional = [
        corpus.compose(rng, name)
        for name in corpus.registers()
        if name.startswith(corpus.TRADITIONAL)
        for _ in range(10)
    ]
    kinds = {"dirty": dirty, "clean": clean_texts, "traditional": traditional}
    return {kind: [text.encode() for text in texts] for kind, texts in kinds.items()}


def speed_rows(texts: dict[str, list[bytes]], repeats: int) -> list[tuple[str, float, float]]:
    """(kind, MB a CPU-second of the naive chain, the same of zhclean)."""
    pipe = zhclean.pipeline(to="zh-Hans")
    rows = []
    for kind, documents in texts.items():
        size = sum(map(len, documents)) / 1e6
        jobs: dict[str, Callable[[], object]] = {
            "naive": partial(each, naive.clean, documents),
            "zhclean": partial(each, lambda data: pipe.clean(zhclean.decode(data).text), documents),
        }
        times = interleaved(jobs, repeats)
        rows.append((kind, size / times["naive"], size / times["zhclean"]))
    return rows


def speed_table(options: argparse.Namespace) -> str:
    rows = speed_rows(speed_texts(options.seed), options.repeats)
    if options.plot:
        options.plot.write_text(chart.speed(rows), "utf-8")
    return speed_markdown(rows)


def speed_markdown(rows: Sequence[tuple[str, float, float]]) -> str:
    heads = ["bytes to clean text", "naive chain, MB/s", "zhclean, MB/s", "ratio"]
    return table(heads, [[k, f"{n:.3f}", f"{z:.2f}", f"{z / n:.2f}"] for k, n, z in rows])


def corpus_tables(options: argparse.Namespace) -> str:
    """What every stage finds in the files of a folder, and the speed on them."""
    paths = sorted(path for path in options.corpus.rglob("*") if path.is_file())
    documents = [path.read_bytes() for path in paths]
    pipe = zhclean.pipeline()
    rows = []
    for path, data in zip(paths, documents, strict=True):
        result = pipe.analyze(data)
        letters = "".join(edit.rules[0][0] for edit in result.edits)
        counts = [letters.count(letter) for letter in "EBN"]
        rows.append([path.name, result.encoding, len(result.source), *counts, len(result.flags)])
    heads = ["file", "encoding", "characters", "encoding edits", "boilerplate", "numbers", "flags"]
    speed = speed_rows({options.corpus.name: documents}, options.repeats)
    return table(heads, rows) + "\n" + speed_markdown(speed)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Quality against the truth, speed as a ratio.")
    parser.add_argument(
        "--corpus", type=Path, metavar="DIR", help="files instead of generated text"
    )
    parser.add_argument("--only", action="append", choices=PARTS, help="repeatable; default: all")
    parser.add_argument("--documents", type=int, default=100, help="generated documents a setting")
    parser.add_argument("--sentences", type=int, default=30, help="sentences a misread family")
    parser.add_argument("--details", action="store_true", help="print what is wrong: annotated")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--output", type=Path, metavar="FILE.md", help="also write the tables there"
    )
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="the ratios as a picture")
    options = parser.parse_args(arguments)
    if options.corpus is not None and not options.corpus.is_dir():
        parser.error(f"{options.corpus} is no folder")
    writers = {
        "clean": clean_table,
        "annotated": annotated_table,
        "misreads": misreads_table,
        "boilerplate": boilerplate_table,
        "redaction": redaction_table,
        "numbers": numbers_table,
        "speed": speed_table,
    }
    where = (
        f"Python {platform.python_version()}, zhclean {zhclean.__version__}, seed {options.seed}"
    )
    pieces = [where + "\n"]
    print(pieces[0], flush=True)
    chosen: list[Callable[[argparse.Namespace], str]] = [
        writers[part] for part in options.only or PARTS
    ]
    for write in [corpus_tables] if options.corpus else chosen:
        pieces.append(write(options))
        print(pieces[-1], flush=True)
    if options.output:
        write_results(options.output, "\n".join(pieces))
    return 0


def write_results(path: Path, results: str) -> None:
    """`results` between the markers of a page that has them, else as the whole file."""
    page = path.read_text("utf-8") if path.exists() else ""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if begin and end:
        results = f"{before}{begin}\n\n{results}\n{end}{after}"
    path.write_text(results, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
