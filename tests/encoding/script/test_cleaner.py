"""Stage "script": targets, gates, words by context, detection."""

from __future__ import annotations

import pickle
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhclean.encoding.script import TARGETS, ConvertScript, cleaners, detect_script
from zhclean.encoding.script.context import context_words
from zhclean.encoding.script.detection import simplified_characters
from zhclean.encoding.script.opencc_adapter import SLIPS, dictionary, groups, reference
from zhclean.encoding.script.word_rules import read_packs
from zhclean.errors import ConfigError, RuleError
from zhclean.rules import Rule, builtin_packs, load_pack
from zhclean.triggers import Gate

#: Traditional sentences of several registers, our own.
TRADITIONAL = """\
雨後的山谷裏，溪水漲了三尺，兩岸的蘆葦被沖得東倒西歪。老漁夫撐着竹筏，慢慢駛向對岸的渡口。
臺北市立圖書館於週末舉辦講座，邀請歷史學者談乾隆年間的宮廷繪畫，與會者踴躍發問。
本計畫旨在瞭解農村勞動力遷移之現況，並據以擬訂後續輔導方案，敬請各單位惠予協助。
請先關閉電源，再將記憶體插入插槽；聽見喀嗒一聲，即表示已經鎖定。
她把圍巾繫緊，望着窗外紛飛的雪花，忽然想起祖母說過的話：「冬天總會過去的。」
""".strip().split("\n")


def convert(text: str, to: str) -> str:
    (cleaner,) = cleaners(to)
    return cleaner.propose(text).patch.apply(text)


def rules() -> list[Rule]:
    return [rule for pack in builtin_packs("script") for rule in pack.rules]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_examples(rule: Rule) -> None:
    (cleaner,) = cleaners(**rule.options)
    for example in rule.change:
        patch = cleaner.propose(example.before).patch
        assert patch.apply(example.before) == example.after
        assert rule.code in {code for codes in patch.rules for code in codes}
        assert not cleaner.propose(example.after)
    for text in rule.leave:
        assert not cleaner.propose(text), text


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("zh-TW", "did you mean 'zh-Hant-TW'"),
        ("zh-CN", "did you mean 'zh-Hans-CN'"),
        ("t2s", "zh-Hans, zh-Hans-CN, zh-Hant"),
    ],
)
def test_an_unknown_target_is_refused_with_what_may_be_meant(target: str, hint: str) -> None:
    with pytest.raises(ConfigError, match=f"{target}.*{hint}"):
        cleaners(target)


def test_a_cleaner_is_a_value() -> None:
    cleaner = ConvertScript("zh-Hans")
    assert cleaner == pickle.loads(pickle.dumps(cleaner)) != ConvertScript("zh-Hant")
    assert repr(cleaner) == "ConvertScript(to='zh-Hans')"
    assert cleaner.stage == "script"


@pytest.mark.parametrize("text", TRADITIONAL)
def test_characters_only_equals_opencc(text: str) -> None:
    assert convert(text, "zh-Hans") == reference("t2s", text)


@pytest.mark.parametrize(
    ("to", "config"), [("zh-Hant", "s2t"), ("zh-Hant-TW", "s2twp"), ("zh-Hant-HK", "s2hk")]
)
@pytest.mark.parametrize("text", TRADITIONAL)
def test_to_traditional_equals_opencc(text: str, to: str, config: str) -> None:
    simplified = convert(text, "zh-Hans")
    assert convert(simplified, to) == reference(config, simplified)


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("文件保存在网络硬盘里，用户可以通过程序打开。", "zh-Hans-CN"),
        ("乾坤、狼藉、慰藉、於潜、宫商角徵羽，都是规范的写法。", "zh-Hans"),
        ("萬里長城與三公里外的皇后大道，只有一面之緣。", "zh-Hant"),
        ("使用者把檔案儲存在硬碟裡。", "zh-Hant-TW"),
        ("English only, 123.", "zh-Hans"),
        ("", "zh-Hans-CN"),
    ],
)
def test_text_already_in_the_target_is_left(text: str, to: str) -> None:
    assert convert(text, to) == text


def test_wording_of_the_mainland_in_traditional_script_is_kept() -> None:
    text = "用戶可以通過網絡把文件發給服務器，軟件會顯示項目的信息和數據。"
    assert convert(text, "zh-Hans-CN") == (
        "用户可以通过网络把文件发给服务器，软件会显示项目的信息和数据。"
    )


@pytest.mark.parametrize("key", sorted(SLIPS))
def test_slips_of_the_dictionary_are_put_right(key: str) -> None:
    assert dictionary("STPhrases.txt")[key] != SLIPS[key]
    converted = convert(f"马路{key}", "zh-Hant")
    assert converted == f"馬路{SLIPS[key]}"
    assert convert(converted, "zh-Hant") == converted


