"""What has the form of a quantity and is none: words, names, years, sessions, slogans, lost values."""

from __future__ import annotations

import re
from typing import Final

from zhclean.numbers import bounds, lexicon, units, verse
from zhclean.numbers.characters import DIGITS, HAN, UNITS
from zhclean.numbers.identifiers import masked
from zhclean.numbers.numerals import Numeral
from zhclean.numbers.reading import Amount, Reading

__all__ = ["OPENING", "PLAN", "follows_reign", "is_label_range", "is_quantity", "names_range"]


#: Rulers and reigns, whose years are counted in Chinese: 秦文公四十四年, 康熙六十一年.
_REIGN: Final = re.compile(
    r"(?:[公王帝宗祖侯]|公元|公元前|西元|民国|民國|康熙|乾隆|嘉慶|咸豐|光緒|宣統|順治|崇禎|萬曆|永樂|隆慶|天啟|貞觀|開元|天寶|熙寧|元豐|紹興|雍正|嘉庆|道光|咸丰|同治|光绪|宣统|顺治|崇祯|万历|嘉靖|永乐|洪武|正德|成化|弘治|隆庆|天启"
    r"|贞观|开元|天宝|武德|永徽|建安|元和|太和|景德|熙宁|元丰|绍兴|淳熙|至元|至正|建元|元光|元鼎|昭和|平成|令和|大正|明治|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])\Z"
)
_TRAIN: Final = re.compile(r"列车|特快|快车|直快|旅客|航班|班机")
_MEETING: Final = re.compile(r"全[会會]|全[体體][会會][议議]|会议|會議|代表大会|代表会议")
_SESSION: Final = re.compile(r"届|屆|人大|政协|党代会")
_BIG_EIGHT: Final = frozenset("会代批家小学人队妈爷伯哥姐事半概约都量多力幅")
OPENING: Final = '“"「『‘《〈〝'
_CLOSING: Final = re.compile('[”"」』’》〉〞]')


def is_quantity(text: str, reading: Reading) -> bool:
    """Whether a numeral with or without a unit counts something."""
    amount = reading.amounts[0]
    numeral = amount.numeral
    start, end = amount.start, reading.end
    if masked(text, start, amount.end) or (numeral.positional and not numeral.low):  # ○○○○元
        return False
    unit = reading.unit
    if numeral.han and text[start - 1 : start] == "、" and _is_pair(text, start):
        return False
    if numeral.han and text[start - 1 : start] == "有" and text[start - 2 : start - 1] in UNITS:
        return False  # 二百有五十: and
    if numeral.han and verse.in_title(text, start, end):
        return False
    if numeral.han or not numeral.leading:
        covered = numeral.end if amount.form != "percent" else amount.end
        measured = unit is not None and unit.group not in ("classifier", "time")
        if lexicon.protected(text, numeral.start, covered, end, measured=measured):
            return False
    if text[end - 1 : end] == "成" and (is_name(text, start, end) or is_perhaps(text, start, end)):
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
    if is_shorthand(numeral, unit) or is_day(text, start, numeral, unit):
        return False
    if unit.name == "年" and _is_year(text, amount):
        return False
    if unit.name == "次" and _is_ordinal_time(text, start, end):
        return False
    if names_provision(text, start, end, unit):
        return False
    if unit.name in ("分", "秒") and not _is_duration(text, amount, unit.name):
        return False
    if numeral.han and numeral.end - numeral.start == 1 and amount.end == numeral.end:
        return _counts_single(text, reading, amount)
    return not (numeral.positional and unit.group not in ("measure", "money", "discount"))


def is_shorthand(numeral: Numeral, unit: units.Unit) -> bool:
    """三百三首: nobody says it of 330 poems, and old books of 303."""
    return numeral.han and numeral.colloquial and unit.group == "classifier"


def is_day(text: str, start: int, numeral: Numeral, unit: units.Unit) -> bool:
    """八月十五种花生: behind a month, in front of what may be a verb, a numeral is a day."""
    return (
        numeral.han
        and numeral.low <= 31
        and unit.group == "classifier"
        and text[start - 1 : start] == "月"
        and text[start - 2 : start - 1] in _LAST_OF_MONTH
    )


#: What a month ends in: 八月, 12月, 腊月; not 每月, 个月, 按月.
_LAST_OF_MONTH: Final = frozenset(f"{HAN}0123456789０１２３４５６７８９正冬腊臘")

#: Family names that are no words in front of an amount, as 高九成 and 田三成 may be.
_SURNAMES: Final = frozenset(
    "赵趙孙孫李周吴吳郑鄭王冯馮陈陳蒋蔣沈韩韓杨楊朱秦许許吕呂张張曹魏陶姜谢謝邹鄒苏蘇潘彭鲁魯袁柳史唐薛贺賀罗羅"
    "孟萧蕭姚汪庞龐董梁杜阮贾賈郭徐邱蔡胡霍卢盧丁邓鄧洪崔龚龔陆陸翁段侯焦刘劉"
)
_CLAUSE_ENDS: Final = frozenset("，。！？；：、,.!?;:“”「」（）()《》〈〉\n \u3000")


def is_name(text: str, start: int, end: int) -> bool:
    """“李五成”, 张九成: what looks like tenths is the end of a name."""
    left = text[start - 1 : start]
    if left in _SURNAMES and (start == 1 or text[start - 2] in _CLAUSE_ENDS):
        return True
    return text[end : end + 1] in tuple("”’」』") and left not in tuple(OPENING)


