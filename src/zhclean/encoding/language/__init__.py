"""How likely a text is, as Chinese: a small character n-gram model.

For what bytes alone cannot decide: which lost byte, which candidate of a misread. The model
is read on first use; nothing is read when nothing has to be judged.
"""

from __future__ import annotations

from zhclean.encoding.language.model import LanguageModel, load

__all__ = ["LanguageModel", "load"]
