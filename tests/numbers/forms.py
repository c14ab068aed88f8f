"""Every written form of a number, made from its value: the other half of the round trip."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

LOW = ("零一二三四五六七八九", "十百千", "万亿")
FINANCIAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万亿")
TRADITIONAL = ("零一二三四五六七八九", "十百千", "萬億")
FINANCIAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬億")
ALPHABETS = (LOW, FINANCIAL, TRADITIONAL, FINANCIAL_TRADITIONAL)

Alphabet = tuple[str, str, str]


def section(value: int, alphabet: Alphabet, *, short_ten: bool) -> str:
    """0 to 9999 without a leading zero."""
    digits, units, _ = alphabet
    written = ""
    gap = False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit == 0:
            gap = bool(written)
            continue
        if gap:
            written += digits[0]
            gap = False
        if place == 1 and digit == 1 and not written and short_ten:
            written += units[0]
        else:
            written += digits[digit] + (units[place - 1] if place else "")
    return written


def chinese(value: int, alphabet: Alphabet = LOW, *, short_ten: bool = True) -> str:
    """`value` (below 10^16) in Chinese numerals: 一亿零二十万零三."""
    if value == 0:
        return alphabet[0][0]
    if value >= 10**8:
        head, rest = divmod(value, 10**8)
        return (
            chinese(head, alphabet, short_ten=short_ten)
            + alphabet[2][1]
            + join(rest, 10**7, alphabet)
        )
    if value >= 10**4:
        head, rest = divmod(value, 10**4)
        return (
            section(head, alphabet, short_ten=short_ten)
            + alphabet[2][0]
            + join(rest, 10**3, alphabet)
        )
    return section(value, alphabet, short_ten=short_ten)


def join(rest: int, full: int, alphabet: Alphabet) -> str:
    """What follows 万 or 亿, with the zero that says a place is empty."""
    if not rest:
        return ""
    zero = alphabet[0][0] if rest < full else ""
    return zero + chinese(rest, alphabet, short_ten=False)


def decimal(value: Decimal, alphabet: Alphabet = LOW) -> str:
    """A decimal in Chinese numerals: 三点一四."""
    whole, _, places = format(value, "f").partition(".")
    written = chinese(int(whole), alphabet)
    return written + ("点" + "".join(alphabet[0][int(place)] for place in places) if places else "")


def wide(text: str) -> str:
    return text.translate(str.maketrans("0123456789.,", "０１２３４５６７８９．，"))


def whole_forms(value: int) -> Iterator[str]:
    """Every form of a whole number that reads without doubt."""
    yield str(value)
    yield f"{value:,}"
    yield wide(str(value))
    for alphabet in ALPHABETS:
        yield chinese(value, alphabet)
        yield chinese(value, alphabet, short_ten=False)
    if value >= 10**8 and value % 10**4 == 0:
        yield f"{value // 10**8}亿" + (f"{value % 10**8 // 10**4}万" if value % 10**8 else "")
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if value >= size and value < size * 10**8:
            share = format(Decimal(value) / size, "f")
            yield share + name
            yield wide(share) + name
            yield decimal(Decimal(share)) + name


def decimal_forms(value: Decimal) -> Iterator[str]:
    """Every form of a decimal that reads without doubt."""
    plain = format(value, "f")
    yield plain
    yield wide(plain)
    yield f"{value:,f}"
    for alphabet in ALPHABETS:
        yield decimal(value, alphabet)
