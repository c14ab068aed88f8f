"""The pipeline: a list of cleaners that can be read aloud.

    encoding -> (script, when `to=` names a target) -> boilerplate -> numbers -> redaction

Cleaners propose, the pipeline applies. It goes round the list until every cleaner in turn
has nothing to add to the text, so cleaning a cleaned text changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from zhclean.edits import Patch, Proposal
from zhclean.errors import ConfigError, EditError, unknown
from zhclean.journey import Journey
from zhclean.result import Result
from zhclean.triggers import Gate, Trigger, pages
from zhclean.triggers.door import Door

if TYPE_CHECKING:
    from zhclean.encoding import Decoded

__all__ = [
    "DEFAULT_STAGES",
    "PRESETS",
    "STAGES",
    "Cleaner",
    "Pipeline",
    "default_pipeline",
    "pipeline",
]

#: Every stage, in the order in which a pipeline runs them.
STAGES: Final = ("encoding", "script", "boilerplate", "numbers", "redaction")

#: The stages of a pipeline for which none is named; `script` joins them when `to=` is given.
DEFAULT_STAGES: Final = ("encoding", "boilerplate", "numbers", "redaction")

#: Named option sets for `pipeline(preset=...)`.
PRESETS: Final[Mapping[str, Mapping[str, Any]]] = {
    # Undo damage, change nothing that an author wrote.
    "repair": {"stages": ("encoding",)},
    # Text for a language model: amounts stay as people write them, one script.
    "training": {"stages": DEFAULT_STAGES, "to": "zh-Hans", "numbers": "keep"},
    # Only what needs no judgement of layout; amounts stay as they are.
    "conservative": {
        "stages": ("encoding", "boilerplate", "redaction"),
        "level": "conservative",
    },
}

#: Cleaners normally agree within two rounds; more means that two of them undo each other.
_MOST_ROUNDS: Final = 8

#: So many characters are read ahead and cleaned together.
_READ_AHEAD: Final = 60_000


@runtime_checkable
class Cleaner(Protocol):
    """One kind of cleaning: an immutable value with one method.

    A cleaner is a pure function of the text: no state, no clock, no randomness. Make it a
    frozen dataclass with plain options and the pipeline can compare, pickle and store it.
    """

    @property
    def stage(self) -> str:
        """The name that `--only`, `--skip` and `pipeline(...)` know it by."""
        ...

    def propose(self, text: str) -> Proposal:
        """What should be changed and flagged in `text`, both in positions of `text`."""
        ...

    # A cleaner may also have `triggers() -> tuple[Trigger, ...]`: see zhclean.triggers. One
    # that has not is asked about every text.


@dataclass(frozen=True, slots=True, init=False)
class Pipeline:
    """Cleaners in their order. Immutable, comparable, picklable, and stored as JSON or TOML."""

    cleaners: tuple[Cleaner, ...]
    _door: Door | None = field(repr=False, compare=False)

    def __init__(self, cleaners: Iterable[Cleaner]) -> None:
        """Raises `ConfigError` for anything that is no cleaner."""
        if isinstance(cleaners, (str, Cleaner)) or not isinstance(cleaners, Iterable):
            raise TypeError(
                f"Pipeline() takes a list of cleaners, not {type(cleaners).__name__}; "
                'from names of stages pipeline("encoding") makes one'
            )
        object.__setattr__(self, "cleaners", tuple(cleaners))
        object.__setattr__(self, "_door", None)
        for cleaner in self.cleaners:
            if isinstance(cleaner, type):
                raise ConfigError(f"{cleaner.__name__} is a class: a pipeline takes its instances")
            if not isinstance(cleaner, Cleaner):
                raise ConfigError(f"{cleaner!r} is no cleaner: it has no stage or no propose()")

    def __reduce__(self) -> tuple[type[Pipeline], tuple[tuple[Cleaner, ...]]]:
        return Pipeline, (self.cleaners,)

    @property
    def door(self) -> Door:
        """What tells which cleaners to ask, over all texts; made for the first one."""
        if self._door is None:
            door = Door(Gate([_triggers(cleaner) for cleaner in self.cleaners]))
            object.__setattr__(self, "_door", door)
            return door
        return self._door

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages of the cleaners, each once, in order."""
        return tuple(dict.fromkeys(cleaner.stage for cleaner in self.cleaners))

    def clean(self, text: str) -> str:
        """`text`, cleaned."""
        _demand_str(text)
        journey = self._settle(text)
        return journey.text if journey else text

    def clean_many(self, texts: Iterable[str]) -> list[str]:
        """Each text, cleaned: the same as `clean` of each, and faster for small ones."""
        _demand_documents(texts)
        cleaned = list(texts)
        if {*map(type, cleaned)} != {str}:
            for text in cleaned:
                _demand_str(text)
        for start, end in pages(cleaned):
            for index, journey in self._settle_many(cleaned[start:end]).items():
                cleaned[start + index] = journey.text
        return cleaned

    def analyze(self, text: str | bytes | Decoded, *, encoding: str | None = None) -> Result:
        """`text`, cleaned, with every edit and flag.

        Bytes are decoded first; `encoding` names their codec where it is known, and
        `Result.encoding` says which was used. What `decode` gave is taken as it is: who needs
        the bytes that could not be decoded has them there. Raises `ConfigError` for an
        unknown codec.
        """
        if isinstance(text, str) and encoding is not None:
            raise ConfigError("encoding= is for bytes; this text is str already")
        source, used = _decoded(text, encoding)
        return _result(source, used, self._settle(source))

    def stream(self, texts: Iterable[str | bytes]) -> Iterator[Result]:
        """One `Result` a document, in order.

        Reads ahead, for several small texts are cleaned faster together: until it has some
        60,000 characters. Who must not wait for the next document asks `analyze`.
        """
        _demand_documents(texts)
        source = iter(texts)
        failure: Exception | None = None
        while failure is None:
            waiting: list[tuple[str, str | None]] = []
            size = 0
            try:
                while size < _READ_AHEAD:
                    waiting.append(_decoded(next(source)))
                    size += len(waiting[-1][0])
            except Exception as error:  # noqa: BLE001 - what the source gave before is not lost
                failure = error
            yield from self._results(waiting)
        if not isinstance(failure, StopIteration):
            raise failure

    def _results(self, documents: Sequence[tuple[str, str | None]]) -> Iterator[Result]:
        try:
            journeys = self._settle_many([text for text, _ in documents])
        except Exception:  # noqa: BLE001 - of a user's cleaner: raised where its text comes
            for text, encoding in documents:
                yield _result(text, encoding, self._settle(text))
            return
        for index, (text, encoding) in enumerate(documents):
            yield _result(text, encoding, journeys.get(index))

    def _settle(self, text: str) -> Journey | None:
        """`text` after the rounds; None if it concerns nobody."""
        return self._settle_many((text,)).get(0)

    def _settle_many(self, texts: Sequence[str]) -> dict[int, Journey]:
        """Those texts that concern anybody, by index, after the rounds."""
        found = self.door.scan_many(texts)
        journeys = {
            index: Journey(texts[index], concerned)
            for index, concerned in enumerate(found)
            if concerned
        }
        self._go_rounds(list(journeys.values()))
        return journeys

    def _go_rounds(self, journeys: list[Journey]) -> None:
        """Send texts round the cleaners until none of them has anything to add."""
        for _ in range(_MOST_ROUNDS):
            journeys = self._go_round(journeys)
            if not journeys:
                return
            found = self.door.scan_many_changed([journey.text for journey in journeys])
            for journey, concerned in zip(journeys, found, strict=True):
                journey.concerned = concerned
        for journey in journeys:
            journey.give_up()

    def _go_round(self, journeys: list[Journey]) -> list[Journey]:
        """Send texts one round; returns those that have to go on.

        A cleaner sees all texts before the next one does: what it looks things up in is then
        in the processor's cache.
        """
        for index, cleaner in enumerate(self.cleaners):
            settled = False
            for journey in journeys:
                if not journey.concerned >> index & 1:
                    journey.skip(index)
                elif _take(journey, index, cleaner):
                    journey.concerned = self.door.scan_changed(
                        journey.text, index, journey.concerned
                    )
                settled = settled or journey.quiet == len(self.cleaners)
            if settled:
                journeys = [one for one in journeys if one.quiet < len(self.cleaners)]
        return journeys

    def to_dict(self) -> dict[str, Any]:
        """`{"cleaners": [{"type": "module:Class", option: value, ...}, ...]}`.

        Raises `ConfigError` if a cleaner is not a dataclass.
        """
        from zhclean.stored_cleaners import describe_cleaner

        return {"cleaners": list(map(describe_cleaner, self.cleaners))}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, known: Iterable[type] = ()) -> Pipeline:
        """The pipeline that `to_dict` described.

        Only cleaners of zhclean itself and those in `known` are made: a stored pipeline
        can't have arbitrary code imported. Raises `ConfigError` for anything else.
        """
        from zhclean.stored_cleaners import build_cleaner

        kinds = tuple(known)
        rows = data.get("cleaners")
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            raise ConfigError("a stored pipeline needs 'cleaners', a list of tables")
        return cls(tuple(build_cleaner(row, kinds) for row in rows))

    def to_json(self) -> str:
        """The pipeline as one line of JSON."""
        import json

        return json.dumps(self.to_dict())

    @classmethod
    def from_json(cls, text: str, *, known: Iterable[type] = ()) -> Pipeline:
        """The pipeline that `to_json` wrote; errors as in `from_dict`."""
        import json

        try:
            data = json.loads(text)
        except ValueError as error:
            raise ConfigError(f"not JSON: {error}") from None
        if not isinstance(data, dict):
            raise ConfigError("a stored pipeline is a JSON object")
        return cls.from_dict(data, known=known)

    def to_toml(self) -> str:
        """The pipeline as TOML, one `[[cleaners]]` table a cleaner."""
        from zhclean.stored_cleaners import toml_of

        return toml_of(self.to_dict()["cleaners"])

    @classmethod
    def from_toml(cls, text: str, *, known: Iterable[type] = ()) -> Pipeline:
        """The pipeline that `to_toml` wrote; errors as in `from_dict`."""
        import tomllib

        try:
            return cls.from_dict(tomllib.loads(text), known=known)
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(f"not TOML: {error}") from None


