"""What looks like a mask and is none: variables, sizes, Markdown, code, Roman numerals, 某 itself."""

from __future__ import annotations

import re
from typing import Final

from zhclean.redaction.lexicon import HAN, surnames

__all__ = [
    "after_place_name",
    "between_words",
    "defined_marks",
    "emphasis",
    "formula",
    "general_mou",
    "has_roman_numerals",
    "means_something_else",
    "operator_at",
    "roman",
]

#: Characters of the sentence around a candidate that may speak about it.
_AROUND: Final = 60

_TOKEN_BEFORE: Final = re.compile(r"[!-~]{1,40}\Z")
_TOKEN_BEHIND: Final = re.compile(r"[!-~]{1,40}")
#: Behind x: X光, X轴, XX染色体, XXX级, X等（…）; 次方 and 值 belong to a variable.
_WORD_BEHIND: Final = re.compile(
    " ?(?:染色|光(?![电谷伏华明荣彩電華榮])|射[线線]|[轴軸]|[坐座][标標]|方向|世代|[战戰]警|[档檔]案|因子|因素|理[论論]|[连連][锁鎖]|型|形|[码碼]|[级級](?![别別]|人)|等(?=[（(])|精子|卵子"
    "|次[方幂冪]|(?:和|/|、|[与與]|或|及)?X?Y|二次|值|[变變][量数數]|元素|世(?![界纪紀])|股(?=[权票市權]))"
)
_OPERATOR_BEFORE: Final = re.compile(r"[=＝+＋<>≤≥≈^/／÷√(（\[]\s?\Z|[-－—](?<![年月日至到]\S)\Z")
_OPERATOR_BEHIND: Final = re.compile(r"\s?[=＝+＋<>≤≥≈^/÷²³₀-₉)\]]|[-－]?\d")


def means_something_else(text: str, start: int, run: int, end: int) -> bool:
    """Is the run of x, ×, *, ○ or □ at `text[run:end]` (with digits from `start`) no mask at all?"""
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    chars = text[run:end]
    if _latin(before) or (_latin(behind) and not (chars[0] in "×○" and len(chars) > 1)):
        return True
    if len(set(chars) & {"x", "X"}) == 2 or (chars[0] in "xX" and _WORD_BEHIND.match(text, end)):
        return True
    if chars[0] in "×✕╳*＊" and _between_operands(text, start, run, end):
        return True
    if chars in ("*", "＊", "×", "○") and behind in ("号", "號") and before in _SIGN_OF:
        return True
    if chars in ("*", "＊") and _KEY.match(text, end):
        return True
    if chars[0] in "*＊" and (before in _SLASH or behind in _SLASH):
        return True
    if start < run and (before == "/" or (behind == "/" and text[end + 1 : end + 2].isdigit())):
        return True
    if chars[0] in "xXｘＸ" and _MODEL.fullmatch(text, start, end):
        return True
    if chars[0] in "○〇◯" and (_numeral(before) or _numeral(behind)):
        return True
    if chars[0] in "×✕╳○◯□■△▲◇◆" and end - start == 1 and before in _OPEN and behind in _CLOSE:
        return True
    if chars[0] in "□■◇◆△▲○" and len(chars) == 1 and _list_mark(text, run, end):
        return True
    if chars[0] in "*＊" and _RATING.search(text, max(0, run - 6), run):
        return True
    if chars[0] in "*＊" and _lone_on_its_line(text, run, end):
        return True
    if _STATUS_CODE.fullmatch(text, start, end) and not _COUNTED.match(text, end):
        return True
    return chars.isascii() and _inside_code(text, start, end)


#: 5xx is a class of HTTP answers unless it counts something.
_STATUS_CODE: Final = re.compile("[1-5][xX]{2}")
_COUNTED: Final = re.compile(" ?[余多餘]?[万亿萬億]?[家人名元亿万项户亩件億萬項戶畝]")
_KEY: Final = re.compile("[号號]?[键鍵]")
#: 标*号, 打×号: the sign itself and not a house number.
_SIGN_OF: Final = frozenset(["", *"标標带帶打画畫写寫用是有叫按点點入个個加注把将將“‘（("])
_RATING: Final = re.compile(
    r"(?:评分|評分|星级|星級|推荐|推薦|指数|指數|难度|難度|评级|評級|等级|等級|密码|密碼|口令)(?:为|為|爲|是)?[:：]?\Z"
)
_SLASH: Final = frozenset("/^")
#: X200, x61, 2x3: a model or a product, never a hole.
_MODEL: Final = re.compile(r"[0-9０-９]*[xXｘＸ][0-9０-９]+")
_OPEN: Final = frozenset("“\"'‘（(「")
_CLOSE: Final = frozenset("”\"'’）)」")


_LATIN: Final = re.compile("[A-Za-zＡ-Ｚａ-ｚ]")


