"""One field of a line replaced, all other bytes kept."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhclean.corpus.jsonl import JsonLineError, field_span, replace_field

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(st.text(max_size=4), values, max_size=4),
    st.text(),
    st.text(),
    st.booleans(),
    st.sampled_from([None, 1]),
)
def test_only_the_field_changes(
    record: dict[str, object], old: str, new: str, ascii_only: bool, indent: int | None
) -> None:
    record["text"] = old
    line = json.dumps(record, ensure_ascii=ascii_only, indent=indent).replace("\n", " ")
    value, start, end = field_span(line, "text")
    assert value == old
    changed = replace_field(line, start, end, new)
    assert json.loads(changed) == {**record, "text": new}
    assert changed.startswith(line[:start])
    assert changed.endswith(line[end:])


def test_the_last_of_two_equal_keys_counts() -> None:
    assert field_span('{"text": "a", "text": "b"}', "text")[0] == "b"


def test_numbers_and_spaces_pass_through() -> None:
    line = '{ "id" : 1.50e3,\t"text":"a" ,"x":[ ] }'
    _, start, end = field_span(line, "text")
    assert replace_field(line, start, end, "好") == '{ "id" : 1.50e3,\t"text":"好" ,"x":[ ] }'


@pytest.mark.parametrize(
    "line",
    ["", "[]", "{", '{"text"', '{"text":', '{"text": "a"', '{"text": "a",}', '{"text": "a"} x', '{"text": 1}',
     '{"other": "a"}', '{text: "a"}', "3", '{"a": ' + "[" * 100_000],
)  # fmt: skip
def test_what_is_no_such_line_is_refused(line: str) -> None:
    with pytest.raises(JsonLineError):
        field_span(line, "text")
