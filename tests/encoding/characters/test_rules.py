"""The examples of the characters pack, run through the cleaner alone."""

from __future__ import annotations

import pytest

from zhclean.encoding.characters import Characters
from zhclean.rules import Rule, builtin_packs

RULES = [
    rule for pack in builtin_packs("encoding") if pack.name == "characters" for rule in pack.rules
]


def clean(text: str, rule: Rule) -> str:
    return Characters(**rule.options).propose(text).patch.apply(text)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples(rule: Rule) -> None:
    for example in rule.change:
        proposal = Characters(**rule.options).propose(example.before)
        assert proposal.patch.apply(example.before) == example.after
        assert any(rule.code in codes for codes in proposal.patch.rules)
        assert not Characters(**rule.options).propose(example.after).patch
    for flagged in rule.flag:
        flags = Characters(**rule.options).propose(flagged.text).flags
        assert [flagged.text[flag.start : flag.end] for flag in flags] == list(flagged.spans)
    for text in rule.leave:
        assert clean(text, rule) == text
