"""Words and patterns that are listed in simplified characters, for traditional text too.

The packs and the lexicon of redaction name each word once. What is read ahead of them holds its
traditional forms beside it: of a word those that OpenCC writes in general use, in Taiwan (with
its own words: 项目 is 專案) and in Hong Kong; of a single character, and in an expression, every
one that OpenCC's dictionaries know (余 is 余 and 餘).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from zhclean.encoding.script.opencc_adapter import reference

__all__ = ["characters", "expression", "guards", "surnames", "words"]

_CONFIGURATIONS: Final = ("s2t", "s2tw", "s2hk", "s2twp")
#: A part of an expression: an escape, a set with its escapes, a name of a group, any character.
_PART: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\(\?P[<=]\w+[>)]|.", re.DOTALL)


@cache
def _forms() -> Mapping[str, str]:
    """Simplified character -> its traditional ones, the most frequent first."""
    one: defaultdict[str, str] = defaultdict(str)
    tables = [_table(name) for name in ("STCharacters", "TWVariants", "HKVariants")]
    for simplified, values in tables[0].items():
        regional = [table.get(value, "") for value in values for table in tables[1:]]
        one[simplified] = "".join(dict.fromkeys([*values, *"".join(map("".join, regional))]))
    return one


def _table(name: str) -> dict[str, list[str]]:
    content = files("opencc").joinpath(f"dictionary/{name}.txt").read_text("utf-8")
    rows = (line.split("\t") for line in content.splitlines() if "\t" in line)
    # Characters beyond the basic plane are no traditional text's.
    return {key: [one for one in values.split() if one < "\U00010000"] for key, values in rows}


def characters(listed: str) -> str:
    """The characters with their traditional forms, each once."""
    return "".join(dict.fromkeys("".join(one + _forms().get(one, "") for one in listed)))


def words(listed: Iterable[str]) -> list[str]:
    """The words with their traditional forms, each once."""
    found: dict[str, None] = {}
    for word in listed:
        found[word] = None
        if len(word) == 1:
            found.update(dict.fromkeys(characters(word)))
        else:
            found.update(dict.fromkeys(reference(one, word) for one in _CONFIGURATIONS))
    return list(found)


def guards(table: Mapping[str, str]) -> dict[str, str]:
    """A table of words and the characters that make another word of them, for both scripts."""
    found: dict[str, str] = {}
    for word, guard in table.items():
        for form in words([word]):
            found[form] = characters(found.get(form, "") + guard)
    return found


def surnames(listed: str) -> str:
    """Surnames with the traditional form of those that have but one (not 於 for 于)."""
    return "".join(
        dict.fromkeys(
            "".join(
                one + forms if len(forms := _forms().get(one, "")) == 1 else one for one in listed
            )
        )
    )


def expression(source: str) -> str:
    """A regular expression that finds the traditional forms of what it finds."""
    return "".join(map(_part, _PART.findall(source)))


def _part(part: str) -> str:
    if part[0] == "[" and len(part) > 1:
        inside = part[1:-1]
        more = "".join(one for one in characters(inside) if one not in inside)
        return f"[{inside}{more}]"
    forms = characters(part) if len(part) == 1 else part
    return f"[{forms}]" if len(part) == 1 and len(forms) > 1 else part


def lexicon(content: Mapping[str, Any]) -> dict[str, Any]:
    """The word classes of redaction for both scripts."""
    place, organisation = content["place"], content["organisation"]
    person, names = content["person"], content["surnames"]
    return {
        "measures": guards(content["measures"]),
        "percent": {
            "words": words(content["percent"]["words"]),
            "tenths": expression(content["percent"]["tenths"]),
        },
        "place": {
            "suffix": guards(place["suffix"]),
            "administrative": {"words": words(place["administrative"]["words"])},
            "verbs": {"words": words(place["verbs"]["words"])},
        },
        "organisation": {
            "long": words(organisation["long"]),
            "short": words(organisation["short"]),
            "breaks": characters(organisation["breaks"]),
            "follow": characters(organisation["follow"]),
        },
        "person": {
            "titles": words(person["titles"]),
            "short": expression(person["short"]),
            "roles": words(person["roles"]),
            "acts": words(person["acts"]),
        },
        "labels": {kind: words(listed) for kind, listed in content["labels"].items()},
        "surnames": {
            key: words(listed) if isinstance(listed, list) else surnames(listed)
            for key, listed in names.items()
        },
    }
