"""One process of the speed benchmark: reads requests, does them, tells what they took.

    python benchmarks/speed_worker.py FOLDER [--plain]

Runs under any Python: the C++ OpenCC and opencc-python-reimplemented are both called `opencc`,
so that one of them lives in an environment of its own. Nothing is imported before a job needs it.
A request is a JSON line `{"job", "texts"}`: the name of a job and of a file of texts in FOLDER.
The answer is `{"bytes", "seconds"}`, of CPU time.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _pipeline() -> Any:
    import zhclean

    return zhclean.pipeline(to="zh-Hans")


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def decode(texts: list[bytes]) -> None:
    for text in texts:
        text.decode()


def naive(texts: list[bytes]) -> None:
    from benchmarks.naive import clean

    for text in texts:
        clean(text)


def ftfy(texts: list[bytes]) -> None:
    from ftfy import fix_text

    for text in texts:
        fix_text(text.decode())


def zhclean(texts: list[bytes]) -> None:
    for result in _pipeline().stream(texts):
        assert isinstance(result.text, str)


def edits(texts: list[bytes]) -> None:
    for result in _pipeline().stream(texts):
        assert result.edits or result.flags or result.text


def batch(texts: list[bytes]) -> None:
    _pipeline().clean_many([text.decode() for text in texts])


def opencc(texts: list[bytes]) -> None:
    converter = _converter()
    for text in texts:
        converter.convert(text.decode())


@cache
def _script() -> Any:
    import zhclean

    return zhclean.pipeline("script", to="zh-Hans")


def script(texts: list[bytes]) -> None:
    pipe = _script()
    for text in texts:
        pipe.clean(text.decode())


JOBS = {job.__name__: job for job in (decode, naive, ftfy, zhclean, edits, batch, opencc, script)}


def main(folder: Path) -> None:
    for line in sys.stdin:
        request = json.loads(line)
        texts = [text.encode() for text in json.loads((folder / request["texts"]).read_text())]
        gc.collect()
        start = time.process_time()
        JOBS[request["job"]](texts)
        seconds = time.process_time() - start
        print(json.dumps({"bytes": sum(map(len, texts)), "seconds": seconds}), flush=True)


if __name__ == "__main__":
    if "--plain" in sys.argv:  # as without the extra `fast`
        sys.modules["numpy"] = None  # type: ignore[assignment]
    main(Path(sys.argv[1]))
