"""The labelled sentences: what was put into each must be found, and nothing in the clean ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.redaction import read, score
from zhclean.encoding.script import cleaners as converters

DATA = Path(__file__).parents[1] / "data" / "redaction"


@pytest.mark.parametrize("name", ["masks", "blanks", "dropped", "overwrites", "both_scripts"])
def test_holes_are_found_and_typed(name: str) -> None:
    result = score(read(DATA / f"{name}.jsonl"))
    assert result.precision >= 0.99, result.misses
    assert result.recall >= 0.98, result.misses
    assert result.kind >= 0.97, result.misses


def test_clean_sentences_raise_no_flag() -> None:
    result = score(read(DATA / "negatives.jsonl"))
    assert result.negatives >= 500
    assert result.negatives_flagged == 0, result.misses


SETS = ["masks", "blanks", "dropped", "overwrites", "negatives"]


@pytest.mark.parametrize("script", ["zh-Hant", "zh-Hant-TW", "zh-Hant-HK"])
def test_traditional_text_is_read_alike(script: str) -> None:
    (converter,) = converters(script)
    for name in SETS:
        converted = []
        for record in read(DATA / f"{name}.jsonl"):
            text = converter.propose(record["text"]).patch.apply(record["text"])
            if len(text) == len(record["text"]):  # a word for another moves the spans
                converted.append(record | {"text": text})
        result = score(converted)
        assert result.precision >= 0.99, result.misses
        assert result.recall >= 0.98, result.misses
        assert result.kind >= 0.97, result.misses
        assert result.negatives_flagged == 0, result.misses


def test_open_half(shared: Path) -> None:
    records = read(shared / "devset" / "redaction.jsonl")
    result = score(records)
    assert result.precision >= 0.97, result.misses
    assert result.recall >= 0.93, result.misses
    assert result.kind >= 0.9, result.misses
    assert result.negatives_flagged <= 1, result.misses
