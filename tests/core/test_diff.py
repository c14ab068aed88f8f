"""Diffs that `patch` itself applies."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.test_edits import patches
from zhclean.diff import unified_diff


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs the command patch")
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_patch_applies_the_diff(data: st.DataObject, tmp_path: Path) -> None:
    source = data.draw(st.text(alphabet="ab\n\n\u2028", max_size=80))
    change = data.draw(patches(source))
    text = change.apply(source)
    diff = "".join(unified_diff(source, text, change.edits(source), "page.txt"))
    assert (diff == "") == (source == text)
    if diff:
        page, made = tmp_path / "page.txt", tmp_path / "made.txt"
        page.write_text(source, "utf-8", newline="")
        made.unlink(missing_ok=True)
        subprocess.run(
            ["patch", "-s", "-f", "-o", str(made), str(page)],
            input=diff.encode(),
            check=True,
        )
        # An emptied file is removed by patch.
        assert (made.read_bytes() if made.exists() else b"") == text.encode()


def test_a_changed_line_stands_between_three_lines_of_context() -> None:
    from zhclean import Edit

    source = "".join(f"第{n}行\n" for n in range(1, 10))
    at = source.index("5")
    diff = list(
        unified_diff(source, source.replace("5", "五"), [Edit(at, at + 1, "5", "五", ("X",))], "f")
    )
    assert diff[2] == "@@ -2,7 +2,7 @@\n"
    assert [line[0] for line in diff[3:]] == [" ", " ", " ", "-", "+", " ", " ", " "]


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs the command patch")
def test_patch_finds_a_name_with_spaces(tmp_path: Path) -> None:
    from zhclean import Edit

    (tmp_path / "第 1 页.txt").write_text("甲乙\n", "utf-8")
    diff = "".join(unified_diff("甲乙\n", "甲\n", [Edit(1, 2, "乙", "", ("X",))], "第 1 页.txt"))
    subprocess.run(["patch", "-s", "-f"], input=diff.encode(), check=True, cwd=tmp_path)
    assert (tmp_path / "第 1 页.txt").read_text("utf-8") == "甲\n"
