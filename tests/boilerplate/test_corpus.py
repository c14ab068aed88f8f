"""The real documents: what must go and what must stay, named by short labels only."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhclean.boilerplate.cleaner import Boilerplate

#: Document -> labels of furniture that must go, labels of the body that must stay.
DOCUMENTS = {
    "000": (
        ["温馨提示", "网站客服", "汇文网"],
        ["市政府科技宣传工作总结", "指导思想:", "(四)大力加强"],
    ),
    "001": (
        ["文思社", "人氣", "【概述】", "本站的會員", "【正文】"],
        ["科技局2020年半年度", "一、上半年工作總結", "四是抓人才集聚"],
    ),
    "002": (
        ["隐藏内容", "权限查看", "普通用户特权", "会员免费查看"],
        ["一、20xx年", "(三)强化培育", "(八)加强舆论", "三、当前面临"],
    ),
    "003": (
        ["book118", "VIP文档", "上传文档", "查看更多", "最近下载", "文档评论", ".docx"],
        ["科技局半年工作总结", "一、实现", "2、突出高新产业"],
    ),
    "004": (["content_2", "免責"], ["篇一", "5.科技鐵軍"]),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_furniture_goes_and_body_stays(shared: Path, name: str) -> None:
    (path,) = (shared / "corpus").glob(f"{name}_*.txt")
    text = path.read_text("utf-8")
    proposal = Boilerplate().propose(text)
    cleaned = proposal.patch.apply(text)
    gone, stay = DOCUMENTS[name]
    assert [label for label in gone if label in cleaned] == []
    if name == "004":  # its text is damaged; the encoding stage comes first in a pipeline
        stay = ["篇一"]
    assert [label for label in stay if label not in cleaned] == []
    # No line of prose is lost: what goes is furniture by its length alone.
    assert len(cleaned) > 0.6 * len(text)


def test_the_hole_behind_the_paywall_is_flagged(shared: Path) -> None:
    (path,) = (shared / "corpus").glob("002_*.txt")
    text = path.read_text("utf-8")
    (flag,) = Boilerplate().propose(text).flags
    assert (text[flag.start : flag.end], flag.kind) == ("(八)", "missing_sections")


def test_repaired_introduction(shared: Path) -> None:
    from zhclean import pipeline

    (path,) = (shared / "corpus").glob("004_*.txt")
    cleaned = pipeline("encoding", "boilerplate").clean(path.read_text("utf-8"))
    assert "大家收集" not in cleaned
    assert "content_2" not in cleaned
    assert "科学技术局工作总结与来年工作思路篇一" in cleaned


def test_labelled_pages(shared: Path) -> None:
    from benchmarks.boilerplate import evaluate, records

    rows = list(records(shared / "devset" / "boilerplate.jsonl"))
    own = evaluate(rows, "standard", own=True, show=False).total
    assert own.precision >= 0.98
    assert own.recall >= 0.85
    assert own.wrong <= 0.001 * own.body
    assert own.touched == 0
    assert own.exact >= 0.6 * own.pages
    other = evaluate(rows, "standard", own=False, show=False).total
    assert other.precision >= 0.97
    assert other.recall >= 0.6
    assert other.touched == 0
