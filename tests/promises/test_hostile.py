"""Hostile input: depth, a million of something, packed bombs, packs from somebody else.

The whole of it is `python -m tests.campaigns.hostile`.
"""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.campaigns.hostile import STAGES, pipe_of
from tests.campaigns.pumps import GENERAL, Pump, pumps_of, rules_of
from tests.packs import with_template
from tests.timing import assert_linear
from zhclean import RuleError, pipeline

#: A slice of the pumps of all rules, of each stage the same number.
RULED = [
    (stage, pump)
    for stage in STAGES
    for pump in Random(3).sample([p for rule in rules_of(stage) for p in pumps_of(rule)], 5)
]


@pytest.mark.parametrize(
    ("stage", "pump"), RULED, ids=lambda value: value if isinstance(value, str) else value.name
)
def test_time_is_linear_in_what_rules_react_to(stage: str, pump: Pump) -> None:
    pipe = pipe_of(stage)
    assert_linear(lambda size: pipe.clean(pump.text(size)), 3_000, 8)


@pytest.mark.parametrize("pump", GENERAL, ids=lambda pump: pump.name)
def test_no_depth_and_no_number_breaks_it(pump: Pump) -> None:
    pipe = pipeline()
    text = pipe.clean(pump.text(4_000))
    assert pipe.clean(text) == text


def under_a_limit(program: str, megabytes: int) -> subprocess.CompletedProcess[str]:
    """A Python program with so much address space."""
    size = megabytes << 20
    return subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size)),
        check=False,
    )


@pytest.mark.parametrize("name", ["marks", "annotations"])
def test_a_million_of_something_takes_little_memory(name: str) -> None:
    (index,) = (index for index, pump in enumerate(GENERAL) if pump.name == name)
    program = (
        "from tests.campaigns.pumps import GENERAL; from tests.campaigns.hostile import pipe_of\n"
        f"text = GENERAL[{index}].text(1_000_000)\n"
        f"for stage in {STAGES}:\n"
        "    print(len(pipe_of(stage).clean(text)))\n"
    )
    run = under_a_limit(program, 1200)
    assert run.stderr == ""
    assert len(run.stdout.split()) == len(STAGES)


def _zstd(data: bytes) -> bytes:
    zstandard = pytest.importorskip("zstandard", reason="needs the extra corpus")
    packed: bytes = zstandard.ZstdCompressor().compress(data)
    return packed


@pytest.mark.parametrize(
    ("ending", "pack"),
    [
        ("gz", lambda data: gzip.compress(data, 1)),
        ("bz2", lambda data: bz2.compress(data, 1)),
        ("xz", lambda data: lzma.compress(data, preset=0)),
        ("zst", _zstd),
    ],
)
def test_a_packed_bomb_costs_no_memory(
    ending: str, pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    source = tmp_path / "in"
    source.mkdir()
    bomb = bytes(80 << 20)
    packed = pack(bomb)
    assert len(packed) < len(bomb) // 100
    (source / f"bomb.txt.{ending}").write_bytes(packed)
    (source / f"bomb.jsonl.{ending}").write_bytes(packed)
    (source / "sound.txt").write_text("今年投入2500万元。\n", "utf-8")
    out = tmp_path / "out"
    program = (
        "import sys; from zhclean.cli import main\n"
        f"sys.exit(main(['corpus', 'run', {str(source)!r}, '-o', {str(out)!r}, '--only', 'numbers']))"
    )
    run = under_a_limit(program, 1000)
    assert "Traceback" not in run.stderr
    assert (out / "data" / "sound.txt").read_text("utf-8") == "今年投入25000000元。\n"
    rows = [
        json.loads(line)
        for path in (out / "quarantine").iterdir()
        for line in path.read_text("utf-8").splitlines()
    ]
    assert {Path(row["file"]).name: row["document"] for row in rows} == {
        f"bomb.txt.{ending}": None,
        f"bomb.jsonl.{ending}": None,
    }
    assert all("limit" in row["reason"] for row in rows)
    # To the filter a packed file is bytes like any others: it unpacks nothing.
    result = pipeline("encoding").analyze(packed[:20_000])
    assert len(result.text) <= 20_000


@pytest.mark.parametrize("shape", ["line", "inline", "end"])
@pytest.mark.parametrize(
    "template",
    [
        "本站(a+)+$",
        "本站(.*)*.*.*x",
        "本站" + "{any}本" * 60,
        "本站" + "{title}[站]" * 60 + "完",
        "本站" + "[本][站]" * 60 + "完",
        "本站" + "(本|本本|本本本)" * 60 + "完",
        "[本站]" * 60 + "本站",
        "(" * 8 + "本站" + ")" * 8,
        "本站{links}{links}{links}完",
        "(甲|乙|丙|丁|戊|己|庚|辛)" * 25 + "本站",
    ],
    ids=lambda template: template[:12],
)
def test_no_template_of_a_pack_makes_it_slow(template: str, shape: str) -> None:
    pipe = pipeline("boilerplate", level="aggressive", packs=[with_template(template, shape)])
    for unit in ("本站", "本", "本站aaaa"):
        assert_linear(lambda size, unit=unit: pipe.clean(unit * (size // len(unit))), 2_000, 8)


@pytest.mark.parametrize("depth", [9, 240, 480])
@pytest.mark.parametrize("brackets", ["()", "[]"])
def test_templates_are_not_nested_without_end(depth: int, brackets: str) -> None:
    template = brackets[0] * depth + "本站" + brackets[1] * depth
    with pytest.raises(RuleError, match="too deep"):
        pipeline("boilerplate", packs=[with_template(template, "line")])
