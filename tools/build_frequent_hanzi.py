"""Build `src/zhclean/encoding/decoding/frequent_hanzi.txt`, the bands of common characters.

    pip install jieba==0.42.1 opencc-python-reimplemented==0.1.7
    python tools/build_frequent_hanzi.py

Counts come from the word frequencies of jieba (MIT); every character brings its traditional
forms along, by the character table of opencc-python-reimplemented (Apache-2.0).

Layout of the file: one line of characters for each band, the most frequent band first.
"""

from __future__ import annotations

from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Final

#: Rank of the last simplified character of each band.
BANDS: Final = (100, 400, 1000, 2000, 3500)


def installed(package: str, name: str) -> Path:
    """The file `name` in an installed package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed")
    return Path(spec.origin).parent / name


def build() -> str:
    """The content of the file."""
    counts: Counter[str] = Counter()
    for line in installed("jieba", "dict.txt").read_text("utf-8").splitlines():
        word, frequency, _ = line.split(" ")
        for char in word:
            if "\u4e00" <= char <= "\u9fff":
                counts[char] += int(frequency)
    traditional: dict[str, str] = {}
    table = installed("opencc", "dictionary/STCharacters.txt").read_text("utf-8")
    for line in table.splitlines():
        char, forms = line.split("\t")
        traditional[char] = forms.replace(" ", "")
    ranked = sorted(counts, key=lambda char: (-counts[char], char))
    seen: set[str] = set()
    lines = []
    for first, last in zip((0, *BANDS), BANDS, strict=False):
        band = dict.fromkeys("".join(c + traditional.get(c, "") for c in ranked[first:last]))
        lines.append("".join(char for char in band if char not in seen))
        seen.update(band)
    return "\n".join(lines) + "\n"


def main() -> None:
    root = Path(__file__).parents[1]
    target = root / "src/zhclean/encoding/decoding/frequent_hanzi.txt"
    target.write_text(build(), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
