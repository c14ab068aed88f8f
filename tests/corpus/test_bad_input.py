"""Bad inputs and bad places by the command: one line says which and why, nothing else suffers."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
from pathlib import Path

import pytest

from tests.corpus.limits import ROOT, one_line, zhclean
from zhclean.corpus import RunState

DIRTY, CLEAN = "今年投入2500万元。", "今年投入25000000元。"
LINE = json.dumps({"text": DIRTY}, ensure_ascii=False) + "\n"
DONE = LINE.replace(DIRTY, CLEAN)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.jsonl").write_text(LINE * 20, "utf-8")
    return folder


def not_done(run: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """File name -> reason, of the summary's lines about what could not be done."""
    rows = [line.split(None, 2)[2] for line in run.stdout.splitlines() if line.startswith("not ")]
    return {Path(path).name: reason for path, _, reason in (row.partition(": ") for row in rows)}


@pytest.mark.parametrize("jobs", [1, 2])
def test_files_that_are_not_what_they_say(source: Path, tmp_path: Path, jobs: int) -> None:
    numbers = random.Random(1).sample(range(10**9), 2000)
    packed = gzip.compress("".join(LINE.replace("{", f'{{"id": {n}, ') for n in numbers).encode())
    (source / "truncated.jsonl.gz").write_bytes(packed[:-40])
    (source / "garbage.jsonl.gz").write_bytes(packed[:2000] + b"\xff" * 100 + packed[2100:])
    (source / "checksum.jsonl.gz").write_bytes(packed[:-8] + b"\0" * 8)
    (source / "truncated.txt.gz").write_bytes(packed[:-40])
    (source / "plain.jsonl.gz").write_text(LINE, "utf-8")  # not packed at all
    (source / "packed.jsonl").write_bytes(packed)  # packed, and does not say so
    (source / "bomb.txt.gz").write_bytes(gzip.compress(bytes(50_000_000)))
    (source / "other.csv").write_text("id,body\n1,abc\n", "utf-8")
    (source / "quote.csv").write_text('id,text\n1,abc\n2,"' + "x\n" * 1_000_000, "utf-8")
    command = ("corpus", "run", source, "-o", tmp_path / "out", "-j", jobs, "--only", "numbers")
    run = zhclean(*command, "--limit", 1, memory=1 << 30)
    assert run.returncode == 2
    assert run.stderr == ""
    reasons = not_done(run)
    assert sorted(reasons) == [
        "checksum.jsonl.gz", "garbage.jsonl.gz", "other.csv", "quote.csv", "truncated.jsonl.gz",
    ]  # fmt: skip
    assert "end-of-stream" in reasons["truncated.jsonl.gz"]
    assert reasons["garbage.jsonl.gz"].startswith(("error: ", "BadGzipFile: ", "EOFError: "))
    assert "CRC" in reasons["checksum.jsonl.gz"]
    assert "no column 'text' (there are id, body)" in reasons["other.csv"]
    assert "row 2: field larger than field limit" in reasons["quote.csv"]
    data = tmp_path / "out" / "data"
    assert sorted(path.name for path in data.iterdir()) == [
        "good.jsonl", "packed.jsonl", "plain.jsonl.gz",
    ]  # fmt: skip
    assert (data / "plain.jsonl.gz").read_text("utf-8") == DONE
    [aside] = (tmp_path / "out" / "quarantine").iterdir()
    rows = [json.loads(line) for line in aside.read_text("utf-8").splitlines()]
    assert [Path(row["file"]).name for row in rows] == ["bomb.txt.gz", "truncated.txt.gz"]
    assert "longer than the limit" in rows[0]["reason"]
    assert "end-of-stream" in rows[1]["reason"]


def test_parquet_that_is_none(source: Path, tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="needs the extra corpus")
    import pyarrow.parquet as parquet

    table = pyarrow.table({"id": [1, 2], "text": [DIRTY, DIRTY]})
    parquet.write_table(table, source / "good.parquet")
    whole = (source / "good.parquet").read_bytes()
    (source / "magic.parquet").write_bytes(b"PAR0" + whole[4:-4] + b"PAR0")
    (source / "cut.parquet").write_bytes(whole[:-20])
    (source / "empty.parquet").write_bytes(b"")
    (source / "inside.parquet").write_bytes(whole[:4] + b"\xff" * 60 + whole[64:])
    parquet.write_table(pyarrow.table({"text": [1, 2]}), source / "numbers.parquet")
    run = zhclean("corpus", "run", source, "-o", tmp_path / "out")
    assert run.returncode == 2
    assert run.stderr == ""
    reasons = not_done(run)
    assert sorted(reasons) == [
        f"{name}.parquet" for name in ("cut", "empty", "inside", "magic", "numbers")
    ]
    assert "holds int64, not strings" in reasons["numbers.parquet"]
    made = parquet.read_table(tmp_path / "out/data/good.parquet")
    assert made["text"].to_pylist() == [CLEAN, CLEAN]


