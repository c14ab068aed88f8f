"""The gate: what it compares, what it refuses, and the part of it that every test run repeats."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import zhclean
from benchmarks import floors, gate, misreads, never_worse
from benchmarks.floors import Figure, Floors, Measured, Pinned
from benchmarks.gold import GoldSet, generated, labelled

Run = Callable[..., int]


def figures(**right: int) -> tuple[Figure, ...]:
    return tuple(Figure(name, value, 200) for name, value in right.items())


def pinned(**percent: float) -> Floors:
    return Floors({"toy": Pinned("gold", dict(percent))})


def test_a_percentage_is_rounded_down() -> None:
    assert Figure("", 2, 3).percent == 66.6666
    assert Figure("", 199_999, 200_000).percent == 99.9995
    assert Figure("", 0, 0).percent == 100.0
    assert Figure("", -1, 3).percent == -33.3334


def test_every_figure_stands_beside_its_floor() -> None:
    known = pinned(held=50.0, fell=50.0, rose=50.0, gone=50.0)
    now = {"toy": Measured("gold", figures(held=100, fell=99, rose=101, new=1))}
    rows = {row.name: row for row in floors.compare(known, now)}
    assert {name for name, row in rows.items() if row.fell} == {"toy/fell", "toy/gone"}
    assert {name for name, row in rows.items() if row.rose} == {"toy/rose", "toy/new"}
    assert rows["toy/gone"].now is None


def test_other_gold_is_not_compared_and_not_lifted() -> None:
    known = pinned(recall=50.0)
    now = {"toy": Measured("other", figures(recall=20))}
    assert [row for row in floors.compare(known, now) if row.fell] == []
    assert floors.other_gold(known, now) == ["toy"]
    floors.lift(known, now)
    assert known == pinned(recall=50.0)


def test_lifting_never_lowers() -> None:
    known = pinned(recall=50.0, precision=50.0)
    floors.lift(known, {"toy": Measured("gold", figures(recall=20, precision=120, kind=7))})
    assert known == pinned(recall=50.0, precision=60.0, kind=3.5)


def test_lowering_keeps_the_reason() -> None:
    known = pinned(recall=50.0, gone=50.0)
    now = {"toy": Measured("gold", figures(recall=20))}
    floors.lower(known, now, "toy/recall", "a page was labelled wrongly")
    floors.lower(known, now, "toy/gone", "measured elsewhere")
    assert known.sets == pinned(recall=10.0).sets
    assert known.lowered == [
        floors.Lowered("toy/recall", "a page was labelled wrongly", 50.0, 10.0),
        floors.Lowered("toy/gone", "measured elsewhere", 50.0, None),
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [("toy/recall", "has not fallen"), ("toy/recal", "no figure"), ("toy", "no figure")],
)
def test_what_has_not_fallen_is_not_lowered(name: str, message: str) -> None:
    known = pinned(recall=50.0)
    with pytest.raises(ValueError, match=message):
        floors.lower(known, {"toy": Measured("gold", figures(recall=100))}, name, "why")


def test_new_gold_is_pinned_with_a_reason() -> None:
    known = pinned(recall=50.0, gone=1.0)
    now = {"toy": Measured("other", figures(recall=20))}
    floors.repin(known, now, "twelve pages more")
    assert known.sets == {"toy": Pinned("other", {"recall": 10.0})}
    assert known.lowered == [floors.Lowered("toy", "twelve pages more")]
    with pytest.raises(ValueError, match="every set is pinned"):
        floors.repin(known, now, "again")


def test_the_file_holds_what_was_written(tmp_path: Path) -> None:
    known = Floors(
        {"a": Pinned("1", {"exact, \\uXXXX": 12.3456, '"&" — 锟斤拷': 100.0}), "b-c": Pinned("2")},
        [floors.Lowered("a/x", 'so "said"', 2.5, 1.25), floors.Lowered("b-c", "新")],
    )
    path = tmp_path / "floors.toml"
    floors.write(path, known)
    assert floors.read(path) == known
    assert floors.read(tmp_path / "none.toml") == Floors()


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command with one set: `toy(*arguments, right=100)`."""
    gold = tmp_path / "gold.txt"
    gold.write_text("gold", "utf-8")

    def run(*arguments: str, right: int = 100) -> int:
        score = partial(iter, figures(recall=right))
        monkeypatch.setattr(gate, "labelled", lambda _: [])
        monkeypatch.setattr(gate, "generated", lambda: [GoldSet("toy", (gold,), score, True)])
        return gate.main(["--floors", str(tmp_path / "floors.toml"), *arguments])

    return run


