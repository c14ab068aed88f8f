"""One pipeline shared by threads, tasks and processes gives everywhere what it gives alone."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys

import zhclean

TEXTS = [
    "今年投入2500万元，增长百分之八点五。",
    "縣政府組織召開(kāi)會(huì)議，研究農(nóng)田水利建設(shè)，要求抓緊時(shí)間。",
    "首页 > 新闻 > 正文\n麦子灌浆好，雨水匀。\n上一篇：春耕\n下一篇：没有了\n",
    "20XX年，XX县引进项目XX个，到位资金XX亿元。",
    "æ°´åº“ç®¡ç†æ‰€å…¨ä½“èŒå·¥æ˜¼å¤œå€¼å®ˆ",
    "⼯作⽇志&amp;nbsp;&#x8bf7;&#x6ce8;&#x610f;",
    "三千人が参加し、会費は五千円でした。",
    "",
]

#: In a fresh interpreter: all that is loaded late is loaded by several threads at once.
COLD = """
import asyncio, sys
from concurrent.futures import ThreadPoolExecutor
import zhclean
texts = eval(sys.stdin.buffer.read().decode("utf-8"))
sys.setswitchinterval(1e-5)
pipe = zhclean.pipeline(to="zh-Hans-CN", mask="[M]", spinning=True)
with ThreadPoolExecutor(8) as pool:
    found = list(pool.map(pipe.analyze, texts * 8))
    # What is worked out when it is asked for is asked for by two at once.
    twice = [result for result in found for _ in range(2)]
    parts = list(pool.map(lambda result: (result.edits, result.flags, result.to_json()), twice))
async def main():
    return await asyncio.gather(*(asyncio.to_thread(pipe.clean, text) for text in texts))
alone = [pipe.analyze(text) for text in texts]
assert [result.text for result in found] == [result.text for result in alone] * 8
expected = [(result.edits, result.flags, result.to_json()) for result in alone] * 8
assert parts[::2] == parts[1::2] == expected
assert asyncio.run(main()) == [result.text for result in alone]
"""


def test_threads_and_tasks_of_a_fresh_process() -> None:
    subprocess.run([sys.executable, "-c", COLD], input=repr(TEXTS).encode("utf-8"), check=True)


def test_spawned_processes() -> None:
    pipe = zhclean.pipeline(to="zh-Hans-CN", mask="[M]", spinning=True)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(pipe.clean, TEXTS) == [pipe.clean(text) for text in TEXTS]
