"""What the packs of the stage hold beside rules is checked: a slip is told with file and line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from zhclean.encoding.annotated import rules as annotated
from zhclean.encoding.characters import pack as characters
from zhclean.encoding.escapes import table as escapes
from zhclean.encoding.misreads import sentinels
from zhclean.encoding.misreads import table as misreads
from zhclean.errors import RuleError
from zhclean.rules import Pack, load_pack


def pack(*lines: str, header: str = "") -> Pack:
    """A pack of one rule, whose own keys are these lines."""
    code, *own = lines
    text = "\n".join(
        [
            *("[pack]", "name = 'toy'", "stage = 'encoding'", header, "[[rule]]"),
            *(f"code = '{code}'", "name = 'toy'", "why = 'to fail'", "safe = true"),
            *("without_example = 'it fails'", *own),
        ]
    )
    return load_pack(text, "toy.toml", stage="encoding")


def read_annotated() -> object:
    return annotated.rule_data.__wrapped__("E111")


def read_characters() -> object:
    return characters.pairs_of("E305", "pairs")


READERS: list[tuple[Callable[[], object], Pack, str]] = [
    (read_annotated, pack("E111"), "toy.toml:5: E111: 'behind' must be str"),
    (read_annotated, pack("E111", "behind = 7"), "toy.toml:5: E111: 'behind' must be str"),
    (read_annotated, pack("E111", "behind = '高'", "more = 1"), "E111: unknown key 'more'"),
    (read_characters, pack("E305"), "toy.toml:5: E305: 'pairs' must be a string of characters"),
    (read_characters, pack("E305", "pairs = ''"), "'pairs' must be a string of characters"),
    (read_characters, pack("E305", "pairs = 'ab甲'"), "E305: 'pairs' has an odd character"),
    (escapes.escape_data.__wrapped__, pack("E404"), "toy.toml:1: .pack.: 'words' must be a list"),
    (
        escapes.escape_data.__wrapped__,
        pack("E404", "entities = [1]", header="words = []\neveryday_words = []"),
        "E404: 'entities' must be a list of strings",
    ),
    (misreads.rule_chains.__wrapped__, pack("E201", "chains = 1"), "E201: 'chains' must be a list"),
    (
        misreads.rule_chains.__wrapped__,
        pack("E201", "chains = [{ true = 'gbk' }]"),
        "toy.toml:5: E201: a chain is",
    ),
    (
        misreads.rule_chains.__wrapped__,
        pack("E201", "chains = [{ true = 'gbk', wrong = 'utf-8', twice = true }]"),
        "E201: a chain is",
    ),
    (
        misreads.rule_chains.__wrapped__,
        pack("E201", "chains = [{ true = 'gbk', wrong = 'klingon' }]"),
        "toy.toml:5: E201: no codec 'klingon'",
    ),
    (sentinels._rules.__wrapped__, pack("E501", "kind = 'lost'"), "'kind' and 'pattern' must be"),
    (
        sentinels._rules.__wrapped__,
        pack("E501", "kind = 'lost'", "pattern = '('"),
        "toy.toml:5: E501: bad pattern: missing",
    ),
]


@pytest.mark.parametrize(
    ("read", "broken", "message"), READERS, ids=[message for _, _, message in READERS]
)
def test_a_slip_in_a_pack_is_told(
    read: Callable[[], object], broken: Pack, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for home in ("annotated.rules", "escapes.table", "misreads.table", "pack"):
        monkeypatch.setattr(f"zhclean.encoding.{home}.read_pack", lambda _name: broken)
    monkeypatch.setattr(characters, "_rules", lambda: {rule.code: rule for rule in broken.rules})
    with pytest.raises(RuleError, match=message):
        read()
