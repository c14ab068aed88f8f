"""What of a reading may be proposed: segments that are far likelier Chinese, with the proof."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from typing import Final

from zhclean.encoding.language import LanguageModel, load
from zhclean.encoding.misreads.candidates import Alphabet, candidates, is_rare
from zhclean.encoding.misreads.chains import Chain
from zhclean.encoding.misreads.lattice import Step
from zhclean.encoding.misreads.reading import Reading, read
from zhclean.encoding.misreads.units import BARRIER, CHOICES, HOLE, is_lost
from zhclean.encoding.misreads.zones import is_traditional, odd_characters

__all__ = ["Repair", "is_chinese", "is_likelier", "repairs"]

#: ln P of a character drawn at random from a Chinese character set: what garbage decodes to.
_RANDOM: Final = -10.0
#: What a well-formed UTF-8 sequence of three bytes is worth beside that: bytes that are not
#: UTF-8 form one with a probability of 1/32.
_WELL_FORMED: Final = 3.5
#: What each lost byte costs that has left no mark: where it was, and that one was.
_SUPPOSED: Final = 4.0
#: By how much (in ln P) a repair must be likelier Chinese than random, and than the text that
#: stands there: four common characters, seven in a row of chance hits do not get there.
_EVIDENCE: Final = 20.0
_GAIN: Final = 12.0
#: Nobody writes accented letters and signs in a row, without one of ASCII: of those less will do.
_SOUP: Final = re.compile("[\x80-\xff\u0152-\u0192\u02c6\u02dc\u2013-\u2122]{12,}+")
_EVIDENCE_IN_SOUP: Final = 9.0
#: A completed character is sure when its share of all readings is at least this: at 0.7, 98 of
#: 100 are right (docs/misreads.md). More is asked where most characters around have lost bytes
#: too, and of a character of which no byte is known.
_SURE: Final = 0.7
_SURE_AMONG_LOST: Final = 0.8
_SURE_OF_UNKNOWN: Final = 0.9
_MOST: Final = 0.7
#: Where the wrong decoder reads a character from two pairs of bytes, only one of them may be
#: text: from this share on. Less makes it a judgement.
_PROVED: Final = 0.9999
#: With more than this share of a misread left open, the text would not be worth having.
_TOO_MANY: Final = 0.25

#: So many well-formed characters in a row of UTF-8 are no chance: bytes that are no UTF-8 form
#: one with a probability of 1/32.
_CERTAIN: Final = 16

#: Which numeral stood in a place the language model cannot know, and a wrong one does more harm
#: than any other character: where another numeral has so much of all readings, what was lost
#: stays open.
_NUMERALS: Final = "〇零一二三四五六七八九十百千万亿两廿卅萬億兩壹贰叁肆伍陆柒捌玖拾佰仟貳參陸"
_OTHER_NUMERAL: Final = 0.01
#: ... where the place is not a number by all that is known, this much,
_NUMERAL_AFTER_ALL: Final = 0.05
#: ... and where nothing is known, this much.
_NUMERAL_UNKNOWN: Final = 0.001

_LOST_MARK: Final = "\ufffd"
_CHANGED: Final = re.compile("x{2,}+")
#: Marks after which a sentence goes on, so that no text ends in them.
_GOES_ON: Final = "，、；："

#: How many bytes UTF-8 writes an ideograph in.
_LENGTH: Final = 3

#: A segment that is not proved is cut so often at most, into parts of so many characters at least.
_MOST_CUTS: Final = 3
_WORTH_CUTTING: Final = 6

#: The rules of lost bytes: completed, and left open.
_COMPLETED: Final = "E211"
_OPEN: Final = "E212"


@dataclass(frozen=True)
class Repair:
    """The replacements that one chain offers for a zone.

    `hopeless`: what has gone through the chain, but has lost too much. `complete`: nothing odd is
    left. `judged`: not everything could be proved. `clear`: nothing but this chain can explain the
    zone. `undone`: the likeliest clean text of each stretch, and what stands there.
    """

    rows: tuple[tuple[int, int, str, str], ...]
    hopeless: tuple[tuple[int, int], ...]
    complete: bool
    judged: bool
    clear: bool
    undone: tuple[tuple[str, str], ...]

    @cached_property
    def gain(self) -> float:
        """By how much, in ln P, the zone would become likelier."""
        return sum(_gain(clean, garbled) for clean, garbled in self.undone)


def repairs(
    zone: str,
    chain: Chain,
    code: str,
    model: LanguageModel,
    *,
    known: str,
    before: str,
    after: str,
    dropped: bool = False,
) -> Repair:
    """What undoing `chain` would replace in `zone`, under rule `code`.

    `known`: what stands behind the zone as far as its bytes are known. `dropped`: each U+FFFD of
    the zone is but put in, where a byte was lost without a mark.
    """
    alphabet = Alphabet(chain.true, is_traditional(known))
    marks = _GOES_ON if "（" in known else _GOES_ON + "）"
    reading = read(zone, chain, alphabet, model, before=before, after=after, broken_off=marks)
    units, starts = reading.units, reading.starts
    place = {unit: index for index, unit in enumerate([*starts, len(units)]) if unit >= 0}
    rows: list[tuple[int, int, str, str]] = []
    hopeless: list[tuple[int, int]] = []
    undone: list[tuple[str, str]] = []
    for whole in _segments(reading.best, place):
        done: list[tuple[int, int]] = []
        for segment in _proved_parts(zone, whole, place, chain, dropped=dropped):
            start, end = place[segment[0].start], place[segment[-1].end]
            clean = "".join([step.char for step in segment])
            stands = zone[start:end].replace(_LOST_MARK, "") if dropped else zone[start:end]
            put_in = end - start - len(stands)
            # Well-formed UTF-8 of everyday characters needs no weighing.
            sure = sum(step.start not in reading.searched for step in segment)
            unknown = {
                place for place, step in enumerate(segment) if not _partly_known(step, units)
            }
            if sure < _CERTAIN and not (
                is_chinese(clean, chain, put_in, unknown, _least(stands))
                and is_likelier(clean, stands)
            ):
                continue
            done.append((start, end))
            undone.append((clean, stands))
            lost = [
                step
                for step in segment
                if step.start in reading.searched and _lost(step, reading, chain)
            ]
            doubtful = _doubtful(reading, segment, lost, chain)
            if len(doubtful) > _TOO_MANY * len(segment):
                hopeless.append((start, end))
            else:
                guessed = {step.start for step in lost}
                if dropped:
                    guessed.update(_spliced(segment, reading.units, place, chain, alphabet))
                rows += _pieces(zone, segment, place, guessed, doubtful, code)
        if done:  # what of the same text went wrong, and is not repaired
            ends = (place[whole[0].start], place[whole[-1].end])
            hopeless += _between(ends, done)
    left = "".join(_without(zone, rows))
    judged = any(row[3] != code for row in rows)
    complete = bool(rows) and not odd_characters(left)
    clear = bool(rows) and reading.known >= max(_CERTAIN, len(reading.best) // 2)
    return Repair(tuple(rows), tuple(hopeless), complete, judged, clear, tuple(undone))


def _between(ends: tuple[int, int], spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What `spans` leave of a stretch."""
    cursor = ends[0]
    for start, end in (*spans, (ends[1], ends[1])):
        if cursor < start:
            yield cursor, start
        cursor = end


