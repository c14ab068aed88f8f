"""Runs over many files: every format, splitting, quarantine, and being killed."""

from __future__ import annotations

import bz2
import csv
import gzip
import json
import lzma
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.upper import PIPELINE, Greedy
from zhclean import ConfigError, Pipeline
from zhclean.cli import main
from zhclean.corpus import Options, RunState, parts, run
from zhclean.corpus.command import _ProgressBar


def outputs(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out / "data").as_posix(): path.read_bytes()
        for path in sorted((out / "data").rglob("*"))
        if path.is_file()
    }


def write_jsonl(path: Path, texts: list[str]) -> None:
    lines = (
        json.dumps({"id": n, "text": text}, ensure_ascii=False) for n, text in enumerate(texts)
    )
    path.write_text("".join(line + "\n" for line in lines), "utf-8")


def test_a_folder_of_texts_keeps_its_shape(tmp_path: Path) -> None:
    source = tmp_path / "in"
    (source / "deep").mkdir(parents=True)
    (source / "a.txt").write_bytes("甲abc".encode("gb18030"))
    (source / "deep" / "b.txt").write_text("乙abc\n", "utf-8")
    (source / "deep" / "c.txt.gz").write_bytes(gzip.compress("丙abc".encode()))
    (source / "picture.png").write_bytes(b"\x89PNG")
    summary = run([str(source)], tmp_path / "out", PIPELINE)
    found = outputs(tmp_path / "out")
    assert list(found) == ["a.txt", "deep/b.txt", "deep/c.txt.gz"]
    assert found["a.txt"].decode() == "甲ABC"
    assert gzip.decompress(found["deep/c.txt.gz"]).decode() == "丙ABC"
    assert (summary.counts.documents, summary.counts.changed) == (3, 3)
    assert (summary.counts.characters_in, summary.counts.characters_out) == (13, 13)
    assert summary.counts.rules == {"E999": 3}
    assert summary.complete


@pytest.mark.parametrize("jobs", [1, 2])
def test_big_jsonl_is_split_and_nothing_is_lost(
    jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PART_BYTES", 997)
    source = tmp_path / "big.jsonl"
    texts = [f"第{n}篇abc" * (n % 7) for n in range(300)]
    write_jsonl(source, texts)
    run([str(source)], tmp_path / "out", PIPELINE, Options(jobs=jobs))
    found = outputs(tmp_path / "out")
    assert len(found) > 5
    lines = b"".join(found.values()).decode().splitlines()
    assert [json.loads(line)["text"] for line in lines] == [t.replace("abc", "ABC") for t in texts]


@pytest.mark.parametrize(
    ("ending", "pack", "unpack"),
    [
        ("gz", gzip.compress, gzip.decompress),
        ("bz2", bz2.compress, bz2.decompress),
        ("xz", lzma.compress, lzma.decompress),
    ],
)
def test_packed_files_are_known_by_content(
    ending: str, pack: Callable[[bytes], bytes], unpack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    write_jsonl(tmp_path / "plain", ["abc", "d"])
    data = (tmp_path / "plain").read_bytes()
    for name in (f"a.jsonl.{ending}", "b.jsonl"):
        (tmp_path / name).write_bytes(pack(data))
    run(
        [str(tmp_path / f"a.jsonl.{ending}"), str(tmp_path / "b.jsonl")], tmp_path / "out", PIPELINE
    )
    for packed in outputs(tmp_path / "out").values():
        assert unpack(packed) == data.replace(b"abc", b"ABC")


def test_zstandard(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard", reason="needs the extra corpus")
    write_jsonl(tmp_path / "plain", ["abc", "d"])
    data = (tmp_path / "plain").read_bytes()
    (tmp_path / "a.jsonl.zst").write_bytes(zstandard.compress(data))
    run([str(tmp_path / "a.jsonl.zst")], tmp_path / "out", PIPELINE)
    packed = outputs(tmp_path / "out")["a.jsonl.zst"]
    assert zstandard.decompress(packed, 10_000) == data.replace(b"abc", b"ABC")


def test_csv_keeps_other_columns_and_quoted_line_breaks(tmp_path: Path) -> None:
    source = tmp_path / "rows.csv"
    rows = [["id", "text"], ["1", 'abc "x"\nabc'], ["2", "没有"], ["3,5", "abc"]]
    with source.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    longest = csv.field_size_limit()
    run([str(source)], tmp_path / "out", PIPELINE)
    assert csv.field_size_limit() == longest  # it is the whole process's
    with (tmp_path / "out/data/rows.csv").open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream)) == [
            [cell.replace("abc", "ABC") if n and k == 1 else cell for k, cell in enumerate(row)]
            for n, row in enumerate(rows)
        ]


def test_parquet_keeps_schema_nulls_and_row_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="needs the extra corpus")
    import pyarrow.parquet as parquet

    monkeypatch.setattr(parts, "PART_BYTES", 300)
    texts = [None if n % 5 == 0 else "fail" if n == 7 else f"{n}abc" for n in range(40)]
    table = pyarrow.table(
        {"id": list(range(40)), "text": pyarrow.array(texts, pyarrow.large_string())}
    )
    parquet.write_table(table, tmp_path / "t.parquet", row_group_size=10)
    summary = run([str(tmp_path / "t.parquet")], tmp_path / "out", PIPELINE)
    tables = [parquet.read_table(path) for path in sorted((tmp_path / "out/data").iterdir())]
    assert len(tables) > 1
    made = pyarrow.concat_tables(tables)
    assert made.schema == table.schema
    expected = [(n, t and t.replace("abc", "ABC")) for n, t in enumerate(texts) if t != "fail"]
    assert list(zip(made["id"].to_pylist(), made["text"].to_pylist(), strict=True)) == expected
    assert summary.counts.quarantined == 1


