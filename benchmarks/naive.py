"""The chain that most Chinese text goes through today, for comparison.

chardet -> ftfy.fix_text -> OpenCC t2s -> a list of regular expressions -> cn2an.transform, each
with its defaults, as tutorials show them.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import cache
from typing import Any

PATTERNS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"\([a-zA-ZāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüĀÁǍÀ]+\)",
        r"<[^>]+>", r"&nbsp;", r"&[a-z]+;", r"&#\d+;", r"https?://\S+", r"www\.\S+",
        r"[\w.+-]+@[\w-]+\.[\w.]+", r"\u200b|\ufeff|\u200e|\u200f", r"[\ue000-\uf8ff]",
        r"^温馨提示[：:].*$", r"^免责声明[：:].*$", r"^声明[：:].*$", r"^下载须知[：:].*$",
        r"^.*版权归原作者所有.*$", r"^.*如有侵权.*$", r"^.*仅供学习.*$", r"^.*版权所有.*$",
        r"^.*Copyright.*$", r"^.*All Rights Reserved.*$", r"^.*ICP备.*$", r"^上一篇[：:].*$",
        r"^下一篇[：:].*$", r"^相关推荐[：:]?.*$", r"^相关阅读[：:]?.*$", r"^猜你喜欢.*$",
        r"^热门推荐.*$", r"^分享到[：:].*$", r"^责任编辑[：:].*$", r"^来源[：:].*$",
        r"^作者[：:].*$", r"^发布时间[：:].*$", r"^上传时间[：:].*$", r"^点击[：:]?\d+.*$",
        r"^浏览次数[：:].*$", r"^.*点击查看更多.*$", r"^.*点击展开.*$", r"^.*扫描二维码.*$",
        r"^.*关注.*公众号.*$", r"^.*开通会员.*$", r"^.*立即开通.*$", r"^.*付费后.*$",
        r"^.*登录后.*查看.*$", r"^您(?:当前)?的位置[：:].*$", r"^.*首页 ?>.*$", r"^返回顶部$",
        r"^发表评论$", r"^文档评论.*$", r"锟斤拷", r"烫烫烫+", r"[ \t]+$", r"\n{3,}",
    )
)  # fmt: skip


@cache
def _tools() -> tuple[Any, Callable[[str], str], Any, Callable[..., str]]:
    import chardet
    import cn2an
    import ftfy
    import opencc

    return chardet, ftfy.fix_text, opencc.OpenCC("t2s"), cn2an.transform


def clean(data: bytes) -> str:
    """`data` through the whole chain. A line that cn2an cannot digest stays as it is."""
    chardet, fix_text, converter, transform = _tools()
    encoding = chardet.detect(data)["encoding"] or "utf-8"
    text = fix_text(data.decode(encoding, "replace"))
    text = converter.convert(text)
    for pattern in PATTERNS:
        text = pattern.sub("", text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one a numeral that cn2an does not know
        return "\n".join(_numbers(transform, line) for line in text.split("\n"))


def _numbers(transform: Callable[..., str], line: str) -> str:
    try:
        return transform(line, "cn2an")
    except (KeyError, ValueError):  # what cn2an raises on numerals it does not know
        return line
