"""Discover on a generated site: 200 pages, 12 notice templates, one page in ten a near-copy.

    python -m benchmarks.discovery [--pages 200] [--seed 1]

Prints the share of furniture characters that the proposals take, and their precision. Needs
datasketch (the extra `discover`).
"""

from __future__ import annotations

import argparse
import random

from benchmarks.damage import corpus
from zhclean.boilerplate.cleaner import Boilerplate
from zhclean.boilerplate.discovery import Document, discover, write_pack
from zhclean.boilerplate.templates import pattern_of

SURNAMES = "赵钱孙李周吴郑王冯陈"
GIVEN = ("春生", "秀兰", "建国", "小满", "志远", "文静", "家宝", "明", "丽", "海涛")
TITLES = (
    "农机保养",
    "水库巡查",
    "社区食堂",
    "校园安全",
    "果树修剪",
    "道路养护",
    "图书借阅",
    "防汛值班",
)
FORMS = ("总结", "方案", "汇报", "计划", "须知", "记录", "细则", "办法")

#: Twelve notices of a made-up site; {t} title, {u} user, {n} number, {d} date.
HEAD = (
    "金谷范文网欢迎您!今日更新{n}篇",
    "您的位置:金谷范文网>办公文秘>{t}",
    "上传会员:{u} 更新于{d} 热度{n}",
    "本篇《{t}》收录在金谷范文网的办公文秘栏目",
)
MIDDLE = ("金谷范文网 www.jingu-example.com 整理", "未完,点击下方按钮继续看第{n}页")
TAIL = (
    "编后语:关于《{t}》就说到这里,愿金谷范文网的整理对您有用。",
    "声明:金谷范文网登载此文出于传递信息之目的,文责由会员{u}自负。",
    "金谷客服每日{n}点在线,版权问题请发邮件至kefu{n}@jingu-example.com",
    "这篇文章有{n}人觉得有帮助,{n}人收藏",
    "与{t}有关的还有以下{n}篇",
    "本页由{u}于{d}审核通过",
)


def make_site(pages: int, seed: int) -> list[tuple[str, set[int]]]:
    """Pages, each with the numbers of its furniture lines."""
    rng = random.Random(seed)
    sentences = [
        sentence + "。"
        for register in corpus.simplified_registers()
        for paragraph in corpus.paragraphs(register)
        for sentence in paragraph.split("。")
        if 10 <= len(sentence) <= 80
    ]
    made: list[tuple[list[str], set[int]]] = []
    for _ in range(pages):
        values = {
            "t": rng.choice(TITLES) + rng.choice(FORMS),
            "u": rng.choice(SURNAMES) + rng.choice(GIVEN),
            "d": f"20{rng.randint(10, 23)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
        }
        if made and rng.random() < 0.1:
            lines, marked = made[rng.randrange(len(made))]
            body = [line for at, line in enumerate(lines) if at not in marked]
        else:
            body = [
                "".join(rng.sample(sentences, rng.randint(2, 4))) for _ in range(rng.randint(5, 9))
            ]
        rows = [(_fill(row, values, rng), True) for row in HEAD if rng.random() < 0.8]
        middle = rng.randrange(len(body))
        for at, paragraph in enumerate(body):
            rows.append((paragraph, False))
            if at == middle:
                rows += [(_fill(row, values, rng), True) for row in MIDDLE if rng.random() < 0.6]
        rows += [(_fill(row, values, rng), True) for row in TAIL if rng.random() < 0.8]
        made.append(([row for row, _ in rows], {at for at, row in enumerate(rows) if row[1]}))
    return [("\n".join(lines), marked) for lines, marked in made]


def _fill(row: str, values: dict[str, str], rng: random.Random) -> str:
    for name, value in values.items():
        row = row.replace("{" + name + "}", value)
    while "{n}" in row:
        row = row.replace("{n}", str(rng.randint(1, 9000)), 1)
    return row


def measure(pages: int, seed: int) -> tuple[float, float, int, float]:
    """Recall and precision by character, the number of proposals, recall of the pack in use."""
    site = make_site(pages, seed)
    documents = [Document(f"{number}.txt", "jingu", text) for number, (text, _) in enumerate(site)]
    proposals = discover(documents)
    patterns = [pattern_of(one.template) for one in proposals]
    hit = wrong = missed = 0
    for text, marked in site:
        for at, line in enumerate(text.split("\n")):
            taken = any(pattern.fullmatch(line) for pattern in patterns)
            hit += len(line) * (taken and at in marked)
            wrong += len(line) * (taken and at not in marked)
            missed += len(line) * (not taken and at in marked)
    cleaner = Boilerplate(packs=(write_pack(proposals, "jingu"),))
    gone = total = 0
    for text, marked in site:
        lines = text.split("\n")
        total += sum(len(lines[at]) for at in marked)
        body = sum(len(line) for at, line in enumerate(lines) if at not in marked)
        left = cleaner.propose(text).patch.apply(text)
        gone += sum(map(len, lines)) - len(left.replace("\n", "")) if len(left) >= body else 0
    return hit / max(1, hit + missed), hit / max(1, hit + wrong), len(proposals), gone / total


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print the proposed pack")
    options = parser.parse_args()
    recall, precision, count, in_use = measure(options.pages, options.seed)
    print("| pages | templates proposed | furniture proposed | precision | removed with the pack |")
    print("|--:|--:|--:|--:|--:|")
    print(f"| {options.pages} | {count} | {recall:.3f} | {precision:.3f} | {in_use:.3f} |")
    if options.show:
        site = make_site(options.pages, options.seed)
        found = discover(Document(str(at), "jingu", text) for at, (text, _) in enumerate(site))
        print(write_pack(found, "jingu"))


if __name__ == "__main__":
    main()
