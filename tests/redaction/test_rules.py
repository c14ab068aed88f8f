"""Every example of the redaction packs, through the stage."""

from __future__ import annotations

import pytest

from zhclean.redaction import cleaners
from zhclean.rules import Rule, builtin_packs

RULES = [rule for pack in builtin_packs("redaction") for rule in pack.rules]


def run(rule: Rule, text: str) -> tuple[str, list[tuple[str, str]]]:
    (cleaner,) = cleaners(**rule.options)
    proposal = cleaner.propose(text)
    flags = [(text[flag.start : flag.end], flag.rule) for flag in proposal.flags]
    return proposal.patch.apply(text), flags


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples(rule: Rule) -> None:
    for example in rule.change:
        assert run(rule, example.before)[0] == example.after
    for example in rule.flag:
        flags = run(rule, example.text)[1]
        assert tuple(span for span, _ in flags) == example.spans
        assert rule.code in {code for _, code in flags}
    for text in rule.leave:
        assert run(rule, text) == (text, [])
