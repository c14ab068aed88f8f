"""Pages of the docs site that are made from the project itself: the home page and the rules."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

from zhclean.rules import catalogue

ROOT = Path(__file__).resolve().parents[1]


def on_files(files: Files, config: Any) -> Files:
    """Called by mkdocs: adds the pages that are not files."""
    files.append(File.generated(config, "index.md", content=_home()))
    files.append(File.generated(config, "rules.md", content=_rules()))
    return files


def _home() -> str:
    page = (ROOT / "README.md").read_text("utf-8").replace("](docs/", "](")
    for outside in ("README.zh-CN.md", "CONTRIBUTING.md", "NOTICE"):
        page = page.replace(f"]({outside})", "](design.md)")
    return page


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


def _code(text: str) -> str:
    shown = "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in text)
    return f"<code>{escape(shown.replace('<U+000A>', '⏎'))}</code>"