def _without(zone: str, rows: Sequence[tuple[int, int, str, str]]) -> Iterator[str]:
    cursor = 0
    for start, end, _, _ in rows:
        yield zone[cursor:start]
        cursor = end
    yield zone[cursor:]


def _as_it_was(step: Step, place: Mapping[int, int]) -> bool:
    """Whether an ASCII character stands for itself (and is no half of another one)."""
    return step.char.isascii() and place.get(step.end, -1) - place.get(step.start, -1) == 1


def _segments(steps: Sequence[Step], place: Mapping[int, int]) -> Iterator[list[Step]]:
    """The stretches of a reading that went through the chain, without ASCII at their ends."""
    for garbled, group in groupby(steps, key=lambda step: bool(step.encoded)):
        segment = list(group)
        if not garbled:
            continue
        while segment and _as_it_was(segment[0], place):
            del segment[0]
        while segment and _as_it_was(segment[-1], place):
            del segment[-1]
        if segment:
            yield segment


def _proved_parts(
    zone: str,
    segment: list[Step],
    place: Mapping[int, int],
    chain: Chain,
    *,
    dropped: bool,
    cuts: int = _MOST_CUTS,
) -> Iterator[list[Step]]:
    """`segment` if it garbles to what stands there, else what of it does.

    One character that was taken for another must not cost a whole line: the segment is cut where
    it first garbles to something else.
    """
    if not segment:
        return
    start, end = place[segment[0].start], place[segment[-1].end]
    clean = "".join([step.char for step in segment])
    if _is_proved(zone, start, end, clean, chain, dropped=dropped):
        yield segment
        return
    if not cuts or dropped:
        return
    garbled = chain.garble(clean)
    pairs = enumerate(zip(garbled, zone[start:end], strict=False))
    same = next((n for n, (one, two) in pairs if one != two), end - start)
    # Where both a character of the garbled text and one of the clean text begin.
    borders = [n for n, step in enumerate(segment) if step.start in place]
    low = max((n for n in borders if place[segment[n].start] <= start + same), default=0)
    high = min((n for n in borders if n > low), default=len(segment))
    for part in (segment[:low], segment[high:]):
        if len(part) >= _WORTH_CUTTING:
            yield from _proved_parts(zone, part, place, chain, dropped=False, cuts=cuts - 1)


