"""Rule packs: every built-in example is run, and a pack with a fault is refused with its line."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.promises.check import check_door
from zhclean import Pipeline, RuleError, pipeline
from zhclean.rules import Change, Rule, catalogue, load_pack, read_pack

RULES = list(catalogue().values())


@cache
def _stage_pipeline(stage: str, options: tuple[tuple[str, Any], ...]) -> Pipeline:
    chosen = dict(options)
    return pipeline(*(() if stage == "pipeline" else (stage,)), **chosen)


def _pipeline_for(rule: Rule) -> Pipeline:
    options = dict(rule.options)
    if rule.stage == "script":
        options.setdefault("to", "zh-Hans")
    return _stage_pipeline(rule.stage, tuple(sorted(options.items())))


def _examples(kind: str) -> list[Any]:
    return [
        pytest.param(rule, example, id=f"{rule.code}-{kind}-{number}")
        for rule in RULES
        for number, example in enumerate(getattr(rule, kind), 1)
    ]


@pytest.mark.parametrize(("rule", "example"), _examples("change"))
def test_a_rule_changes_what_it_says(rule: Rule, example: Any) -> None:
    result = _pipeline_for(rule).analyze(example.before)
    assert result.text == example.after
    assert rule.code in {code for edit in result.edits for code in edit.rules}
    assert result.restore() == example.before


@pytest.mark.parametrize(("rule", "example"), _examples("flag"))
def test_a_rule_flags_what_it_says(rule: Rule, example: Any) -> None:
    result = _pipeline_for(rule).analyze(example.text)
    found = [result.text[flag.start : flag.end] for flag in result.flags if flag.rule == rule.code]
    assert found == list(example.spans)


@pytest.mark.parametrize(("rule", "example"), _examples("change") + _examples("flag"))
def test_the_door_opens_for_an_example(rule: Rule, example: Any) -> None:
    text = example.before if isinstance(example, Change) else example.text
    check_door(_pipeline_for(rule), text)


@pytest.mark.parametrize(("rule", "text"), _examples("leave"))
def test_a_rule_leaves_what_it_says(rule: Rule, text: str) -> None:
    result = _pipeline_for(rule).analyze(text)
    assert [edit for edit in result.edits if rule.code in edit.rules] == []
    assert [flag for flag in result.flags if flag.rule == rule.code] == []


def test_every_rule_says_why_on_one_line() -> None:
    for rule in RULES:
        assert rule.why.strip()
        assert "\n" not in rule.why
        assert rule.name == rule.name.lower()


PACK = """\
[pack]
name = "mine"
stage = "encoding"

[[rule]]
code = "E901"
name = "mine"
why = "Because."
safe = true
change = [{ before = "a", after = "b" }]
leave = ["c"]
"""


def test_a_pack_is_read() -> None:
    pack = load_pack(PACK + "extra = 3\n", "mine.toml")
    (rule,) = pack.rules
    assert (rule.code, rule.where, rule.data) == ("E901", "mine.toml:5", {"extra": 3})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[pack]", "[pack", r"mine.toml:1: not valid TOML"),
        ("safe = true", "safe = 1", r"mine.toml:5: E901: 'safe' must be bool, not int"),
        ('why = "Because."\n', "", r"mine.toml:5: E901: 'why' is missing"),
        ('leave = ["c"]', "", r"mine.toml:5: E901: no example in 'leave'"),
        ('change = [{ before = "a", after = "b" }]', "", r"mine.toml:5: E901: no example"),
        ('"E901"', '"X1"', r"mine.toml:5: code 'X1' is not a capital letter"),
        ('"E901"', '"B901"', r"mine.toml:5: B901: the letter B belongs to stage 'boilerplate'"),
        ('"encoding"', '"nonsense"', r"mine.toml:1: \[pack\]: stage 'nonsense'"),
        ("[[rule]]", "[[rules]]", r"mine.toml:1: no \[\[rule\]\] table"),
        ("[pack]", "[packs]", r"mine.toml:1: no \[pack\] table"),
        ("[[rule]]", "[more]\n[[rule]]", r"mine.toml:1: unknown table or key 'more'"),
        ('leave = ["c"]', "leave = [3]", r"mine.toml:5: E901 leave: 3 is not a string"),
        ("change = [{", "change = [3, {", r"mine.toml:5: E901: 'change' must be a list of tables"),
        (
            'leave = ["c"]',
            'leave = ["c"]\n' + PACK[PACK.index("[[rule]]") :],
            r"mine.toml:12: E901",
        ),
    ],
)
def test_a_pack_with_a_fault_is_refused_with_its_line(old: str, new: str, message: str) -> None:
    assert old in PACK
    with pytest.raises(RuleError, match=message):
        load_pack(PACK.replace(old, new), "mine.toml")


def test_a_pack_of_the_user_is_a_file_or_text(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(PACK, "utf-8")
    assert read_pack(str(path)).rules[0].where == f"{path}:5"
    assert read_pack(PACK).rules[0].where == "<pack>:5"
    path.write_bytes(b"\xd0\xd5")
    for name in (str(path), str(tmp_path), "no\0name"):
        with pytest.raises(RuleError) as caught:
            read_pack(name)
        assert str(caught.value).startswith(f"{name}:1: ")
