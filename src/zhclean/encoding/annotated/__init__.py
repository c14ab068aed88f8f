"""Annotated GBK: simplified text turned traditional, annotated with pinyin and shifted by bytes."""

from __future__ import annotations

from zhclean.encoding.annotated.cleaner import AnnotatedGbk

__all__ = ["AnnotatedGbk"]
