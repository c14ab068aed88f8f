"""The character classes beside the properties that Unicode gives, through the package regex."""

from __future__ import annotations

import pytest
import regex

import zhclean

_CLEAN = "今天{c}天气很好，我们{c}去公园走走，大家{c}都很高兴，明天{c}再说吧。"

#: Default-ignorable characters that stay between Chinese characters, and why.
_LEFT = {
    # Reorder what a reader sees: flagged (E314), because without them the text reads differently.
    *"\u202d\u202e",
    # Belong to scripts that have their own use for them.
    *"\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0",
    # Unassigned, or deprecated and never met.
    *"\u2065\u206a\u206b\u206c\u206d\u206e\u206f\ufff0\ufff1\ufff2\ufff3\ufff4\ufff5\ufff6\ufff7\ufff8",
}


def having(name: str) -> list[str]:
    pattern = regex.compile(rf"\p{{{name}}}")
    return [chr(code) for code in range(0x10000) if pattern.match(chr(code))]


@pytest.mark.parametrize("name", ["Bidi_Control", "Default_Ignorable_Code_Point"])
def test_what_can_not_be_seen_goes_unless_there_is_a_reason(name: str) -> None:
    pipe = zhclean.pipeline("encoding")
    plain = _CLEAN.replace("{c}", "")
    for char in having(name):
        text = pipe.clean(_CLEAN.replace("{c}", char))
        assert text == plain or char in _LEFT, f"U+{ord(char):04X}"


def test_every_letter_of_any_script_stays() -> None:
    pipe = zhclean.pipeline("encoding")
    letters = [char for char in having("Letter") if not regex.match(r"\p{Han}", char)]
    # One document a block of letters: each between Chinese sentences, as a foreign word.
    for start in range(0, len(letters), 400):
        text = "\n".join(f"这个字母是{char}，写在这里。" for char in letters[start : start + 400])
        kept = pipe.clean(text)
        if kept != text:
            changed = [a for a, b in zip(text.split("\n"), kept.split("\n"), strict=True) if a != b]
            assert changed == [], f"{len(changed)} of U+{ord(letters[start]):04X}…"
