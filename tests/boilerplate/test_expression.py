"""The patterns for RE2 match every text in which a notice is found."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

import pytest

from benchmarks.damage import corpus, furniture
from tests.boilerplate.test_scanning import example
from tests.promises.inputs import mutated, random_text
from zhclean.boilerplate.cleaner import Boilerplate
from zhclean.boilerplate.expression import expressions_of
from zhclean.boilerplate.finding import Search, load_finder
from zhclean.boilerplate.notices import load_notices
from zhclean.boilerplate.reading import read_user_packs
from zhclean.boilerplate.templates import nodes_of
from zhclean.edits import NOTHING

prefilter = pytest.importorskip("zhclean.prefilter", reason="needs google-re2")

PACK = """
[pack]
name = "mine"
stage = "boilerplate"
provenance = "A test"

[[rule]]
code = "B900"
name = "mine"
why = "A test."
safe = true
kind = "other"
shape = "%s"
templates = ['%s']
without_example = "A test."
"""


@cache
def scan() -> Callable[[str], int]:
    return prefilter.Prefilter([Boilerplate().prefilter()]).scan  # type: ignore[no-any-return]


def is_let_through(text: str) -> bool:
    """Whether a text is let through, if anything is found in it."""
    marks, leads = Search(load_finder(), "aggressive").find(text)
    return bool(scan()(text)) or not (marks or leads)


def test_every_match_of_a_template_is_let_through() -> None:
    random = Random(3)
    around = ["", "", "甲", "。", "\n", "\r\n", " ★", "\u3000\u3000", "1.", "、。", "|", " " * 90]
    found = 0
    for notice in load_notices().notices:
        nodes = nodes_of(notice.template, "")
        for _ in range(8):
            text = random.choice(around) + example(random, nodes) + random.choice(around)
            found += bool(Search(load_finder(), "standard").find(text)[0])
            assert is_let_through(text), (notice.template, text)
    assert found > 4 * len(load_notices().notices)


def test_pages_with_furniture_are_let_through() -> None:
    random = Random(5)
    for seed in range(300):
        page = furniture.furnish(random, corpus.compose(random, "fiction")).text
        for text in (page, *page.split("\n"), random_text(Random(seed)), mutated(page, random)):
            assert is_let_through(text), text
        assert scan()(page)


def test_clean_text_is_seldom_let_through() -> None:
    texts = [corpus.compose(Random(seed), "news") for seed in range(60)]
    assert sum(map(scan(), texts)) < 0.4 * len(texts)


@pytest.mark.parametrize(
    ("shape", "template", "match", "other"),
    [
        ("line", "甲乙{any}丙丁", "\u3000甲乙和丙丁。", "子甲乙和丙丁"),
        ("line", "{title}甲乙 {list}", "子甲乙:丑", "子甲乙丑"),
        ("line", "{title}甲乙[子:]{list}", "子甲乙子:丑", "甲子乙"),
        ("start", "(甲{n}|{site}乙)丙丁戊己庚", "子乙丙丁戊己庚辛", "子丑丙丁"),
        ("end", "(甲乙|丙丁)戊己庚", "子甲乙戊己庚  丑", "子甲乙戊己庚丑"),
        ("sentence", "甲{date}乙{url}丙丁", "甲2020年1月2日乙www.a.cn丙丁", "甲昨天乙丙丁"),
        ("inline", "前(甲)[{rest}]", "前甲", "前乙"),
    ],
)
def test_patterns_of_a_template(shape: str, template: str, match: str, other: str) -> None:
    notices = read_user_packs([PACK % (shape, template)], {}).notices
    automaton = prefilter.Prefilter([expressions_of(notices)])
    assert automaton.scan(f"寅\n{match}\n卯")
    assert not automaton.scan(f"寅\n{other}\n卯")


def test_a_pack_of_a_user_has_its_patterns() -> None:
    text = "子\n本栏到此为止,谢谢收看\n丑"
    cleaner = Boilerplate(packs=(PACK % ("line", "本栏到此为止,谢谢收看"),))
    assert cleaner.propose(text) != NOTHING
    assert prefilter.Prefilter([cleaner.prefilter()]).scan(text)
    assert not scan()(text)


def test_a_very_large_pack_is_always_asked() -> None:
    rows = "', '".join(f"{number}号本栏到此为止" for number in range(2001))
    cleaner = Boilerplate(packs=(PACK % ("line", rows),))
    assert cleaner.prefilter() == ("^",)
