"""Masked names: 赵某, 李××, 陈某甲; and 某 itself, which in general use means "a certain"."""

from __future__ import annotations

import re
from typing import Final

from zhclean.redaction import vetoes
from zhclean.redaction.candidates import Evidence, Finding, Mask
from zhclean.redaction.dates import date_kind
from zhclean.redaction.lexicon import HAN, kind_before, kind_behind, surnames

__all__ = ["classify_mou", "classify_surname"]

_HAN: Final = re.compile(f"[{HAN}]")
_ORDINAL: Final = re.compile("[甲乙丙丁戊己庚辛壬癸]|[0-9]{1,2}(?![0-9.年月日])")
_GENERAL: Final = re.compile(
    "某(?:[种種些个個人位项項类類款]|[地时日天次事物方段時](?![里后前起犯发裏裡後發]))"
)
#: 某科技有限公司: the one name with 某 that runs on.
_COMPANY: Final = re.compile("[^的了在和与，。、與]{0,12}?有限(?:[责責]任)?公司")
#: 某保险公司, in a ruling.
_PARTY: Final = re.compile(
    "[^的了在和与及向对将被是有个，。、；：“”\\n與對將個]{1,8}(?:公司|集[团團]|[银銀]行|[医醫]院|合作社|事[务務]所|信用社)"
)
#: 某省某市某区: an address, while 某省某市 alone may be any.
_CHAIN: Final = re.compile("(?:某[省市县区镇乡村街道縣區鎮鄉]{1,2}){3}")
#: “王某”指代…: talk about the mask itself.
_EXPLAINED: Final = re.compile('[”"’」]?(?:指代|代指|代[称稱]|泛指)')
_SELF: Final = re.compile(r"(?:我|俺|咱|姓|在下|小可|咱家)\Z")
#: In a ruling 某公司 is a party whose name was removed.
_RULING: Final = re.compile(
    "原告|被告|上[诉訴]人|再[审審]申[请請]人|[诉訴][讼訟][请請]求|本院|[纠糾][纷紛]一?案"
)
_RULING_REACH: Final = 60
_PARTICLES: Final = frozenset("等的与與和及向对對在将將被说說因系係于於")


def classify_surname(text: str, mask: Mask) -> Finding | None:
    """A surname with its mask: 赵某, 李××, 陈某甲, 王×1, 周*明."""
    if mask.digits or mask.length > 3:
        return None
    end = mask.end
    ordinal = _ORDINAL.match(text, end) if len(mask.text) == mask.length else None
    end = ordinal.end() if ordinal else end
    numbered = end > mask.run + mask.length
    found = _surname(text, mask, numbered=numbered)
    if found is None:
        return None
    begin, evidence = found
    behind = kind_behind(text, end, near=True)
    if mask.glyph == "mou":
        if mask.length == 1 and not numbered and _GENERAL.match(text, mask.run):
            return None
        if _EXPLAINED.match(text, end):
            return None
        if _SELF.search(text, max(0, begin - 3), begin) or behind in ("place", "organisation"):
            return None
        if mask.length > 1:
            evidence = Evidence.CERTAIN
    else:
        counted = behind == "number" and not (text[begin] in surnames().plain and mask.length > 1)
        if counted or behind in ("place", "organisation", "percent"):
            return None
        if date_kind(text, mask.run, end):
            return None
        if mask.length == 1 and not numbered:
            if mask.glyph == "x" and vetoes.operator_at(text, mask.run, end):
                return None
            end, evidence = _given_name(text, begin, end, evidence)
    return mask.finding("person", evidence, rule="R108", start=begin, end=end)


def _surname(text: str, mask: Mask, *, numbered: bool) -> tuple[int, Evidence] | None:
    """Where the surname in front of the mask begins, and how sure it is one."""
    names = surnames()
    begin = names.start(text, mask.run)
    if begin is not None:
        return begin, Evidence.CERTAIN
    last = text[mask.run - 1 : mask.run] if mask.run else ""
    if last not in names.guarded or last in names.functional or names.ends_a_word(text, mask.run):
        return None
    if kind_behind(text, mask.end) not in (None, "person"):
        return None
    closed = mask.length == 2 and not _HAN.match(text, mask.end)
    certain = numbered or closed or (mask.glyph == "mou" and _in_ruling(text, mask))
    return mask.run - 1, Evidence.CERTAIN if certain else Evidence.LIKELY


def _given_name(text: str, begin: int, end: int, evidence: Evidence) -> tuple[int, Evidence]:
    """The end of a name whose mask at `end` is one character: 王×, but 王×明 with the last one."""
    follow, further = text[end : end + 1], text[end + 1 : end + 2]
    if not _HAN.match(follow) or follow in _PARTICLES:
        return end, evidence
    if not _HAN.match(further) or further in _PARTICLES:
        return end + 1, evidence
    return end, evidence if kind_before(text, begin) == "person" else Evidence.LIKELY


def classify_mou(text: str, mask: Mask) -> Finding | None:
    """某 without a surname: 某某县, 某甲, and 某县 behind the name of a larger place."""
    ordinal = _ORDINAL.match(text, mask.end)
    if ordinal or mask.length > 1:
        return _party(text, mask, ordinal.end() if ordinal else mask.end, bool(ordinal))
    if _GENERAL.match(text, mask.run):
        return None
    company = bool(_COMPANY.match(text, mask.end)) or (
        _PARTY.match(text, mask.end) is not None and _in_ruling(text, mask)
    )
    kind = kind_behind(text, mask.end, near=not company)
    if kind not in ("place", "organisation"):
        return None
    if kind == "place":
        certain = vetoes.after_place_name(text, mask.start)
    else:
        certain = company or _in_ruling(text, mask)
    certain = certain or bool(_CHAIN.match(text, mask.start))
    certain = certain or kind_before(text, mask.start) == "person"
    if not certain:
        return mask.finding(kind, Evidence.LIKELY, rule="R111")
    return mask.finding(kind)


def _in_ruling(text: str, mask: Mask) -> bool:
    low = max(0, mask.start - _RULING_REACH)
    return bool(_RULING.search(text, low, mask.end + _RULING_REACH))


def _party(text: str, mask: Mask, end: int, ordinal: bool) -> Finding | None:
    """某某 or 某甲."""
    kind = kind_behind(text, end)
    general = vetoes.general_mou(text, mask.start, end)
    if kind in ("place", "organisation") and not general:
        return mask.finding(kind, end=end)
    if kind_before(text, mask.start) == "person":
        return mask.finding("person", end=end)
    if kind == "person" and not general:
        evidence = Evidence.CERTAIN if mask.length == 3 else Evidence.LIKELY  # 某某某同志
        return mask.finding("person", evidence, end=end)
    return mask.finding("person", Evidence.LIKELY, rule="R111", end=end) if ordinal else None