def test_a_drop_fails_and_is_shown(toy: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert toy() == 0  # nothing is pinned yet
    assert toy("--raise") == 0
    assert toy(right=99) == 1
    assert "| toy/recall | 50.0000 | 49.5000 |" in capsys.readouterr().out
    assert toy("--raise", right=99) == 1
    assert toy("--lower", "toy/recall", "--reason", "why", right=99) == 0
    assert toy(right=99) == 0


def test_changed_gold_is_reported(
    toy: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toy("--raise")
    (tmp_path / "gold.txt").write_text("more gold", "utf-8")
    assert toy("--raise", right=1) == 0
    assert "another: not compared" in capsys.readouterr().out
    assert toy("--repin", "--reason", "why", right=1) == 0
    assert "another" not in capsys.readouterr().out
    assert toy(right=0) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--lower", "toy/recall"],
        ["--reason", "why"],
        ["--repin", "--reason", " "],
        ["--repin", "--reason", "two\nlines"],
        ["--only", "tóy"],
        ["--shared", "/nowhere"],
    ],
)
def test_wrong_usage(toy: Run, arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        toy(*arguments)


def test_a_figure_that_stands_is_no_reason(toy: Run, capsys: pytest.CaptureFixture[str]) -> None:
    toy("--raise")
    assert toy("--lower", "toy/recall", "--reason", "why") == 2
    assert capsys.readouterr().err.endswith("gate: toy/recall has not fallen\n")


texts = st.text("一二三ab", max_size=80)


@given(texts, texts)
def test_the_distance_is_that_of_the_plain_table(one: str, two: str) -> None:
    assert never_worse.distance(one, two) == misreads.distance(one, two)


def test_never_worse_notices_what_is_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    class Spoiler:
        def clean(self, text: str) -> str:
            return text.replace("好", "坏")

    monkeypatch.setattr(zhclean, "pipeline", lambda *_, **__: Spoiler())
    bad = never_worse.Damaged("toy", "你好吗", "你好吧")
    good = never_worse.Damaged("toy", "你坏吗", "你好吗")
    (restored,) = never_worse.score(iter([bad, good])).values()
    assert (restored.documents, restored.exact, restored.before, restored.after) == (2, 1, 2, 2)
    assert restored.worse == [bad]


def test_the_pinned_file_is_the_command_s_own(tmp_path: Path) -> None:
    copy = tmp_path / "floors.toml"
    pins = floors.read(gate.FLOORS)
    floors.write(copy, pins)
    assert copy.read_bytes() == gate.FLOORS.read_bytes()
    sets = {gold.name for gold in (*labelled(tmp_path), *generated())}
    assert pins.sets.keys() == sets


def test_the_generated_sets_are_pinned_as_they_are() -> None:
    """Who changes the generator runs `--repin --reason TEXT`, lest its floors go uncompared."""
    pins = floors.read(gate.FLOORS).sets
    assert [g.name for g in generated() if pins[g.name].gold != g.fingerprint()] == []


def test_nothing_fell(capsys: pytest.CaptureFixture[str]) -> None:
    status = gate.main(["--quick"])
    assert status == 0, capsys.readouterr().out
