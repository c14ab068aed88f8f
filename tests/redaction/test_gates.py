"""The cheap searches in front of the rules never change what the rules find."""

from __future__ import annotations

import json
import re
from functools import cache
from random import Random

import pytest

from tests.promises.inputs import random_text
from tools.build_redaction import count_units, leads, lexicon, rows, rows_ahead
from zhclean.edits import NOTHING, Flag
from zhclean.redaction import cleaner, cleaners, signs
from zhclean.redaction.ahead import LEXICON, PATTERNS, read_ahead
from zhclean.redaction.patterns import Row, Sight, find_patterns
from zhclean.rules import builtin_packs
from zhclean.triggers import Gate

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


def everywhere(text: str) -> Sight:
    numbers = [number for number, row in enumerate(rows()) if not row.support]
    return Sight({number: [(0, len(text))] for number in numbers}, {*signs.FINDERS})


def test_gates_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    gated = [cleaner.find_holes(text) for text in TEXTS]
    monkeypatch.setattr(cleaner, "look", everywhere)
    assert [cleaner.find_holes(text) for text in TEXTS] == gated
    assert any(gated)


@pytest.mark.parametrize("spinning", [False, True])
def test_who_finds_something_has_a_trigger(spinning: bool) -> None:
    (stage,) = cleaners(spinning=spinning)
    gate = Gate([stage.triggers()])
    for text in TEXTS:
        assert gate.scan(text) or stage.propose(text) == NOTHING, text


def test_the_packs_are_read_ahead() -> None:
    written = read_ahead(PATTERNS)
    again = "run tools/build_redaction.py"
    assert read_ahead(LEXICON) == lexicon(), again
    assert written["rows"] == json.loads(json.dumps(rows_ahead())), again
    assert written["units"] == count_units(), again
    # Which of a row's characters is looked for follows clean text, which may have changed.
    finders = [(one, (name, 0, 0)) for name, table in signs.FINDERS.items() for one in table]
    for lead, entries in leads(finders).items():
        known = [
            entry for entry in written["spots"][""]["leads"][lead] if entry[0] in signs.FINDERS
        ]
        assert known == entries, again
