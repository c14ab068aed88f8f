"""Escapes and entities that were never resolved: `&#20320;`, `\\u4f60`, `%E4%BD%A0`, `=E4=BD=A0`."""

from __future__ import annotations

from zhclean.encoding.escapes.cleaner import Escapes

__all__ = ["Escapes"]
