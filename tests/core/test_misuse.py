"""What a caller gets wrong: one clear message that names it, and never a wrong result."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest

import zhclean
from zhclean import ConfigError, EditError, Flag, Patch, Pipeline, Proposal, Result

pipeline: Any = zhclean.pipeline
make: Any = Pipeline
CLEANER = zhclean.pipeline("numbers").cleaners[0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: zhclean.analyze(bytearray(b"a")), "a text is str or bytes, not bytearray"),  # type: ignore[arg-type]
        (lambda: zhclean.analyze(Path("a")), "a text is str or bytes"),  # type: ignore[arg-type]
        (lambda: list(pipeline().stream(["a", None])), "a text is str or bytes, not NoneType"),
        (lambda: list(pipeline().stream(None)), "list"),
        (lambda: pipeline().clean_many(None), "list"),
        (lambda: zhclean.decode("a"), "takes bytes, not str"),  # type: ignore[arg-type]
        (lambda: zhclean.decode(b"a", 3), "not 3"),  # type: ignore[arg-type]
        (lambda: zhclean.quantities(b"1"), "takes str, not bytes"),  # type: ignore[arg-type]
        (lambda: pipeline(["encoding"]), "one by one"),
        (lambda: pipeline(packs="mine.toml"), "list of paths, not 'mine.toml'"),
        (lambda: pipeline(packs=Path("mine.toml")), "list of paths"),
        (lambda: pipeline(packs=None), "list of paths, not None"),
        (lambda: pipeline(mask=3), "mask=.* not 3"),
        (lambda: pipeline(width="yes"), "width= takes True or False, not 'yes'"),
        (lambda: make("encoding"), "list of cleaners, not str"),
        (lambda: make(None), "list of cleaners, not NoneType"),
        (lambda: make(CLEANER), "list of cleaners, not Numbers"),
        (lambda: make(pipeline()), "list of cleaners, not Pipeline"),
    ],
)
def test_a_wrong_type_is_named(call: Callable[[], object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        call()


def test_a_class_is_no_cleaner() -> None:
    with pytest.raises(ConfigError, match="Numbers is a class"):
        make((type(CLEANER),))


@pytest.mark.parametrize("option", ["numbers", "level", "to", "preset"])
def test_an_empty_name_is_not_the_default(option: str) -> None:
    with pytest.raises(ConfigError, match="''"):
        pipeline(**{option: ""})


def test_several_texts_and_cleaners_may_be_any_iterable() -> None:
    pipe = Pipeline(iter([CLEANER]))
    assert pipe == Pipeline((CLEANER,))
    assert pipe.clean_many(text for text in ["三千万元", "元"]) == ["30000000元", "元"]


def test_a_pack_may_be_a_path(tmp_path: Path) -> None:
    with pytest.raises(zhclean.RuleError, match=r"none\.toml"):
        zhclean.pipeline("boilerplate", packs=[tmp_path / "none.toml"])


@dataclass(frozen=True)
class Says:
    """Proposes what it is told to, right or wrong."""

    proposal: Any
    stage: ClassVar[str] = "encoding"

    def propose(self, text: str) -> Proposal:
        return self.proposal  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "proposal",
    ["abc", None, [(0, 1, "", "U001")], Patch(), Proposal([(0, 1, "", "U001")])],  # type: ignore[arg-type]
)
def test_a_cleaner_that_proposes_nonsense_is_named(proposal: Any) -> None:
    with pytest.raises(TypeError, match=r"Says.propose\(\) gave "):
        Pipeline([Says(proposal)]).analyze("abc")


@pytest.mark.parametrize("span", [(2, 9), (-2, -1), (2, 1), (-1, 2)])
def test_a_flag_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(EditError, match=r"Says: Flag\(.* is not in the text of 3"):
        Pipeline([Says(Proposal(flags=(Flag(*span, "other", "U001"),)))]).analyze("abc")


def test_an_edit_outside_the_text_is_refused() -> None:
    with pytest.raises(EditError, match="Says: edit ends at 9"):
        Pipeline([Says(Proposal(Patch.of([(0, 9, "", "U001")])))]).clean("abc")


@pytest.mark.parametrize(
    "change",
    [
        {"source": 1, "text": 1},
        {"encoding": 3},
        {"edits": [{"start": "0", "end": 1, "before": "a", "after": "b", "rules": ["U001"]}]},
        {"edits": [{"start": 0, "end": 1, "before": "a", "after": "b", "rules": [7]}]},
        {"flags": [{"start": 0, "end": 1, "kind": 3, "rule": "U001"}]},
    ],
)
def test_a_stored_result_of_wrong_types_is_refused(change: dict[str, Any]) -> None:
    record: dict[str, Any] = {
        "source": "a",
        "encoding": None,
        "text": "a",
        "edits": [],
        "flags": [],
    }
    with pytest.raises(EditError, match="not a result in JSON"):
        Result.from_json(json.dumps({**record, **change}))
