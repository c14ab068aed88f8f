"""What looks like a quantity and is a label: identifiers, dates, ordinals, list markers, slogans."""

from __future__ import annotations

import re
from typing import Final

from zhclean.numbers import bounds, lexicon, numerals, units, verse
from zhclean.numbers.numerals import DIGITS, EXACT, FRACTION, HAN
from zhclean.numbers.reading import Amount, Reading

__all__ = ["date", "is_label_range", "is_quantity", "names_range", "skip", "whole_numerals"]

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
    rf"|[一二三四五六七八九十两]{{1,3}}[点點](?:钟|鐘|整|半|[一二三四五六七八九十零]{{1,3}}分|[一三]刻|[一二三四五]?十)"
)
_DATE_FIRST: Final = frozenset(_ZERO_TO_NINE + "正元十两")
#: Rulers and reigns, whose years are counted in Chinese: 秦文公四十四年, 康熙六十一年.
_REIGN: Final = re.compile(
    r"(?:[公王帝宗祖侯]|公元|公元前|西元|民国|民國|康熙|乾隆|雍正|嘉庆|道光|咸丰|同治|光绪|宣统|顺治|崇祯|万历|嘉靖|永乐|洪武|正德|成化|弘治|隆庆|天启"
    r"|贞观|开元|天宝|武德|永徽|建安|元和|太和|景德|熙宁|元丰|绍兴|淳熙|至元|至正|建元|元光|元鼎|昭和|平成|令和|大正|明治|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])\Z"
)


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


def masked(text: str, start: int, end: int) -> bool:
    """Whether a placeholder touches `text[start:end]`: x.x亿, 20xx, xx万."""
    left = text[start - 1 : start]
    if left and left in _MASK + "某":
        return True
    if left in (".", "．") and text[start - 2 : start - 1] in tuple(_MASK):
        return True
    right = text[end : end + 1]
    return (
        bool(right)
        and right in _MASK
        and not (right in "×xX*" and text[end + 1 : end + 2].isdigit())
    )


_TRAIN: Final = re.compile(r"列车|特快|快车|直快|旅客|航班|班机")
_MEETING: Final = re.compile(r"全[会會]|全[体體][会會][议議]|会议|會議|代表大会|代表会议")
_SESSION: Final = re.compile(r"届|屆|人大|政协|党代会")
_BIG_EIGHT: Final = frozenset("会代批家小学人队妈爷伯哥姐事半概约都量多力幅")
_OPENING: Final = '“"「『‘《〈〝'
_CLOSING: Final = re.compile('[”"」』’》〉〞]')


def is_quantity(text: str, reading: Reading) -> bool:
    """Whether a numeral with or without a unit counts something."""
    amount = reading.amounts[0]
    numeral = amount.numeral
    start, end = amount.start, reading.end
    if masked(text, start, amount.end):
        return False
    unit = reading.unit
    if numeral.han and text[start - 1 : start] == "、" and _is_pair(text, start):
        return False
    if numeral.han and verse.in_title(text, start, end):
        return False
    if numeral.han or not numeral.leading:
        covered = numeral.end if amount.form != "percent" else amount.end
        measured = unit is not None and unit.group not in ("classifier", "time")
        if lexicon.protected(text, numeral.start, covered, end, measured=measured):
            return False
    if text[end - 1 : end] == "成" and _is_name(text, start, end):
        return False
    if amount.form in ("percent", "decimal") or reading.kind in (
        "percent",
        "percent_point",
        "temperature",
        "fraction",
    ):
        return True
    if unit is None:
        return _counts_bare(text, reading, amount)
    if not numeral.leading and not _counts_round(text, reading, amount):
        return False
    if unit.name == "年" and _is_year(text, amount):
        return False
    if unit.name == "次" and _is_ordinal_time(text, start, end):
        return False
    if unit.name in ("分", "秒") and not _is_duration(text, amount, unit.name):
        return False
    if numeral.han and numeral.end - numeral.start == 1 and amount.end == numeral.end:
        return _counts_single(text, reading, amount)
    return not (numeral.positional and unit.group not in ("measure", "money", "discount"))


def _is_name(text: str, start: int, end: int) -> bool:
    """“李五成”: the quotation is a name that ends in what looks like tenths."""
    return text[end : end + 1] in tuple("”’」』") and text[start - 1 : start] not in tuple(_OPENING)


def _is_ordinal_time(text: str, start: int, end: int) -> bool:
    """十九次列车, 四次全会, 十一届全国人大一次会议: 次 numbers a train or a session."""
    if _TRAIN.match(text, end) is not None:
        return True
    if _MEETING.match(text, end) is None:
        return False
    return text[end] == "全" or _SESSION.search(text[max(0, start - 14) : start]) is not None


