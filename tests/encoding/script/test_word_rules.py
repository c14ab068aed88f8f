"""The words that context decides are read from packs: a slip in one is told with file and line."""

from __future__ import annotations

import json

import pytest

from zhclean.encoding.script import word_rules
from zhclean.errors import RuleError
from zhclean.rules import load_pack

CASE = "[[rule.cases]]\nwords = ['指標']\nvalue = '指针'\nbehind = '變數'"


def read(*rules: str) -> str:
    header = "[pack]\nname = 'toy'\nstage = 'script'\n"
    texts = (
        f"[[rule]]\ncode = 'S90{number}'\nname = 'toy'\nwhy = 'to see'\nsafe = true\n"
        f"without_example = ' '\ntargets = ['zh-Hans-CN']\n{rule}\n"
        for number, rule in enumerate(rules)
    )
    pack = load_pack(header + "".join(texts), "toy.toml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_rules, "builtin_packs", lambda _stage: (pack,))
        return word_rules.read_packs()


def test_words_cases_and_registers_are_read() -> None:
    found = json.loads(
        read(f"computing_register = ['記憶體']\n[rule.words]\n'指標' = '指标'\n{CASE}")
    )
    assert found == {
        "words": {"zh-Hans-CN": {"指標": ["指标", "S900", [["指针", None, "變數", None]]]}},
        "computing": {"zh-Hans-CN": {}},
        "computing_register": ["記憶體"],
    }


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (["[rule.words]\n'指標' = 1"], "S900: 指標: the value must be a string"),
        (["[rule.words]\n'程式' = '程序'\n" + CASE], "S900: a case for '指標', not in 'words'"),
        (["[rule.computing]\n'建立' = '创建'"], "S900: 'computing' has '建立', not in 'words'"),
        (["[rule.words]\n'指標' = '指标'"] * 2, "S901: 指標 has a rule already"),
        (
            ["[rule.words]\n'指標' = '指标'\n" + CASE.replace("behind", "beside")],
            "S900: case: needs 'words', 'value' and one of",
        ),
        (
            ["[rule.words]\n'指標' = '指标'\n" + CASE.replace("變數", "(")],
            "S900: case: not a pattern: missing",
        ),
    ],
)
def test_a_slip_is_told(rules: list[str], message: str) -> None:
    with pytest.raises(RuleError, match=f"^toy.toml:[0-9]+: {message}"):
        read(*rules)
