"""A slice of the campaign of random command lines."""

from __future__ import annotations

from tests.campaigns.arguments import outcomes


def test_whatever_is_asked_there_is_an_answer() -> None:
    statuses = set()
    for arguments, status, wrong in outcomes(seed=7, count=60):
        assert wrong is None, arguments
        statuses.add(status)
    assert statuses >= {0, 2}
