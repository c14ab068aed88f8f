"""What a start does not load: most processes clean little text, and most text is clean."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

#: Packages, and modules of Python itself that take milliseconds.
HEAVY = {
    *("chardet", "cn2an", "ftfy", "numpy", "opencc", "pypinyin", "regex", "wcwidth"),
    *("importlib.resources", "multiprocessing", "shutil", "tempfile", "tomllib", "zipfile"),
}
CLEAN = (
    "春天来了，院子里的桃树开了花。邻居家的老人每天清早都要在树下坐一会儿，看看来往的行人。\n" * 8
)


def loaded(program: str) -> set[str]:
    """The modules after a program, in a fresh process."""
    program += "; import sys, json; json.dump(sorted(sys.modules), sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8"
    )
    return set(json.loads(done.stderr))


@pytest.fixture(scope="module")
def bare() -> set[str]:
    return loaded("pass")


def test_import_loads_next_to_nothing(bare: set[str]) -> None:
    more = loaded("import zhclean") - bare
    assert not more & (HEAVY | {"argparse", "dataclasses", "inspect", "json", "pathlib"})
    assert {name for name in more if name.startswith("zhclean")} == {"zhclean"}


def test_the_filter_loads_nothing_heavy_for_a_clean_page(bare: set[str], tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(CLEAN, "utf-8")
    program = f"import os; os.chdir({str(tmp_path)!r}); from zhclean.cli import main; main([{str(page)!r}])"
    assert not (loaded(program) - bare) & HEAVY
