"""The generator against the fragments that real pages show, and against itself."""

from __future__ import annotations

import random

import pytest

from benchmarks.damage import annotated, corpus
from benchmarks.damage.simplified import to_traditional

LADDER = dict(annotated.ladder())


def site(characters: str, marks: str = annotated.MARKS) -> annotated.Settings:
    return annotated.Settings(tuple((c, LADDER[c]) for c in characters), marks)


@pytest.mark.parametrize(
    ("clean", "characters", "damaged"),
    [
        ("环保科技产学", "環產", "環(huán)??萍籍a(chǎn)學"),
        ("考绩为优秀", "優績", "考績(jī)?yōu)閮?yōu)秀"),
        ("要素。科创走廊", "創", "要素??苿?chuàng)走廊"),
        ("室。科思技术(x)研究院", "術", "室??扑技夹g(shù)(x)研究院"),
        ("x日报发表", "報發請", "x日?qǐng)?bào)發(fā)表"),
        ("担当的高素质专业化", "數當擔質業", "擔(dān)當(dāng)?shù)母咚刭|(zhì)專業(yè)化"),
        ("企业百强”", "強業構購", "企業(yè)百?gòu)?qiáng)”"),
        ("解决方案78份。现场赛", "現場", "解決方案78份?,F(xiàn)場(chǎng)賽"),
        ("学习资料xx期xx篇", "學習蟲", "學(xué)習(xí)資料x(chóng)x期xx篇"),
    ],
)
def test_fragments_of_real_pages(clean: str, characters: str, damaged: str) -> None:
    assert annotated.damage(clean, site(characters)).text == damaged


def test_the_marks_can_be_switched_off() -> None:
    assert annotated.damage("要素。科创走廊", site("創", marks="")).text == (
        "要素。科創(chuàng)走廊"
    )
    page = annotated.damage("要素。科创走廊", site("創", marks="，；"))
    assert page.text == "要素。科創(chuàng)走廊"
    assert not page.losses


def test_losses_are_places_of_the_truth() -> None:
    page = annotated.damage("考绩为优秀，要素。科创走廊", site("創優績"))
    assert page.truth == "考绩为优秀,要素。科创走廊"
    assert [(page.truth[loss.start : loss.end], loss.kind) for loss in page.losses] == [
        ("。", "lead")
    ]


def test_unfolded_pages_keep_their_marks() -> None:
    settings = annotated.Settings((("創", "chuàng"),), fold=False)
    page = annotated.damage("要素。科创走廊，", settings)
    assert page.text == "要素?？苿?chuàng)走廊，"
    assert page.truth == "要素。科创走廊，"


@pytest.mark.parametrize("marks", [True, False])
def test_a_page_without_annotations_or_straddles_is_only_converted(marks: bool) -> None:
    rng = random.Random(1)
    for _ in range(30):
        clean = corpus.compose(rng, rng.choice(corpus.simplified_registers()), 200, 400)
        settings = annotated.random_settings(rng, marks=marks, fold=True)
        plain = annotated.Settings((), "", fold=True)
        assert annotated.damage(clean, plain).text == to_traditional(clean).translate(
            annotated.FOLDED
        )
        page = annotated.damage(clean, settings)
        assert len(page.truth) == len(clean)
        if not any(loss.kind == "lead" for loss in page.losses):
            assert not marks or len(page.text) >= len(clean)


def test_the_same_seed_makes_the_same_page() -> None:
    def pages() -> list[annotated.Annotated]:
        rng = random.Random(20)
        clean = corpus.compose(rng, "government")
        return [annotated.damage(clean, annotated.random_settings(rng, marks=True, fold=True))]

    assert pages() == pages()


def test_one_character_for_one() -> None:
    assert to_traditional("准台复为陕着后里系制范么干于布志松余云") == (
        "準臺復為陝著后里系制范么干于布志松余云"
    )
