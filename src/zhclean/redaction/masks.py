"""Masks: characters that were put in the place of a value (`20xx年`, `王××`, `某某市`).

Every run of mask characters is a candidate. `vetoes` throws out those that mean something
else; the words around the rest say what kind of value they hide. What the words leave open
is decided by the document: a lone x between two words is a placeholder on a page of
placeholders and a variable on a page of algebra.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from zhclean.edits import Flag
from zhclean.redaction import vetoes
from zhclean.redaction.lexicon import HAN, kind_before, kind_behind, surnames

__all__ = ["Evidence", "find_masks"]

#: Glyph class -> the characters of it. A run never mixes classes.
_GLYPHS: Final = {
    "x": "xXｘＸ",
    "times": "×✕╳",
    "star": "*＊",
    "ring": "○〇◯",
    "box": "□■█△▲◇◆",
    "mou": "某",
}
# Each alternative begins with its characters and looks back from there: a pattern that begins
# with a look-behind is ten times slower on clean text.
_RUN: Final = re.compile(
    "[xXｘＸ](?<![A-Za-z_].)[xXｘＸ]*+(?![A-Za-z_])|[×✕╳]+|[*＊]+|[○〇◯]+|[□■█△▲◇◆]+|某{1,4}"
    "|[OＯ](?<![A-Za-z].)[OＯ]++(?![A-Za-z])"
)
_CLASS_OF: Final = {glyph: name for name, glyphs in _GLYPHS.items() for glyph in glyphs} | {
    "O": "ring",
    "Ｏ": "ring",
}
_DIGITS_BEFORE: Final = re.compile(r"[0-9０-９][0-9０-９.,，．]*$")
_TAIL: Final = {
    name: re.compile(f"(?:[.．]?[0-9０-９{re.escape(glyphs)}])*+")
    for name, glyphs in (_GLYPHS | {"ring": _GLYPHS["ring"] + "OＯ"}).items()
}
_ORDINAL: Final = re.compile("[甲乙丙丁戊己庚辛壬癸]|[0-9]{1,2}(?![0-9.年月日])")


#: How many characters of the page around a candidate count as its document.
_NEAR: Final = 2500


class Evidence(IntEnum):
    """How many certain masks of its class near by it takes to believe a candidate."""

    CERTAIN = 0  # its own neighbours say so
    LIKELY = 1
    BARE = 5


#: Kind -> the rule of a mask that its neighbours give this kind.
_RULES: Final = {
    "year": "R101",
    "month_day": "R102",
    "percent": "R103",
    "number": "R104",
    "place": "R105",
    "organisation": "R106",
    "person": "R107",
    "other": "R110",
}


@dataclass(frozen=True, slots=True)
class Mask:
    """A run of mask characters with the digits that belong to it."""

    start: int
    end: int
    run: int  # where the mask characters begin
    glyph: str
    length: int  # mask characters


@dataclass(frozen=True, slots=True)
class _Finding:
    start: int
    end: int
    kind: str
    rule: str
    evidence: Evidence
    glyph: str
    text: str


def _candidates(text: str) -> Iterator[Mask]:
    cursor = 0
    for match in _RUN.finditer(text):
        if match.start() < cursor:
            continue
        glyph = _CLASS_OF[match[0][0]]
        start, end = match.span()
        if glyph == "mou":
            yield Mask(start, end, start, glyph, end - start)
            continue
        tail = _TAIL[glyph].match(text, end)
        end = tail.end() if tail else end
        digits = _DIGITS_BEFORE.search(text, max(cursor, start - 16), start)
        begin = digits.start() if digits else start
        length = sum(_CLASS_OF.get(char) == glyph for char in text[match.start() : end])
        cursor = end
        yield Mask(begin, end, match.start(), glyph, length)


_YEAR: Final = re.compile(r" ?年(?![级龄纪华轻糕画货薪利富味迈])")
_YEARS: Final = re.compile(
    " ?年(?:来|前|后|间|内|多|以上|以内|以下|的?时间|的?历史|有余|左右|有期)"
)
_DURATION: Final = re.compile("(?:期|期限|历时|近|约|满|长达|共|刑|工龄|工作|了|第|为|在位|经营)$")
_MONTH: Final = re.compile(" ?月(?![亮球饼薪租收老色光牙嫂均供]|经[期量血痛不前后])")
_MONTH_FOLLOWS: Final = re.compile(".{0,2}?年.{1,3}?月")
_DAY: Final = re.compile(" ?日(?![报本元常益语均用照产志程夜杂化耳期子])")
_SPAN_OF_DAYS: Final = re.compile(" ?日(?:以?内|之内|以上|有余)")
_FULL_YEAR: Final = re.compile("(?:19|20|1９|２０)[^.．]{1,2}|2[^.．]{3}|[^.．]{4}")
_CENTURY: Final = re.compile("(?:19|20)[xXｘＸ×*＊□○]{2}")
#: 20xx级, 20xx-20xx学年, (20××): a year without 年; anything else counts as its unit says.
_YEAR_NOUN: Final = re.compile("[级届版款度]|学年|财年|赛季|[-－—~～至到]")


def date_kind(text: str, start: int, end: int) -> str | None:
    """What a hole at `text[start:end]` hides that stands before 年, 月 or 日; None if it does not."""
    hole = text[start:end]
    if _YEAR.match(text, end):
        if _FULL_YEAR.fullmatch(hole) and hole[:1] != "某":
            return "year"
        lasts = _YEARS.match(text, end) or _DURATION.search(text, max(0, start - 4), start)
        if _MONTH_FOLLOWS.match(text, end) and not lasts:
            return "year"
        return "number" if lasts or len(hole) != 2 else "year"
    if _MONTH.match(text, end):
        return "month_day"
    if _DAY.match(text, end):
        in_month = text[max(0, start - 2) : start].rstrip().endswith("月")
        return "number" if _SPAN_OF_DAYS.match(text, end) and not in_month else "month_day"
    if text[max(0, start - 1) : start] == "月" and text[end : end + 1] in ("号", "號"):
        return "month_day"
    if _CENTURY.fullmatch(hole) and (
        _YEAR_NOUN.match(text, end) or not re.match(f"[{HAN}%％]", text[end : end + 1])
    ):
        return "year"
    return None


def _surname(text: str, mask: Mask, *, ordinal: bool) -> tuple[int, Evidence] | None:
    """Where the surname in front of the mask begins, and how sure it is one."""
    names = surnames()
    begin = names.start(text, mask.run)
    if begin is not None:
        return begin, Evidence.CERTAIN
    last = text[mask.run - 1 : mask.run] if mask.run else ""
    if last not in names.guarded or last in names.functional or names.ends_a_word(text, mask.run):
        return None
    behind = text[mask.end : mask.end + 1]
    sure = ordinal or (mask.length == 2 and not re.match(f"[{HAN}]", behind))
    if kind_behind(text, mask.end) not in (None, "person"):
        return None
    return mask.run - 1, Evidence.CERTAIN if sure else Evidence.LIKELY


_GENERAL_MOU: Final = re.compile(
    "某(?:[种種些个個人位项項类類款]|[地时日天次事物方段](?![里后前起犯发]))"
)
#: 某科技有限公司: the one name with 某 that runs on.
_COMPANY: Final = re.compile(f"[{HAN}（）()]{{0,14}}?有限")
_LIMITED: Final = re.compile("[^的了在和与，。、]{0,8}?有限(?:责任)?公司")
_SELF: Final = re.compile("(?:我|俺|咱|姓|在下|小可|咱家)$")


def _classify_surname(text: str, mask: Mask) -> _Finding | None:
    """A surname with its mask: 赵某, 李××, 陈某甲, 王×1, 周*明."""
    if mask.start != mask.run or mask.length > 3:
        return None
    end = mask.end
    if end == mask.run + mask.length:  # no digit has been taken in yet
        ordinal = _ORDINAL.match(text, end)
        end = ordinal.end() if ordinal else end
    numbered = end > mask.run + mask.length
    found = _surname(text, mask, ordinal=numbered)
    if found is None:
        return None
    begin, evidence = found
    behind = kind_behind(text, end, near=True)
    if mask.glyph == "mou":
        if mask.length == 1 and not numbered and _GENERAL_MOU.match(text, mask.run):
            return None
        if _SELF.search(text, max(0, begin - 3), begin) or behind in ("place", "organisation"):
            return None
        if mask.length > 1:
            evidence = Evidence.CERTAIN
    else:
        counted = behind == "number" and not (text[begin] in surnames().plain and mask.length > 1)
        if (
            counted
            or behind in ("place", "organisation", "percent")
            or date_kind(text, mask.run, end)
        ):
            return None
        if mask.length == 1 and not numbered:
            if vetoes.operator_at(text, mask.run, end):
                return None
            end, evidence = _given_name(text, begin, end, evidence)
    return _Finding(begin, end, "person", "R108", evidence, mask.glyph, text[mask.run : mask.end])


_PARTICLES: Final = frozenset("等的与和及向对在将被说因系于")


def _given_name(text: str, begin: int, end: int, evidence: Evidence) -> tuple[int, Evidence]:
    """The end of a name whose mask at `end` is one character: 王×, but 王×明 with the last one."""
    follow, further = text[end : end + 1], text[end + 1 : end + 2]
    if not re.match(f"[{HAN}]", follow) or follow in _PARTICLES:
        return end, evidence
    if not re.match(f"[{HAN}]", further) or further in _PARTICLES:
        return end + 1, evidence
    return end, evidence if kind_before(text, begin) == "person" else Evidence.LIKELY


def _classify_mou(text: str, mask: Mask) -> _Finding | None:
    """某 without a surname: in general use it means "a certain", and only its chains are masks."""
    end = mask.end
    ordinal = _ORDINAL.match(text, end)
    role = kind_before(text, mask.start)
    found = (mask.glyph, text[mask.start : mask.end])
    if ordinal or mask.length > 1:
        end = ordinal.end() if ordinal else end
        kind = kind_behind(text, end)
        if kind in ("place", "organisation") and not vetoes.general_mou(text, mask.start, end):
            evidence = Evidence.LIKELY if ordinal else Evidence.CERTAIN
            return _Finding(mask.start, end, kind, _RULES[kind], evidence, *found)
        if role == "person":
            return _Finding(mask.start, end, "person", "R107", Evidence.CERTAIN, *found)
        if kind == "person" and not vetoes.general_mou(text, mask.start, end):
            return _Finding(mask.start, end, "person", "R107", Evidence.LIKELY, *found)
        return (
            _Finding(mask.start, end, "person", "R111", Evidence.LIKELY, *found)
            if ordinal
            else None
        )
    if _GENERAL_MOU.match(text, mask.run):
        return None
    kind = kind_behind(text, end, near=not _COMPANY.match(text, end))
    if kind not in ("place", "organisation"):
        return None
    chain = vetoes.after_place_name(text, mask.start)
    if _LIMITED.match(text, end):
        return _Finding(mask.start, mask.end, kind, "R106", Evidence.CERTAIN, *found)
    if (not chain and role != "person") or kind == "organisation":
        return _Finding(mask.start, end, kind, "R111", Evidence.LIKELY, *found)
    return _Finding(mask.start, end, kind, _RULES[kind], Evidence.CERTAIN, *found)


def _classify(text: str, mask: Mask) -> _Finding | None:
    found = (mask.glyph, text[mask.run : mask.end])
    digits = mask.start < mask.run
    kind = date_kind(text, mask.start, mask.end)
    if kind and not (mask.glyph in ("box", "ring") and mask.length == 1 and not digits):
        return _Finding(mask.start, mask.end, kind, _RULES[kind], Evidence.CERTAIN, *found)
    single = mask.length == 1 and not digits
    at = mask.end
    if not single and text[at : at + 1] == " ":
        at += 1  # 盘古之白: a space between x and a Chinese word
    near = (single and mask.glyph == "x") or mask.length > 6  # a row of stars is decoration
    kind = kind_behind(text, at, single=single, near=near)
    left = kind_before(text, mask.start)
    if kind == "place" and left == "number":
        kind = "number"
    if single and kind is None:
        kind = kind_behind(text, at, near=True)
        if kind:
            return _Finding(mask.start, mask.end, kind, "R111", Evidence.LIKELY, *found)
    if kind:
        weak = single and (
            mask.glyph in ("box", "ring") or vetoes.formula(text, mask.run, mask.end)
        )
        evidence = Evidence.BARE if weak else Evidence.CERTAIN
        if single and mask.glyph == "x" and kind == "organisation":
            evidence = max(evidence, Evidence.LIKELY)  # X平台, x中心: names of their own
        return _Finding(mask.start, mask.end, kind, _RULES[kind], evidence, *found)
    if digits and mask.glyph != "star":
        return None  # 5xx and 3.x want a unit
    if left:
        evidence = Evidence.BARE if mask.glyph in ("box", "ring") else Evidence.CERTAIN
        if single and left != "number":
            evidence = Evidence.LIKELY
        return _Finding(mask.start, mask.end, left, _RULES[left], evidence, *found)
    if digits:
        return _Finding(mask.start, mask.end, "number", "R104", Evidence.LIKELY, *found)
    if single or not vetoes.between_words(text, mask.run, mask.end):
        return _Finding(mask.start, mask.end, "other", "R111", Evidence.BARE, *found)
    sure = mask.glyph in ("x", "times") and mask.length <= 5
    return _Finding(
        mask.start, mask.end, "other", "R110", Evidence.CERTAIN if sure else Evidence.LIKELY, *found
    )


def _findings(text: str) -> Iterator[_Finding]:
    stars = vetoes.emphasis(text) if "*" in text or "＊" in text else frozenset()
    roman = vetoes.has_roman_numerals(text)
    defined = vetoes.defined_marks(text)
    for mask in _candidates(text):
        run = text[mask.run : mask.end]
        if mask.glyph == "mou":
            finding = _classify_surname(text, mask) or _classify_mou(text, mask)
        elif (
            vetoes.means_something_else(text, mask.start, mask.run, mask.end)
            or run in defined
            or (roman and vetoes.roman(text, mask.start, mask.end))
        ):
            continue
        else:
            finding = _classify_surname(text, mask) or _classify(text, mask)
        if finding is None:
            continue
        if mask.run in stars and not (
            finding.evidence == Evidence.CERTAIN and finding.rule != "R110"
        ):
            continue
        yield finding


def find_masks(text: str) -> list[Flag]:
    """Flags for the masks of `text`, sorted; each with the digits or the surname it belongs to."""
    findings = list(_findings(text))
    certain: dict[str, list[int]] = defaultdict(list)
    for finding in findings:
        if finding.evidence == Evidence.CERTAIN:
            certain[finding.glyph].append(finding.start)
    places = Counter(f.text for f in findings if f.kind == "place")
    flags = []
    for finding in findings:
        near = certain[finding.glyph]
        low = bisect_left(near, finding.start - _NEAR)
        if bisect_left(near, finding.start + _NEAR) - low < finding.evidence:
            continue
        kind = finding.kind
        # On a page where x stands for one town throughout, a lone x is that town again.
        if finding.rule == "R111" and kind == "other" and places[finding.text] >= Evidence.BARE:
            kind = "place"
        flags.append(Flag(finding.start, finding.end, kind, finding.rule))
    return flags