def _latin(char: str) -> bool:
    return bool(char) and (char in "_\\$#@" or bool(_LATIN.match(char)))


def _numeral(char: str) -> bool:
    return bool(char) and char in "一二三四五六七八九零壹贰叁肆伍陆柒捌玖"


_PRODUCT: Final = re.compile("[0-9０-９][0-9０-９.．]*(?:[×✕╳*＊]{1,2}[0-9０-９][0-9０-９.．]*)+")
_OPERAND: Final = re.compile(r"\s?[0-9０-９(（]")


def _between_operands(text: str, start: int, run: int, end: int) -> bool:
    """2×3, 元×2％, 2**10: a digit behind, and no digits that were masked in the middle."""
    if _PRODUCT.fullmatch(text, start, end):
        return True
    sign = text[run:end].rstrip("0123456789０１２３４５６７８９.．")
    if len(sign) > 2:
        return False
    if text[run - 1 : run] == " " and text[end : end + 1] == " ":
        return True
    digits_before = start < run
    digits_behind = len(sign) < end - run
    if digits_before and digits_behind:
        return True
    if digits_behind:  # 王×1 is a name
        before = text[max(0, run - 2) : run]
        return before[-1:] not in surnames().any or before[0].isdigit()
    if not digits_before or len(sign) > 1:
        return False
    # 服务1*, 4*酒店 are ratings, 3×(2+1) is a product.
    return bool(_OPERAND.match(text, end)) or (sign in "*＊" and run - start < 3)


def _list_mark(text: str, run: int, end: int) -> bool:
    """A check box or a bullet: □是 □否, ○ 苹果."""
    before = text[max(0, run - 1) : run]
    behind = text[end : end + 1]
    return (not before or before in " \t\n　") or (not behind or behind in " \t\n　")


def _lone_on_its_line(text: str, run: int, end: int) -> bool:
    before, behind = text[max(0, run - 1) : run], text[end : end + 1]
    opens = not before or before in "\n\r"
    closes = not behind or behind in "\n\r"
    return (opens and closes) or (opens and (behind == " " or end - run == 1))


_CODE: Final = re.compile(
    r"://|www\.|[\\{}=<>|`~]|\.[A-Za-z]|[A-WYZa-wyz][A-Za-z]|[A-Za-z][A-WYZa-wyz]"
)


def _inside_code(text: str, start: int, end: int) -> bool:
    """Does the candidate stand in a run of ASCII that is a URL, a path, an address or code?"""
    front = None
    if start and "!" <= text[start - 1] <= "~":
        front = _TOKEN_BEFORE.search(text, max(0, start - 40), start)
    back = _TOKEN_BEHIND.match(text, end)
    if front is None and back is None:
        return False
    around = (front[0] if front else "") + " " + (back[0] if back else "")
    return bool(_CODE.search(around))


def operator_at(text: str, start: int, end: int) -> bool:
    """Does an operator of a formula stand directly beside the candidate?"""
    before = _OPERATOR_BEFORE.search(text, max(0, start - 3), start)
    return bool(before or _OPERATOR_BEHIND.match(text, end))


_WORDS: Final = re.compile(f"[{HAN}，。、；：“”‘’《》（）！？]")
#: ASCII marks of folded text, the beginning and the end of the text.
_MARKS: Final = frozenset(["", *",.;!?()"])


def between_words(text: str, start: int, end: int) -> bool:
    """Does Chinese writing stand directly at the candidate, and none of it as an operator?"""
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    if operator_at(text, start, end):
        return False
    han_before, han_behind = bool(_WORDS.match(before)), bool(_WORDS.match(behind))
    return (han_before and (han_behind or behind in _MARKS)) or (han_behind and before in _MARKS)


# It begins with one class of what each alternative begins with: see `candidates`.
_FORMULA: Final = re.compile(
    r"[xXyY方函坐未变不数座抛矩因求解÷√∑∫应多每0-9设變數拋應設](?:(?<=[xXyY])\s?[=＝+＋<>≤≥²³^]"
    r"|(?<=[yY])(?<![A-Za-z].)(?![A-Za-z])|(?<=方)程|(?<=函)[数數]|(?<=[坐座])[标標]|(?<=未)知[数數]|(?<=[变變])[量数數]"
    r"|(?<=不)等式|(?<=[数數])[轴軸]|(?<=[抛拋])物[线線]|(?<=矩)[阵陣]|(?<=因)式|(?<=求)[xX出解证值證]|(?<=解)得"
    r"|(?<=[÷√∑∫])|(?<=[应應])用[题題]|(?<=多)少[^，。\n]{0,6}[？?]|(?<=每)小[时時]行"
    r"|(?<=[0-9])(?<![0-9].)[xX](?![A-Za-z0-9年])|(?<=[xX])的(?:值|平方|[一二三]次方)"
    r"|(?<=[设設])(?<![建开增假创添架铺预開創鋪預].)(?![立置备施计在定法点備計點])[^，。\n]{0,6}?[xX])",
    re.DOTALL,
)
_EQUATION: Final = re.compile("[=＝÷≈]")


