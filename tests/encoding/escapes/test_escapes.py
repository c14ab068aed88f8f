"""Escapes: what is resolved, and what is shown on purpose."""

from __future__ import annotations

import base64
import quopri
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zhclean
from tests.timing import assert_linear
from zhclean.encoding.escapes import Escapes
from zhclean.encoding.escapes.shown import Surroundings, in_url, is_shown
from zhclean.triggers import Gate

SENTENCE = "山那边的果园今年收了2000斤，“多亏雨水好”，老周说。"


def repaired(text: str) -> str:
    return Escapes().propose(text).patch.apply(text)


def per_unit(pattern: str, text: str) -> str:
    data = text.encode("utf-16-be")
    units = [int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2)]
    return "".join(chr(unit) if unit < 0x80 else pattern.format(unit) for unit in units)


ESCAPED = {
    "decimal": "".join(f"&#{ord(char)};" for char in SENTENCE),
    "hexadecimal": "".join(f"&#x{ord(char):X};" for char in SENTENCE),
    "twice": "".join(f"&amp;#x{ord(char):x};" for char in SENTENCE),
    "json": per_unit("\\u{:04x}", SENTENCE),
    "json twice": per_unit("\\\\u{:04x}", SENTENCE),
    "javascript": per_unit("%u{:04X}", SENTENCE),
    "bytes": repr(SENTENCE.encode())[2:-1],
    "percent": quote(SENTENCE),
    "percent gbk": quote(SENTENCE.encode("gbk")),
    "quoted-printable": quopri.encodestring(SENTENCE.encode()).decode(),
    "base64 word": f"=?UTF-8?B?{base64.b64encode(SENTENCE.encode()).decode()}?=",
    "gb2312 word": f"=?gb2312?B?{base64.b64encode(SENTENCE.encode('gbk')).decode()}?=",
    "q word": "=?utf-8?Q?" + "".join(f"={byte:02X}" for byte in SENTENCE.encode()) + "?=",
}


@pytest.mark.parametrize("name", ESCAPED)
def test_whole_sentence(name: str) -> None:
    assert repaired(ESCAPED[name]) == SENTENCE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\\ud83d\\ude00\\u5927\\u7b11", "😀大笑"),
        ("好吧&#12290;&nbsp;再见", "好吧。\xa0再见"),
        ("AT&amp;T公司", "AT&T公司"),
        ("甲&lt;b&gt;乙", "甲<b>乙"),
        ("&amp;amp;ldquo;好&amp;amp;rdquo;", "“好”"),
        ("好#xff0c;走nbsp;吧", "好，走\xa0吧"),
        ("投入Ramp;D经费，开设Qamp;A环节", "投入R&D经费，开设Q&A环节"),
        ("=?utf-8?B?5bGx6auY?= =?utf-8?B?5rC06ZW/?=", "山高水长"),
    ],
)
def test_pieces(text: str, expected: str) -> None:
    assert repaired(text) == expected


SHOWN = (
    '{"name": "\\u5c71\\u9ad8", "id": 3}',
    "匹配汉字用 [\\u4e00-\\u9fa5]+ 即可",
    "[\\u4e00-\\u9fa5\\u3000-\\u303f]",
    "s = '\\u5c71\\u9ad8\\u6c34\\u957f'",
    'print("\\xe5\\xb1\\xb1\\xe9\\xab\\x98")',
    "C:\\users\\u5c71\\u9ad8",
    "https://example.com/%E5%B1%B1%E9%AB%98?q=%E6%B0%B4%E9%95%BF",
    "见 /data/%E5%B1%B1%E9%AB%98.txt 与 a/b%20c",
    "example.com/s?wd=%C9%BD%B8%DF%CB%AE%B3%A4",
    "http://example.com/?a=1&amp;b=2&amp;lt;",
    "<p>甲&nbsp;乙 &#20320;</p>",
    "小于号要写成&lt;，大于号要写成&gt;",
    "| &lt; | 小于号 |",
    "空格的实体是 &nbsp;",
    "颜色 #ff0c0c; 与 #20320; 号",
    "a=E5 b=B1; x=1=2",
    "增长8%，其中35%来自B2B",
    "lamp;d stamp;A swamp; R&D",
    "if (a &lt; b) { return; }",
    "把 %u5C71%u9AD8 传给 unescape 解码",
    "\\x41\\x42\\x43 \\u0041\\u0042",
    "é 写作 \\u00e9\\u00e8",
)


@pytest.mark.parametrize("text", SHOWN)
def test_shown_on_purpose(text: str) -> None:
    assert not Escapes().propose(text)


