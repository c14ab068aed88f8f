"""A class of characters is in a set as a whole or not at all."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhclean.triggers.character_sets import Characters

SETS = tuple(
    map(
        Characters,
        ("", "a-c", "^b-d", "中文", "^中\n", "\ud800-\udfff", "\uffff\U00010000", "^一-\U00020000"),
    )
)
characters = (
    st.sampled_from("abcde中文一\n\ud800\uffff\U00010000\U00010001\U00020000\U0010ffff")
    | st.characters()
)


@cache
def classes() -> Any:
    return pytest.importorskip("zhclean.triggers.character_classes").CharacterClasses(SETS)


@given(characters)
def test_a_class_tells_the_sets(character: str) -> None:
    number = int(classes().numbers(character)[0])
    own = classes().of_number[number]
    assert own
    for one in SETS:
        assert (own in classes().of_set(one)) is (character in one)
        assert (classes().members[own] in one) is (character in one)


def test_what_is_not_there_is_a_class_of_its_own() -> None:
    module = pytest.importorskip("zhclean.triggers.character_classes")
    assert classes().of_number[module.EDGE] == 0
    assert list(classes().of_number).count(0) == 1
    assert [one for one in SETS if 0 in classes().of_set(one)] == [one for one in SETS if "" in one]


@given(characters, characters)
def test_groups_tell_their_sets_and_no_others(one: str, two: str) -> None:
    groups = classes().groups(SETS[:3])
    numbers = classes().numbers(one + two)
    same = all((one in characters) is (two in characters) for characters in SETS[:3])
    assert (len(set(groups[classes().of_number[numbers]])) == 1) is same
    assert list(groups).count(0) == 1
