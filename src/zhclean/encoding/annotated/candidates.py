"""The characters that an unknown byte leaves open, most frequent first, and what is known of them.

Nothing here depends on a page or a context; `judge.py` ranks them in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from math import exp
from typing import Final, NamedTuple, TypeAlias

from zhclean.encoding.annotated.gbk import char_of, char_pairs, invisible_trails, pair_of
from zhclean.encoding.annotated.simplified import simplified_forms
from zhclean.encoding.language import load

__all__ = [
    "ALONE_WEIGHT",
    "MODEL_WEIGHT",
    "UNUSUAL",
    "Candidate",
    "Candidates",
    "Traits",
    "between",
    "hidden_behind",
    "led_by",
    "opening",
    "trailed_by",
    "traits",
    "vanishing",
]

#: Weights of the language model, and of its probability without context: where it knows a word
#: well it thinks little of any neighbour that it has not met. What is left is the page's.
MODEL_WEIGHT: Final = 0.76
ALONE_WEIGHT: Final = 0.12

# How many of each list are worth following.
_TRAILS: Final = 5
_LEADS: Final = 40
_OPENERS: Final = 8
_HIDDEN: Final = 6

#: ln P in no context of what a text may hold at all, and of what makes up most of any text.
_USED: Final = -11.0
_FREQUENT: Final = -7.2

#: Quotes of traditional text, which simplified text does not use; the model folds them.
_FOREIGN_QUOTES: Final = frozenset("「」『』〝〞〈〉")
#: Full-width letters and digits: the model folds them too.
_WIDE: Final = frozenset(
    chr(code) for span in ("０９", "ＡＺ", "ａｚ") for code in range(ord(span[0]), ord(span[1]) + 1)
)
#: What is taken from the ln P of a character that looks wrong where it stands.
UNUSUAL: Final = 4.0


class Traits(NamedTuple):
    """What is known of a (traditional) character without a context.

    `simple` is its simplified form, `symbol` that form's number in the language model (0: not
    there), `alone` its weighted P, `unusual` what is taken from its ln P.
    """

    simple: str
    symbol: int
    alone: float
    unusual: float


@lru_cache(maxsize=1 << 14)
def traits(char: str) -> Traits:
    """The traits of a character."""
    model = load()
    simple = simplified_forms().get(char, char)
    symbol = model.symbol(simple)
    # Where the model lacks it, it says the same after every context.
    weight = ALONE_WEIGHT if symbol else ALONE_WEIGHT + MODEL_WEIGHT
    unusual = 2 * UNUSUAL if char in _WIDE else UNUSUAL if char in _FOREIGN_QUOTES else 0.0
    return Traits(simple, symbol, weight * exp(model.step("", simple)), unusual)


#: A (traditional) character that an unknown byte leaves open: that byte, the character, and its
#: traits. A plain tuple: they are read by the thousand.
Candidate: TypeAlias = tuple[int, str, str, int, float, float]


#: So many characters are worth an index.
_MANY: Final = 40


class Candidates:
    """What an unknown byte leaves open: the most frequent ones, and the others.

    The others count only where the model or the page has met them.
    """

    __slots__ = ("_by_simple", "_by_symbol", "_others", "frequent")

    def __init__(self, ranked: Iterable[Candidate], most: int) -> None:
        rows = list(ranked)
        self.frequent = rows[:most]
        self._others = rows[most:]
        self._by_symbol: dict[int, list[Candidate]] = {}
        self._by_simple: dict[str, list[tuple[int, Candidate]]] = {}
        if len(self._others) > _MANY:
            for rank, row in enumerate(self._others):
                self._by_symbol.setdefault(row[3], []).append(row)
                self._by_simple.setdefault(row[2], []).append((rank, row))

    def likely(
        self, symbols: Mapping[int, int], simples: Mapping[str, int], alone: float
    ) -> list[Candidate]:
        """Those that have been met, by the model or on the page, and of the frequent ones those
        of at least so much weighted P `alone`.
        """
        found = [
            row
            for row in self.frequent
            if row[4] >= alone or row[3] in symbols or row[2] in simples
        ]
        if not self._by_symbol:
            return found + [row for row in self._others if row[3] in symbols or row[2] in simples]
        for symbol in sorted(self._by_symbol.keys() & symbols.keys()):
            found += self._by_symbol[symbol]
        on_page: list[tuple[int, Candidate]] = []
        for simple in self._by_simple.keys() & simples.keys():
            on_page += self._by_simple[simple]
        found += [row for _, row in sorted(on_page) if row[3] not in symbols]
        return found


def _ranked(rows: Iterable[tuple[int, str]]) -> tuple[Candidate, ...]:
    """The most frequent character first."""
    found = [(byte, char, *traits(char)) for byte, char in rows]
    return tuple(sorted(found, key=lambda row: -_alone(row[2])))


@cache
def _characters_led_by(lead: int) -> tuple[Candidate, ...]:
    # 0x81: a byte that was read as a lead byte. Rare forms cannot be told from each other.
    trails = range(0x81, 0xFF)
    return _ranked((trail, char) for trail in trails if (char := char_of(lead << 8 | trail)))


@cache
def _characters_trailed_by(trail: int) -> tuple[Candidate, ...]:
    leads = range(0x81, 0xFF)
    return _ranked((lead, char) for lead in leads if (char := char_of(lead << 8 | trail)))


@cache
def _used_trailed_by(trail: int) -> tuple[Candidate, ...]:
    return tuple(row for row in _characters_trailed_by(trail) if _alone(row[2]) > _USED)


@cache
def _frequent() -> tuple[Candidate, ...]:
    return _ranked(
        (pair >> 8, char)
        for pair, char in char_pairs().items()
        if pair & 0xFF > 0x80 and _alone(traits(char).simple) > _FREQUENT
    )


@cache
def _frequent_behind(hidden: int) -> tuple[Candidate, ...]:
    ends = invisible_trails(hidden)
    return tuple(row for row in _frequent() if row[0] in ends)


@cache
def led_by(lead: int) -> Candidates:
    """Characters with this lead byte; `byte` is the trail byte, which shows nothing itself."""
    return Candidates(_characters_led_by(lead), _TRAILS)


@cache
def trailed_by(trail: int) -> Candidates:
    """Characters with this trail byte; `byte` is the lead byte."""
    return Candidates(_characters_trailed_by(trail), _LEADS)


@cache
def vanishing(lead: int) -> Candidates:
    """Characters whose trail byte, read as a lead byte, may begin an invisible pair."""
    rows = (row for row in _characters_led_by(lead) if invisible_trails(row[0]))
    return Candidates(rows, _TRAILS)


@lru_cache(maxsize=1 << 12)
def opening(trail: int, hidden: int) -> Candidates:
    """Characters with this trail byte whose lead byte ends an invisible pair after `hidden`."""
    ends = invisible_trails(hidden)
    return Candidates((row for row in _used_trailed_by(trail) if row[0] in ends), _OPENERS)


@cache
def hidden_behind(hidden: int) -> Candidates:
    """Frequent characters whose lead byte ends an invisible pair after `hidden`."""
    return Candidates(_frequent_behind(hidden), 4 * _HIDDEN)


@cache
def between(hidden: int) -> Candidates:
    """Characters between two invisible pairs: the lead byte ends one, the trail byte is open."""
    rows = (
        row for row in _frequent_behind(hidden) if invisible_trails((pair_of(row[1]) or 0) & 0xFF)
    )
    return Candidates(rows, _HIDDEN)


def _alone(simple: str) -> float:
    return load().step("", simple)
