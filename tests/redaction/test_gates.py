"""The cheap searches in front of the rules never change what the rules find."""

from __future__ import annotations

import re
from random import Random

import pytest

from tests.promises.inputs import random_text
from zhclean.redaction import blanks, cleaner, overwrites
from zhclean.redaction.masks import find_masks

ANY = re.compile(r"(?s:.)|\Z")
TEXTS = [random_text(Random(seed)) for seed in range(1500)] + [
    "完成投资2023万元，新增企业2023家、岗位2023个。2023年，",
    "共2023年级、120230件、2023.5亿元；2013至2023户",
    "请在此处填写（姓名）和${电话}，由【联系人】于[填写日期]签字",
]


def test_gates_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    gated = [cleaner.find_holes(text) for text in TEXTS]
    monkeypatch.setattr(overwrites, "_CANDIDATE", ANY)
    monkeypatch.setattr(blanks, "_OPENING", ANY)
    monkeypatch.setattr(cleaner, "_find_masks", find_masks)
    assert [cleaner.find_holes(text) for text in TEXTS] == gated
    assert any(gated)
