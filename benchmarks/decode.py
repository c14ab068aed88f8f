"""Exact text from bytes: zhclean beside chardet and charset-normalizer on the same files.

    pip install charset-normalizer
    python benchmarks/decode.py [--documents N] [--seed N] [--only zhclean] [--misses]
    python benchmarks/decode.py --speed

Clean Chinese text (`benchmarks/damage/clean`, simplified; its traditional forms by OpenCC) is
written in every encoding, whole and damaged, and read back. A reading of a whole file counts
when it is exact. One of a damaged file counts when every character that it shows is one of
the original's, in its place, and no more is hidden than one stretch of two characters for
each that was damaged: `降` and `低` with a byte less between them are `降�` as much as `�低`,
for no bytes tell the two apart. What is left of a character may be a letter, and shown as it.
Prints a Markdown table; its second column: how many characters that are whole zhclean hides with
every hundred that are damaged, because nothing says which of two it is. `--speed`: megabytes a CPU-second on files of one megabyte.
"""

from __future__ import annotations

import argparse
import difflib
import random
import re
import time
from collections.abc import Callable, Container, Iterator
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

CLEAN: Final = Path(__file__).parent / "damage" / "clean"
LENGTHS: Final = (20, 50, 200, 1000)

SIMPLIFIED: Final = ("gb2312", "gbk", "gb18030", "hz", "iso-2022-cn")
TRADITIONAL: Final = ("big5", "cp950", "big5hkscs", "euc-tw")
UNICODE: Final = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "utf-32-be",
)
#: Encodings whose damaged files are tried.
FILES: Final = ("utf-8", "gb18030", "cp950", "utf-16-le", "utf-16-be")

Reader = Callable[[bytes], str]


class Sample(NamedTuple):
    """Bytes, and the texts that they may be read as: several where letters are left over."""

    data: bytes
    originals: tuple[str, ...]
    damaged: int = 0  # characters

    def is_read_as(self, text: str) -> bool:
        shown = [re.escape(part) for part in re.split("\ufffd+", text)]
        if len(shown) - 1 > self.damaged:
            return False
        pattern = re.compile("(?s:.{0,2}?)".join(shown))
        return any(pattern.fullmatch(original) for original in self.originals)

    def hidden_more(self, text: str) -> int:
        """How many characters that are not damaged `text` does not show."""
        return max(0, len(self.originals[0]) - self.damaged - len(text.replace("\ufffd", "")))


class Case(NamedTuple):
    """One row of the table."""

    kind: str
    name: str
    samples: list[Sample]


def encode(text: str, encoding: str) -> bytes:
    """`text` in `encoding`, also in those that Python cannot write."""
    if encoding == "euc-tw":
        from zhclean.encoding.decoding.cns11643 import encode_euc_tw

        return encode_euc_tw(text)
    if encoding == "iso-2022-cn":
        return re.sub(
            r"[^\0-\x7f]+",
            lambda run: (
                "\x1b$)A\x0e"
                + bytes(b & 0x7F for b in run.group().encode("gb2312")).decode("ascii")
                + "\x0f"
            ),
            text,
        ).encode("ascii")
    return text.encode(encoding)


def encodable(text: str, encoding: str) -> str:
    """`text` without what `encoding` cannot write, and that has one reading in its superset."""
    if encoding in {"gb2312", "hz", "iso-2022-cn"}:
        text = text.replace("—", "").replace("·", "")
    kept = []
    for char in dict.fromkeys(text):
        try:
            encode(char, encoding)
        except UnicodeEncodeError:
            kept.append(char)
    return "".join(char for char in text if char not in kept)


def passages(text: str, length: int, count: int, rng: random.Random) -> Iterator[str]:
    """Passages of `length` characters from anywhere in `text`."""
    for _ in range(count):
        start = rng.randrange(max(1, len(text) - length))
        yield text[start : start + length]


def whole(text: str, encoding: str) -> Sample:
    text = encodable(text, encoding)
    return Sample(encode(text, encoding), (text,))


def characters(text: str, encoding: str) -> list[bytes]:
    return [encode(char, encoding) for char in text]


def broken(text: str, encoding: str, left: dict[int, bytes]) -> Sample:
    """`text` of whose characters at the places in `left` only those bytes are left."""
    codes = characters(text, encoding)
    originals = [""]
    for place, char in enumerate(text):
        shown = [char]
        if place in left:
            codes[place] = left[place]
            if left[place].isascii() and not encoding.startswith("utf-16"):
                shown.append(left[place].decode("ascii"))
        originals = [original + end for original in originals for end in shown]
    return Sample(b"".join(codes), tuple(originals), len(left))


def delete_bytes(text: str, encoding: str, rng: random.Random, count: int) -> Sample:
    left = {}
    for place in rng.sample(range(len(text)), count):
        code = encode(text[place], encoding)
        lost = rng.randrange(len(code))
        left[place] = code[:lost] + code[lost + 1 :]
    return broken(text, encoding, left)


def insert_80(text: str, encoding: str, rng: random.Random, count: int) -> Sample:
    places = rng.sample(range(len(text)), count)
    return broken(
        text, encoding, {place: b"\x80" + encode(text[place], encoding) for place in places}
    )


