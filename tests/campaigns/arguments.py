"""Random command lines: whatever is asked, an answer and no traceback.

    python -m tests.campaigns.arguments --vectors 2000 --seed 1

Every subcommand and option with right, wrong and hostile values, in any order. A vector breaks
the promise if it raises, ends with another status than 0, 1 or 2, says something that is not
a line of the command's own, gives no reason for a status of 2, or leaves an unfinished file.
Vectors run in forks of this process; every fortieth once more as a process of its own. Prints the
broken ones and exits 1 if there are any.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from zhclean.cli import main as command
from zhclean.files import TEMPORARY_SUFFIX

__all__ = ["outcomes", "vector"]

#: Of so many vectors, one runs as a process of its own as well.
_PROCESS_EVERY = 40
_MEMORY = 2 << 30

_HOSTILE = (
    "", " ", "-", "--", "-x", "=", ",", "\x1b[2J\x07", "\udcff\udc80", "\n", "\u2028", "某" * 300, "folder", "none/none", "/dev/null",
    "/dev/full", "%s %(x)s", "{0}{x}", "0", "-1", "99999999999999999999", "1e9", "nan", "\ufeff", "--only", "*", "?", "~",
)  # fmt: skip
_FILES = (
    "page.txt", "page.txt", "page.txt", "gbk.txt", "cut.txt", "empty.txt", "binary", "lines.jsonl", "table.csv", "packed.txt.gz",
    "folder", "link.txt", "loop", "none.txt", "-f.txt", "-", "pack.toml", "\udcff.txt",
)  # fmt: skip
_STAGES = ("encoding", "script", "boilerplate", "numbers", "redaction")
_PIPELINE = {
    "--only": (*_STAGES, "encoding,numbers", "encoding, redaction", "encodng"),
    "--skip": (*_STAGES, "numbers,redaction", "nothing"),
    "--preset": ("repair", "training", "conservative", "none"),
    "--to": ("zh-Hans", "zh-Hans-CN", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK", "zh"),
    "--numbers": ("plain", "arabic", "keep", "gbt15835", "roman"),
    "--level": ("conservative", "standard", "aggressive", "wild"),
    "--mask": ("[MASK]", "〔？〕", "xx", "____", "某", "元", "\n"),
    "--pack": ("pack.toml", "broken.toml", "none.toml", "page.txt"),
    "--config": ("own.toml", "broken.toml", "none.toml", "pack.toml"),
    "--spinning": (),
    "--width": (),
    "--punctuation": (),
}
_CODECS = ("utf-8", "gbk", "big5", "hz", "utf-16", "euc-tw", "rot13", "utf-7", "klingon", "cp037")
#: Subcommand -> its options, and what its positional words may be.
_COMMANDS: dict[tuple[str, ...], tuple[dict[str, tuple[str, ...]], tuple[str, ...]]] = {
    (): (
        {
            **_PIPELINE,
            "--encoding": _CODECS,
            "--format": ("text", "jsonl", "xml"),
            "--report": ("report.html", "page.txt", "none/report.html"),
            "--check": (),
            "--diff": (),
            "--in-place": (),
            "--in-place=.orig": (),
            "-o": ("out.txt", "page.txt", "none/out.txt"),
            "--output": ("out.txt",),
            "--version": (),
            "--help": (),
        },
        _FILES,
    ),
    ("explain",): ({"-h": ()}, ("E101", "b001", "E000", "101")),
    ("rules",): ({"--json": (), "--help": ()}, ()),
    ("quantities",): (
        {"--format": ("csv", "jsonl", "xml"), "--encoding": _CODECS, "--help": ()},
        _FILES,
    ),
    ("corpus", "run"): (
        {
            **_PIPELINE,
            "-o": ("out", "out", "out", "folder", "page.txt", "none/out"),
            "--field": ("text", "id", "body"),
            "--format": ("text", "jsonl", "csv", "parquet", "xml"),
            "-j": ("1", "2", "x"),
            "--edits": (),
            "--help": (),
        },
        _FILES[:-7],
    ),
    ("corpus", "status"): ({"--help": ()}, ("out", "folder", "page.txt", "none")),
    ("corpus",): ({"--help": ()}, ("run", "status", "walk")),
    ("discover",): (
        {
            "--by": ("site", "corpus", "page"),
            "--name": ("found", '"', "\n"),
            "-o": ("found.toml", "none/found.toml", "page.txt"),
            "--help": (),
        },
        ("folder", "none", "page.txt"),
    ),
}
_WEIGHTS = (10, 1, 1, 2, 4, 1, 1, 1)


def vector(random: Random) -> list[str]:
    """The words of one command line."""
    name = random.choices(list(_COMMANDS), _WEIGHTS)[0]
    options, words = _COMMANDS[name]
    pieces: list[list[str]] = []
    for _ in range(random.choice((0, 0, 1, 1, 2, 3, 5))):
        option, values = random.choice(list(options.items()))
        if not values:
            # Help and version end everything: less of them.
            if option not in {"--help", "-h", "--version"} or random.random() < 0.3:
                pieces.append([option] if random.random() < 0.95 else [option + "=x"])
            continue
        value = random.choice(values if random.random() < 0.8 else _HOSTILE)
        form = random.random()
        if form < 0.6:
            pieces.append([option, value])
        elif form < 0.95:
            pieces.append([f"{option}={value}"])
        else:
            pieces.append([option])
    if name == ("corpus", "run") and random.random() < 0.8:
        pieces.append(["-o", random.choice(options["-o"])])
    pieces += [
        [random.choice(words if words and random.random() < 0.9 else _HOSTILE)]
        for _ in range(random.choice((0, 1, 1, 1, 2, 4)))
    ]
    if random.random() < 0.05:
        pieces.append(["--"])
    random.shuffle(pieces)
    return [*name, *(word for piece in pieces for word in piece)]


def fill(folder: Path) -> None:
    """The files that the vectors name."""
    page = "今年投入2500万元，比上年增长xx%。\n總結(jié)會(huì)議認(rèn)為，產(chǎn)業(yè)發(fā)展穩(wěn)中有進(jìn)。\n"
    (folder / "page.txt").write_text(page, "utf-8")
    (folder / "link.txt").symlink_to("page.txt")
    (folder / "loop").symlink_to("loop")
    (folder / "-f.txt").write_text(page, "utf-8")
    (folder / os.fsdecode(b"\xff.txt")).write_text(page, "utf-8")
    (folder / "gbk.txt").write_text(page[:18], "gb18030")
    (folder / "cut.txt").write_bytes(page.encode()[:-2])
    (folder / "empty.txt").touch()
    (folder / "binary").write_bytes(bytes(range(256)))
    (folder / "lines.jsonl").write_text(json.dumps({"id": 1, "text": page}) + "\n{\n", "utf-8")
    (folder / "table.csv").write_text('id,text\n1,"今年投入2500万元"\n2\n', "utf-8")
    (folder / "packed.txt.gz").write_bytes(gzip.compress(page.encode()))
    (folder / "folder" / "site").mkdir(parents=True)
    for number in range(4):
        (folder / "folder" / "site" / f"{number}.txt").write_text(page, "utf-8")
    (folder / "own.toml").write_text('only = ["numbers"]\n', "utf-8")
    (folder / "broken.toml").write_text("[pack\n", "utf-8")
    (folder / "pack.toml").write_text(
        '[pack]\nname = "mine"\nstage = "boilerplate"\n[[rule]]\ncode = "U101"\nname = "mine"\nwhy = "W"\nsafe = true\n'
        'kind = "ad"\nshape = "line"\ntemplates = ["本站{any}"]\nchange = [{ before = "a", after = "b" }]\nleave = ["c"]\n',
        "utf-8",
    )


@contextlib.contextmanager
def _streams(folder: Path) -> Iterator[None]:
    """This process in the folder, with files for its streams: for a forked child."""
    os.chdir(folder)
    for number, name in enumerate((".in", ".out", ".err")):
        descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.truncate(".out", 0)
    yield
    sys.stdout.flush()
    sys.stderr.flush()


def _judge(folder: Path, status: int, messages: str) -> tuple[int, str | None]:
    """The status of a run, and what is wrong with it, if anything is."""
    return status, _wrong(folder, status, messages)


def _wrong(folder: Path, status: int, messages: str) -> str | None:
    if "Traceback" in messages:
        return messages.strip().splitlines()[-1]
    if status not in {0, 1, 2}:
        return f"status {status}"
    strange = [line for line in messages.splitlines() if not line.startswith("zhclean: ")]
    if strange:
        return f"said {strange[0]!r}"
    # A corpus run names the files that it could not read in its summary, on standard output.
    if status == 2 and not messages and not list(folder.rglob("summary.json")):
        return "status 2 without a reason"
    left = [path.name for path in folder.rglob("*") if path.name.endswith(TEMPORARY_SUFFIX)]
    return f"left {left[0]}" if left else None


def _in_a_fork(arguments: Sequence[str]) -> tuple[int, str | None]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder)
        child = os.fork()
        if not child:
            status = 3
            try:
                # A device without an end is among the hostile names.
                resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
                with _streams(folder):
                    # Standard streams that a test runner has put in place of the real ones.
                    sys.stdin, sys.stdout, sys.stderr = (
                        open(number, mode, closefd=False)  # noqa: SIM115 - closed by _exit
                        for number, mode in ((0, "r"), (1, "w"), (2, "w"))
                    )
                    sys.stderr.reconfigure(errors="backslashreplace")
                    try:
                        status = command(arguments)
                    except BaseException:  # noqa: BLE001 - any exception is what is looked for
                        traceback.print_exc()
            finally:
                os._exit(status)
        _, ended = os.waitpid(child, 0)
        messages = (folder / ".err").read_text("utf-8", "replace")
        return _judge(folder, os.waitstatus_to_exitcode(ended), messages)


def _in_a_process(arguments: Sequence[str]) -> tuple[int, str | None]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder)
        run = subprocess.run(
            [sys.executable, "-m", "zhclean", *map(os.fsencode, arguments)],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY)),
        )
        return _judge(folder, run.returncode, run.stderr.decode("utf-8", "replace"))


def outcomes(seed: int, count: int) -> Iterator[tuple[list[str], int, str | None]]:
    """The vectors of a seed: words, status, and what is wrong, if anything is."""
    for number in range(count):
        arguments = vector(Random(f"{seed}:{number}"))
        status, wrong = _in_a_fork(arguments)
        if wrong is None and number % _PROCESS_EVERY == _PROCESS_EVERY - 1:
            alone, wrong = _in_a_process(arguments)
            if alone != status:
                wrong = f"status {status}, as a process of its own {alone}"
        yield arguments, status, wrong


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--vectors", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failures: Counter[str] = Counter()
    statuses: Counter[int] = Counter()
    for arguments, status, wrong in outcomes(options.seed, options.vectors):
        statuses[status] += 1
        if wrong is not None:
            if not failures[wrong]:
                print(f"{wrong}\n    {arguments}", flush=True)
            failures[wrong] += 1
    print(
        f"{options.vectors} argument vectors, seed {options.seed}: {failures.total()} failures; "
        + ", ".join(f"status {status}: {count}" for status, count in sorted(statuses.items()))
    )
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
