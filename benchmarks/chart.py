"""One bar chart as SVG, written by hand: a picture of a dozen bars needs no plotting library."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_WIDTH, _BAR, _GAP, _LEFT = 720, 26, 14, 130


def speed(rows: Sequence[tuple[str, float, float]]) -> str:
    """How many times faster than the naive chain, by kind of text, as an SVG document.

    `rows`: (kind, MB a second of the naive chain, the same of zhclean).
    """
    ratios = [(kind, ours / theirs) for kind, theirs, ours in rows]
    longest = max((ratio for _, ratio in ratios), default=1.0)
    height = 50 + len(ratios) * (_BAR + _GAP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"'
        ' font-family="sans-serif" font-size="14">',
        '<text x="10" y="24" font-size="16">Throughput, times the naive chain</text>',
    ]
    for index, (kind, ratio) in enumerate(ratios):
        y = 40 + index * (_BAR + _GAP)
        width = max(1.0, (_WIDTH - _LEFT - 90) * ratio / longest)
        parts += [
            f'<text x="{_LEFT - 8}" y="{y + 18}" text-anchor="end">{escape(kind)}</text>',
            f'<rect x="{_LEFT}" y="{y}" width="{width:.1f}" height="{_BAR}" fill="#2a6f97"/>',
            f'<text x="{_LEFT + width + 8:.1f}" y="{y + 18}">{ratio:.2f}×</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])
