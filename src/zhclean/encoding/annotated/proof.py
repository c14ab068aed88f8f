"""The proof of a repair: damaged again, it gives what was observed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from typing import Final

from zhclean.encoding.annotated.forward import FOLDED, HALVES, Site, damage
from zhclean.encoding.annotated.gbk import A3, encode, pair_of
from zhclean.encoding.annotated.page import Page
from zhclean.encoding.annotated.readings import ladder

__all__ = ["is_proved"]

_EITHER = (False, True)
#: A full-width mark as an entity that lost its `&`.
_ENTITY: Final = re.compile(
    r"#(?:x(?:ff0c|ff1b|ff1f|ff01)|652(?:92|81)|653(?:07|11));", re.IGNORECASE
)


def is_proved(observed: str, original: str, page: Page, used: Sequence[tuple[int, str]]) -> bool:
    """Whether some site that fits the page shows `observed` for `original`.

    `used` lists the annotated pairs that the repair rests on, beside those of the page.
    """
    expected = _ENTITY.sub(lambda match: _entity(match[0]), observed).translate(FOLDED)
    sites = _sites(original, page, used)
    return any(damage(original, site).translate(FOLDED) == expected for site in sites)


def _entity(entity: str) -> str:
    """The character of an entity that lost its `&`."""
    number = entity[1:-1]
    return chr(int(number[1:], 16) if number[0] in "xX" else int(number))


def _sites(original: str, page: Page, used: Sequence[tuple[int, str]]) -> Iterator[Site]:
    """The sites that fit the page, without those that show the same for `original`."""
    known = {**page.annotated, **dict(used)}
    order = dict.fromkeys((*_ladder_pairs(), *known))
    forth = tuple((pair, known[pair]) for pair in order if pair in known)
    # Sites differ in the order of the replacements; two ways to try settle any two that overlap.
    orders = forth, forth[::-1]
    data = encode(original)
    if any(bytes((A3, trail)) in data for trail in page.marks):
        at_marks = list(product((page.marks, frozenset[int]()), _EITHER, _EITHER))
    else:
        at_marks = [(frozenset[int](), False, False)]
    ends = _EITHER if "\n" in original else _EITHER[:1]
    for halves, annotated, (marks, straddling, cuts), shows_holes, returns in product(
        HALVES, orders, at_marks, _EITHER, ends
    ):
        yield Site(annotated, marks, straddling, cuts, shows_holes, halves, returns)


@cache
def _ladder_pairs() -> tuple[int, ...]:
    return tuple(pair for pair in map(pair_of, ladder()) if pair is not None)