def test_no_phrase_of_traditional_script_holds_what_tells_simplified_script() -> None:
    phrases = {**dictionary("STPhrases.txt"), **SLIPS}
    simplified = simplified_characters()
    assert [value for value in phrases.values() if not simplified.isdisjoint(value)] == []
    assert len(simplified) > 2_500


def test_a_stray_simplified_character_does_not_start_the_phrases() -> None:
    text = "萬里長城綿延數千公里，游客們都説这是奇觀。"
    assert convert(text, "zh-Hant") == "萬里長城綿延數千公里，游客們都説這是奇觀。"


@settings(max_examples=60, deadline=None)
@given(data=st.data(), to=st.sampled_from(TARGETS))
def test_converting_twice_is_converting_once(data: st.DataObject, to: str) -> None:
    piece = st.one_of(
        st.sampled_from(WORDS), st.sampled_from(["，", "\n", "的", "1", "a", "\udfff"]), st.text()
    )
    text = "".join(data.draw(st.lists(piece, max_size=6)))
    once = convert(text, to)
    assert convert(once, to) == once


@settings(max_examples=100, deadline=None)
@given(data=st.data(), to=st.sampled_from(TARGETS))
def test_triggers_are_necessary(data: st.DataObject, to: str) -> None:
    piece = st.one_of(
        st.sampled_from(WORDS), st.sampled_from("里后於的着著説说説國国，\n"), st.text()
    )
    text = "".join(data.draw(st.lists(piece, max_size=4)))
    if not GATES[to].scan(text):
        assert not ConvertScript(to).propose(text)


GATES = {to: Gate([ConvertScript(to).triggers()]) for to in TARGETS}


WORDS = sorted(
    {
        word
        for config in ("tw2sp", "s2twp", "s2hk")
        for group in groups(config)
        for table in group
        for pair in table.items()
        for word in pair
    }
    | set(context_words("zh-Hans-CN"))
)


@pytest.mark.parametrize(
    ("text", "script", "region"),
    [
        ("我们把信息发给用户。", "zh-Hans", "CN"),
        ("我們把資訊發給使用者，程式很好用。", "zh-Hant", "TW"),
        ("佢哋喺九龍坐地鐵，真係好方便嘅。", "zh-Hant", "HK"),
        ("我們把信息發給用戶。", "zh-Hant", "CN"),
        ("我们說話，他们聽講。", "mixed", None),
        ("Hello, 2020.", "none", None),
        ("", "none", None),
    ],
)
def test_detection(text: str, script: str, region: str | None) -> None:
    found = detect_script(text)
    assert (found.script, found.region) == (script, region)


def test_evidence_is_counted() -> None:
    found = detect_script("這是資訊，这是資訊")
    assert (found.traditional, found.simplified, found.regions["TW"]) == (5, 1, 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[rule.words]\n"指標" = 3', "must be a string"),
        ('[[rule.cases]]\nwords = ["指標"]\nvalue = "指针"\nnear = "x"', "not in 'words'"),
        ('[rule.words]\n"指標" = "指标"\n[[rule.cases]]\nwords = ["指標"]\nvalue = "x"', "needs"),
        (
            '[rule.words]\n"指標" = "指标"\n'
            '[[rule.cases]]\nwords = ["指標"]\nvalue = "x"\nnear = "("',
            "not a pattern",
        ),
    ],
)
def test_a_malformed_rule_is_refused_with_its_place(
    text: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = (
        '[pack]\nname = "x"\nstage = "script"\n[[rule]]\ncode = "S199"\nname = "x"\nwhy = "x"\n'
        'safe = true\ntargets = ["zh-Hans"]\nchange = [{ before = "國", after = "国" }]\n'
        'leave = ["国"]\n'
    )
    pack = load_pack(head + text, "my.toml")
    monkeypatch.setattr("zhclean.encoding.script.word_rules.builtin_packs", lambda stage: (pack,))
    with pytest.raises(RuleError, match=rf"^my.toml:4: S199.*{message}"):
        read_packs()


def test_the_packs_are_read_ahead() -> None:
    written = files("zhclean.encoding.script").joinpath("words.json").read_text("utf-8")
    assert written == read_packs(), "run tools/build_script_words.py"


def test_corpus_document_reads_as_mainland_text(shared: Path) -> None:
    text = next((shared / "corpus").glob("001_*.txt")).read_text("utf-8")
    converted = convert(text, "zh-Hans-CN")
    slips = (
        "指针",
        "内核",
        "专案",
        "视讯",
        "资讯",
        "高阶",
        "丛集",
        "视窗",
        "稽核",
        "智慧手机",
        "档案",
        "陜",
        "擡",
    )
    assert [slip for slip in slips if slip in converted] == []
    wanted = (
        "重点任务指标",
        "核心技术",
        "项目研发",
        "视频会议",
        "规范化进程",
        "高端装备",
        "智能制造",
        "重要窗口",
        "产业集群",
        "审核修改",
        "创建名单",
    )
    assert [word for word in wanted if word not in converted] == []
    assert convert(converted, "zh-Hans-CN") == converted
    assert detect_script(text).region == "TW"
