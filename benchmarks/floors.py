"""Pinned floors: the scores of every set of gold that must not be undercut, in a TOML file.

    [boilerplate]
    gold = "…"                      # the fingerprint of the files that the scores are measured on
    [boilerplate.floors]
    "recall" = 91.2345              # percent, four decimals, rounded down

    [[lowered]]                     # what was ever taken back, and why
    name = "boilerplate/recall"
    before = 92.0000
    after = 91.2345
    reason = "…"

Every score is a share of which more is better, so one comparison serves them all.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

HEADER = """\
# The floors of `python -m benchmarks.gate`, in percent. Written by that command: --raise lifts
# them, --lower NAME --reason TEXT takes one back, --repin --reason TEXT follows a change of the
# gold, whose fingerprint is `gold`.
"""


class Figure(NamedTuple):
    """One score: `right` of `of`; all of nothing counts as all."""

    name: str
    right: int
    of: int

    @property
    def percent(self) -> float:
        """The share in percent, rounded down to four decimals, as the file holds it."""
        return 1_000_000 * self.right // self.of / 10_000 if self.of else 100.0


@dataclass(slots=True)
class Pinned:
    """The floors of one set, and the fingerprint of the gold that they were measured on."""

    gold: str
    floors: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lowered:
    """A floor that was taken back: from `before` to `after`, or off the list (`after` None).

    Sets that were pinned on other gold have neither.
    """

    name: str
    reason: str
    before: float | None = None
    after: float | None = None


@dataclass(slots=True)
class Floors:
    """The contents of the file."""

    sets: dict[str, Pinned] = field(default_factory=dict)
    lowered: list[Lowered] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one set scores now."""

    gold: str
    figures: tuple[Figure, ...]


class Row(NamedTuple):
    """One figure beside its floor; either may be missing."""

    name: str
    floor: float | None
    now: float | None

    @property
    def fell(self) -> bool:
        """Below its floor, or no longer measured."""
        return self.floor is not None and (self.now is None or self.now < self.floor)

    @property
    def rose(self) -> bool:
        """Above its floor, or without one."""
        return self.now is not None and (self.floor is None or self.now > self.floor)


def read(path: Path) -> Floors:
    """The floors in a file; none if there is no file."""
    if not path.exists():
        return Floors()
    data = tomllib.loads(path.read_text("utf-8"))
    lowered = [Lowered(**entry) for entry in data.pop("lowered", [])]
    return Floors({name: Pinned(**entry) for name, entry in data.items()}, lowered)


def write(path: Path, floors: Floors) -> None:
    """Write the file; the same floors give the same bytes."""
    path.write_text("\n".join(_lines(floors)) + "\n", "utf-8")


def _lines(floors: Floors) -> Iterator[str]:
    yield HEADER.rstrip("\n")
    for name, pinned in floors.sets.items():
        yield f"\n[{_quoted(name)}]\ngold = {_quoted(pinned.gold)}\n[{_quoted(name)}.floors]"
        yield from (f"{_quoted(key)} = {value:.4f}" for key, value in pinned.floors.items())
    for entry in floors.lowered:
        yield f"\n[[lowered]]\nname = {_quoted(entry.name)}"
        if entry.before is not None:
            yield f"before = {entry.before:.4f}"
        if entry.after is not None:
            yield f"after = {entry.after:.4f}"
        yield f"reason = {_quoted(entry.reason)}"


def _quoted(text: str) -> str:
    """A TOML basic string: the escapes of JSON are among its own."""
    return json.dumps(text, ensure_ascii=False)


def compare(floors: Floors, measured: Mapping[str, Measured]) -> list[Row]:
    """Every figure of the measured sets beside its floor; a set on other gold has none."""
    rows = []
    for name, now in measured.items():
        pinned = floors.sets.get(name)
        comparable = pinned is not None and pinned.gold == now.gold
        limits = pinned.floors if pinned is not None and comparable else {}
        figures = {figure.name: figure.percent for figure in now.figures}
        rows += [
            Row(f"{name}/{key}", limits.get(key), figures.get(key)) for key in {**figures, **limits}
        ]
    return rows


def other_gold(floors: Floors, measured: Mapping[str, Measured]) -> list[str]:
    """The sets that are pinned on other gold than they were measured on."""
    return [
        name
        for name, now in measured.items()
        if name in floors.sets and floors.sets[name].gold != now.gold
    ]


def lift(floors: Floors, measured: Mapping[str, Measured]) -> None:
    """Pin what is higher than its floor or has none; sets on other gold stay as they are."""
    for name, now in measured.items():
        pinned = floors.sets.setdefault(name, Pinned(now.gold))
        if pinned.gold != now.gold:
            continue
        for figure in now.figures:
            floor = pinned.floors.get(figure.name, figure.percent)
            pinned.floors[figure.name] = max(floor, figure.percent)


def lower(floors: Floors, measured: Mapping[str, Measured], name: str, reason: str) -> None:
    """Take one floor (`set/figure`) back to what is measured; off the list if nothing is.

    Raises `ValueError` if the figure is not compared here or has not fallen.
    """
    row = next((row for row in compare(floors, measured) if row.name == name), None)
    if row is None:
        raise ValueError(f"{name} is no figure that this run scores")
    if not row.fell:
        raise ValueError(f"{name} has not fallen")
    owner, _, key = name.partition("/")
    if row.now is None:
        del floors.sets[owner].floors[key]
    else:
        floors.sets[owner].floors[key] = row.now
    floors.lowered.append(Lowered(name, reason, row.floor, row.now))


def repin(floors: Floors, measured: Mapping[str, Measured], reason: str) -> None:
    """Pin the sets whose gold is another by now to what they score on it.

    Raises `ValueError` if there is none.
    """
    names = other_gold(floors, measured)
    if not names:
        raise ValueError("every set is pinned on the gold that it was measured on")
    for name in names:
        now = measured[name]
        fresh = {figure.name: figure.percent for figure in now.figures}
        floors.sets[name] = Pinned(now.gold, fresh)
    floors.lowered.append(Lowered(", ".join(names), reason))
