"""The language model: likelihoods that order text the way a reader would."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.timing import assert_linear
from zhclean.encoding.language import LanguageModel, load

#: GBK characters whose trail byte is 0xA3: what one lost lead byte leaves open.
CANDIDATES = [
    char
    for lead in range(0x81, 0xFE)
    for char in [bytes([lead, 0xA3]).decode("gbk", "ignore")]
    if char
]


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return load()


def test_load_is_cached() -> None:
    assert load() is load()


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("我们将继续完善服务体系。", "我們將繼绪完膳服努体系。"),
        ("各地要加强对企业的指导，", "鍚勫湴瑕佸姞寮哄浼佷笟"),
        ("同比增长12.5%。", "同比增长12长5%。"),
        ("他说：“好。”", "他说：”好。“"),
    ],
)
def test_orders_text(model: LanguageModel, likely: str, unlikely: str) -> None:
    assert model.plausible(likely) > model.plausible(unlikely)


@pytest.mark.parametrize(
    ("before", "behind", "lost"),
    [
        ("有关部门已经作出安排", "科研人员表示", "。"),
        ("深入学习和坚", "持这一方针", None),
        ("加强生态环境", "护工作", "保"),
        ("经济保持平稳较快发展", "社会大局稳定", "。"),
        ("日", "生活用品", "常"),
        ("人民生活更加幸", "安康", "福"),
    ],
)
def test_completes_a_lost_byte(
    model: LanguageModel, before: str, behind: str, lost: str | None
) -> None:
    best = max(CANDIDATES, key=lambda choice: model.score(choice + behind[:2], before))
    if lost is None:  # no candidate is right; whatever wins must not look likely
        assert model.score(best, before) < -3
    else:
        assert best == lost


def test_script_width_and_digits_do_not_matter(model: LanguageModel) -> None:
    assert model.score("國際經濟，２０年") == model.score("国际经济,35年")


def test_score_is_the_sum_of_steps(model: LanguageModel) -> None:
    text = "\n今年以来，全市新增就业3.2万人。"
    steps = [model.step(text[:place], char) for place, char in enumerate(text)]
    assert model.score(text) == pytest.approx(sum(steps))
    assert model.plausible(text) == pytest.approx(sum(steps) / len(text))
    assert model.plausible("") == 0.0


def test_unknown_characters_get_a_floor_by_kind(model: LanguageModel) -> None:
    rare, foreign, private = (model.step("", char) for char in "㐂ў\ue5e5")
    assert private < foreign < rare < model.step("", "的")


@settings(max_examples=100)
@given(st.text())
def test_any_text_has_a_finite_score(text: str) -> None:
    assert math.isfinite(load().score(text))
    assert load().score(text) <= 0


@settings(max_examples=25)
@given(st.text(alphabet="的一是了我不在人们。，\n年0a ", max_size=2))
def test_known_symbols_share_at_most_the_whole_probability(context: str) -> None:
    model = load()
    simplified = [bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    characters = b"".join(simplified).decode("gb2312", "ignore")
    total = sum(math.exp(model.step(context, char)) for char in characters)
    assert total < 1.06  # quantisation moves each ln P by at most 1/32 a part


def test_time_is_linear(model: LanguageModel) -> None:
    assert_linear(lambda count: model.score("高" * count), 20_000)


@given(st.text(max_size=3), st.text(min_size=1, max_size=8))
@example("我们", "的和會a5，")
@example("的", "\ud800一")
def test_after_is_step_with_one_context(context: str, chars: str) -> None:
    model = load()
    after = model.after(context)
    assert [after(char) for char in chars] == [model.step(context, char) for char in chars]


def test_tables_hold_what_the_model_has_met(model: LanguageModel) -> None:
    assert model.symbol("们") in model.tables("我").pairs
    assert model.symbol("们") in model.tables("，我").triples
    assert model.symbol("镕") not in model.tables("我").pairs
    assert not model.tables("").pairs
    assert not model.tables("\ud800").pairs
