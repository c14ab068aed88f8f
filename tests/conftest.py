"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