def _is_pair(text: str, start: int) -> bool:
    """五、六百米: the numeral is the second half of an approximation."""
    before, first = text[start - 2 : start - 1], text[start]
    if before not in numerals.DIGITS or first not in numerals.DIGITS:
        return False
    return numerals.DIGITS[first] - numerals.DIGITS[before] in (1, 2)


def _counts_single(text: str, reading: Reading, amount: Amount) -> bool:
    """A single Chinese numeral before a unit: 一个 counts, 统一个 and “五个加快” do not."""
    start = amount.start
    left = text[start - 1 : start]
    character = text[start]
    unit = reading.unit
    assert unit is not None
    if character in "一壹" and left and left in units.labels("one_after"):
        return unit.group not in ("classifier", "time")
    if unit.name == "度" and unit.group != "temperature":
        return False
    if character in "俩仨倆" or (character == "拾" and unit.name == "起"):
        return False
    if character in "两兩" and unit.name == "两":
        return False
    if left and left in _OPENING and unit.group == "classifier":
        closing = _CLOSING.search(text, reading.end, reading.end + 12)
        if closing is not None and closing.start() > reading.end:
            return False
    return True


def _counts_round(text: str, reading: Reading, amount: Amount) -> bool:
    """百余项, 百万元, 超千人 count; 亿元户, 万人, ,万元 (a lost value) do not."""
    source = text[amount.numeral.start : amount.numeral.end]
    unit = reading.unit
    if amount.tail:
        return True
    bound, _ = bounds.before(text, amount.start)
    if bound.side or bound.approximate or text[amount.start - 1 : amount.start] in ("上", "数"):
        return True
    if unit is not None and unit.group in ("money", "measure", "short") and len(source) > 1:
        return text[reading.end : reading.end + 1] not in ("户", "级", "村", "县", "镇", "乡", "大")
    return False


def _is_year(text: str, amount: Amount) -> bool:
    numeral = amount.numeral
    if _REIGN.search(text[max(0, amount.start - 4) : amount.start]) is not None:
        return True
    if numeral.positional or numeral.zero_first:
        return True
    if numeral.han and 1900 <= numeral.low <= 2099:
        return True
    source = text[numeral.start : numeral.end]
    return len(source) == 4 and source.isdigit() and 1000 <= numeral.low <= 2999


_SECONDS: Final = re.compile(r"[0-9０-９]{1,2}秒")


def _is_duration(text: str, amount: Amount, unit: str) -> bool:
    """Whether 分 and 秒 are points or a length of time, not part of a clock time."""
    left = text[amount.start - 1 : amount.start]
    if left and left in "点點时時分:：":
        return False
    if unit == "分" and _SECONDS.match(text, amount.end + 1) is not None:
        return False
    if unit == "秒":
        return True
    numeral = amount.numeral
    return not (numeral.han and numeral.end - numeral.start == 1)


_PUNCTUATION: Final = re.compile(r"[\s，。、；：！？,.;:!?()（）\[\]【】“”\"'‘’《》<>/|~～—…-]")


#: Five-year plans: 十四五.
_PLAN: Final = re.compile(r"[一二三]?十?[一二三四五六七八九]?五(?![十百千万])")


def _boundary(character: str) -> bool:
    return not character or _PUNCTUATION.match(character) is not None


def _counts_bare(text: str, reading: Reading, amount: Amount) -> bool:
    """A numeral without a unit counts where 万/亿, 多/余, a bound or punctuation says so."""
    numeral = amount.numeral
    if numeral.positional and not numeral.point:
        return False
    end = amount.end + len(amount.tail)
    right = text[amount.end : amount.end + 1]
    left = text[amount.start - 1 : amount.start]
    bound, _ = bounds.before(text, amount.start)
    if bound.side or bounds.comparison(text, amount.start, amount.end):
        if not numeral.han or numeral.end - numeral.start > 1:
            reading.end = amount.end
            return not _is_label_right(right)
        return False
    if bounds.after(text, amount.end)[0].side and not amount.tail:
        return numeral.leading and (not numeral.han or numeral.end - numeral.start > 1)
    if amount.symbol in ("w", "k"):
        return True
    if left == "是" and right in ("", *"，。,；;！!？?不那") and numeral.han:
        return True
    if not numeral.leading:
        if amount.vague:
            return _boundary(right) or numeral.big
        return bool(amount.tail) and numeral.big
    if right == "大" and _is_great(text, amount):
        return True
    if _is_quarter(text, amount):
        reading.unit = units.Unit("季度", "time")
        return True
    if not numeral.han:
        if numeral.big or amount.scale != 1:
            return not (left and left.isascii() and left.isalpha())
        return bool(amount.tail) and _boundary(text[end : end + 1])
    if numeral.end - numeral.start == 1 and amount.end == numeral.end:
        return False
    if numeral.positional or (left and left in _OPENING) or _PLAN.match(text, amount.start):
        return False
    if amount.scale != 1 and not numeral.colloquial:
        # 一万能解决: 万能 is a word
        return not lexicon.is_word(text[amount.end - 1 : amount.end + 1])
    if amount.vague or amount.tail:
        return amount.tail != "" or (_boundary(right) and numeral.end - numeral.start > 2)
    if left and left in "第初月腊周期双十二一三四五六七八九":
        return False
    if text[numeral.start : numeral.end] == "十一" or not (
        _boundary(right) or right in _UNIT_CHARACTERS
    ):
        return False
    return _boundary(left) or numeral.unit_scale > 1 or numeral.low >= 100 or numeral.point


