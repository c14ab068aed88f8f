"""Finding the notices of a site that no pack knows yet.

Lines that come again on the pages of one site, digits and names aside, are its furniture.
Pages that are near-duplicates of each other count once, or a report that was copied ten times
would look like a notice. Nothing is removed: the result is a rule pack for a person to read.

    documents = read_corpus(Path("corpus"))          # corpus/<site>/<page>.txt
    proposals = discover(documents)
    Path("found.toml").write_text(write_pack(proposals, "found"))

Near-duplicates are found with MinHash (Broder 1997) through datasketch, the extra `discover`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from zhclean.boilerplate.anchors import choose, options_of
from zhclean.boilerplate.duplicates import clusters
from zhclean.boilerplate.page import Line, Page
from zhclean.boilerplate.scanning import Scanner
from zhclean.boilerplate.templates import MOST_CHARACTERS, nodes_of, pattern_of
from zhclean.errors import ConfigError, RuleError

__all__ = ["Document", "Proposed", "discover", "read_corpus", "write_pack"]

#: A template must come on this many pages that are no copies of each other,
FEWEST_PAGES: Final = 3
#: and on this share of the pages of its site.
SMALLEST_SHARE: Final = 0.03
#: A line that comes on a larger share needs no place at the top or bottom of its pages.
COMMON_SHARE: Final = 0.25
#: What more of the pages share says nothing about which of them are copies.
_FREQUENT: Final = 0.3
#: So many lines from either end count as top and bottom.
_EDGE: Final = 15
#: Fewer literal characters would match lines of any text.
_FEWEST_LITERALS: Final = 4
_EXAMPLES: Final = 3
#: Lines compared with each other to find the slots of a template.
_SAMPLE: Final = 8

_MASKS: Final = (
    (re.compile(r"https?://[!-~]+|www\.[!-~]+"), "{url}"),
    (re.compile(r"[A-Za-z0-9._-]+@[A-Za-z0-9.-]+"), "{email}"),
    (
        re.compile(
            r"(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T]*\d{1,2}:\d{2}(?::\d{2})?)?"
        ),
        "{date}",
    ),
    (re.compile(r"\d{1,2}:\d{2}(?::\d{2})?"), "{time}"),
    (re.compile(r"(?<=《)[^《》]{1,80}(?=》)"), "{title}"),
    (re.compile(r"(?<=“)[^“”]{1,24}(?=”)"), "{user}"),
    (re.compile(r"\d[\d,.]*"), "{n}"),
)
_SLOT: Final = re.compile(r"\{[a-z]+\}")
_SPECIAL: Final = re.compile(r"([\\{}()\[\]|])")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")

#: What the words of a line say about its kind; the first that fits.
_KINDS: Final = (
    ("disclaimer", re.compile("版权|侵权|转载|免责|声明|删除|投诉|举报|客服")),
    ("paywall", re.compile("会员|VIP|积分|充值|付费|下载")),
    ("navigation", re.compile("上一|下一|首页|位置|返回|登录|注册|分享|评论")),
    ("related_links", re.compile("相关|推荐|热门|猜你|更多")),
    ("upload_metadata", re.compile("来源|作者|编辑|时间|日期|浏览|阅读|点击|上传|标签")),
    ("ad", re.compile("关注|扫码|二维码|微信|热线|加盟")),
)


@dataclass(frozen=True, slots=True)
class Document:
    """One page: where it comes from and its text."""

    name: str
    site: str
    text: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A template found on one site, with lines that it takes and lines that it leaves."""

    site: str
    template: str
    kind: str
    pages: int
    share: float
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    body: str  # a sentence of one of its pages, for the example in the pack


@dataclass(frozen=True, slots=True)
class _Seen:
    """One line of one page."""

    page: int
    text: str
    edge: bool


def read_corpus(folder: Path, *, by: str = "site") -> list[Document]:
    """The text files below `folder`; `by="site"` takes the first folder as the site's name.

    `by="corpus"` takes all files for one site. Raises `ConfigError` for another `by`.
    """
    if by not in ("site", "corpus"):
        raise ConfigError(f"by={by!r} is neither 'site' nor 'corpus'")
    documents = []
    for path in sorted(folder.rglob("*.txt")):
        parts = path.relative_to(folder).parts
        site = parts[0] if by == "site" and len(parts) > 1 else folder.name
        documents.append(Document(str(path), site, path.read_text("utf-8", errors="replace")))
    return documents


