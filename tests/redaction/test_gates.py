"""The cheap searches in front of the rules never change what the rules find."""

from __future__ import annotations

import json
import re
from functools import cache
from random import Random

import pytest

from tests.promises.inputs import random_text
from tools.build_redaction import build, lexicon
from zhclean.edits import NOTHING, Flag
from zhclean.redaction import blanks, cleaner, cleaners
from zhclean.redaction.ahead import LEXICON, PATTERNS, read_ahead
from zhclean.redaction.pattern_rules import rows
from zhclean.redaction.patterns import Row, find_patterns
from zhclean.rules import builtin_packs
from zhclean.triggers import Gate

ANY = re.compile(r"(?s:.)|\Z")
EXAMPLES = [
    text
    for pack in builtin_packs("redaction")
    for rule in pack.rules
    for text in (
        *(one.text for one in rule.flag),
        *(one.before for one in rule.change),
        *rule.leave,
    )
]


def glued(random: Random) -> str:
    """Words of the pattern rules, one behind the other: nearly what they look for."""
    row = random.choice(rows())
    words = [*row.after, *row.unless, *re.findall("[一-鿿]+|[0-9]+", row.find)]
    marks = "，。、；：%％年月日个人家次在的xX×*_ 　()（）〔〕-@0129\n"
    return "".join(
        random.choice([random.choice(words or ["某"]), random.choice(marks)])
        for _ in range(random.randrange(1, 12))
    )


TEXTS = [
    *(random_text(Random(seed)) for seed in range(600)),
    *(glued(Random(seed)) for seed in range(900)),
    *EXAMPLES,
    "完成投资2023万元，新增企业2023家、岗位2023个。2023年，",
    "共2023年级、120230件、2023.5亿元；2013至2023户",
    "请在此处填写（姓名）和${电话}，由【联系人】于[填写日期]签字",
]


@cache
def compiled(row: Row) -> re.Pattern[str]:
    return re.compile(row.find)


def find_everywhere(text: str, support: str) -> list[Flag]:
    return [
        flag
        for row in rows()
        if row.support == support
        for match in compiled(row).finditer(text)
        if row.allows(text, match.start())
        for flag in row.flags(match)
    ]


@pytest.mark.parametrize("support", ["", "mask", "dropped"])
def test_patterns_are_found_wherever_they_are(support: str) -> None:
    found = [find_patterns(text, support) for text in TEXTS]
    assert found == [find_everywhere(text, support) for text in TEXTS]
    assert any(found)


def test_gates_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    gated = [cleaner.find_holes(text) for text in TEXTS]
    monkeypatch.setattr(cleaner, "expression", lambda name: ANY)
    assert [cleaner.find_holes(text) for text in TEXTS] == gated
    monkeypatch.setattr(blanks, "expression", lambda name: ANY)
    assert [cleaner.find_holes(text) for text in TEXTS] == gated
    assert any(gated)


@pytest.mark.parametrize("spinning", [False, True])
def test_who_finds_something_has_a_trigger(spinning: bool) -> None:
    (stage,) = cleaners(spinning=spinning)
    gate = Gate([stage.triggers()])
    for text in TEXTS:
        assert gate.scan(text) or stage.propose(text) == NOTHING, text


def test_the_packs_are_read_ahead() -> None:
    fresh = json.loads(json.dumps(build()))
    written = read_ahead(PATTERNS)
    assert read_ahead(LEXICON) == lexicon(), "run tools/build_redaction.py"
    # Which of a row's characters is looked for follows clean text, which may have changed.
    for name in ("rows", "signs"):
        assert written[name] == fresh[name], "run tools/build_redaction.py"
