"""The signals that end a process, beside Ctrl-C: not the same on every system."""

from __future__ import annotations

import signal
import sys
from typing import Final

__all__ = ["ENDING"]

if sys.platform == "win32":
    ENDING: Final = (signal.SIGTERM, signal.SIGBREAK)
else:
    ENDING: Final = (signal.SIGTERM, signal.SIGHUP)
