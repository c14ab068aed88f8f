"""The command as its users run it: a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

GARBLED = "總結(jié)會(huì)議認(rèn)為，今年產(chǎn)業(yè)發(fā)展穩(wěn)中有進(jìn)。\n"
REPAIRED = "总结会议认为，今年产业发展稳中有进。\n"
CLEAN = "今天天气很好，我们去公园走走。\n"


def zhclean(
    *arguments: str | bytes | Path,
    data: bytes = b"",
    cwd: Path | None = None,
    **environment: str,
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "zhclean", *arguments],
        input=data,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **environment},
        check=False,
    )


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
        f"zhclean: {tmp_path}: Is a directory",
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


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["--only"],
        ["--only", ""],
        ["--format", "xml"],
        ["--check", "--diff"],
        ["--to", "zh-Mars"],
        ["--numbers", "roman"],
        ["--level", "wild"],
        ["--preset", "none"],
        ["--pack", "/none.toml"],
        ["--config", "/none.toml"],
        ["explain", "E000"],
        ["explain"],
        ["rules", "--xml"],
        ["--only", "script"],
        ["--skip", "encoding,boilerplate,numbers,redaction"],
    ],
)
def test_bad_usage_is_one_line_and_exit_2(arguments: list[str]) -> None:
    run = zhclean(*arguments, data=CLEAN.encode())
    assert (run.returncode, run.stdout) == (2, b"")
    assert run.stderr.decode().startswith("zhclean: ")
    assert run.stderr.decode().count("\n") == 1


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    big.write_text(CLEAN * 20_000, "utf-8")
    run = subprocess.run(
        f"{sys.executable} -m zhclean --only encoding {big} | head -c 10; exit ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, b"")


def test_a_full_device_is_reported() -> None:
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            [sys.executable, "-m", "zhclean"],
            input=CLEAN.encode(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert run.returncode == 2
    assert run.stderr == b"zhclean: standard output: No space left on device\n"


def test_interruption_ends_with_130() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "zhclean"], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        # The handlers stand once the first bytes are being waited for.
        wait_for_read(process.pid)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    finally:
        process.kill()
    assert (process.returncode, errors) == (130, b"")


def wait_for_read(pid: int) -> None:
    """Wait until the process sleeps in a read of its standard input."""
    from time import monotonic, sleep

    deadline = monotonic() + 30
    while monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/wchan").read_text().strip() in {"pipe_read", "anon_pipe_read"}:
                return
        except OSError:
            pass
        if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "S":
            sleep(0.3)
            return
        sleep(0.05)


def test_undecodable_bytes_are_said_and_kept_where_they_can_be(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(
        "今天天气很好，我们去公园走走吧，".encode() * 3 + b"\xff" + "明天再说。".encode()
    )
    run = zhclean(page)
    assert run.returncode == 0
    run.stdout.decode("utf-8")
    before = page.read_bytes()
    run = zhclean("--in-place", page)
    assert page.read_bytes() == before or b"\xff" not in before


def test_a_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff.txt"
    with open(name, "wb") as stream:
        stream.write(GARBLED.encode())
    assert zhclean(name).stdout.decode() == REPAIRED
    run = zhclean(name + b"none")
    assert run.returncode == 2
    assert run.stderr.count(b"\n") == 1


def test_explain_and_rules_tell_every_rule() -> None:
    listed = zhclean("rules").stdout.decode().splitlines()
    assert any(line.startswith("E101") for line in listed)
    records = [json.loads(line) for line in zhclean("rules", "--json").stdout.decode().splitlines()]
    assert [record["code"] for record in records] == [
        line.split()[0].rstrip("?") for line in listed
    ]
    text = zhclean("explain", "e101").stdout.decode()
    assert text.startswith("E101")
    assert "leaves:" in text


def test_quantities_come_as_a_table(tmp_path: Path) -> None:
    data = "全年投入2500万元，增长3.5%。".encode()
    run = zhclean("quantities", data=data)
    header, first, _ = run.stdout.decode().splitlines()
    assert header.startswith("document,start,end,text,")
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


def test_version() -> None:
    import zhclean as package

    assert zhclean("--version").stdout.decode() == f"zhclean {package.__version__}\n"