_UNIT_CHARACTERS: Final = frozenset("百千万亿萬億佰仟")


def _is_label_right(right: str) -> bool:
    return bool(right) and right in "号號楼期届级級"


def _is_quarter(text: str, amount: Amount) -> bool:
    """前三季度: the numeral counts quarters; 三季度 alone is the third."""
    return text.startswith("季度", amount.end) and text[amount.start - 1 : amount.start] == "前"


def _is_great(text: str, amount: Amount) -> bool:
    """两大保障, 四大孵化器; not 十八大, 一大批, 四大发明."""
    numeral = amount.numeral
    following = text[amount.end + 1 : amount.end + 2]
    return (
        numeral.end - numeral.start == 1
        and text[numeral.start] in "两兩二三四五六七八九"
        and "\u4e00" <= following <= "\u9fff"
        and following not in _BIG_EIGHT
        and text[numeral.start - 1 : numeral.start] not in tuple("的党十老")
    )


def is_label_range(text: str, reading: Reading) -> bool:
    """2013-2016年, x.x-5亿, 3-1号: ranges of labels."""
    first, second = reading.amounts
    if masked(text, first.start, first.end) or masked(text, second.start, second.end):
        return True
    if reading.unit is not None and reading.unit.name == "年":
        return _is_year(text, first) or _is_year(text, second)
    return False


def names_range(text: str, start: int) -> bool:
    """Whether words before a bare range say that it is one: 分别为, 范围是."""
    return text[max(0, start - 4) : start].endswith(
        ("范围", "范围是", "范围为", "介于", "位于", "在")
    )


_WHOLE: Final = re.compile(rf"[-－−负負+ 0-9０-９{HAN}.．,，;；、点點/／eEｅ\n]++")
_SEPARATORS: Final = re.compile(r"[,，;；、\s]+|[.．]{2,}|[-－]{2,}")
_PIECE: Final = re.compile(
    rf"(?P<sign>[-－−负負][ ]?)?(?P<number>(?:(?<![.．])[.．])?[0-9０-９{HAN}][0-9０-９{HAN}.．,，点點]*)"
    r"(?:(?P<over>[/／])(?P<below>[0-9０-９.．]+)|[eEｅ](?P<exponent>[-－+]?[0-9０-９]{1,2}))?(?=[,，;；、\s]|\Z)"
)


def whole_numerals(text: str) -> list[Reading]:
    """The readings of a text that holds numerals and separators alone, such as a table cell."""
    if len(text) > 200 or _WHOLE.fullmatch(text) is None:
        return []
    readings = []
    position = 0
    while position < len(text):
        separator = _SEPARATORS.match(text, position)
        if separator is not None:
            position = separator.end()
            continue
        match = _PIECE.match(text, position)
        reading = None if match is None else _piece(text, match)
        if reading is None:
            return []
        readings.append(reading)
        position = reading.end
    return readings


def _piece(text: str, match: re.Match[str]) -> Reading | None:
    numeral = numerals.read(text, match.start("number"))
    if numeral is None or numeral.vague:
        return None
    end = numeral.end
    if not (numeral.leading or numeral.colloquial) or text[numeral.start : end] == "拾":
        return None
    value = numeral.low
    if end != match.end():
        if match["over"] and end == match.start("over"):
            below = numerals.arabic_value(match["below"])
            if not below:
                return None
            value, end = FRACTION.divide(value, below), match.end()
        elif match["exponent"] and end == match.start("exponent") - 1:
            exponent = int(match["exponent"].translate(numerals.NARROW))
            value, end = EXACT.scaleb(value, exponent), match.end()
        elif text[end] not in ",， ":
            return None
    elif text[end : end + 1] in DIGITS:
        return None
    value = value.copy_negate() if match["sign"] else value
    amount = Amount(match.start(), end, value, value, numeral, form="fixed")
    return Reading(match.start(), end, "number", None, None, value, None, [amount])
