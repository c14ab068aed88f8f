"""Build `src/zhclean/encoding/decoding/cns11643.bin`, the character table behind EUC-TW.

    apt-get install unicode-data
    python tools/build_cns11643.py /usr/share/unicode

Ideographs come from the Unihan database: kIRG_TSource, and kCNS1992 where that has moved on
from the 1992 standard (Unicode licence). The symbols of plane 1 are not in Unihan; their rows
stand below, in the order of CNS 11643-1992.

Layout of the file: LZMA over UTF-8; for each of planes 1-7 and 15 one string of 94 x 94
characters, row by row, U+0000 where the plane has no character.
"""

from __future__ import annotations

import argparse
import bz2
import lzma
import re
from pathlib import Path
from typing import Final

PLANES: Final = (1, 2, 3, 4, 5, 6, 7, 15)
HOLE: Final = "〓"  # stands for an empty cell in the rows below

#: Row of plane 1 -> its characters from column 0x21 on.
SYMBOL_ROWS: Final = {
    0x21: "　，、。．・；：？！︰…‥﹐﹑﹒·﹔﹕﹖﹗︱—︲–〓〓〓〓（）︵︶｛｝︷︸〔〕︹︺【】︻︼《》︽︾〈〉︿﹀「」﹁﹂『』﹃﹄﹙﹚﹛﹜﹝﹞‘’“”〝〞′‵＃＆＊※§〃○●△▲◎☆★◇◆□■▽▼",
    0x22: "㊣℅‾〓＿〓﹉﹊﹍﹎﹋﹌﹟﹠﹡＋－×÷±√＜＞＝≦≧≠∞≒≡﹢﹣﹤﹦﹥～∩∪⊥∠∟⊿㏒㏑∫∮∵∴♀♂♁☉↑↓→←↖↗↙↘‖｜／＼∕﹨＄￥〒￠￡％＠℃℉﹩﹪﹫㏕㎜㎝㎞㏎㎡㎎㎏㏄°兙兛兞兝兡兣",
    0x23: "嗧瓩糎▁▂▃▄▅▆▇█▏▎▍▌▋▊▉┼┴┬┤├▔─│▕┌┐└┘╭╮╰╯═╞╪╡◢◣◥◤╱╲╳",
    0x24: "０１２３４５６７８９ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ〡〢〣〤〥〦〧〨〩〓卄〓ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚΑΒΓΔΕΖΗΘΙΚ",
    0x25: "ΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψωㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙㄚㄛㄜㄝㄞㄟㄠㄡㄢㄣㄤㄥㄦㄧㄨㄩ˙ˉˊˇˋ",
    0x26: "①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ",
    0x27: "〓〓〓〓〓〓〓亠〓〓〓〓〓〓冫〓〓〓〓勹",
    0x42: "␀␁␂␃␄␅␆␇␈␉␊␋␌␍␎␏␐␑␒␓␔␕␖␗␘␙␚␛␜␝␞␟␡",
}

SOURCE: Final = re.compile(
    r"U\+([0-9A-F]+)\t(kIRG_TSource|kCNS1992)\t(?:T)?([0-9A-F])-([0-9A-F]{4})$"
)


def read_unihan(folder: Path) -> dict[tuple[int, int], str]:
    """(plane, code) -> character, from two files of Unihan; kCNS1992 goes first."""
    cells: dict[tuple[int, int], str] = {}
    for name in ("Unihan_OtherMappings.txt.bz2", "Unihan_IRGSources.txt.bz2"):
        with bz2.open(folder / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                if found := SOURCE.match(line.rstrip("\n")):
                    char, _, plane, code = found.groups()
                    cells.setdefault((int(plane, 16), int(code, 16)), chr(int(char, 16)))
    return cells


def build(folder: Path) -> bytes:
    """The content of the file."""
    cells = read_unihan(folder)
    for row, symbols in SYMBOL_ROWS.items():
        for column, symbol in enumerate(symbols, 0x21):
            if symbol != HOLE:
                cells[1, row << 8 | column] = symbol
    grid = [row << 8 | column for row in range(0x21, 0x7F) for column in range(0x21, 0x7F)]
    text = "".join(cells.get((plane, code), "\0") for plane in PLANES for code in grid)
    return lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("unicode", type=Path, help="folder of the Unicode data files")
    arguments = parser.parse_args()
    target = Path(__file__).parents[1] / "src/zhclean/encoding/decoding/cns11643.bin"
    target.write_bytes(build(arguments.unicode))


if __name__ == "__main__":
    main()
