"""Pages of the docs site that are made from the project itself, not from files in docs/."""

from __future__ import annotations

import re
import tomllib
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

import zhclean
from zhclean.rules import catalogue

ROOT = Path(__file__).resolve().parents[1]

#: Files of the project that are pages of the site, and under which names.
PAGES = {
    "README.md": "index.md",
    "README.zh-CN.md": "zh.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
    "NOTICE": "notice.md",
}

_MARKDOWN = re.compile(r"[][*_`{}()~|\\!^=]")


def on_files(files: Files, config: Any) -> Files:
    """Called by mkdocs: adds the pages that are not files."""
    for source, page in PAGES.items():
        files.append(File.generated(config, page, content=_page_of(source)))
    files.append(File.generated(config, "gallery.md", content=_gallery()))
    files.append(File.generated(config, "rules.md", content=_rules()))
    return files


def on_page_content(html: str, **_: Any) -> str:
    """Called by mkdocs: in the cell of a table a bar is written `\\|`, in code too."""
    return re.sub(r"<code>[^<]*</code>", lambda found: found[0].replace("\\|", "|"), html)


def _page_of(source: str) -> str:
    """A file of the project whose links to others lead to their pages."""
    text = (ROOT / source).read_text("utf-8")
    if source == "NOTICE":
        return f"# Notice\n\n{_block(text)}"
    text = text.replace("](docs/", "](")
    for name, page in PAGES.items():
        text = text.replace(f"]({name})", f"]({page})")
    return text


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
    # Markdown reads what stands inside of inline HTML: [关闭] would be a link, ** bold type.
    shown = _shown(text).replace("&lt;U+000A&gt;", "⏎")
    plain = _MARKDOWN.sub(lambda sign: f"&#{ord(sign[0])};", shown)
    return f"<code>{plain}</code>"


def _block(text: str) -> str:
    lines = (_shown(line) for line in text.split("\n"))
    return '<pre style="white-space: pre-wrap">' + "&#10;".join(lines) + "</pre>\n"