def _result(source: str, encoding: str | None, journey: Journey | None) -> Result:
    if journey is None:
        return Result(source, source, encoding=encoding)
    return Result(source, journey.text, journey.patches, journey.flags(), encoding)


def _demand_str(text: object) -> None:
    if not isinstance(text, str):
        raise TypeError(f"clean() takes str, not {type(text).__name__}; see analyze(), decode()")


def _demand_documents(texts: object) -> None:
    if isinstance(texts, (str, bytes)):
        raise TypeError("one text where several are meant: put it into a list")
    if not isinstance(texts, Iterable):
        raise TypeError(f"texts are meant, in a list or another iterable, not {texts!r}")


def _take(journey: Journey, index: int, cleaner: Cleaner) -> bool:
    """Have `cleaner` propose for the text and apply it; errors name the cleaner."""
    proposal = cleaner.propose(journey.text)
    if not (isinstance(proposal, Proposal) and isinstance(proposal.patch, Patch)):
        raise TypeError(
            f"{type(cleaner).__name__}.propose() gave {proposal!r}, not a Proposal of a Patch"
        )
    try:
        return journey.take(index, proposal)
    except EditError as error:
        raise EditError(f"{type(cleaner).__name__}: {error}") from None


def _decoded(text: str | bytes | Decoded, encoding: str | None = None) -> tuple[str, str | None]:
    """The text, and the codec of bytes."""
    if isinstance(text, str):
        return text, None
    from zhclean.encoding.decoding import Decoded, decode

    if not isinstance(text, (bytes, Decoded)):
        raise TypeError(f"a text is str or bytes, not {type(text).__name__}")
    decoded = text if isinstance(text, Decoded) else decode(text, encoding)
    return decoded.text, decoded.encoding


