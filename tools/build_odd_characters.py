"""Build `src/zhclean/encoding/misreads/odd.py`: the characters that Chinese rarely uses.

    python tools/build_odd_characters.py

They follow from `zones.py`, but to work them out takes longer than most texts take to clean. To
be run after a change there; a test compares the two.
"""

from __future__ import annotations

from pathlib import Path

from zhclean.encoding.misreads.zones import odd_borders

PLACE = Path(__file__).parents[1] / "src" / "zhclean" / "encoding" / "misreads" / "odd.py"

MODULE = '''"""The characters that Chinese rarely uses. Made by tools/build_odd_characters.py."""

from __future__ import annotations

from typing import Final

from zhclean.triggers import Borders

__all__ = ["ODD"]

# fmt: off
ODD: Final = Borders("{}")
'''


def main() -> None:
    shown = (
        char if char.isprintable() and char.isalnum() else f"\\U{ord(char):08x}"
        for char in odd_borders()
    )
    PLACE.write_text(MODULE.format("".join(shown)), "utf-8")


if __name__ == "__main__":
    main()
