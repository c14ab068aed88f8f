"""The one place that imports ftfy: UTF-8 read as a single-byte code page.

ftfy knows more code pages than the table of chains, and tells mojibake in Latin script from
accented words. Its traps, each avoided here:

- Its defaults straighten quotation marks and make full-width punctuation ASCII: only
  `fix_encoding_and_explain` is called, with every step switched off that is no decoding.
- It guesses at lossy sequences (`transcode` steps): such a plan is refused.
- It is not idempotent on every string: what it returns counts only if garbling it in the
  order of its plan gives the input back.
- Its codecs exchange U+FFFD and U+001A: a run with U+FFFD is refused (and not cut there, or
  the halves would be repaired apart from the bytes lost between them), and where U+001A is in
  what it returns, a U+FFFD in the text was decoded once too often.
- It takes a blank for U+00A0 only where Latin letters were meant: of Chinese (你, 加, 张 have the
  byte A0 in UTF-8) that is done here.
- It looks at a string as a whole: it is given suspicious runs, never lines or documents.
- Importing it takes 50 ms: it is imported when a suspicious run has been found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

__all__ = ["register_codecs", "single_byte_repairs"]

# A run of anything but Chinese, Japanese and Korean (U+F8FF is F0 of Mac Roman), from one
# character beyond ASCII to another. Bounded, as ftfy's own patterns are not made for hostile input.
_RUN: Final = re.compile(
    "[\x80-\u2fef\uf8ff\ufffd](?:[\x00-\x7f]{0,12}[\x80-\u2fef\uf8ff\ufffd]++){1,400}+"
)


_SUBSTITUTE: Final = "\x1a"


def _letters(first: int, last: int) -> str:
    """What the code pages in which A0 is a no-break space make of bytes in a range."""
    pages = ("latin-1", "cp1252", "cp1251")
    data = bytes(range(first, last))
    return "".join(sorted({char for page in pages for char in data.decode(page, "ignore")}))


# Three bytes of UTF-8 of which the second or the third is a blank.
_LEADS: Final = f"[{re.escape(_letters(0xE4, 0xEA) + 'ïп')}]"
_REST: Final = f"[{re.escape(_letters(0x80, 0xC0))}]"
_BLANK: Final = re.compile(f" (?:(?<={_LEADS}{_REST} )|(?<={_LEADS} )(?={_REST}))")
_CUT_BEFORE_BLANK: Final = re.compile(f"{_LEADS}{_REST} ")


def register_codecs() -> None:
    """Make ftfy's `sloppy-windows-*` known to Python: code pages as browsers decode them."""
    import ftfy.bad_codecs  # noqa: F401  # imported for its effect, once


def single_byte_repairs(text: str) -> Iterator[tuple[int, int, str]]:
    """The runs of `text` that are a misread of UTF-8, with what they were."""
    for found in _RUN.finditer(text):
        start, end = found.span()
        run = found[0]
        after = _undone(run)
        if after is None:
            # The byte A0, the last of a character, may be the blank behind the run.
            if _CUT_BEFORE_BLANK.match(text, end - 2):
                end += 1
                run += " "
            restored = _BLANK.sub("\xa0", run)
            after = _undone(restored) if restored != run else None
        if after is not None:
            yield start, end, after


def _undone(run: str) -> str | None:
    from ftfy import fix_encoding_and_explain
    from ftfy.badness import is_bad

    if "\ufffd" in run or not is_bad(run):
        return None
    after, plan = fix_encoding_and_explain(run, _config())
    # A plan alternates: encode as the code page, decode as UTF-8.
    pages = [step.parameter for step in plan or () if step.action == "encode"]
    if not plan or len(plan) != 2 * len(pages) or is_bad(after):
        return None
    try:
        if _SUBSTITUTE in after:  # a decoder's U+FFFD, once restored, is no text to go on with
            del pages[1:]
            after = run.encode(pages[0]).decode("utf-8")
        garbled = after
        for page in reversed(pages):
            garbled = garbled.encode("utf-8").decode(page)
    except UnicodeError:
        return None
    return after if garbled == run else None


@cache
def _config() -> TextFixerConfig:
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        restore_byte_a0=False,
        replace_lossy_sequences=False,
        decode_inconsistent_utf8=False,
        fix_c1_controls=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )
