"""One self-contained HTML page that shows what was done to documents, side by side."""

from __future__ import annotations

from zhclean.report.page import report

__all__ = ["report"]