def cut_ends(text: str, encoding: str, rng: random.Random) -> Sample:
    first, last = encode(text[0], encoding), encode(text[-1], encoding)
    left = {
        0: first[rng.randrange(1, len(first)) :] if len(first) > 1 else b"",
        len(text) - 1: last[: rng.randrange(1, len(last))] if len(last) > 1 else b"",
    }
    return broken(text, encoding, left)


PAGE: Final = """<!DOCTYPE html>
<html><head>{meta}<title>{title}</title>
<link rel="stylesheet" href="/css/main.css?v=20{n}"><script src="/js/jquery-{n}.min.js"></script>
</head><body class="page-{n}"><div id="nav"><a href="/index.html">Home</a> | <a href="/list_{n}.html">
{body}</a></div><div class="footer">Copyright (c) 20{n} All rights reserved.</div></body></html>
"""


def page(hanzi: str, encoding: str, declared: str | None, rng: random.Random) -> Sample:
    meta = f'<meta charset="{declared}">' if declared else ""
    text = PAGE.format(meta=meta, title=hanzi[:4], body=hanzi[4:], n=rng.randrange(10, 99))
    return Sample(encode(text, encoding), (text,))


def mixed(text: str, main: str, other: str, share: float, rng: random.Random) -> Sample:
    lines = [line for line in text.split("\n") if line]
    codes = [encode(line, other if rng.random() < share else main) for line in lines]
    return Sample(b"\n".join(codes), ("\n".join(lines),))


def cases(count: int, seed: int = 0) -> Iterator[Case]:
    """Every row; `count` documents each."""
    from opencc import OpenCC

    simplified = "\n".join(path.read_text("utf-8") for path in sorted(CLEAN.glob("*.txt")))
    simplified = re.sub(r"\n+", "\n", simplified)
    traditional = OpenCC("s2tw").convert(simplified).replace("“", "「").replace("”", "」")
    for encoding in (*UNICODE, *SIMPLIFIED, *TRADITIONAL):
        text = encodable(traditional if encoding in TRADITIONAL else simplified, encoding)
        for length in LENGTHS:
            rng = random.Random(f"{seed} {encoding} {length}")
            samples = [whole(part, encoding) for part in passages(text, length, count, rng)]
            yield Case("whole", f"{encoding}, {length} characters", samples)
    for encoding in FILES:
        text = encodable(traditional if encoding == "cp950" else simplified, encoding)
        for name, length, make in (
            ("one byte deleted", 400, lambda t, e, r: delete_bytes(t, e, r, 1)),
            ("0.1 % of bytes deleted", 1500, lambda t, e, r: delete_bytes(t, e, r, 3)),
            ("cut at both ends", 400, cut_ends),
            (
                "cut at both ends, one line",
                400,
                lambda t, e, r: cut_ends(t.replace("\n", ""), e, r),
            ),
            ("cut at both ends, 30 characters", 30, cut_ends),
            ("one byte deleted, 30 characters", 30, lambda t, e, r: delete_bytes(t, e, r, 1)),
            ("a byte 80 put in", 400, lambda t, e, r: insert_80(t, e, r, 1)),
        ):
            rng = random.Random(f"{seed} {encoding} {name}")
            samples = [make(part, encoding, rng) for part in passages(text, length, count, rng)]
            yield Case("damaged", f"{encoding}, {name}", samples)
    for encoding in ("utf-8", "gb18030", "cp950"):
        text = encodable(traditional if encoding == "cp950" else simplified, encoding)
        hanzi = re.sub(r"[^\u4e00-\u9fff]", "", text)
        for declared in (None, "gb2312", "big5", "utf-8", "iso-8859-1"):
            rng = random.Random(f"{seed} {encoding} {declared}")
            samples = [
                page(part, encoding, declared, rng) for part in passages(hanzi, 8, count, rng)
            ]
            yield Case("page", f"8 hanzi in {encoding}, declared {declared or 'nothing'}", samples)
    for main, other, share in (
        ("gb18030", "utf-8", 0.1),
        ("utf-8", "gb18030", 0.1),
        ("gb18030", "utf-8", 0.5),
        ("cp950", "utf-8", 0.3),
        ("utf-8", "cp950", 0.1),
        ("gb18030", "cp950", 0.2),
    ):
        source = traditional if "cp950" in (main, other) else simplified
        text = encodable(source, "cp950" if "cp950" in (main, other) else "gb18030")
        rng = random.Random(f"{seed} {main} {other} {share}")
        samples = [mixed(part, main, other, share, rng) for part in passages(text, 600, count, rng)]
        yield Case("mixed", f"lines of {main}, {share:.0%} of {other}", samples)


def read_zhclean(data: bytes) -> str:
    from zhclean.encoding.decoding import decode

    decoded = decode(data)
    assert decoded.encode() == data
    return decoded.text


def read_chardet(data: bytes) -> str:
    import chardet

    encoding = chardet.detect(data)["encoding"] or "utf-8"
    return data.decode(encoding, "replace")


