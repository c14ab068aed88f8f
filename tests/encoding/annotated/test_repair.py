"""The repair, on sentences of our own with the damage of real pages."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.timing import assert_linear
from zhclean.edits import NOTHING
from zhclean.encoding.annotated import AnnotatedGbk
from zhclean.encoding.annotated.forward import FOLDED, Site, damage
from zhclean.encoding.annotated.gbk import MARK_BYTES, pair_of
from zhclean.encoding.annotated.readings import ladder

CLEANER = AnnotatedGbk()
LADDER = tuple((pair_of(char) or 0, reading) for char, reading in ladder().items())
SITE = Site(LADDER[::-1], frozenset(MARK_BYTES.values()))


def clean(text: str) -> str:
    return CLEANER.propose(text).patch.apply(text)


def codes(text: str) -> set[str]:
    edits = CLEANER.propose(text).patch.edits(text)
    return {code for edit in edits for code in edit.rules}


# Simplified text and its traditional form as the sites write it.
PAGES = [
    (
        "镇里的农业合作社今年种了五百亩水稻，产量比去年提高一成。可是运输还是个问题，收购点太远。"
        "社员们开会讨论，决定买一辆车，每周送两次。",
        "鎮里的農業合作社今年種了五百畝水稻，產量比去年提高一成。可是運輸還是個問題，收購點太遠。"
        "社員們開會討論，決定買一輛車，每周送兩次。",
    ),
    (
        "学校组织学生参观科技馆，讲解员介绍了机器人的发展过程。课后老师布置了作业，要求每人写一篇观后感。"
        "大家对未来充满信心。",
        "學校組織學生參觀科技館，講解員介紹了機器人的發展過程。課后老師布置了作業，要求每人寫一篇觀后感。"
        "大家對未來充滿信心。",
    ),
]


@pytest.mark.parametrize(("simplified", "traditional"), PAGES)
@pytest.mark.parametrize("marks", [True, False], ids=["marks", "no marks"])
@pytest.mark.parametrize("folded", [True, False], ids=["folded", "full width"])
@pytest.mark.parametrize("depth", [60, 160])
def test_a_damaged_page_comes_back_to_the_character(
    simplified: str, traditional: str, *, marks: bool, folded: bool, depth: int
) -> None:
    place = Site(LADDER[:depth][::-1], SITE.marks if marks else frozenset())
    shown = damage(traditional, place)
    expected = simplified
    if folded:
        shown, expected = shown.translate(FOLDED), expected.translate(FOLDED)
    assert clean(shown) == expected


@pytest.mark.parametrize(
    ("shown", "expected", "code"),
    [
        ("實(shí)驗(yàn)室??扑技夹g(shù)(x)研究院", "实验室。科思技术(x)研究院", "E103"),
        ("環(huán)??萍籍a(chǎn)學", "环保科技产学", "E103"),
        ("考績(jī)?yōu)閮?yōu)秀", "考绩为优秀", "E102"),
        ("要素??苿?chuàng)走廊", "要素。科创走廊", "E103"),
        ("企業(yè)百?gòu)?qiáng)”", "企业百强”", "E102"),
        # The parenthesis behind half a character is kept, with a sign of the half or without.
        ("企業(yè)百?(gòu)?(qiáng)”", "企业百强”", "E102"),
        ("上??萍己献髑⒄剷?huì)", "上海科技合作洽谈会", "E103"),
        ("上??萍己献髑⒄剷?(huì)", "上海科技合作洽谈会", "E103"),
        ("上??萍己献髑⒄剷(huì)", "上海科技合作洽谈会", "E103"),
        ("解決方案78份?,F(xiàn)場(chǎng)賽", "解决方案78份。现场赛", "E103"),
        ("學(xué)習(xí)資料x(chóng)x期xx篇", "学习资料xx期xx篇", "E101"),
        (
            "環??萍籍a學研合作，實驗室??扑技夹g研究院",
            "环保科技产学研合作，实验室。科思技术研究院",
            "E103",
        ),
    ],
)
def test_a_fragment_is_enough_where_bytes_are_shifted(shown: str, expected: str, code: str) -> None:
    assert clean(shown) == expected
    assert code in codes(shown)


def test_an_open_title_is_closed() -> None:
    traditional = "我們讀了繪本《爺爺的草鞋》，大家都很喜歡。這個計劃還會繼續。"
    shown = damage(traditional, Site(LADDER[::-1], frozenset()))
    assert "》" not in shown  # its pair is one of those that show nothing
    assert clean(shown) == "我们读了绘本《爷爷的草鞋》，大家都很喜欢。这个计划还会继续。"


def test_an_entity_that_lost_its_ampersand_is_a_mark() -> None:
    assert clean("已經(jīng)交了78份?#xff0c;F(xiàn)場(chǎng)打分") == "已经交了78份。现场打分"


def test_a_swallowed_digit_is_flagged_and_not_guessed() -> None:
    shown = "我們?nèi)チ?天，參觀了兩個(gè)農(nóng)場(chǎng)"
    proposal = CLEANER.propose(shown)
    assert proposal.patch.apply(shown) == "我们去了?天，参观了两个农场"
    (flag,) = proposal.flags
    assert (shown[flag.start : flag.end], flag.kind, flag.rule) == ("?", "swallowed", "E105")


def test_a_tag_that_lost_its_angle_bracket_gets_it_back() -> None:
    shown = damage("<p>我們去了。</p>", Site(LADDER, frozenset()))
    assert clean(f"{shown}學(xué)習(xí)計(jì)劃") == "<p>我们去了。</p>学习计划"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "這個字讀作會(huì)，也讀作會(kuài)。",
        "樂(lè)觀的人常笑，音樂(yuè)響起來，他跟著唱。",
        "饕餮(tāo tiè)、貔貅(pí xiū)都是傳說裡的獸。",
        "真的??你没骗我?!我不信??",
        "他問：去不去?科技館今天開門。",
        "函数f(x)和g(a)都连续，区间(a,b)内可导。",
        "你(nǐ)好(hǎo)！我(wǒ)叫(jiào)小(xiǎo)明(míng)。",
        "Was?!Ja,(xiàn)?",
    ],
)
def test_text_without_the_damage_stays(text: str) -> None:
    assert CLEANER.propose(text) == NOTHING


def test_particles_come_back_as_zhe_and_books_stay_books() -> None:
    shown = "他看著圖紙說(shuō)，業(yè)績(jī)顯著，專著也寫(xiě)完了，接著開(kāi)會(huì)。"
    assert clean(shown) == "他看着图纸说，业绩显著，专著也写完了，接着开会。"


def test_the_cleaner_is_a_value() -> None:
    assert AnnotatedGbk() == CLEANER
    assert pickle.loads(pickle.dumps(CLEANER)) == CLEANER
    assert repr(CLEANER) == "AnnotatedGbk()"


PIECES = (
    st.sampled_from(
        [
            "?",
            "??",
            "?,",
            "?，",
            "(yè)",
            "業(yè)",
            "?jī)",
            "優",
            "績",
            "萍",
            "籍a",
            "(x)",
            "科技",
            "3",
        ]
    )
    | st.sampled_from(
        [
            "。",
            "€",
            "想(xiang)",
            "，，",
            "，。",
            "zui",
            "?6?1",
            "😀",
            "著",
            "F(xiàn)",
            "x(chóng)",
            "</p>",
        ]
    )
    | st.sampled_from(["\n", "\0", "\ud800"])
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
@example("業(yè)創(chuàng)績(jī)優(yōu)?jī)?,??jī)？，???")
def test_any_text_is_repaired_once_and_for_all(text: str) -> None:
    proposal = CLEANER.propose(text)
    repaired = proposal.patch.apply(text)
    assert CLEANER.propose(repaired).patch.apply(repaired) == repaired
    assert proposal.patch.invert(text).apply(repaired) == text
    assert all(0 <= flag.start <= flag.end <= len(text) for flag in proposal.flags)


def test_a_shift_without_proof_stays_and_is_flagged() -> None:
    text = "實(shí)驗(yàn)室的會(huì)議認(rèn)為發(fā)展穩(wěn)中有進(jìn)，總體平穩(wěn)?萍紕?chuàng)新能力提升。"
    proposal = CLEANER.propose(text)
    assert "?chuàng)新能力" in proposal.patch.apply(text)
    (flag,) = proposal.flags
    assert (text[flag.start : flag.end], flag.kind, flag.rule) == ("?chuàng)", "shifted", "E105")


@pytest.mark.parametrize(("questions", "undone"), [(39, True), (41, False)])
def test_many_questions_that_mean_it_end_the_search(questions: int, undone: bool) -> None:
    text = "你走不走?,走吧。\n" * questions + "實(shí)驗(yàn)室??扑技夹g(shù)研究院的會(huì)議。"
    assert clean(text).endswith("实验室。科思技术研究院的会议。") is undone


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_no_text_is_an_error(text: str) -> None:
    patch = CLEANER.propose(text).patch
    assert patch.invert(text).apply(patch.apply(text)) == text


@pytest.mark.parametrize(
    "unit",
    [
        "?",
        "??,",
        "?jī)",
        "業(yè)",
        "(((",
        "?,萍",
        "，。",
        "a(",
        "(a",
        "?#x",
        "好?，好??，走?？?,????????雨????????",
        "績(jī)?yōu)閮?yōu)秀",
        "字(zì)(zi)",
    ],
)
def test_time_is_linear_on_hostile_text(unit: str) -> None:
    assert_linear(lambda count: CLEANER.propose(unit * count), 100)


def test_the_real_page_has_no_annotation_and_no_shifted_place_left(shared: Path) -> None:
    (path,) = (shared / "corpus").glob("004*")
    repaired = clean(path.read_text("utf-8"))
    assert not re.search(r"[(?][a-zāáǎàēéěèīíǐìōóǒòūúǔùǜü]{1,6}[)]", repaired.replace("(x)", ""))
    assert "?" not in repaired
    assert not set("萍籍苿閮髽俭汲晒鑶").intersection(repaired)
    for fragment in (
        "周环保科技产学",
        "考绩为优秀",
        "78份。现场赛",
        "个。科技企业孵化",
        "科技成果转移转化",
    ):
        assert fragment in repaired
