"""What is made of digits and counts nothing: identifiers, dates, ordinals, list markers, masks."""

from __future__ import annotations

import re
from typing import Final

from zhclean.numbers import numerals
from zhclean.numbers.characters import HAN
from zhclean.numbers.reading import Amount, Reading

__all__ = ["date", "masked", "skip"]


_MASK: Final = "xXｘＸ×*＊○□✕＿_"
_CURRENCY_CODE: Final = re.compile(r"(?:RMB|USD|CNY|HKD|EUR|JPY|GBP|US|HK|NT)\Z")
#: Digits that are no number: versions, addresses, telephones, clock times, dates, years, sums of labels.
_IDENTIFIER: Final = re.compile(
    r"[0-9０-９]{1,4}(?:\.[0-9０-９]{1,6}){2,}+"
    r"|[0-9０-９]{4}[-/.][0-9０-９]{1,2}[-/.][0-9０-９]{1,2}(?![0-9０-９])"
    r"|[0-9０-９]{2,4}年[0-9０-９]{1,2}月(?:[0-9０-９]{1,2}[日号])?"
    r"|[0-9０-９]{1,2}月[0-9０-９]{1,2}[日号]"
    r"|[12１２][0-9０-９]{3}[ ]?(?:[-－–~～〜至到]|[—─]{1,2})[ ]?[12１２][0-9０-９]{3}[ ]?(?:学年|年度|年)"
    r"|[12１２][0-9０-９]{3}[ ]?年(?!多)"
    r"|[7-9７-９][0-9０-９]年(?!多|以)|[0０][0-9０-９]年"
    r"|[0-9０-９]{1,2}[:：∶][0-9０-９]{2}(?:[:：∶][0-9０-９]{2})?(?:[-~—至][0-9０-９]{1,2}[:：∶][0-9０-９]{2})?"
    r"|0[0-9０-９]{2,3}[-－][0-9０-９]{7,8}(?![0-9０-９])|[48]00[-－]?[0-9０-９]{3,4}[-－][0-9０-９]{3,4}(?![0-9０-９])"
    r"|[0-9]{1,2}[.．](?=(?:19|20)[0-9]{2}年)"  # the number of a paragraph, and a year
    r"|[0-9０-９]{1,4}(?:[+＋][0-9０-９]{1,4})++"
    r"|[0-9０-９]{1,2}[时時点點][0-9０-９]{1,2}分(?:[0-9０-９]{1,2}秒)?"
)
_RUN: Final = re.compile(r"[0-9A-Za-z０-９_.\-/=&?%#]*+")
_NUMERAL_RUN: Final = re.compile(rf"[0-9０-９{HAN}]*+")
_LIST_MARK: Final = re.compile(r"[0-9]{1,2}[.．](?=[0-9]{1,4}(?:[家项名件位条]|人(?!民)))")
_ZERO_TO_NINE: Final = "〇零○Ｏ一二三四五六七八九"
_MONTH: Final = r"(?:[正元一二三四五六七八九]|十[一二]?)"
_DAY: Final = r"(?:[初一二三四五六七八九十廿卅]{1,3})"
_HAN_DATE: Final = re.compile(
    rf"(?P<year>[{_ZERO_TO_NINE}]{{4}})年(?!级|級|代)(?:(?P<month>十[一二]?|[一二三四五六七八九])月(?:份|(?P<day>[一二三四五六七八九十]{{1,3}})[日号號])?)?"
    rf"|(?:[{_ZERO_TO_NINE}]{{2,4}}年)?{_MONTH}月{_DAY}?[日号號]?(?!度)"
    rf"|[{_ZERO_TO_NINE}]{{2,3}}年(?![级級])"
    rf"|(?:十[一二三四五六七八九]?|二十[一二三四]?|[一二三四五六七八九两])[点點](?:钟|鐘|整|半|[一二三四五六七八九十零]{{1,3}}分|[一三]刻|[一二三四五]?十)"
)
_DATE_FIRST: Final = frozenset(_ZERO_TO_NINE + "正元十两")


def skip(text: str, start: int) -> int:
    """Where the label at `start` ends; `start` itself if there is none."""
    character = text[start]
    left = text[start - 1] if start else ""
    if left == "第" or (left == " " and text[start - 2 : start - 1] == "第"):
        match = _NUMERAL_RUN.match(text, start)
        assert match is not None
        return max(match.end(), start + 1)
    if "0" <= character <= "9" or "０" <= character <= "９":
        return _skip_digits(text, start, left)
    if left and left in _MASK:
        match = _NUMERAL_RUN.match(text, start)
        assert match is not None
        return max(match.end(), start + 1)
    return start


def _skip_digits(text: str, start: int, left: str) -> int:
    if left and (left in _MASK or (left.isascii() and (left.isalpha() or left in "/_@#\\=&?"))):
        head = text[max(0, start - 3) : start]
        joined = left.isalpha() and _CURRENCY_CODE.search(head) is None
        if (
            left in _MASK
            or joined
            or (
                not left.isalpha()
                and text[start - 2 : start - 1].isascii()
                and text[start - 2 : start - 1].isalnum()
            )
        ):
            match = _RUN.match(text, start)
            assert match is not None
            return max(match.end(), start + 1)
    if left and left in ".．:：∶·" and text[start - 2 : start - 1].isdigit():
        match = _RUN.match(text, start)
        assert match is not None
        return max(match.end(), start + 1)
    match = _IDENTIFIER.match(text, start)
    if match is not None:
        return match.end()
    mark = _LIST_MARK.match(text, start)
    if mark is not None and (not start or left == "\n"):
        return mark.end()
    return start


def date(text: str, start: int) -> tuple[Reading | None, int] | None:
    """A date in Chinese numerals: read (a year digit by digit) or passed over; None if there is none."""
    if text[start] not in _DATE_FIRST:
        return None
    match = _HAN_DATE.match(text, start)
    if match is None:
        return None
    if match["year"] is None:
        return None, match.end()
    numeral = numerals.read(text, start)
    assert numeral is not None
    reading = Reading(start, match.end(), "date", None, None, None, None, year=True)
    amount = Amount(start, match.end(), numeral.low, numeral.high, numeral, form="date")
    reading.amounts.append(amount)
    return reading, match.end()


def date_end(text: str, start: int) -> int:
    """Where the date ends that begins at `start` with a year digit by digit."""
    match = _HAN_DATE.match(text, start)
    assert match is not None
    return match.end()


def masked(text: str, start: int, end: int) -> bool:
    """Whether a placeholder touches `text[start:end]`: x.x亿, 20xx, xx万."""
    left = text[start - 1 : start]
    if left and (left in _MASK or left == "某"):
        return True
    if left in (".", "．") and text[start - 2 : start - 1] in tuple(_MASK):
        return True
    right = text[end : end + 1]
    return (
        bool(right)
        and right in _MASK
        and not (right in "×xX*" and text[end + 1 : end + 2].isdigit())
    )
