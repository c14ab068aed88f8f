"""Words are counted as `str.count` does it, one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhclean.encoding.script.word_counts import WordCounter

WORDS = ("網路", "網際網路", "指令", "指令碼", "佢", "C++", "際")


@given(st.lists(st.sampled_from([*WORDS, "網", "路", "碼", "，", "\ud800"])).map("".join))
def test_counts_what_str_count_does(text: str) -> None:
    counts = WordCounter(WORDS).count(text)
    assert {word: counts[word] for word in WORDS} == {word: text.count(word) for word in WORDS}
    assert all(counts.values())
