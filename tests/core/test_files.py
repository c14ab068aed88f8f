"""Files are replaced whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from zhclean.files import replacing, write_atomic


def test_mode_link_and_backup_are_kept(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("old", "utf-8")
    page.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(page)
    write_atomic(link, b"new", backup_suffix=".orig")
    assert link.is_symlink()
    assert page.read_bytes() == b"new"
    assert page.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "page.txt.orig").read_bytes() == b"old"
    assert sorted(os.listdir(tmp_path)) == ["link.txt", "page.txt", "page.txt.orig"]


def test_a_new_file_obeys_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomic(tmp_path / "new.txt", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "new.txt").stat().st_mode & 0o777 == 0o640


def test_a_failure_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_atomic(page, b"new")
    assert page.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["page.txt"]


def test_what_is_no_file_is_written_to_directly(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_atomic(pipe, b"through")
        assert os.read(reader, 100) == b"through"
    finally:
        os.close(reader)


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, MemoryError])
def test_being_stopped_in_the_middle_leaves_nothing(
    stop: type[BaseException], tmp_path: Path
) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(b"old")
    with pytest.raises(stop), replacing(page) as stream:  # noqa: PT012 - it is one thing
        stream.write(b"new")
        raise stop
    assert page.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["page.txt"]


@pytest.mark.parametrize("name", ["页" * 85, "\U00020000" * 63, "n" * 255])
def test_names_may_be_as_long_as_the_system_allows(name: str, tmp_path: Path) -> None:
    write_atomic(tmp_path / name, b"new")
    assert (tmp_path / name).read_bytes() == b"new"


def test_links_in_a_circle_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(OSError, match="Too many levels"):
        write_atomic(tmp_path / "loop", b"new")
    assert (tmp_path / "loop").is_symlink()


def test_a_link_to_nothing_gets_its_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("page.txt")
    write_atomic(tmp_path / "link", b"new")
    assert (tmp_path / "page.txt").read_bytes() == b"new"
    assert (tmp_path / "link").is_symlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_is_kept(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(b"old")
    os.chown(page, 1234, 1235)
    page.chmod(0o6750)
    write_atomic(page, b"new")
    status = page.stat()
    assert (status.st_uid, status.st_gid, status.st_mode & 0o7777) == (1234, 1235, 0o6750)
