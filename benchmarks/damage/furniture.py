"""Furniture of download sites around a clean text, and where it stands.

The notices are our own wording of what such sites write; `{}` slots are filled at random.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

HEAD: dict[str, tuple[str, ...]] = {
    "disclaimer": (
        "温馨提示：\n1. 本文档由网友上传，版权归原作者所有，本站只提供在线阅览服务。\n"
        "2. 下载之前请先预览，确认内容符合需要再付费，下载后不支持退款。\n"
        "3. 如有侵权，请联系网站客服，我们将在{n}个工作日内删除。",
        "下载须知：\n1、所有资料均来自会员分享，仅供学习参考，请勿用于商业用途。\n"
        "2、压缩包解压密码请联系客服QQ：{qq}。\n3、若发现文档内容有误，可点击右上角举报。",
        "【声明】本文由会员 {user} 整理上传，如有侵犯您的权益请与本站客服联系删除。",
    ),
    "site_header": (
        "{site}文库 www.{domain}.com 海量范文免费下载",
        "您当前的位置：首页 > 范文大全 > 工作报告 > 正文",
        "{site}网 > 资料下载 > 办公文档",
    ),
    "upload_metadata": (
        "上传时间：{date}  上传者：{user}  浏览次数：{n}  下载积分：{n}",
        "发布时间：{date}　来源：{site}网　作者：{user}　点击：{n}次",
        "文档格式：.docx  文档页数：{n}页  文档大小：{n}KB",
    ),
}
MIDDLE: dict[str, tuple[str, ...]] = {
    "paywall": (
        "剩余{n}%内容需要付费后查看，开通会员即可阅读全文\n立即开通VIP\n已有账号？点击登录",
        "此处内容已隐藏，请登录后付费查看\n￥{n}.00 立即支付",
        "试读结束，继续阅读请购买完整版\n会员价：{n}金币",
    ),
    "ad": (
        "扫描下方二维码关注“{site}文库”公众号，回复“范文”免费领取{n}套模板",
        "需要代写报告、总结、方案请加微信：{qq}",
    ),
    "navigation": ("点击查看更多", "……点击展开全文……", "[NextPage]"),
}
TAIL: dict[str, tuple[str, ...]] = {
    "related_links": (
        "相关推荐：\n{year}年工作总结范文（精选{n}篇）\n学习心得体会{n}字\n个人述职报告模板",
        "猜你喜欢\n年度工作计划怎么写\n{year}最新演讲稿大全\n优秀教师先进事迹材料",
    ),
    "navigation": (
        "上一篇：{year}年安全生产工作总结\n下一篇：没有了",
        "分享到：微信 微博 QQ空间\n返回顶部",
        "文档评论({n})\n发表评论\n提交",
    ),
    "disclaimer": (
        "免责声明：本文来源于网络，仅供学习交流，如有侵权请告知，我们会尽快删除。",
        "版权所有 Copyright © {year} {site}网 All Rights Reserved 粤ICP备{qq}号",
    ),
    "residue": ("content_2();", "</div></p>", "&nbsp;"),
}
_SITES = ("云帆", "百汇", "文渊", "优学", "千页")


@dataclass(frozen=True, slots=True)
class Furnished:
    """A page and its body: `text` without the `spans` (start, end, kind) is `truth`."""

    text: str
    truth: str
    spans: tuple[tuple[int, int, str], ...]


def furnish(rng: random.Random, clean: str) -> Furnished:
    """`clean` with one to three notices each at the head and the tail and perhaps one inside."""
    lines = clean.split("\n")
    blocks: list[tuple[str, str | None]] = [
        (text, kind) for kind, text in _draw(rng, HEAD, rng.randint(1, 3))
    ]
    cut = rng.randint(1, len(lines) - 1) if len(lines) > 3 and rng.random() < 0.4 else len(lines)
    blocks.append(("\n".join(lines[:cut]), None))
    if cut < len(lines):
        blocks += [(text, kind) for kind, text in _draw(rng, MIDDLE, 1)]
        blocks.append(("\n".join(lines[cut:]), None))
    blocks += [(text, kind) for kind, text in _draw(rng, TAIL, rng.randint(1, 3))]
    pieces: list[str] = []
    spans: list[tuple[int, int, str]] = []
    position = 0
    for text, kind in blocks:
        if kind is not None:
            spans.append((position, position + len(text), kind))
        pieces.append(text)
        position += len(text) + 1
    return Furnished("\n".join(pieces), clean, tuple(spans))


def _draw(
    rng: random.Random, notices: dict[str, tuple[str, ...]], count: int
) -> list[tuple[str, str]]:
    kinds = rng.sample(sorted(notices), count)
    return [(kind, _fill(rng, rng.choice(notices[kind]))) for kind in kinds]


def _fill(rng: random.Random, notice: str) -> str:
    while "{" in notice:
        notice = notice.replace("{n}", str(rng.randint(2, 99)), 1)
        notice = notice.replace("{qq}", str(rng.randint(10**7, 10**9)), 1)
        notice = notice.replace("{year}", str(rng.randint(2015, 2024)), 1)
        notice = notice.replace("{user}", f"user{rng.randint(100, 99999)}", 1)
        notice = notice.replace("{site}", rng.choice(_SITES), 1)
        notice = notice.replace("{domain}", rng.choice(("yunfan", "baihui", "wenyuan")), 1)
        date = f"{rng.randint(2015, 2024)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        notice = notice.replace("{date}", date, 1)
    return notice