@given(st.text('&#x;amp1lt\\u5%Ea=?B好，\n"[', max_size=60))
@settings(max_examples=500, deadline=None)
def test_settles(text: str) -> None:
    once = repaired(text)
    assert repaired(once) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("&" + "#38;" * 40 + "#20320;", "你"),
        ("&" + "#x26;amp;" * 40, "&"),
        ("&" + "amp;" * 400, "&"),
        ("甲&" + "amp;#38;" * 40 + "foo;乙", "甲&foo;乙"),
        ("甲&#38;nbsp;乙", "甲\xa0乙"),
        ("（&#38;lt;）", "（&lt;）"),
        ("甲&#38;#20320;&#38;&#38;lt;乙", "甲你&<乙"),
    ],
)
def test_entities_in_entities_in_one_go(text: str, expected: str) -> None:
    assert repaired(text) == expected


AMPERSANDS = st.lists(st.sampled_from(["amp;", "#38;", "#x26;"]), max_size=80).map("".join)


@given(AMPERSANDS, st.sampled_from([("#20320;", "你"), ("lt;", "<"), ("", ""), ("。", "&。")]))
@settings(max_examples=200, deadline=None)
def test_any_depth_of_ampersands(chain: str, inner: tuple[str, str]) -> None:
    if chain:
        entity, expected = inner
        assert repaired(f"甲&{chain}{entity}乙") == f"甲{expected or '&'}乙"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("式" + "#xff0c;" * 80, "式" + "，" * 80),
        ("式" + "#x4f60;nbsp;" * 80, "式" + "你\xa0" * 80),
        ("式#x4f60;#22909;ldquo;", "式你好“"),
        ("式#xd83d;#xde00;", "式#xd83d;#xde00;"),
        ("式#x4f60;#x597d;#x4e86;#xd83d;", "式你好了#xd83d;"),
        ("式amp;#x4f60;amp;#22909;", "式你好"),
        ("公司nbsp;amp;nbsp;个人", "公司\xa0&\xa0个人"),
        ("式#20320;", "式#20320;"),
        ("式##x4f60;", "式##x4f60;"),
        ("颜色#ff0c0c;好", "颜色#ff0c0c;好"),
    ],
)
def test_runs_without_ampersands(text: str, expected: str) -> None:
    assert repaired(text) == expected


def test_a_byte_escape_of_another_kind_is_text() -> None:
    assert repaired("\\xe5\\xb1\\xb1 7%25\\xe9\\xab\\x98") == "山 7%25高"
    assert not Escapes().propose("%E4=BD=A0=E5=B1=B1")
    assert repaired("x%41=E5=B1=B1") == "x%41山"


def test_escapes_each_escaped_once_more_than_the_one_before() -> None:
    pairs = (quote("好").replace("%", "%" + "25" * depth) for depth in range(60))
    assert zhclean.pipeline("encoding").clean("".join(pairs)) == "好" * 60


PIECES = st.sampled_from(
    [
        "&",
        "amp;",
        "#",
        "8220;",
        "#x4f60;",
        "nbsp;",
        "lt;",
        "&#20320;",
        "R",
        "D",
        "a",
        ";",
        "=",
        "E4",
        "%u4f60",
        "\\u4f60",
        "\\xe4\\xbd\\xa0",
        "%E4%BD%A0",
        "=E4=BD=A0",
        "你",
        "。",
        " ",
        "\n",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
@settings(max_examples=500, deadline=None)
def test_triggers_are_necessary(text: str) -> None:
    if not GATE.scan(text):
        assert not Escapes().propose(text)


GATE = Gate([Escapes().triggers()])


@given(
    st.text('&|/<"(=- \nsſKkiİ好://ww.编码encodJSON转义表示#;', max_size=150),
    st.integers(0, 149),
    st.sampled_from(["<", "，", "好", "他说今天会来"]),
)
@settings(max_examples=500, deadline=None)
def test_a_look_around_many_is_a_look_around_each(text: str, place: int, after: str) -> None:
    around = Surroundings(text)
    end = min(len(text), place + 5)
    assert around.is_shown(place, end, after) == is_shown(text, place, end, after)
    assert around.in_url(place) == in_url(text, place)


@pytest.mark.parametrize(
    "unit",
    [
        "&",
        "&amp;",
        "&#1;",
        "\\u",
        "\\u5c71",
        "%",
        "%E5",
        "=",
        "=E5",
        "=?",
        "#x",
        "amp;",
        "=?a?B?",
        "%u5C71 ",
        "#38;",
        "#x26;amp;",
    ],
)
def test_time_is_linear(unit: str) -> None:
    assert_linear(lambda count: Escapes().propose(f"&{unit * count}"), 1_000)
