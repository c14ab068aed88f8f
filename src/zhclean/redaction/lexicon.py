"""The word classes of `lexicon.toml`, compiled: what kind of value does a neighbour ask for?

`kind_behind` reads the words behind a hole (a unit, a place suffix, a title), `kind_before`
the words in front of it (a form label, a role in court). Both answer with a flag kind or None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from zhclean.redaction.ahead import LEXICON, read_ahead

__all__ = [
    "HAN",
    "Surnames",
    "field_kind",
    "kind_before",
    "kind_behind",
    "measure_source",
    "surnames",
]

#: A Chinese character of the basic plane; enough for neighbours of a hole.
HAN: Final = "㐀-鿿"

#: How far in front of a hole a label or a role may begin.
_REACH: Final = 12


def _lexicon() -> Mapping[str, Any]:
    return read_ahead(LEXICON)


def _alternatives(words: Iterable[str]) -> str:
    """An alternation that tries longer words first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def _guarded(table: Mapping[str, str]) -> str:
    """Words that do not count in front of the characters that make another word of them."""
    return "|".join(
        re.escape(word) + (f"(?![{re.escape(table[word])}])" if table[word] else "")
        for word in sorted(table, key=lambda word: (-len(word), word))
    )


@cache
def measure_source() -> str:
    """The source of a pattern for a measure word or unit, with 余 or 多 in front of it."""
    return f"(?:[万萬亿億]?[余餘多](?=[{HAN}]))?(?:{_guarded(_lexicon()['measures'])})"


class _Behind(NamedTuple):
    kind: str
    source: str
    begins: frozenset[str] | None  # with one of these; None: with anything
    single: bool  # evidence enough beside one mask character
    near: bool = True  # the word itself, not a name that ends in it


def _begins(words: Iterable[str], more: str = "") -> frozenset[str]:
    return frozenset(word[0] for word in words).union(more)


@cache
def _behind() -> tuple[_Behind, ...]:
    lexicon = _lexicon()
    percent, place, organisation = lexicon["percent"], lexicon["place"], lexicon["organisation"]
    titles, acts = lexicon["person"]["titles"], lexicon["person"]["acts"]
    suffix = place["suffix"]
    long = {word: guard for word, guard in suffix.items() if len(word) > 1}
    short = {word: guard for word, guard in suffix.items() if len(word) == 1}
    administrative = {word: suffix.get(word, "") for word in place["administrative"]["words"]}
    name = f"(?:有限|(?![{organisation['breaks']}])[{HAN}（）()]){{0,14}}?"
    bodies = f"(?:{_alternatives(organisation['long'])})(?!(?![员員]工)[{organisation['follow']}])"
    titled = f"(?:{_alternatives(titles)})(?![们們级級所楼樓团團函]|事[务務]所)"
    percents = f"(?:{_alternatives(percent['words'])}|{percent['tenths']})"
    acting = (
        f"(?:{_alternatives(acts)})|(?:、[×xX*]{{2,3}}){{0,6}}等[×xX*0-9一二三四五六七八九十]{{1,3}}[人名位]"
        "|[系係](?![统統列数數])|[（(，,](?:男|女)[，,。]"
    )
    measures = _begins(lexicon["measures"], "万萬亿億余餘多")
    return (
        _Behind("person", f"{titled}|{lexicon['person']['short']}", _begins(titles, "总總"), False),
        _Behind("percent", percents, _begins(percent["words"], "成"), True),
        _Behind("place", _guarded(administrative), _begins(administrative), True),
        _Behind("place", _guarded(long), _begins(long), False),
        _Behind("number", measure_source(), measures, True),
        _Behind("place", _guarded(short), _begins(short), False),
        _Behind("organisation", bodies, _begins(organisation["long"]), True),
        _Behind("organisation", name + bodies, None, True, near=False),
        _Behind(
            "organisation",
            f"(?:{_alternatives(organisation['short'])})",
            _begins(organisation["short"]),
            False,
        ),
        _Behind("person", acting, _begins(acts, "、等系係（(，,"), False),
    )


@lru_cache(maxsize=1 << 12)
def _behind_at(character: str) -> tuple[_Behind, ...]:
    """The rows that may match where `character` stands."""
    return tuple(row for row in _behind() if row.begins is None or character in row.begins)


_compiled = cache(re.compile)


def kind_behind(text: str, at: int, *, single: bool = False, near: bool = False) -> str | None:
    """The kind of value that the word at `at` follows; dates are not this function's business.

    With `single`, only words that are evidence enough beside one mask character; with `near`,
    only the word itself and not a name that ends in it (`XX商贸有限公司`).
    """
    for row in _behind_at(text[at : at + 1]):
        counts = (row.single or not single) and (row.near or not near)
        if counts and _compiled(row.source).match(text, at):
            return row.kind
    return None


class _Before(NamedTuple):
    kind: str
    ends: frozenset[str]  # the last characters of what is found
    pattern: re.Pattern[str]


#: What may stand behind a label: a bracket, and a colon unless there is a line to write on.
_BRACKET: Final = r"(?:[（(][^（）()\n]{0,8}[）)])?"
_COLONS: Final = frozenset(":： ")


@cache
def _before(bare: bool) -> tuple[_Before, ...]:
    lexicon = _lexicon()
    labels, person = lexicon["labels"].items(), lexicon["person"]
    roles, verbs = [*person["roles"], *person["titles"]], lexicon["place"]["verbs"]["words"]
    rows = [
        (kind, _COLONS, rf"(?:{_alternatives(words)}){_BRACKET}[:：] ?\Z") for kind, words in labels
    ]
    if bare:  # a line to write on needs no colon: 姓名____
        for kind, words in labels:
            long = [word for word in words if len(word) > 1]
            rows.append((kind, _ends(long, "）) "), rf"(?:{_alternatives(long)}){_BRACKET} ?\Z"))
        rows.append(("place", frozenset("在假"), r"(?:(?<![现現存])在|(?<=[会會日])假)\Z"))
    rows += [
        ("person", _ends(roles, ":： \u3000"), f"(?:{_alternatives(roles)})[:：]?[ \u3000]?$"),
        ("person", frozenset("的"), r"(?:[来來]自|我是)[^，。；\n]{1,10}的\Z"),
        (
            "number",
            frozenset("第元栋棟幢楼樓￥¥$币幣B "),
            r"(?:第|[单單]元|[栋棟幢]|[号號][楼樓]|[￥¥]|人民[币幣]|[台臺港][币幣]|(?:HK|NT)\$|RMB ?)\Z",
        ),
        ("percent", frozenset("之"), r"百分之\Z"),
        (
            "organisation",
            frozenset("称稱为為爲:：“\"‘'「"),
            "[简簡][称稱][为為爲]?[:：]?[“\"‘'「]?\\Z",
        ),
        ("place", _ends(verbs), rf"(?:{_alternatives(verbs)})\Z"),
    ]
    return tuple(_Before(kind, ends, re.compile(source)) for kind, ends, source in rows)


def _ends(words: Iterable[str], more: str = "") -> frozenset[str]:
    return frozenset(word[-1] for word in words).union(more)


@lru_cache(maxsize=1 << 12)
def _before_at(character: str, bare: bool) -> tuple[_Before, ...]:
    """The rows that may find something that ends in `character`."""
    return tuple(row for row in _before(bare) if character in row.ends)


def kind_before(text: str, at: int, *, bare: bool = False) -> str | None:
    """The kind of value that the label or role ending at `at` announces.

    With `bare`, a label needs no colon.
    """
    if not at:
        return None
    window = text[max(0, at - _REACH) : at]
    found: tuple[int, str] | None = None  # the longest label wins: 毕业时间 over 时间
    for kind, _, pattern in _before_at(text[at - 1], bare):
        match = pattern.search(window)
        if match and (found is None or match.start() < found[0]):
            found = (match.start(), kind)
    return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Surnames:
    """Which characters in front of a mask are the surname it belongs to."""

    plain: frozenset[str]  # hardly anything else: 赵, 李
    guarded: frozenset[str]  # everyday characters too: only behind a boundary or a role
    functional: frozenset[str]  # those of them that count behind a boundary alone
    any: frozenset[str]  # all of one character but these
    compound: frozenset[str]  # of two characters: 欧阳
    before: frozenset[str]  # what may stand in front of a guarded one: 与, 和
    endings: frozenset[str]  # words that end like a surname: 紧张, 浙江
    roles: re.Pattern[str]  # what somebody is, right in front of the name

    def start(self, text: str, at: int) -> int | None:
        """Where the surname that ends at `at` begins; None when there is none."""
        if text[max(0, at - 2) : at] in self.compound:
            return at - 2
        last = text[at - 1 : at]
        if last in self.plain:
            return None if text[max(0, at - 2) : at] in self.endings else at - 1
        if last not in self.guarded or self.ends_a_word(text, at):
            return None
        front = text[max(0, at - 2) : at - 1]
        if not front or not re.match(f"[{HAN}]", front) or front in self.before:
            return at - 1
        return at - 1 if self.roles.search(text, max(0, at - _REACH), at - 1) else None

    def ends_a_word(self, text: str, at: int) -> bool:
        """Does a common word (紧张, 浙江) end at `at`?"""
        return (
            text[max(0, at - 2) : at] in self.endings or text[max(0, at - 3) : at] in self.endings
        )


@cache
def surnames() -> Surnames:
    """The surnames of the lexicon."""
    lexicon = _lexicon()
    table = lexicon["surnames"]
    roles = _alternatives([*lexicon["person"]["roles"], *lexicon["person"]["titles"]])
    return Surnames(
        plain=frozenset(table["plain"]),
        guarded=frozenset(table["guarded"]),
        functional=frozenset(table["functional"]),
        any=frozenset(table["plain"])
        | (frozenset(table["guarded"]) - frozenset(table["functional"])),
        compound=frozenset(table["compound"]),
        before=frozenset(table["before"]),
        endings=frozenset(table["endings"]),
        roles=re.compile(rf"(?:{roles})\Z"),
    )


def field_kind(label: str) -> str | None:
    """The kind of value that a field called `label` holds (`会议地点`: place); None if unknown."""
    if re.fullmatch("[xX×*_]{2,}", label):
        return "other"
    label = re.sub(
        "^(?:此[处處]|[请請]|[这這][里裡裏])?(?:填[写寫入]|[输輸]入|插入)?(?:您的|你的|[贵貴])?",
        "",
        label,
    )
    kinds = _kinds_of_labels()
    for cut in range(3 if len(label) > 2 else 1):  # 联系电话 and 电话
        if label[cut:] in kinds:
            return kinds[label[cut:]]
    return None


@cache
def _kinds_of_labels() -> dict[str, str]:
    """Label -> kind, of labels of several kinds the first."""
    rows = [(word, kind) for kind, words in _lexicon()["labels"].items() for word in words]
    return dict(reversed(rows))
