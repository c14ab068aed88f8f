"""Text decoded with the wrong encoding, and the remains of text that cannot be had back."""

from __future__ import annotations

from zhclean.encoding.misreads.cleaner import Misreads
from zhclean.encoding.misreads.sentinels import Sentinels

__all__ = ["Misreads", "Sentinels"]
