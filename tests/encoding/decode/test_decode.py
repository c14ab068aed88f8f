"""Bytes to text: lossless on any bytes, exact on Chinese ones, damaged or not."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.timing import assert_linear
from zhclean.encoding import decode
from zhclean.errors import ConfigError

SIMPLIFIED = (
    "县里的老桥去年汛期被冲垮，今年五月重新通车。村民说，赶集再也不用绕二十里山路了。\n"
    "修桥的钱一半来自省里，一半是大家凑的，账目贴在村委会门口，谁都可以去看。\n"
)
TRADITIONAL = (
    "縣裡的老橋去年汛期被沖垮，今年五月重新通車。村民說，趕集再也不用繞二十里山路了。\n"
    "修橋的錢一半來自省裡，一半是大家湊的，帳目貼在村委會門口，誰都可以去看。\n"
)
SHORT = 20


def iso_2022_cn(text: str) -> bytes:
    pieces = []
    for line in text.split("\n"):
        pairs = bytes(byte & 0x7F for byte in line.encode("gb2312"))
        pieces.append(b"\x1b$)A\x0e" + pairs + b"\x0f" if line else b"")
    return b"\n".join(pieces)


@settings(deadline=None)  # the first call loads tables
@given(st.binary(max_size=200), st.sampled_from([None, "gbk", "big5", "utf-16", "hz", "utf-8"]))
@example(b"\xff\xfe", None)
@example(b"\x1b$)A\x0e0!", None)
@example(b"~{", "hz")
def test_lossless_on_any_bytes(data: bytes, encoding: str | None) -> None:
    decoded = decode(data, encoding)
    assert decoded.encode() == data
    for start, end in decoded.damaged:
        assert 0 <= start < end <= len(data)


@pytest.mark.parametrize(
    ("encoding", "text", "found"),
    [
        ("utf-8", SIMPLIFIED, "utf-8"),
        ("utf-8-sig", SIMPLIFIED, "utf-8"),
        ("gb2312", SIMPLIFIED, "gb18030"),
        ("gb18030", SIMPLIFIED, "gb18030"),
        ("cp950", TRADITIONAL, "cp950"),
        ("hz", SIMPLIFIED, "hz"),
        ("utf-16-le", SIMPLIFIED, "utf-16-le"),
        ("utf-16-be", TRADITIONAL, "utf-16-be"),
        ("utf-16", SIMPLIFIED, "utf-16-le"),
        ("utf-32-le", SIMPLIFIED, "utf-32-le"),
        ("utf-32-be", SIMPLIFIED, "utf-32-be"),
        ("utf-32", SIMPLIFIED, "utf-32-le"),
    ],
)
@pytest.mark.parametrize("length", [SHORT, 1000])
def test_whole_files(encoding: str, text: str, found: str, length: int) -> None:
    data = text[:length].encode(encoding)
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.damaged) == (text[:length], found, ())
    assert decoded.encode() == data


def test_encodings_without_a_codec() -> None:
    from zhclean.encoding.decoding.cns11643 import encode_euc_tw

    for data, text, encoding in (
        (encode_euc_tw(TRADITIONAL), TRADITIONAL, "euc-tw"),
        (iso_2022_cn(SIMPLIFIED), SIMPLIFIED, "iso-2022-cn"),
        # Plane 2 by ESC N, as RFC 1922 has it.
        (b"\x1b$)G\x0eD!\x0f\x1b$*H\x1bN!!\x0f", "一乂", "iso-2022-cn"),
    ):
        decoded = decode(data)
        assert (decoded.text, decoded.encoding) == (text, encoding)
        assert decoded.encode() == data


def test_the_superset_is_used() -> None:
    assert decode("朱镕基".encode("gbk"), "gb2312").text == "朱镕基"
    assert decode("煊恒".encode("big5hkscs"), "big5-hkscs").text == "煊恒"
    assert decode(b"\xa1\xaa", "gb2312").text == "—"  # U+2015 in Python's gb2312


@pytest.mark.parametrize("text", ["友達と一緒に映画を見に行きました。とても楽しかったです。\n"])
@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_japanese_is_not_taken_for_chinese(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("text", ["中文", "你好", "铁路以东的人们都知道今天天气很好。"])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_page_that_was_saved_garbled_is_still_utf_8(text: str, encoding: str) -> None:
    garbled = text.encode(encoding).decode("latin-1")
    if encoding == "utf-8" or len(text) > 2:  # two characters in two bytes each tell nothing
        assert decode(garbled.encode()).text == garbled


def test_two_characters_of_gbk_that_fit_utf_8() -> None:
    assert decode("联通".encode("gbk")).text == "联通"


def test_korean_is_not_taken_for_chinese() -> None:
    text = "오늘은 날씨가 좋아서 친구와 함께 공원에 갔습니다.\n"
    assert decode(text.encode("euc-kr")).text == text


def outside_damage(text: str) -> list[str]:
    return [part for part in text.split("\ufffd") if part]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("utf-8", SIMPLIFIED), ("gb18030", SIMPLIFIED), ("utf-16-le", SIMPLIFIED)],
)
def test_cut_at_both_ends(encoding: str, text: str) -> None:
    data = text.rstrip("\n").encode(encoding)
    decoded = decode(data[1:-1])
    assert outside_damage(decoded.text) == [text.rstrip("\n")[1:-1]]
    assert decoded.encode() == data[1:-1]
    width = len(text[0].encode(encoding))
    assert decoded.damaged == ((0, width - 1), (len(data) - width - 1 + 0, len(data) - 2))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "cp950", "utf-16-le", "utf-16-be"])
def test_a_byte_deleted(encoding: str) -> None:
    text = TRADITIONAL if encoding == "cp950" else SIMPLIFIED
    place = text.index("村民") if encoding == "cp950" else text.index("赶集")
    before = text[:place].encode(encoding)
    code = text[place].encode(encoding)
    data = before + code[1:] + text[place + 1 :].encode(encoding)
    decoded = decode(data)
    assert decoded.encode() == data
    assert decoded.text.startswith(text[:place])
    assert decoded.text.endswith(text[place + 1 :])


@pytest.mark.parametrize(
    ("text", "lost"), [("她汉语说得不好，请多包涵。", "汉"), ("今天的馄饨比昨天的咸。", "馄")]
)
@pytest.mark.parametrize("byte", [0, 1])
def test_nothing_is_shown_that_may_be_another_character(text: str, lost: str, byte: int) -> None:
    place = text.index(lost)
    code = lost.encode("gb18030")
    head, tail = (part.encode("gb18030") for part in text.split(lost))
    decoded = decode(head + code[byte : byte + 1] + tail)
    assert decoded.text == text[:place] + "\ufffd" + text[place + 2 :]
    assert decoded.damaged == ((len(head), len(head) + 3),)


def test_what_only_the_hong_kong_set_has_is_not_damage() -> None:
    text = "粵語課上，老師問二〇〇八年嗰陣時大家喺邊度。維生素C同生物酶，有冇人記得？\n" * 3
    decoded = decode(text.encode("big5hkscs"))
    assert (decoded.text, decoded.encoding, decoded.damaged) == (text, "big5hkscs", ())


def test_a_foreign_byte() -> None:
    head, tail = SIMPLIFIED[:30].encode("gbk"), SIMPLIFIED[30:].encode("gbk")
    decoded = decode(head + b"\x80" + tail)
    assert decoded.text == SIMPLIFIED[:30] + "\ufffd" + SIMPLIFIED[30:]
    assert decoded.damaged == ((len(head), len(head) + 1),)


def test_lines_of_another_encoding() -> None:
    first, second, _ = SIMPLIFIED.split("\n")
    data = first.encode("gbk") + b"\n" + second.encode("utf-8") + b"\n" + first.encode("gbk")
    decoded = decode(data)
    assert decoded.text == f"{first}\n{second}\n{first}"
    assert decoded.encode() == data
    assert decoded.damaged == ()


def test_short_lines_of_another_encoding_that_reads_them_too() -> None:
    lines = [
        *TRADITIONAL.split("\n")[:2],
        "「誰借的書？」",
        "「是我。」",
        "橋頭三里，",
        "順頌大安",
    ]
    for main, other in (("gb18030", "cp950"), ("cp950", "gb18030"), ("utf-8", "cp950")):
        for written in ((2, 0), (3, 0), (4, 0), (5, 0)):
            data = b"\n".join(
                line.encode(other if place in written else main) for place, line in enumerate(lines)
            )
            assert decode(data).text == "\n".join(lines), (main, other, written)


def test_rare_words_stay_in_a_file_of_two_encodings() -> None:
    rare = "抽屉上写着：芫荽子、葶苈子、蒺藜。"
    data = rare.encode("gbk") + b"\n" + SIMPLIFIED.encode("utf-8") + SIMPLIFIED.encode("gbk")
    assert decode(data).text == f"{rare}\n{SIMPLIFIED}{SIMPLIFIED}"


@pytest.mark.parametrize("cut", ["门口等着", "说是要还"])
def test_the_last_character_is_cut_not_the_one_before(cut: str) -> None:
    data = (SIMPLIFIED + cut + "，").encode("gbk")[:-1]
    decoded = decode(data)
    assert decoded.text == SIMPLIFIED + cut + "\ufffd"
    assert decoded.damaged == ((len(data) - 1, len(data)),)


@pytest.mark.parametrize("declared", ["", "gb2312", "big5", "utf-8", "iso-8859-1"])
def test_few_characters_in_a_page(declared: str) -> None:
    meta = f'<meta charset="{declared}">' if declared else ""
    page = f"<html><head>{meta}<title>山村小学</title></head><body>{'<br>' * 80}放假通知</body>"
    assert decode(page.encode("gbk")).text == page


@pytest.mark.parametrize(
    "text",
    [
        "淏、珺、煊、沄、翀、垚，这些年给孩子起名常用的字，电脑里不一定打得出来。" * 3,
        "魑魅魍魉，卣斝觚觯，芫荽葶苈，猰貐狻猊。" * 3,
        "这一课的生字有𠮷䶮龘靐等。",
    ],
)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le"])
def test_rare_characters_are_not_damage(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.damaged == ()


def test_kana_in_a_row_are_no_bytes_out_of_step() -> None:
    text = "喫茶店で珈琲を飲みながら、友人を待っていました。峠の辻で榊と椛を見た。"
    assert decode(text.encode("gb18030")).text == text


# The first may not be a byte order mark, which is no part of the text.
_EAST_ASIAN = st.characters(
    min_codepoint=0x3400, max_codepoint=0x2FFFF, exclude_characters="\ufeff"
)


@given(st.text(_EAST_ASIAN, min_size=1))
def test_what_can_be_read_in_the_encoding_that_is_named_is_not_doubted(text: str) -> None:
    data = text.encode("gb18030", "replace")
    decoded = decode(data, "gb18030")
    assert decoded.text == data.decode("gb18030")
    assert decoded.damaged == ()


def test_unknown_encoding() -> None:
    for name in ("klingon", "rot13", "idna", "a\0b", ""):
        with pytest.raises(ConfigError, match="unknown encoding"):
            decode(b"", name)


@pytest.mark.parametrize(
    "unit", [b"\xff", b"\x80", b"\xa1@", b"\x810", b"\xd6\xd0\xce", b"\xb0\xa1\n\x80", b"~{0!"]
)
def test_time_is_linear(unit: bytes) -> None:
    assert_linear(lambda size: decode(unit * (size // len(unit))), 8_000, 8)


@pytest.mark.parametrize(
    ("encoding", "text"), [("gb18030", SIMPLIFIED), ("cp950", TRADITIONAL), ("utf-8", SIMPLIFIED)]
)
def test_a_byte_order_mark_of_utf_8_before_anything(encoding: str, text: str) -> None:
    data = b"\xef\xbb\xbf" + text.encode(encoding)
    decoded = decode(data)
    assert decoded.text == text
    assert decoded.encoding == encoding
    assert decoded.encode() == data


def test_a_damaged_file_with_a_byte_order_mark_is_still_utf_8() -> None:
    data = b"\xef\xbb\xbf" + SIMPLIFIED.encode()
    decoded = decode(data[:40] + data[41:])
    assert decoded.encoding == "utf-8"
    assert decoded.text.replace("\ufffd", "")[-40:] == SIMPLIFIED[-40:]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("gb18030", "桥上限速定为B级，请慢行。"), ("cp950", "橋上限速定為B級，請慢行。")],
)
def test_the_first_byte_is_missing_and_a_letter_swallowed(encoding: str, text: str) -> None:
    data = text.encode(encoding)[1:]
    decoded = decode(data)
    assert decoded.text == "\ufffd" + text[1:]
    assert decoded.encode() == data