def _is_proved(zone: str, start: int, end: int, clean: str, chain: Chain, *, dropped: bool) -> bool:
    """Whether `clean` garbles to `zone[start:end]`; if `dropped`, without its U+FFFD too."""
    # The proof takes in the next character: a lost byte was lost in front of just that one.
    following = zone[end : end + 1]
    if not following.isascii() or chain.true.startswith("utf-16"):  # of which ASCII is no part
        following = ""
    garbled = zone[start:end] + following
    if dropped:
        stands = garbled.replace(_LOST_MARK, "")
        return all(
            chain.garble(clean + following, mark) == text
            for mark, text in ((_LOST_MARK, garbled), ("", stands))
        )
    marks = ("\ufffd", "?") if chain.lossy else ("\ufffd",)
    return any(chain.garble(clean + following, mark) == garbled for mark in marks)


def _least(stands: str) -> float:
    """How much evidence it takes that `stands` is misread."""
    soup = _SOUP.fullmatch(stands) is not None and not stands.isalpha()
    return _EVIDENCE_IN_SOUP if soup else _EVIDENCE


def is_chinese(
    clean: str,
    chain: Chain,
    put_in: int = 0,
    unknown: Container[int] = (),
    least: float = _EVIDENCE,
) -> bool:
    """Whether `clean` is far likelier Chinese than what `chain` makes of random bytes.

    `put_in`: so many bytes were but supposed to be lost. `unknown`: the places of characters all
    of whose bytes were lost, which are evidence of nothing. `least`: by how much in ln P.
    """
    # What stands for itself whatever went wrong says nothing, nor does a lone character between
    # two such: in a list of rare ones, each may be read as an everyday one.
    changed = "".join("x" if char > "\x7f" and not chain.keeps(char) else "-" for char in clean)
    # UTF-8 leaves nothing but ASCII as it is.
    runs = (
        [(0, len(clean))]
        if chain.true == "utf-8"
        else [found.span() for found in _CHANGED.finditer(changed)]
    )
    counted = {place for start, end in runs for place in range(start - 1, end + 1)}
    foreign = [
        ln_p
        for place, (char, ln_p) in enumerate(zip(clean, load().walk(clean), strict=True))
        if char > "\x7f" and place in counted and place not in unknown
    ]
    evidence = sum(foreign) - len(foreign) * _RANDOM
    if chain.true == "utf-8" and not chain.stripped:
        evidence += (len(foreign) - put_in) * _WELL_FORMED - put_in * _SUPPOSED
    return evidence >= least


def is_likelier(clean: str, garbled: str) -> bool:
    """Whether `clean` is far likelier Chinese than `garbled`."""
    return _gain(clean, garbled) >= _GAIN


def _gain(clean: str, garbled: str) -> float:
    return load().score(clean) - load().score(garbled)


