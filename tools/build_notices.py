"""Build what the boilerplate stage reads of its packs.

`notices.json`, `triggers.txt`, and what the triggers stand for, `within.json` and `others.json`.

    python tools/build_notices.py

To be run after every change of a pack, of the templates or of `rates.txt`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from zhclean.boilerplate.gating import anchors_of, as_json, as_text, rows_of
from zhclean.boilerplate.hints import OTHERS, WITHIN
from zhclean.boilerplate.reading import read_packs

HOME: Final = Path(__file__).parent.parent / "src" / "zhclean" / "boilerplate"


def main() -> None:
    notices = read_packs()
    HOME.joinpath("notices.json").write_text(notices.to_json() + "\n", "utf-8")
    HOME.joinpath("triggers.txt").write_text(as_text(rows_of(notices)), "utf-8")
    for name, within in ((WITHIN, True), (OTHERS, False)):
        numbers = anchors_of(notices, within_body=within)
        HOME.joinpath(name).write_text(as_json(numbers), "utf-8")


if __name__ == "__main__":
    main()
