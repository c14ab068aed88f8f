"""A line longer than the memory is put aside; the documents around it are cleaned."""

from __future__ import annotations

import gzip
import json
import os
import sys
from pathlib import Path

import pytest

from tests.corpus.limits import one_line, zhclean

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs ulimit -v")

MEMORY = 512 << 20
LONGER = 600 << 20
DIRTY, CLEAN = "今年投入2500万元。", "今年投入25000000元。"


def records(run_folder: Path) -> list[dict[str, object]]:
    return [
        json.loads(line)
        for path in sorted((run_folder / "quarantine").iterdir())
        for line in path.read_text("utf-8").splitlines()
    ]


def test_a_corpus_run_puts_long_lines_aside(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    with (source / "long.txt").open("wb") as stream:
        os.truncate(stream.fileno(), LONGER)  # takes no room on the disk
    (source / "short.txt").write_text(DIRTY, "utf-8")
    line = json.dumps({"text": DIRTY}, ensure_ascii=False).encode() + b"\n"
    with (source / "pages.jsonl").open("wb") as stream:
        stream.write(line + b'{"text": "')
        stream.seek(LONGER)
        stream.write(b'"}\n' + line)
    with gzip.open(source / "packed.jsonl.gz", "wb", 1) as packed:
        packed.write(line + b'{"text": "')
        for _ in range(100):
            packed.write(bytes(1_000_000))
        packed.write(b'"}\n' + line)
    run = zhclean("corpus", "run", source, "-o", tmp_path / "out", memory=MEMORY)
    assert run.returncode == 0, run.stderr
    found = records(tmp_path / "out")
    assert sorted((record["file"], record.get("offset")) for record in found) == [
        (str(source / "long.txt"), None),
        (str(source / "packed.jsonl.gz"), len(line)),
        (str(source / "pages.jsonl"), len(line)),
    ]
    assert {record["reason"] for record in found} == {"longer than the limit of 16,777,216 bytes"}
    data = tmp_path / "out" / "data"
    assert (data / "short.txt").read_text("utf-8") == CLEAN
    cleaned = line.replace(DIRTY.encode(), CLEAN.encode())
    assert b"".join(path.read_bytes() for path in sorted(data.glob("pages*"))) == 2 * cleaned
    assert gzip.decompress((data / "packed.jsonl.gz").read_bytes()) == 2 * cleaned


def test_the_filter_refuses_a_long_document_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.touch()
    os.truncate(path, LONGER)
    for run in (zhclean(path, memory=MEMORY), zhclean(memory=MEMORY, stdin=path)):
        assert run.returncode == 2
        assert run.stdout == ""
        assert one_line(run).endswith("Longer than 256 MiB: too long for one document")


def test_memory_does_not_grow_with_the_documents_of_a_packed_file(tmp_path: Path) -> None:
    """Of one part: quarantine and edits are written as they come."""
    from tests.campaigns.memory import peak_of_run

    peaks = []
    for count in (300, 3000):
        folder = tmp_path / str(count)
        folder.mkdir()
        with gzip.open(folder / "pages.jsonl.gz", "wt", 1, encoding="utf-8") as packed:
            for number in range(count):
                text = f"第{number}页。{DIRTY}" + "没有问题的一句话。" * 100
                packed.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
                packed.write(f"broken {'x' * 3000}\n")
        peaks.append(peak_of_run(folder, tmp_path / f"out{count}", "--edits", "--only=numbers"))
    assert peaks[1] - peaks[0] < 3 * 2**20
