"""Build `src/zhclean/boilerplate/notices.json`: the packs of the stage, read ahead.

    python tools/build_notices.py

To be run after every change of a pack, of the templates or of their frequency table.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from zhclean.boilerplate.notices import read_packs

HOME: Final = Path(__file__).parent.parent / "src" / "zhclean" / "boilerplate"


def main() -> None:
    HOME.joinpath("notices.json").write_text(read_packs().to_json() + "\n", "utf-8")


if __name__ == "__main__":
    main()
