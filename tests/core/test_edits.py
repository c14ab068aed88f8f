"""The edit algebra, over random texts and random patches."""

from __future__ import annotations

import pickle
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timing import assert_linear
from zhclean import NOTHING, Edit, EditError, Flag, Patch, Proposal
from zhclean.edits import KnownPatch, compose, flags_in_source

texts = st.text(alphabet="ab中文\n\ud800\U00020000", max_size=20)


@st.composite
def patches(draw: st.DrawFn, text: str) -> Patch:
    """Any valid patch of `text`: touching ranges, insertions and no-changes included."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=10)))
    rows = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        rows.append(
            (start, end, draw(st.text(alphabet="xyz", max_size=3)), draw(st.sampled_from("AB")))
        )
    return Patch.of(rows)


@st.composite
def chains(draw: st.DrawFn) -> tuple[str, list[Patch], str]:
    """A text, patches that follow each other, and what they make of it one by one."""
    source = text = draw(texts)
    chain = []
    for _ in range(draw(st.integers(1, 4))):
        patch = draw(patches(text))
        chain.append(patch)
        text = patch.apply(text)
    return source, chain, text


@given(chains())
def test_a_composed_patch_does_what_the_patches_do_in_turn(
    case: tuple[str, list[Patch], str],
) -> None:
    source, chain, text = case
    whole = chain[0]
    for patch in chain[1:]:
        whole = compose(whole, patch)
    whole.check()
    assert whole.apply(source) == text


@given(chains())
def test_composition_may_be_bracketed_anyhow(case: tuple[str, list[Patch], str]) -> None:
    source, chain, text = case
    whole = chain[-1]
    for patch in reversed(chain[:-1]):
        whole = compose(patch, whole)
    whole.check()
    assert whole.apply(source) == text


@given(chains())
def test_the_inverse_restores_the_source(case: tuple[str, list[Patch], str]) -> None:
    source, chain, _ = case
    assert chain[0].invert(source).apply(chain[0].apply(source)) == source


@given(chains())
def test_edits_are_sorted_disjoint_and_make_the_text(case: tuple[str, list[Patch], str]) -> None:
    source, chain, _ = case
    edits = chain[0].edits(source)
    assert all(source[edit.start : edit.end] == edit.before != edit.after for edit in edits)
    assert all(a.end <= b.start for a, b in pairwise(edits))
    assert Patch.from_edits(edits).apply(source) == chain[0].apply(source)


@given(st.data())
def test_a_mapped_span_covers_what_its_text_became(data: st.DataObject) -> None:
    source = data.draw(texts)
    patch = data.draw(patches(source))
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(source))] * 2)))
    new_start, new_end = patch.map_spans([(start, end)])[0]
    made = patch.apply(source)
    assert 0 <= new_start <= new_end <= len(made)
    # What lies in front of the span and behind it is untouched by what lies inside.
    inside = [
        (a, b) for a, b in zip(patch.starts, patch.ends, strict=True) if a < end and b > start
    ]
    if not inside and start < end:
        assert made[new_start:new_end] == source[start:end]


@given(st.data())
def test_a_span_is_mapped_to_where_its_ends_come_to_lie(data: st.DataObject) -> None:
    source = data.draw(texts)
    patch = data.draw(patches(source))
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(source))] * 2)))
    rows = list(zip(patch.starts, patch.ends, patch.afters, patch.rules, strict=True))

    def length(stop: int, kept: list[tuple[int, int, str, tuple[str, ...]]]) -> int:
        """What the text up to `stop` becomes, by these rows alone."""
        return len(
            Patch(*map(list, zip(*kept, strict=True))).apply(source[:stop])
            if kept
            else source[:stop]
        )

    first = next((a for a, b, *_ in rows if a < start < b), start)
    last = next((b for a, b, *_ in rows if a < end < b), end)
    expected_start = length(first, [row for row in rows if row[1] <= start])
    expected_end = length(last, [row for row in rows if row[0] < end])
    assert patch.map_spans([(start, end)]) == [(expected_start, max(expected_start, expected_end))]


def test_the_inverse_keeps_the_rules() -> None:
    patch = Patch.of([(0, 1, "xy", "A"), (2, 2, "z", "B")])
    assert patch.invert("abc") == Patch([0, 3], [2, 4], ["a", ""], [("A",), ("B",)])


def test_flags_are_moved_back_to_the_source() -> None:
    patch = Patch.of([(1, 3, "", "E101"), (4, 5, "丁戊", "E102")])
    source = "甲乙丙丁己庚"
    assert patch.apply(source) == "甲丁丁戊庚"
    flags = [Flag(1, 2, "one", "E103"), Flag(3, 5, "two", "E104")]
    assert flags_in_source(flags, patch, source) == [
        Flag(3, 4, "one", "E103"),
        Flag(4, 6, "two", "E104"),
    ]
    assert flags_in_source(flags, Patch(), source) == flags
    assert not flags_in_source([], patch, source)


def test_patches_are_equal_by_their_columns() -> None:
    patch = Patch.of([(0, 1, "x", "A")])
    assert patch == Patch((0,), (1,), ("x",), (("A",),))
    assert patch != Patch.of([(0, 1, "x", "B")])
    assert patch != "x"
    assert repr(patch) == "Patch([(0, 1, 'x', ('A',))])"


def test_a_proposal_is_something_with_an_edit_or_a_flag() -> None:
    assert not NOTHING
    assert Proposal(Patch.of([(0, 1, "x", "A")]))
    assert Proposal(Patch(), (Flag(0, 1, "year", "R101"),))


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(EditError, match="differ in length"):
        Patch([0], [1], ["x"], []).check()


@pytest.mark.parametrize(("end", "fits"), [(3, True), (4, False)])
def test_an_edit_may_end_where_the_text_does(end: int, fits: bool) -> None:
    patch = Patch.of([(1, end, "", "A")])
    if fits:
        assert patch.apply("abc") == "a"
    else:
        with pytest.raises(EditError, match=r"ends at 4, behind the text of 3"):
            patch.apply("abc")


def test_composition_merges_only_what_overlaps() -> None:
    first = Patch.of([(1, 3, "XY", "A"), (5, 6, "", "B")])  # abcdefg -> aXYdeg
    second = Patch.of([(2, 4, "-", "C")])  # Yd -> -
    assert list(compose(first, second).edits("abcdefg")) == [
        Edit(1, 4, "bcd", "X-", ("A", "C")),
        Edit(5, 6, "f", "", ("B",)),
    ]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([(2, 1, "", "A")], "edit ends at 1, before its start 2"),
        ([(0, 2, "", "A"), (1, 3, "", "A")], "overlaps"),
        ([(-1, 0, "", "A")], "before the text"),
    ],
)
def test_a_patch_that_can_not_be_is_refused(
    rows: list[tuple[int, int, str, str]], message: str
) -> None:
    with pytest.raises(EditError, match=message):
        Patch.of(rows)


def test_a_patch_for_a_longer_text_is_refused() -> None:
    with pytest.raises(EditError, match="behind the text"):
        Patch.of([(4, 9, "", "A")]).apply("short")


def test_composition_is_linear() -> None:
    def run(count: int) -> None:
        text = "字" * (count * 5)
        first = Patch.of([(at, at + 1, "ab", "A") for at in range(0, len(text), 5)])
        middle = first.apply(text)
        compose(first, Patch.of([(at, at + 2, "", "B") for at in range(0, len(middle) - 2, 4)]))

    assert_linear(run, 5_000)


@given(chains())
def test_a_patch_with_known_outcome_is_the_patch_it_stands_for(
    case: tuple[str, list[Patch], str],
) -> None:
    source, (patch, *_), _ = case
    known = KnownPatch(source, patch.apply(source), lambda: patch)
    assert known.apply(source) == patch.apply(source)
    assert bool(known) == (patch.apply(source) != source)
    assert known == patch
    assert pickle.loads(pickle.dumps(known)) == patch
    assert compose(known, known.invert(source)).apply(source) == source
    assert known.apply(source + "x") == patch.apply(source + "x")


def test_the_columns_of_a_known_patch_are_made_when_they_are_looked_at() -> None:
    asked = []

    def make() -> Patch:
        asked.append(1)
        return Patch.of([(0, 1, "国", "S101")])

    known = KnownPatch("國", "国", make)
    assert known
    assert known.apply("國") == "国"
    assert not asked
    assert known.edits("國") == (Edit(0, 1, "國", "国", ("S101",)),)
    assert list(known.starts) == [0]
    assert len(asked) == 1
    with pytest.raises(AttributeError, match="no 'colour'"):
        known.colour  # noqa: B018
