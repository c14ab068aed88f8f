"""Fixtures that every test may use."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# The first example loads tables, and the machine may be busy: time is asked in tests of its own.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

_BESIDE = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents and labelled sets; tests that need it skip where it is not.

    It is not part of the project: `ZHCLEAN_SHARED` names it, else `../shared` beside the checkout.
    """
    folder = Path(os.environ.get("ZHCLEAN_SHARED", _BESIDE))
    if not folder.is_dir():
        pytest.skip(f"needs the evaluation data in {folder} (set ZHCLEAN_SHARED)")
    return folder


@pytest.fixture
def signals_arrive() -> Iterator[None]:
    """Signals that a background job or `nohup` has the tests ignore are not ignored by a child."""
    before = {sent: signal.getsignal(sent) for sent in (signal.SIGINT, signal.SIGHUP)}
    for sent, handler in before.items():
        if handler is signal.SIG_IGN:
            signal.signal(sent, signal.SIG_DFL)
    yield
    for sent, handler in before.items():
        signal.signal(sent, handler)
