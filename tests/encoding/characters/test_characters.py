"""Promises of the characters cleaner on any text, and texts that it must leave alone."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.timing import assert_linear
from zhclean.encoding.characters import Characters
from zhclean.triggers import Gate

#: What the rules look at, among what they look around for.
ALPHABET = (
    '中文的葛，。、：“”"〝〞〟1aā ⽤⽔⻓部旁\uf9ba\ufa19\uf0b7\ue004\ue5e5\ue863\ufe00\U000e0100\u0307'
    "\u200b\u200c\u200d\u2060\ufeff\xad\u200e\u202e\u202c\u2067א👩❤\x01\x0b\x1b\xa0\u2009\u3000\n\ud800Ａ．,.?("
)


def settle(text: str, cleaner: Characters) -> str:
    return cleaner.propose(text).patch.apply(text)


@settings(deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=30), st.booleans(), st.booleans())
@example("中\u200d\u0307א\u200c文", False, False)
def test_no_exception_and_a_fixpoint(text: str, width: bool, punctuation: bool) -> None:
    cleaner = Characters(width=width, punctuation=punctuation)
    once = settle(text, cleaner)
    for _ in range(3):  # a rule may open the way for another one
        twice = settle(once, cleaner)
        if twice == once:
            return
        once = twice
    pytest.fail(f"not settled: {text!r}")


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_exception_on_any_text(text: str) -> None:
    proposal = Characters(width=True, punctuation=True).propose(text)
    proposal.patch.check()
    for flag in proposal.flags:
        assert 0 <= flag.start < flag.end <= len(text)


@settings(deadline=None)
@given(st.text("((()))臺a,.;:!?% 。，（）“”\n", max_size=40))
@example("(((臺)),(臺)).")
def test_punctuation_is_done_in_one_go(text: str) -> None:
    cleaner = Characters(punctuation=True)
    once = settle(text, cleaner)
    assert settle(once, cleaner) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(" * 30 + "臺" + ")" * 30, "（" * 30 + "臺" + "）" * 30),
        ("見(甲(乙),(丙)),再(a(b)丁).", "見（甲（乙），（丙）），再(a(b)丁)."),
        ("甲(乙(丙)", "甲(乙（丙）"),
        ("(甲\n)(乙)", "(甲\n)（乙）"),
        (f"({'a' * 80}甲{'a' * 80})", f"（{'a' * 80}甲{'a' * 80}）"),
        (f"({'a' * 81}甲)", f"({'a' * 81}甲)"),
        (f"(甲{'a' * 81})", f"(甲{'a' * 81})"),
    ],
)
def test_brackets(text: str, expected: str) -> None:
    assert settle(text, Characters(punctuation=True)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "他说：“老张讲过‘“四”字要写端正’。”大家都笑了。",
        "“头一件，修路。\n“第二件，通水。\n“第三件，办学。”村长说完坐下。",
        '屏幕是27"的，比原来的24"大。',
        '见“附录”与"附表"，两者并用。',
        "عزیزم می‌خواهم، 他写道。",
        "👨‍👩‍👧‍👦一家，🏳️‍🌈旗，1️⃣号，☀️天。",
        "नमस्ते क्‍ष 是印地语。",
        "Nǚ zǐ, pı̇nyin, Tiếng Việt, ÅÄÖ 与 ǖ ǘ ǚ ǜ。",
        "½ ㎡ ℃ ① ㈠ Ⅳ ﹏ ︰ ／ ～ ￥ … — 都留着。",
        "木部：⽊。水部：⽔。",
        "ＡＢＣ与１２３是全角，，,。.是标点。",
        "　　首行缩进\u3000两格。",
        "他的网名是꧁明月꧂，签名是~☆~。",
    ],
)
def test_clean_text_is_left(text: str) -> None:
    assert not Characters().propose(text).patch


def test_a_repair_behind_a_hidden_character() -> None:
    # The radical's neighbour is an ideograph only when the joiner between them is gone.
    assert settle("⽤\u200b户很多", Characters()) == "用户很多"


def test_a_slip_among_many_pairs_is_the_authors() -> None:
    text = '他说“好”。\n她说“行”。\n他们说“走"。'
    assert not Characters().propose(text).patch


def test_flags_count_in_the_text_given() -> None:
    text = "村民\u200b王\ue004说"
    proposal = Characters().propose(text)
    assert [text[flag.start : flag.end] for flag in proposal.flags] == ["\ue004"]


@pytest.mark.parametrize(
    "unit",
    [
        "中\u200e",
        "”a“\n",
        "\u202e",
        "一\u0307",
        "⽤",
        "\ue004",
        '“"',
        "〞“",
        "(中",
        "(中)",
        "((中),",
    ],
)
def test_time_is_linear(unit: str) -> None:
    cleaner = Characters(width=True, punctuation=True)
    assert_linear(lambda size: cleaner.propose(unit * (size // len(unit))), 20_000, 8)


QUOTED = st.text('“”“”“”"〝〟。，：说的人\n12(', max_size=70) | st.lists(
    st.sampled_from(["“", "”", "“", "”", "我们明天再来这里看看花", "说", "，", "\n", "。"])
).map("".join)


@given(QUOTED)
@settings(max_examples=1000, deadline=None)
def test_triggers_are_necessary(text: str) -> None:
    if not GATE.scan(text):
        assert not Characters().propose(text)


GATE = Gate([Characters().triggers()])
