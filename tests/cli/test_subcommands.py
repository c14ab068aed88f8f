"""The subcommands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import zhclean
from zhclean.cli import main
from zhclean.rules import catalogue


def test_explain_and_rules_tell_every_rule() -> None:
    listed = zhclean("rules").stdout.decode().splitlines()
    assert any(line.startswith("E101") for line in listed)
    # splitlines() would also split at U+2028, which an example holds.
    lines = zhclean("rules", "--json").stdout.decode().removesuffix("\n").split("\n")
    records = [json.loads(line) for line in lines]
    assert [record["code"] for record in records] == [
        line.split()[0].rstrip("?") for line in listed
    ]
    text = zhclean("explain", "e101").stdout.decode()
    assert text.startswith("E101")
    assert "leaves:" in text
    both = zhclean("explain", "E101", "N101").stdout.decode()
    assert both == f"{text}\n{zhclean('explain', 'N101').stdout.decode()}"
    assert zhclean("explain", "E101", "X1").stdout == b""


PACK = """\
[pack]
name = "mine"
stage = "boilerplate"

[[rule]]
code = "U101"
name = "mine-terms"
why = "Terms above each document."
safe = true
kind = "disclaimer"
shape = "line"
templates = ["本站文档由会员{user}上传,下载扣{n}积分[。]"]
change = [{ before = "本站文档由会员晓风上传，下载扣5积分。\\n夜里下了一场小雪，早上路面结了冰，老人们走得很慢。", after = "夜里下了一场小雪，早上路面结了冰，老人们走得很慢。" }]
leave = ["他说本站文档由会员上传，先看清楚再下载。"]
"""


def test_a_pack_of_ones_own_is_listed_explained_and_tested(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(PACK, "utf-8")
    run = zhclean("rules", "--pack", path, "--test")
    assert (run.returncode, run.stderr) == (0, b"")
    assert run.stdout.decode() == ("U101    boilerplate mine-terms: Terms above each document.\n")
    [record] = zhclean("rules", "--json", "--pack", path).stdout.splitlines()
    assert json.loads(record)["code"] == "U101"
    explained = zhclean("explain", "--pack", path, "u101").stdout.decode()
    assert explained.startswith("U101 mine-terms (boilerplate)\nTerms above each document.\n")
    assert zhclean("explain", "U101").returncode == 2
    assert zhclean("explain", "--pack", path, "E101").returncode == 0


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("下载扣5积分。", "下载。", "U101 does not change '本站文档由会员晓风上传，下载。"),
        ('after = "夜里', 'after = "夜裏', "U101 makes '夜里下了"),
        (
            'leave = ["他说本站文档由会员上传，先看清楚再下载。',
            'leave = ["本站文档由会员晓风上传，下载扣5积分。\\n夜里下了一场小雪，早上路面结了冰。',
            "U101 does not leave '本站文档",
        ),
    ],
)
def test_an_example_that_is_not_borne_out_is_told(
    before: str, after: str, problem: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    assert before in PACK
    path.write_text(PACK.replace(before, after, 1 if "leave" in before else -1), "utf-8")
    run = zhclean("rules", "--pack", path, "--test")
    assert run.returncode == 1
    [line] = run.stderr.decode().splitlines()
    assert line.startswith(f"zhclean: {path}:5: {problem}")


def test_quantities_come_as_a_table(tmp_path: Path) -> None:
    data = "全年投入2500万元，增长3.5%。".encode()
    run = zhclean("quantities", data=data)
    header, first, _ = run.stdout.decode().splitlines()
    assert header.startswith("file,start,end,text,")
    assert first.startswith("-,4,10,2500万元,")
    rows = [
        json.loads(line)
        for line in zhclean("quantities", "--format", "jsonl", data=data).stdout.splitlines()
    ]
    assert [(row["text"], row["value"], row["unit"]) for row in rows] == [
        ("2500万元", "25000000", "元"),
        ("3.5%", "3.5", "%"),
    ]


def test_discover_proposes_a_pack_that_can_be_used(tmp_path: Path) -> None:
    pytest.importorskip("datasketch", reason="needs the extra discover")
    from benchmarks.damage.corpus import everything

    bodies = [text for _, text in everything() if len(text) > 60][:24]
    site = tmp_path / "corpus" / "example.cn"
    site.mkdir(parents=True)
    notice = "本站文档均由会员晓风{n}上传，下载前请看清楚，客服电话{n}。"
    for number, body in enumerate(bodies):
        page = f"{notice.replace('{n}', str(number + 10))}\n{body}\n"
        (site / f"{number}.txt").write_text(page, "utf-8")
    pack = tmp_path / "found.toml"
    run = zhclean("discover", tmp_path / "corpus", "-o", pack)
    assert (run.returncode, run.stderr) == (0, b"")
    assert "本站文档均由会员晓风" in pack.read_text("utf-8")
    run = zhclean("--only", "boilerplate", "--pack", pack, site / "3.txt")
    assert run.returncode == 0
    assert run.stdout.decode() == bodies[3] + "\n"
    assert zhclean("discover", tmp_path / "none").returncode == 2


def test_explain_tells_what_is_flagged_and_left(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "R101"]) == 0
    told = capfd.readouterr().out
    rule = catalogue()["R101"]
    for title, examples in (("flags:", [one.text for one in rule.flag]), ("leaves:", rule.leave)):
        part = told.split(f"{title}\n")[1].split("\n\n")[0]
        assert part.count("\n") + (not part.endswith("\n")) == len(examples)
        assert all(example.replace("\n", "⏎") in part for example in examples)


def test_quantities_go_on_behind_a_file_that_is_not_there(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("投资三千万元", "utf-8")
    assert main(["quantities", str(tmp_path / "none"), str(tmp_path / "a.txt")]) == 2
    told = capfd.readouterr()
    assert told.err == f"zhclean: {tmp_path}/none: No such file or directory\n"
    assert "30000000,元" in told.out


def test_discover_says_so_where_nothing_comes_again(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("datasketch", reason="needs the extra discover")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.txt").write_text("夜里下了一场小雪。\n", "utf-8")
    assert main(["discover", str(tmp_path)]) == 2
    assert capfd.readouterr().err == f"zhclean: {tmp_path}: no line recurs often enough\n"


def test_corpus_wants_a_command(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus"]) == 2
    assert main(["corpus", "ran"]) == 2
    first, second = capfd.readouterr().err.splitlines()
    assert "the following arguments are required: command" in first
    assert "'ran' is none of run, status" in second
