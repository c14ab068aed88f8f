"""The cleaner itself: any text, pure, linear; tokens, word spinning, summary."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timing import assert_linear
from zhclean.edits import NOTHING, Flag
from zhclean.errors import ConfigError, RuleError
from zhclean.redaction import cleaners
from zhclean.redaction.cleaner import Redaction
from zhclean.redaction.forms import KINDS
from zhclean.redaction.pattern_rules import read_rows
from zhclean.redaction.summary import summary
from zhclean.redaction.vetoes import emphasis
from zhclean.rules import load_pack

PIECES = [
    *"xX×*○□某_%年月日省市区县元家个，。、；：“”《》()（）{}【】[] \n0123456789王张李A\ud800\x00𠀀",
    "20xx", "2023", "2023家", "xx市", "增长%", "亿元", "在市举行", "公司", "____", "{{姓名}}", "被告人", "第", "**", "某某",
    "姓名：", "于年月日", "镇、镇", "、、", "138****0000", "[MASK]", "假设干", "原那么", "开展",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@settings(max_examples=600, deadline=None)
@given(st.one_of(TEXTS, st.text(max_size=60)))
def test_flags_are_sorted_disjoint_and_of_known_kinds(text: str) -> None:
    (cleaner,) = cleaners()
    proposal = cleaner.propose(text)
    assert not proposal.patch
    end = 0
    for flag in proposal.flags:
        assert end <= flag.start < flag.end <= len(text)
        assert flag.kind in KINDS
        end = flag.end


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_masking_twice_changes_nothing(text: str) -> None:
    cleaner = Redaction(mask="[MASK]", spinning=True)
    for _ in range(4):  # the pipeline runs its cleaners until they rest
        proposal = cleaner.propose(text)
        if not proposal.patch:
            break
        text = proposal.patch.apply(text)
    assert not cleaner.propose(text).patch


@pytest.mark.parametrize("token", ["[MASK]", "<X>", "***", "某", "XX"])
def test_a_token_is_not_masked_again(token: str) -> None:
    cleaner = Redaction(mask=token)
    text = "20xx年,xx市新增企业xxx家,税收增长%,联系人:王**。"
    once = cleaner.propose(text).patch.apply(text)
    assert once == (f"{token}年,{token}市新增企业{token}家,税收增长{token}%,联系人:{token}。")
    assert not cleaner.propose(once).patch


def test_a_token_of_white_space_is_refused() -> None:
    with pytest.raises(ConfigError):
        Redaction(mask=" ")


def test_cleaners_are_plain_values() -> None:
    (cleaner,) = cleaners(mask="[MASK]")
    assert pickle.loads(pickle.dumps(cleaner)) == cleaner
    assert repr(cleaner) == "Redaction(mask='[MASK]', spinning=False)"
    assert cleaner.stage == "redaction"


@pytest.mark.parametrize("text", ["被告人：王**\n住址不详。", "申请人\n王**\n2020年", "证人王**"])
def test_a_name_may_end_its_line(text: str) -> None:
    place = text.index("王")
    assert Redaction().propose(text).flags == (Flag(place, place + 3, "person", "R108"),)


@pytest.mark.parametrize("text", ["证人名单\n**\n住址不详。", "** 证人名单", "***\n证人名单"])
def test_stars_at_the_head_of_a_line_draw_a_rule_or_a_list(text: str) -> None:
    assert Redaction().propose(text) == NOTHING


def test_emphasis_is_of_words_and_not_of_pages() -> None:
    assert emphasis(f"**{'船' * 200}**") == {0: 202, 202: 0}
    assert emphasis(f"**{'船' * 201}**") == {}


def test_nothing_to_do() -> None:
    assert cleaners()[0].propose("今年以来,全县经济稳中向好。") is NOTHING
    assert cleaners()[0].propose("") is NOTHING


@pytest.mark.parametrize(
    "unit",
    ["x", "x ", "*", "**a", "某", "张某", "__", "20", "2023家", "，亿元", "【", "{{", "1*", "xx市", " ", "年", "[", "x,", "-"],
)  # fmt: skip
def test_time_is_linear(unit: str) -> None:
    (cleaner,) = cleaners()
    assert_linear(lambda length: cleaner.propose(unit * (length // len(unit))), 4_000)


def test_numbers_of_the_numbers_stage_still_betray_the_year() -> None:
    text = "20xx年,产值2023320000000元,企业2023家,服务202300家次,投资20230000元。"
    found = {text[flag.start : flag.end] for flag in cleaners()[0].propose(text).flags}
    assert found == {"20xx", "2023320000000", "2023", "202300", "20230000"}


def test_summary() -> None:
    text = "20xx年,全市有企业xx家,其中3家上市,增长12.5%。"
    flags = cleaners()[0].propose(text).flags
    result = summary(text, flags)
    assert (result.masked, result.facts, result.share) == (2, 4, 0.5)
    assert result.kinds == {"number": 1, "year": 1}
    assert result.forms == {"mask": 2}
    assert summary("没有数字。", ()).share == 0.0


def test_spinning_is_off_by_default_and_counts_its_suspects() -> None:
    text = "坚持公平原那么,制定假设干意见,加快产业开展。"
    assert cleaners()[0].propose(text) is NOTHING
    proposal = cleaners(spinning=True)[0].propose(text)
    assert proposal.patch.apply(text) == "坚持公平原则,制定若干意见,加快产业开展。"
    result = summary(text, proposal.flags)
    assert (result.spun, result.spun_share, result.masked) == (1, 2 / len(text), 0)


@pytest.mark.parametrize(
    "body",
    [
        "patterns = ['x']",
        "patterns = [{ find = '(?P<person>x' }]",
        "patterns = [{ find = '(?P<colour>x)' }]",
        "patterns = [{ find = '(?P<person>x)', behind = [] }]",
        "patterns = [{ find = '(?P<person>x)', after = 'x' }]",
        "patterns = [{ find = '(?P<person>x)' }]\nsupport = 'rumour'",
    ],
)
def test_a_malformed_pattern_rule_is_refused_with_its_line(body: str) -> None:
    pack = (
        '[pack]\nname = "own"\nstage = "redaction"\n\n[[rule]]\ncode = "R900"\nname = "own"\n'
        f'why = "because"\nsafe = true\nflag = [{{ text = "x", spans = ["x"] }}]\nleave = ["y"]\n{body}\n'
    )
    (rule,) = load_pack(pack, "own.toml").rules
    with pytest.raises(RuleError, match=r"^own\.toml:5: R900: "):
        list(read_rows(rule))
