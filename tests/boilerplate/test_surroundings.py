"""What stands around a body among other furniture, and what of it may be the body's own."""

from __future__ import annotations

import pytest

from zhclean.boilerplate.cleaner import Boilerplate

HEAD = "发布时间:2019-03-05 浏览次数:35"
BODY = "渡口的石阶一共九十三级,枯水的时候还要再下二十级,挑担的人都在第四十级歇一口气。"
FOOT = "上一篇:没有了\n下一篇:没有了"


def clean(*lines: str) -> list[str]:
    text = "\n".join(lines)
    return Boilerplate().propose(text).patch.apply(text).split("\n")


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([FOOT, "相关阅读:", "渡轮改了班次", "渡工的一天会员专享"], id="links"),
        pytest.param(["责任编辑:周河", FOOT, "我们竭诚欢迎您的来电咨询。"], id="a sentence below"),
        pytest.param(
            ["责任编辑:周河", FOOT, "渡口网,渡口人自己的网。", "版权所有 渡口网 蜀ICP备12345678号"],
            id="a slogan with the name of the site",
        ),
    ],
)
def test_a_sentence_hides_no_furniture(lines: list[str]) -> None:
    assert clean(HEAD, BODY, *lines) == [BODY]


def test_a_sentence_that_is_not_the_sites_stays_below_furniture() -> None:
    assert clean(HEAD, BODY, FOOT, "天黑以后,渡船才靠岸。") == [BODY, "天黑以后,渡船才靠岸。"]


def test_bars_stamps_and_names_of_posts() -> None:
    posts = ["渡口阿青", "2楼 2018-6-3 21:40", "石阶滑,雨天要穿草鞋。", "赞 3 回复 举报"]
    more = ["撑船的老何", "3楼 2018-6-3 22:05", "同意楼上", "赞 1 回复 举报"]
    found = clean("石阶有多少级", HEAD, BODY, "赞 12 回复 举报", *posts, *more)
    assert found == ["石阶有多少级", BODY, "石阶滑,雨天要穿草鞋。", "同意楼上"]


def test_two_buttons_are_a_bar_that_parts_posts() -> None:
    posts = ["回复 举报", "石阶滑,雨天要穿草鞋。", "回复 举报", "同意楼上。"]
    assert clean("石阶有多少级", HEAD, BODY, *posts) == ["石阶有多少级", BODY, *posts[1::2]]


def test_a_path_goes_beside_furniture_or_at_the_top_alone() -> None:
    path = ["各班渡船的船名", "渡口渔业 > 渡船名册 > 老渡船", "各船的船工名单"]
    assert clean(HEAD, BODY, *path, "责任编辑:周河", FOOT) == [BODY, *path]
    above = clean(*path, BODY, HEAD, FOOT, "责任编辑:周河")
    assert above == [path[0], path[2], BODY]


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param(["分享到:", "渡口船厂工会", "二〇二一年四月十二日"], id="a signature"),
        pytest.param(["关闭窗口", "渡口镇人民政府", "2021年4月12日"], id="a signature at the end"),
        pytest.param(["(采访:周小满 整理:何志远)"], id="who wrote it"),
        pytest.param(["返回首页的方法"], id="a heading like a button"),
        pytest.param(["擅长:打绳结、补帆、看水势"], id="what somebody is good at"),
        pytest.param(["点击:用竹篙敲船帮", "阅读:看水势", "人气:渡口的客流"], id="a glossary"),
        pytest.param(["沙发", "地板", "板凳"], id="furniture of a house"),
        pytest.param(["船主说,本站对丢失的行李不承担任何责任。"], id="reported speech"),
        pytest.param(["推荐阅读", "结束语", "天黑以后,渡船才靠岸。"], id="the last heading"),
    ],
)
def test_bodies_stay_beside_furniture(kept: list[str]) -> None:
    found = clean(HEAD, BODY, *kept, FOOT)
    buttons = ("分享到:", "关闭窗口", "推荐阅读")
    assert found[1:] == [line for line in kept if line not in buttons]


def test_the_title_below_a_path_stays() -> None:
    assert clean("渡口动态 > 行船", "石阶修好了", HEAD, BODY, FOOT)[-2:] == ["石阶修好了", BODY]


@pytest.mark.parametrize(
    "above",
    [
        pytest.param(["渡口社区首页 >专栏 >石阶修好了"], id="at the end of a path"),
        pytest.param(["石阶修好了_渡口动态_渡口网"], id="with the name of the site"),
        pytest.param(["数字报-石阶修好了", "往期回顾 上一期 下一期"], id="below links"),
    ],
)
def test_a_title_that_is_given_twice_is_no_name_and_no_link(above: list[str]) -> None:
    found = clean(*above, "首页", "石阶修好了", "收藏 分享 举报 关注", HEAD, BODY, FOOT)
    assert "石阶修好了" in found
    assert found[-1] == BODY
    assert "首页" not in found


def test_menus_stand_between_the_title_with_its_site_and_the_title() -> None:
    head = ["石阶修好了 - 渡口网", "登录 注册", "渡船名册", "渡工风采", "石阶修好了"]
    assert clean(*head, HEAD, BODY, FOOT) == ["石阶修好了", "石阶修好了", BODY]
    # Without any furniture between them, it is the body's.
    head = ["石阶修好了 - 上篇", "渡船名册", "渡工风采", "石阶修好了"]
    assert clean(*head, HEAD, BODY, FOOT)[1:] == ["渡船名册", "渡工风采", "石阶修好了", BODY]


def test_a_sentence_on_rights_stays_in_a_body_about_them() -> None:
    body = [
        "转载要有授权,侵犯著作权的人要赔钱,渡口的小报也不例外。",
        "平台不能只写一句免责的话了事。",
    ]
    last = "如果用户发的内容侵权,平台接到通知后应当及时删除。"
    assert clean(HEAD, *body, last, FOOT) == [*body, last]
    own = "如有侵权,请联系我们删除。"
    assert clean(HEAD, *body, own, FOOT) == body


def test_a_list_of_words_is_no_list_of_links() -> None:
    words = [f"{one}{two}" for one in "春夏秋冬山水" for two in "天地人月门石"]
    page = [*words[:6], "排行榜", *words[6:]]
    assert clean(*page, "首页", "关于我们", "联系我们", "网站地图") == page
