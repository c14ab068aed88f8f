"""The page around the marked texts: rows of lines, summary by rule, search."""

from __future__ import annotations

import base64
import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from zhclean.edits import Edit, Patch
from zhclean.report.layers import Mark, render, sorted_marks
from zhclean.result import Result
from zhclean.rules import catalogue

__all__ = ["report"]


def report(results: Iterable[tuple[str, Result]]) -> str:
    """HTML for documents given as (name, result): all of it in the page, nothing to load.

    Readable without scripts; the one script, for searching, is named by its hash in the
    page's content security policy, which forbids everything else.
    """
    assets = files("zhclean.report")
    style = (assets / "report.css").read_text("utf-8")
    script = (assets / "report.js").read_text("utf-8")
    counts: Counter[str] = Counter()
    sections = []
    for number, (name, result) in enumerate(results, 1):
        counts.update(code for edit in result.edits for code in edit.rules)
        counts.update(flag.rule for flag in result.flags)
        sections.append(_section(number, name, result))
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        '<!doctype html><html lang="zh"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>zhclean report</title><style>{style}</style></head><body>"
        "<h1>zhclean report</h1>"
        '<div class="bar"><label><input type="checkbox" id="only"> only lines that changed or '
        'are flagged</label> <input type="search" id="search" placeholder="search" hidden></div>'
        '<p class="key"><span class="del">removed</span> <span class="ins">put in</span> '
        '<span class="flag">flagged</span> <span class="qty">quantity</span> '
        '<span class="c" data-u="U+200B"></span> a character that can\'t be seen</p>'
        f"{_summary(counts)}{''.join(sections)}<script>{script}</script></body></html>\n"
    )


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _summary(counts: Counter[str]) -> str:
    if not counts:
        return "<p>Nothing was changed or flagged.</p>"
    rows = []
    for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        rule = catalogue().get(code)  # a user's own rule is not in it
        why = f"{rule.name}: {rule.why}" if rule else ""
        rows.append(
            f'<tr id="{escape(code)}"><th>{escape(code)}<td class="n">{count}<td>{escape(why)}'
        )
    head = f"{len(counts)} rules, {counts.total()} edits and flags"
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


def _rows(source: str, edits: Sequence[Edit]) -> Iterator[_Row]:
    """Rows that end at line breaks which no edit touched."""
    row_source = row_text = 0  # where the open row began
    cursor, shift = 0, 0
    ends = [(edit.start, edit.end, len(edit.after)) for edit in edits]
    for start, end, length in [*ends, (len(source), len(source), 0)]:
        while (at := source.find("\n", cursor, start)) >= 0:
            cursor = at + 1
            yield _Row(row_source, cursor, row_text, cursor + shift)
            row_source, row_text = cursor, cursor + shift
        cursor = end
        shift += length - (end - start)
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
        return self._marks[bisect_right(self._reach, start) : bisect_left(self._starts, end)]

    def html(self, start: int, end: int) -> str:
        return render(self._text, start, end, self.within(start, end))


def _section(number: int, name: str, result: Result) -> str:
    edits = result.edits
    spans = Patch.from_edits(edits).map_own_spans()
    old = _Layer(
        result.source,
        (Mark(edit.start, edit.end, "del", _title(edit.rules)) for edit in edits),
    )
    new = _Layer(
        result.text,
        [
            *(
                Mark(start, end, "ins", _title(edit.rules))
                for edit, (start, end) in zip(edits, spans, strict=True)
            ),
            *(Mark(f.start, f.end, "flag", f"{f.rule} {f.kind}") for f in result.flags),
            *(
                Mark(q.start, q.end, "qty", f"{q.kind} {_value(q)}".strip())
                for q in result.quantities
            ),
        ],
    )
    codes = _codes_by_position(result)
    body = "".join(_row_html(row, old, new, codes) for row in _rows(result.source, edits))
    facts = f"{len(edits)} edits, {len(result.flags)} flags"
    if result.encoding:
        facts += f", read as {result.encoding}"
    return (
        f'<section id="d{number}"><h2>{escape(_plain(name))}</h2><p>{escape(facts)}</p>'
        '<table class="page"><thead><tr><th>source<th>cleaned<th>rules</thead>'
        f"<tbody>{body}</tbody></table></section>"
    )


def _title(rules: Sequence[str]) -> str:
    return " ".join(rules)


def _value(quantity: object) -> str:
    value, low, high = (getattr(quantity, name) for name in ("value", "low", "high"))
    unit = getattr(quantity, "unit", None) or ""
    return f"{low}–{high} {unit}" if value is None else f"{value} {unit}"


def _codes_by_position(result: Result) -> tuple[list[int], list[str]]:
    """Rule codes of edits, sorted by their position in the source."""
    rows = [(edit.start, code) for edit in result.edits for code in edit.rules]
    return [start for start, _ in rows], [code for _, code in rows]


def _row_html(row: _Row, old: _Layer, new: _Layer, codes: tuple[list[int], list[str]]) -> str:
    starts, names = codes
    first = bisect_left(starts, row.source_start)
    last = bisect_left(starts, row.source_end)
    here = list(dict.fromkeys(names[first:last]))
    here += [
        mark.title.split()[0]
        for mark in new.within(row.text_start, row.text_end)
        if mark.kind == "flag"
    ]
    links = " ".join(
        f'<a href="#{escape(code)}">{escape(code)}</a>' for code in dict.fromkeys(here)
    )
    return (
        f'<tr class="{"hit" if here else "same"}">'
        f'<td class="source">{old.html(row.source_start, row.source_end)}</td>'
        f'<td class="text">{new.html(row.text_start, row.text_end)}</td>'
        f'<td class="codes">{links}</td></tr>'
    )


def _plain(name: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in name)
