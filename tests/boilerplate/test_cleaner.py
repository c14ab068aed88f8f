"""What the cleaner promises: lines stay lines, quoted notices stay, nothing new appears."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timing import assert_linear
from zhclean import pipeline
from zhclean.boilerplate import cleaners
from zhclean.boilerplate.cleaner import Boilerplate
from zhclean.edits import NOTHING
from zhclean.errors import ConfigError, RuleError
from zhclean.triggers import Gate

BODY = "河堤上的柳树是六十年代种下的,那一年全村人挑土筑堤,从立冬挑到惊蛰,堤成之后再没有溃过口。"
MORE = "如今堤顶铺了沥青,早晚有人跑步,汛期仍旧按老规矩排班,两个人一组,每两小时走一个来回。"

FURNITURE = [
    "上一篇:村口的石桥",
    "下一篇:没有了",
    "您现在的位置:首页 > 乡土 > 正文",
    "本文来自网络,如有侵权请联系删除。",
    "发布时间:2019-03-04 来源:乡土网 浏览次数:27",
    "猜你喜欢:",
    "石桥的来历",
    "网友评论(0)",
    "隐藏内容",
    "此处内容需要权限查看",
    "点击显示全文",
    "content_1();",
    "www.xiangtu-example.com",
]


def clean(text: str, **options: str) -> str:
    return Boilerplate(**options).propose(text).patch.apply(text)


def test_body_keeps_its_lines() -> None:
    text = f"\n堤上的柳树\n\n发布时间:2019-03-04 来源:乡土网 浏览次数:27\n\n{BODY}\n\n{MORE}\n\n上一篇:石桥\n\n下一篇:没有了\n"
    assert clean(text) == f"\n堤上的柳树\n\n{BODY}\n\n{MORE}\n"


def test_last_line_without_line_break() -> None:
    assert clean(f"{BODY}\n上一篇:石桥") == BODY
    assert clean(f"{BODY}\n上一篇:石桥\n") == BODY + "\n"


def test_paywall_goes_and_the_hole_is_flagged() -> None:
    text = f"(一){BODY}\n隐藏内容\n此处内容需要权限查看\n会员免费查看\n(四){MORE}"
    proposal = Boilerplate().propose(text)
    assert proposal.patch.apply(text) == f"(一){BODY}\n(四){MORE}"
    (flag,) = proposal.flags
    assert (text[flag.start : flag.end], flag.kind) == ("(四)", "missing_sections")


def test_traditional_text() -> None:
    text = f"堤上的柳樹\n{BODY}\n聲明：本站圖文來自網絡，如有侵權請聯繫我們刪除。"
    assert clean(text) == f"堤上的柳樹\n{BODY}"


@pytest.mark.parametrize(
    "text",
    [
        "有的网站写着“如有侵权请联系删除”,其实并不能免责。",
        f"{BODY}\n文末那句「版权归原作者所有,如有侵权请联系删除」是网站加的,不是作者写的。",
        "第三条 用户保证对上传的文档享有著作权。\n第四条 平台按照下载次数向用户支付收益。",
        f"{BODY}\n相关阅读\n《江河志》\n《堤防述略》",
        "张三 2019-03-04 10:20:30\n李四 2019-03-04 10:21:30\n王五 2019-03-04 10:22:30\n赵六 2019-03-04 10:23:30",
    ],
)
def test_body_that_speaks_of_notices(text: str) -> None:
    assert Boilerplate().propose(text) == NOTHING


def test_a_page_of_notices_is_flagged_and_uncut() -> None:
    text = "本站资源均来自网络,如有侵权请联系删除。\n转载请注明出处。\n本站不承担任何责任。"
    proposal = Boilerplate().propose(text)
    assert not proposal.patch
    assert [flag.kind for flag in proposal.flags] == ["uncut"]


def test_own_pack_as_text_and_as_file(tmp_path: object) -> None:
    from pathlib import Path

    pack = """
[pack]
name = "mine"
stage = "boilerplate"

[[rule]]
code = "U001"
name = "banner"
why = "The banner of our own archive."
safe = true
kind = "site_header"
shape = "line"
templates = ['乡土档案馆藏 第{n}号']
change = [{ before = "乡土档案馆藏 第12号\\n正文。", after = "正文。" }]
leave = ["馆藏第12号是一只石磨。"]
"""
    path = Path(str(tmp_path)) / "mine.toml"
    path.write_text(pack, "utf-8")
    text = f"鄉土檔案館藏 第７号\n{BODY}"
    for source in (pack, str(path)):
        assert clean(text) == text
        (cleaner,) = cleaners(packs=[source])
        assert cleaner.propose(text).patch.apply(text) == BODY
        assert pickle.loads(pickle.dumps(cleaner)) == cleaner


def test_own_packs_open_the_gate_and_keep_their_codes_to_themselves() -> None:
    pack = """
