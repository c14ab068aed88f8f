"""Texts that are short to say and long to read: what each rule reacts to, over and over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random

from zhclean.rules import Rule, catalogue

__all__ = ["GENERAL", "Pump", "pumps_of", "rules_of"]


#: So many characters are drawn at random before they come again: more lines than are remembered
#: anywhere. If they never came again, the first notice that chance writes would stand in the
#: larger of two texts alone, and all that it wakes would count as growth.
_DRAWN = 200_000


@dataclass(frozen=True, slots=True)
class Pump:
    """`head`, then `unit` as often as it takes, then `tail`."""

    name: str
    unit: str
    head: str = ""
    tail: str = ""
    mirror: str = ""  # closes what each `unit` opens
    random: bool = False  # characters of `unit` drawn at random

    def text(self, size: int) -> str:
        """About `size` characters."""
        if self.random:
            drawn = "".join(Random(self.unit).choices(self.unit, k=min(size, _DRAWN)))
            return (drawn * (size // len(drawn) + 1))[:size]
        room = size - len(self.head) - len(self.tail)
        # An even number: what pairs does so at each size.
        count = max(1, room // (len(self.unit) + len(self.mirror)) // 2 * 2)
        return self.head + self.unit * count + self.mirror * count + self.tail


def rules_of(stage: str) -> list[Rule]:
    """The rules of a stage that have examples."""
    return [rule for rule in catalogue().values() if rule.stage == stage and any(rule.texts)]


def pumps_of(rule: Rule) -> Iterator[Pump]:
    """Worst cases made of the examples of a rule."""
    for number, text in enumerate(filter(None, rule.texts), 1):
        name = f"{rule.code} example {number}"
        random = Random(text)
        yield Pump(f"{name}, repeated", text)
        yield Pump(f"{name}, a line each", text.strip("\n") + "\n")
        yield Pump(f"{name}, in one line", text.replace("\n", ""))
        for _ in range(2):
            cut = random.randrange(1, len(text) + 1)
            yield Pump(f"{name}, prefix of {cut}", text[:cut])
        start, end = sorted(random.sample(range(len(text) + 1), 2))
        yield Pump(f"{name}, {start}:{end} repeated", text[start:end], text[:start], text[end:])
        first, second = random.choice(text), random.choice(text)
        yield Pump(f"{name}, {first!r} and {second!r} in turn", first + second)
        yield Pump(f"{name}, its characters at random", text, random=True)


_BRACKETS = "()（）[]【】《》“”‘’「」{}<>〔〕"

#: Depth, and a million of everything.
GENERAL = [
    *(
        Pump(f"{opener}{closer} nested", opener, mirror=closer)
        for opener, closer in zip(_BRACKETS[::2], _BRACKETS[1::2], strict=True)
    ),
    Pump("all brackets nested", _BRACKETS[::2], mirror=_BRACKETS[1::2][::-1]),
    Pump("all brackets opened", _BRACKETS[::2]),
    Pump("all brackets closed", _BRACKETS[1::2]),
    Pump("nested entities", "amp;", head="&", tail="#20320;"),
    Pump("entities in entities", "&#38;#38;#x26;amp;"),
    Pump("nested percent escapes", "25", head="%", tail="E4%BD%A0"),
    Pump("nested quoted-printable", "3D", head="=", tail="E4=BD=A0"),
    Pump("backslashes", "\\", tail="u4f60"),
    Pump("nested escapes", "\\u005c", tail="u4f60"),
    Pump("entities", "&#20320;"),
    Pump("escapes", "\\u4f60"),
    Pump("percent escapes", "%E4%BD%A0"),
    Pump("ampersands", "&"),
    Pump("open entities", "&#x"),
    Pump("annotations", "總結(jié)"),
    Pump("annotations nested", "結(jié", mirror=")"),
    Pump("annotations of nothing", "(jié)"),
    Pump("annotations, holes", "?，結(jié)?"),
    Pump("marks", "\u0301", head="a"),
    Pump("marks on ideographs", "好\u0301\u0302\u20dd"),
    Pump("variation selectors", "\ufe0f\U000e0100", head="好"),
    Pump("joiners", "\u200d\u200c\u200b\ufeff", head="好", tail="好"),
    Pump("directions", "\u202e\u2066\u202a", mirror="\u2069\u202c\u202c"),
    Pump("surrogates", "\udc80\ud800"),
    Pump("NUL", "\x00"),
    Pump("line feeds", "\n"),
    Pump("carriage returns", "\r"),
    Pump("ideographic blanks", "\u3000", head="好"),
    Pump("replacement characters", "\ufffd", head="好"),
    Pump("question marks", "?", head="好"),
    Pump("锟斤拷", "锟斤拷"),
    Pump("ideographs", "好"),
    Pump("ideographs at random", "".join(map(chr, range(0x4E00, 0x9FA5))), random=True),
    Pump("code points at random", "".join(map(chr, range(1, 0xD7FF))), random=True),
    Pump("digits", "1"),
    Pump("digits and commas", "1,"),
    Pump("digits and points", "1."),
    Pump("numerals", "一"),
    Pump("numerals and myriads", "一万"),
    Pump("hundred millions", "亿"),
    Pump("per cent", "百分之"),
    Pump("amounts", "2500万元"),
    Pump("amounts with ranges", "3至"),
    Pump("masks", "x"),
    Pump("blanks", "_"),
    Pump("stars", "*"),
    Pump("somebody", "某"),
    Pump("links", "http://a.cn/%E4?x=1&"),
    Pump("breadcrumbs", "首页>"),
    Pump("bars", "新闻|"),
    Pump("headings", "相关推荐\n"),
    Pump("numbered notices", "1、本站\n"),
    Pump("quotes", "“", tail="”"),
    Pump("letters", "a"),
    Pump("Latin misreads", "ä½ å¥½"),
    Pump("GBK misreads", "浣犲ソ"),
    Pump(
        "misreads at random", "".join(islice(cycle("浣犲ソ锛屾槸鐨勪竴鏉戝彛€�"), 40)), random=True
    ),
    Pump("Latin misreads at random", "äåæçèé½¥ ¤¸€œ¯¼š", random=True),
]
