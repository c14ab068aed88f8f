"""The page around the marked texts: rows of lines, summary by rule, search."""

from __future__ import annotations

import base64
import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from zhclean.edits import Patch
from zhclean.numbers import Quantity
from zhclean.package_data import read_data
from zhclean.report.layers import Mark, render, sorted_marks
from zhclean.result import Result
from zhclean.rules import Pack, Rule, catalogue

__all__ = ["report"]


def report(results: Iterable[tuple[str, Result]], *, packs: Iterable[Pack] = ()) -> str:
    """HTML for documents given as (name, result): all of it in the page, nothing to load.

    `packs` are rule packs of the user, whose rules the page explains beside those of zhclean.
    Readable without scripts; the one script, for searching, is named by its hash in the
    page's content security policy, which forbids everything else.
    """
    rules = {**catalogue(), **{rule.code: rule for pack in packs for rule in pack.rules}}
    style = read_data("zhclean.report", "report.css").decode("utf-8")
    script = read_data("zhclean.report", "report.js").decode("utf-8")
    counts: Counter[str] = Counter()
    contents, sections = [], []
    for number, (name, result) in enumerate(results, 1):
        counts.update(code for edit in result.edits for code in edit.rules)
        counts.update(flag.rule for flag in result.flags)
        facts = _facts(result)
        contents.append(f'<li><a href="#d{number}">{escape(_plain(name))}</a>: {facts}')
        sections.append(
            f'<section id="d{number}"><h2>{escape(_plain(name))}</h2><p>{facts}</p>'
            f"{_table(result, rules)}</section>"
        )
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>zhclean report</title><style>{style}</style></head><body>"
        "<h1>zhclean report</h1>"
        '<div class="bar"><label><input type="checkbox" id="only"> only lines that changed or '
        'are flagged</label> <input type="search" id="search" placeholder="search" '
        'aria-label="search" hidden> <output id="found"></output></div>'
        '<p class="key"><del class="del">removed</del> <ins class="ins">put in</ins> '
        '<mark class="flag">flagged</mark> <span class="qty">quantity</span> '
        '<span class="c" data-u="U+200B"></span> a character that can\'t be seen</p>'
        f"{_summary(counts, rules)}{_contents(contents)}{''.join(sections)}<script>{script}</script></body></html>\n"
    )


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _contents(rows: Sequence[str]) -> str:
    if len(rows) < 2:
        return ""
    return f"<details><summary>{len(rows)} documents</summary><ol>{''.join(rows)}</ol></details>"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _facts(result: Result) -> str:
    facts = f"{_counted(len(result.edits), 'edit')}, {_counted(len(result.flags), 'flag')}"
    return f"{facts}, read as {escape(result.encoding)}" if result.encoding else facts