[pack]
name = "mine"
stage = "boilerplate"
[[rule]]
code = "CODE"
name = "banner"
why = "The banner of our own archive."
safe = true
kind = "site_header"
shape = "line"
templates = ['钤 戳 {n}']
change = [{ before = "钤戳12\\n正文。", after = "正文。" }]
leave = ["钤戳是木头刻的。"]
"""
    text = f"钤戳 7\n{BODY}"
    assert not Gate([Boilerplate().triggers()]).scan(text)
    mine = pack.replace("CODE", "U001")
    assert Gate([Boilerplate(packs=(mine,)).triggers()]).scan(text)
    assert pipeline("boilerplate", packs=[mine]).clean(text) == BODY
    for code in ("B001", "B019"):  # of a template, and of a detector
        with pytest.raises(RuleError, match="already in the pack"):
            Boilerplate(packs=(pack.replace("CODE", code),))
    instead = Boilerplate(packs=(pack.replace("CODE", "B001"),), without=("navigation",))
    assert instead.propose(f"{text}\n上一篇:没有了").patch.apply(text) == BODY


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("templates = ['{n}']", "two literal characters"),
        ("templates = ['{nonsense}页']", "unknown slot"),
        ("templates = ['(上一篇']", "not closed"),
        ("templates = ['上一篇']\nat = 'nowhere'", "not one of"),
        ("templates = ['上一篇']\ncolour = 'red'", "unknown key"),
        ("templates = []", "templates"),
        (f"templates = ['{'页' * 2000}']", "more than"),
    ],
)
def test_bad_packs_are_refused_with_file_and_line(line: str, message: str) -> None:
    pack = f"""[pack]
name = "mine"
stage = "boilerplate"
[[rule]]
code = "U001"
name = "x"
why = "x"
safe = true
kind = "other"
shape = "line"
{line}
change = [{{ before = "a", after = "b" }}]
leave = ["c"]
"""
    with pytest.raises(RuleError, match=rf"^<pack>:4: .*{message}"):
        Boilerplate(packs=(pack,))


def test_levels() -> None:
    text = f"{BODY}\n希望本文能帮到各位!\n上一篇:石桥\n石桥的来历"
    assert clean(text, level="conservative") == f"{BODY}\n希望本文能帮到各位!\n石桥的来历"
    assert clean(text) == f"{BODY}\n希望本文能帮到各位!"
    assert clean(text, level="aggressive") == BODY


def test_unknown_level_and_missing_pack() -> None:
    with pytest.raises(ConfigError, match="level"):
        Boilerplate(level="reckless")
    with pytest.raises(RuleError, match=r"no-such\.toml:1"):
        Boilerplate(packs=("no-such.toml",))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from([*FURNITURE, BODY, MORE, "", "柳树", "一、堤防"]), max_size=14))
def test_cleaning_twice_changes_nothing(lines: list[str]) -> None:
    once = clean("\n".join(lines))
    assert clean(once) == once


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from(FURNITURE), max_size=5),
    st.lists(st.sampled_from(FURNITURE), max_size=5),
)
def test_prose_survives_any_furniture(above: list[str], below: list[str]) -> None:
    cleaned = clean("\n".join([*above, BODY, MORE, *below]))
    assert f"{BODY}\n{MORE}" in cleaned


@settings(max_examples=100, deadline=None)
@given(
    st.text(
        st.one_of(st.characters(), st.sampled_from("上一篇:下载\n 版权侵\ud800\x00相关阅读如有")),
        max_size=200,
    )
)
def test_any_text(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@pytest.mark.parametrize(
    "unit", ["上一篇:", "如有侵权", "> ", "1、下载文档 ", "www.a.com ", "相关阅读\n", "(", "如"]
)
def test_time_is_linear(unit: str) -> None:
    cleaner = Boilerplate()
    assert_linear(lambda count: cleaner.propose(unit * count), 800)


def test_time_is_linear_in_one_line_of_anchors() -> None:
    cleaner = Boilerplate()
    unit = "按钮上写着“展开阅读全文”,点一下正文就会展开"
    assert_linear(lambda count: cleaner.propose(unit * count), 20_000)
