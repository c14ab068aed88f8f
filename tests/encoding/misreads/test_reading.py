"""What needs no search: it must come out as the search has it."""

from __future__ import annotations

from itertools import islice

import pytest

from benchmarks.damage.corpus import paragraphs, simplified_registers
from zhclean.encoding.language import load
from zhclean.encoding.misreads import Misreads
from zhclean.encoding.misreads.candidates import Alphabet
from zhclean.encoding.misreads.chains import Chain
from zhclean.encoding.misreads.lattice import Lattice
from zhclean.encoding.misreads.reading import read
from zhclean.encoding.misreads.suspicion import undone
from zhclean.encoding.misreads.table import RuleChains, rule_chains
from zhclean.encoding.misreads.whole import undo_whole


def lines(count: int, every: int) -> list[str]:
    found = (line for name in simplified_registers() for line in paragraphs(name))
    return [line[:120] for line in islice(found, 0, None, every) if len(line) >= 20][:count]


@pytest.mark.parametrize("wrong", ["gbk", "gb18030"])
def test_only_what_is_around_lost_bytes_is_searched(wrong: str) -> None:
    chain, model, alphabet = Chain("utf-8", wrong), load(), Alphabet("utf-8")
    known = 0
    for line in lines(12, 70):
        zone = chain.garble(line) + "\n"
        reading = read(zone, chain, alphabet, model, before="", after="", broken_off="，")
        lattice = Lattice(zone, chain, alphabet, model, broken_off="，")
        assert [step for step in reading.best if step.encoded] == [
            step for step in lattice.best if step.encoded
        ]
        known += reading.known
        for step in reading.best:
            if step.start in reading.searched and step.encoded:
                key = step.start, step.char
                assert reading.posteriors[key] == pytest.approx(lattice.posteriors[key], abs=0.02)
    assert known > 50


@pytest.mark.parametrize("entry", rule_chains(), ids=lambda entry: str(entry.chain))
def test_whole_zones_are_undone_as_the_search_does(entry: RuleChains) -> None:
    from zhclean.encoding.misreads.repairs import repairs

    chain = entry.chain
    for line in lines(8, 90):
        try:
            zone = chain.garble(f"12. {line} OK\n")
        except UnicodeEncodeError:  # no Big5
            continue
        row = undo_whole(zone, chain, trusted=False)
        if row is not None:
            known = undone(zone, chain)
            repair = repairs(zone, chain, "E", load(), known=known, before="", after="")
            assert repair.rows == ((*row, "E"),)
            assert repair.complete
            assert not repair.judged


@pytest.mark.parametrize(
    ("true", "wrong"),
    [("gb18030", "cp1252"), ("gb18030", "latin-1"), ("gb18030", "cp437"), ("utf-8", "mac-roman")],
)
def test_a_long_line_is_undone_as_one(true: str, wrong: str) -> None:
    text = "".join(lines(40, 30))
    garbled = text.encode(true).decode("sloppy-windows-1252" if wrong == "cp1252" else wrong)
    proposal = Misreads().propose(garbled)
    assert proposal.patch.apply(garbled) == text
    assert len(proposal.patch) == 1


def test_characters_of_hong_kong() -> None:
    text = "她抱着孩子坐在牀邊，醫生說豬肉又貴咗，叫她看着辦。"
    garbled = text.encode("big5hkscs").decode("latin-1")
    assert Misreads().propose(garbled).patch.apply(garbled) == text


@pytest.mark.parametrize(
    "line", ["啄木鸟笃笃笃敲着树干，吵醒了院子里的人。", "⼀⾏⽩鹭上⻘天，⼩⼉⼥都看⻅了。"]
)
def test_what_is_no_sign(line: str) -> None:
    assert not Misreads().propose(line)