def _summary(counts: Counter[str], rules: Mapping[str, Rule]) -> str:
    if not counts:
        return "<p>Nothing was changed or flagged.</p>"
    rows = []
    for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        rule = rules.get(code)  # none of a cleaner that has no pack
        why = f"{rule.name}: {rule.why}" if rule else ""
        rows.append(
            f'<tr id="{escape(code)}"><th>{escape(code)}<td class="n">{count}<td>{escape(why)}'
        )
    head = f"{_counted(len(counts), 'rule')}, used {_counted(counts.total(), 'time')}"
    return (
        f'<details><summary>{head}</summary><table class="rules">{"".join(rows)}</table></details>'
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """Lines of the source beside the lines that they became; `:end` includes the line break."""

    source_start: int
    source_end: int
    text_start: int
    text_end: int


def _rows(result: Result) -> Iterator[_Row]:
    """Rows that end at line breaks which no edit touched, and at those inside removed blocks.

    A block that was removed out of the middle of a line ends no row: its line is one line now.
    """
    source, text = result.source, result.text
    row_source = row_text = 0  # where the open row began
    cursor, shift = 0, 0
    spans = [(edit.start, edit.end, edit.after) for edit in result.edits]
    for start, end, after in [*spans, (len(source), len(source), "")]:
        while (at := source.find("\n", cursor, start)) >= 0:
            cursor = at + 1
            yield _Row(row_source, cursor, row_text, cursor + shift)
            row_source, row_text = cursor, cursor + shift
        place = start + shift
        between_lines = text[place - 1 : place] in ("", "\n") or text[place : place + 1] in (
            "",
            "\n",
        )
        cursor = start
        while not after and between_lines and (at := source.find("\n", cursor, end)) >= 0:
            cursor = at + 1
            yield _Row(row_source, cursor, row_text, place)
            row_source, row_text = cursor, place
        cursor = end
        shift += len(after) - (end - start)
    if row_source < len(source) or row_text < len(source) + shift:
        yield _Row(row_source, len(source), row_text, len(source) + shift)


class _Layer:
    """The marks of one text, looked up by range."""

    def __init__(self, text: str, marks: Iterable[Mark]) -> None:
        self._text = text
        self._marks = sorted_marks(marks)
        self._starts = [mark.start for mark in self._marks]
        # The furthest end among a mark and all before it: where looking back may stop.
        self._reach: list[int] = []
        furthest = 0
        for mark in self._marks:
            furthest = max(furthest, mark.end)
            self._reach.append(furthest)

    def within(self, start: int, end: int) -> list[Mark]:
        near = self._marks[bisect_right(self._reach, start) : bisect_left(self._starts, end)]
        return [mark for mark in near if mark.end > start]

    def html(self, start: int, end: int) -> str:
        return render(self._text, start, end, self.within(start, end))


def _table(result: Result, rules: Mapping[str, Rule]) -> str:
    """The lines of the source beside what became of them."""

    def told(code: str) -> str:
        return f"{code} {rules[code].name}" if code in rules else code

    edits = result.edits
    titles = ["; ".join(map(told, edit.rules)) for edit in edits]
    spans = Patch.from_edits(edits).map_own_spans()
    old = _Layer(
        result.source,
        (
            Mark(edit.start, edit.end, "del", title, edit.rules)
            for edit, title in zip(edits, titles, strict=True)
        ),
    )
    new = _Layer(
        result.text,
        [
            *(
                Mark(start, end, "ins", title, edit.rules)
                for edit, title, (start, end) in zip(edits, titles, spans, strict=True)
            ),
            *(
                Mark(flag.start, flag.end, "flag", f"{told(flag.rule)}: {flag.kind}", (flag.rule,))
                for flag in result.flags
            ),
            *(
                Mark(one.start, one.end, "qty", f"{one.kind} {_value(one)}".strip())
                for one in result.quantities
            ),
        ],
    )
    body = "".join(_row_html(row, old, new, told) for row in _rows(result))
    return (
        '<table class="page" lang="zh"><thead><tr lang="en"><th>source<th>cleaned<th>rules</thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _value(quantity: Quantity) -> str:
    unit = quantity.unit or ""
    if quantity.value is not None:
        return f"{quantity.value:f} {unit}"
    low, high = ("" if bound is None else f"{bound:f}" for bound in (quantity.low, quantity.high))
    return f"{low}–{high} {unit}"


def _row_html(row: _Row, old: _Layer, new: _Layer, told: Callable[[str], str]) -> str:
    marks = (
        *old.within(row.source_start, row.source_end),
        *new.within(row.text_start, row.text_end),
    )
    codes = dict.fromkeys(code for mark in marks for code in mark.codes)
    links = " ".join(
        f'<a href="#{escape(code)}" title="{escape(told(code))}">{escape(code)}</a>'
        for code in codes
    )
    return (
        f'<tr class="{"hit" if codes else "same"}">'
        f'<td class="source">{old.html(row.source_start, row.source_end)}</td>'
        f'<td class="text">{new.html(row.text_start, row.text_end)}</td>'
        f'<td class="codes">{links}</td></tr>'
    )


def _plain(name: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in name)
