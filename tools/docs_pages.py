"""Pages of the docs site that are made from the project itself: home page, gallery and rules."""

from __future__ import annotations

import tomllib
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

import zhclean
from zhclean.rules import catalogue

ROOT = Path(__file__).resolve().parents[1]


def on_files(files: Files, config: Any) -> Files:
    """Called by mkdocs: adds the pages that are not files."""
    files.append(File.generated(config, "index.md", content=_home()))
    files.append(File.generated(config, "gallery.md", content=_gallery()))
    files.append(File.generated(config, "rules.md", content=_rules()))
    return files


def _home() -> str:
    page = (ROOT / "README.md").read_text("utf-8").replace("](docs/", "](")
    for outside in ("README.zh-CN.md", "CONTRIBUTING.md", "NOTICE"):
        page = page.replace(f"]({outside})", "](design.md)")
    return page


def _gallery() -> str:
    """Damaged texts as this version cleans them, with the rules that did it."""
    examples = tomllib.loads((ROOT / "docs/examples/gallery.toml").read_text("utf-8"))["example"]
    lines = ["# Before and after", ""]
    for example in examples:
        result = zhclean.pipeline(to=example.get("to")).analyze(example["before"])
        lines += [f"## {example['title']}", "", example.get("note", ""), ""]
        lines += [_block(result.source), "becomes" if result.edits else "keeps its text:", ""]
        lines += [_block(result.text)]
        codes = dict.fromkeys(code for edit in result.edits for code in edit.rules)
        if codes:
            lines += ["by " + ", ".join(f"[{code}](rules.md#{code})" for code in codes), ""]
        lines += [
            f"- {flag.kind}: {_code(result.text[flag.start : flag.end])}"
            f" ([{flag.rule}](rules.md#{flag.rule}))"
            for flag in result.flags
        ]
        lines += [""]
    return "\n".join(lines)


def _rules() -> str:
    """The rule catalogue: what each rule changes, flags and leaves."""
    lines = ["# Rules", ""]
    stage = ""
    for rule in catalogue().values():
        if rule.stage != stage:
            stage = rule.stage
            lines += [f"## {stage}", ""]
        lines += [f"### {rule.code} {rule.name} {{ #{rule.code} }}", "", rule.why, ""]
        lines += ["Proved or harmless." if rule.safe else "A judgement.", ""]
        lines += [f"- {_code(row.before)} becomes {_code(row.after)}" for row in rule.change]
        lines += [
            f"- flags {', '.join(map(_code, row.spans))} in {_code(row.text)}" for row in rule.flag
        ]
        lines += [f"- leaves {_code(text)}" for text in rule.leave]
        lines += [""]
    return "\n".join(lines)


def _shown(text: str) -> str:
    """Text as HTML with its invisible characters made visible."""
    return escape("".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text))


def _code(text: str) -> str:
    return f"<code>{_shown(text).replace('&lt;U+000A&gt;', '⏎')}</code>"


def _block(text: str) -> str:
    lines = (_shown(line) for line in text.split("\n"))
    return '<pre style="white-space: pre-wrap">' + "&#10;".join(lines) + "</pre>\n"
