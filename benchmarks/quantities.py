"""The figures of the numbers stage: quantities and normal forms on the labelled suites, speed.

    python benchmarks/quantities.py [--suites DIR] [--corpus DIR] [--failures SUITE] [--no-speed] [--time]

Scoring: an expected quantity is found when a quantity that overlaps it has its value (or its
bounds). `tricky` and `real_gov` ask for the exact span as well, and for silence (no quantity,
no edit) on everything they mark as a label or a word.
"""

from __future__ import annotations

import argparse
import json
import os
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.stage_time import print_times
from zhclean.numbers import Quantity, cleaners, quantities
from zhclean.numbers.units import match_unit

Record = dict[str, Any]
SHARED = Path(os.environ.get("ZHCLEAN_SHARED", Path(__file__).resolve().parents[2] / "shared"))

#: Suite -> the share of records that must be right; the floors may only rise.
FLOORS = {
    "tricky positives": 97,
    "tricky negatives": 99,
    "real_gov values": 100,
    "real_gov spans and units": 98,
    "real_gov labels untouched": 100,
    "recognizers_number": 95,
    "recognizers_percent": 95,
    "recognizers_range": 90,
    "recognizers_range_experimental": 90,
    "recognizers_currency": 90,
    "recognizers_dimension": 90,
    "jionlp_money": 95,
    "gbt15835 quantities": 0,
    "gbt15835 kept phrases": 100,
}