def read_charset_normalizer(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return "" if best is None else str(best)


def differences(original: str, text: str) -> Iterator[str]:
    """Where a reading differs, with a few characters around it."""
    matcher = difflib.SequenceMatcher(None, original, text, autojunk=False)
    for kind, start, end, start_read, end_read in matcher.get_opcodes():
        if kind != "equal" and text[start_read:end_read] != "\ufffd":
            around = original[max(0, start - 8) : end + 6]
            yield f"{around!r} -> {text[max(0, start_read - 8) : end_read + 6]!r}"


READERS: Final[dict[str, Reader]] = {
    "zhclean": read_zhclean,
    "chardet": read_chardet,
    "charset-normalizer": read_charset_normalizer,
}


#: Registers without rare names, poems and the like: what most files are made of.
ORDINARY: Final = ("government", "news", "finance", "law", "essays", "travel")


def speed_table() -> Iterator[str]:
    """The table of speeds, of the best of three runs each."""
    from opencc import OpenCC

    simplified = "".join((CLEAN / f"{name}.txt").read_text("utf-8") for name in ORDINARY)
    traditional = OpenCC("s2tw").convert(simplified)
    lost = re.compile(rb"([\x80-\xff]{2}.{998}).", re.DOTALL)
    yield "| 1 MB of | bytes.decode | zhclean | chardet |"
    yield "|---|--:|--:|--:|"
    for name, encoding in (
        ("utf-8", "utf-8"),
        ("gb18030", "gb18030"),
        ("cp950", "cp950"),
        ("utf-16-le", "utf-16-le"),
        ("gb18030, a byte in a thousand lost", "gb18030"),
    ):
        text = encodable(traditional if encoding == "cp950" else simplified, encoding)
        data = encode(text, encoding)
        data = (data * (1_000_000 // len(data) + 1))[: 1_000_000 // len(data) * len(data)]
        if "lost" in name:
            data = lost.sub(rb"\1", data)
        plain = partial(str, encoding=encoding, errors="replace")
        cells = [_megabytes(reader, data) for reader in (plain, read_lossless, read_chardet)]
        yield f"| {name} | {' | '.join(cells)} |"


def read_lossless(data: bytes) -> str:
    from zhclean.encoding.decoding import decode

    return decode(data).text


def _megabytes(reader: Reader, data: bytes) -> str:
    reader(data[:1000])
    seconds = []
    for _ in range(3):
        started = time.process_time()
        reader(data)
        seconds.append(time.process_time() - started)
    return f"{len(data) / 1e6 / min(seconds):.3g}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--documents", type=int, default=200, help="documents a row (%(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="of what is drawn (%(default)s)")
    parser.add_argument("--only", choices=READERS, help="one reader instead of all three")
    parser.add_argument("--kind", help="only rows of this kind: whole, damaged, page, mixed")
    parser.add_argument("--misses", action="store_true", help="print a few wrong readings")
    parser.add_argument("--speed", action="store_true", help="speeds instead")
    arguments = parser.parse_args()
    if arguments.speed:
        for line in speed_table():
            print(line, flush=True)
        return
    readers = {arguments.only: READERS[arguments.only]} if arguments.only else READERS
    right: dict[str, dict[str, list[float]]] = {name: {} for name in readers}
    seconds = dict.fromkeys(readers, 0.0)
    heads = [f"{name}, % exact" for name in readers]
    if "zhclean" in readers:
        heads.insert(1, "hidden with 100 damaged")
    print(f"| case | {' | '.join(heads)} |")
    print("|---|" + "---:|" * len(heads))
    for case in cases(arguments.documents, arguments.seed):
        if arguments.kind and case.kind != arguments.kind:
            continue
        cells = []
        for name, reader in readers.items():
            hits = shown = hidden = 0
            for sample in case.samples:
                started = time.process_time()
                text = reader(sample.data)
                seconds[name] += time.process_time() - started
                hit = sample.is_read_as(text)
                hits += hit
                hidden += sample.hidden_more(text)
                if not hit and arguments.misses and name == "zhclean" and shown < 3:
                    shown += 1
                    print("miss:", *differences(sample.originals[0], text))
            per_cent = 100 * hits / len(case.samples)
            right[name].setdefault(case.kind, []).append(per_cent)
            damaged = sum(sample.damaged for sample in case.samples)
            cells.append(f"{per_cent:.1f}")
            if name == "zhclean":
                cells.append(f"{100 * hidden / damaged:.0f}" if damaged else "")
        print(f"| {case.name} | " + " | ".join(cells) + " |", flush=True)
    for kind in next(iter(right.values())):
        means = [f"{sum(right[name][kind]) / len(right[name][kind]):.1f}" for name in readers]
        print(_row(f"**{kind}, mean of the rows**", means, readers))
    print(_row("CPU seconds", [f"{seconds[name]:.1f}" for name in readers], readers))


def _row(name: str, cells: list[str], readers: Container[str]) -> str:
    """A row of the table without a figure in the column of what is hidden."""
    if "zhclean" in readers:
        cells.insert(1, "")
    return f"| {name} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
