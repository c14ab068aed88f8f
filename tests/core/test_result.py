"""A result as a value: what is derived from it, stored, compared and shown."""

from __future__ import annotations

import copy
import pickle

import pytest

import zhclean
from zhclean import EditError, Result

TEXT = "20xx年,xx市投入二千五百万元,税收增长%。"


@pytest.fixture
def result() -> Result:
    return zhclean.analyze(TEXT)


@pytest.mark.parametrize("name", ["script", "quantities", "redaction", "edits"])
def test_what_is_derived_is_the_same_when_it_is_read_again(result: Result, name: str) -> None:
    assert getattr(result, name) == getattr(result, name)


def test_what_is_derived_is_of_the_cleaned_text(result: Result) -> None:
    assert result.text == "20xx年,xx市投入25000000元,税收增长%。"
    assert result.script.script == "zh-Hans"
    assert [one.text for one in result.quantities] == ["25000000元"]
    assert (result.redaction.masked, result.redaction.facts) == (3, 4)


def test_a_copy_is_equal(result: Result) -> None:
    for other in (
        copy.deepcopy(result),
        pickle.loads(pickle.dumps(result)),
        Result.from_json(result.to_json()),
    ):
        assert other == result
        assert hash(other) == hash(result)
        assert repr(other) == repr(result)
    assert result != zhclean.pipeline("encoding").analyze(TEXT)
    assert result != TEXT


def test_it_is_shown_in_short(result: Result) -> None:
    assert repr(result) == "Result(24 -> 27 characters, 1 edits, 3 flags)"


@pytest.mark.parametrize(
    "line", ["", "[]", "3", "{}", '{"edits": 3}', '{"edits": [], "flags": []}']
)
def test_what_is_no_result_is_refused(line: str) -> None:
    with pytest.raises(EditError, match="not a result in JSON"):
        Result.from_json(line)
