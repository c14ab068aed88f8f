"""The scanner finds what a search for every literal by itself finds."""

from __future__ import annotations

import re
from random import Random

from tests.promises.inputs import random_text
from zhclean.boilerplate.notices import load_notices
from zhclean.boilerplate.scanning import scanner
from zhclean.boilerplate.templates import literal_pattern


def test_literals_are_found_through_their_rarest_character() -> None:
    scan = load_notices().scanner
    words = sorted({word for rows in scan.pairs.values() for word, _, _ in rows})
    numbered = scanner({word: [number] for number, word in enumerate(words)})
    patterns = [re.compile(literal_pattern(word)) for word in words]
    for seed in range(40):
        text = "".join(random_text(Random(seed * 8 + more)) for more in range(8))
        found = {number for _, numbers in numbered.scan(text) for number in numbers}
        assert found == {n for n, pattern in enumerate(patterns) if pattern.search(text)}


def test_a_literal_is_found_in_every_form() -> None:
    scan = scanner({"版权声明": [1], "3.下载": [2]})
    text = "版權聲明　３．下載 3.下载"
    assert [numbers for _, numbers in scan.scan(text)] == [[1], [2], [2]]
