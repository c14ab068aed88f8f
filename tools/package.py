"""Build the wheel and the sdist and test what was built, away from the checkout.

    python3 tools/package.py [--python 3.12 ...] [--floors]

The wheel is built from the sdist and once more from the checkout; both must be the same bytes, and
hold every file of the package. It is installed into a fresh environment, of this Python and
of each `--python` that can be found, and a slice of the tests runs there without the sources.
`--floors` does it once more with the lowest version of each dependency that pyproject.toml allows.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: What the tests import; the slice below needs no more.
TOOLS = ("hypothesis", "pytest", "pytest-timeout")
SLICE = ("tests/packaging", "tests/core/test_rules.py", "tests/cli/test_filter.py")
NOT_SHIPPED = {"__pycache__"}


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> None:
    """One step, shown; a failing one ends everything with its own status."""
    print("$", *command, flush=True)
    outside = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    status = subprocess.run(
        [str(word) for word in command], cwd=cwd, env={**outside, **environment}, check=False
    ).returncode
    if status:
        raise SystemExit(status)


def fresh(home: Path, python: str) -> Path:
    """A new environment of that Python; the path of its interpreter."""
    run(python, "-m", "venv", home)
    return home / "bin" / "python"


def install(python: Path, *requirements: str | Path) -> None:
    run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *requirements)


def build(work: Path) -> tuple[Path, Path]:
    """The wheel and the sdist."""
    python = fresh(work / "build", sys.executable)
    install(python, "build")
    run(python, "-m", "build", "--outdir", work / "dist", ROOT)  # the wheel from the sdist
    run(python, "-m", "build", "--wheel", "--outdir", work / "direct", ROOT)
    (wheel,) = (work / "dist").glob("*.whl")
    (sdist,) = (work / "dist").glob("*.tar.gz")
    if wheel.read_bytes() != (work / "direct" / wheel.name).read_bytes():
        raise SystemExit("the wheel from the sdist is not the wheel from the checkout")
    return wheel, sdist


def check_contents(wheel: Path, sdist: Path) -> None:
    """Every file of the package is in both, and nothing else of it."""
    package = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src" / "zhclean").rglob("*")
        if path.is_file() and not NOT_SHIPPED & set(path.parts)
    }
    with zipfile.ZipFile(wheel) as packed:
        in_wheel = {name for name in packed.namelist() if ".dist-info/" not in name}
    with tarfile.open(sdist) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    in_sdist = {name.removeprefix("src/") for name in names if name.startswith("src/zhclean/")}
    for kind, found in (("wheel", in_wheel), ("sdist", in_sdist)):
        if found != package:
            raise SystemExit(f"{kind}: missing or too much: {sorted(found ^ package)}")
    print(f"{len(package)} files of the package in {wheel.name} and {sdist.name}")


def floors() -> list[str]:
    """The lowest versions of the core dependencies that pyproject.toml allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [re.sub(r">=([\w.]+).*", r"==\1", line) for line in project["dependencies"]]


def test(python: Path, sdist: Path, work: Path) -> None:
    """The slice, from the sdist without its sources: what is imported is what is installed."""
    place = work / "unpacked"
    if not place.exists():
        with tarfile.open(sdist) as packed:
            packed.extractall(place, filter="data")
        shutil.rmtree(next(place.iterdir()) / "src")
    run(python, "-m", "pytest", "-q", *SLICE, cwd=next(place.iterdir()), ZHCLEAN_INSTALLED="1")


def find(version: str) -> str | None:
    """An interpreter of that version: on the path, or one of pyenv."""
    found = shutil.which(f"python{version}")
    # A shim of pyenv is on the path for versions that are not switched on.
    works = found and not subprocess.run([found, "-c", ""], capture_output=True).returncode
    if works:
        return found
    kept = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}"))
    return str(kept[-1]) if kept else None


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--python", action="append", default=[], metavar="VERSION")
    parser.add_argument("--floors", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        wheel, sdist = build(work)
        check_contents(wheel, sdist)
        python = fresh(work / "wheel", sys.executable)
        install(python, wheel, *TOOLS)
        test(python, sdist, work)
        for version in options.python:
            interpreter = find(version)
            if interpreter is None:
                print(f"Python {version} is not here: not tested", flush=True)
                continue
            python = fresh(work / version, interpreter)
            install(python, wheel, *TOOLS)
            test(python, sdist, work)
        if options.floors:
            python = fresh(work / "floors", sys.executable)
            install(python, wheel, *floors(), *TOOLS)
            test(python, sdist, work)


if __name__ == "__main__":
    main()
