"""The scanner and the gate find every text that a template can match."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from tests.promises.inputs import random_text
from zhclean.boilerplate.anchors import choose, options_of
from zhclean.boilerplate.cleaner import Boilerplate
from zhclean.boilerplate.finding import Finder
from zhclean.boilerplate.forms import forms_of
from zhclean.boilerplate.matching import Content, Groups
from zhclean.boilerplate.notices import load_notices
from zhclean.boilerplate.page import ORNAMENT
from zhclean.boilerplate.scanning import Anchor, Scanner
from zhclean.boilerplate.shapes import Shapes
from zhclean.boilerplate.templates import Group, Literal, Node, nodes_of, pattern_of
from zhclean.edits import NOTHING
from zhclean.triggers import Gate

SLOTS = {
    "n": ["3", "１２", "1,234", "2.5万"],
    "date": ["2019-01-02", "2019年1月2日 10:20", "刚刚", "3天前"],
    "time": ["10:20"],
    "size": ["12KB", "1.5 M"],
    "url": ["http://a.cn/x", "www.abc.com", "abc.net/q"],
    "email": ["a@b.com"],
    "phone": ["010-1234567", "(0571)88886666"],
    "file": ["总结.doc", "a.pdf"],
    "list": ["石桥的来历", "甲 乙 丙"],
    "any": ["", "的", "我们都很"],
    "rest": ["", "，谢谢", " a b"],
    "links": ["", "石桥的来历 水泵"],
}
WORDS = ["村口的石桥", "user12", "云帆", "下载"]


def example(random: Random, nodes: Sequence[Node]) -> str:
    """Text that looks like a match of a template."""
    pieces: list[str] = []
    for node in nodes:
        if isinstance(node, Literal):
            pieces += (
                random.choice(["", " ", "\u3000"])
                if character == " "
                else random.choice([character, *forms_of(character)])
                for character in node.text
            )
        elif isinstance(node, Group):
            if not node.optional or random.random() < 0.5:
                pieces.append(example(random, random.choice(node.choices)))
        else:
            pieces.append(random.choice(SLOTS.get(node.name, WORDS)))
    return "".join(pieces)


def scanner_of(**templates: tuple[str, str]) -> Scanner:
    """A scanner whose numbers are those of the templates, each with its shape."""
    options = {
        number: options_of(nodes_of(template, "test"), shape)
        for number, (template, shape) in enumerate(templates.values())
    }
    anchors: dict[Anchor, list[int]] = {}
    for number, chosen in choose(options).items():
        for anchor in chosen:
            anchors.setdefault(anchor, []).append(number)
    return Scanner(anchors)


def test_every_template_is_found_through_its_anchors() -> None:
    random = Random(1)
    notices = load_notices()
    gate = Gate([Boilerplate().triggers()])
    finder = Finder(notices)
    scanner = Scanner(notices.anchors)
    matched = set()
    for number, notice in enumerate(notices.notices):
        nodes = nodes_of(notice.template, "")
        for _ in range(12):
            text = example(random, nodes)
            whole = notice.rule.shape in ("line", "heading")
            edges, anything = ["", "\n", "\u3000\n"], ["", "\n", "。", "甲"]
            before = random.choice(edges if whole or notice.rule.shape == "start" else anything)
            after = random.choice(edges if whole or notice.rule.shape == "end" else anything)
            match = pattern_of(notice.template).match(before + text + after, len(before))
            if match is None or (whole and match.end() < len(before + text)):
                continue
            if whole and text != text.strip(ORNAMENT):
                continue  # ornaments at the ends of a line are none of its words
            matched.add(number)
            assert number in found_in(finder, scanner, before + text + after), (
                notice.template,
                text,
            )
            for line in (before + text + after).split("\n"):
                held = finder.edges.find(line)
                assert gate.scan(line) or not (held.marks or held.lead), (notice.template, text)
    assert len(matched) > 0.9 * len(notices.notices)


def found_in(finder: Finder, scanner: Scanner, text: str) -> set[int]:
    """The templates that may match, by what begins, ends and stands in the lines of a text."""
    found: set[int] = set()
    for line in text.split("\n"):
        core, content = line.strip(ORNAMENT), Content(line)
        if core:
            start = line.index(core)
            around = (
                *finder.edges.at_start(line, start),
                *finder.edges.at_end(line, start + len(core)),
            )
            for numbers in (around, *(numbers for _, numbers in scanner.scan(line))):
                group = finder.groups[numbers]
                notices = content.candidates(group, finder.notices.notices)
                found |= {*group.leads, *group.calm, *(number for number, _ in notices)}
    return found


def test_a_line_is_asked_for_the_signs_of_many_templates_at_once() -> None:
    notices = load_notices().notices
    groups = Groups(notices)
    rarest = {
        number: next((sign for sign in notice.signs if "0" not in sign), "")
        for number, notice in enumerate(notices)
        if not notice.lead
    }
    known = tuple(number for number, sign in rarest.items() if sign)[:40]
    unknown = tuple(number for number, sign in rarest.items() if not sign)
    assert all(set(rarest[number]) <= set(groups[known].signs) for number in known)
    assert not groups[known + unknown[:1]].signs or not unknown


def test_a_word_of_a_detector_counts_in_lines_without_a_full_stop() -> None:
    finder = Finder(load_notices())
    assert finder.edges.find("责任编辑 周岩").lead
    assert not finder.edges.find("请责任编辑周岩再看一遍。").lead


def test_what_is_proposed_opens_the_gate() -> None:
    cleaner = Boilerplate(level="aggressive")
    gate = Gate([cleaner.triggers()])
    for seed in range(400):
        text = random_text(Random(seed))
        if cleaner.propose(text) != NOTHING:
            assert gate.scan(text)


def test_an_anchor_is_found_in_every_form_and_at_the_edges_of_a_text() -> None:
    scanner = scanner_of(one=("版权声明", "line"), two=("3.下载", "inline"))
    text = "版權聲明\n３．下載 3.下载，版权"
    assert [numbers for _, numbers in scanner.scan(text)] == [(0,), (1,), (1,)]
    assert not any(scanner.scan("旧版的书没有下册"))


def test_a_stretch_of_a_text_is_scanned_with_what_surrounds_it() -> None:
    scanner = scanner_of(one=("下载", "inline"))
    text = "先点下载,再点下载"
    first, second = [place for place, _ in scanner.scan(text)]
    for start in range(len(text)):
        for end in range(start, len(text) + 1):
            found = [place for place, _ in scanner.scan(text, start, end)]
            assert found == [place for place in (first, second) if start <= place < end]


@pytest.mark.parametrize(
    ("template", "shape"),
    [("{n}页", "line"), ("[上一篇]{title}", "line"), ("(上一篇|{n}页)", "line")],
)
def test_one_character_alone_finds_nothing(template: str, shape: str) -> None:
    assert not options_of(nodes_of(template, "test"), shape)


def test_passing_over_leads_loses_no_anchor() -> None:
    notices = load_notices()
    for scanner in (Scanner(notices.anchors), Scanner(notices.body)):
        rows = [(number, anchor) for number, anchor in enumerate(scanner.chosen)]
        numbered = Scanner({anchor: [number] for number, anchor in rows})
        for seed in range(200):
            text = random_text(Random(seed)) + "\n" + random_text(Random(-seed))
            found = {(place, one) for place, ones in numbered.scan(text) for one in ones}
            padded = f"\n\n{text}\n"
            near = {
                (place, number)
                for place in range(len(text))
                for number, anchor in rows
                if padded[place + 2] in anchor.leads
                and holds(anchor.before, padded[place + 1])
                and holds(anchor.after, padded[place + 3])
            }
            earlier = [anchor.earlier for _, anchor in rows]
            assert found <= near
            assert {one for one in near if holds(earlier[one[1]], padded[one[0]])} <= found


def holds(characters: str | None, character: str) -> bool:
    """Whether a set of an anchor holds a character."""
    return characters is None or character in characters or (" " in characters and character < " ")


def test_lines_that_differ_in_digits_hold_the_same_unless_a_template_names_digits() -> None:
    random = Random(2)
    notices = load_notices()
    matcher = Finder(notices).edges
    shapes = Shapes(notices.figures)
    told = 0
    for notice in notices.notices:
        line = example(random, nodes_of(notice.template, ""))
        if len(line) <= 300 and (shape := shapes.shape_of(line)) != line:
            told += 1
            assert not set("123456789") & set(shape)
            alone, shaped = (matcher._find(one) for one in (line, shape))
            assert alone == shaped, line
    assert told > 100
    assert shapes.shape_of("24小时内删除") == "24小时内删除"
    assert shapes.shape_of("Copyright  2019") == "Copyright  2019"
    assert shapes.shape_of("阅读 2019 次") == "阅读 0000 次"


#: More lines of prose than are passed at an end of a page.
BODY = "\n".join(["石桥是清代修的。", "村里人天天走。"] * 3)


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("责任编辑：周岩\n石桥是清代修的。\n村里人天天走。", True),
        ("石桥是清代修的。\n村里人天天走。\n责任编辑：周岩", True),
        ("石桥是清代修的。\n责任编辑：周岩\n村里人天天走。", True),
        (f"{BODY}\n责任编辑：周岩\n{BODY}", False),
        ("石桥是清代修的。\n1. 责任编辑：周岩\n村里人天天走。", True),
        ("石桥是清代修的。\n点击查看更多\n村里人天天走。", True),
        ("他说侵权的事不归他管。\n村里人天天走。\n石桥是清代修的。", True),
        (f"{BODY}\n他说侵权的事不归他管。\n{BODY}", False),
        ("2019-03-04 10:20\n村里人天天走。", True),
        (f"{'石桥是清代修的。' * 60}\n2019-03-04 10:20\n村里人天天走。", False),
    ],
)
def test_what_stands_where_nothing_is_looked_for_opens_no_gate(text: str, opens: bool) -> None:
    assert bool(Gate([Boilerplate().triggers()]).scan(text)) is opens
