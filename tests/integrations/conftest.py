"""Ray's own folder for these tests, so that no other cluster is found and none of theirs stays."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _ray_alone() -> Iterator[None]:
    # `ray.init()` joins the cluster that a file in the temporary folder names, also when
    # that cluster was killed long ago. Ray's sockets are in the folder too, so that pytest's
    # own temporary folders are too long for it.
    folder = tempfile.mkdtemp(prefix="zh")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_TMPDIR", folder)
        patch.setenv("RAY_ADDRESS", "local")
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        yield
    shutil.rmtree(folder, ignore_errors=True)
