"""Blanks: lines to write on and template fields (`____年`, `【姓名】`, `{{金额}}`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from zhclean.edits import Flag
from zhclean.redaction.dates import date_kind
from zhclean.redaction.lexicon import HAN, field_kind, kind_before, kind_behind

__all__ = ["find_blanks", "is_field", "is_sure_line"]

_BULLETS: Final = "[ 　]{0,4}[●■][ 　●■]{0,8}[\\]］]"
# Each alternative begins with a character itself: then `re` passes over clean text quickly.
_LINE: Final = re.compile(
    rf"__+|\\_(?:\\_)+|＿＿*|﹍﹍+|_(?=[年月日元%％])|【[ 　_●■*＊]{{0,12}}】|\[{_BULLETS}|［{_BULLETS}"
)
#: The form says behind the line what belongs on it: ____(甲方名称).
_CAPTION: Final = re.compile(f"[（(]([{HAN}]{{2,8}})[）)]")
_CODE_NEIGHBOUR: Final = re.compile(r"[A-Za-z^#$@\\/=*`|<>{}\[\]]")
_FULL_YEAR: Final = re.compile(r"(?:20|19)\Z")
_EXERCISE: Final = re.compile(
    "填空|[选選][择擇]|[选選]填|正[确確]的是|答案|下列|[读讀]作|[写寫]作|造句|[词詞][语語]|成[语語]|[诗詩]句|[课課]文|古[诗詩]|默[写寫]|近[义義][词詞]|反[义義][词詞]|拼音|算式|[补補]充完整|等[于於]|[=＝]|小[题題]|[题題]目"
)
_OPENING: Final = re.compile(r"[$({\[【〔（［]")
#: Manual pages write their operands like fields.
_OPTION_NAMES: Final = frozenset(
    ["名称", "名稱", "次数", "次數", "时间", "時間", "位置", "内容", "內容", "类型", "類型"]
)
#: A manual names in brackets what its reader sees on the screen.
_INTERFACE: Final = re.compile(
    "[选選]取|[点點][选選击擊]|[单單双雙]击|按一下|按下|滑鼠|鼠[标標]|[对對][话話]方?[块塊框]|[选選项項][单單项項]卡?|菜[单單]"
    "|功能表|按[钮鈕]|[栏欄]位|[标標][签籤]|核取|指令|您可以?指定"
)
_INTERFACE_BEFORE: Final = 40
_INTERFACE_BEHIND: Final = 14
_AROUND: Final = 50
#: Parties of an agreement: what is left open between words is theirs.
_PARTIES: Final = re.compile(
    "[甲乙丙]方|[双雙]方|本合同|本[协協][议議]|委[托託]人|受[托託]人|出租人|承租人|借款人"
)
#: A line of so many signs is there to be written on.
_LONG: Final = 4


@cache
def _field() -> re.Pattern[str]:
    inside = f"(?:(?:此[处處]|[请請]|[这這][里裡裏])?(?:填[写寫入]|[输輸]入)?[{HAN}A-Za-z]{{0,10}}|[xX×*_]{{2,10}})"
    return re.compile(
        rf"(?P<braces>\$?\{{\{{ ?[^{{}}\n]{{0,8}}[{HAN}][^{{}}\n]{{0,16}}\}}\}})"
        rf"|(?P<field>【{inside}】|\[{inside}\]|［{inside}］|〔{inside}〕|\$\{{{inside}\}}|(?<![A-Za-z0-9$]){{[{HAN}]{{2,8}}}}|（(?:此[处處]|[请請])?填[写寫]{inside}）|(?<=[有是聘由向致请請给給为為爲派员員])（(?:姓名|(?:[单單]位|公司|[学學]校)名[称稱]|[职職][务務])）|（姓名）(?=前往|同志|先生|女士|[系係]|[现現]任)|\((?:此[处處]|[请請])?填[写寫]{inside}\))"
    )


def _is_exercise(text: str, start: int, end: int) -> bool:
    return bool(_EXERCISE.search(text, max(0, start - _AROUND), end + _AROUND))


def _is_agreement(text: str, start: int, end: int) -> bool:
    """Whether a line between words is left open in what parties agree on."""
    if not re.match(f"[{HAN}]", text[start - 1 : start]) or not re.match(
        f"[{HAN}]", text[end : end + 1]
    ):
        return False
    return bool(_PARTIES.search(text, max(0, start - _AROUND), end + _AROUND))


def _caption_kind(text: str, end: int) -> str | None:
    caption = _CAPTION.match(text, end)
    return field_kind(caption[1]) if caption else None


def _underline(text: str, match: re.Match[str]) -> tuple[Flag, bool] | None:
    """A line to write on, and whether it is one beyond doubt."""
    start, end = match.span()
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    if _CODE_NEIGHBOUR.match(before) or _CODE_NEIGHBOUR.match(behind):
        return None
    if (not before or before == "\n") and (not behind or behind == "\n"):
        return None  # a rule across the page
    if _FULL_YEAR.search(text, max(0, start - 2), start) and behind == "年":
        start -= 2
    if _is_exercise(text, start, end):
        return None
    kind = (
        date_kind(text, start, end)
        or kind_behind(text, end)
        or _caption_kind(text, end)
        or kind_before(text, start, bare=True)
    )
    if kind is None and before == "《" and behind == "》":
        kind = "other"
    sure = (
        end - start >= _LONG and _is_agreement(text, start, end)
        if kind is None
        else end - start > 1 or kind in ("percent", "number", "year", "month_day")
    )
    return Flag(start, end, kind or "other", "R201"), sure


def is_sure_line(text: str, place: int) -> bool:
    """Whether there is a line beyond doubt that begins at `place`, or with `\\` in front of it."""
    match = _LINE.match(text, place)
    if text[place] == "_" and text[place - 1 : place] == "\\":
        if text[place - 3 : place - 1] == "\\_":
            return False  # inside of one: to match what is left at each sign would be quadratic
        match = _LINE.match(text, place - 1) or match
    line = match and _underline(text, match)
    return bool(line and line[1])


def _field_flag(text: str, match: re.Match[str]) -> Flag | None:
    start, end = match.span()
    label = match[0].strip("$【】[]［］〔〕{}（）() ")
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    kind = field_kind(label)
    if match["field"]:
        # 【地址】 at the head of a line is a heading; a field stands inside a sentence.
        inside = re.match(f"[{HAN}，,、：:（(《“0-9]", before)
        heading = behind in (":", "：") and before != "的"  # 尊敬的【姓名】：
        if kind is None or not inside or heading or label in _OPTION_NAMES:
            return None
        if _INTERFACE.search(text, max(0, start - _INTERFACE_BEFORE), end + _INTERFACE_BEHIND):
            return None
    return Flag(start, end, kind or "other", "R202")


def _fields(text: str) -> Iterator[Flag]:
    end = 0
    for opening in _OPENING.finditer(text):
        match = _field().match(text, opening.start()) if opening.start() >= end else None
        if match is not None:
            end = match.end()
            flag = _field_flag(text, match)
            if flag is not None:
                yield flag


def is_field(text: str, place: int) -> bool:
    """Whether a field opens at `place`."""
    match = _field().match(text, place)
    return match is not None and _field_flag(text, match) is not None


def find_blanks(text: str) -> list[Flag]:
    """Flags for the blanks of `text`; untyped lines only where another one is typed."""
    lines = [line for match in _LINE.finditer(text) if (line := _underline(text, match))]
    fields = list(_fields(text))
    if fields or any(sure for _, sure in lines):
        return [*(flag for flag, _ in lines), *fields]
    return []
