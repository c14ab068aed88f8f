"""Garbled text: every family is a function from clean text to what a reader of it would see.

`FAMILIES` maps a name to the function; each takes the generator's `random.Random` and the clean
text and returns the garbled text, or None where this text cannot be garbled that way. The
names say what was done: `utf-8 > gbk` is UTF-8 read as GBK.
"""

from __future__ import annotations

import base64
import html
import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from urllib.parse import quote, quote_from_bytes

Garble = Callable[[random.Random, str], "str | None"]

#: The characters that Windows-1252 leaves undefined and browsers show as C1 controls.
_C1 = re.compile("[\x80-\x9f]")


def _read_as(written: str, read: str, errors: str = "strict", times: int = 1) -> Garble:
    def garble(_: random.Random, text: str) -> str | None:
        for _turn in range(times):
            try:
                text = text.encode(written).decode(read, errors)
            except UnicodeError:
                return None
        return text

    return garble


def _as_1252(data: bytes) -> str:
    """Bytes as a browser shows them: the five holes of cp1252 are C1 controls."""
    return "".join(
        chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252")
        for byte in data
    )


def _browser(written: str, times: int = 1) -> Garble:
    def garble(_: random.Random, text: str) -> str | None:
        for _turn in range(times):
            try:
                text = _as_1252(text.encode(written))
            except UnicodeError:
                return None
        return text

    return garble


def _question_marks(written: str, read: str) -> Garble:
    def garble(_: random.Random, text: str) -> str | None:
        try:
            return text.encode(written).decode(read, "replace").replace("\ufffd", "?")
        except UnicodeError:
            return None

    return garble


def _kun_jin_kao(_: random.Random, text: str) -> str | None:
    try:
        replaced = text.encode("gbk").decode("utf-8", "replace")
    except UnicodeError:
        return None
    return replaced.encode("utf-8").decode("gb18030", "replace")


def _without_c1(_: random.Random, text: str) -> str:
    return _C1.sub("", text.encode("utf-8").decode("latin-1"))


def _swapped(_: random.Random, text: str) -> str | None:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-be", "replace")


def _each_wide(form: Callable[[str], str]) -> Garble:
    """Every character outside ASCII written as an escape."""

    def garble(_: random.Random, text: str) -> str:
        return "".join(form(c) if c > "\x7f" else c for c in text)

    return garble


def _units(prefix: str, form: str) -> Callable[[str], str]:
    def escape(character: str) -> str:
        data = character.encode("utf-16-be")
        units = (int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2))
        return "".join(prefix + format(unit, form) for unit in units)

    return escape


def _named_entities(rng: random.Random, text: str) -> str | None:
    place = rng.randrange(len(text)) if text else 0
    escaped = html.escape(text, quote=False)
    if escaped != text:
        return escaped
    return text[:place] + "&amp;" + text[place:] if "&" in text else None


def _without_ampersand(_: random.Random, text: str) -> str | None:
    garbled = re.sub("[，。；：？！“”（）]", lambda mark: f"#x{ord(mark[0]):x};", text)
    return garbled if garbled != text else None


def _half_entity(_: random.Random, text: str) -> str | None:
    return text.replace("&", "amp;") if "&" in text else None


def _percent_gbk(_: random.Random, text: str) -> str | None:
    try:
        return quote_from_bytes(text.encode("gbk"), safe="")
    except UnicodeError:
        return None


def _quoted_printable(_: random.Random, text: str) -> str:
    return "".join(c if c < "\x80" and c != "=" else _equals(c) for c in text)


def _equals(character: str) -> str:
    return "".join(f"={byte:02X}" for byte in character.encode("utf-8"))


def _rfc2047(_: random.Random, text: str) -> str:
    return f"=?utf-8?B?{base64.b64encode(text.encode('utf-8')).decode('ascii')}?="


def _padded(rng: random.Random, text: str) -> str:
    return text + rng.choice("烫屯") * rng.randint(4, 20)


def _private_use(rng: random.Random, text: str) -> str:
    return _insert(rng, text, "\uf06c\uf0b7\uf0d8\uf076", 2)


