"""The words with a numeral that stay: each of them in a sentence, wherever it stands in it."""

from __future__ import annotations

import pytest

import zhclean
from zhclean.numbers.lexicon import words


@pytest.mark.parametrize("sentence", ["{}\n", "他们说{}，没有别的。"])
def test_no_word_is_taken_for_an_amount(sentence: str) -> None:
    numbers = zhclean.pipeline("numbers")
    texts = [sentence.format(word) for word in sorted(words())]
    cleaned = numbers.clean_many(texts)
    assert [new for old, new in zip(texts, cleaned, strict=True) if old != new] == []
