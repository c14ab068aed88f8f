"""The check of the promises finds what breaks them, and the campaign says what it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import ClassVar

import pytest

from tests.campaigns import promises
from tests.promises import check as checking
from tests.promises.inputs import random_bytes, random_text
from zhclean import NOTHING, Flag, Patch, Pipeline, Proposal
from zhclean.errors import EditError
from zhclean.triggers import Trigger


@dataclass(frozen=True)
class Broken:
    """A cleaner that does what the test wants it to."""

    does: Callable[[str], Proposal]
    leads: str | None = None
    stage: ClassVar[str] = "encoding"

    def propose(self, text: str) -> Proposal:
        return self.does(text)

    def triggers(self) -> tuple[Trigger, ...]:
        return (Trigger(self.leads),) if self.leads else (Trigger("^"),)


def replaces(before: str, after: str) -> Callable[[str], Proposal]:
    def propose(text: str) -> Proposal:
        place = text.find(before)
        if place < 0:
            return NOTHING
        return Proposal(Patch.of([(place, place + len(before), after, "X001")]), ())

    return propose


@dataclass
class Forgetful:
    """Cleans the first time that it sees a text, and later no more."""

    seen: set[str] = field(default_factory=set)

    def __call__(self, text: str) -> Proposal:
        if text in self.seen or "甲" not in text:
            return NOTHING
        self.seen.add(text)
        return replaces("甲", "乙")(text)


def fails(text: str) -> Proposal:
    if "\0" in text:
        raise ValueError("NUL")
    return NOTHING


BROKEN = {
    "raises": [Broken(fails)],
    "undo each other": [Broken(replaces("甲", "乙")), Broken(replaces("乙", "甲"))],
    "depends on what was before": [Broken(Forgetful())],
    "has a trigger that is not necessary": [Broken(replaces("甲", "乙"), leads="丙")],
    "flags beyond the end": [
        Broken(lambda text: Proposal(Patch(), (Flag(0, len(text) + 1, "kind", "X001"),)))
    ],
    "has a flag without a rule": [
        Broken(lambda text: Proposal(Patch(), (Flag(0, 0, "kind", ""),)))
    ],
}


@pytest.fixture
def break_it(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def break_it(how: str) -> None:
        pipe = Pipeline(tuple(BROKEN[how]))
        monkeypatch.setattr(checking, "pipelines", lambda searches=True: {how: pipe})
        checking._tables.cache_clear()

    return break_it


@pytest.mark.parametrize("how", BROKEN)
def test_a_cleaner_that_breaks_a_promise_is_found(
    how: str, break_it: Callable[[str], None]
) -> None:
    break_it(how)
    with pytest.raises((AssertionError, ValueError, EditError)):
        checking.check("子甲\0丑", how)


def test_a_good_cleaner_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = Pipeline((Broken(replaces("甲", "乙"), leads="甲"),))
    monkeypatch.setattr(checking, "pipelines", lambda searches=True: {"good": pipe})
    results = checking.check_many(["子甲", "甲" * 3, "", "丑" * 300], "good")
    assert [result.text for result in results] == ["子乙", "乙" * 3, "", "丑" * 300]


def test_the_campaign_shortens_what_it_finds(
    break_it: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    break_it("raises")
    monkeypatch.setattr(promises, "pipelines", lambda searches=True: ["raises"])
    monkeypatch.setattr(promises, "random_text", lambda random: "子丑" * 20 + "\0" + "寅" * 9)
    monkeypatch.setattr(promises, "random_bytes", lambda random: b"")
    monkeypatch.setattr(promises, "BATCH", 1)
    monkeypatch.setattr(promises, "_DEFAULT", "raises")
    failures, _ = promises.run_batch(3)
    assert [(failure.pipeline, failure.source) for failure in failures] == [("raises", "'\\x00'")]
    assert failures[0].kind.startswith("ValueError")


@pytest.mark.parametrize("text", ["甲", "子甲", "甲" * 50, "子丑甲寅卯乙辰" * 7])
def test_shortened_as_far_as_it_goes(text: str) -> None:
    assert promises.shorten(text, lambda one: "甲" in one) == "甲"
    assert promises.shorten(text.encode(), lambda one: b"\xe7\x94\xb2" in one) == "甲".encode()


def test_a_campaign_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state.json"
    seeds: list[int] = []

    class Alone:
        """A pool of this process."""

        def __init__(self, jobs: int) -> None: ...
        def __enter__(self) -> Alone:
            return self

        def __exit__(self, *_: object) -> None: ...

        imap = staticmethod(map)

    def run_batch(seed: int, searches: bool = True) -> tuple[list[promises.Failure], float]:
        seeds.append(seed)
        return [promises.Failure("wrong", "default", "''")] if seed == 7_000_001 else [], 1.0

    monkeypatch.setattr(promises, "Pool", Alone)
    monkeypatch.setattr(promises, "run_batch", run_batch)
    monkeypatch.setattr(promises, "_commit", lambda: "abc")
    for inputs in (1000, 2000):
        command = f"promises --seed 7 --inputs {inputs} --state {state}"
        monkeypatch.setattr(sys, "argv", command.split())
        assert promises.main() == 1
    assert seeds == [7_000_000, 7_000_001, 7_000_002, 7_000_003]
    (run,) = json.loads(state.read_text("utf-8")).values()
    assert run == {"inputs": 2000, "seconds": 4.0, "failures": [["wrong", "default", "''"]]}
    assert capsys.readouterr().out.count("wrong") == 1


def test_inputs_are_bred_for_coverage(tmp_path: Path) -> None:
    pytest.importorskip("atheris")
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.campaigns.coverage_fuzz",
            "--seconds",
            "5",
            "--first",
            "9",
            "--corpus",
            str(tmp_path),
        ],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "stat::number_of_executed_units" in run.stderr
    assert len(list(tmp_path.iterdir())) >= 9


def test_the_inputs_of_a_seed_are_always_the_same() -> None:
    for make in (random_text, random_bytes):
        assert [make(Random(seed)) for seed in range(50)] == [
            make(Random(seed)) for seed in range(50)
        ]
