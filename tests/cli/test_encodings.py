"""Every encoding in, UTF-8 out, whatever locale the command runs in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import CLEAN, zhclean
from zhclean.encoding.decoding.charsets import encode_strict

TEXT = """\
会议认为，要把农田水利建设放在重要位置，抓紧修复水毁工程，确保春耕用水。
各乡镇组织群众清理沟渠，更换老化的闸门，工程技术人员到现场指导。
"""
TRADITIONAL = """\
會議認為，要把農田水利建設放在重要位置，抓緊修復水毀工程，確保春耕用水。
各鄉鎮組織群眾清理溝渠，更換老化的閘門，工程技術人員到現場指導。
"""
#: File name -> text, codec it is written in, and the name that is told for it.
FILES = {
    "utf-8": (TEXT, "utf-8", "utf-8"),
    "utf-8-sig": (TEXT, "utf-8-sig", "utf-8"),
    "utf-16": (TEXT, "utf-16", "utf-16-le"),
    "utf-16-le": (TEXT, "utf-16-le", "utf-16-le"),
    "utf-16-be": (TEXT, "utf-16-be", "utf-16-be"),
    "utf-32": (TEXT, "utf-32", "utf-32-le"),
    "gb2312": (TEXT, "gb2312", "gb18030"),
    "gbk": (TRADITIONAL, "gbk", "gb18030"),
    "gb18030": (TEXT + "㐀𠀀\n", "gb18030", "gb18030"),
    "big5": (TRADITIONAL, "big5", "cp950"),
    "cp950": (TRADITIONAL, "cp950", "cp950"),
    "euc-tw": (TRADITIONAL, "euc-tw", "euc-tw"),
    "hz": (TEXT, "hz", "hz"),
}


def test_every_encoding_is_told_by_itself(tmp_path: Path) -> None:
    for name, (text, codec, _) in FILES.items():
        (tmp_path / name).write_bytes(encode_strict(text, codec))
    run = zhclean("--only", "redaction", "--format", "jsonl", *FILES, cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, b"")
    found = {
        record["file"]: (record["text"], record["encoding"], record["undecodable"])
        for record in map(json.loads, run.stdout.splitlines())
    }
    assert found == {name: (text, told, []) for name, (text, _, told) in FILES.items()}


@pytest.mark.parametrize("name", ["utf-16-be", "GBK", "big5hkscs", "EUC-TW", "shift_jis", "utf-7"])
def test_an_encoding_that_is_named_is_taken(name: str) -> None:
    text = "會議在下午舉行。\n"
    run = zhclean("--only", "redaction", "--encoding", name, data=encode_strict(text, name.lower()))
    assert (run.returncode, run.stdout.decode(), run.stderr) == (0, text, b"")


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C"},
        {"LANG": "C", "LC_ALL": ""},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "gb18030:strict"},
        {"PYTHONIOENCODING": "latin-1", "PYTHONUNBUFFERED": "1"},
    ],
    ids=str,
)
def test_the_locale_changes_nothing(locale: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "页面.txt").write_text(CLEAN, "utf-8")
    run = zhclean("--only", "redaction", "页面.txt", cwd=tmp_path, **locale)
    assert (run.returncode, run.stdout.decode(), run.stderr) == (0, CLEAN, b"")
    run = zhclean("--only", "redaction", "没有.txt", cwd=tmp_path, **locale)
    assert (run.returncode, run.stdout) == (2, b"")
    assert run.stderr.endswith(b".txt: No such file or directory\n")


def test_undecodable_bytes_are_kept_by_jsonl_and_never_written_over(tmp_path: Path) -> None:
    sound = "今年投入2500万元，明年再说。".encode()
    page = tmp_path / "page.txt"
    page.write_bytes(sound + b"\xff\xfe\xff" + sound + b"\xfa")
    record = json.loads(zhclean("--format", "jsonl", page).stdout)
    assert record["undecodable"] == ["fffeff", "fa"]
    assert record["source"].encode().split("\ufffd".encode()) == [sound, sound, b""]
    before = page.read_bytes()
    run = zhclean("--in-place", page)
    assert (run.returncode, page.read_bytes()) == (2, before)


def test_a_replacement_character_of_the_page_itself_is_no_loss(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("今年投入2500万元\ufffd，明年再说。\n", "utf-8")
    run = zhclean("--in-place", page)
    assert (run.returncode, run.stderr) == (0, b"")
    assert page.read_text("utf-8") == "今年投入25000000元\ufffd，明年再说。\n"


def test_jsonl_of_hostile_text_is_one_line_a_document(tmp_path: Path) -> None:
    hostile = '"}\n{"file": 1}\r\n\x00\x1b[2J\u2028\u2029\x85\ufeff\\u0000</script>\U0010ffff\x7f'
    for name in ("a.txt", 'b"\n.txt'):
        (tmp_path / name).write_text(hostile, "utf-8", newline="")
    run = zhclean("--only", "redaction", "--format", "jsonl", "a.txt", 'b"\n.txt', cwd=tmp_path)
    records = [json.loads(line) for line in run.stdout.decode().split("\n")[:-1]]
    assert [record["file"] for record in records] == ["a.txt", 'b"\n.txt']
    assert [record["source"] for record in records] == [hostile] * 2
