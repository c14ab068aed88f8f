"""With numpy a conversion finds what it finds without."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numpy")  # the extra `fast`

from tests.encoding.script.test_conversion import CONFIGS, KEYS, chains, step
from zhclean.encoding.script import conversion, pages
from zhclean.encoding.script.conversion import Conversion
from zhclean.encoding.script.opencc_adapter import groups

PURE, FAST = chains(), chains()


@pytest.fixture(scope="module", autouse=True)
def _tables_at_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conversion, "_LONG", 1)
        # Small pages, so that everything stands on a border between two of them.
        patch.setattr(pages, "_PAGE", 7)
        for chain_of, until in ((PURE, sys.maxsize), (FAST, 0)):
            for made in {made for chain in chain_of.values() for made in chain}:
                patch.setattr(made, "_until_tables", until)
        yield


def assert_equal(pure: list[Conversion], fast: list[Conversion], text: str) -> None:
    for one, other in zip(pure, fast, strict=True):
        patch = one.patch(text)
        assert patch == other.patch(text)
        assert patch.apply(text) == other.patch(text).apply(text)
        text = patch.apply(text)


@pytest.mark.parametrize("config", CONFIGS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_equal_on_phrases(config: str, data: st.DataObject) -> None:
    key = st.sampled_from(KEYS[config])
    piece = st.one_of(
        key,
        st.builds(lambda k, n: k[n:], key, st.integers(1, 3)),
        st.builds(lambda k, n: k[:-n], key, st.integers(1, 3)),
        st.sampled_from(
            ["，", "\n", "a", "\0", "\ud800", "\U0001f600", "\U00020000", "\U000e0001"]
        ),
    )
    text = "".join(data.draw(st.lists(piece, max_size=9)))
    assert_equal(PURE[config], FAST[config], text)


@settings(max_examples=200)
@given(st.text())
def test_equal_on_any_text(text: str) -> None:
    assert_equal(PURE["t2s"], FAST["t2s"], text)


def test_characters_beyond_the_tables_are_left_to_the_plain_way() -> None:
    (made,) = FAST["t2s"]
    assert made.patch("國\U0010ffff").apply("國\U0010ffff") == "国\U0010ffff"


def test_numpy_is_imported_only_for_much_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "_BEFORE_TABLES", 1_000)
    (group,) = groups("t2s")
    made = step(group, {})
    made.patch("國" * 600)
    assert "_pages" not in vars(made)
    made.patch("國" * 600)
    assert vars(made)["_pages"] is not None
