"""Every example of every boilerplate rule, through the cleaner alone."""

from __future__ import annotations

import pytest

from zhclean.boilerplate.cleaner import Boilerplate
from zhclean.boilerplate.data import read_data
from zhclean.boilerplate.gating import anchors_of, as_json, rows_of, trigger_of
from zhclean.boilerplate.hints import OTHERS, WITHIN
from zhclean.boilerplate.notices import load_notices
from zhclean.boilerplate.reading import read_packs
from zhclean.boilerplate.triggers import load_triggers
from zhclean.rules import Change, Flagged, Rule, builtin_packs

RULES = [rule for pack in builtin_packs("boilerplate") for rule in pack.rules]


def _clean(rule: Rule, text: str) -> tuple[str, set[str]]:
    patch = Boilerplate(**rule.options).propose(text).patch
    codes = {code for edit in patch.edits(text) for code in edit.rules}
    return patch.apply(text), codes


@pytest.mark.parametrize(
    ("rule", "example"),
    [(rule, example) for rule in RULES for example in rule.change],
    ids=lambda value: value.code if isinstance(value, Rule) else "",
)
def test_removes_its_examples(rule: Rule, example: Change) -> None:
    text, codes = _clean(rule, example.before)
    assert text == example.after
    assert rule.code in codes


@pytest.mark.parametrize(
    ("rule", "example"),
    [(rule, example) for rule in RULES for example in rule.leave],
    ids=lambda value: value.code if isinstance(value, Rule) else "",
)
def test_leaves_what_only_looks_like_it(rule: Rule, example: str) -> None:
    assert _clean(rule, example) == (example, set())


@pytest.mark.parametrize(
    ("rule", "example"),
    [(rule, example) for rule in RULES for example in rule.flag],
    ids=lambda value: value.code if isinstance(value, Rule) else "",
)
def test_flags_its_examples(rule: Rule, example: Flagged) -> None:
    flags = Boilerplate(**rule.options).propose(example.text).flags
    spans = [example.text[flag.start : flag.end] for flag in flags if flag.rule == rule.code]
    assert tuple(spans) == example.spans


def test_the_packs_read_ahead_are_the_packs() -> None:
    packs = read_packs()
    assert load_notices().to_json() == packs.to_json(), "run tools/build_notices.py"
    triggers = [trigger_of(anchor)[:3] for anchor, _ in rows_of(packs)]
    assert [one[:3] for one in load_triggers()[1:]] == triggers, "run tools/build_notices.py"
    for name, within in ((WITHIN, True), (OTHERS, False)):
        numbers = anchors_of(packs, within_body=within)
        assert read_data(name) == as_json(numbers), "run tools/build_notices.py"
