"""Misreads: what is undone, with which proof, and what is never touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zhclean
from benchmarks.damage.corpus import paragraphs, simplified_registers
from tests.encoding.misreads.hard_negatives import LINES
from tests.timing import assert_linear
from zhclean.edits import Proposal
from zhclean.encoding.misreads import Misreads
from zhclean.encoding.misreads.chains import Chain
from zhclean.encoding.misreads.odd import ODD
from zhclean.encoding.misreads.table import rule_chains
from zhclean.encoding.misreads.units import CHOICES, choices, units_of_chars
from zhclean.encoding.misreads.zones import odd_borders, zones
from zhclean.triggers import Gate

SENTENCE = "村口的老槐树又开花了，香气飘得很远，引来许多蜜蜂。"
TRADITIONAL = "鎮上的書店週末辦講座，歡迎大家參加。"

# Wrong decoders that reject no byte of the sentence, or whose lost bytes only one explains.
LOSSLESS = [
    Chain("utf-8", "latin-1"),
    Chain("utf-8", "sloppy-windows-1252"),
    Chain("utf-8", "sloppy-windows-1251"),
    Chain("utf-8", "cp437"),
    Chain("utf-8", "mac-roman"),
    Chain("gb18030", "latin-1"),
    Chain("gb18030", "sloppy-windows-1251"),
    Chain("gb18030", "cp437"),
    Chain("gb18030", "cp949"),
    Chain("gb18030", "cp932"),
    Chain("utf-8", "iso8859-5"),
    Chain("utf-8", "mac-cyrillic"),
    Chain("gb18030", "koi8-r"),
    Chain("gb18030", "iso8859-2"),
    Chain("gb18030", "iso8859-5"),
    Chain("gb18030", "sloppy-windows-1254"),
    Chain("utf-16-le", "latin-1"),
    Chain("utf-8", "latin-1", again=True),
    Chain("utf-8", "sloppy-windows-1252", again=True),
]


def repaired(text: str) -> str:
    return Misreads().propose(text).patch.apply(text)


def codes(proposal: Proposal) -> set[str]:
    return {code for rules in proposal.patch.rules for code in rules}


@pytest.fixture(scope="module", autouse=True)
def codecs() -> None:
    rule_chains()  # registers ftfy's code pages, which the tests garble with


@pytest.mark.parametrize("chain", LOSSLESS, ids=str)
def test_what_is_whole_comes_back(chain: Chain) -> None:
    assert repaired(chain.garble(SENTENCE)) == SENTENCE


@pytest.mark.parametrize("chain", LOSSLESS, ids=str)
def test_damage_inside_a_clean_line_is_repaired_in_place(chain: Chain) -> None:
    if chain.wrong == "latin-1" and chain.true == "utf-16-le":
        pytest.skip("two bytes a character: its ASCII half runs into clean ASCII")
    before, after = "昨天收到来信，信里说：", "我读了两遍。"
    assert repaired(before + chain.garble(SENTENCE) + after) == before + SENTENCE + after


@pytest.mark.parametrize(
    "wrong",
    ["latin-1", "cp437", "sloppy-windows-1251", "cp850", "cp866", "koi8-r", "mac-roman"],
)
def test_big5(wrong: str) -> None:
    assert repaired(Chain("cp950", wrong).garble(TRADITIONAL)) == TRADITIONAL


@pytest.mark.parametrize(
    ("true", "wrong", "outer"),
    [
        ("gb18030", "latin-1", "latin-1"),
        ("gb18030", "sloppy-windows-1252", "sloppy-windows-1252"),
        ("cp950", "latin-1", "latin-1"),
        ("utf-8", "latin-1", "gb18030"),
        ("utf-8", "sloppy-windows-1252", "cp437"),
    ],
)
def test_two_misreads_of_different_kinds(true: str, wrong: str, outer: str) -> None:
    clean = TRADITIONAL if true == "cp950" else SENTENCE
    garbled = clean.encode(true).decode(wrong).encode("utf-8").decode(outer)
    assert repaired(garbled) == clean


@pytest.mark.parametrize("wrong", ["gbk", "cp932", "cp949"])
def test_an_emoji_that_has_lost_bytes_stays_open(wrong: str) -> None:
    clean = "大家下午好，票已经买好了，明天下午见😂"
    garbled = Chain("utf-8", wrong).garble(clean)
    assert repaired(garbled).rstrip("\ufffd") == clean[:-1]


def test_a_short_misread_without_a_letter_of_ascii_between_clean_text() -> None:
    garbled = Chain("gb18030", "latin-1").garble("巷口，提着一袋")
    assert repaired(f"他把脚踏车停在{garbled}水果走进诊所。") == (
        "他把脚踏车停在巷口，提着一袋水果走进诊所。"
    )


@pytest.mark.parametrize("wrong", ["cp1250", "cp1254"])
def test_an_empty_place_of_a_code_page_is_no_character_of_its_own(wrong: str) -> None:
    clean = "本字典收錄了一萬三千多個漢字，並附有注音符號。"
    assert repaired(Chain("gb18030", wrong).garble(clean)) == clean


def test_clean_text_behind_a_text_misread_twice_does_not_complete_its_last_byte() -> None:
    before, clean, after = "第二天早上，整个", "村子都被大雪覆盖", "了，鸡犬之声不闻。"
    garbled = before + Chain("utf-8", "gb18030", again=True).garble(clean) + after
    result = zhclean.pipeline("encoding").analyze(garbled)
    assert result.text == before + clean + after
    assert {flag.kind for flag in result.flags} == {"completed"}


def test_code_pages_with_the_same_letters_elsewhere_are_told_apart() -> None:
    clean = "会议由副市长主持，各区负责人参加了会议，会后还看了新建的码头。"
    for wrong in ("iso8859-2", "sloppy-windows-1250"):
        assert repaired(Chain("gb18030", wrong).garble(clean)) == clean


def test_lost_bytes_are_completed_under_a_rule_of_their_own() -> None:
    clean = "今天下午三点，全体员工到会议室开会。"
    for mark in ("\ufffd", "?"):
        garbled = Chain("utf-8", "gbk").garble(clean, mark)
        proposal = Misreads().propose(garbled)
        assert proposal.patch.apply(garbled) == clean
        assert codes(proposal) == {"E202", "E211"}


def test_what_is_not_sure_stays_open() -> None:
    garbled = Chain("utf-8", "cp932").garble("货号末位是七或者九。")
    proposal = Misreads().propose(garbled)
    assert proposal.patch.apply(garbled) == "货号末位是\ufffd或者九。"
    assert "E212" in codes(proposal)


def test_a_byte_that_only_one_value_explains_is_no_judgement() -> None:
    # GB18030 rejects 0x80 and next to nothing else: each U+FFFD within was 0x80.
    garbled = Chain("utf-8", "gb18030").garble("一千一百一十一个人一起走。")
    assert "\ufffd" in garbled[:-2]
    assert "E202" in codes(Misreads().propose(garbled))
    assert repaired(garbled) == "一千一百一十一个人一起走。"


def test_misread_beyond_repair_is_flagged_and_left() -> None:
    garbled = Chain("utf-8", "latin-1", stripped=True).garble("奶奶在院子里种了几棵丝瓜和豆角。")
    proposal = Misreads().propose(garbled)
    assert not proposal.patch
    (flag,) = proposal.flags
    assert (flag.kind, flag.rule) == ("misread", "E213")


def test_every_proved_segment_garbles_to_the_input() -> None:
    garbled = Chain("utf-8", "gb18030").garble(SENTENCE)
    assert Chain("utf-8", "gb18030").garble(repaired(garbled)) == garbled


def test_several_kinds_of_damage_on_one_page() -> None:
    chains = [LOSSLESS[0], LOSSLESS[5], Chain("utf-8", "gb18030"), LOSSLESS[8]]
    page = "\n".join(chain.garble(SENTENCE) for chain in chains)
    assert repaired(page) == "\n".join([SENTENCE] * len(chains))


@pytest.mark.parametrize("line", LINES)
def test_strange_but_right(line: str) -> None:
    assert not Misreads().propose(line)


def test_strange_but_right_together() -> None:
    assert not Misreads().propose("\n".join(LINES))


def test_bundled_clean_text_is_left() -> None:
    for register in simplified_registers():
        assert not Misreads().propose("\n".join(paragraphs(register))), register


def test_annotated_gbk_is_not_ours() -> None:
    assert not Misreads().propose(
        "為進(jìn)一步總結(jié)經(jīng)驗，現(xiàn)將有關(guān)情況匯報如下"
    )


@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text_is_survived_and_settles(text: str) -> None:
    once = repaired(text)
    assert repaired(once) == once


@given(
    st.sampled_from([*LOSSLESS, Chain("utf-8", "gbk"), Chain("cp950", "gbk")]),
    st.text("的一是在不了有和人这中大，。a1 \n“”é锟", min_size=1, max_size=60),
    st.integers(0, 40),
    st.integers(0, 200),
)
@settings(max_examples=60, deadline=None)
def test_cut_mojibake_settles(chain: Chain, clean: str, start: int, length: int) -> None:
    try:
        garbled = chain.garble(clean)[start : start + length]
    except UnicodeEncodeError:
        return
    once = repaired(garbled)
    assert repaired(once) == once


# The last two: question marks inside text misread twice; a lost byte before a character that
# Shift-JIS reads from two places.
@pytest.mark.parametrize(
    "text",
    [
        *("", "\ud800" * 9, "\x00" * 50, "\U0001f600" * 40, "\udc80é" * 20),
        "".join(f"閺夋垵{char}\ufffd?褰涢惃" for char in "锟浣犲銆锛鍙"),
        "".join(f"骼ｮ荳\ufffd{sign}譖ｸ蠎" for sign in "∵√≡∪≒纊髙"),
    ],
)
def test_odd_strings(text: str) -> None:
    assert repaired(text) == text


def test_which_numeral_was_lost_is_not_judged() -> None:
    # Each of the two bytes of 四 is a surrogate with its neighbour; 给 would be likelier.
    garbled = Chain("utf-16-le", "utf-16-be").garble("库容两千吨，留四百吨的余地")
    text = repaired(garbled)
    assert "给百吨" not in text
    assert "\ufffd百吨的余地" in text


def test_a_long_line_of_another_language_does_not_hide_a_misread() -> None:
    korean = "다람쥐 헌 쳇바퀴에 타고파. 동해물과 백두산이 마르고 닳도록 하느님이 보우하사. " * 12
    garbled = Chain("gb18030", "latin-1").garble(SENTENCE)
    assert SENTENCE[:-1] in repaired(korean + garbled + korean)


@pytest.mark.parametrize(
    "unit", ["锟", "?", "é", "\ufffd", "ã", "\x00\x01", "龘", "銆", "ｱ", "가", "\ue000"]
)
def test_time_is_linear(unit: str) -> None:
    assert_linear(lambda count: Misreads().propose(unit * count), 1_000)


def test_open_half_of_the_families(shared: Path) -> None:
    lines = (shared / "devset" / "misread_families.jsonl").read_text("utf-8").split("\n")
    for line in lines:
        if line:
            record = json.loads(line)
            assert not Misreads().propose(record["clean"]), record["clean"]


@pytest.mark.parametrize("mark", ["\ufffd", "?"])
def test_every_completed_character_is_flagged(mark: str) -> None:
    text = "会议定在周五上午，请各位代表带好证件，提前十分钟到会场。"
    garbled = Chain("utf-8", "gbk").garble(text, mark)
    proposal = Misreads().propose(garbled)
    assert proposal.patch.apply(garbled) == text
    edits = proposal.patch.edits(garbled)
    guessed = [(edit.start, edit.end) for edit in edits if "E211" in edit.rules]
    assert guessed
    assert [(flag.start, flag.end) for flag in proposal.flags if flag.rule == "E211"] == guessed


def test_two_of_three_bytes_are_not_guessed() -> None:
    text = "今年的雨水比往年多，水库提前开了闸。"
    garbled = Chain("utf-8", "latin-1", stripped=True).garble(text)
    proposal = Misreads().propose(garbled)
    assert not any("E211" in edit.rules for edit in proposal.patch.edits(garbled))
    assert {flag.rule for flag in proposal.flags} == {"E213"}


def test_the_table_of_odd_characters_is_what_zones_say() -> None:
    assert odd_borders() == ODD


@given(st.text("的一，\na鑫鑛淼焱", max_size=16))
def test_the_gate_finds_the_places_that_zones_find(text: str) -> None:
    gate = Gate([Misreads().triggers()])
    assert gate.scan(text) == bool(list(zones(text)))


def test_gb_18030_loses_fewer_bytes_than_gbk_and_proves_too_much() -> None:
    text = "听到语音提示以后，再按下面的绿色按钮。"
    garbled = Chain("utf-8", "gbk").garble(text)
    proposal = Misreads().propose(garbled)
    shown = proposal.patch.apply(garbled)
    assert "耀" not in shown or any(flag.rule == "E211" for flag in proposal.flags)


def test_a_choice_between_two_codes_is_flagged() -> None:
    text = "他张开嘴，露出一颗黑黑的大蛀牙。"
    garbled = Chain("gb18030", "cp932").garble(text)
    proposal = Misreads().propose(garbled)
    shown = proposal.patch.apply(garbled)
    flagged = {
        place
        for flag in proposal.flags
        for place in range(*proposal.patch.map_spans([(flag.start, flag.end)])[0])
    }
    wrong = {
        place for place, (one, other) in enumerate(zip(shown, text, strict=True)) if one != other
    }
    assert wrong <= flagged


@pytest.mark.parametrize("wrong", ["big5", "big5hkscs", "cp950", "cp932", "cp949", "euc_jp", "gbk"])
def test_every_place_of_a_character_is_a_choice(wrong: str) -> None:
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            char = bytes([lead, trail]).decode(wrong, "replace")
            if len(char) == 1 and char != "\ufffd":
                first, second = units_of_chars(Chain("utf-8", wrong))[char]
                assert lead in choices(first)
                assert trail in choices(second)
                assert (first < CHOICES and second < CHOICES) or wrong not in ("gbk", "cp949")


def test_one_character_taken_for_another_does_not_cost_the_line() -> None:
    clean = "排骨剁成小段，用料酒、腐乳汁和葱姜水抓匀，腌一晚更入味。"
    garbled = clean.encode().decode("cp932", "replace")
    result = zhclean.pipeline("encoding").analyze(garbled)
    assert result.text.startswith("排骨剁成小段，用料酒、腐乳汁和葱姜水抓匀，")
    assert result.text.endswith("一晚更入味。")
    assert {flag.rule for flag in result.flags} == {"E211"}