def formula(text: str, start: int, end: int) -> bool:
    """Does the sentence around a lone x or × do algebra?"""
    window = text[max(0, start - _AROUND) : end + _AROUND]
    if text[start] in "×✕╳":
        return bool(_EQUATION.search(window))
    return bool(_FORMULA.search(window))


_SIGN: Final = "[xXｘＸ×✕╳○〇◯□△▲◇◆*＊]"
# A class and not its repetition comes first: `re` passes over clean text only then.
_DEFINED: Final = re.compile(
    rf"({_SIGN}{_SIGN}{{0,5}}+)[”\"’」』]?\s?(?:表示|代表|是指|指的是|指代|意[为為爲]|(?:[请請]?(?:自行)?替[换換]|[换換]|改)[成为為爲]"
    r"|[是为為爲][^，。\n]{0,6}(?:[数數]字|字母|[变變][量數]|[编編][号號]|[占佔]位|流水[号號]|序[号號]|端口|[连連]接埠))"
)


_CHROMOSOMES: Final = re.compile("(?<![A-Za-z])XY(?![A-Za-z])")


def defined_marks(text: str) -> frozenset[str]:
    """The runs that the text itself explains: `其中XX为两位数字`, `“×”代表错误`, XX beside XY."""
    defined = {match[1] for match in _DEFINED.finditer(text)}
    if "染色体" in text or "染色體" in text or ("XY" in text and _CHROMOSOMES.search(text)):
        defined |= {"X", "XX"}
    if "罗马数字" in text or "羅馬數字" in text:
        defined |= {"X", "XX", "XXX"}
    return frozenset(defined)


_ROMAN: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:X{0,3}(?:I{2,3}|IV|VI{1,3}|IX|V)|X{1,3}I|X[LVC]X{0,3}(?:I{1,3}|IV|VI{0,3}|IX)?)(?![A-Za-z0-9])"
)
_ROMAN_BEHIND: Final = re.compile("[章世卷]|世[纪紀]|[军軍][团團]|王朝")


def has_roman_numerals(text: str) -> bool:
    """Does the text count in Roman numerals anywhere, or number what Romans number (XX世纪)?"""
    return "X" in text and bool(_ROMAN.search(text) or re.search("X[章世卷]|X[军軍][团團]", text))


def roman(text: str, start: int, end: int) -> bool:
    """May the run be a Roman numeral: one to three capital X that number something?"""
    run = text[start:end]
    if run not in ("X", "XX", "XXX"):
        return False
    return bool(_ROMAN_BEHIND.match(text, end)) or text[max(0, start - 1) : start] == "第"


_STARS: Final = re.compile("[*＊][*＊]*+")


def emphasis(text: str) -> dict[int, int]:
    """Markdown's stars: pairs of equal length around words on one line, each with its partner."""
    found: dict[int, int] = {}
    opened: dict[str, re.Match[str]] = {}
    line_end = -1
    for match in _STARS.finditer(text):
        if match.start() > line_end:
            opened.clear()
            line_end = text.find("\n", match.end())
            line_end = len(text) if line_end < 0 else line_end
        if len(match[0]) > 3:
            continue
        start = opened.pop(match[0], None)
        if (
            start is not None
            and not text[match.start() - 1].isspace()
            and match.start() - start.end() <= 200
        ):
            found[start.start()] = match.start()
            found[match.start()] = start.start()
        elif not text[match.end() : match.end() + 1].isspace():
            opened[match[0]] = match
    return found


_GENERAL: Final = re.compile(
    "爱说|愛說|总说|總說|常说|常說|总爱|總愛|別人家|誰誰|什麼|諸如|所謂|比如|例如|譬如|好像|什么|之类|诸如|所谓|别人家|谁谁|某某(?:人|的|说|某的|等等)|某某[”’」]"
)


def general_mou(text: str, start: int, end: int) -> bool:
    """Is 某某 "so-and-so" here, as in talk about anybody's children?"""
    return bool(_GENERAL.search(text, max(0, start - _AROUND // 2), end + _AROUND // 2))


_PLACE_NAME: Final = re.compile(
    rf"(?<![全城本我该各某都該])[省市区县州镇乡區縣鎮鄉](?<=[{HAN}]{{3}})\Z"
)


def after_place_name(text: str, at: int) -> bool:
    """Does the name of a larger place end at `at` (湖北省武汉市|某县)?"""
    return bool(_PLACE_NAME.search(text, max(0, at - 4), at))
