"""Examples: the gallery of the docs shows what the library does; a rule is held to its own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest

import zhclean
from zhclean import Flag, Patch, Proposal
from zhclean.examples import broken_examples
from zhclean.rules import load_pack

_GALLERY = Path(__file__).parents[2] / "docs" / "examples" / "gallery.toml"
_EXAMPLES: list[dict[str, Any]] = tomllib.loads(_GALLERY.read_text("utf-8"))["example"]


@pytest.mark.parametrize("example", _EXAMPLES, ids=[example["title"] for example in _EXAMPLES])
def test_gallery(example: dict[str, Any]) -> None:
    result = zhclean.pipeline(to=example.get("to")).analyze(example["before"])
    assert result.text == example["after"]
    assert [flag.kind for flag in result.flags] == example["flags"]


@dataclass(frozen=True)
class Toy:
    """Takes 甲 away and flags 乙."""

    stage: ClassVar[str] = "boilerplate"

    def propose(self, text: str) -> Proposal:
        edits = [(at, at + 1, "", "B901") for at, char in enumerate(text) if char == "甲"]
        flags = [Flag(at, at + 1, "toy", "B901") for at, char in enumerate(text) if char == "乙"]
        return Proposal(Patch.of(edits), tuple(flags))


@pytest.mark.parametrize(
    ("examples", "problems"),
    [
        ("change = [{ before = '甲丙', after = '丙' }]", []),
        (
            "change = [{ before = '甲丙', after = '丁' }]",
            ["makes '丙' of '甲丙', not '丁'"],
        ),
        ("change = [{ before = '丙', after = '丁' }]", ["does not change '丙'"]),
        ("flag = [{ text = '丙乙', spans = ['乙'] }]", []),
        ("flag = [{ text = '乙丙', spans = ['丙'] }]", ["flags ['乙'] in '乙丙', not ['丙']"]),
        ("flag = [{ text = '丙丁', spans = ['丁'] }]", ["flags [] in '丙丁', not ['丁']"]),
        ("leave = ['丙', '丁甲', '丁乙']", ["does not leave '丁甲'", "flags '丁乙'"]),
    ],
)
def test_examples_that_are_not_borne_out_are_told(examples: str, problems: list[str]) -> None:
    text = "\n".join(
        [
            *("[pack]", "name = 'toy'", "stage = 'boilerplate'", "[[rule]]", "code = 'B901'"),
            *("name = 'toy'", "why = 'to see'", "safe = true", "without_example = ' '", examples),
        ]
    )
    (rule,) = load_pack(text, "toy.toml").rules
    assert list(broken_examples(rule, zhclean.Pipeline([Toy()]))) == problems
