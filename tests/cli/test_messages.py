"""Every situation of the tables in docs/filter.md, exactly: status, messages, output, files."""

from __future__ import annotations

import gzip
import os
import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.command import shell
from tests.packs import with_template

DOCS = Path(__file__).resolve().parents[2] / "docs" / "filter.md"

PAGE = "今年投入2500万元。\n".encode()
TEXT = "今年投入25000000元。\n".encode()
CUT = PAGE + "天气很好，我们去公园走走。".encode()[:-2]  # within a character


class Situation(NamedTuple):
    """A row: what is the case, the command in the folder, and what must come of it."""

    what: str
    command: str
    status: int
    output: str
    message: str


def situations() -> list[Situation]:
    found = []
    for line in DOCS.read_text("utf-8").splitlines():
        cells = [
            re.sub(r"^`(.*)`$", r"\1", cell.strip()).replace("\\|", "|")
            for cell in re.split(r"(?<!\\)\|", line)[1:-1]
        ]
        if len(cells) == 5 and cells[2].isdigit():
            found.append(Situation(cells[0], cells[1], int(cells[2]), cells[3], cells[4]))
    return found


SITUATIONS = situations()

#: What the column "output" of the tables means; "…" is not compared.
OUTPUTS = {
    "": b"",
    "text": TEXT,
    "text, text": TEXT * 2,
    "a part": TEXT[:1],
    "text with U+FFFD": TEXT + CUT[len(PAGE) : -1] + "\ufffd".encode(),
}

#: Commands that change the folder: what is in those files afterwards. All others change nothing.
CHANGED: dict[str, dict[str, bytes]] = {
    "zhclean -o out.txt page.txt": {"out.txt": TEXT},
    "zhclean -o out.txt none.txt page.txt": {"out.txt": TEXT},
    "zhclean -o page.txt page.txt": {"page.txt": TEXT},
    "zhclean -o link.txt page.txt": {"page.txt": TEXT, "link.txt": TEXT},
    "zhclean -o out.txt page.txt & zhclean -o out.txt page.txt; wait $!": {"out.txt": TEXT},
    "zhclean --in-place page.txt page.txt": {"page.txt": TEXT, "link.txt": TEXT},
    "zhclean --in-place link.txt": {"page.txt": TEXT, "link.txt": TEXT},
    "zhclean --in-place hard.txt": {"hard.txt": TEXT},
    "zhclean --in-place=.orig page.txt": {
        "page.txt": TEXT,
        "link.txt": TEXT,
        "page.txt.orig": PAGE,
    },
    "zhclean --in-place none.txt page.txt": {"page.txt": TEXT, "link.txt": TEXT},
}
CHANGED["zhclean -o page.txt page.txt"]["link.txt"] = TEXT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What the commands of the tables find."""
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / "link.txt").symlink_to("page.txt")
    os.link(tmp_path / "page.txt", tmp_path / "hard.txt")
    (tmp_path / "-f.txt").write_bytes(PAGE)
    (tmp_path / "empty.txt").touch()
    (tmp_path / "bom.txt").write_bytes(b"\xef\xbb\xbf" + PAGE)
    (tmp_path / "cut.txt").write_bytes(CUT)
    (tmp_path / "page.txt.gz").write_bytes(gzip.compress(PAGE))
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.4\n" + PAGE)
    (tmp_path / "binary").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "long.txt").write_bytes("天晴\n".encode() * 50_000)
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    for name, size in (("huge.txt", 8 << 30), ("large.txt", 250 << 20)):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(size)  # a hole: it takes no room
    (tmp_path / "folder").mkdir()
    (tmp_path / "locked").mkdir()
    (tmp_path / "locked.txt").write_bytes(PAGE)
    (tmp_path / "read-only.txt").write_bytes(PAGE)
    (tmp_path / "broken.toml").write_text("only = [\n", "utf-8")
    (tmp_path / "unknown.toml").write_text('onyl = ["encoding"]\n', "utf-8")
    (tmp_path / "type.toml").write_text('only = "encoding"\n', "utf-8")
    (tmp_path / "not-utf-8.toml").write_bytes('mask = "姓名"\n'.encode("gbk"))
    (tmp_path / "nested.toml").write_text("mask = " + "[" * 100_000, "utf-8")
    (tmp_path / "no-leave.toml").write_text(
        with_template("TEMPLATE").replace('leave = ["c"]\n', ""), "utf-8"
    )
    (tmp_path / "open.toml").write_text(with_template("本站(文档"), "utf-8")
    (tmp_path / "slot.toml").write_text(with_template("本站{nonsense}"), "utf-8")
    (tmp_path / "wide.toml").write_text(with_template("{any}"), "utf-8")
    (tmp_path / "locked.txt").chmod(0)
    (tmp_path / "read-only.txt").chmod(0o444)
    (tmp_path / "locked").chmod(0o555)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes | None]:
    """Every name in the folder and below, links followed; None where that can't be read quickly."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        if path.name != "loop" and path.is_file() and path.stat().st_size < 1 << 20
        else None
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.command)
def test_a_situation_of_the_tables(situation: Situation, folder: Path) -> None:
    forbidden = "locked" in situation.command or "read-only" in situation.command
    if forbidden and os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root may do everything here (no setpriv)")
    before = contents(folder)
    run = shell(situation.command, folder)
    assert run.stderr.decode() == (f"{situation.message}\n" if situation.message else "")
    assert run.returncode == situation.status
    if situation.output != "…":
        assert run.stdout == OUTPUTS[situation.output]
    assert contents(folder) == {**before, **CHANGED.get(situation.command, {})}


def test_the_tables_are_there() -> None:
    assert len(SITUATIONS) > 70
    assert CHANGED.keys() <= {situation.command for situation in SITUATIONS}


def test_every_exit_status_is_explained() -> None:
    section = DOCS.read_text("utf-8").split("## Exit status")[1].split("\n## ")[0]
    explained = {int(number) for number in re.findall(r"^\| (\d+) \|", section, re.MULTILINE)}
    stopped = {129, 130, 143}  # tests/cli/test_signals.py
    assert explained == {situation.status for situation in SITUATIONS} | stopped
