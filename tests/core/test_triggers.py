"""The gate asks only those cleaners that can have something to do, and always those."""

from __future__ import annotations

import pickle
import random
import re
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timing import assert_linear
from zhclean.triggers import Crowd, Gate, Trigger, pages

letters = st.text(alphabet="ab%0中文\n\ud800\U00020000-", max_size=12)


PATTERNS: dict[Any, str] = {}


def matches(pattern: str) -> Callable[[str, int], object]:
    """A check, and the pattern that it stands for."""
    check = re.compile(pattern).match
    PATTERNS[check] = pattern
    return check


def crowd(characters: str, gap: int) -> Crowd:
    """The same of a crowd."""
    check = Crowd(characters, gap)
    PATTERNS[check] = f"(?s:[{characters}](?:.{{0,{gap}}}?[{characters}]){{2}})"
    return check


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
        + (f"(?={PATTERNS[one.check]})" if one.check else "")
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
    (Trigger("0文"),),
    (Trigger("中"), Trigger("b", before="a")),
    (
        Trigger("a", check=matches("a.{0,2}b")),
        Trigger("文", after="中", check=matches("(?<=0)文(?!中b)")),
    ),
    (Trigger("-0-9\U00020000", check=matches("(?s:..)0")), Trigger("b", check=matches("b%"))),
    # Sets of many characters, and of nearly all.
    (Trigger("b", before="一-龥", after="^一-龥"), Trigger("%", after="\0-a\x7f-\U0010ffff")),
    (Trigger("0", before="^\0-a\x7f-\U0010ffff", after="^一-龥"),),
    (Trigger("^ab%0中文\n", before="^中", after="^%a"),),
    (Trigger("文%", check=crowd("文%", 1)), Trigger("文", after="b", check=matches("文bb"))),
)


#: More kinds than the tables have bits, so that some share one.
MANY = tuple(
    Trigger(lead, before, after)
    for lead in "ab%中文"
    for before in ("", "a", "中", "^b")
    for after in ("", "a-b", "文", "^0\n")
    if before or after
)


def expected(sets: tuple[tuple[Trigger, ...], ...], text: str) -> int:
    return sum(reference(one, text) << n for n, one in enumerate(sets)) + (1 << len(sets))


@given(st.lists(letters, max_size=3).map("".join))
def test_finds_what_a_search_for_each_would(text: str) -> None:
    assert Gate([*SETS, None]).scan(text) == expected(SETS, text)


@settings(deadline=None)  # the tables are made in the first example
@given(st.lists(letters, max_size=6))
def test_tables_find_the_same(texts: list[str]) -> None:
    for always, gate, tables in gates_with_tables():
        found = [gate.scan(text) for text in texts]
        assert [always | one for one in tables.scan_many(texts)] == found
        with mock.patch("zhclean.triggers.tables._SLICE", 3):
            assert [always | tables.scan(text) for text in texts] == found


@cache
def gates_with_tables() -> list[tuple[int, Gate, Any]]:
    module = pytest.importorskip("zhclean.triggers.tables")
    gates = [Gate([*sets, None]) for sets in (SETS, (*SETS, MANY))]
    return [(gate.always, gate, module.TriggerTables(gate)) for gate in gates]


