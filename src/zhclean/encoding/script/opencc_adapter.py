"""The one place that knows opencc-python-reimplemented: its dictionaries and its method.

Only its data is used. Traps of the library, and what is done about each:

- Its `convert` is quadratic in text without punctuation: `conversion.py` gives the same result
  in linear time.
- Its import name, `opencc`, is also that of the C++ package: with both installed one overwrites
  the other. The dictionaries are looked for as files; if they are not there the error says so.
- The configurations name a segmentation that the library never performs. What it performs is:
  split at the separators below; for each group of the chain, dictionary by dictionary, take the
  longest key first and the leftmost of equals, then go on left and right of it.
- A key that holds a separator can therefore never match (five names with ．).
- A value may list several choices, separated by spaces; the first one is taken.
- Its dictionaries write Taiwan's own words with characters that Taiwan does not use (社羣,
  稽覈), so that `tw2sp` misses them in real text; `packs/wording.toml` has the real ones.
- `t2s` leaves 陜, and 著 where mainland text has 着; `tw2sp` makes 指标 a 指针, 蚌埠 a 蚌端口 and
  方程式 a 方程序. What is decided by context instead stands in `packs/`.
- Some entries of STPhrases.txt leave or even bring in a simplified character: `SLIPS`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec
from typing import Any, Final

from zhclean.errors import ConfigError

__all__ = ["SEPARATORS", "SLIPS", "Group", "dictionary", "groups", "reference"]

#: The dictionaries of one step of a conversion, in their order.
Group = tuple[Mapping[str, str], ...]

_SPACES: Final = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
_QUADS: Final = "".join(map(chr, range(0x2000, 0x200B)))
_MARKS: Final = "-,.?!*，。、；：？！…“”‘’『』「」﹁﹂—－（）《》〈〉～．／＼︒︑︔︓︿﹀︹︺︙︐［﹇］﹈︕︖︰︳︴︽︾︵︶｛︷｝︸﹃﹄【︻】︼"

#: The characters at which the library splits before it looks anything up.
SEPARATORS: Final = frozenset(_SPACES + _QUADS + _MARKS)


#: Entries of STPhrases.txt with a simplified character in their value, put right.
SLIPS: Final[Mapping[str, str]] = {
    "肥皂絲": "肥皂絲",
    "肥皂劇": "肥皂劇",
    "肥皂莢": "肥皂莢",
    "軟肥皂": "軟肥皂",
    "出戏": "出戲",
    "北马里亚纳": "北馬里亞納",
    "凌如焕": "淩如煥",
    "凌昌焕": "淩昌煥",
}

#: A line of a dictionary: a key without separators, and its first value.
_ENTRY: Final = re.compile(
    rf"^([^{re.escape(''.join(sorted(SEPARATORS)))}]+)\t([^ \n]+)", re.MULTILINE
)


def groups(config: str) -> tuple[Group, ...]:
    """The steps of an OpenCC configuration such as "t2s", each with its dictionaries.

    Raises `ConfigError` if the dictionaries of opencc-python-reimplemented are not installed.
    """
    settings: dict[str, Any] = json.loads(_read(f"config/{config}.json"))
    steps = []
    for link in settings["conversion_chain"]:
        step = link["dict"]
        members = step["dicts"] if step["type"] == "group" else [step]
        steps.append(tuple(dictionary(member["file"]) for member in members))
    return tuple(steps)


def reference(config: str, text: str) -> str:
    """What the library itself makes of `text`; for tests and benchmarks only (quadratic)."""
    converted: str = _library(config).convert(text)
    return converted


@cache
def _library(config: str) -> Any:
    from opencc import OpenCC

    return OpenCC(config)


@cache
def dictionary(name: str) -> Mapping[str, str]:
    """The first choice for each key of a dictionary file such as "TSCharacters.txt".

    Raises `ConfigError` if the dictionaries are not installed.
    """
    return dict(_ENTRY.findall(_read(f"dictionary/{name}")))


def _read(name: str) -> str:
    # Neither pathlib nor importlib.resources: they take longer to import than a file to read.
    spec = find_spec("opencc")
    if spec and spec.submodule_search_locations and isinstance(spec.loader, SourceFileLoader):
        with suppress(FileNotFoundError):
            path = f"{spec.submodule_search_locations[0]}/{name}"
            # Some of the files end their lines as DOS does.
            return spec.loader.get_data(path).decode("utf-8").replace("\r\n", "\n")
    raise ConfigError(
        f"script conversion needs {name} of opencc-python-reimplemented; it is not installed, "
        "or another package of the import name 'opencc' has overwritten it"
    )
