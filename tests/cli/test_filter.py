"""The filter: what goes in, what comes out."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.command import CLEAN, GARBLED, REPAIRED, zhclean


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(GARBLED, "utf-8")
    return path


def test_a_filter_from_file_and_from_standard_input(page: Path) -> None:
    for run in (zhclean(page), zhclean(data=GARBLED.encode()), zhclean("-", data=GARBLED.encode())):
        assert (run.returncode, run.stdout.decode(), run.stderr) == (0, REPAIRED, b"")


def test_several_files_in_order_and_a_bad_one_reported(page: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(CLEAN, "utf-8")
    run = zhclean(page, tmp_path / "none.txt", tmp_path, other)
    assert run.returncode == 2
    assert run.stdout.decode() == REPAIRED + CLEAN
    assert run.stderr.decode().splitlines() == [
        f"zhclean: {tmp_path}/none.txt: No such file or directory",
        f"zhclean: {tmp_path}: Is a directory (zhclean corpus run takes folders)",
    ]


def test_output_is_utf8_whatever_the_input_and_the_locale(tmp_path: Path) -> None:
    for codec in ("gb18030", "utf-16", "utf-8-sig"):
        run = zhclean(
            data=CLEAN.encode(codec), LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii"
        )
        assert (run.returncode, run.stdout.decode("utf-8")) == (0, CLEAN), codec


def test_encoding_overrides_detection() -> None:
    run = zhclean("--encoding", "big5", data="今天天氣很好。".encode("big5"))
    assert run.stdout.decode() == "今天天氣很好。"
    run = zhclean("--encoding", "klingon", data=b"abc")
    assert run.returncode == 2
    assert run.stderr.decode().count("\n") == 1


def test_line_ends_are_kept() -> None:
    text = "第一行。\r\n第二行。\r第三行。\n".encode()
    assert zhclean(data=text).stdout == text


def test_stages_are_chosen(page: Path) -> None:
    text = "總結(jié)會(huì)議認(rèn)為，產(chǎn)業(yè)發(fā)展穩(wěn)中有進(jìn)，投資2500万元。\n".encode()
    assert "总结会议" in zhclean("--only", "encoding", data=text).stdout.decode()
    assert "2500万元" in zhclean("--only", "encoding", data=text).stdout.decode()
    assert "25000000元" in zhclean("--skip", "encoding", data=text).stdout.decode()
    assert "(jié)" in zhclean("--skip", "encoding", data=text).stdout.decode()
    run = zhclean("--only", "encodng", data=text)
    assert (run.returncode, run.stdout) == (2, b"")
    assert "did you mean 'encoding'" in run.stderr.decode()


def test_jsonl_restores_the_source(page: Path) -> None:
    record = json.loads(zhclean("--format", "jsonl", page).stdout)
    assert record["file"] == str(page)
    assert (record["source"], record["text"]) == (GARBLED, REPAIRED)
    assert record["encoding"] == "utf-8"
    assert {"edits", "flags", "quantities"} <= record.keys()
    from zhclean import Result

    assert Result.from_json(json.dumps(record)).restore() == GARBLED


def test_check_and_diff(page: Path, tmp_path: Path) -> None:
    clean = tmp_path / "clean.txt"
    clean.write_text(CLEAN, "utf-8")
    assert zhclean("--check", clean).returncode == 0
    run = zhclean("--check", clean, page)
    assert (run.returncode, run.stdout) == (1, b"")
    assert f"would change: {page}" in run.stderr.decode()
    assert zhclean("--diff", clean).stdout == b""
    run = zhclean("--diff", page)
    assert run.returncode == 1
    assert run.stdout.decode().splitlines()[-2:] == ["-" + GARBLED.strip(), "+" + REPAIRED.strip()]
    assert page.read_text("utf-8") == GARBLED


def test_in_place_with_and_without_backup(page: Path, tmp_path: Path) -> None:
    assert zhclean("--in-place", page).returncode == 0
    assert page.read_text("utf-8") == REPAIRED
    assert os.listdir(tmp_path) == ["page.txt"]
    page.write_text(GARBLED, "utf-8")
    assert zhclean("--in-place=.bak", page).returncode == 0
    assert (tmp_path / "page.txt.bak").read_text("utf-8") == GARBLED
    assert zhclean("--in-place", data=b"x").returncode == 2


def test_output_file(page: Path, tmp_path: Path) -> None:
    run = zhclean("-o", tmp_path / "out.txt", page, page)
    assert (run.returncode, run.stdout) == (0, b"")
    assert (tmp_path / "out.txt").read_text("utf-8") == REPAIRED * 2
    run = zhclean("-o", tmp_path / "no" / "out.txt", page)
    assert run.returncode == 2
    assert run.stderr.decode() == f"zhclean: {tmp_path}/no/out.txt: No such file or directory\n"


def test_configuration_is_found_and_overridden(page: Path, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.zhclean]\nskip = ["encoding"]\n', "utf-8")
    below = tmp_path / "below"
    below.mkdir()
    assert zhclean(page, cwd=below).stdout.decode() == GARBLED
    (tmp_path / "own.toml").write_text('only = ["encoding"]\n', "utf-8")
    assert zhclean("--config", tmp_path / "own.toml", page).stdout.decode() == REPAIRED
    (tmp_path / "bad.toml").write_text('onlly = ["encoding"]\n', "utf-8")
    run = zhclean("--config", tmp_path / "bad.toml", page)
    assert run.returncode == 2
    assert "bad.toml: unknown option 'onlly'" in run.stderr.decode()


def test_a_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff.txt"
    with open(name, "wb") as stream:
        stream.write(GARBLED.encode())
    assert zhclean(name).stdout.decode() == REPAIRED
    run = zhclean(name + b"none")
    assert run.returncode == 2
    assert run.stderr.count(b"\n") == 1


def test_two_dashes_are_no_value() -> None:
    for option in ("--only=--", "--mask=--", "-o--"):
        run = zhclean(option, data=CLEAN.encode())
        assert (run.returncode, run.stdout) == (2, b"")
        assert run.stderr.endswith(b"'--' is no value (see zhclean --help)\n")


def test_version() -> None:
    import zhclean as package

    assert zhclean("--version").stdout.decode() == f"zhclean {package.__version__}\n"
