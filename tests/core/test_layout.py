"""What the folders promise: who imports whom is checked by lint-imports; this is the rest."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import zhclean

PACKAGE = Path(zhclean.__file__).parent
NAMED_LIBRARIES = {"opencc", "ftfy", "regex", "chardet", "cn2an", "pypinyin"}


def test_each_third_party_library_is_imported_in_one_adapter() -> None:
    importers: dict[str, set[str]] = defaultdict(set)
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            else:
                continue
            for name in names:
                if name.split(".")[0] in NAMED_LIBRARIES:
                    importers[name.split(".")[0]].add(path.relative_to(PACKAGE).as_posix())
    assert {name: found for name, found in importers.items() if len(found) > 1} == {}


def test_the_package_states_that_it_is_typed() -> None:
    assert (PACKAGE / "py.typed").exists()


def test_modules_stay_readable() -> None:
    long = {
        str(path.relative_to(PACKAGE)): count
        for path in PACKAGE.rglob("*.py")
        if (count := len(path.read_text("utf-8").splitlines())) > 450
    }
    assert long == {}


def test_public_names_are_there_and_listed() -> None:
    assert set(zhclean.__all__) <= set(dir(zhclean))
    assert all(hasattr(zhclean, name) for name in zhclean.__all__)
    assert all(name in zhclean.__all__ or name.startswith("__") for name in dir(zhclean))


def test_public_names_are_documented() -> None:
    for name in set(zhclean.__all__) - {"NOTHING"}:
        value = getattr(zhclean, name)
        assert value.__doc__, name
        methods = vars(value).items() if isinstance(value, type) else ()
        for method, function in methods:
            if not method.startswith("_") and callable(getattr(value, method)):
                assert getattr(function, "__doc__", ""), f"{name}.{method}"
