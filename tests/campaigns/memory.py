"""Memory of the command: a line of a gigabyte under `ulimit -v` of 2 GB, and a long stream.

    python -m tests.campaigns.memory                      # 1 GB lines, 1 GB of documents
    python -m tests.campaigns.memory --stream 10000       # 10 GB of documents
    python -m tests.campaigns.memory --documents 15       # also documents of 15 MiB, full of damage

Prints a Markdown table and exits 1 if a command fails, gives another output than it should, or
its memory grows with the corpus.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.damage.files import documents
from tests.corpus.limits import zhclean

#: `ulimit -v 2097152`.
_LIMIT = 2 << 30

#: Documents that take the most memory for their size, found by trying: kind -> what is repeated.
_HEAVY = {
    "clean": "这是一段没有任何问题的普通文字，",
    "annotated": "總結(jié)會(huì)議認(rèn)為，",
    "masks": "20xx年xx市新增企业xx家，",
    "amounts": "今年投入2500万元，",
    "escapes": "&#x4f60;&amp;lt;",
    "misread": "浣犲ソ锛屼笘鐣屻€?",
}

_PEAK_OF = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak_of(*command: str | Path, memory: int | None = None) -> int:
    """The most bytes that a command held in memory. Raises `RuntimeError` if it fails.

    `memory` is `ulimit -v`, in bytes.
    """
    if memory is not None:
        command = ("sh", "-c", f'ulimit -v {memory >> 10}; exec "$@"', "sh", *command)
    done = subprocess.run(
        [sys.executable, "-c", _PEAK_OF, *map(str, command)],
        capture_output=True,
        text=True,
        check=True,
    )
    status, kibibytes = map(int, done.stdout.split())
    if status:
        raise RuntimeError(done.stderr)
    return kibibytes << 10


def peak_of_run(source: Path, out: Path, *options: str, memory: int | None = None) -> int:
    """The most bytes that a corpus run in one process held in memory."""
    command = [sys.executable, "-m", "zhclean", "corpus", "run", source, "-o", out, *options]
    return peak_of(*command, memory=memory)


def long_lines(folder: Path, size: int) -> Iterator[list[object]]:
    """One line of `size` bytes in each shape, by corpus run and filter, under the limit."""
    text = ("今年投入2500万元，增长百分之八点五。" * 40_000).encode()
    short = json.dumps({"text": "投入2500万元"}, ensure_ascii=False).encode() + b"\n"
    expected = json.dumps({"text": "投入25000000元"}, ensure_ascii=False).encode() + b"\n"

    def line(head: bytes, tail: bytes) -> Iterator[bytes]:
        yield head
        yield from itertools.repeat(text, size // len(text) + 1)
        yield tail

    shapes = {"line.txt": (b"", b""), "line.jsonl": (short + b'{"text": "', b'"}\n' + short)}
    for name, (head, tail) in shapes.items():
        for packed in (False, True):
            source = folder / (name + ".gz" if packed else name)
            with gzip.open(source, "wb", 1) if packed else source.open("wb") as stream:
                stream.writelines(line(head, tail))
            out = folder / "out"
            run = zhclean("corpus", "run", source, "-o", out, memory=_LIMIT)
            data = [path for path in (out / "data").rglob("*") if path.is_file()]
            made = b"".join(
                gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
                for path in sorted(data)
            )
            aside = [
                json.loads(row)["reason"]
                for path in (out / "quarantine").iterdir()
                for row in path.read_text("utf-8").splitlines()
            ]
            right = run.returncode == 0 and made == (2 * expected if head else b"")
            yield ["corpus run", source.name, "; ".join(aside), right and len(aside) == 1]
            shutil.rmtree(out)
            if name == "line.txt" and not packed:
                for way, done in (
                    ("zhclean FILE", zhclean(source, memory=_LIMIT)),
                    ("zhclean <FILE", zhclean(memory=_LIMIT, stdin=source)),
                ):
                    said = done.stderr.strip()
                    right = done.returncode == 2 and not done.stdout and said.count("\n") == 0
                    yield [way, source.name, said.rpartition(": ")[2], right]
            source.unlink()


def heavy_documents(folder: Path, size: int) -> Iterator[list[object]]:
    """A document of `size` bytes of each heavy kind, cleaned within the limit."""
    for kind, unit in _HEAVY.items():
        source = folder / f"{kind}.jsonl"
        text = unit * (size // len(unit.encode()))
        with source.open("w", encoding="utf-8") as stream:
            stream.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
        out = folder / "out"
        peak = peak_of_run(source, out, memory=_LIMIT)
        aside = list((out / "quarantine").iterdir())
        what = json.loads(aside[0].read_text("utf-8"))["reason"] if aside else "cleaned"
        yield [
            "corpus run",
            f"a document of {size >> 20} MiB, {kind}",
            f"{what}; {peak >> 20} MiB, {peak / size:.0f} times its size",
            not aside,
        ]
        shutil.rmtree(out)
        source.unlink()


def stream(folder: Path, megabytes: int, options: list[str]) -> Iterator[list[object]]:
    """Peaks of runs over a tenth of a packed file of documents and over all of it."""
    peaks = []
    for size in (megabytes // 10, megabytes):
        source = folder / f"{size}.jsonl.gz"
        left = size * 10**6
        with gzip.open(source, "wt", 1, encoding="utf-8") as packed:
            for text in documents(1):
                line = json.dumps({"text": text}, ensure_ascii=False) + "\n"
                packed.write(line)
                left -= len(line.encode())
                if left < 0:
                    break
        peaks.append(peak_of_run(source, folder / f"out{size}", "--edits", *options))
        right = peaks[-1] - peaks[0] < 16 << 20
        yield ["corpus run", f"{size:,} MB of documents", f"{peaks[-1] >> 20} MiB at most", right]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--line", type=int, default=1000, help="MB of the long line")
    parser.add_argument("--stream", type=int, default=1000, help="MB of the stream of documents")
    parser.add_argument("--documents", type=int, default=0, help="MiB of a damaged document")
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    options, extra = parser.parse_known_args()
    failed = False
    print("| command | input | result | as it should be |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        rows = [long_lines(folder, options.line * 10**6)] if options.line else []
        rows += [stream(folder, options.stream, extra)] if options.stream else []
        rows += [heavy_documents(folder, options.documents << 20)] if options.documents else []
        for row in itertools.chain(*rows):
            failed |= not row[-1]
            print(
                "| " + " | ".join(map(str, [*row[:-1], "yes" if row[-1] else "NO"])),
                "|",
                flush=True,
            )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