def discover(documents: Iterable[Document]) -> list[Proposed]:
    """Templates of lines that recur on a site, most frequent first; deterministic."""
    by_site: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_site[document.site].append(document)
    proposals = []
    for site in sorted(by_site):
        proposals += _discover_site(site, by_site[site])
    return proposals


def _discover_site(site: str, documents: Sequence[Document]) -> list[Proposed]:
    pages = [Page(document.text) for document in documents]
    lines = [_lines(number, page) for number, page in enumerate(pages)]
    groups = _group(line for page in lines for line in page)
    first = {document.text: number for number, document in reversed(list(enumerate(documents)))}
    originals = [first[document.text] for document in documents]
    frequent = {
        masked
        for masked, seen in groups.items()
        if len({originals[line.page] for line in seen}) > _FREQUENT * len(first)
    }
    likeness = clusters([_own_text(page, frequent) for page in lines])
    cluster = [likeness[original] for original in originals]
    count = len(set(cluster))
    found: list[Proposed] = []
    used: set[tuple[int, str]] = set()
    for template, seen in _templates(groups, cluster, count):
        share = len({cluster[line.page] for line in seen}) / count
        if not _qualifies(template, seen, cluster, count):
            continue
        used.update((line.page, line.text) for line in seen)
        body = max(
            (
                one.core
                for one in pages[seen[0].page].filled()
                if one.prose and not _is_taken(one, seen)
            ),
            key=len,
            default="",
        )
        found.append(
            Proposed(
                site,
                template,
                _kind(template),
                len({line.page for line in seen}),
                share,
                tuple(dict.fromkeys(line.text for line in seen))[:_EXAMPLES],
                (),
                body[:200],
            )
        )
    found.sort(key=lambda one: (-one.pages, one.template))
    rest = sorted(
        {line.text for page in lines for line in page if (line.page, line.text) not in used}
    )
    return [_with_counter_examples(one, rest) for one in found]


def _is_taken(line: Line, seen: Sequence[_Seen]) -> bool:
    return any(line.core == one.text for one in seen)


def _lines(number: int, page: Page) -> list[_Seen]:
    filled = list(page.filled())
    return [
        _Seen(number, line.core, at < _EDGE or at >= len(filled) - _EDGE)
        for at, line in enumerate(filled)
        if len(line.core) <= 400
    ]


def mask(line: str) -> str:
    """A line as a template: digits, dates, addresses and quoted names as slots."""
    pieces = [_SPECIAL.sub(r"\\\1", line)]
    for pattern, slot in _MASKS:
        pieces = [
            part
            for piece in pieces
            for part in ([piece] if _SLOT.fullmatch(piece) else _cut(pattern, slot, piece))
        ]
    return "".join(pieces)


def _cut(pattern: re.Pattern[str], slot: str, piece: str) -> Iterator[str]:
    cursor = 0
    for match in pattern.finditer(piece):
        if match.start() > cursor:
            yield piece[cursor : match.start()]
        yield slot
        cursor = match.end()
    if cursor < len(piece):
        yield piece[cursor:]


def _group(lines: Iterable[_Seen]) -> dict[str, list[_Seen]]:
    groups: dict[str, list[_Seen]] = defaultdict(list)
    for line in lines:
        groups[mask(line.text)].append(line)
    return groups


def _own_text(lines: Sequence[_Seen], frequent: set[str]) -> str:
    return "\n".join(line.text for line in lines if mask(line.text) not in frequent)


def _templates(
    groups: Mapping[str, list[_Seen]], cluster: Sequence[int], count: int
) -> Iterator[tuple[str, list[_Seen]]]:
    """Masked lines common on the site; lines that differ in a name; other lines that recur."""
    rest: dict[str, list[_Seen]] = {}
    for masked in sorted(groups):
        if len({cluster[line.page] for line in groups[masked]}) >= COMMON_SHARE * count:
            yield masked, groups[masked]
        else:
            rest[masked] = groups[masked]
    for family in _families(rest, cluster, count):
        yield _align(family), [line for masked in family for line in rest.pop(masked)]
    yield from rest.items()


def _fewest(count: int) -> int:
    return max(FEWEST_PAGES, round(SMALLEST_SHARE * count))


