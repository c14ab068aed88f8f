"""Blocks of code in Markdown come out as they went in."""

from __future__ import annotations

from time import process_time

import zhclean

PROSE = "按钮放在一个盒子里，盒子又放在页面的中央，一共花了三十二元。\n\n"
CODE = """```jsx
return (
    <div>
      <br />
      &nbsp;&nbsp;
      <p>
首页 > 组件 > 按钮
上一篇：没有了
共三十二元
    </div>
```
"""


def test_a_block_of_code_stays() -> None:
    assert zhclean.clean(PROSE + CODE) == PROSE.replace("三十二", "32") + CODE


def test_what_stands_around_it_is_cleaned() -> None:
    page = (
        "首页 > 组件 > 按钮\n"
        + PROSE
        + CODE
        + "这里也有一个盒子，写的人忘了收尾。\n<br />\n上一篇：没有了\n"
    )
    cleaned = zhclean.clean(page)
    assert CODE in cleaned
    assert cleaned.replace(CODE, "") == (
        PROSE.replace("三十二", "32") + "这里也有一个盒子，写的人忘了收尾。\n"
    )


def test_a_fence_that_nobody_closes_spares_nothing() -> None:
    page = PROSE + "```\n这里也有一个盒子，写的人忘了收尾。\n<br />\n上一篇：没有了\n"
    assert "上一篇" not in zhclean.clean(page)


def test_fences_take_linear_time() -> None:
    def seconds(times: int) -> float:
        text = ("```a\n&nbsp;盒子\n" + "````\n") * times + "```\n" * 3
        start = process_time()
        zhclean.pipeline("encoding").clean(text)
        return process_time() - start

    seconds(100)
    assert seconds(20_000) < 40 * max(seconds(2_000), 0.002)
