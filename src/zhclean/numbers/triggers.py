"""Where the grammar begins to read: compiled searches that pass over text without quantities.

Each search begins with a character class, so that clean text costs what `re` needs to scan
it. A trigger may stop too often, never too seldom: the grammar decides. `gate` says the same
in the words of `zhclean.triggers`, one neighbour on each side, and asks the grammar about the
few places that are left.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from typing import Final

from zhclean.numbers.characters import DIGITS, HAN
from zhclean.triggers import Trigger

__all__ = ["BOUND", "PRECISE", "STYLES", "THOUSANDS", "UNITS", "changing", "counting", "gate"]

STYLES: Final = ("plain", "arabic", "keep", "gbt15835")

_DIGIT: Final = "0-9０-９"
_NUMERAL: Final = HAN + "几幾数數"
_CONNECTOR: Final = r"\-－–~～〜—─至到"
_CURRENCIES: Final = "¥￥$＄€£￡"
_SPACE: Final = "[ \u3000]"
#: What stands before a bare number that is a bound: 大于100, 至少有10.
_BEFORE: Final = (
    "币幣元金镑鎊铢銖盾了.．$＄¥￥€£₩₽₹฿₫₱于於过過超足少多到有为為破約约達达逾近高低>＞<＜≤≥=＝等 "
)


@cache
def counting() -> re.Pattern[str]:
    """Where a quantity may begin."""
    from zhclean.numbers.units import first_characters

    after = re.escape(
        first_characters()
        + HAN
        + "几幾多余餘来來个個wWｗＷkKｋＫ分份成折打角毛半又大以之左上或前及（(和与與跟同点點季,，个 \u3000"
    )
    return re.compile(
        rf"[{_DIGIT}{_NUMERAL}半对對]"
        rf"(?:(?<=[{_DIGIT}])(?<![{_DIGIT}]{{2}})(?:(?<=[{_BEFORE}][{_DIGIT}])|(?<=下[{_DIGIT}])"
        rf"|[{_DIGIT}]*+(?:[.．·・][{_DIGIT}]++)?+(?=[{after}{_CONNECTOR}]))"
        rf"|(?<=[{_NUMERAL}半对對])(?:(?=[{after}{_DIGIT}])"
        rf"|(?=[{_CONNECTOR}][{_DIGIT}{_NUMERAL}])"
        rf"|(?<=是[二三四五六七八九十])(?=[，。,；;！!？?不那]|\Z)"
        rf"|(?<=[高头頭有近约約足个個]米[五六七八九])))"
    )


#: The units before which even a single Chinese numeral becomes a digit: their first
#: characters, the second ones, and those that are the whole unit (a test reads units.toml).
PRECISE: Final = (
    "BCGHKMPTWbcdfhikmnprw°µμ伏兆光克公分加勒千华卡厘吉吨品噸坎基大太夸字安市帕平度开微拍摄摩攝标標欧歐比毫流海焦牛瓦百皮盎立米納纳英華蒲貝贝赫轉转釐開飛飞馬马",
    " /23ABCFGHJLMPSVWbceghilmnopvwz°²³亩仑伏侖克兹准分力升卡司吨噸培姆字安寸尔尺巴希帕年式德担拉摩擔斤斯方明标標每比氏準点焦爾特瓦电畝節米耳脫脱节茲貝贝赫路里電頃顷顿點",
    "%‰℃℉㎡吋呎﹪％",
)
#: 个百分点, 个基点, 个BP.
_POINTS: Final = "[个個](?:[ \u3000]?百|[基Bb])"
#: 零下三度, 气温为五度, 摄氏三度: elsewhere degrees are no temperature.
_DEGREES: Final = (
    "[度°](?:(?<=[下上温溫度为為氏]..)|(?<=氏...)|(?<=氏....)|(?<=氏.....)|(?<=氏......))"
)
#: All units (a test reads units.toml): those of one character; of the others the first
#: characters that are no unit alone, and the second ones behind these.
UNITS: Final = (
    "%LVWgmt°‰℃℉㎡丈丛两个串丸亩人件份伏伙位例個倍元克兩冊册分列则剂則副勺包匹升卷双叠口句只台吋名吨呎周哩噸圆圓场块坪堂場塊处天头套孔字宗家寸对封對尺尾层層岁巴帕帧席幅幢年床度座张張戶户所扇批把折捆支斤晚本朵束条杯枚枝架栋株根桌桩桶條棟棵樁檯次款步歲段注浬滴片瓣瓦瓶畝盆盏盒盘盞盤眼石码碗碼磅票种秒種窝笔筆筐箱節篇簇米类粒組组罐群羽股臺艘节處袋詞講讲词赫起趟輛輪轮辆週遍部里銭錢鎊针钱镑門間门间隻集雙頁頂頃項頭顆類页顶顷项顿颗餐首﹪％",
    "BCEGHIJKMNPRTUZbcdefhiknprwµμ丹乌交令以伊便俄保像兆先光公兰兹冰净刻加勒匈千华南卡卢印厘司吉品哈哥国图圖土坎坚坡埃基堅塔墨大太夸奈孟学學安小尼居工市希平库开弧微总戈成拍挪捷摄摩攝文斯新日星昼智机林柬标格標欧歐比毫汤沙泊法波泰流海液港澳焦牛狗班瑞电百皮盎盧短礼福禮科秘积立第納紐緬纳纽缅罗羅美老肯自航英茲茶莱華菲萊葡蒙蒲蘭虚課謝课谢貝贝越車轉车转载迪釐金鍾鐘钟長长開阿雷電韓韩飛飞馬马",
    "/BEFGHJKLMNPSUVWbceghimnopsvwz°·Ω亚亞亨亩仑令以伏伦位作侖倫元克內兰典内准分利力加匙升南卡历及古可台司吉吨员員噸国圆圓埔培士夜大太头姆威子字安寸尔尺尼岁岛島巴币布希帕幣年度式律德戈担拉拜拿挝摩擔斤方日时明易時普曆朗期来林根格檯次欧歐歲歷每比氏气沃泊法洋準点热焦然爾牙牛特狗瑞瓦电畝皮盎石秒箱米納素索纳罗羅耳联聯脫脱臺色莱萊萨薩蘭衡西謝谢赫路达達郎里重金銖鍾鎊鐘钟铢镑門门际電非頃頭顷顿馬马魯鲁麥麦點",
)
#: 千瓦, 千卡: the second characters of units that begin like the end of a numeral.
THOUSANDS: Final = "克米瓦卡伏焦帕赫字比安牛欧歐电電"
#: What can stand behind a numeral of two characters, or it has no unit and stays.
_FOLLOWING: Final = rf"[{UNITS[0]}{_DIGIT}几幾个個分份成折角毛半wWｗＷkKｋＫ \u3000{_CONNECTOR}]|[{UNITS[1]}][{UNITS[2]}]"
_BIG: Final = "万萬亿億"
#: 3.6w, 15k; behind them what makes kg, kHz and 2K位 of it (letters.py).
_LETTERS: Final = "wWｗＷkKｋＫ"
_NO_LETTER: Final = "0-9A-Za-z位字比像·."
_POINT: Final = "[点點]"
_DECIMALS: Final = "〇零○一二两三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖"
_OVER: Final = r"[ \u3000]{0,4}[分份][ \u3000]?之"
#: Behind a numeral of three characters or more without a unit: its boundary, or a bound.
_BOUNDARY: Final = r"\s，。、；：！？,.;:!?()（）\[\]【】“”\"'‘’《》<>/|…"
_ENDS: Final = "季以之及或更起和与與跟同"
#: Before such a numeral: a bound (a test reads bounds.py), 比, 是, a sign or a currency.
BOUND: Final = r"\-－−负負±¥￥$＄€£￡ \u3000<=>≤≥下为乎了于低出到右在多够少快於有概满為码破碼約约致莫计超足达过近逾過達顶高＜＝＞頂封比是"
#: 七八岁, 三四千: what is vague stays, but for its ％ and a share; and so does 三两.
_PAIR: Final = (
    "(?:(?<=一)二|(?<=[二两])三|(?<=三)[四五]|(?<=四)五|(?<=五)六|(?<=六)七|(?<=七)八|(?<=八)九)"
    f"(?![{''.join(DIGITS)}])(?![{HAN}]{{0,12}}+(?:[％{_DIGIT}]|{_OVER}))|(?<=[〇零一二三四五六七八九])[两兩](?![{HAN}％])"
)
#: 二二一年 and 九点零四分, as identifiers.py passes over them.
_DATE: Final = (
    "(?<=[〇零○一二三四五六七八九])[〇零○Ｏ一二三四五六七八九]{1,2}年(?![级級正元一二三四五六七八九十])"
    "|(?:(?<=十)[一二三四五六七八九]?|(?<=二)十[一二三四]?|(?<=[一二三四五六七八九两]))[点點]"
    "(?:钟|鐘|整|半|[一二三四五六七八九十零]{1,3}分|[一三]刻)"
)
#: Where a Chinese numeral begins, and not behind 第.
_OPENS: Final = rf"(?:(?<![第{HAN}].)|(?<!第.)(?={_OVER}))"
#: A Chinese numeral that may change: not a numerator, 十八大, a round word (千万别) but for
#: 百分之, a fraction (三分之一, 万分之五), a day (五月二十日) or the minutes of a clock (八点十七分).
_LEADS: Final = (
    rf"(?<![二三四五六七八九十][分份]之.)(?<![{_BIG}]分之.)"
    rf"(?![一二三四五六七八九][大届屆])(?!(?<=[百佰千仟万萬亿億兆])(?!{_OVER}|[{HAN}]{{0,12}}％))"
    rf"(?!(?<=[二三四五六七八九十]){_OVER})(?!(?<=[{_BIG}])分之[{HAN}]++(?![点點％{_DIGIT}]))(?!(?<=月.)[{HAN}]{{0,2}}[日号號])"
    rf"(?!(?<=[点點时時].)[{HAN}]{{0,2}}[分秒])(?!{_PAIR}|{_DATE})"
)


@cache
def changing(style: str) -> re.Pattern[str]:
    """Where a style may have something to write anew; a subset of `counting`."""
    if style == "keep":
        return re.compile(
            rf"[{_DIGIT}](?<![{_DIGIT}].)(?:(?<=[０-９])"
            rf"|[0-9]*+(?:[０-９．·・]|(?:\.[{_DIGIT}]++)?+(?=[,，][0-9０-９]{{3}}|％|[ \u3000]{{0,2}}[{_CONNECTOR}])))"
        )
    first, second, whole = PRECISE
    long_unit = f"(?!度[^C电電])[{first}][{second}]"
    unit = f"{long_unit}|[{whole}]|{_POINTS}|{_DEGREES}"
    decimals = rf"{_POINT}[ \u3000]?[{_DECIMALS}{_DIGIT}]{{1,3}}+(?![十拾])"
    bigs = rf"[个個]半?[百千]?[{_BIG}]|[个個]?[多余餘来來][百千]?[{_BIG}]++％"
    sums = rf"[元圆圓][零〇]?[{HAN}{_DIGIT}]"
    # A range of plain digits changes only where its right side lends 万 or 亿, one of single
    # Chinese numerals where its unit is precise or tenths; the norm also has its own dash.
    if style == "gbt15835":
        far, to = "", f"[{_DIGIT}{HAN}]"
    else:
        far = rf"[{_CONNECTOR} {_CURRENCIES}]{{0,4}}[{_DIGIT}.．,，]*+[{HAN}几幾数數wWｗＷkKｋＫ％个個百成]"
        to = rf"(?:[{_DIGIT}]|[{HAN}](?:[{HAN}{_DIGIT}点點分份成％ \u3000]|{bigs}|{unit}|{sums}))"
    behind_digits = (
        rf"[,，][0-9０-９]{{3}}|[％万萬亿億千仟百佰十拾成]|[{_LETTERS}](?![{_NO_LETTER}])|{_POINT}[ \u3000]?[{_DECIMALS}{_DIGIT}]"
        rf"|半[百千]?[{_BIG}]|{bigs}|[ \u3000]{{0,2}}[{_CONNECTOR}]{far}|[ \u3000]{{1,4}}成"
        rf"|[ \u3000]?[分份][ \u3000]?之|{sums}{{1,2}}[角毛分]"
    )
    more = rf"[多余餘](?:[{first}{whole}]|{_POINTS})"
    unnamed = rf"(?:(?<=[{_BOUNDARY}~～—-].)|(?<!..)|(?![十拾][{_DECIMALS}](?![{HAN}])))"
    longer = (
        rf"[{HAN}]{{1,11}}+(?:{_FOLLOWING}|(?<=千)[{THOUSANDS}]|(?<=[{HAN}]{{12}})|[多余餘](?:[{UNITS[0]} \u3000]|[{UNITS[1]}][{UNITS[2]}])|{bigs}|{decimals})"
        rf"|[{HAN}]{{2,11}}+(?:[{_ENDS}]|[多余餘](?![百千]?[{_BIG}]{{1,2}}(?!.{{1,2}}[级級])))"
        rf"|(?<![“「『‘初月腊周期双].){unnamed}[{HAN}]{{2,11}}+(?:[{_BOUNDARY}]|\Z)"
        rf"|[{HAN}]{{0,11}}?[{_BIG}兆]|[{HAN}]{{1,11}}?[两兩]"
        rf"|(?<=[{BOUND}].)[{HAN}]{{2}}|(?<=[负負]的.)[{HAN}]{{2}}|(?<=[¥￥$＄€£￡].)[{HAN}][来來]"
    )
    behind_han = (
        rf"[{_DIGIT}]|{longer}|{decimals}|{unit}|成|[分份][ \u3000]?之|{more}|{bigs}"
        rf"|{sums}[角毛分]|[ \u3000]{{1,4}}[个個成点點百分]|[{_CONNECTOR}]{to}"
    )
    # Quick looks in front of the many alternatives: most numeral characters end there.
    next_to_digits = (
        rf"[％{_BIG}千仟百佰十拾wWｗＷkKｋＫ成{_CONNECTOR} \u3000]|[,，][{_DIGIT}]|[点點][{_DECIMALS}{_DIGIT} \u3000]"
        rf"|[半个個多余餘来來][半百千{_BIG}多余餘来來]|[元圆圓][{HAN}{_DIGIT}]|[分份][之 \u3000]"
    )
    next_to_han = f"[{_DIGIT}{HAN}{first}{whole}度°成分份多余餘元圆圓点點个個 \u3000{_CONNECTOR}]"
    any_behind = (
        rf"[{_DIGIT}{whole}度°成多余餘元圆圓 \u3000{_CONNECTOR}]|[点點][{_DECIMALS}{_DIGIT} \u3000]|[分份][之 \u3000]"
        rf"|[{HAN}](?:[{_DIGIT}{HAN}{UNITS[0]}{UNITS[1]}{THOUSANDS}{_ENDS}几幾点點成折角毛半多余餘来來wWｗＷkKｋＫ \u3000{_CONNECTOR}]|(?<=[{_BIG}兆两兩]))"
        rf"|[个個][百千{_BIG}基Bb半多余餘来來 \u3000]|{long_unit}"
    )
    return re.compile(
        rf"[{_DIGIT}{HAN}]"
        rf"(?:(?={next_to_han})(?={any_behind})(?<![{_DIGIT}]){_OPENS}(?={behind_han}){_LEADS}"
        rf"|(?<=[{_DIGIT}])(?<![{_DIGIT}].)"
        rf"(?:(?<=[０-９])|[0-9]*+(?:[０-９．·・]|(?:\.[{_DIGIT}]++)?+(?={next_to_digits})(?={behind_digits}))))"
    )


def _writes(style: str, back: int, text: str, place: int) -> bool:
    """Whether a Chinese numeral `back` characters in front of `place` is written anew."""
    lead = place - back
    if lead < 0 or changing(style).match(text, lead) is None:
        return False
    from zhclean.numbers import styles

    return styles.writes(text, style, lead)


@cache
def _spaced() -> Callable[[str, int], object]:
    """Whether a range of digits and a Chinese numeral goes on here: 1 - 三年."""
    far = rf"[{_CONNECTOR} \u3000{_CURRENCIES}]{{1,5}}[{HAN}]"
    near = "|".join(rf"(?<=[{_DIGIT}]{spaces})" for spaces in ("", _SPACE, 2 * _SPACE))
    return re.compile(f"(?:{near}){far}").match


#: What a denominator ends in that may change: 百分之, but not 三分之.
_DENOMINATOR_ENDS: Final = "".join(sorted(set(HAN).difference("二三四五六七八九十")))


@cache
def gate(style: str) -> tuple[Trigger, ...]:
    """What has to stand in a text for `changing` to find something that is written anew."""
    wide = (
        Trigger("０-９"),
        Trigger("．·・", "0-9"),
        Trigger("．", f"{_CONNECTOR[1:]} \u3000{_CURRENCIES}", _DIGIT),
        Trigger(",，", _DIGIT, _DIGIT),
        Trigger("％", f"{_DIGIT}{HAN}成"),
        Trigger("－", "", _DIGIT),
    )
    if style == "keep":
        return wide
    first, second, whole = PRECISE
    # Numerals of one character, or the last character of longer ones.
    at, behind, behind_more = (partial(_writes, style, back) for back in range(3))
    found = (
        *wide,
        # Digits and what follows them. A range of them changes where its right side does.
        Trigger(f"{_BIG}兆千仟百佰十拾成", _DIGIT),
        Trigger(_LETTERS, _DIGIT, f"^{_NO_LETTER}"),
        Trigger("点點", _DIGIT, f"{_DECIMALS}{_DIGIT} \u3000"),
        Trigger(_BIG, "个個半"),
        Trigger("百千", "个個半", _BIG),
        Trigger("成", " \u3000"),
        Trigger("分份", f"{_DIGIT} \u3000", "之 \u3000"),
        Trigger("元圆圓", f"{_DIGIT}{HAN}", f"{HAN}{_DIGIT}"),
        # Chinese numerals: by the first character, or by what stands behind the last one.
        Trigger(HAN, f"^第{HAN}", f"{HAN}{_DIGIT}{whole}成", at),
        Trigger("分份", _DENOMINATOR_ENDS, "之 \u3000", behind),
        Trigger(first, HAN, second, behind),
        Trigger(first, "多余餘", second, behind_more),
        Trigger(whole, "多余餘", "", behind_more),
        Trigger("点點", HAN, f"{HAN}{_DIGIT} \u3000", behind),
        Trigger("个個", HAN, "百基Bb \u3000", behind),
        Trigger("个個", "多余餘", "百基Bb \u3000", behind_more),
        Trigger("度°", HAN, "", behind),
        Trigger("度°", "多余餘", "", behind_more),
        Trigger(" \u3000", HAN, "个個成点點百分 \u3000"),
        Trigger(_CONNECTOR[1:], HAN, f"{HAN}{_DIGIT}", behind),
        Trigger(_CONNECTOR[1:], _DIGIT, HAN),
        Trigger(
            _CONNECTOR[1:],
            f"{_DIGIT} \u3000",
            f"{_CONNECTOR[1:]} \u3000{_CURRENCIES}{HAN}",
            _spaced(),
        ),
    )
    if style != "gbt15835":
        return found
    return (*found, Trigger("－–~〜—─-", f"{_DIGIT}{HAN} \u3000"))
