"""The annotated-GBK damage: traditional characters, pinyin in parentheses, shifted bytes.

The forward process, byte by byte, as PHP sites in a GBK world produced it:

1. simplified -> traditional, character by character;
2. the text becomes GBK bytes; what GBK lacks becomes `?`;
3. every annotated character K, as a byte pair, becomes K + `(pinyin)`, one after the other and
   without regard to characters: it also fires where the pair straddles two of them;
4. the byte pairs of `，；？！` are looked for, again without regard to characters, and the bytes
   are cut there: where a pair straddles two characters, the lead byte before it is left alone
   and shows as `?`, and what follows is read one byte off;
5. the bytes are read as CP936 as mbstring reads it: a lead byte swallows an ASCII byte that
   cannot be its second and shows as `?`, pairs of the user-defined areas vanish;
6. crawlers may fold the full-width punctuation to ASCII.

Written from the description of the process, apart from the code that undoes it, so that the
two check each other.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.damage.simplified import to_traditional

MARKS = "，；？！"
#: Folding leaves 。、《》“” alone, as the crawled pages do.
FOLDED = str.maketrans("，；？！：（）", ",;?!:()")
#: The origin of bytes that are not part of the text: parentheses, pinyin.
INSERTED = -1


@dataclass(frozen=True, slots=True)
class Loss:
    """Part of the truth that the damaged text no longer spells out: `truth[start:end]`.

    kind: `lead` (a lead byte became `?`), `vanished` (a pair in a user-defined area),
    `undefined` (a pair that CP936 lacks), `swallowed` (an ASCII byte of the text went into a
    `?`), `outside` (not in GBK).
    """

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Settings:
    """One site's variant of the process.

    annotations: (character, reading) in the order of the replacements.
    marks: those of `，；？！` that step 4 looks for; empty switches the step off.
    fold: step 6.
    line_end: what stands between lines on the page; `\\r\\n` and `\\n` become `\\n` in the end.
    """

    annotations: tuple[tuple[str, str], ...]
    marks: str = MARKS
    fold: bool = True
    line_end: str = "\r\n"


@dataclass(frozen=True, slots=True)
class Annotated:
    """The damaged text, what the perfect cleaner returns for it, and what cannot be read off it."""

    text: str
    truth: str
    losses: tuple[Loss, ...]


@cache
def ladder() -> tuple[tuple[str, str], ...]:
    """(character, reading) of every character met annotated, the most widely annotated first."""
    lines = (Path(__file__).parent / "ladder.tsv").read_text("utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line]
    return tuple((row[0], row[1]) for row in rows)


def random_settings(rng: random.Random, *, marks: bool, fold: bool) -> Settings:
    """A site: a prefix of the ladder or any part of it, applied in some order."""
    known = list(ladder())
    if rng.random() < 0.6:
        chosen = known[: rng.randint(25, len(known))]
    else:
        chosen = rng.sample(known, rng.randint(15, len(known)))
    rng.shuffle(chosen)
    used = "".join(rng.sample(MARKS, rng.randint(2, 4))) if marks else ""
    return Settings(tuple(chosen), used, fold=fold, line_end=rng.choice(("\r\n", "\n")))


# Bytes with origins: `origins[i]` is the index in the truth of the character that byte i is part
# of, so that a loss can be traced back.
Traced = tuple[bytes, Sequence[int]]


def damage(clean: str, settings: Settings) -> Annotated:
    """`clean` (simplified, lines end in `\\n`) as the site would show it."""
    losses: list[Loss] = []
    traced = _encode(clean, settings.line_end, losses)
    for character, reading in settings.annotations:
        traced = _annotate(traced, character, reading)
    shown = [_decode(piece, losses) + mark for piece, mark in _cut_at_marks(traced, settings)]
    text = "".join(shown).replace("\r\n", "\n").replace("\r", "\n")
    truth = clean
    if settings.fold:
        text, truth = text.translate(FOLDED), truth.translate(FOLDED)
    return Annotated(text, truth, tuple(sorted(losses, key=lambda loss: (loss.start, loss.kind))))


def _encode(clean: str, line_end: str, losses: list[Loss]) -> Traced:
    data = bytearray()
    origins: list[int] = []
    for index, character in enumerate(to_traditional(clean)):
        if character == "\n":
            code = line_end.encode("ascii")
        else:
            code = character.encode("gbk", "replace")
            if code == b"?" and character != "?":
                losses.append(Loss(index, index + 1, "outside"))
        data += code
        origins += [index] * len(code)
    return bytes(data), origins


def _cut_at_marks(traced: Traced, settings: Settings) -> list[tuple[Traced, str]]:
    """The bytes between the marks, each with the mark behind it; the last without one."""
    data, origins = traced
    codes = {mark.encode("gbk"): mark for mark in settings.marks}
    pieces: list[tuple[Traced, str]] = []
    start = position = 0
    while position < len(data) - 1:
        mark = codes.get(data[position : position + 2])
        if mark is None:
            position += 1
            continue
        pieces.append(((data[start:position], origins[start:position]), mark))
        start = position = position + 2
    pieces.append(((data[start:], origins[start:]), ""))
    return pieces


def _annotate(traced: Traced, character: str, reading: str) -> Traced:
    data, origins = traced
    target = character.encode("gbk")
    note = f"({reading})".encode("gbk")
    parts: list[bytes] = []
    trail: list[int] = []
    start = 0
    while (found := data.find(target, start)) >= 0:
        end = found + len(target)
        parts += [data[start:end], note]
        trail += [*origins[start:end], *[INSERTED] * len(note)]
        start = end
    if not parts:
        return traced
    return b"".join([*parts, data[start:]]), [*trail, *origins[start:]]


def _decode(traced: Traced, losses: list[Loss]) -> str:
    """CP936 as mbstring reads it; what is lost on the way is added to `losses`."""
    data, origins = traced
    shown: list[str] = []
    position = 0
    while position < len(data):
        lead = data[position]
        if lead < 0x80:
            shown.append(chr(lead))
            position += 1
            continue
        if lead in (0x80, 0xFF):
            shown.append("€" if lead == 0x80 else "?")
            position += 1
            continue
        pair = data[position : position + 2]
        origin = origins[position : position + 2]
        position += 2
        if len(pair) == 1:  # the piece ends in half a character
            shown.append("?")
            losses += _lost(origin, "lead")
        elif pair[1] < 0x40 or pair[1] in (0x7F, 0xFF):
            shown.append("?")
            if origin[1] != INSERTED and pair[1] != 0x0D:  # behind a lost \r stands its \n
                losses.append(Loss(origin[1], origin[1] + 1, "swallowed"))
        elif _user_defined(pair):
            losses += _lost(origin, "vanished")
        else:
            try:
                shown.append(pair.decode("gbk"))
            except UnicodeDecodeError:
                shown.append("?")
                losses += _lost(origin, "undefined")
    return "".join(shown)


def _lost(origin: Sequence[int], kind: str) -> list[Loss]:
    return [Loss(index, index + 1, kind) for index in dict.fromkeys(origin) if index != INSERTED]


def _user_defined(pair: bytes) -> bool:
    """The three user-defined areas of GBK: AAA1-AFFE, F8A1-FEFE, A140-A7A0."""
    lead, trail = pair
    if 0xAA <= lead <= 0xAF or lead >= 0xF8:
        return trail >= 0xA1
    return 0xA1 <= lead <= 0xA7 and trail <= 0xA0
