"""A corpus on disk: mostly clean documents, some damaged, in every format that a run reads."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.damage import annotated, corpus, furniture, holes

#: Damage -> its share of the documents; all others are clean.
SHARES = {"furniture": 0.08, "holes": 0.08, "annotated": 0.04}

#: Documents are drawn from a pool of this many: making one takes longer than cleaning it.
_POOL = 600

#: Format -> its share of the bytes.
_FORMATS = {"jsonl": 0.5, "jsonl.gz": 0.2, "parquet": 0.2, "txt": 0.1}

#: Documents of a row group of Parquet; of a folder of texts.
_GROUP = 2000


def documents(seed: int, shares: dict[str, float] | None = None) -> Iterator[str]:
    """Documents without end, each with a title of its own; the same for the same seed."""
    rng = random.Random(seed)
    pool = [_document(rng, SHARES if shares is None else shares) for _ in range(_POOL)]
    number = 0
    while True:
        number += 1
        yield f"资料第{number}号\n{rng.choice(pool)}\n"


def _document(rng: random.Random, shares: dict[str, float]) -> str:
    clean = corpus.compose(rng, rng.choice(corpus.simplified_registers()))
    [kind] = rng.choices(["clean", *shares], [1 - sum(shares.values()), *shares.values()])
    if kind == "furniture":
        return furniture.furnish(rng, clean).text
    if kind == "holes":
        return holes.hollow(rng, clean).text
    if kind == "annotated":
        settings = annotated.random_settings(rng, marks=True, fold=True)
        return annotated.damage(clean, settings).text
    return clean


def write_corpus(
    folder: Path, size: int, seed: int = 1, formats: dict[str, float] | None = None
) -> None:
    """About `size` bytes of documents below `folder`, unpacked, in the shares of `formats`.

    JSON Lines in one file, packed JSON Lines in four, Parquet in one with many row groups
    (left out where pyarrow is not installed), and a folder of texts, every tenth in GB18030.
    """
    folder.mkdir(parents=True, exist_ok=True)
    source = documents(seed)
    for kind, share in (formats or _FORMATS).items():
        chosen = _until(source, int(size * share))
        if kind == "jsonl":
            with (folder / "pages.jsonl").open("wb") as stream:
                stream.writelines(_lines(chosen))
        elif kind == "jsonl.gz":
            lines = list(_lines(chosen))
            for number in range(4):
                with gzip.GzipFile(folder / f"packed-{number}.jsonl.gz", "wb", 1, mtime=0) as pack:
                    pack.writelines(lines[number::4])
        elif kind == "parquet":
            _write_parquet(folder / "table.parquet", list(chosen))
        else:
            for number, text in enumerate(chosen):
                path = folder / "texts" / f"{number // _GROUP:03}" / f"{number:06}.txt"
                path.parent.mkdir(parents=True, exist_ok=True)
                code = "gb18030" if number % 10 == 0 else "utf-8"
                path.write_bytes(text.encode(code, "backslashreplace"))


def _until(source: Iterator[str], size: int) -> Iterator[str]:
    while size > 0:
        text = next(source)
        size -= len(text.encode("utf-8", "backslashreplace"))
        yield text


def _lines(texts: Iterator[str]) -> Iterator[bytes]:
    for number, text in enumerate(texts):
        line = json.dumps({"id": number, "text": text, "meta": {"x": 1.50}}, ensure_ascii=False)
        yield line.encode("utf-8", "backslashreplace") + b"\n"


def _write_parquet(path: Path, texts: list[str]) -> None:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        return
    table = pyarrow.table({"id": list(range(len(texts))), "text": texts})
    pyarrow.parquet.write_table(table, path, row_group_size=_GROUP)
