"""Inputs that try to break a promise: damage, markup, numerals, masks and noise, mixed anyhow.

An input is of one or two families of damage more often than of all: what is rare then meets
itself, and few inputs need every search (Groce et al., *Swarm Testing*, 2012). Most are short.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from benchmarks.damage.annotated import damage, random_settings
from benchmarks.damage.corpus import everything, paragraphs, simplified_registers
from benchmarks.damage.furniture import furnish
from benchmarks.damage.holes import hollow
from benchmarks.damage.misreads import FAMILIES
from zhclean.rules import catalogue

__all__ = ["FRAGMENTS", "mutated", "random_bytes", "random_text", "recombined"]

#: What each family of damage looks like, whole and broken.
FRAGMENTS = {
    "annotated": (
        "總結(jié)", "會(huì)議", "環(huán)??萍籍a(chǎn)學", "(jié)", "?fā)", "績(jī)?yōu)閮?yōu)秀", "??", "?，", "?,", "份?，",
        "?6?1", "想(xiang)象", "發(fā)", "(huì )", "，，",
    ),
    "misread": (
        "锟斤拷", "烫烫烫", "屯屯屯", "\ufffd\ufffd", "ä½ å¥½", "浣犲ソ", "锛屾槸",
    ),
    "escaped": (
        "\\u4f60\\u597d", "%u4F60", "\\xe4\\xbd\\xa0",
        "&nbsp;", "&amp;nbsp;", "&#20320;", "&amp;#x4f60;", "#xff0c;", "ramp;d", "=E4=BD=A0", "=?utf-8?B?5L2g5aW9?=",
        "%E4%BD%A0%E5%A5%BD", "http://a.cn/%E4%BD%A0?x=1&y=2", "<p>", "</p>", "content_2();", "<br/>",
    ),
    "characters": (
        "⽤", "⻓", "豈", "\uf0d8", "\u200b", "\ufeff", "\u202e", "\u2066", "\u00a0", "\u00ad", "\U000e0100", "\u0307",
        "“", "”", "〞", "〝", '"', "‘", "’", "《", "》", "１２３", "ＡＢ", "\x00", "\x0b", "\u2028", "\ud800", "\udc80", "\U0001f600", "\U00020000",
    ),
    "numerals": (
        "一", "二", "两", "十", "百", "千", "万", "亿", "萬", "億", "〇", "零", "壹", "佰", "元", "万元", "亿元", "%", "％",
        "百分之", "千分之", "点", "分之", "半", "多", "余", "几", "数", "约", "近", "超", "以上", "至", "-", "～", "1,234", "0.07", "2.5万", "３．５", "w+",
    ),
    "units": (
        "第", "年", "月", "日", "号", "个", "家", "人次", "平方米", "℃", "成", "折", "倍", "个百分点", "负", "±", "整", "角", "分",
    ),
    "redacted": (
        "20xx", "xx", "XX", "x.x%", "××", "某某", "**", "____", "□□", "【姓名】", "{{金额}}", "王某", "138****1234", "增长%", "，亿元", "在市举行",
        "2023家", "202300家次", "[MASK]", "〔？〕",
    ),
    "furniture": (
        "温馨提示：", "网站客服：1234", "下载", "上一篇：", "下一篇：", "隐藏内容", "会员免费查看", "查看更多", "文档评论(0)", "版权声明", "责任编辑：", "来源：网络",
        "点击下载", "本文由用户上传", "【正文】", "人氣:1.25W", "- 1、", "首页 > 新闻 >", "相关推荐", "扫一扫", "关注公众号",
    ),
    "script": (
        "著", "陜", "後", "裡", "乾", "發", "髮", "指標", "專案", "視訊", "軟體", "程式", "著力", "顯著",
    ),
}  # fmt: skip

_STRUCTURE = (
    "\n", "\n\n", "\r\n", "\t", " ", "　", "，", "。", "；", "：", "、", ",", ".", "(", ")", "（", "）", "a", "Z", "0", "9", "20",
)  # fmt: skip

_ALL = (*(fragment for family in FRAGMENTS.values() for fragment in family), *_STRUCTURE)

_SENTENCES = [
    sentence
    for _, document in everything()
    for sentence in document.replace("\n", "。").split("。")
    if sentence
]
_LINES = [line for name in simplified_registers() for line in paragraphs(name)]
#: By rule.
_EXAMPLES = [texts for rule in catalogue().values() if (texts := [*filter(None, rule.texts)])]
_GARBLES = tuple(FAMILIES.values())
_HOLES = ("mask", "blank", "dropped", "overwrite")
_CODECS = ("utf-8", "gb18030", "big5", "cp932", "cp949", "euc_jp", "latin-1", "cp1252", "utf-16-le")
_RANGES = (
    (0, 0x7F), (0x80, 0x24F), (0x2000, 0x206F), (0x2E80, 0x33FF), (0x4E00, 0x9FFF), (0xD800, 0xFFFF), (0x10000, 0x10FFFF),
)  # fmt: skip


def random_text(random: Random) -> str:
    """One hostile or damaged text: some dozens of characters, one in thirty a page of lines."""
    kind = random.random()
    if kind < 0.1:
        ranges = random.choices(_RANGES, k=random.choice([1, 1, 2, 7]))
        return "".join(
            chr(random.randint(*random.choice(ranges))) for _ in range(random.randrange(50))
        )
    if kind < 0.2:
        text = _garbled(random)
    elif kind < 0.23:
        text = _page(random)
    elif kind < 0.28:
        text = _mixture(random, _ALL, random.randrange(1, 16))
    elif kind < 0.31:
        text = _repeated(random)
    elif kind < 0.41:
        text = recombined(random)
    else:
        families = random.choices(list(FRAGMENTS.values()), k=random.choice([1, 2]))
        fragments = [*(fragment for family in families for fragment in family), *_STRUCTURE]
        text = _mixture(random, fragments, random.choice([2, 4, 5, 6, 8, 12]))
    return mutated(text, random)


def random_bytes(random: Random) -> bytes:
    """Text in some encoding, cut and damaged, or noise."""
    if random.random() < 0.2:
        return random.randbytes(random.randrange(60))
    codec = random.choice(
        ["utf-8", "gb18030", "big5", "utf-16-le", "utf-16", "cp932", "hz", "utf-8-sig"]
    )
    data = bytearray(random_text(random).encode(codec, "ignore"))
    for _ in range(random.choice([0, 0, 1, 3])):
        if data:
            at = random.randrange(len(data))
            if random.random() < 0.5:
                del data[at]
            else:
                data[at] = random.randrange(256)
    return bytes(data[random.choice([0, 0, 1]) :])


def _mixture(random: Random, fragments: Sequence[str], count: int) -> str:
    """`count` pieces: fragments, parts of sentences, now and then a misread or anything at all."""
    pieces: list[str] = []
    for _ in range(count):
        pick = random.random()
        if pick < 0.6:
            pieces.append(random.choice(fragments))
        elif pick < 0.85:
            pieces.append(_cut(random, 40))
        elif pick < 0.95:
            pieces.append(random.choice(fragments) * random.randrange(2, 6))
        elif pick < 0.99:
            pieces.append(chr(random.randint(*random.choice(_RANGES))))
        else:
            pieces.append(_misread(_cut(random, 20), random))
    return "".join(pieces)


def _garbled(random: Random) -> str:
    """Part of a clean text, damaged in one of the ways that are known, or misread anyhow."""
    pick = random.random()
    if pick < 0.25:
        return _misread(_cut(random, 20), random)
    if pick < 0.75:
        text = _cut(random, 30)
        return random.choice(_GARBLES)(random, text) or text
    line = random.choice(_LINES)[:80]
    if pick < 0.85:
        return hollow(random, line, random.choice(_HOLES)).text
    marks, fold = random.choice([False, True]), random.choice([False, True])
    return damage(line, random_settings(random, marks=marks, fold=fold)).text


def _page(random: Random) -> str:
    """Lines of a site, some of them damaged."""
    lines = [
        random.choice(_LINES)
        if random.random() < 0.6
        else _mixture(random, FRAGMENTS["furniture"], random.randrange(1, 4))
        for _ in range(random.randrange(2, 12))
    ]
    if random.random() < 0.2:
        lines.insert(random.randrange(len(lines)), _garbled(random))
    text = "\n".join(lines)
    return furnish(random, text).text if random.random() < 0.5 else text


def _repeated(random: Random) -> str:
    """A few characters many times over: a chain in which one link may wait for another."""
    fragments = [*random.choice(list(FRAGMENTS.values())), *_STRUCTURE]
    unit = _mixture(random, fragments, random.randrange(1, 4))[: random.randrange(1, 9)]
    unit += random.choice(["", "", "，", "。", "\n"])
    return _cut(random, 9) + unit * random.randrange(2, 40) + _cut(random, 9)


def recombined(random: Random) -> str:
    """Pieces of what the rules react to and of what they leave, joined anew."""
    examples = [text for rules in random.choices(_EXAMPLES, k=2) for text in rules]
    texts = random.choices(examples, k=random.randrange(1, 4))
    most = random.choice([2, 4, 8, 30])
    pieces = [_piece(random, random.choice(texts), most) for _ in range(random.randrange(1, 12))]
    pieces = [piece if random.random() < 0.9 else random.choice(_STRUCTURE) for piece in pieces]
    if random.random() < 0.3:
        return "\n".join(random.choice((*pieces, *texts)) for _ in pieces)
    return "".join(pieces)


def _piece(random: Random, text: str, most: int) -> str:
    start = random.randrange(len(text))
    return text[start : start + random.randint(1, most)]


def _cut(random: Random, most: int) -> str:
    """Up to `most` characters of a sentence."""
    sentence = random.choice(_SENTENCES)
    start = random.randrange(len(sentence))
    return sentence[start : start + random.randrange(1, most)]


def _misread(text: str, random: Random) -> str:
    for _ in range(random.choice([1, 1, 2])):
        written, read = random.sample(_CODECS, 2)
        text = text.encode(written, "replace").decode(read, random.choice(["replace", "ignore"]))
    return text


def mutated(text: str, random: Random) -> str:
    """`text`, mostly as it is, else with a few characters left out, doubled elsewhere or turned round."""
    for _ in range(random.choice([0, 0, 0, 1, 2])):
        if not text:
            return text
        start, end = sorted((random.randrange(len(text) + 1), random.randrange(len(text) + 1)))
        end = min(end, start + 12)
        piece = text[start:end]
        at = random.randrange(len(text) + 1)
        text = random.choice(
            [
                text[:start] + text[end:],
                text[:at] + piece + text[at:],
                text[:start] + piece[::-1] + text[end:],
            ]
        )
    return text
