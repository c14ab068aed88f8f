"""The gate asks only those cleaners that can have something to do, and always those."""

from __future__ import annotations

import pickle
import re

from hypothesis import given
from hypothesis import strategies as st

from tests.timing import assert_linear
from zhclean.triggers import Gate, Trigger

letters = st.text(alphabet="ab%0中文\n\ud800\U00020000-", max_size=12)


def reference(triggers: tuple[Trigger, ...], text: str) -> bool:
    """The same question put to `re`."""
    pattern = "|".join(
        (
            f"(?<![{one.before[1:]}])"
            if one.before[:1] == "^"
            else f"(?<=[{one.before}])"
            if one.before
            else ""
        )
        + f"[{one.lead}]"
        + (
            f"(?![{one.after[1:]}])"
            if one.after[:1] == "^"
            else f"(?=[{one.after}])"
            if one.after
            else ""
        )
        for one in triggers
    )
    return re.search(pattern, text) is not None


SETS = (
    (Trigger("%", before="^0-9"), Trigger("中", after="文")),
    (Trigger("a-b", after="^a-z"),),
    (Trigger("-", before="0-9", after="0-9"), Trigger("\ud800")),
    (Trigger("\U00020000-\U0002a6df"), Trigger("文", before="中\n", after="^\n")),
)


@given(st.lists(letters, max_size=3).map("".join))
def test_finds_what_a_search_for_each_would(text: str) -> None:
    found = Gate([*SETS, None]).scan(text)
    assert found == sum(reference(one, text) << n for n, one in enumerate(SETS)) + (1 << len(SETS))


def test_pickles() -> None:
    assert pickle.loads(pickle.dumps(Gate(SETS))).scan("5-5中文") == Gate(SETS).scan("5-5中文")


def test_takes_linear_time_on_its_own_leads() -> None:
    gate = Gate(SETS)
    assert_linear(lambda times: gate.scan("5%中ab\n" * times), 20_000)
