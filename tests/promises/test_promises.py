"""The promises of docs/promises.md, each a test of the name given there."""

from __future__ import annotations

import os
import subprocess
import sys
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import zhclean
from benchmarks.damage.corpus import everything
from tests.promises.check import check, check_bytes, pipelines
from tests.promises.inputs import random_bytes, random_text
from tests.timing import assert_linear

_QUICK = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
_seeds = st.integers(0, 2**40)


@_QUICK
@given(st.text())
def test_no_text_breaks_it(source: str) -> None:
    check(source)


@_QUICK
@given(st.one_of(st.binary(), _seeds.map(lambda seed: random_bytes(Random(seed)))))
def test_no_bytes_break_it(data: bytes) -> None:
    check_bytes(data)


@_QUICK
@given(_seeds)
def test_every_change_can_be_undone(seed: int) -> None:
    check(random_text(Random(seed)))


@pytest.mark.parametrize("name", list(pipelines()))
def test_cleaning_twice_changes_nothing(name: str) -> None:
    random = Random(name)
    for _ in range(60):
        check(random_text(random), name)


@pytest.mark.parametrize("document", [text for _, text in everything()])
def test_clean_text_stays(document: str) -> None:
    result = pipelines()["encoding"].analyze(document)
    assert result.edits == ()
    result = pipelines()["boilerplate"].analyze(document)
    assert result.edits == ()
    assert pipelines()["redaction"].analyze(document).flags == ()


def test_output_depends_on_the_text_alone() -> None:
    random = Random(7)
    texts = [random_text(random) for _ in range(40)]
    pipe = pipelines()["default"]
    expected = [pipe.analyze(text).to_json() for text in texts]
    # In another order, and as a stream.
    assert [pipe.analyze(text).to_json() for text in reversed(texts)] == expected[::-1]
    assert [result.to_json() for result in pipe.stream(iter(texts))] == expected
    # In another process, locale and with another hash seed.
    program = (
        "import sys, zhclean; from random import Random;"
        "from tests.promises.inputs import random_text;"
        "random = Random(7); texts = [random_text(random) for _ in range(40)];"
        "lines = '\\n'.join(zhclean.analyze(text).to_json() for text in texts);"
        "sys.stdout.buffer.write(lines.encode('utf-8', 'surrogatepass'))"
    )
    path = os.pathsep.join(filter(None, sys.path))  # the same code, wherever it was found
    for hash_seed, locale in [("1", "C"), ("2", "C.UTF-8")]:
        run = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "LC_ALL": locale, "PYTHONPATH": path},
        )
        assert run.stdout.decode("utf-8", "surrogatepass").split("\n") == expected


_PUMPS = [
    "一", "1", "1,", "万", "百分之", "x", "*", "_", "某", "?", "(jié)", "總結(jié)", "?，", "&amp;", "&#", "%", "%E4", "\\u", "=",
    "“", "”", "〞", "(", ")", " ", "\n", "。\n", "下载", "温馨提示：\n", "1、本站\n", "上一篇：a\n", "锟斤拷", "ä½", "\ufffd", "\u200b", "⽤",
    "增长%，", "2023家", "王某", "20xx年", "http://", "著", "指標", "a", "\x00", "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("pump", _PUMPS)
def test_time_is_linear(pump: str) -> None:
    assert_linear(lambda size: zhclean.clean(pump * (size // len(pump))), 10_000, 8)
