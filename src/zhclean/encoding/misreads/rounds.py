"""One round of the search for misread text: the zones, and the best repair of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

from zhclean.encoding.language import load
from zhclean.encoding.misreads.candidates import Alphabet
from zhclean.encoding.misreads.chains import Chain
from zhclean.encoding.misreads.dropped import marked
from zhclean.encoding.misreads.nested import undo_nested
from zhclean.encoding.misreads.repairs import Repair, repairs
from zhclean.encoding.misreads.single_byte import single_byte_repairs
from zhclean.encoding.misreads.suspicion import is_strange, promising_place, undone
from zhclean.encoding.misreads.table import RuleChains, rule_chains
from zhclean.encoding.misreads.whole import undo_whole
from zhclean.encoding.misreads.zones import is_traditional, odd_characters, windows, zones

__all__ = ["zone_repairs"]

#: A chain is first tried on so many characters of a longer zone, where it promises most.
_SAMPLE: Final = 160
#: The Big5 of Python, of Windows and of browsers differ in what they read from the same bytes.
_FAMILY: Final = ("big5", "big5hkscs", "cp950")
#: Code pages for the same letters, some of which they have at different bytes.
_PAGES: Final = (
    frozenset(["sloppy-windows-1252", "cp1252", "iso8859-15", "cp1254", "sloppy-windows-1254"]),
    frozenset(["cp1250", "sloppy-windows-1250", "iso8859-2"]),
)
#: Tables of which the code pages of Windows are extensions.
_NARROWER: Final = ("shift_jis", "euc_kr")
#: The rule of what ftfy repairs.
_SINGLE_BYTE: Final = "E201"
#: The rule of what was misread twice.
_TWICE: Final = "E206"

#: A replacement: start, end, text, rule code.
_Row = tuple[int, int, str, str]
#: Replacements, and spans that are misread beyond repair.
_Found = tuple[list[_Row], list[tuple[int, int]]]


def zone_repairs(text: str) -> Iterator[_Found]:
    """What there is to do in `text`, by zones, in order."""
    trusted: RuleChains | None = None
    for line in zones(text):
        pieces = list(windows(text, *line))
        if len(pieces) > 1:  # cut anywhere, be it in the midst of a character
            right, rows = _whole(text, *line)
            if rows:
                trusted = right or trusted
                yield rows, []
                continue
        for start, end in pieces:
            found, trusted = _zone_repair(text, start, end, trusted)
            if found is not None:
                yield found


def _zone_repair(
    text: str, start: int, end: int, trusted: RuleChains | None
) -> tuple[_Found | None, RuleChains | None]:
    """What there is to do in one zone, if anything, and what is to be tried first in the next."""
    zone = text[start:end]
    if trusted is not None and not _has_versions(zone, trusted.chain):
        row = undo_whole(zone, trusted.chain, trusted=True)
        if row is not None:
            return (_rows(start, [(*row, trusted.code)]), []), trusted
    odd = odd_characters(zone)
    # One character again and again (笃笃笃) is no misread.
    if (len(odd) == 1 and "\ufffd" not in odd) or not is_strange(zone):
        return None, trusted
    plain = [(*row, _SINGLE_BYTE) for row in single_byte_repairs(zone)]
    if plain:  # what else there is, the next round sees more clearly
        return (_rows(start, plain), []), trusted
    if trusted is None:
        right, rows = _whole(text, start, end)
        if rows:
            return (rows, []), right
    best, right = _best_repair(zone, text[max(0, start - 2) : start], text[end : end + 1], trusted)
    if best is None:
        return None, trusted
    hopeless = [(start + low, start + high) for low, high in best.hopeless]
    return (_rows(start, best.rows), hopeless), right


def _whole(text: str, start: int, end: int) -> tuple[RuleChains | None, list[_Row]]:
    """The chain that all of a zone went through, if one undoes it without a search; and how."""
    zone = text[start:end]
    for entry in rule_chains():
        if not _has_versions(zone, entry.chain):
            row = undo_whole(zone, entry.chain, trusted=False)
            if row is not None:
                return entry, _rows(start, [(*row, entry.code)])
    row = undo_nested(zone)
    return None, [] if row is None else _rows(start, [(*row, _TWICE)])


def _rows(shift: int, rows: Iterable[_Row]) -> list[_Row]:
    """Replacements in a zone that begins at `shift`, in the coordinates of the text."""
    return [(shift + low, shift + high, after, code) for low, high, after, code in rows]


# What was not repaired comes back in every round.
@lru_cache(maxsize=1 << 8)
def _best_repair(
    zone: str, before: str, after: str, trusted: RuleChains | None
) -> tuple[Repair | None, RuleChains | None]:
    """What makes `zone` the likeliest, and the chain that does; `trusted` is tried first.

    `trusted` is what went wrong in the zone before.
    """
    best: Repair | None = None
    right: RuleChains | None = None
    order = rule_chains()
    if trusted is not None:
        order = (trusted, *(entry for entry in order if entry is not trusted))
    clear: Chain | None = None
    for entry in order:
        if clear is not None and not clear.is_akin(entry.chain):
            continue
        # A narrower table loses more bytes, and seems to prove what they were.
        narrower = entry.chain.wrong in _NARROWER and "\ufffd" in zone
        if narrower and best and best.complete and right and right.chain.is_akin(entry.chain):
            continue
        place = promising_place(zone, entry.chain)
        if place is None:
            continue
        if len(zone) > 2 * _SAMPLE:
            start = max(0, place - _SAMPLE // 2)
            sample = _repair(zone[start : start + _SAMPLE], entry, "，", "，")
            if not sample.rows and not sample.hopeless:
                continue
        repair = _repair(zone, entry, before, after)
        if repair.clear:
            clear = entry.chain
        if best is None or repair.gain > best.gain:
            best, right = repair, entry
            # What went wrong in the zone before went wrong here, if that leaves nothing odd.
            settled = entry is trusted or not repair.judged
            if repair.complete and settled and not _has_versions(zone, entry.chain):
                break
    return best, right


def _repair(zone: str, entry: RuleChains, before: str, after: str) -> Repair:
    """What undoing a chain would replace: of lost bytes with marks, or of ones without."""
    known = undone(zone, entry.chain)
    model = load()
    plain = repairs(zone, entry.chain, entry.code, model, known=known, before=before, after=after)
    guess = marked(
        zone,
        entry.chain,
        Alphabet(entry.chain.true, is_traditional(known)),
        ends_text=after == "",
    )
    if guess is None:
        return plain
    best = plain
    if guess.marks:
        supposed = repairs(
            guess.text,
            entry.chain,
            entry.code,
            model,
            known=known,
            before=before,
            after=after,
            dropped=True,
        )
        if supposed.gain > plain.gain:
            best = guess.unmarked(supposed, zone)
    return guess.with_rest(best, zone, gaps=entry.chain.loses_whole)


def _has_versions(zone: str, chain: Chain) -> bool:
    """Whether another version of the decoder reads `zone` from other bytes."""
    if chain.wrong in _FAMILY:
        return not _apart().isdisjoint(zone)
    return any(chain.wrong in pages and not _moved(pages).isdisjoint(zone) for pages in _PAGES)


@cache
def _moved(pages: frozenset[str]) -> frozenset[str]:
    """What code pages have at different bytes, as windows-1252 and ISO 8859-15 have `€`."""
    places: dict[str, set[int]] = defaultdict(set)
    for page in pages:
        for byte in range(0x80, 0x100):
            places[bytes([byte]).decode(page, "ignore")].add(byte)
    return frozenset(char for char, bytes_of in places.items() if char and len(bytes_of) > 1)


@cache
def _apart() -> frozenset[str]:
    """What the versions of Big5 read from different bytes, with the mark of what one rejects."""
    pairs = [bytes([lead, trail]) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF)]
    tables = [[pair.decode(version, "replace") for pair in pairs] for version in _FAMILY]
    apart = ["".join(read) for read in zip(*tables, strict=True) if len(set(read)) > 1]
    return frozenset(char for char in "".join(apart) if not char.isascii())
