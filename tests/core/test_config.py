"""Options from files: which file counts, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import zhclean
from tests.packs import with_template
from zhclean import ConfigError
from zhclean.config import find_config, load_config


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    project = tmp_path / "pyproject.toml"
    project.write_text('[tool.zhclean]\nonly = ["numbers"]\n', "utf-8")
    assert find_config(str(deep)) == project
    other = tmp_path / "a" / "pyproject.toml"
    other.write_text('[project]\nname = "reader"\ndependencies = ["zhclean"]\n', "utf-8")
    assert find_config(str(deep)) == project, "one that has no table of ours is passed over"
    own = tmp_path / "a" / "zhclean.toml"
    own.write_text("width = true\n", "utf-8")
    assert find_config(str(deep)) == own
    assert load_config(own) == {"width": True}


def test_packs_are_found_from_the_folder_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "deep").mkdir()
    pack = tmp_path / "rules" / "mine.toml"
    pack.write_text(with_template("本站(文档|资料)"), "utf-8")
    (tmp_path / "zhclean.toml").write_text('packs = ["rules/mine.toml"]\n', "utf-8")
    assert load_config(tmp_path / "zhclean.toml") == {"packs": [str(pack)]}
    page = "本站资料\n夜里下了一场小雪，早上路面结了冰，老人们走得很慢。\n"
    run = zhclean("--only", "boilerplate", data=page.encode(), cwd=tmp_path / "deep")
    assert run.stdout.decode() == page.removeprefix("本站资料\n")


def test_the_command_line_goes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "zhclean.toml").write_text('only = ["numbers"]\nnumbers = "keep"\n', "utf-8")
    page = "今年投入2500万元。".encode()
    assert zhclean(data=page, cwd=tmp_path).stdout == page
    run = zhclean("--numbers", "plain", data=page, cwd=tmp_path)
    assert run.stdout.decode() == "今年投入25000000元。"
    (tmp_path / "other.toml").write_text("", "utf-8")
    run = zhclean("--config", "other.toml", data=page, cwd=tmp_path)
    assert run.stdout.decode() == "今年投入25000000元。"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("only = 3", "only must be a list, not 3"),
        ("only = [3]", "only must be a list of strings"),
        ("width = 1", "width must be true or false, not 1"),
        ("onyl = []", "unknown option 'onyl'"),
        ("[tool]\nzhclean = 3", "zhclean must be a table, not 3"),
        ("tool = 3", "tool must be a table, not 3"),
    ],
)
def test_what_is_wrong_is_told_with_the_file(content: str, message: str, tmp_path: Path) -> None:
    named = "pyproject.toml" if "tool" in content else "zhclean.toml"
    path = tmp_path / named
    path.write_text(content, "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert str(caught.value).startswith(f"{path}: {message}")
