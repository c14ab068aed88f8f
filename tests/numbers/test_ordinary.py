"""What is read without the grammar is what the grammar reads."""

from __future__ import annotations

from random import Random

import pytest

from tests.numbers.forms import chinese
from zhclean.numbers import bounds, lexicon, ordinary
from zhclean.numbers.characters import HAN
from zhclean.numbers.styles import rows
from zhclean.numbers.triggers import STYLES
from zhclean.numbers.units import spellings

UNITS = sorted(spelling for spelling, _ in spellings())
WORDS = sorted(lexicon.words())
BOUNDS = sorted(bounds.BEFORE)
#: What a rule looks at beside a quantity, and what none does.
MARKS = (
    *"，。、；：！？“”‘’（）()《》〈〉 　\n,.:;·．—–－-～至到和与同第某又xX×%％‰°度成折角毛元块分份之点點个多余来几数半",
    *"约近超过逾达在有了为是比的下上前后零负正±¥$年月日时秒钟刻季大会全次楼级wWkK整", *HAN,
    "零下", "负的", "气温", "摄氏", "康熙", "功率", "工资", "列车", "一次会议", "公元前", "分之", "左右", "以上", "级", "亿元", "百万",
)  # fmt: skip
PLAIN = "投资用于其中共计增长同期群众工程建设收入面积平均每各地我们道路车船山水风雨"


def numeral(random: Random) -> str:
    kind = random.randrange(8)
    if kind == 0:
        return chinese(random.randrange(10 ** random.randrange(1, 9)))
    if kind == 1:
        return f"{random.randrange(1000)}.{random.randrange(100)}{random.choice('万亿')}"
    if kind == 2:
        return str(random.randrange(10 ** random.randrange(1, 6))) + random.choice("万亿千 ")
    if kind == 3:
        return f"百分之{chinese(random.randrange(120))}"
    if kind == 4:
        return (
            f"{chinese(random.randrange(20))}点{random.choice('零五二')}{random.choice('五万亿十')}"
        )
    if kind == 5:
        return "".join(random.choices("零〇○一二五九", k=4)) + "年"
    if kind == 6:
        return "".join(random.choices("一二三五八九十十百千万亿两零", k=random.randrange(1, 5)))
    return random.choice("一三十两") + random.choice(["成", "", "余", "多"])


def neighbour(random: Random) -> str:
    kind = random.randrange(6)
    if kind < 2:
        return "".join(random.choices(PLAIN, k=random.randrange(9)))
    if kind < 4:
        return "".join(random.choices(MARKS, k=random.randrange(3)))
    if kind == 4:
        return random.choice(BOUNDS)
    word = random.choice(WORDS)
    cut = random.randrange(len(word) + 1)
    return random.choice((word[:cut], word[cut:]))


def text(random: Random) -> str:
    pieces: list[str] = []
    for _ in range(random.randrange(1, 4)):
        pieces += neighbour(random), numeral(random)
        if random.random() < 0.7:
            pieces.append(random.choice(UNITS))
        if random.random() < 0.3:
            pieces.append(random.choice(MARKS))
    return "".join((*pieces, neighbour(random)))


@pytest.mark.parametrize("style", sorted({*STYLES} - {"keep"}))  # for which the grammar reads all
def test_rows_are_those_of_the_grammar(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    samples = [text(Random(seed)) for seed in range(8_000)]
    found = [rows(sample, style) for sample in samples]
    monkeypatch.setattr(ordinary, "find", lambda text, start: None)
    for sample, rewritten in zip(samples, found, strict=True):
        assert rows(sample, style) == rewritten, sample


@pytest.mark.parametrize(
    ("sample", "rest"),
    [
        ("全年投资三千万元用于", "用于"),
        ("覆盖人口3.5亿人以上", "以上"),
        ("累计增长百分之五点二。", "。"),
        ("同比下降三成左右", "左右"),
        ("共有五十多名学生", "学生"),
        ("始建于一九八七年六月的", "的"),
        ("需要五公里跑道", "跑道"),
    ],
)
def test_ordinary(sample: str, rest: str) -> None:
    start = next(place for place in range(len(sample)) if sample[place] in HAN + "3")
    found = ordinary.find(sample, start)
    assert found is not None
    assert sample[found[1] :] == rest


@pytest.mark.parametrize(
    "sample",
    ["第三十人", "侍女三十至五十人", "三十人半", "三千克", "二三十人", "x三十人"],
)
def test_not_ordinary(sample: str) -> None:
    sample = f"共{sample}。"
    assert ordinary.find(sample, sample.index("三")) is None


@pytest.mark.parametrize("sample", ["《三十人》", "三十时", "百姓三十出头"])
def test_what_stays_is_read_too(sample: str) -> None:
    sample = f"共{sample}。"
    start = sample.index("三")
    assert ordinary.find(sample, start) == (start, start + 2, False)
