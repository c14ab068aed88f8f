"""The report, as text and in a real browser."""

from __future__ import annotations

import html.parser
import http.server
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packs import with_template
from tests.timing import assert_linear
from zhclean import Edit, Flag, Patch, Result
from zhclean.report import report
from zhclean.rules import load_pack

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)

#: What a hostile document might hold. {url} is a server that must never be asked.
PAYLOADS = [
    "<script>alert(1)</script>", "<img src={url}/a onerror=alert(1)>", "<svg onload=alert(1)>", "</td></tr></table><script>alert(1)</script>",
    "</title><script>alert(1)</script>", "</style><script>alert(1)</script>", "</script><script>alert(1)</script>", "<!--", "--><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>", "<iframe src={url}/b></iframe>", "<iframe srcdoc='<script>alert(1)</script>'>", "<object data={url}/c>",
    "<embed src={url}/d>", "<link rel=stylesheet href={url}/e>", "<style>@import '{url}/f';</style>", "<base href={url}/>", "<meta http-equiv=refresh content='0;url={url}/g'>",
    "<form action={url}/h><input autofocus onfocus=alert(1)>", "<details open ontoggle=alert(1)>", "<video src={url}/i onerror=alert(1)>", "<audio src={url}/j>",
    "<a href=javascript:alert(1) id=x>x</a>", "<body onload=alert(1)>", "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>", "<marquee onstart=alert(1)>",
    "<input onfocus=alert(1) autofocus>", "<select onfocus=alert(1) autofocus>", "<textarea>", "</textarea><script>alert(1)</script>", "<plaintext>", "<xmp>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<template><script>alert(1)</script></template>", "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;", "\" onmouseover=alert(1) x=\"", "' onmouseover=alert(1) x='", "` onmouseover=alert(1) x=`", "javascript:alert(1)",
    "＜script＞alert(1)＜/script＞", "<scr\x00ipt>alert(1)</scr\x00ipt>", "<script\x0c>alert(1)</script>", "<img\tsrc={url}/k>", "<img\nsrc={url}/l>", "<img/src={url}/m>",
    "\u202e<script>alert(1)</script>", "\u2066\u2067\u2068\u2069", "\ufeff<script>alert(1)</script>", "{{constructor.constructor('alert(1)')()}}", "${alert(1)}",
    "<%= system('id') %>", "expression(alert(1))", "url({url}/n)", "<use href='{url}/o#x'>", "<image href={url}/p>", "<track src={url}/q>", "<source srcset={url}/r>",
    "\x1b[2J\x1b]0;title\x07", "<x contenteditable onblur=alert(1) tabindex=1 autofocus>", "<portal src={url}/s>", "\x85\u2028\u2029<script>alert(1)</script>",
]  # fmt: skip


