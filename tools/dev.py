"""One command each for a fresh clone; needs nothing but Python 3.11 or later.

    python3 tools/dev.py try      set up and clean the bundled example
    python3 tools/dev.py test     set up, check and run the tests; further words go to pytest,
                                  --engines also tests pandas, polars, datasets and Ray,
                                  --docs builds the docs site as well
    python3 tools/dev.py check    lint, format, strict types, import rules

The environment is `.venv` beside this checkout; `ZHCLEAN_VENV` names another.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("ZHCLEAN_VENV", ROOT / ".venv"))
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
EXAMPLE = ROOT / "docs" / "examples" / "scraped-page.txt"


def run(*command: str) -> None:
    """One step, shown; a failing one ends everything with its own status."""
    print("$", *command, flush=True)
    status = subprocess.run(command, cwd=ROOT, check=False).returncode
    if status:
        raise SystemExit(status)


def tool(name: str) -> str:
    return str(BIN / name)


def set_up(extras: str) -> None:
    """Make the environment, or bring it up to date."""
    if not (HOME / "pyvenv.cfg").exists():
        print("creating", HOME, flush=True)
        venv.create(HOME, with_pip=True)
    quiet = ("--quiet", "--disable-pip-version-check")
    run(tool("python"), "-m", "pip", "install", *quiet, "--editable", f".{extras}")


def check() -> None:
    run(tool("ruff"), "check", ".")
    run(tool("ruff"), "format", "--check", ".")
    run(tool("mypy"))
    run(tool("mypy"), "--platform", "win32")
    run(tool("lint-imports"))


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - run by whatever python3 there is
        raise SystemExit(f"zhclean needs Python 3.11 or later; this is {sys.version.split()[0]}")
    wanted = sys.argv[1:2]
    if wanted == ["try"]:
        set_up("")
        before = EXAMPLE.read_text("utf-8")
        print(f"\n--- {EXAMPLE.relative_to(ROOT)} as scraped\n{before}\n--- cleaned", flush=True)
        run(tool("zhclean"), str(EXAMPLE))
    elif wanted == ["test"]:
        options = sys.argv[2:]
        more = [word for word in options if word in ("--engines", "--docs")]
        extras = ["dev", "corpus", "discover", *(word.removeprefix("--") for word in more)]
        set_up(f"[{','.join(extras)}]")
        check()
        run(tool("python"), "-m", "pytest", *(word for word in options if word not in more))
    elif wanted == ["check"]:
        set_up("[dev]")
        check()
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
