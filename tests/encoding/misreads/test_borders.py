"""Misreads beside clean text: where they begin and end, and which version of a decoder it was."""

from __future__ import annotations

import pytest

from zhclean.encoding.misreads import Misreads
from zhclean.encoding.misreads.chains import Chain

BEFORE = "园里的桂花都开了。"
GARBLED = "老师说从前面的小路走过去，再问一问看门的大爷就行。"
BEHIND = "上周新来了两位保安，轮流值夜班。"
LINES = "清明前后去后山采茶。\n切开西瓜，其中一半留给前院的邻居。\n立即把照片洗出来，比去年的清楚。"


def repaired(text: str) -> str:
    return Misreads().propose(text).patch.apply(text)


@pytest.mark.parametrize("wrong", ["gbk", "gb18030", "cp932"])
def test_a_misread_may_end_in_a_lost_byte(wrong: str) -> None:
    garbled = BEFORE + Chain("utf-8", wrong).garble(GARBLED) + BEHIND
    proposal = Misreads().propose(garbled)
    shown = proposal.patch.apply(garbled)
    assert shown.startswith(BEFORE + GARBLED[:-1])
    assert shown.endswith(BEHIND)
    # What was lost at the end is the full stop, or stays open; never another character.
    assert shown[len(BEFORE + GARBLED) - 1] in "。\ufffd"


def test_bytes_before_clean_text_prove_nothing() -> None:
    # GB 18030 reads every byte but 80 and FF in front of another: U+3000 would seem proved.
    garbled = Chain("utf-8", "gbk").garble(GARBLED) + BEHIND
    assert "\u3000" not in repaired(garbled)


def test_a_rare_sign_keeps_the_rest_in_step() -> None:
    text = "《野草》里〈秋夜〉一篇，曾经多次选入课本，说的是后园的两株树。"
    shown = repaired(Chain("utf-8", "gbk").garble(text))
    wrong = [char for char, right in zip(shown, text, strict=True) if char not in (right, "\ufffd")]
    assert wrong == []


@pytest.mark.parametrize("version", ["big5", "big5hkscs", "cp950"])
def test_versions_of_big5_are_told_apart_in_every_line(version: str) -> None:
    garbled = Chain("gb18030", version).garble(LINES)
    shown = repaired(garbled)
    flagged = {
        place for flag in Misreads().propose(garbled).flags for place in range(flag.start, flag.end)
    }
    if not flagged:
        assert shown == LINES
    assert "前院" in shown


@pytest.mark.parametrize("wrong", ["latin-1", "utf-16-be"])
@pytest.mark.parametrize("lead", ["", "今", "今天", BEFORE, BEFORE + "\n", "abc\n"])
def test_utf_16_beside_clean_text(lead: str, wrong: str) -> None:
    garbled = Chain("utf-16-le", wrong).garble(GARBLED)
    assert repaired(lead + garbled + "\n" + BEHIND) == lead + GARBLED + "\n" + BEHIND


def test_most_characters_may_have_lost_a_byte() -> None:
    text = "車站對面的書店明天開始打折，大家都想去看看。"
    garbled = Chain("cp950", "gbk").garble(text)
    shown = repaired(garbled)
    right = sum(one == other for one, other in zip(shown, text, strict=True))
    assert right >= len(text) - 2


@pytest.mark.parametrize(
    "text",
    [
        "日本自造的字有畑、辻、峠、凪、躾、鞄、働、込等。",
        "鞄、躾、峠、辻、凪、畑、込、匂、枠、栃、塀、搾、喰、噺",
        "国字：辻，畑，峠，凪，躾，鞄，働，込，枠，栃",
        "��，��、�辻�、峠�、凪、��畑、込�、匂。",
    ],
)
def test_lists_of_rare_characters_are_no_misread(text: str) -> None:
    assert not Misreads().propose(text).patch


@pytest.mark.parametrize("hole", ["�", "�����", "���，���"])
def test_what_is_lost_whole_is_no_evidence(hole: str) -> None:
    garbled = f"˵{hole}ϰ{hole}ֵ{hole}ģ{hole}Ҳ{hole}"
    assert not Misreads().propose(garbled).patch


def test_misread_twice_behind_clean_text() -> None:
    # The bytes of the clean part happen to be UTF-8 here and there.
    garbled = Chain("utf-8", "gb18030", again=True).garble(GARBLED)
    assert repaired("山谷里回响，" + garbled) == "山谷里回响，" + GARBLED


def test_what_may_be_a_replacement_character_is_no_yen_sign() -> None:
    assert "￥" not in repaired("锟斤拷锟斤拷锟�" + BEHIND)
    assert "￥" not in repaired(Chain("utf-8", "gb18030", again=True).garble(GARBLED) + BEHIND)


@pytest.mark.parametrize("clean", ["旅游攻略大全", "养生粥的做法", "园里的桂花都开了。"])
def test_clean_text_that_the_wrong_table_can_write_stays(clean: str) -> None:
    garbled = clean + Chain("gb18030", "cp949").garble("火锅底料每包四百克，保质期十二个月。")
    assert repaired(garbled + clean).startswith(clean)
    assert repaired(garbled + clean).endswith(clean)
