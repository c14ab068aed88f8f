"""How fast one cleaner is, beside what one would write instead, on texts nobody has seen before.

Every round has new documents (see `speed_texts`), and all sides take them in turn, so that a
busy machine slows all of them; the medians over the rounds are compared.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence

from benchmarks import speed_texts
from zhclean.pipeline import Cleaner
from zhclean.triggers import Gate

__all__ = ["print_times"]

_KINDS = ("nothing to do", "clean", "dirty")
_SIZE = 200_000
_ROUNDS = 5
#: Slow sides are given this share of the documents.
_SLOW = 0.2


def print_times(cleaner: Cleaner, peers: Mapping[str, Callable[[str], object]]) -> None:
    """A Markdown table: MB of UTF-8 a CPU second, by kind of text; `peers` by name."""
    gate = Gate([cleaner.triggers()])  # type: ignore[attr-defined]
    names = ["propose", *peers]
    print(f"\n| MB/s of {cleaner.stage} | {' | '.join(names)} | texts with a trigger |")
    print("|---|" + "--:|" * (len(names) + 1))
    for kind in _KINDS:
        rates: dict[str, list[float]] = {name: [] for name in names}
        triggered = count = 0
        for turn in range(_ROUNDS):
            texts = speed_texts.documents(kind, _SIZE, random.Random(turn))
            few = texts[: max(1, int(len(texts) * _SLOW))]
            for text in texts[:3]:
                cleaner.propose(text)  # what is compiled on first use

            rates["propose"].append(_rate(cleaner.propose, texts))
            for name, peer in peers.items():
                rates[name].append(_rate(peer, few))
            triggered += sum(map(bool, map(gate.scan, texts)))
            count += len(texts)
        medians = [statistics.median(rates[name]) for name in names]
        cells = [f"{rate:.1f}" for rate in medians]
        for index in range(1, len(names)):
            cells[index] += f" ({medians[0] / medians[index]:.0f}x)"
        print(f"| {kind} | {' | '.join(cells)} | {triggered} of {count} |")


def _rate(call: Callable[[str], object], texts: Sequence[str]) -> float:
    size = sum(len(text.encode()) for text in texts)
    began = time.process_time()
    for text in texts:
        call(text)
    return size / max(1e-9, time.process_time() - began) / 1e6
