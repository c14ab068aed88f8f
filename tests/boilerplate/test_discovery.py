"""Discovery on generated sites; needs datasketch, the extra `discover`."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhclean.boilerplate.discovery import Document, discover, mask, read_corpus, write_pack
from zhclean.errors import ConfigError


def test_masks() -> None:
    assert mask("更新于2019-03-04 10:20:30 共27次") == "更新于{date} 共{n}次"
    assert mask("《石桥(上)》收入“乡土”栏") == "《{title}》收入“{user}”栏"


def test_folder_by_site(tmp_path: Path) -> None:
    for name in ("a/1.txt", "a/2.txt", "b/1.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", "utf-8")
    assert [one.site for one in read_corpus(tmp_path)] == ["a", "a", "b"]
    with pytest.raises(ConfigError):
        read_corpus(tmp_path, by="moon")


def test_copies_are_no_furniture() -> None:
    pytest.importorskip("datasketch")
    report = "\n".join(
        f"第{word}段写的是{word}月里堤上的事,一共记了三十天,天天不同。" for word in "甲乙丙丁戊己"
    )
    pages = [Document(str(number), "s", report) for number in range(10)]
    assert discover(pages) == []


def test_generated_site() -> None:
    pytest.importorskip("datasketch")
    from benchmarks.discovery import measure

    recall, precision, count, in_use = measure(200, 1)
    assert recall >= 0.8
    assert precision >= 0.95
    assert count >= 8
    assert in_use >= 0.8


def test_pack_can_be_loaded() -> None:
    pytest.importorskip("datasketch")
    from benchmarks.discovery import make_site
    from zhclean.boilerplate.cleaner import Boilerplate

    site = make_site(60, 2)
    found = discover(Document(str(at), "s", text) for at, (text, _) in enumerate(site))
    assert found
    Boilerplate(packs=(write_pack(found, "found"),))