#: 八成是忘了: most likely. Behind other words (有八成是老人) it counts.
_PERHAPS: Final = re.compile(r"[是要会會得又还還没沒在忘想让讓给給出被跟就能]")
_CLAUSE_OR_PRONOUN: Final = frozenset(
    "，。！？；：、,.!?;:“「『\n \u3000我你您他她它们們咱这這那人事"
)


def is_perhaps(text: str, start: int, end: int) -> bool:
    """Whether 八成 is an adverb: it opens its clause, or a pronoun stands before it.

    Nor is 无一成 (nothing was achieved) a tenth.
    """
    if text[start:end] == "一成" and text[start - 1 : start] in ("无", "無"):
        return True
    return (
        text[start:end] == "八成"
        and _PERHAPS.match(text, end) is not None
        and (start == 0 or text[start - 1] in _CLAUSE_OR_PRONOUN)
    )


#: Parts of a text, of which several are named in a row.
_PARTS: Final = frozenset("条條款项項章节節页頁卷回篇课課")
_LISTS: Final = frozenset("、和及与與或至到")
_ORDINAL_LIST: Final = re.compile(
    rf"第[{HAN}]++(?:[条條款项項章节節页頁卷回篇课課]?[、和及与與或至到][{HAN}]++)*[条條款项項章节節页頁卷回篇课課]?[、和及与與或至到]第?\Z"
)


def names_provision(text: str, start: int, end: int, unit: units.Unit) -> bool:
    """“二十条” in quotation marks is what a policy is called, 刑法二百六十四条 a section.

    So is what goes on from 第: 第六、十八条, 第九十条、一百一十二条.
    """
    left = text[start - 1 : start]
    if (
        left
        and left in _LISTS
        and unit.name in _PARTS
        and _ORDINAL_LIST.search(text, max(0, start - 24), start)
    ):
        return True
    if unit.name != "条":
        return False
    if left and left in "法典例则則程":
        return True
    return (
        left in tuple(OPENING)
        and text[start - 2 : start - 1] not in tuple("：:，,")
        and text[end : end + 1] in tuple("”’」』")
    )


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
    if before not in DIGITS or first not in DIGITS:
        return False
    return DIGITS[first] - DIGITS[before] in (1, 2)


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
    if left and left in OPENING and unit.group == "classifier":
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


def follows_reign(text: str, start: int) -> bool:
    """Whether a ruler or a reign stands before `start`: its years are labels."""
    return _REIGN.search(text, max(0, start - 4), start) is not None


def _is_year(text: str, amount: Amount) -> bool:
    numeral = amount.numeral
    if follows_reign(text, amount.start):
        return True
    if numeral.positional or numeral.zero_first:
        return True
    if numeral.han and 1900 <= numeral.low <= 2099:
        return True
    source = text[numeral.start : numeral.end]
    return len(source) == 4 and source.isdigit() and 1000 <= numeral.low <= 2999


_NUMERAL: Final = frozenset(HAN + "0123456789０１２３４５６７８９")
_SECONDS: Final = re.compile(r"[0-9０-９]{1,2}秒")


#: 扣三分: points; 五分 is a fifth share, a minute or a cut elsewhere.
_SCORES: Final = frozenset("得扣加减減罚罰丢丟赢贏输輸差拿")


def _is_duration(text: str, amount: Amount, unit: str) -> bool:
    """Whether 分 and 秒 are points or a length of time, not part of a clock time."""
    left = text[amount.start - 1 : amount.start]
    if left and left in "点點时時:：":
        return False
    if left == "分" and text[amount.start - 2 : amount.start - 1] in _NUMERAL:  # 八点三分五十秒
        return False
    if unit == "分" and _SECONDS.match(text, amount.end + 1) is not None:
        return False
    if unit == "秒":
        return True
    numeral = amount.numeral
    if not numeral.han or numeral.end - numeral.start > 1:
        return True
    ends = _boundary(text[amount.end + 1 : amount.end + 2])
    if left == "了":
        left = text[amount.start - 2 : amount.start - 1]
    return ends and (not amount.start or left in _SCORES)


_PUNCTUATION: Final = re.compile(r"[\s，。、；：！？,.;:!?()（）\[\]【】“”\"'‘’《》<>/|~～—…-]")
#: Five-year plans: 十四五.
PLAN: Final = re.compile(r"[一二三]?十?[一二三四五六七八九]?五(?![十百千万萬亿億])")


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
        if numeral.big or amount.scale != 1 or numeral.colloquial:  # 3千50
            return not (left and left.isascii() and left.isalpha())
        return bool(amount.tail) and _boundary(text[end : end + 1])
    if numeral.end - numeral.start == 1 and amount.end == numeral.end:
        return False
    if numeral.positional or (left and left in OPENING) or PLAN.match(text, amount.start):
        return False
    if amount.scale != 1 and not numeral.colloquial:
        # 一万能解决: 万能 is a word
        return not lexicon.is_word(text[amount.end - 1 : amount.end + 1])
    if amount.vague or amount.tail:
        ends = _boundary(right) or (right == "的" and numeral.unit_scale > 10)  # 三四千的手机
        return amount.tail != "" or (ends and numeral.end - numeral.start > 2)
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