@pytest.mark.parametrize("numpy", [True, False])
def test_batches_and_long_texts(numpy: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not numpy:
        monkeypatch.setitem(sys.modules, "zhclean.triggers.tables", None)
    else:
        pytest.importorskip("numpy")
    gate = Gate([*SETS, None])
    assert gate.takes_tables(3_000) is numpy
    assert not gate.takes_tables(10)
    texts = ["", "文" * 70_000 + "%", "中", "5%", "中文", "b" * 3_000, "5-5", *["无"] * 2_000]
    want = [expected(SETS, text) for text in texts]
    assert gate.scan_many(texts) == want
    assert [gate.scan(text) for text in texts] == want


@settings(deadline=None)
@given(st.lists(st.text(alphabet="文%中\n", max_size=20), max_size=6), st.integers(1, 12))
def test_tables_find_the_same_crowds(texts: list[str], size: int) -> None:
    for _, gate, tables in gates_with_tables():
        found = [gate.scan(text) for text in texts]
        assert tables.scan_many(texts) == found
        with mock.patch("zhclean.triggers.tables._SLICE", size):
            assert [tables.scan(text) for text in texts] == found


def test_a_crowd_may_end_in_the_next_slice() -> None:
    module = pytest.importorskip("zhclean.triggers.tables")
    tables = module.TriggerTables(Gate([(Trigger("文", check=Crowd("文", 4)),)]))
    for start in range(14):
        with mock.patch("zhclean.triggers.tables._SLICE", 14):
            assert tables.scan("中" * start + "文中中中中文中中中中文" + "中" * 30)


def test_tables_check_few_crowds() -> None:
    module = pytest.importorskip("zhclean.triggers.tables")
    tables = module.TriggerTables(Gate([(Trigger("文", check=Crowd("文", 2)),)]))
    page = "\n" + "文中中中" * 20 + "文文文" + "中文中中" * 20 + "\n"
    hits = tables._look_up(page, [0, len(page) - 1])
    assert len(hits.places) == 43
    assert 1 <= hits.unsure.sum() <= 5  # those at the end may go on behind it


def test_too_many_groups_share_rows_but_not_that_of_nothing() -> None:
    module = pytest.importorskip("zhclean.triggers.tables")
    most = module._MOST_GROUPS
    groups = module._folded(module.np.arange(3 * most))
    assert groups[:most].tolist() == [*range(most)]
    assert 0 < groups[most:].min() <= groups[most:].max() < most


@pytest.mark.parametrize(("cleaners", "taken"), [(64, True), (65, False)])
def test_tables_have_a_bit_for_so_many_cleaners(cleaners: int, taken: bool) -> None:
    pytest.importorskip("numpy")
    gate = Gate([(Trigger(chr(0x4E00 + index)),) for index in range(cleaners)])
    assert gate.takes_tables(1_000_000) is taken
    last = chr(0x4E00 + cleaners - 1)
    assert gate.scan(f"a{last}a") == 1 << cleaners - 1


@given(st.lists(st.integers(0, 12), max_size=12))
def test_pages_hold_all_texts_and_little_else(sizes: list[int]) -> None:
    with mock.patch("zhclean.triggers.gate._PAGE", 10):
        found = list(pages(["字" * size for size in sizes]))
    assert [index for start, end in found for index in range(start, end)] == [*range(len(sizes))]
    for start, end in found:
        assert sum(sizes[start:end]) <= 10 or end == start + 1
        # What comes next had no room.
        assert end == len(sizes) or sum(sizes[start : end + 1]) > 10


def test_threads_may_look_up_at_once() -> None:
    module = pytest.importorskip("zhclean.triggers.tables")
    gate = Gate([*SETS, MANY, None])
    rng = random.Random(1)
    texts = ["".join(rng.choices("ab%0中文\n-", k=9)) for _ in range(600)]
    want = list(map(gate.go_through, texts))
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with mock.patch.object(module, "_SLOTS", 4), ThreadPoolExecutor(4) as pool:
            for _ in range(5):
                tables = module.TriggerTables(gate)
                parts = pool.map(tables.scan_many, (texts[n : n + 3] for n in range(0, 600, 3)))
                assert [found for part in parts for found in part] == want
    finally:
        sys.setswitchinterval(before)


def test_pickles() -> None:
    assert pickle.loads(pickle.dumps(Gate(SETS))).scan("5-5中文") == Gate(SETS).scan("5-5中文")


def test_takes_linear_time_on_its_own_leads() -> None:
    gate = Gate(SETS)
    assert_linear(lambda times: gate.scan("5%中ab\n" * times), 20_000)
