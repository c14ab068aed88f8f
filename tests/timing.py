"""Is the time linear? Asked so that a busy machine does not answer."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

__all__ = ["assert_linear"]

#: How much more than proportional the time may grow; quadratic work grows by the factor itself.
_SLACK = 2.5
_ATTEMPTS = 4
#: Shorter times say more about the clock than about the code.
_SHORTEST = 0.002
#: Longer ones are measured once an attempt.
_LONG = 0.1


def assert_linear(run: Callable[[int], object], size: int, factor: int = 10) -> None:
    """Raise `AssertionError` if `run(factor * size)` takes far longer than `factor` runs of `size`.

    One good attempt suffices: whatever else the machine does can spoil an attempt, but
    nothing makes quadratic work look linear.
    """

    def seconds(count: int) -> float:
        begin = process_time()
        run(count)
        return process_time() - begin

    run(size)  # tables that are loaded once
    gc.freeze()  # what the tests before have left is not gone through again
    try:
        ratios = []
        for _ in range(_ATTEMPTS):
            small = seconds(size)
            if small < _LONG:
                small = max(min(small, seconds(size), seconds(size)), _SHORTEST)
            ratios.append(seconds(factor * size) / small)
            if ratios[-1] < factor * _SLACK:
                return
    finally:
        gc.unfreeze()
    raise AssertionError(f"{factor} times the size takes {min(ratios):.0f} times as long")
