"""The other generators: what they call the truth is the truth."""

from __future__ import annotations

import random
import re
from decimal import Decimal

import pytest

from benchmarks.damage import amounts, corpus, furniture, holes, misreads
from benchmarks.quality import differences

SENTENCE = "研发部门（R&D）去年买了3台“北斗”设备，花了85.5万元；今年呢？等通知！"


@pytest.mark.parametrize(
    ("family", "clean", "garbled"),
    [
        ("utf-8 > latin-1", "好", "å¥½"),
        ("utf-8 > cp1252 (browser)", "好，", "å¥½ï¼Œ"),
        ("gbk > latin-1", "你好", "ÄãºÃ"),
        ("utf-8 > gb18030", "你好", "浣犲ソ"),
        ("gbk > utf-8 > gbk (锟斤拷)", "经济", "锟斤拷锟斤拷"),
        ("big5 > latin-1", "中", "¤¤"),
        ("&#decimal;", "好a", "&#22909;a"),
        ("\\uXXXX", "𠮷", "\\ud842\\udfb7"),
        ("%uXXXX", "好", "%u597D"),
        ("quoted-printable", "好=", "=E5=A5=BD=3D"),
        ("rfc 2047", "好", "=?utf-8?B?5aW9?="),
        ("kangxi radicals", "用人", "⽤⼈"),
        ("#xhex; without &", "好，", "好#xff0c;"),
        ("amp; without &", "R&D", "Ramp;D"),
        ("four-byte gb18030 as gbk", "阿里·木", "阿里?6?1木"),
        ("percent-encoded gbk", "好", "%BA%C3"),
    ],
)
def test_a_family_garbles_as_its_name_says(family: str, clean: str, garbled: str) -> None:
    assert misreads.FAMILIES[family](random.Random(1), clean) == garbled


@pytest.mark.parametrize("family", misreads.FAMILIES)
def test_every_family_is_deterministic_and_garbles(family: str) -> None:
    garble = misreads.FAMILIES[family]
    samples = [SENTENCE, "阿里·木說：「龍門車頁」，六樂。", "长门见贝，六龙。"]
    first = [garble(random.Random(7), text) for text in samples]
    assert first == [garble(random.Random(7), text) for text in samples]
    assert any(g not in (None, s) for g, s in zip(first, samples, strict=True))


def test_a_furnished_page_without_its_furniture_is_the_clean_text() -> None:
    rng = random.Random(3)
    for _ in range(40):
        page = furniture.furnish(rng, corpus.compose(rng, "news", 200, 600))
        body = page.text
        for start, end, _kind in reversed(page.spans):
            body = body[:start] + body[end:]
        assert re.sub(r"\n+", "\n", body).strip("\n") == page.truth
        assert "{" not in page.text


@pytest.mark.parametrize("form", ["mask", "blank", "dropped", "overwrite"])
def test_holes_lie_where_the_truth_says(form: str) -> None:
    rng = random.Random(4)
    holed = 0
    for _ in range(40):
        page = holes.hollow(rng, corpus.compose(rng, "finance", 300, 600), form)
        assert len(page.spans) == len(page.forms)
        holed += len(page.spans)
        outside, cursor = [], 0
        for start, end, _kind in page.spans:
            assert (start == end) == (form == "dropped")
            outside.append(page.text[cursor:start])
            cursor = end
        outside.append(page.text[cursor:])
        pattern = ".+?".join(map(re.escape, outside))
        assert re.fullmatch(pattern, page.truth, re.DOTALL)
    assert holed > 100


@pytest.mark.parametrize(
    ("value", "numeral"),
    [
        (0, "零"), (10, "十"), (12, "十二"), (110, "一百一十"), (1005, "一千零五"),
        (10030, "一万零三十"), (100000, "十万"), (1234567, "一百二十三万四千五百六十七"),
        (200010000, "二亿零一万"), (300000005, "三亿零五"), (10**12, "一万亿"),
        (2 * 10**12 + 5 * 10**8, "二万零五亿"), (10**8 + 1, "一亿零一"),
    ],
)  # fmt: skip
def test_chinese_numerals(value: int, numeral: str) -> None:
    assert amounts.chinese(value) == numeral


def test_written_amounts() -> None:
    rng = random.Random(5)
    forms = set()
    for _ in range(2000):
        sentence = amounts.written(rng)
        forms.add(sentence.form)
        quantity = sentence.text[sentence.start : sentence.end]
        assert quantity.endswith(sentence.unit)
        numeral = quantity.removesuffix(sentence.unit)
        if sentence.form in ("plain", "thousands commas"):
            assert Decimal(numeral.replace(",", "")) == sentence.value
        if sentence.form == "亿":
            assert Decimal(numeral.removesuffix("亿")) * 10**8 == sentence.value
    assert forms == set(amounts.FORMS)


def test_the_corpus() -> None:
    assert len(corpus.registers()) >= 20
    sentences = sum(
        max(1, len(re.findall("[。！？…]+", line)))
        for name in corpus.registers()
        for line in corpus.paragraphs(name)
    )
    assert sentences >= 3000
    for register, text in corpus.everything():
        assert text == text.strip(), register
        assert not re.search("[\ue000-\uf8ff\ufffd\u200b\t]", text), register
    document = corpus.compose(random.Random(1), "government", 500, 2000)
    assert 400 <= len(document) <= 2000


def test_differences_are_places_in_both_texts() -> None:
    truth, got = "一二三\n四五六\n七", "一二三\n四伍六\n七八"
    assert [(truth[a:b], got[c:d]) for a, b, c, d in differences(truth, got)] == [
        ("五", "伍"),
        ("", "八"),
    ]
