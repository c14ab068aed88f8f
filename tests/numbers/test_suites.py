"""The floors of the labelled suites; they may only rise."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import quantities as benchmark


def test_floors(shared: Path) -> None:
    suites = shared / "devset" / "numbers"
    if not suites.is_dir():
        pytest.skip(f"needs {suites}")
    low = []
    for name, outcome in benchmark.outcomes(suites):
        floor = benchmark.FLOORS.get(name)
        share = 100 * sum(good for _, good in outcome) / len(outcome)
        if floor is not None and share < floor:
            low.append((name, share, floor))
    assert low == []
