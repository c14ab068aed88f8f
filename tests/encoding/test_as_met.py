"""Short damaged pieces as they are met: archives, subtitles, mail, dumps, tables, logs, chats."""

from __future__ import annotations

import base64
import quopri

import pytest

import zhclean


def garbled(text: str, true: str, wrong: str) -> str:
    return text.encode(true).decode(wrong, "replace")


def browser(text: str, true: str = "utf-8") -> str:
    """As windows-1252, the way browsers read it."""
    return text.encode(true).decode("latin-1").translate(
        {code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0)
         if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
    )  # fmt: skip


def word(text: str, charset: str) -> str:
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


NAME = "设备采购合同（盖章版）.pdf"
BOXES = "照片/2019年春节/全家福.jpg"
SUBTITLE = "1\n00:00:12,000 --> 00:00:15,500\n{}\n"
CUE = "你以为我会相信你吗？"
MAIL = "各位同事：\n下周一上午九点在三楼会议室开会，请准时参加。"
RECORDS = "订单号,客户名称,金额\n1001,北京华信科技有限公司,3500\n"
ROW = "INSERT INTO `post` VALUES (12,'{}',1);"
SPRING = "春天到了，公园里的花都开了"

CASES = [
    (garbled(NAME, "gbk", "cp437"), NAME),
    (garbled(NAME, "gbk", "cp850"), NAME),
    (garbled(NAME, "gbk", "cp866"), NAME),
    (garbled(NAME, "utf-8", "cp437"), NAME),
    (garbled(NAME, "utf-8", "cp850"), NAME),
    (garbled(NAME, "utf-8", "cp866"), NAME),
    (garbled(NAME, "utf-8", "koi8-r"), NAME),
    (garbled(BOXES, "gbk", "cp437"), BOXES),
    (garbled("这本旧书是我买到的", "gbk", "iso8859-15"), "这本旧书是我买到的"),
    (SUBTITLE.format(browser(CUE, "gbk")), SUBTITLE.format(CUE)),
    (SUBTITLE.format(garbled(CUE, "utf-8", "gb18030")), SUBTITLE.format(CUE)),
    ("Subject: " + word("关于召开第二季度例会的通知", "gb2312"), "Subject: 关于召开第二季度例会的通知"),
    ("From: " + word("王小明", "utf-8") + " <wxm@example.com>", "From: 王小明 <wxm@example.com>"),
    (quopri.encodestring(MAIL.encode()).decode(), MAIL),
    (ROW.format(browser(browser(SPRING))), ROW.format(SPRING)),
    (browser(RECORDS, "gbk"), RECORDS),
    (garbled("\ufeff商品编号,商品名称,库存数量\n", "utf-8", "gbk"), "商品编号,商品名称,库存数量\n"),
    ("标题：\\u4e09\\u5341\\u516d\\u5c81，作者：佚名", "标题：三十六岁，作者：佚名"),
    ("今天好开心\\ud83d\\ude00，去吃火锅\\u5427", "今天好开心😀，去吃火锅吧"),
    ("&amp;#35831;&amp;#31245;&amp;#21518;&amp;#20877;&amp;#35797;", "请稍后再试"),
    ("搜索：%B4%BA%BD%DA%B7%C5%BC%D9%B0%B2%C5%C5", "搜索：春节放假安排"),
    ("⻓江流域⻛险评估⻅附表", "长江流域风险评估见附表"),
    ("群\u200b公\u200b告\u200b：明天三点集\u200b合", "群公告：明天三点集合"),
    ("客服电话\u202d13900001111\u202c，请拨打", "客服电话13900001111，请拨打"),
    (browser("欢迎参加会议，请提前签到").replace("\xa0", " "), "欢迎参加会议，请提前签到"),
    ("".join(f"&#{byte};" for byte in "你好，欢迎光临".encode()), "你好，欢迎光临"),
    ("他说：â€œ走吧，别等了。â€\x9d大家都没有动。", "他说：“走吧，别等了。”大家都没有动。"),
    ("他说：â€œ走吧，别等了。â€大家都没有动。", "他说：“走吧，别等了。”大家都没有动。"),
    ("价格Â\xa0100元，包邮", "价格\xa0100元，包邮"),
    ("约翰Â·史密斯住在10Ã—12米的房子里", "约翰·史密斯住在10×12米的房子里"),
    ("&emsp;&emsp;第一章&ensp;总则", "\u2003\u2003第一章\u2002总则"),
    ("java.sql.SQLException: " + garbled("用户名或密码错误", "utf-8", "gbk"), "java.sql.SQLException: 用户名或密码错误"),
]  # fmt: skip


@pytest.mark.parametrize(("damaged", "clean"), CASES)
def test_repaired(damaged: str, clean: str) -> None:
    assert zhclean.pipeline("encoding").analyze(damaged).text == clean


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("標題：嚙踝蕭嚙踐嚙踝蕭", "undecodable"),
        ("标题：ï¿½ï¿½ï¿½ï¿½", "undecodable"),
        ("状态：锟斤拷锟斤拷", "undecodable"),
        ("他说：“走吧。â€大家都没有动。", "completed"),
        (garbled("老师布置了三页作业", "utf-8", "big5"), "undecodable"),
    ],
)
def test_flagged(text: str, kind: str) -> None:
    result = zhclean.pipeline("encoding").analyze(text)
    assert kind in {flag.kind for flag in result.flags}


@pytest.mark.parametrize(
    "text",
    [
        'modified:   "\\346\\226\\207\\346\\241\\243/\\350\\257\\264.md"',
        "https://www.example.com/s?wd=%E6%98%A5%E8%8A%82%E6%94%BE%E5%81%87",
        '<script>var d={"title":"\\u4e09\\u5341\\u516d\\u5c81"};</script>',
        "樂天與李先生在臺北見面",
        "好的[微笑]，👨\u200d👩\u200d👧 一家人周末去爬山",
        "╔════╗\n║ 菜单 ║\n╚════╝\n│ 1. 查询 ├─┤ 2. 退出 │",
        "Съёмка идёт; объём — 5 м³, №7, «ёлка»",
        "Œuvre, Šibenik, Žižkov, Ÿ, 25 €",
        "法语字母 Â 和 Ã 都带符号，À la carte 是照单点菜",
        "A² + B² = C²，∠A = 30°，5 × 3 ÷ 2",
        "Größe: 10 µm ± 2, ½ Ça va ñandú, ©®¬ £ ¥",
    ],
)
def test_left(text: str) -> None:
    result = zhclean.pipeline("encoding").analyze(text)
    assert (result.text, result.flags) == (text, ())
