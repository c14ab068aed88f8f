"""Exactness of the numbers stage at length: value -> text -> value, and beside cn2an.

    python tests/campaigns/numbers_exactness.py [--amounts 1000000] [--integers 1000000] [--large 100000]

Prints the deviations found and exits 1 if there are any. `tests/numbers/test_exactness.py`
runs a slice of it.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.numbers import forms
from zhclean.numbers import cleaners, cn2an_adapter, numerals, quantities

UNITS = ("元", "吨", "平方米", "人次", "亩", "户", "件", "%", "美元", "公里")


def random_value(source: random.Random) -> Decimal:
    """Whole numbers and decimals of every size, round ones among them."""
    whole = source.randrange(1, 10 ** source.randint(1, 16))
    if source.random() < 0.3:
        whole -= whole % 10 ** source.randint(0, len(str(whole)) - 1)
    if source.random() < 0.5:
        return Decimal(max(1, whole))
    places = source.randint(1, 4)
    return Decimal(whole % 10**6) + Decimal(source.randrange(1, 10**places)).scaleb(-places)


def deviation(written: str, unit: str, value: Decimal) -> str | None:
    """What is wrong with reading `written` before `unit`, if anything is."""
    text = f"合计{written}{unit}，"
    found = quantities(text)
    if len(found) != 1 or found[0].value != value or found[0].text != written + unit:
        return f"{text} read as {found}, not {value}"
    cleaned = cleaners()[0].propose(text).patch.apply(text)
    again = quantities(cleaned)
    if len(again) != 1 or again[0].value != value:
        return f"{text} became {cleaned}, read as {again}"
    return None


def amounts(count: int, seed: int = 0) -> Iterator[str]:
    """The deviations among `count` random amounts, each in one random form."""
    source = random.Random(seed)
    for _ in range(count):
        value = random_value(source)
        if value == value.to_integral_value():
            written = source.choice(list(forms.whole_forms(int(value))))
        else:
            written = source.choice(list(forms.decimal_forms(value)))
        wrong = deviation(written, source.choice(UNITS), value)
        if wrong is not None:
            yield wrong


def integers(values: Iterator[int] | range) -> Iterator[str]:
    """The deviations of whole numbers from cn2an: its text read here, our text read there."""
    for value in values:
        for form in ("low", "up"):
            written = cn2an_adapter.written(value, form)
            numeral = numerals.read(written, 0)
            if (
                numeral is None
                or numeral.end != len(written)
                or numeral.low != value
                or numeral.vague
            ):
                yield f"{written} ({value}) read as {numeral}"
        if cn2an_adapter.value(forms.chinese(value)) != value:
            yield f"{forms.chinese(value)}: cn2an reads {cn2an_adapter.value(forms.chinese(value))}"


def large(count: int, seed: int = 0) -> Iterator[int]:
    source = random.Random(seed)
    for _ in range(count):
        yield source.randrange(10**6, 10**16)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--amounts", type=int, default=10**6)
    parser.add_argument("--integers", type=int, default=10**6)
    parser.add_argument("--large", type=int, default=10**5)
    arguments = parser.parse_args()
    total = 0
    for title, deviations in (
        (f"{arguments.amounts} random amounts", amounts(arguments.amounts)),
        (
            f"integers 0 to {arguments.integers} beside cn2an",
            integers(range(arguments.integers + 1)),
        ),
        (f"{arguments.large} integers up to 10^16 beside cn2an", integers(large(arguments.large))),
    ):
        count = 0
        for line in deviations:
            count += 1
            if count <= 10:
                print("   ", line)
        print(f"{title}: {count} deviations", flush=True)
        total += count
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