def load(suites: Path, name: str) -> list[Record]:
    lines = (suites / f"{name}.jsonl").read_text("utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def same(expected: Record, quantity: Quantity) -> bool:
    """Whether a quantity has the expected value or bounds."""
    if expected.get("span_only"):
        return True
    low, high = expected.get("lo"), expected.get("hi")
    if expected.get("num") is not None:
        share = Decimal(expected["num"]) / Decimal(expected["den"])
        return quantity.value is not None and abs(quantity.value - share) < Decimal("1e-12")
    value = expected.get("value")
    if value is None:
        if low is None and high is None:
            return True
        bounds = (quantity.low, quantity.high)
        if low == high and quantity.value is not None:
            bounds = (quantity.value, quantity.value)
        return (low is None or bounds[0] == Decimal(low)) and (
            high is None or bounds[1] == Decimal(high)
        )
    wanted = Decimal(value)
    if quantity.value is None:
        return quantity.low == wanted  # 二十几万: some suites give the round figure alone
    tolerance = Decimal(expected.get("tol", "0"))
    return (
        any(
            abs(quantity.value * scale - wanted) <= tolerance
            for scale in (Decimal(1), Decimal("0.01"))
            if scale == 1
            or (expected.get("kind") in ("number", "fraction") and quantity.unit == "%")
        )
        or any(
            abs(quantity.value - Decimal(other["value"])) <= tolerance
            for other in expected.get("alt", ())
        )
        or (
            # 三千比特 as 3 kilobit: the same size in a larger unit
            expected.get("kind") == "dimension"
            and str(expected.get("unit", "")).startswith(("Kilo", "Mega"))
            and quantity.value in (wanted * 1000, wanted * 1000000)
        )
    )


def found(record: Record, found_quantities: list[Quantity], *, exact: bool = False) -> list[Record]:
    """The expected quantities that nothing matches."""
    missing = []
    for expected in record["expect"] or ():
        near = [
            quantity
            for quantity in found_quantities
            if quantity.start < expected["end"] and expected["start"] < quantity.end
        ]
        if exact:
            near = [
                quantity
                for quantity in near
                if (quantity.start, quantity.end) == (expected["start"], expected["end"])
                and same_unit(expected, quantity)
            ]
        if not any(same(expected, quantity) for quantity in near):
            missing.append(expected)
    return missing


def same_unit(expected: Record, quantity: Quantity) -> bool:
    unit = expected.get("unit")
    if unit is None:
        return quantity.unit is None
    matched = match_unit(unit, 0)
    return quantity.unit in (unit, matched[0].name if matched is not None else None)


def silent(record: Record) -> bool:
    """No quantity and no edit, as a negative asks; a year digit by digit is allowed its form."""
    if quantities(record["text"]):
        return False
    patch = cleaners()[0].propose(record["text"]).patch
    return not patch or all("N107" in rules for rules in patch.rules)


Outcome = list[tuple[Record, bool]]


def by_value(records: list[Record]) -> Outcome:
    outcome = []
    for record in records:
        if record.get("exotic") or record.get("disputed"):
            continue
        got = quantities(record["text"])
        if record.get("negative"):
            outcome.append((record, not got))
        elif record.get("expect") is not None:
            outcome.append((record, not found(record, got)))
    return outcome


def outcomes(suites: Path) -> Iterator[tuple[str, Outcome]]:
    tricky = load(suites, "tricky")
    positives = [record for record in tricky if not record.get("negative")]
    yield (
        "tricky positives",
        [(record, not found(record, quantities(record["text"]))) for record in positives],
    )
    yield (
        "tricky positives, exact span and unit",
        [
            (record, not found(record, quantities(record["text"]), exact=True))
            for record in positives
        ],
    )
    yield (
        "tricky negatives",
        [(record, silent(record)) for record in tricky if record.get("negative")],
    )
    gov = load(suites, "real_gov")
    for title, exact in (("real_gov values", False), ("real_gov spans and units", True)):
        outcome: Outcome = []
        for record in gov:
            missing = found(record, quantities(record["text"]), exact=exact)
            outcome += [(record | {"item": item}, item not in missing) for item in record["expect"]]
        yield title, outcome
    outcome = []
    for record in gov:
        spans = [(quantity.start, quantity.end) for quantity in quantities(record["text"])]
        patch = cleaners()[0].propose(record["text"]).patch
        spans += list(zip(patch.starts, patch.ends, strict=True))
        for keep in record.get("keep", ()):
            touched = any(start < keep["end"] and keep["start"] < end for start, end in spans)
            outcome.append((record | {"item": keep}, not touched))
    yield "real_gov labels untouched", outcome
    extra = []
    for record in gov:
        for quantity in quantities(record["text"]):
            known = any(
                quantity.start < expected["end"] and expected["start"] < quantity.end
                for expected in record["expect"]
            )
            extra.append((record | {"item": quantity.text}, known))
    yield "real_gov precision", extra
    for name in (
        "recognizers_number",
        "recognizers_percent",
        "recognizers_range",
        "recognizers_range_experimental",
        "recognizers_currency",
        "recognizers_dimension",
        "recognizers_temperature",
        "recognizers_age",
        "jionlp_money",
        "cn2an_values",
        "duckling_zh",
        "xiaomi_duckling",
        "nemo_itn",
        "wetext_itn",
        "chinese2digits",
    ):
        yield name, by_value(load(suites, name))
    norm = load(suites, "gbt15835")
    yield (
        "gbt15835 quantities",
        by_value([record for record in norm if not record.get("keep_text")]),
    )
    yield (
        "gbt15835 kept phrases",
        [(record, kept(record)) for record in norm if record.get("keep_text")],
    )


def kept(record: Record) -> bool:
    """The text stays in every style, and what counts is found."""
    if any(
        cleaners(style=style)[0].propose(record["text"]).patch
        for style in ("plain", "arabic", "keep", "gbt15835")
    ):
        return False
    got = quantities(record["text"])
    return not got if record.get("negative") else not found(record, got)


SENTENCES = Path(__file__).resolve().parents[1] / "tests" / "data" / "numbers"


def peers(suites: Path) -> None:
    """Sentences with the right text after zhclean (plain) and after cn2an.transform."""
    from zhclean.numbers import cn2an_adapter

    def ours(text: str) -> str:
        return cleaners()[0].propose(text).patch.apply(text)

    def theirs(text: str) -> str:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return cn2an_adapter.transform(text)
            except (KeyError, ValueError, IndexError):
                return ""

    changing = (SENTENCES / "change.tsv").read_text("utf-8").split("\n")
    staying = (SENTENCES / "stay.txt").read_text("utf-8").split("\n")
    sets: dict[str, list[tuple[str, str]]] = {
        "own sentences that change": [tuple(line.split("\t")) for line in changing if line],  # type: ignore[misc]
        "own sentences that stay": [(line, line) for line in staying if line],
        "tricky negatives": [
            (record["text"], record["text"])
            for record in load(suites, "tricky")
            if record.get("negative")
        ],
        "gbt15835 kept": [
            (record["text"], record["text"])
            for record in load(suites, "gbt15835")
            if record.get("keep_text")
        ],
    }
    print("\n| right text after | of | zhclean | cn2an.transform |\n|---|---|---|---|")
    for name, pairs in sets.items():
        first = sum(ours(text) == wanted for text, wanted in pairs)
        second = sum(theirs(text) == wanted for text, wanted in pairs)
        print(f"| {name} | {len(pairs)} | {first} | {second} |")


def best_of(call: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)


def speed(corpus: Path) -> None:
    from zhclean.numbers import cn2an_adapter

    texts = [path.read_text("utf-8") for path in sorted(corpus.glob("*.txt"))]
    characters = sum(map(len, texts))
    cleaner = cleaners()[0]
    transform = cn2an_adapter.transform
    calls: dict[str, Callable[[], object]] = {
        "cn2an.transform": lambda: [transform(text) for text in texts],
        "zhclean numbers": lambda: [cleaner.propose(text) for text in texts],
        "zhclean quantities": lambda: [quantities(text) for text in texts],
    }
    times: dict[str, list[float]] = {name: [] for name in calls}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # cn2an warns of every numeral it refuses
        for _ in range(9):  # interleaved, so that a busy machine slows all of them
            for name, call in calls.items():
                times[name].append(best_of(call, 1))
    medians = {name: sorted(each)[len(each) // 2] for name, each in times.items()}
    print("\n| corpus of", characters, "characters | median seconds | ratio |\n|---|---|---|")
    for name, seconds in medians.items():
        print(f"| {name} | {seconds:.4f} | {medians['cn2an.transform'] / seconds:.1f} |")
    print("\n| pump | 10^5 s | 10^6 s | ratio |\n|---|---|---|---|")
    for unit in (
        "一",
        "1,",
        "万",
        "十",
        "3-",
        "百分之",
        "零",
        "1.",
        "二〇",
        "几十",
        "一百",
        "亿元",
        "1万",
        "5元",
        "(",
        "一个",
        "点五",
        "-1",
        "三、",
        "1 ",
    ):
        small, large = (unit * (size // len(unit)) for size in (10**5, 10**6))
        first = best_of(lambda: cleaner.propose(small), 2)  # noqa: B023
        second = best_of(lambda: cleaner.propose(large), 1)  # noqa: B023
        print(f"| `{unit}` | {first:.3f} | {second:.3f} | {second / first:.1f} |")


def times() -> None:
    """Print the rates of the stage on new texts, beside cn2an's own rewriting."""
    from zhclean.numbers import cn2an_adapter

    def transform(text: str) -> None:
        for line in text.split("\n"):
            with suppress(KeyError, ValueError, IndexError):  # numerals that it does not know
                cn2an_adapter.transform(line)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # cn2an warns of every numeral it refuses
        print_times(cleaners()[0], {"cn2an.transform": transform, "zhclean quantities": quantities})


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--suites", type=Path, default=SHARED / "devset" / "numbers")
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus")
    parser.add_argument(
        "--failures", metavar="SUITE", help="list what is wrong in suites whose name begins so"
    )
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--time", action="store_true", help="only time it, beside cn2an")
    arguments = parser.parse_args()
    if arguments.time:
        times()
        return
    print("| suite | right | of | % | floor |\n|---|---|---|---|---|")
    for name, outcome in outcomes(arguments.suites):
        right = sum(good for _, good in outcome)
        floor = FLOORS.get(name)
        share = 100 * right / max(1, len(outcome))
        print(
            f"| {name} | {right} | {len(outcome)} | {share:.1f} | {floor if floor is not None else ''} |"
        )
        if arguments.failures is not None and name.startswith(arguments.failures):
            for record, good in outcome:
                if not good:
                    got = [
                        (q.text, str(q.value), str(q.low), str(q.high), q.unit)
                        for q in quantities(record["text"])
                    ]
                    wanted = record.get("item") or [
                        {key: each.get(key) for key in ("text", "value", "lo", "hi", "unit")}
                        for each in record["expect"] or ()
                    ]
                    print(
                        "   ",
                        record["id"],
                        record["text"][:60],
                        "\n        wanted",
                        wanted,
                        "\n        got",
                        got,
                    )
    peers(arguments.suites)
    if not arguments.no_speed:
        speed(arguments.corpus)


if __name__ == "__main__":
    main()
