"""What a text holds in which the redaction stage finds anything, in the syntax of RE2.

Derived from the rows of the packs and, for the finders, from what `masks`, `blanks` and
`overwrites` are sure by: one certain mask, one line beyond doubt, one field, or one count that
holds a year. See `zhclean.prefilter`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tools.re2_expression import alternatives, anything_but, class_of, re2_of
from zhclean.redaction import blanks, dates, lexicon, masks, names, vetoes
from zhclean.redaction.pattern_rules import Row, rows, spun_patterns

__all__ = ["holes", "spun"]

#: The signs of masks; only crosses are masks whatever stands beside them.
_CROSSES: Final = "xXｘＸ×✕╳"
_STARS: Final = "*＊"
_RINGS: Final = "○〇◯"
_DRAWN: Final = f"{_RINGS}□■█△▲◇◆"
#: What belongs to a mask behind its first sign.
_TAIL: Final = f"[0-9０-９.．,{_CROSSES}{_STARS}{_DRAWN}OＯ]*"
#: No mask stands behind these.
_CODE: Final = r"A-Za-zＡ-Ｚａ-ｚ_\\$#@"
#: Digits in front that belong to it.
_FRONT: Final = "[0-9０-９.,，．〇○零Ｏ一二三四五六七八九]*"
_ORDINAL: Final = "甲乙丙丁戊己庚辛壬癸0-9"
#: No line to write on stands beside these.
_BESIDE_CODE: Final = r"[^A-Za-z^#$@\\/=*`|<>{}\[\]_]"
_YEAR: Final = "(?:19[89][0-9]|20[0-3][1-9]|20[1-3]0)"


#: A row that clean text seems to hold so often at most is told well enough.
_FEW: Final = 3


def holes(clean: str) -> str:
    """Masked, blank, dropped and overwritten values; `clean`: clean text."""
    found = [_row(row, clean) for row in rows() if not row.support]
    return "|".join((*found, *_masks(), *_names(), *_lines(), *_fields(), *_counts()))


def spun() -> str:
    """The words that spinning makes."""
    return "|".join(map(re2_of, spun_patterns()))


def _row(row: Row, clean: str) -> str:
    """A row with as many characters in front as it takes to be rare.

    The automaton gets as slow as it knows ways to begin, and one class is one way.
    """
    find = re2_of(row.find)
    if not row.after:
        excluded = {word for word in row.unless if len(word) == 1}
        if not row.alone and not excluded:
            return find
        latin = (char for char in map(chr, range(0x80)) if char.isalnum() or char in ".%+*")
        return anything_but(excluded.union(latin if row.alone else ())) + find
    opening = ["^"] if row.opening else []
    last = {word[-1] for word in row.after}
    found = (clean[match.start() - 1] for match in re.finditer(row.find, clean))
    if sum(char in last for char in found) <= _FEW:
        return alternatives([class_of(last), *opening]) + find
    return alternatives([*_words(row.after), *opening]) + find


def _words(words: Iterable[str]) -> Iterator[str]:
    return (re2_of(re.escape(word)) for word in sorted(words))


def _ends() -> str:
    """What ends the words in front of a mask that tell its kind."""
    return class_of(lexicon.last_before())


def _behind(*kinds: str) -> str:
    """What tells a kind behind a mask."""
    return alternatives(
        re2_of(source) for kind, source in lexicon.sources_behind() if not kinds or kind in kinds
    )


def _masks() -> Iterator[str]:
    """What `masks.is_certain` says yes to, but names and 某."""
    signs = _CROSSES + _STARS + _DRAWN.removeprefix(_RINGS)
    rings = (
        f"(?:^|[^{_CODE}一二三四五六七八九零壹贰叁肆伍陆柒捌玖{_RINGS}])[{_RINGS}]"  # not 二〇〇
    )
    run = f"(?:(?:^|[^{_CODE}])(?:[{signs}]|[OＯ]{{2}})|{rings}){_TAIL}"
    dated = alternatives(re2_of(one.pattern) for one in (dates.YEAR, dates.MONTH, dates.DAY))
    yield f"{run}(?:{re2_of(masks.RANGE.pattern)})?(?:{dated}| ?{_behind()})"
    yield f"月{run}[号號]"
    yield re2_of(dates.CENTURY.pattern)
    yield f"{_ends()}(?:[{_CROSSES}]|{_FRONT}[{_STARS}])"
    # Between words: xx.x and xx.
    word = re2_of(vetoes.WORDS.pattern).removesuffix("]") + ",.;!?()]"
    yield f"(?:^|{word})[{_CROSSES}][{_CROSSES}.．]{_TAIL}(?:{word}|$)"


def _names() -> Iterator[str]:
    """The same for names and for 某."""
    known = lexicon.surnames()
    surname = class_of(known.plain | known.guarded | {name[-1] for name in known.compound})
    yield f"{surname}(?:[{_CROSSES}{_STARS}{_DRAWN}]|[OＯ]{{2}})"
    general, moment = "种種些个個人位项項类類款", "地时日天次事物方段"
    yield f"{surname}某(?:[^{general}{moment}]|[{moment}][里后前起犯发]|$)"
    yield f"某[某{_ORDINAL}]"
    yield f"[省市区县州镇乡]某{_behind('place')}"
    yield re2_of(f"某{names.COMPANY.pattern}")
    yield re2_of(names.CHAIN.pattern)
    yield f"某{_behind('organisation')}"  # in a ruling
    yield f"{_ends()}某{_behind('place')}"


def _lines() -> Iterator[str]:
    """Lines to write on."""
    edge, other = f"(?:^|{_BESIDE_CODE})", f"(?:{_BESIDE_CODE}|$)"
    yield rf"{edge}__+{other}|\\_\\_|{edge}_[年月日元%％]"
    *_, brackets = blanks.LINE.pattern.split("_(?=[年月日元%％])|")
    yield re2_of(brackets)
    yield f"{edge}(?:＿＿*|﹍﹍+){other}"


def _fields() -> Iterator[str]:
    """Fields of templates: all of their pattern, or one with a label that is known."""
    yield r"\{\{ ?[^{}\n]{0,8}" + f"[{lexicon.HAN}]"
    front = f"[{lexicon.HAN}，,、：:（(《“0-9]"
    label = alternatives(_words(lexicon.labels()))
    inside = f"(?:[{lexicon.HAN}A-Za-z]{{0,12}}{label}|[xX×*_]{{2,10}})"
    yield rf"{front}(?:[【\[［〔{{]|\$\{{){inside}[】\]］〕}}](?:[^:：]|$)"
    yield rf"{front}[（(]{inside}[）)](?:[^:：]|$)"


def _counts() -> Iterator[str]:
    """Numbers with a year in them before a unit, and long ones before a mark."""
    units = re2_of(lexicon.measure_source())
    front = "(?:^|[^0-9.,~—第/至-])"
    yield f"{front}[0-9]{{0,12}}{_YEAR}[0-9]*(?:[.][0-9]+)?(?:{units}|[%％])"
    long = "|".join(f"[0-9]{{{before},12}}{_YEAR}[0-9]{{{5 - before},12}}" for before in range(6))
    yield f"{front}(?:{long})(?:[.][0-9]+)?[，,。;；]"
