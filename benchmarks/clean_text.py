"""Clean Chinese text from packages through the stages: nothing may be touched.

    python -m benchmarks.clean_text                       # encoding, boilerplate, redaction
    python -m benchmarks.clean_text --stage boilerplate --package manpages-zh --show 50
    python -m benchmarks.clean_text --stage numbers --sample 300 --seed 1

Prints a Markdown table by package, the counts by rule, and every place that was touched, with
its neighbourhood. Exit status 1 if encoding or boilerplate made an edit, or redaction raised
more than five flags a million characters, that `clean_text.toml` does not sign off.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import zhclean
from benchmarks.damage import corpus, sources

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "zhclean" / "clean-text"
CONFIG = Path(__file__).with_suffix(".toml")
CONTEXT = 24
FLAGS_PER_MILLION = 5


@dataclass(frozen=True, slots=True)
class Touched:
    """One place that a stage edited or flagged."""

    package: str
    path: str
    stage: str
    rule: str
    context: str  # …before[touched→after]behind…
    edit: bool


def touched(stage: str, text: sources.Text) -> list[Touched]:
    """What `stage` does to one text."""
    source = text.text
    result = zhclean.pipeline(stage).analyze(source)
    found = [
        _place(text, stage, "+".join(edit.rules), source, edit.start, edit.end, edit.after)
        for edit in result.edits
    ]
    found += [
        _place(text, stage, flag.rule, result.text, flag.start, flag.end, None)
        for flag in result.flags
    ]
    return found


def _place(
    text: sources.Text, stage: str, rule: str, whole: str, start: int, end: int, after: str | None
) -> Touched:
    before = whole[max(0, start - CONTEXT) : start]
    behind = whole[end : end + CONTEXT]
    middle = whole[start:end] if after is None else f"{whole[start:end]}→{after}"
    context = ascii_controls(f"{before}[{middle}]{behind}")
    return Touched(text.package, text.path, stage, rule, context, after is not None)


def ascii_controls(text: str) -> str:
    """`text` on one line, with characters that do not show written out."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )


def check(job: tuple[str, tuple[str, ...], sources.Text]) -> list[Touched]:
    """All stages on one text; for worker processes."""
    _, stages, text = job
    return [place for stage in stages for place in touched(stage, text)]


def gather(config: dict[str, Any], packages: Iterable[str], cache: Path) -> Iterator[sources.Text]:
    """The texts of the named packages, or of all in the configuration, and our own."""
    wanted = set(packages)
    if not wanted or "own" in wanted:
        for register, text in corpus.everything():
            yield sources.Text("own", f"{register}.txt", text)
    for kind in ("debian", "pypi"):
        for package in config[kind]:
            if wanted and package not in wanted:
                continue
            folder = sources.fetch(package, kind, cache)
            if folder is not None:
                yield from sources.texts(package, folder, package in config["every"])


def is_signed_off(place: Touched, config: dict[str, Any]) -> bool:
    """Whether the configuration names this place as really damaged."""
    return any(
        place.package == row["package"]
        and place.path.startswith(row.get("path", ""))
        and place.rule.startswith(row["rule"])
        and row.get("contains", "") in place.context
        for row in config.get("signed_off", ())
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument(
        "--stage", action="append", help="default: encoding, boilerplate, redaction"
    )
    parser.add_argument("--package", action="append", default=[], help="default: all, and 'own'")
    parser.add_argument("--limit", type=int, help="at most so many texts of each package")
    parser.add_argument("--show", type=int, default=1000, help="print at most so many places")
    parser.add_argument("--sample", type=int, help="print a random sample of places instead")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("-j", "--jobs", type=int, default=1)
    options = parser.parse_args(arguments)
    stages = tuple(options.stage or ("encoding", "boilerplate", "redaction"))
    config = tomllib.loads(CONFIG.read_text("utf-8"))

    documents: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    places: list[Touched] = []

    def jobs() -> Iterator[tuple[str, tuple[str, ...], sources.Text]]:
        for text in gather(config, options.package, options.cache):
            if options.limit and documents[text.package] >= options.limit:
                continue
            documents[text.package] += 1
            characters[text.package] += len(text.text)
            yield text.package, stages, text

    if options.jobs > 1:
        work = jobs()
        with ProcessPoolExecutor(options.jobs) as pool:
            while batch := list(islice(work, 512)):
                for found in pool.map(check, batch, chunksize=8):
                    places += found
    else:
        for job in jobs():
            places += check(job)
    open_places = [place for place in places if not is_signed_off(place, config)]
    report(stages, documents, characters, places, open_places)
    shown = open_places[: options.show]
    if options.sample:
        pool_size = min(options.sample, len(open_places))
        shown = random.Random(options.seed).sample(open_places, pool_size)
    for place in shown:
        print(f"{place.rule}\t{place.package}/{place.path}\t{place.context}")
    return int(not acceptable(open_places, sum(characters.values())))


def acceptable(open_places: list[Touched], characters: int) -> bool:
    """No edit by encoding or boilerplate, and few enough flags by redaction."""
    edits = sum(place.edit and place.stage in ("encoding", "boilerplate") for place in open_places)
    flags = sum(place.stage == "redaction" for place in open_places)
    return edits == 0 and flags * 1_000_000 <= FLAGS_PER_MILLION * characters


def report(
    stages: tuple[str, ...],
    documents: Counter[str],
    characters: Counter[str],
    places: list[Touched],
    open_places: list[Touched],
) -> None:
    """The table by package and the counts by rule, in Markdown."""
    heads = [f"{stage} {what}" for stage in stages for what in ("edits", "flags")]
    print("| package | texts | characters |", " | ".join(heads), "| signed off |")
    print("|---|--:|--:|" + "--:|" * (len(heads) + 1))
    for package in [*documents, "all"]:
        mine = [p for p in open_places if package in ("all", p.package)]
        signed = sum(package in ("all", p.package) for p in places) - len(mine)
        cells = [
            sum(p.stage == stage and p.edit == edit for p in mine)
            for stage in stages
            for edit in (True, False)
        ]
        counts = [
            sum(counter.values()) if package == "all" else counter[package]
            for counter in (documents, characters)
        ]
        print("|", " | ".join(map(str, [package, *counts, *cells, signed])), "|")
    print()
    print("| rule | places |\n|---|--:|")
    for rule, count in Counter(place.rule for place in open_places).most_common():
        print(f"| {rule} | {count} |")
    print(flush=True)


if __name__ == "__main__":
    sys.exit(main())
