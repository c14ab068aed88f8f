"""What was installed is whole. `tools/package.py` runs this on the wheel, away from the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sysconfig
from importlib import metadata
from pathlib import Path

import pytest

import zhclean
from zhclean.rules import STAGES_WITH_RULES, builtin_packs

PACKAGE = Path(zhclean.__file__).parent
REQUIREMENTS = metadata.requires("zhclean") or []


@pytest.mark.skipif("ZHCLEAN_INSTALLED" not in os.environ, reason="for tools/package.py")
def test_the_installed_package_is_tested_and_not_a_checkout() -> None:
    assert Path(sysconfig.get_path("purelib")) / "zhclean" == PACKAGE


def test_the_metadata_tell_the_version() -> None:
    assert metadata.version("zhclean") == zhclean.__version__


def test_the_command_is_installed() -> None:
    command = Path(sysconfig.get_path("scripts")) / "zhclean"
    run = subprocess.run([command], input="今年投入2500万元。".encode(), capture_output=True)
    assert (run.returncode, run.stdout.decode(), run.stderr) == (0, "今年投入25000000元。", b"")


@pytest.mark.parametrize("stage", STAGES_WITH_RULES.values())
def test_the_packs_of_every_stage_are_there(stage: str) -> None:
    assert builtin_packs(stage)


def test_the_data_are_there() -> None:
    assert (PACKAGE / "py.typed").exists()
    # The language model, in bytes that no repair can do without.
    assert (
        zhclean.clean("我們?nèi)チ宿r(nóng)場(chǎng)，產(chǎn)業(yè)發(fā)展穩(wěn)中有進(jìn)。")
        == "我们去了农场，产业发展稳中有进。"
    )
    # The table of CNS 11643, the frequent ideographs, the dictionaries of OpenCC, the notices.
    assert zhclean.decode(b"\xc4\xe3\xa5\xca", "euc-tw").text
    assert zhclean.decode("铁路以东".encode("gbk")).text == "铁路以东"
    taiwan = zhclean.pipeline("encoding", to="zh-Hant-TW")
    assert taiwan.clean("这个软件的质量很好，用户都喜欢。") == "這個軟體的質量很好，使用者都喜歡。"
    assert (
        zhclean.pipeline("boilerplate").clean("农机要保养。\n上一篇：水稻\n下一篇：小麦\n")
        == "农机要保养。\n"
    )
    assert zhclean.quantities("近4亿元")[0].unit == "元"


def test_every_extra_that_is_told_of_exists() -> None:
    extras = set(metadata.metadata("zhclean").get_all("Provides-Extra") or [])
    told = {
        extra
        for path in PACKAGE.rglob("*.py")
        for names in re.findall(r"zhclean\[([\w,]+)\]", path.read_text("utf-8"))
        for extra in names.split(",")
    }
    assert told
    assert told <= extras


def test_every_core_dependency_has_a_floor() -> None:
    core = [line for line in REQUIREMENTS if "extra ==" not in line]
    assert core
    assert [line for line in core if ">=" not in line] == []


def test_the_classifiers_name_the_versions_of_python_that_are_tested() -> None:
    told = metadata.metadata("zhclean").get_all("Classifier") or []
    versions = [line.rsplit(" ", 1)[1] for line in told if re.search(r":: 3\.\d+$", line)]
    assert versions == ["3.11", "3.12", "3.13"]
    assert metadata.metadata("zhclean")["Requires-Python"] == ">=3.11"
    assert metadata.metadata("zhclean")["License-Expression"] == "Apache-2.0"
