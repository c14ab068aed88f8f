"""Which characters the bytes at one place can be, lost bytes included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain as chained
from itertools import product, takewhile
from typing import Final

from zhclean.encoding.language import load
from zhclean.encoding.misreads.chains import Chain
from zhclean.encoding.misreads.units import BARRIER, CHOICES, HOLE, QUESTION, choices
from zhclean.encoding.misreads.zones import SIMPLIFIED_HAN, TRADITIONAL_HAN

__all__ = ["REACH", "Alphabet", "Candidate", "candidates", "is_rare"]

#: Units that say which characters begin with the first of them: those of the longest character
#: and one behind it.
REACH: Final = 5
#: A character and the bytes that the true encoding writes it in.
Candidate = tuple[str, bytes]

#: What a lost byte may be completed to beside the ideographs of the script. What stands
#: complete in the bytes may be any character.
_PUNCTUATION: Final = "·×÷–—‘’“”…℃、。〇〈〉《》「」『』【】〔〕！％（），：；？～"

#: A lost byte is completed to one of so many ideographs, the most frequent ones; a rarer one
#: would never be sure, and the search would take its time in proportion.
_MOST: Final = 300
#: Of what has lost two bytes of three without a mark, hardly one in a hundred is ever sure.
_MOST_STRIPPED: Final = 24


#: What else may have stood there: signs, kana, full-width forms; ideographs.
_SIGNS: Final = (*range(0xA1, 0x500), *range(0x2010, 0x3400), *range(0xFF01, 0xFFE6))
_IDEOGRAPHS: Final = range(0x4E00, 0xA000)
_PICTURES: Final = range(0x1F300, 0x1FB00)
#: What UTF-8 begins those with.
_PICTURE: Final = (0xF0, 0x9F)


@dataclass(frozen=True, slots=True)
class Alphabet:
    """What the characters behind lost bytes are taken from."""

    encoding: str
    traditional: bool = False


@lru_cache(maxsize=1 << 14)
def candidates(
    units: tuple[int, ...], chain: Chain, alphabet: Alphabet
) -> tuple[tuple[str, bytes, int], ...]:
    """The characters that `units` may begin with, their bytes, and how many units they take.

    Of `units` the first `REACH` count. Of lost bytes only those count that the wrong decoder
    rejects in front of what follows.
    """
    return tuple(_from_here(units, chain, alphabet))


def _from_here(
    units: tuple[int, ...], chain: Chain, alphabet: Alphabet
) -> Iterator[tuple[str, bytes, int]]:
    first = units[0]
    if first == BARRIER:
        return
    if chain.stripped:
        yield from _stripped_candidates(units, alphabet)
        return
    if first == QUESTION:
        yield "?", b"?", 1
        first = HOLE
    second = units[1] if len(units) > 1 else BARRIER
    for length in _lengths(chain.true, first, second):
        pattern = units[:length]
        if len(pattern) < length or BARRIER in pattern:
            continue
        if min(pattern) >= 0:
            matches = _known(alphabet.encoding, pattern)
        else:
            following = units[length] if length < len(units) else BARRIER
            matches = _completed(alphabet, chain, pattern, following)
        for char, encoded in matches:
            yield char, encoded, length


def _lengths(encoding: str, first: int, second: int) -> tuple[int, ...]:
    """How many bytes a character may have that begins with the unit `first`."""
    if encoding.startswith("utf-16"):
        return (2,)
    if 0 <= first < 0x80:
        return (1,)
    if encoding == "utf-8":
        if first == HOLE:
            return (3, 2, 4) if second == _PICTURE[1] else (3, 2)
        if first >= CHOICES:
            return (3,)
        return (2,) if first < 0xE0 else (3,) if first < 0xF0 else (4,)
    if encoding == "gb18030" and 0x30 <= second <= 0x39:
        return (4,)
    return (2,)


@lru_cache(maxsize=1 << 16)
def _known(encoding: str, pattern: tuple[int, ...]) -> tuple[Candidate, ...]:
    """The characters that bytes are of which none was lost."""
    found = []
    for chosen in product(*map(choices, pattern)):
        encoded = bytes(chosen)
        char = encoded.decode(encoding, "ignore")
        if len(char) == 1 and char.encode(encoding) == encoded:
            found.append((char, encoded))
    return tuple(found)


@lru_cache(maxsize=1 << 12)
def _completed(
    alphabet: Alphabet, chain: Chain, pattern: tuple[int, ...], following: int
) -> tuple[Candidate, ...]:
    """The characters of `alphabet` that lost bytes may have been part of."""
    index = _index(alphabet)
    known = [(place, choices(unit)) for place, unit in enumerate(pattern) if unit >= 0]
    found: Sequence[Candidate] = min(
        (
            index.get((len(pattern), place, allowed[0]), ())
            for place, allowed in known
            if len(allowed) == 1
        ),
        key=len,
        default=index.get((len(pattern), -1, -1), ()),
    )
    fitting = list(found)
    for place, allowed in known:
        fitting = [pair for pair in fitting if pair[1][place] in allowed]
    marks = sum(1 for _ in takewhile(lambda pair: pair[0] in _PUNCTUATION, fitting))
    consistent = tuple(
        (char, encoded)
        for char, encoded in fitting[: marks + _MOST]
        if _consistent(pattern, encoded, following, chain)
    )
    return consistent or tuple(_any_other(alphabet.encoding, chain, pattern, following))


def _any_other(
    encoding: str, chain: Chain, pattern: tuple[int, ...], following: int
) -> Iterator[Candidate]:
    """One rare character that lost bytes may have been part of: it stands for all of them."""
    first = _PICTURE[0] if pattern[:2] == (HOLE, _PICTURE[1]) else pattern[0]
    for char, encoded in _others(encoding).get((len(pattern), first), ()):
        if all(
            unit < 0 or byte in choices(unit) for byte, unit in zip(encoded, pattern, strict=True)
        ) and _consistent(pattern, encoded, following, chain):
            yield char, encoded
            return


def _consistent(pattern: tuple[int, ...], encoded: bytes, following: int, chain: Chain) -> bool:
    """Whether the wrong decoder may have lost just the bytes that are missing."""
    if chain.hole_width == 2:
        return pattern[0] >= 0 or chain.loses(encoded[0], encoded[1])
    for place, unit in enumerate(pattern):
        if unit >= 0 or encoded[place] == ord("?"):
            continue
        if place + 1 < len(encoded):
            lost = chain.loses(encoded[place], encoded[place + 1])
        else:
            lost = following < 0 or any(
                chain.loses(encoded[place], one) for one in choices(following)
            )
        if not lost:
            return False
    return True


@cache
def _frequent_first(traditional: bool) -> tuple[str, ...]:
    """The ideographs of a script."""
    step = load().after("")
    han = sorted(TRADITIONAL_HAN if traditional else SIMPLIFIED_HAN)
    return tuple(sorted(han, key=step, reverse=True))


@cache
def _repertoire(alphabet: Alphabet) -> tuple[Candidate, ...]:
    """The characters a lost byte may be completed to: punctuation, then the most frequent first.

    A newspaper has few question marks; yet where a sentence ends, one is to be thought of.
    """
    pairs = []
    for char in (*_PUNCTUATION, *_frequent_first(alphabet.traditional)):
        try:
            pairs.append((char, char.encode(alphabet.encoding)))
        except UnicodeEncodeError:  # a mark that the encoding lacks
            continue
    return tuple(pairs)


@cache
def _others(encoding: str) -> Mapping[tuple[int, int], tuple[Candidate, ...]]:
    """(number of bytes, the first) -> the rare ideographs and signs of an encoding."""
    index: dict[tuple[int, int], list[Candidate]] = defaultdict(list)
    for char in map(chr, chained(_SIGNS, _IDEOGRAPHS, _PICTURES)):
        if is_rare(char):
            try:
                encoded = char.encode(encoding)
            except UnicodeEncodeError:
                continue
            index[len(encoded), encoded[0]].append((char, encoded))
    return {key: tuple(pairs) for key, pairs in index.items()}


def is_rare(char: str) -> bool:
    """Whether lost bytes are never completed to `char`: it but stands for what they were."""
    return char not in SIMPLIFIED_HAN and char not in TRADITIONAL_HAN and char not in _PUNCTUATION


@cache
def _index(alphabet: Alphabet) -> Mapping[tuple[int, int, int], tuple[Candidate, ...]]:
    """(number of bytes, place, byte there) -> characters; place and byte -1: all."""
    index: dict[tuple[int, int, int], list[Candidate]] = defaultdict(list)
    for pair in _repertoire(alphabet):
        encoded = pair[1]
        index[len(encoded), -1, -1].append(pair)
        for place, byte in enumerate(encoded):
            index[len(encoded), place, byte].append(pair)
    return {key: tuple(pairs) for key, pairs in index.items()}


def _stripped_candidates(
    units: tuple[int, ...], alphabet: Alphabet
) -> Iterator[tuple[str, bytes, int]]:
    first = units[0]
    if first < 0x80:
        yield chr(first), bytes([first]), 1
        return
    index = _stripped_index(alphabet)
    for length in (3, 2, 1):
        pattern = units[:length]
        if len(pattern) == length and BARRIER not in pattern:
            for char, encoded in index.get(bytes(pattern), ()):
                yield char, encoded, length


@cache
def _stripped_index(alphabet: Alphabet) -> Mapping[bytes, tuple[Candidate, ...]]:
    """What is left of each character without its bytes 0x80-0x9F -> the characters."""
    gone = bytes(range(0x80, 0xA0))
    index: dict[bytes, list[Candidate]] = defaultdict(list)
    for char, encoded in _repertoire(alphabet):
        index[encoded.translate(None, gone)].append((char, encoded))
    return {key: tuple(pairs[:_MOST_STRIPPED]) for key, pairs in index.items()}