def _families(
    rest: Mapping[str, list[_Seen]], cluster: Sequence[int], count: int
) -> Iterator[list[str]]:
    """Masked lines with the same beginning, or the same end, on enough pages."""
    taken: set[str] = set()
    for side in (slice(0, 3), slice(0, 5), slice(-4, None), slice(-6, None)):
        by_side: dict[str, list[str]] = defaultdict(list)
        for masked in list(rest):
            if masked not in taken and len(masked) >= 8:
                by_side[masked[side]].append(masked)
        for key in sorted(by_side):
            family = sorted(by_side[key])
            pages = {cluster[line.page] for masked in family for line in rest[masked]}
            if len(family) > 1 and len(pages) >= _fewest(count) and _align(family):
                taken.update(family)
                yield family


def _align(family: Sequence[str]) -> str:
    """What the lines have in common, with slots between; "" if that is too little."""
    step = max(1, len(family) // _SAMPLE)
    sample = list(dict.fromkeys(family[::step]))[:_SAMPLE]
    common = sample[0]
    for other in sample[1:]:
        common = _common(common, other)
        if len(_literals(common)) < 2 * _FEWEST_LITERALS:
            return ""
    longest = max(map(len, sample))
    return common if 2 * len(_literals(common)) >= longest else ""


def _common(one: str, two: str) -> str:
    """The pieces that two templates share, `{title}` where they differ."""
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    pieces = []
    end_one = end_two = 0
    for block in matcher.get_matching_blocks():
        if block.size < 2 and block.size and block.a + block.size < len(one):
            continue
        if block.a > end_one or block.b > end_two:
            pieces.append("{title}")
        pieces.append(one[block.a : block.a + block.size])
        end_one, end_two = block.a + block.size, block.b + block.size
    joined = "".join(pieces)
    # A cut slot is part of what differs.
    whole = re.sub(r"\{(?![a-z]+\})[a-z]*|(?<!\{)\b[a-z]+\}(?<!\{title\})", "", joined)
    return re.sub(r"(?:\{title\}){2,}", "{title}", whole)


def _literals(template: str) -> str:
    return _SLOT.sub("", template)


def _qualifies(template: str, seen: Sequence[_Seen], cluster: Sequence[int], count: int) -> bool:
    literals = _literals(template)
    if len(template) > MOST_CHARACTERS or len(_HAN.findall(literals)) < _FEWEST_LITERALS:
        return False
    try:
        if not options_of(nodes_of(template, "discovery"), "line"):
            return False
    except RuleError:
        return False
    pages = {cluster[line.page] for line in seen}
    at_edge = sum(line.edge for line in seen) / len(seen)
    return len(pages) >= _fewest(count) and (at_edge >= 0.8 or len(pages) >= COMMON_SHARE * count)


def _kind(template: str) -> str:
    return next((kind for kind, words in _KINDS if words.search(template)), "other")


def _with_counter_examples(one: Proposed, rest: Sequence[str]) -> Proposed:
    """Lines that share the rarest words of the template and are left by it."""
    pattern = pattern_of(one.template)
    options = options_of(nodes_of(one.template, "discovery"), "inline")
    scanner = Scanner({anchor: [0] for anchor in choose({0: options})[0]})
    near = [line for line in rest if any(scanner.scan(line)) and not pattern.fullmatch(line)]
    return Proposed(
        one.site,
        one.template,
        one.kind,
        one.pages,
        one.share,
        one.examples,
        tuple(near[:_EXAMPLES]),
        one.body,
    )


def write_pack(proposals: Sequence[Proposed], name: str) -> str:
    """The proposals as a pack file, one rule each, for review."""
    sites = Counter(one.site for one in proposals)
    lines = [
        "[pack]",
        f"name = {_quote(name)}",
        'stage = "boilerplate"',
        f"provenance = {_quote('Proposed by zhclean discover from ' + ', '.join(sorted(sites)))}",
    ]
    for number, one in enumerate(proposals, 1):
        before = f"{one.examples[0]}\n{one.body}" if one.body else one.examples[0]
        lines += [
            "",
            "[[rule]]",
            f'code = "U{number:03d}"',
            f"name = {_quote(f'{one.site}-{number}')}",
            f"why = {_quote(f'Comes on {one.pages} pages ({one.share:.0%}) of {one.site}.')}",
            "safe = false",
            f"kind = {_quote(one.kind)}",
            'shape = "line"',
            f"templates = [{_quote(one.template)}]",
            f"change = [{{ before = {_quote(before)}, after = {_quote(one.body)} }}]",
            f"leave = [{', '.join(map(_quote, one.counter_examples or (one.body,)))}]",
        ]
    return "\n".join(lines) + "\n"


def _quote(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"'
        + "".join(
            character if character >= " " and character != "\x7f" else f"\\u{ord(character):04x}"
            for character in escaped
        )
        + '"'
    )