def _zero_width(rng: random.Random, text: str) -> str:
    return _insert(rng, text, "\u200b\u200c\u2060\ufeff", max(2, len(text) // 12))


def _bidi(rng: random.Random, text: str) -> str:
    return _insert(rng, text, "\u200e\u200f\u202a\u202c\u2067\u2069", max(2, len(text) // 12))


def _selectors(rng: random.Random, text: str) -> str | None:
    places = [i + 1 for i, c in enumerate(text) if "一" <= c <= "鿿"]
    if not places:
        return None
    chosen = rng.choice(places)
    return text[:chosen] + rng.choice("\ufe00\ufe01\U000e0100") + text[chosen:]


def _insert(rng: random.Random, text: str, characters: str, count: int) -> str:
    pieces = list(text)
    for _ in range(count):
        pieces.insert(rng.randint(0, len(pieces)), rng.choice(characters))
    return "".join(pieces)


def _look_alikes(first: int, last: int) -> Garble:
    """Characters replaced by code points of a range that NFKC maps to them."""
    table = {
        unicodedata.normalize("NFKC", chr(code)): chr(code)
        for code in range(first, last + 1)
        if unicodedata.normalize("NFKC", chr(code)) != chr(code)
    }

    def garble(_: random.Random, text: str) -> str | None:
        garbled = "".join(table.get(c, c) for c in text)
        return garbled if garbled != text else None

    return garble


#: Radicals of the CJK Radicals Supplement that NFKC leaves alone, from EquivalentUnifiedIdeograph.
_SUPPLEMENT = str.maketrans("长门见贝车页风飞食马鱼鸟龟西齐", "⻓⻔⻅⻉⻋⻚⻛⻜⻝⻢⻥⻦⻳⻄⻬")


def _supplement(_: random.Random, text: str) -> str | None:
    garbled = text.translate(_SUPPLEMENT)
    return garbled if garbled != text else None


def _crossed_quotes(_: random.Random, text: str) -> str | None:
    if "“" not in text or "”" not in text:
        return None
    return text.replace("”", "〞")


def _doubled_commas(_: random.Random, text: str) -> str | None:
    garbled = re.sub("([。；！？])", "，\\1", text)
    return garbled if garbled != text else None


def _four_bytes_as_gbk(_: random.Random, text: str) -> str | None:
    """`·` of four-byte GB18030 read as GBK: `?6?1`."""
    garbled = re.sub("(?<=[一-鿿])·(?=[一-鿿])", "?6?1", text)
    return garbled if garbled != text else None


def _toneless(rng: random.Random, text: str) -> str | None:
    """Toneless readings in parentheses behind characters at random, as anti-copy noise."""
    from pypinyin import lazy_pinyin

    pieces: list[str] = []
    for character in text:
        pieces.append(character)
        if "一" <= character <= "鿿" and rng.random() < 0.15:
            pieces.append(f"({lazy_pinyin(character)[0]})")
    garbled = "".join(pieces)
    return garbled if garbled != text else None


FAMILIES: Mapping[str, Garble] = {
    "utf-8 > gbk, lost bytes U+FFFD": _read_as("utf-8", "gbk", "replace"),
    "utf-8 > gbk, lost bytes ?": _question_marks("utf-8", "gbk"),
    "utf-8 > gb18030": _read_as("utf-8", "gb18030", "replace"),
    "gbk > utf-8": _read_as("gbk", "utf-8", "replace"),
    "gbk > utf-8 > gbk (锟斤拷)": _kun_jin_kao,
    "utf-8 > latin-1": _read_as("utf-8", "latin-1"),
    "utf-8 > cp1252 (browser)": _browser("utf-8"),
    "utf-8 > cp1252, lost bytes U+FFFD": _read_as("utf-8", "cp1252", "replace"),
    "utf-8 > latin-1 without C1": _without_c1,
    "gbk > latin-1": _read_as("gbk", "latin-1"),
    "gbk > cp1252 (browser)": _browser("gbk"),
    "gbk > cp437": _read_as("gbk", "cp437"),
    "utf-8 > cp437": _read_as("utf-8", "cp437"),
    "big5 > latin-1": _read_as("big5hkscs", "latin-1"),
    "big5 > gbk": _read_as("big5hkscs", "gbk", "replace"),
    "gbk > big5": _read_as("gbk", "big5", "replace"),
    "utf-8 > big5": _read_as("utf-8", "big5", "replace"),
    "gbk > cp932": _read_as("gbk", "cp932", "replace"),
    "gbk > euc-jp": _read_as("gbk", "euc-jp", "replace"),
    "utf-8 > cp932": _read_as("utf-8", "cp932", "replace"),
    "gbk > cp949": _read_as("gbk", "cp949", "replace"),
    "utf-8 > cp949": _read_as("utf-8", "cp949", "replace"),
    "utf-8 > cp1251": _read_as("utf-8", "cp1251", "replace"),
    "gbk > cp1251": _read_as("gbk", "cp1251", "replace"),
    "utf-8 > mac-roman": _read_as("utf-8", "mac-roman"),
    "utf-8 > latin-1, twice": _read_as("utf-8", "latin-1", times=2),
    "utf-8 > cp1252, twice": _browser("utf-8", times=2),
    "utf-8 > gb18030, twice": _read_as("utf-8", "gb18030", "replace", times=2),
    "utf-16 swapped": _swapped,
    "utf-16le > latin-1": _read_as("utf-16-le", "latin-1"),
    "utf-8 > gbk, lost bytes dropped": _read_as("utf-8", "gbk", "ignore"),
    "utf-8 > gb18030, lost bytes dropped": _read_as("utf-8", "gb18030", "ignore"),
    "utf-8 > cp932, lost bytes dropped": _read_as("utf-8", "cp932", "ignore"),
    "utf-8 > shift-jis, lost bytes dropped": _read_as("utf-8", "shift-jis", "ignore"),
    "utf-8 > cp949, lost bytes dropped": _read_as("utf-8", "cp949", "ignore"),
    "utf-8 > euc-kr, lost bytes dropped": _read_as("utf-8", "euc-kr", "ignore"),
    "utf-8 > big5, lost bytes dropped": _read_as("utf-8", "big5", "ignore"),
    "&#decimal;": _each_wide(lambda c: f"&#{ord(c)};"),
    "&#xhex;": _each_wide(lambda c: f"&#x{ord(c):X};"),
    "named entities": _named_entities,
    "&amp;#xhex;": _each_wide(lambda c: f"&amp;#x{ord(c):x};"),
    "#xhex; without &": _without_ampersand,
    "amp; without &": _half_entity,
    "\\uXXXX": _each_wide(_units("\\u", "04x")),
    "\\xXX of utf-8": _each_wide(lambda c: "".join(f"\\x{b:02x}" for b in c.encode("utf-8"))),
    "%uXXXX": _each_wide(_units("%u", "04X")),
    "percent-encoded utf-8": lambda _, text: quote(text, safe=""),
    "percent-encoded gbk": _percent_gbk,
    "quoted-printable": _quoted_printable,
    "rfc 2047": _rfc2047,
    "烫 and 屯": _padded,
    "private use": _private_use,
    "kangxi radicals": _look_alikes(0x2F00, 0x2FD5),
    "cjk radicals supplement": _supplement,
    "compatibility ideographs": _look_alikes(0xF900, 0xFAD9),
    "full-width ascii": lambda _, text: _wide_ascii(text),
    "half-width punctuation": lambda _, text: _narrow_marks(text),
    "zero width": _zero_width,
    "bidi controls": _bidi,
    "crossed quotes": _crossed_quotes,
    "variation selectors": _selectors,
    "commas before every mark": _doubled_commas,
    "four-byte gb18030 as gbk": _four_bytes_as_gbk,
    "toneless pinyin at random": _toneless,
}

#: Families whose repair is an option, off by default.
OPTIONAL = frozenset({"full-width ascii", "half-width punctuation"})
#: Families in which the text itself is gone: flagged, not restored.
HOPELESS = frozenset({"gbk > utf-8", "gbk > utf-8 > gbk (锟斤拷)"})


def _wide_ascii(text: str) -> str | None:
    garbled = re.sub("[0-9A-Za-z]", lambda c: chr(ord(c[0]) + 0xFEE0), text)
    return garbled if garbled != text else None


def _narrow_marks(text: str) -> str | None:
    garbled = text.translate(str.maketrans("，。；：？！（）", ",.;:?!()"))
    return garbled if garbled != text else None
