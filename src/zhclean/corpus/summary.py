"""What a run did, in figures: as lines, as JSON, and as one HTML page with plots."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from zhclean.corpus.documents import Counts
from zhclean.files import write_atomic

__all__ = ["Summary", "write_summary"]


@dataclass(frozen=True, slots=True)
class Summary:
    """Parts done and in all, what was counted, and what could not be done.

    `failures`: inputs and why; `passed_over`: files of unknown format in folders, by ending.
    """

    done: int
    parts: int
    counts: Counts
    failures: Mapping[str, str] = field(default_factory=dict)
    passed_over: Mapping[str, int] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether every part is done."""
        return self.done == self.parts

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain values for JSON."""
        return {
            "parts": self.parts,
            "done": self.done,
            "failures": dict(sorted(self.failures.items())),
            "passed_over": dict(sorted(self.passed_over.items())),
            **self.counts.to_dict(),
        }

    def facts(self) -> dict[str, str]:
        """What was done in all, each fact with its name."""
        counts = self.counts
        rate = counts.characters_in / counts.seconds if counts.seconds else 0.0
        share = counts.changed / counts.documents if counts.documents else 0.0
        aside = " (see quarantine/)" if counts.quarantined else ""
        found = {
            "parts": f"{self.done} of {self.parts}",
            "documents": f"{counts.documents:,} ({counts.changed:,} changed, {share:.1%})",
            "quarantined": f"{counts.quarantined:,}{aside}",
            "characters": f"{counts.characters_in:,} -> {counts.characters_out:,}",
            "rate": f"{rate:,.0f} characters a second of processor time",
        }
        if self.passed_over:
            endings = ", ".join(
                f"{ending or 'no ending'} {count:,}"
                for ending, count in sorted(self.passed_over.items())
            )
            found["passed over"] = f"files of unknown format: {endings}"
        return found

    def lines(self) -> list[str]:
        """The summary for a terminal."""
        lines = [f"{name:<12} {told}" for name, told in self.facts().items()]
        for title, counter in _tables(self.counts).items():
            top = ", ".join(f"{name} {count:,}" for name, count in counter[:8])
            if top:
                lines.append(f"{title:<12} {top}")
        lines += [f"not done     {path}: {why}" for path, why in sorted(self.failures.items())]
        return lines


def _tables(counts: Counts) -> dict[str, list[tuple[str, int]]]:
    return {
        "rules": sorted(counts.rules.items(), key=lambda item: (-item[1], item[0])),
        "flags": sorted(counts.flags.items(), key=lambda item: (-item[1], item[0])),
        "encodings": sorted(counts.encodings.items(), key=lambda item: (-item[1], item[0])),
    }


def write_summary(summary: Summary, out: Path) -> None:
    """`summary.json` and `summary.html` in the folder of the run."""
    data = json.dumps(summary.to_dict(), indent=1, ensure_ascii=False) + "\n"
    write_atomic(out / "summary.json", data.encode("utf-8", "backslashreplace"))
    write_atomic(out / "summary.html", _html(summary).encode("utf-8", "backslashreplace"))


_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; } td, th { padding: .15rem .8rem .15rem 0; text-align: left; }
th { font-weight: normal; vertical-align: top; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
td.name { opacity: .8; }
meter { width: 24rem; max-width: 30vw; }
td.path { overflow-wrap: anywhere; }
"""


def _html(summary: Summary) -> str:
    from zhclean.rules import catalogue  # reads every pack: not for who asks for lines alone

    known = catalogue()
    body = [
        "<h1>Corpus run</h1><table>",
        *(f"<tr><th>{escape(name)}<td>{escape(value)}" for name, value in summary.facts().items()),
        "</table>",
    ]
    for title, counter in _tables(summary.counts).items():
        if not counter:
            continue
        most = counter[0][1]
        body.append(f"<h2>{title.capitalize()}</h2><table>")
        for name, count in counter:
            rule = known.get(name)
            told = (
                f'<td class="name" title="{escape(rule.why)}">{escape(rule.name)}' if rule else ""
            )
            body.append(
                f'<tr><th>{escape(name)}<td class="n">{count:,}'
                f'<td><meter min="0" max="{most}" value="{count}"></meter>{told}'
            )
        body.append("</table>")
    if summary.failures:
        body.append("<h2>Not done</h2><table>")
        for path, why in sorted(summary.failures.items()):
            body.append(f'<tr><td class="path">{escape(path)}<td>{escape(why)}')
        body.append("</table>")
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width">'
        f"<title>zhclean corpus run</title><style>{_STYLE}</style>{''.join(body)}\n"
    )
