"""Bytes that a misread lost without a mark: what is found, what is said, what is never touched."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timing import assert_linear
from zhclean import pipeline
from zhclean.encoding.misreads import Misreads
from zhclean.encoding.misreads.candidates import Alphabet
from zhclean.encoding.misreads.chains import Chain
from zhclean.encoding.misreads.dropped import marked
from zhclean.encoding.misreads.table import rule_chains

DROPPING = [entry.chain for entry in rule_chains() if entry.chain.drops]

#: Rare characters that are right; many of them are what UTF-8 gives when it is misread.
CLEAN = (
    "浠水、涓流、娴熟、鍙、銆、鐨、璇、閹、瀹、缁：这些字在字典里都有。",
    "鲃、鲄、鲅、鲆、鲇、鲈、鲉、鲊、鲋、鲌、鲍、鲎、鲏、鲐、鲑、鲒、鲓、鲔、鲕、鲖",
    "鳜鱼、鳊鱼、鲮鱼、鳙鱼、鲥鱼、鱇鱼、魟、鮟鱇、鱵、鯻、鱚、鯒",
    "荇菜、蘩蒌、葳蕤、蓼蓝、菝葜、苘麻、茼蒿、蔊菜、莙荙菜、蕺菜、薤白、荸荠",
    "嘧啶、嘌呤、吡啶、噻唑、哌嗪、苊、茚、芴、菲、蒽、芘、苝、锿、镄、钔、锘、铹",
    "王珝、李翀、赵祎、孙璟、周晔、吴玥、郑旸、冯骉、陈犇、褚淼、卫焱、蒋垚",
    "偌大个埕，伊厝边头尾拢来逗阵，囝仔嘢，冇问题，嗰啲嘢唔该晒。",
    "侬伐要嘎讲，阿拉弄堂里厢白相，囡囡搿搭嗲来兮。",
    "噫吁嚱，危乎高哉！狖鼯悲啸，猱玃攀缘，砯崖转石，巉岩崔嵬。",
    "蒹葭萋萋，白露未晞。所谓伊人，在水之湄。溯洄从之，道阻且跻。",
    "帝高陽之苗裔兮，朕皇考曰伯庸。攝提貞于孟陬兮，惟庚寅吾以降。",
    "一丁丂七丄丅丆万丈三上下丌不与丏丐丑丒专且丕世丗丘丙业丛东丝丞",
    "涓涗涘涙涚涛涜涝涞涟涠涡涢涣涤涥润涧涨涩涪涫涬涭涮涯",
    "榊原さんは峠の辻で畑を耕し、鱈と鰯と鯖を凪の海で釣った。",
    "ﾃｽﾄｹｰｽの蜊蜩荳莠は残す。霑莉莨という字もある。",
    "갃갅갋갌갎갏걌걎뜹뜻쉪쎑라는 글자도 있다. 訝若竊鸚",
    "辭典：蠎、譛、譁、繧、縺、縲、荳、莉、蝨、螟，皆僻字也。",
)


def garble(text: str, wrong: str) -> str:
    return text.encode().decode(wrong, "ignore")


@pytest.mark.parametrize("line", CLEAN)
def test_rare_but_right(line: str) -> None:
    assert not Misreads().propose(line)


def test_rare_but_right_together() -> None:
    assert not Misreads().propose("\n".join(CLEAN))


@pytest.mark.parametrize("wrong", ["gbk", "gb18030", "cp936", "cp932"])
@pytest.mark.parametrize("text", ["这是一个测试。", "锅里的水开了，先下面条，再放青菜。"])
def test_what_was_dropped_is_completed_and_flagged(wrong: str, text: str) -> None:
    garbled = garble(text, wrong)
    proposal = Misreads().propose(garbled)
    assert proposal.patch.apply(garbled) == text
    guessed = [edit for edit in proposal.patch.edits(garbled) if "E211" in edit.rules]
    flags = {(flag.start, flag.end) for flag in proposal.flags if flag.rule == "E211"}
    assert {(edit.start, edit.end) for edit in guessed} <= flags


def test_the_marks_are_where_a_decoder_leaves_them() -> None:
    chain = Chain("utf-8", "gbk")
    text = "我们到会议室开了一个会，谈了一天。"
    guess = marked(chain.garble(text, ""), chain, Alphabet("utf-8"), ends_text=True)
    assert guess is not None
    assert guess.text == chain.garble(text)
    assert guess.garbled == ((0, len(chain.garble(text, ""))),)


def test_clean_lines_around_are_left() -> None:
    before, after = "昨天收到一封来信，信里这样说：\n", "\n我读了两遍，放回了抽屉。"
    text = "锅里的水开了，先下面条，再放青菜。"
    page = before + garble(text, "gbk") + after
    proposal = Misreads().propose(page)
    assert proposal.patch.apply(page) == before + text + after
    low, high = len(before), len(page) - len(after)
    assert all(low <= flag.start and flag.end <= high for flag in proposal.flags)


def test_what_stays_odd_beside_a_repair_is_flagged() -> None:
    garbled = garble("魑魅魍魉是一个常用的成语，龘龘也是一个词。", "gbk")
    result = pipeline("encoding").analyze(garbled)
    flagged = {place for flag in result.flags for place in range(flag.start, flag.end)}
    assert all(place in flagged for place, char in enumerate(result.text) if "鍀" <= char <= "鐿")


def test_where_whole_characters_are_gone_all_is_flagged() -> None:
    garbled = garble("小学的操场上，老师带着孩子们在跑步。", "cp949")
    proposal = Misreads().propose(garbled)
    assert proposal.patch
    flagged = {
        place
        for flag in proposal.flags
        if flag.rule == "E213"
        for place in range(flag.start, flag.end)
    }
    assert flagged == set(range(len(garbled)))


def test_gbk_read_as_utf_8_leaves_nothing() -> None:
    left = "会议定在周五上午，请各位代表带好证件。OK".encode("gbk").decode("utf-8", "ignore")
    assert not Misreads().propose(left)


@given(
    st.sampled_from(DROPPING),
    st.text("的一是在不了有和人这中大，。a1 \n“”é锟〇·", min_size=1, max_size=60),
    st.integers(0, 20),
)
@settings(max_examples=150, deadline=None)
def test_what_is_repaired_settles_and_proves(chain: Chain, clean: str, start: int) -> None:
    garbled = chain.garble(clean, "")[start:]
    proposal = Misreads().propose(garbled)
    once = proposal.patch.apply(garbled)
    assert Misreads().propose(once).patch.apply(once) == once
    # Completed or not, no text is taken for garbled that is none.
    for flag in proposal.flags:
        assert 0 <= flag.start <= flag.end <= len(garbled)


@pytest.mark.parametrize("unit", ["涓", "銆", "涓涓娴嬭瘯", "荳\x80", "뜹", "鐨"])
def test_time_is_linear(unit: str) -> None:
    assert_linear(lambda count: Misreads().propose(unit * count), 1_000)