def test_what_fails_goes_to_quarantine_with_its_reason(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_bytes(
        b'{"text": "abc"}\nno json\n{"text": "fail now"}\n\n{"text": 3}\n'
        + b'{"text": "' + b"x" * 5000 + b'"}\n{"text": "good \xff"}'
    )  # fmt: skip
    summary = run([str(source)], tmp_path / "out", PIPELINE, Options(limit=1000, edits=True))
    assert outputs(tmp_path / "out")["a.jsonl"] == b'{"text": "ABC"}\n\n{"text": "good \xff"}'
    (quarantine,) = (tmp_path / "out/quarantine").iterdir()
    records = [json.loads(line) for line in quarantine.read_text("utf-8").splitlines()]
    assert [record["offset"] for record in records] == [16, 24, 46, 58]
    assert [record["reason"].split(":")[0] for record in records] == [
        "not a JSON object", "ValueError", "field 'text' is no string", "longer than the limit of 1,000 bytes",
    ]  # fmt: skip
    assert records[1]["document"] == "fail now"
    (edits,) = (tmp_path / "out/edits").iterdir()
    assert json.loads(edits.read_text("utf-8"))["edits"][0]["after"] == "ABC"
    assert summary.counts.quarantined == 4


def test_a_run_killed_at_its_very_beginning_goes_on(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", ["abc"])
    out = tmp_path / "out"
    out.mkdir()
    (out / "lock").touch()
    (out / ".manifest.json.x1y2z3.zhclean.tmp").write_text("{", "utf-8")
    assert run([str(tmp_path / "a.jsonl")], out, PIPELINE).complete
    assert not list(out.rglob("*.tmp"))


def test_paths_may_be_given_as_they_are(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", ["abc"])
    assert run([tmp_path / "a.jsonl"], str(tmp_path / "out"), PIPELINE).complete
    for one in (tmp_path / "a.jsonl", str(tmp_path)):
        with pytest.raises(TypeError, match="in a list"):
            run(one, tmp_path / "other", PIPELINE)  # type: ignore[arg-type]


def test_there_are_no_folders_of_nothing(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", ["abc"])
    run([str(tmp_path / "a.jsonl")], tmp_path / "out", PIPELINE)
    assert {path.name for path in (tmp_path / "out").iterdir() if path.is_dir()} == {
        "data",
        "parts",
    }


def test_an_input_that_can_not_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "b.jsonl", ["abc"])
    broken = tmp_path / "a.jsonl.gz"
    broken.write_bytes(gzip.compress(b'{"text": "abc"}\n' * 1000)[:-20])
    summary = run([str(broken), str(tmp_path / "b.jsonl")], tmp_path / "out", PIPELINE)
    assert list(outputs(tmp_path / "out")) == ["b.jsonl"]
    assert list(summary.failures) == [str(broken)]
    assert not summary.complete


def test_another_configuration_on_the_same_output_is_refused(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", ["abc"])
    run([str(tmp_path / "a.jsonl")], tmp_path / "out", PIPELINE)
    run([str(tmp_path / "a.jsonl")], tmp_path / "out", PIPELINE)  # nothing to do, and no error
    with pytest.raises(ConfigError, match="other options"):
        run([str(tmp_path / "a.jsonl")], tmp_path / "out", PIPELINE, Options(field="body"))
    write_jsonl(tmp_path / "a.jsonl", ["abc", "more"])
    with pytest.raises(ConfigError, match="holds a run with other inputs"):
        run([str(tmp_path / "a.jsonl")], tmp_path / "out", PIPELINE)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("precious", "utf-8")
    with pytest.raises(ConfigError, match="not empty"):
        run([str(tmp_path / "a.jsonl")], tmp_path / "full", PIPELINE)
    assert os.listdir(tmp_path / "full") == ["thesis.txt"]


def test_a_run_goes_on_from_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_jsonl(tmp_path / "a.jsonl", ["abc"])
    (tmp_path / "deep").mkdir()
    for folder, source in ((tmp_path, "a.jsonl"), (tmp_path / "deep", "../a.jsonl")):
        monkeypatch.chdir(folder)
        assert run([source], tmp_path / "out", PIPELINE).complete


def test_files_of_unknown_format_are_counted(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_jsonl(folder / "a.jsonl", ["abc"])
    for name in ("page.html", "other.html", "README", ".hidden"):
        (folder / name).write_text("abc", "utf-8")
    summary = run([str(folder)], tmp_path / "out", PIPELINE)
    assert summary.passed_over == {".html": 2, "": 1}
    told = "files of unknown format: no ending 1, .html 2"
    assert f"passed over  {told}" in summary.lines()
    assert told in (tmp_path / "out" / "summary.html").read_text("utf-8")
    assert '".html": 2' in (tmp_path / "out" / "summary.json").read_text("utf-8")


def test_status_tells_whether_a_run_goes_on(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    def told() -> str:
        assert main(["corpus", "status", str(tmp_path / "out")]) == 0
        return capfdbinary.readouterr().out.decode().split("\n")[0].removeprefix("run          ")

    write_jsonl(tmp_path / "a.jsonl", ["abc"])
    run([str(tmp_path / "a.jsonl")], tmp_path / "out", PIPELINE)
    assert told() == f"{tmp_path / 'out'} (done)"
    [record] = (tmp_path / "out" / "parts").iterdir()
    record.unlink()
    assert told() == f"{tmp_path / 'out'} (stopped: the same command goes on)"
    with RunState(tmp_path / "out").locked():
        assert told() == f"{tmp_path / 'out'} (running)"
    (tmp_path / "out" / "lock").unlink()
    assert told() == f"{tmp_path / 'out'} (stopped: the same command goes on)"


def test_two_runs_on_one_output_are_kept_apart(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", ["abc"])
    with (
        RunState(tmp_path / "out").locked(),
        pytest.raises(ConfigError, match="another run"),
    ):
        run([str(tmp_path / "a.jsonl")], tmp_path / "out", PIPELINE)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["none.jsonl"], "No such file"),
        (["none"], "No such file"),
        (["empty"], "no input files"),
        (["a.xyz"], "unknown format"),
    ],
)
def test_inputs_that_can_not_be_used(names: list[str], message: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.xyz").write_text("", "utf-8")
    with pytest.raises((ConfigError, OSError), match=message):
        run([str(tmp_path / name) for name in names], tmp_path / "out", PIPELINE)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format": "jsnol"}, "did you mean 'jsonl'"),
        ({"jobs": 0}, "jobs must be at least 1, not 0"),
        ({"limit": 0}, "limit must be at least 1, not 0"),
        ({"engine": "spark"}, r"unknown engine 'spark' \(there are local, ray\)"),
        ({"address": "auto"}, "needs engine='ray'"),
    ],
)
def test_options_that_no_run_can_have(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Options(**options)


def test_the_progress_bar_ends_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    bar = _ProgressBar()
    bar.close()
    assert capsys.readouterr().err == ""
    bar(25, 100)
    bar(100, 100)
    bar.close()
    *_, before, after = capsys.readouterr().err.split("\r")
    assert before.startswith("[#######.......................]  25%")
    assert after.startswith(f"[{'#' * 30}] 100%")
    assert after.endswith("\n")


def test_a_document_for_which_there_is_no_memory_is_put_aside(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", ["abc", "greedy", "abc"])
    summary = run([str(tmp_path / "a.jsonl")], tmp_path / "out", Pipeline((Greedy(),)))
    assert (summary.counts.documents, summary.counts.quarantined) == (2, 1)
    [aside] = (tmp_path / "out/quarantine").iterdir()
    assert json.loads(aside.read_text("utf-8"))["reason"] == "MemoryError"


PROGRAM = """
import sys
from pathlib import Path
from tests.corpus.upper import PIPELINE
from zhclean.corpus import Options, parts, run
parts.PART_BYTES = 20_000
run([sys.argv[1]], Path(sys.argv[2]), PIPELINE, Options(jobs=2))
"""


def test_a_killed_run_goes_on_and_ends_alike(tmp_path: Path) -> None:
    texts = [f"第{n}篇，abc，" * 40 for n in range(3000)]
    write_jsonl(tmp_path / "a.jsonl", texts)
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "a.jsonl")]
    environment = {**os.environ, "PYTHONPATH": "."}
    subprocess.run([*command, str(tmp_path / "whole")], check=True, env=environment)
    whole = outputs(tmp_path / "whole")

    done = tmp_path / "killed" / "parts"
    chance = random.Random(3)
    kills = 0
    for _ in range(30):
        # Killed by progress, not by the clock: a fast machine would be done before it.
        stop_at = len(list(done.glob("*.json"))) + chance.randrange(1, 30)
        process = subprocess.Popen(
            [*command, str(tmp_path / "killed")], env=environment, start_new_session=True
        )
        while process.poll() is None and len(list(done.glob("*.json"))) < stop_at:
            time.sleep(0.002)
        if process.poll() is not None:
            break
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        kills += 1
    else:
        pytest.fail("the run never came to its end")
    assert process.returncode == 0
    assert kills > 0
    time.sleep(0.1)
    assert outputs(tmp_path / "killed") == whole


@pytest.mark.parametrize("method", ["fork", "spawn"])  # Windows has spawn alone
def test_a_run_whose_workers_were_left_alone_goes_on_at_once(tmp_path: Path, method: str) -> None:
    """As when the system, short of memory, kills the process that was started and no other."""
    write_jsonl(tmp_path / "a.jsonl", [f"第{n}篇，abc，" * 40 for n in range(3000)])
    program = f"import multiprocessing\nmultiprocessing.set_start_method('{method}')\n{PROGRAM}"
    command = [sys.executable, "-c", program, str(tmp_path / "a.jsonl"), str(tmp_path / "out")]
    environment = {**os.environ, "PYTHONPATH": "."}
    process = subprocess.Popen(command, env=environment)
    while process.poll() is None and not list((tmp_path / "out/parts").glob("*.json")):
        time.sleep(0.002)
    process.kill()
    process.wait()
    subprocess.run(command, check=True, env=environment)
    assert b"".join(outputs(tmp_path / "out").values()) == (
        tmp_path / "a.jsonl"
    ).read_bytes().replace(b"abc", b"ABC")


@pytest.mark.usefixtures("signals_arrive")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_ends_at_once_and_without_a_word(
    tmp_path: Path, number: int, status: int
) -> None:
    texts = ["今年投入2500万元，增长百分之八点五。" * 200] * 500
    for name in "abc":
        write_jsonl(tmp_path / f"{name}.jsonl", texts)
    command = [sys.executable, "-m", "zhclean", "corpus", "run", str(tmp_path), "-j", "2"]
    process = subprocess.Popen(
        [*command, "-o", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while process.poll() is None and not list((tmp_path / "out").rglob("*.tmp")):
        time.sleep(0.002)
    os.killpg(process.pid, number)
    assert process.communicate(timeout=30) == (b"", b"")
    assert process.returncode == status
    assert not list((tmp_path / "out").rglob("*.tmp"))
