"""A slice of the campaign of random command lines, and what --help tells about them."""

from __future__ import annotations

import pytest

from tests.campaigns.arguments import outcomes
from tests.cli.command import zhclean
from zhclean.boilerplate.levels import LEVELS
from zhclean.encoding.script.targets import TARGETS
from zhclean.numbers.triggers import STYLES
from zhclean.pipeline import PRESETS, STAGES


def test_whatever_is_asked_there_is_an_answer() -> None:
    statuses = set()
    for arguments, status, wrong in outcomes(seed=7, count=40):
        assert wrong is None, arguments
        statuses.add(status)
    assert statuses >= {0, 2}


@pytest.mark.parametrize("command", [(), ("corpus", "run")], ids=" ".join)
def test_help_names_every_value(command: tuple[str, ...]) -> None:
    """None is broken at a hyphen, however narrow the terminal."""
    page = zhclean(*command, "--help", COLUMNS="60").stdout.decode()
    words = set(page.replace(",", " ").replace("(", " ").split())
    assert words >= {*STAGES, *TARGETS, *STYLES, *LEVELS, *PRESETS}


@pytest.mark.parametrize(
    "command",
    ["", "explain", "rules", "quantities", "discover", "corpus", "corpus run", "corpus status"],
)
def test_every_command_says_what_it_does(command: str) -> None:
    run = zhclean(*command.split(), "--help")
    assert run.returncode == 0
    usage, what = run.stdout.decode().split("\n\n")[:2]
    assert usage.startswith(f"usage: zhclean {command}".rstrip())
    assert what[0].isupper()
    assert all(len(line) <= 100 for line in run.stdout.decode().splitlines())
