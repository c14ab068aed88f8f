"""Build `src/zhclean/encoding/script/words.json`: the packs of the stage, read ahead.

    python tools/build_script_words.py

To be run after every change of `src/zhclean/encoding/packs/script*.toml`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from zhclean.encoding.script.word_rules import read_packs

HOME: Final = Path(__file__).parent.parent / "src" / "zhclean" / "encoding" / "script"


def main() -> None:
    """Write the file."""
    HOME.joinpath("words.json").write_text(read_packs(), "utf-8")


if __name__ == "__main__":
    main()
