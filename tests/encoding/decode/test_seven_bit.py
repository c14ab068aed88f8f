"""Encodings in seven bits: their escapes, the ends of their lines, and what is no character."""

from __future__ import annotations

import pytest

from zhclean import decode


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        ("한국어 문장입니다.\n", "iso2022_kr", "iso2022_kr"),
        ("今日はいい天気です。\n", "iso2022_jp", "iso2022_jp_2"),
    ],
)
def test_the_encoding_is_found(text: str, codec: str, name: str) -> None:
    data = text.encode(codec)
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.damaged) == (text, name, ())
    assert decoded.encode() == data


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a~~b ~{VPND~} c", "a~b 中文 c"),
        (b"~{VP~}~\n~{ND~}", "中文"),  # a line that goes on
        (b"~{VPND", "中文"),  # not closed
        (b"~{VPND\nplain", "中文\nplain"),  # nor at the end of its line
    ],
)
def test_hz(data: bytes, text: str) -> None:
    decoded = decode(data, "hz")
    assert (decoded.text, decoded.damaged) == (text, ())
    assert decoded.encode() == data


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x1b$)A\x0eVPND\x0f.\n", "中文.\n"),
        (b"\x1b$)A\x0eVPND\nplain\n", "中文\nplain\n"),  # the end of a line shifts back
        (b"\x1b$)G\x0eDc\x0f\n", "中\n"),  # plane 1 of CNS 11643
        (b"\x1b$*H\x1bN!!\n", "乂\n"),  # one character of plane 2
    ],
)
def test_iso_2022_cn(data: bytes, text: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.damaged) == (text, "iso-2022-cn", ())
    assert decoded.encode() == data


@pytest.mark.parametrize(
    "line",
    [
        b"\x1b$)A\x0eVPN",  # half a character
        b"\x1b$)G\x0e~~\x0f",  # no character of the set
        b"\x1b$)Z",  # no escape of this encoding
    ],
)
def test_a_line_that_can_not_be_read_is_kept(line: bytes) -> None:
    data = b"\x1b$)A\x0eVPND\x0f\n" + line + b"\nplain\n"
    decoded = decode(data, "iso-2022-cn")
    assert decoded.text.startswith("中文\n")
    assert decoded.text.endswith("\nplain\n") or decoded.text.endswith("\ufffdplain\n")
    assert decoded.encode() == data
    assert len(decoded.damaged) == decoded.text.count("\ufffd") == 1


def test_without_a_set_there_are_no_characters() -> None:
    data = b"plain\n\x0eVPND\n"
    decoded = decode(data, "iso-2022-cn")
    assert decoded.text.startswith("plain\n\ufffd")
    assert decoded.damaged
    assert decoded.encode() == data
