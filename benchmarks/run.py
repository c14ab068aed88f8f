"""The benchmark: quality against the ground truth. Speed is measured by benchmarks.speed.

    python -m benchmarks.run                           # generated text
    python -m benchmarks.run --only annotated --documents 300
    python -m benchmarks.run --corpus DIR              # the files of any folder
    python -m benchmarks.run --output docs/benchmarks.md

Generated text is the same for the same seed.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import zhclean
from benchmarks import quality

BEGIN, END = "<!-- results -->", "<!-- end of results -->"
PARTS = ("clean", "annotated", "misreads", "boilerplate", "redaction", "numbers")


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


def corpus_tables(options: argparse.Namespace) -> str:
    """What every stage finds in the files of a folder."""
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
    return table(heads, rows)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Quality against the truth.")
    parser.add_argument(
        "--corpus", type=Path, metavar="DIR", help="files instead of generated text"
    )
    parser.add_argument("--only", action="append", choices=PARTS, help="repeatable; default: all")
    parser.add_argument("--documents", type=int, default=100, help="generated documents a setting")
    parser.add_argument("--sentences", type=int, default=30, help="sentences a misread family")
    parser.add_argument("--details", action="store_true", help="print what is wrong: annotated")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--output", type=Path, metavar="FILE.md", help="also write the tables there"
    )
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