class Cells(html.parser.HTMLParser):
    """The text of the source and text columns, and the tags around."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.columns = {"source": "", "text": ""}
        self.tags: set[str] = set()
        self._cell: str | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "td":
            kind = dict(attributes).get("class")
            self._cell = kind if kind in self.columns else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.columns[self._cell] += data


def cells(page: str) -> Cells:
    parser = Cells()
    parser.feed(page)
    return parser


def changed(source: str) -> Result:
    """A result with an edit and a flag in the middle of whatever the source is."""
    middle = len(source) // 2
    patch = Patch.of([(middle, middle, "【+】", "E101")])
    text = patch.apply(source)
    return Result(source, text, [patch], [Flag(0, len(text), "other", "R101")])


def test_the_columns_hold_both_texts() -> None:
    source = "第一行\n第二<行>\n\n第三行&\n"
    result = changed(source)
    found = cells(report([("page.txt", result)]))
    assert found.columns == {"source": result.source, "text": result.text}


def test_a_removed_block_stands_beside_nothing() -> None:
    source = "正文一\n广告\n广告\n正文二\n"
    patch = Patch.of([(4, 10, "", "B101")])
    result = Result(source, patch.apply(source), [patch])
    page = report([("a", result)])
    assert cells(page).columns == {"source": source, "text": "正文一\n正文二\n"}
    # Each removed line is a row of its own, with the rule that took it.
    rows = re.findall(r"<tr class.*?</tr>", page, re.DOTALL)
    assert [("B101" in row, row.startswith('<tr class="hit">')) for row in rows] == [
        (False, False),
        (True, True),
        (True, True),
        (False, False),
    ]


def test_rows_stand_side_by_side() -> None:
    source = "首页\n正文一\n广告\n广告\n正文二，其\n一\n完"
    patch = Patch.of([(0, 3, "", "B101"), (6, 12, "", "B102"), (18, 19, "", "E101")])
    text = patch.apply(source)
    assert text == "正文一\n正文二，其一\n完"
    page = report([("a", Result(source, text, [patch]))])
    found = re.findall(r'class="(source|text)">(.*?)</td>', page, re.DOTALL)
    plain = [re.sub("<[^>]*>", "", cell) for _, cell in found]
    assert list(zip(plain[::2], plain[1::2], strict=True)) == [
        ("首页\n", ""),
        ("正文一\n", "正文一"),
        ("广告\n", ""),
        ("广告\n", "\n"),
        ("正文二，其\n一\n", "正文二，其一\n"),
        ("完", "完"),
    ]


def test_rules_of_the_user_are_explained() -> None:
    text = with_template("本站文档").replace("Because.", "Because of <them>.")
    source = "正文\n广告\n"
    patch = Patch.of([(3, 6, "", "U101")])
    result = Result(source, patch.apply(source), [patch])
    page = report([("a", result)], packs=[load_pack(text, "mine.toml")])
    assert "mine: Because of &lt;them&gt;." in page
    assert 'title="U101 mine"' in page
    assert "Because" not in report([("a", result)])


def test_several_documents_have_contents() -> None:
    page = report([("a<b>", changed("今年")), ("b", Result("甲", "甲", encoding="gb18030"))])
    assert '<li><a href="#d1">a&lt;b&gt;</a>: 1 edit, 1 flag' in page
    assert '<li><a href="#d2">b</a>: 0 edits, 0 flags, read as gb18030' in page
    assert '<section id="d2">' in page


def test_edits_and_flags_are_explained() -> None:
    page = report([("a", changed("今年"))])
    assert (
        '<ins class="flag ins" title="R101 masked-year: other; E101 pinyin-annotation">【+】</ins>'
        in page
    )
    assert Edit(1, 1, "", "【+】", ("E101",)) in changed("今年").edits


def test_what_can_not_be_seen_is_named() -> None:
    page = report([("a", Result("甲\u200b乙", "甲\u200b乙"))])
    assert 'data-u="U+200B"' in page


def test_time_is_linear_in_one_long_line() -> None:
    def run(count: int) -> None:
        source = "字" * (4 * count)
        patch = Patch.of([(at, at + 1, "x", "E101") for at in range(0, len(source), 4)])
        report([("a", Result(source, patch.apply(source), [patch]))])

    assert_linear(run, 2_500, 8)


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine that records what it is asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as web:
        thread = threading.Thread(target=web.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{web.server_port}", asked
        web.shutdown()
        thread.join()


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_hostile_documents_are_text_in_a_browser(
    tmp_path: Path, server: tuple[str, list[str]]
) -> None:
    url, asked = server
    payloads = [payload.replace("{url}", url) for payload in PAYLOADS]
    assert len(payloads) >= 60
    documents = [(payload, changed(payload)) for payload in payloads]
    path = tmp_path / "report.html"
    path.write_text(report(documents), "utf-8")
    run = subprocess.run(
        [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=3000", "--dump-dom", path.as_uri(),
        ],
        capture_output=True,
        timeout=120,
        check=True,
    )  # fmt: skip
    dom = cells(run.stdout.decode("utf-8"))
    assert asked == []
    # The tags are those of the page itself: no payload has become an element.
    plain = report([("a", changed("a")), ("b", changed("b"))])
    assert dom.tags == cells(plain).tags | {"tbody", "thead"}
    held = "".join(payloads).replace("\x00", "\ufffd")
    assert re.sub("\r\n?", "\n", dom.columns["source"]) == held
    # The one script that is allowed has run: it shows the search box.
    assert b'aria-label="search">' in run.stdout


def test_the_command_writes_the_report(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("今年投入2500万元。\n", "utf-8")
    target = tmp_path / "report.html"
    run = subprocess.run(
        [sys.executable, "-m", "zhclean", "--report", target, page],
        capture_output=True,
        check=True,
    )
    assert run.stdout.decode() == "今年投入25000000元。\n"
    assert cells(target.read_text("utf-8")).columns["source"] == "今年投入2500万元。\n"
