"""The check of all promises on inputs that atheris breeds for the code that they reach.

    python -m tests.campaigns.coverage_fuzz --seconds 600 --seed 1

Needs `atheris` (in the extra `campaigns`). The first inputs are those of the promises campaign; an
input that reaches new branches of zhclean is kept and changed further, by putting in fragments of
the grammar, moving and doubling parts, and by libFuzzer's own changes of bytes. The first byte
chooses the pipeline. Ends with 77 at a broken promise, and prints the input, shortened.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from random import Random

import atheris

with atheris.instrument_imports(include=["zhclean"]):
    for _stage in ("encoding", "boilerplate", "numbers", "redaction"):
        _package = import_module(f"zhclean.{_stage}")
        for _module in walk_packages(_package.__path__, f"zhclean.{_stage}."):
            import_module(_module.name)  # those too that are otherwise imported when needed
    from tests.promises.check import check, pipelines

from tests.campaigns.promises import shorten
from tests.promises.inputs import FRAGMENTS, mutated, random_text

__all__ = ["main"]

#: Bytes of an input: longer ones take more time than they find.
_LONGEST = 600
_FRAGMENTS = [fragment for family in FRAGMENTS.values() for fragment in family]
#: The share of changes that are left to libFuzzer.
_OF_BYTES = 0.25


def _write(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _read(data: bytes) -> str:
    """Any bytes are a text; those that `_write` gave are the text that it was given."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")


def _pipeline(data: bytes) -> str:
    """Half of the inputs go through the default pipeline."""
    names = list(pipelines())
    return "default" if data[0] & 1 else names[(data[0] >> 1) % len(names)]


def _check(data: bytes) -> None:
    if not data:
        return
    source, name = _read(data[1:]), _pipeline(data)
    try:
        check(source, name)
    except Exception as error:
        kind = type(error)
        print(f"{name}: {kind.__name__}: {shorten(source, _fails_as(kind, name))!a}")
        raise


def _fails_as(kind: type[Exception], name: str) -> Callable[[str], bool]:
    def fails(source: str) -> bool:
        try:
            check(source, name)
        except kind:
            return True
        return False

    return fails


def _change(data: bytes, most: int, seed: int) -> bytes:
    random = Random(seed)
    if len(data) < 2 or random.random() < _OF_BYTES:
        return bytes(atheris.Mutate(data, most))
    text = _read(data[1:])
    for _ in range(random.randrange(1, 4)):
        if random.random() < 0.6:
            at = random.randrange(len(text) + 1)
            end = at + random.choice([0, 0, 1, 3])
            text = text[:at] + random.choice(_FRAGMENTS) + text[end:]
        else:
            text = mutated(text, random)
    return (data[:1] + _write(text))[:most]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=2000, help="inputs to begin with")
    parser.add_argument("--corpus", type=Path, help="a folder of inputs to begin with and to keep")
    options = parser.parse_args()
    corpus = options.corpus or Path(tempfile.mkdtemp(prefix="zhclean-inputs-"))
    corpus.mkdir(parents=True, exist_ok=True)
    random = Random(options.seed)
    for number in range(options.first):
        data = random.randbytes(1) + _write(random_text(random))
        (corpus / f"first-{number}").write_bytes(data[:_LONGEST])
    arguments = [
        sys.argv[0],
        str(corpus),
        f"-max_total_time={options.seconds}",
        f"-seed={options.seed}",
        f"-max_len={_LONGEST}",
        f"-artifact_prefix={corpus}/",
        "-timeout=60",
        "-print_final_stats=1",
    ]
    atheris.Setup(arguments, _check, custom_mutator=_change)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