def test_lines_that_are_no_documents(source: Path, tmp_path: Path) -> None:
    (source / "bad.jsonl").write_bytes(
        LINE.encode()
        + b'{"text": "cut\n{"body": "x"}\n{"text": null}\n[1]\n\xef\xbb\xbf'
        + LINE.encode()
    )
    run = zhclean("corpus", "run", source / "bad.jsonl", "-o", tmp_path / "out")
    assert run.returncode == 0, run.stderr
    assert "quarantined  4" in run.stdout
    [path] = (tmp_path / "out" / "quarantine").iterdir()
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [row["document"] for row in rows] == [
        '{"text": "cut\n', '{"body": "x"}\n', '{"text": null}\n', "[1]\n",
    ]  # fmt: skip
    assert all(row["file"] == str(source / "bad.jsonl") for row in rows)
    made = (tmp_path / "out/data/bad.jsonl").read_bytes()
    assert made == DONE.encode() + b"\xef\xbb\xbf" + DONE.encode()


def test_rows_that_are_no_documents(source: Path, tmp_path: Path) -> None:
    (source / "rows.csv").write_text(f"id,text\n1,{DIRTY}\n2\n\n3,{DIRTY},more\n", "utf-8")
    run = zhclean("corpus", "run", source / "rows.csv", "-o", tmp_path / "out")
    assert (run.returncode, run.stderr) == (0, "")
    assert "documents    2 (" in run.stdout
    assert "quarantined  1 (see quarantine/)" in run.stdout
    written = (tmp_path / "out" / "data" / "rows.csv").read_text("utf-8")
    assert written == f"id,text\n1,{CLEAN}\n3,{CLEAN},more\n"
    [aside] = (tmp_path / "out" / "quarantine").iterdir()
    record = json.loads(aside.read_text("utf-8"))
    assert (record["row"], record["reason"]) == (2, "no column 'text' in a row of 1")


def test_a_file_in_another_encoding(source: Path, tmp_path: Path) -> None:
    table = f"编号,text,备注\n1,{DIRTY},“好”\n2,{DIRTY},无\n"
    (source / "gbk.csv").write_bytes(table.encode("gbk"))
    (source / "excel.tsv").write_bytes(table.replace(",", "\t").encode("utf-16"))
    (source / "gbk.jsonl").write_bytes(LINE.encode("gbk"))
    (source / "big5.jsonl.gz").write_bytes(gzip.compress((LINE * 9).encode("big5", "replace")))
    (source / "stray.jsonl").write_bytes(LINE.encode() + b'{"text": "\xff"}\n')
    run = zhclean("corpus", "run", source, "-o", tmp_path / "out")
    assert (run.returncode, run.stderr) == (2, "")
    reasons = not_done(run)
    assert sorted(reasons) == ["big5.jsonl.gz", "excel.tsv", "gbk.csv", "gbk.jsonl"]
    assert reasons["gbk.csv"] == "GB18030, not UTF-8: iconv -f GB18030 -t UTF-8 converts it"
    assert reasons["excel.tsv"] == "UTF-16, not UTF-8: iconv -f UTF-16 -t UTF-8 converts it"
    made = (tmp_path / "out/data/stray.jsonl").read_bytes()
    assert made == DONE.encode() + b'{"text": "\xff"}\n'


def test_a_text_that_is_none(source: Path, tmp_path: Path) -> None:
    (source / "saved.txt").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    (source / "word.txt.gz").write_bytes(gzip.compress(b"PK\x03\x04rest"))
    run = zhclean("corpus", "run", source, "-o", tmp_path / "out")
    assert (run.returncode, run.stderr) == (0, "")
    [aside] = (tmp_path / "out" / "quarantine").iterdir()
    rows = [json.loads(line) for line in aside.read_text("utf-8").splitlines()]
    assert [row["reason"].partition(" file")[0] for row in rows] == ["A PDF", "A ZIP"]


def test_a_file_that_may_not_be_read(source: Path, tmp_path: Path) -> None:
    for name in ("secret.txt", "secret.jsonl", "secret.txt.gz"):
        (source / name).write_text(DIRTY, "utf-8")
        (source / name).chmod(0)
    (source / "good.txt").write_text(DIRTY, "utf-8")
    out = tmp_path / "out"
    run = zhclean("corpus", "run", source, "-o", out, mortal=True)
    if "PermissionError" not in run.stdout:
        pytest.skip("this user may read every file")
    assert run.returncode == 2
    assert run.stderr == ""
    assert list(not_done(run)) == ["secret.jsonl"]
    assert (out / "data/good.txt").read_text("utf-8") == CLEAN
    [aside] = (out / "quarantine").iterdir()
    rows = [json.loads(line) for line in aside.read_text("utf-8").splitlines()]
    assert [Path(row["file"]).name for row in rows] == ["secret.txt", "secret.txt.gz"]
    assert all("Permission denied" in row["reason"] for row in rows)


