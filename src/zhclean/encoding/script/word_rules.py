"""Words that only context can convert, as the rule packs of the stage hold them.

A rule of a `script` pack may hold, beside what every rule has:

    targets = ["zh-Hans-CN"]     # the targets for which its words are decided
    [rule.words]
    "指標" = "指标"              # what the word becomes where no case applies
    [[rule.cases]]
    words = ["指標"]
    value = "指针"
    before = "空|野"             # patterns: what ends right before the word,
    behind = "變數|運算"         #   what begins right behind it,
    near = "記憶體|陣列|函式"    #   what stands within 30 characters on the same line

    [rule.computing]
    "建立" = "创建"              # what it becomes by default in a text about computing

Of the cases of a word the first one that holds decides; a case holds when all its patterns do.
Patterns see the text before conversion. The value "" says that the word is no word there: 程式
in 方程式. A text is about computing when words from the `computing_register` of a rule are
frequent in it; there OpenCC's wording, made by programmers, is usually right.

Reading and checking the packs takes as long as converting a megabyte, so that is done ahead:
`context` reads what tools/build_script_words.py has written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from zhclean.errors import RuleError
from zhclean.rules import Rule, builtin_packs

__all__ = ["read_packs"]

_PATTERNS: Final = ("before", "behind", "near")
_CASE_KEYS: Final = {"words", "value", *_PATTERNS}


def read_packs() -> str:
    """What the built-in packs say of words, as the JSON that `context` reads.

    Raises `RuleError`, beginning with FILE:LINE, if a pack is not as it should be.
    """
    words: dict[str, dict[str, list[Any]]] = {}
    computing: dict[str, dict[str, str]] = {}
    register: list[str] = []
    for rule in (rule for pack in builtin_packs("script") for rule in pack.rules):
        register += rule.data.get("computing_register", ())
        for target in rule.data.get("targets", ()):
            known = words.setdefault(target, {})
            for word, default, cases in _words(rule):
                if word in known:
                    raise RuleError(f"{rule.where}: {rule.code}: {word} has a rule already")
                known[word] = [default, rule.code, cases]
            computing.setdefault(target, {}).update(rule.data.get("computing", {}))
    found = {"words": words, "computing": computing, "computing_register": register}
    return json.dumps(found, ensure_ascii=False, indent=0) + "\n"


def _words(rule: Rule) -> Iterator[tuple[str, str, list[list[str | None]]]]:
    words = rule.data.get("words", {})
    for word in rule.data.get("computing", {}):
        if word not in words:
            raise RuleError(f"{rule.where}: {rule.code}: 'computing' has {word!r}, not in 'words'")
    cases: dict[str, list[list[str | None]]] = {word: [] for word in words}
    for row in rule.data.get("cases", ()):
        case = _case(row, rule)
        for word in row["words"]:
            if word not in cases:
                raise RuleError(f"{rule.where}: {rule.code}: a case for {word!r}, not in 'words'")
            cases[word].append(case)
    for word, default in words.items():
        if not isinstance(default, str):
            raise RuleError(f"{rule.where}: {rule.code}: {word}: the value must be a string")
        yield word, default, cases[word]


def _case(row: Mapping[str, Any], rule: Rule) -> list[str | None]:
    where = f"{rule.where}: {rule.code}: case"
    if not row.keys() <= _CASE_KEYS or not {"words", "value"} <= row.keys() or len(row) < 3:
        raise RuleError(f"{where}: needs 'words', 'value' and one of 'before', 'behind', 'near'")
    patterns = [row.get(key) for key in _PATTERNS]
    try:
        for pattern in patterns:
            re.compile(pattern or "")
    except re.error as error:
        raise RuleError(f"{where}: not a pattern: {error}") from None
    return [str(row["value"]), *patterns]
