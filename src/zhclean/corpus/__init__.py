"""Runs over whole corpora: many files, many processes, and safe against being killed.

`run` cleans inputs into a folder; the same call goes on where an earlier one stopped. See
`docs/corpus.md` for the layout of the folder.
"""

from __future__ import annotations

from zhclean.corpus.options import ENGINES, Options
from zhclean.corpus.runner import run
from zhclean.corpus.state import RunState
from zhclean.corpus.summary import Summary

__all__ = ["ENGINES", "Options", "RunState", "Summary", "run"]