def test_folders_that_hold_themselves(source: Path, tmp_path: Path) -> None:
    (source / "loop").symlink_to(source, target_is_directory=True)
    (source / "self.txt").symlink_to(source / "self.txt")
    (source / "gone.txt").symlink_to(source / "nowhere.txt")
    run = zhclean("corpus", "run", source, "-o", tmp_path / "out")
    assert run.returncode == 0, run.stderr
    assert [path.name for path in (tmp_path / "out/data").rglob("*")] == ["good.jsonl"]
    named = zhclean("corpus", "run", source / "self.txt", "-o", tmp_path / "named")
    assert named.returncode == 2
    assert one_line(named).startswith(str(source / "self.txt"))


def test_a_pipe_is_no_input(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    run = zhclean("corpus", "run", tmp_path / "pipe.jsonl", "-o", tmp_path / "out")
    assert run.returncode == 2
    assert one_line(run) == f"{tmp_path / 'pipe.jsonl'}: not a regular file"


def test_the_output_below_the_input_is_not_read(source: Path) -> None:
    for _ in range(2):  # the second goes on, over a folder that now holds outputs
        run = zhclean("corpus", "run", source, "-o", source / "out")
        assert run.returncode == 0, run.stderr
        assert "documents    20 " in run.stdout


def test_two_runs_at_once(source: Path, tmp_path: Path) -> None:
    with RunState(tmp_path / "out").locked():
        run = zhclean("corpus", "run", source, "-o", tmp_path / "out")
    assert run.returncode == 2
    assert one_line(run) == f"{tmp_path / 'out'}: another run is writing there"


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk(source: Path, tmp_path: Path, jobs: int) -> None:
    """As `ulimit -f` makes one: what fits is done, the rest is when there is room again."""
    (source / "long.jsonl").write_text(LINE * 5000, "utf-8")
    command = ("corpus", "run", source, "-o", tmp_path / "out", "-j", jobs, "--only", "numbers")
    run = zhclean(*command, file_size=100_000)
    assert run.returncode == 2
    assert run.stderr == ""
    assert list(not_done(run)) == ["long.jsonl"]
    assert not list((tmp_path / "out").rglob("*.tmp"))
    again = zhclean(*command)
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "out/data/long.jsonl").read_text("utf-8") == DONE * 5000
    assert (tmp_path / "out/data/good.jsonl").read_text("utf-8") == DONE * 20


def test_no_room_for_the_manifest(source: Path, tmp_path: Path) -> None:
    run = zhclean("corpus", "run", source, "-o", tmp_path / "out", file_size=100)
    assert run.returncode == 2
    assert one_line(run).endswith("File too large")
    assert zhclean("corpus", "run", source, "-o", tmp_path / "out").returncode == 0


def test_places_where_nothing_can_be_written(source: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("precious", "utf-8")
    for place in (tmp_path / "file", tmp_path / "file" / "out", Path("/proc/self/out")):
        run = zhclean("corpus", "run", source, "-o", place)
        assert run.returncode == 2
        assert str(place) in one_line(run)
    assert (tmp_path / "file").read_text("utf-8") == "precious"


def test_records_of_a_run_that_something_else_wrote(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert zhclean("corpus", "run", source, "-o", out).returncode == 0
    [part] = (out / "parts").iterdir()
    for path, content in ((part, "{}"), (part, "nonsense"), (out / "manifest.json", "{}")):
        path.write_text(content, "utf-8")
        run = zhclean("corpus", "status", out)
        assert run.returncode == 2
        assert one_line(run).startswith(f"{path}: not a record of a run")


def test_an_engine_that_is_not_installed(source: Path, tmp_path: Path) -> None:
    """Also where it is: a folder without it goes before the installed one."""
    (tmp_path / "ray").mkdir()
    (tmp_path / "ray" / "__init__.py").write_text("raise ImportError('no module ray')", "utf-8")
    run = zhclean(
        "corpus", "run", source, "-o", tmp_path / "out", "--engine", "ray",
        env={"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT / "src")])},
    )  # fmt: skip
    assert run.returncode == 2
    assert 'pip install "zhclean[ray]"' in one_line(run)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--engine", "none"], "none"),
        (["--address", "auto"], "--address goes with --engine ray"),
        (["--jobs", "0"], "--jobs must be at least 1"),
        (["--limit", "0"], "--limit must be at least 1"),
    ],
)
def test_options_that_do_not_go(source: Path, tmp_path: Path, words: list[str], said: str) -> None:
    run = zhclean("corpus", "run", source, "-o", tmp_path / "out", *words)
    assert run.returncode == 2
    assert said in one_line(run)
    assert not (tmp_path / "out").exists()
