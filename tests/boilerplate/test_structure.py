"""Furniture that is known by its structure, and bodies that only look like it."""

from __future__ import annotations

import pytest

from zhclean.boilerplate.cleaner import Boilerplate
from zhclean.edits import NOTHING

TITLE = "河堤上的柳树和看堤的人"
BODY = "河堤上的柳树是六十年代种下的,那一年全村人挑土筑堤,从立冬挑到惊蛰,堤成之后再没有溃过口。"
MORE = "如今堤顶铺了沥青,早晚有人跑步,汛期仍旧按老规矩排班,两个人一组,每两小时走一个来回。"


def clean(text: str) -> str:
    return Boilerplate().propose(text).patch.apply(text)


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        pytest.param(["首页 乡土 河工 关于"], [], id="a row of sections"),
        pytest.param(["首页 | 乡土 | 河工 | 联系我们"], [], id="a row of sections with bars"),
        pytest.param(["2019-03-04 10:20:30 乡土网"], [], id="a stamp with its site"),
        pytest.param(["浏览次数:27", "2019-03-04"], [], id="a day beside a record"),
        pytest.param(
            [], ["来源:乡土日报", "作者:周河", "审核:李江"], id="a record with a label a line"
        ),
        pytest.param(
            ["文档序号:7123456阅读:35来源:乡土网"], [], id="labels without blanks between"
        ),
        pytest.param([], ["责任编辑:周河", "乡土微刊", "浏览次数:27"], id="a label between"),
        pytest.param([], ["点赞", "12", "收藏", "3", "举报"], id="counters among buttons"),
        pytest.param(
            [],
            ["上一篇:石桥", "本网稿件版权归乡土网享有,刊用须取得书面授权。违者追究法律责任。"],
            id="a paragraph of rights",
        ),
        pytest.param(
            [],
            ["财经 > 正文", "收录于合集", "约3千字", "查看全部", "分享给好友"],
            id="a path by its end, and a crowd",
        ),
    ],
)
def test_goes(head: list[str], tail: list[str]) -> None:
    text = "\n".join([TITLE, *head, BODY, MORE, *tail])
    assert clean(text) == f"{TITLE}\n{BODY}\n{MORE}"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"{BODY}\n报名电话:0512-1234567\n河工队\n2020年5月20日", id="whom to call"),
        pytest.param(f"{BODY}\n{MORE}\n发送:各村,河工队。", id="to whom it goes"),
        pytest.param(f"网目 35毫米\n网线 12股\n{BODY}", id="figures"),
        pytest.param(f"(二)\n楼上 柳树\n{BODY}\n支持\n{MORE}", id="a word of a board"),
        pytest.param(f"{BODY}\n万方数据\n{MORE}", id="the name of a database"),
        pytest.param(f"{BODY}\n级别:县级\n{MORE}", id="a level"),
    ],
)
def test_stays_between_furniture(body: str) -> None:
    head = "当前位置:首页 > 乡土 > 正文\n发布时间:2020-03-04 10:20 来源:乡土网"
    tail = "上一篇:没有了\n【打印本页】 【关闭窗口】"
    assert clean(f"{head}\n{TITLE}\n{body}\n{tail}") == f"{TITLE}\n{body}"


def test_hundreds_of_lines_go_at_once() -> None:
    text = "\n".join([BODY, MORE, *["点赞", "收藏", "举报"] * 300])
    assert clean(text) == f"{BODY}\n{MORE}"


def test_cards_beside_posts() -> None:
    text = f"注册时间: 2012-3-4\n{BODY}\n注册时间: 2013-5-6\n{MORE}\n注册时间: 2014-7-8\n柳树比堤还老。\n上一篇:石桥"
    assert clean(text) == f"{BODY}\n{MORE}\n柳树比堤还老。"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{TITLE}\n2019年3月4日\n{BODY}", id="a dated text"),
        pytest.param(f"{TITLE}\n作者:周河\n{BODY}", id="an author"),
        pytest.param(f"{BODY}\n联系人:周河\n联系电话:0512-1234567", id="whom to call"),
        pytest.param(f"书名:河工手册\n作者:周河\n页数:320\n{BODY}", id="a book"),
        pytest.param(f"约3千字\n{BODY}", id="a short label alone"),
        pytest.param(f"{BODY}\n柳树\n石桥\n渡口", id="a list that ends a text"),
        pytest.param(
            "转载和摘编都要取得授权,侵权的书要下架,版权的归属写在合同里。\n"
            f"{BODY}\n本网与作者约定,稿件的版权归作者,刊用须取得书面授权,违者追究责任。",
            id="a text about copyright",
        ),
        pytest.param(f"参考答案:\n1. 柳树\n2. 石桥\n{BODY}", id="an exam"),
    ],
)
def test_stays(text: str) -> None:
    assert Boilerplate().propose(text) == NOTHING