def _triggers(cleaner: Cleaner) -> tuple[Trigger, ...] | None:
    declare = getattr(cleaner, "triggers", None)
    return None if declare is None else tuple(declare())


def pipeline(
    *stages: str,
    preset: str | None = None,
    to: str | None = None,
    numbers: str | None = None,
    level: str | None = None,
    packs: Iterable[str | PathLike[str]] = (),
    mask: str | None = None,
    spinning: bool = False,
    width: bool = False,
    punctuation: bool = False,
) -> Pipeline:
    """A pipeline of the named stages in their fixed order; of the default ones if none is named.

    - `preset`: options to start from, a name in `PRESETS`.
    - `to`: script conversion to `zh-Hans`, `zh-Hans-CN`, `zh-Hant`, `zh-Hant-TW`, `zh-Hant-HK`.
    - `numbers`: style `plain` (default), `arabic`, `keep` or `gbt15835`.
    - `level`: how much boilerplate evidence suffices, `conservative`, `standard` (default)
      or `aggressive`.
    - `packs`: the user's own rule packs, each a path of a TOML file.
    - `mask`: a token that replaces redactions, which are otherwise flagged and left.
    - `spinning`: repair words that were replaced blindly (假设干, once 若干), and flag those that
      may have been (开展 where 发展 stood).
    - `width`: full-width digits and Latin to ASCII. `punctuation`: ASCII marks between
      Chinese characters to full width.

    Raises `ConfigError` for a name or value that does not exist.
    """
    if isinstance(packs, (str, PathLike)) or not isinstance(packs, Iterable):
        raise TypeError(f"packs= takes a list of paths, not {packs!r}")
    for option, value in (("spinning", spinning), ("width", width), ("punctuation", punctuation)):
        if not isinstance(value, bool):
            raise TypeError(f"{option}= takes True or False, not {value!r}")
    if preset is not None:
        if preset not in PRESETS:
            raise unknown("preset", preset, PRESETS)
        base = PRESETS[preset]
        stages = stages or base["stages"]
        to = base.get("to") if to is None else to
        numbers = base.get("numbers") if numbers is None else numbers
        level = base.get("level") if level is None else level
    _demand_stages(stages)
    if "script" in stages and to is None:
        raise ConfigError("stage 'script' needs a target (to), zh-Hans for example")
    wanted = {*(stages or DEFAULT_STAGES), *(("script",) if to is not None else ())}
    options: dict[str, dict[str, Any]] = {
        "encoding": {"width": width, "punctuation": punctuation},
        "script": {"to": to},
        "boilerplate": {
            "level": "standard" if level is None else level,
            "packs": tuple(map(fspath, packs)),
        },
        "numbers": {"style": "plain" if numbers is None else numbers},
        "redaction": {"mask": mask, "spinning": spinning},
    }
    return Pipeline(
        cleaner
        for stage in STAGES
        if stage in wanted
        for cleaner in _cleaners_of(stage, options[stage])
    )


def _demand_stages(names: Iterable[object]) -> None:
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f'stages are named one by one, pipeline("encoding"), not {name!r}')
        if name not in STAGES:
            raise unknown("stage", name, STAGES)


def _cleaners_of(stage: str, options: Mapping[str, Any]) -> tuple[Cleaner, ...]:
    """The passes of a stage, whose package is imported now: one that does not run costs nothing."""
    package = import_module("zhclean.encoding.script" if stage == "script" else f"zhclean.{stage}")
    cleaners: tuple[Cleaner, ...] = package.cleaners(**options)
    return cleaners


@cache
def default_pipeline() -> Pipeline:
    """`pipeline()`, made once."""
    return pipeline()
