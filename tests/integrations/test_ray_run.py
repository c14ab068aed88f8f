"""`zhclean corpus run --engine ray` on a real Ray: same bytes as the local engine, also when killed."""

from __future__ import annotations

import gzip
import json
import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.corpus.upper import PIPELINE
from tests.integrations.killing import ROOT, Killable
from zhclean.corpus import Options, parts, run

PROGRAM = """
import sys
from pathlib import Path
from tests.corpus.upper import PIPELINE
from zhclean.corpus import Options, on_ray, parts, run
parts.PART_BYTES = 60_000
on_ray._BLOCK = 8_000
options = Options(engine="ray", jobs=2, edits=True, limit=4000)
print(run([sys.argv[1]], Path(sys.argv[2]), PIPELINE, options).complete)
"""


#: Ray takes its time to start where other programs run.
pytestmark = pytest.mark.timeout(900)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """JSONL of several parts, packed JSONL, CSV, texts in another encoding; some of it bad."""
    folder = tmp_path / "in"
    (folder / "texts").mkdir(parents=True)
    texts = ["fail" if n % 97 == 0 else f"第{n}篇，abc，" * (n % 9) for n in range(2500)]
    lines = [json.dumps({"id": n, "text": t}, ensure_ascii=False) for n, t in enumerate(texts)]
    lines[7:7] = ["no json", "", '{"text": 3}', json.dumps({"text": "x" * 5000})]
    (folder / "a.jsonl").write_text("\n".join(lines), "utf-8")
    (folder / "b.jsonl.gz").write_bytes(gzip.compress("\n".join(lines[:300]).encode()))
    (folder / "c.csv").write_text('id,text\n1,"abc\nabc"\n2\n3,fail\n', "utf-8")
    for n in range(20):
        (folder / "texts" / f"{n}.txt").write_bytes(f"第{n}篇abc".encode("gb18030"))
    return folder


def files_of(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for name in ("data", "quarantine", "edits")
        for path in sorted((out / name).rglob("*"))
        if path.is_file()
    }


def test_a_run_on_ray_that_is_killed_ends_as_the_local_one(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ray", reason="needs the extra ray")
    monkeypatch.setattr(parts, "PART_BYTES", 60_000)
    options = Options(edits=True, limit=4000)
    expected = run([str(corpus)], tmp_path / "local", PIPELINE, options).to_dict()

    out = tmp_path / "ray"
    command = [sys.executable, "-c", PROGRAM, str(corpus), str(out)]

    def checkpoints() -> int:
        return len(list((out / "ray/checkpoint").glob("*.parquet")))

    first = Killable(command)
    assert first.wait_until(lambda: checkpoints() >= 6, 300), first.process.communicate()
    first.kill()
    assert not (out / "ray/cleaned").exists()

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "True"
    assert files_of(out) == files_of(tmp_path / "local")
    made = json.loads((out / "summary.json").read_text("utf-8"))
    assert {**made, "seconds": 0} == {**expected, "seconds": 0}
    assert not (out / "ray").exists()


def test_a_run_on_a_cluster_that_runs_already(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="needs the extra ray")
    (tmp_path / "a.jsonl").write_text('{"text": "投入2500万元"}\n' * 50, "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # A secret of this cluster alone, that its processes and the command share.
    secret = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    start = ["start", "--head", "--block", f"--port={port}", "--num-cpus=2"]
    cluster = Killable(
        [sys.executable, "-m", "ray.scripts.scripts", *start, "--include-dashboard=false"], secret
    )
    command = [sys.executable, "-m", "zhclean", "corpus", "run", str(tmp_path / "a.jsonl")]
    command += ["--engine", "ray", "--address", f"127.0.0.1:{port}", "--only", "numbers"]
    try:
        for _ in range(5):  # each waits half a minute for the cluster to answer
            done = subprocess.run(
                [*command, "-o", str(tmp_path / "out")],
                cwd=ROOT,
                env={**os.environ, **secret},
                capture_output=True,
                text=True,
                timeout=200,
                check=False,
            )
            if "no Ray cluster" not in done.stderr:
                break
    finally:
        cluster.kill()
    assert done.returncode == 0, done.stderr
    made = (tmp_path / "out/data/a.jsonl").read_text("utf-8")
    assert made == '{"text": "投入25000000元"}\n' * 50