def _doubtful(
    reading: Reading, segment: Sequence[Step], lost: Sequence[Step], chain: Chain
) -> set[int]:
    """Where those of the characters `lost` in `segment` begin of which the model is not sure."""
    if not lost:
        return set()
    if chain.stripped:  # two of three bytes are gone: one guess in four would be wrong
        return {step.start for step in lost}
    sure = _SURE_AMONG_LOST if len(lost) > _MOST * len(segment) else _SURE
    # What stands beside a numeral may be one: the search does not carry on every reading of it.
    edges = {edge for step in segment if step.char in _NUMERALS for edge in (step.start, step.end)}
    return {
        step.start
        for step in lost
        if reading.posteriors[step.start, step.char]
        < (sure if _partly_known(step, reading.units) else _SURE_OF_UNKNOWN)
        or is_rare(step.char)
        or _may_be_another_numeral(reading, step)
        or (not _partly_known(step, reading.units) and not edges.isdisjoint((step.start, step.end)))
    }


def _may_be_another_numeral(reading: Reading, step: Step) -> bool:
    others = sum(
        reading.posteriors.get((step.start, numeral), 0.0)
        for numeral in _NUMERALS
        if numeral != step.char
    )
    if not _partly_known(step, reading.units):
        return others >= _NUMERAL_UNKNOWN
    return others >= (_OTHER_NUMERAL if step.char in _NUMERALS else _NUMERAL_AFTER_ALL)


def _spliced(
    segment: Sequence[Step],
    units: Sequence[int],
    place: Mapping[int, int],
    chain: Chain,
    alphabet: Alphabet,
) -> Iterator[int]:
    """Where those characters begin that may be the first bytes of one and the last of the next,
    what was between them being lost."""
    for step in segment:
        if step.end - step.start != _LENGTH or step.char.isascii():
            continue
        whole = units[step.start : step.end]
        for cut in range(1, _LENGTH):
            if step.start + cut in place and (
                odd_characters(step.char) or _splices(whole, cut, chain, alphabet)
            ):
                yield step.start


def _splices(whole: Sequence[int], cut: int, chain: Chain, alphabet: Alphabet) -> bool:
    if min(whole) < 0:
        return False
    one = (*whole[:cut], *(_LENGTH - cut) * (HOLE,))
    two = (*cut * (HOLE,), *whole[cut:], BARRIER)
    leads = {data[0] for _, data, _ in candidates(two, chain, alphabet) if len(data) == _LENGTH}
    return any(candidates((*one, lead), chain, alphabet) for lead in leads)


def _partly_known(step: Step, units: Sequence[int]) -> bool:
    return not all(map(is_lost, units[step.start : step.end]))


def _lost(step: Step, reading: Reading, chain: Chain) -> bool:
    """Whether bytes do not say what `step` is: one was lost, or there is a choice."""
    if chain.stripped:
        return len(step.encoded) > step.end - step.start
    units = reading.units[step.start : step.end]
    if step.char != "?" and any(map(is_lost, units)):
        return True
    if (
        min(units) >= 0 and max(units) < CHOICES and bytes(units) != step.encoded
    ):  # where the misread ends
        return True
    return max(units) >= CHOICES and reading.posteriors[step.start, step.char] < _PROVED


def _pieces(
    zone: str,
    segment: Sequence[Step],
    place: Mapping[int, int],
    lost: set[int],
    doubtful: set[int],
    code: str,
) -> Iterator[tuple[int, int, str, str]]:
    """The replacements of a segment, cut so that each judgement stands alone.

    `lost` and `doubtful`: where characters begin that bytes do not tell, or nothing does. A cut is
    possible wherever a character of the garbled text and one of the clean text begin at the same
    byte.
    """
    cuts = [step.start for step in segment if step.start in place] + [segment[-1].end]
    pieces: list[tuple[int, int, str, str]] = []
    cursor = 0
    for low, high in pairwise(cuts):
        after, rule = [], code
        while cursor < len(segment) and segment[cursor].start < high:
            step = segment[cursor]
            cursor += 1
            if step.start in doubtful:
                rule = _OPEN
                after.append("\ufffd")
                continue
            after.append(step.char)
            if rule == code and step.start in lost:
                rule = _COMPLETED
        start, end = place[low], place[high]
        if pieces and pieces[-1][3] == rule and pieces[-1][1] == start:
            start, text = pieces[-1][0], pieces[-1][2]
            pieces[-1] = (start, end, text + "".join(after), rule)
        else:
            pieces.append((start, end, "".join(after), rule))
    yield from (row for row in pieces if zone[row[0] : row[1]] != row[2])
