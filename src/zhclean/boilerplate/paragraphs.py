"""Paragraphs in which a site speaks of itself: its rights, its sources and what it answers for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import islice, takewhile
from typing import Final, NamedTuple

from zhclean.boilerplate.judging import Judgement
from zhclean.boilerplate.matching import REPORTED, Mark, is_quoted
from zhclean.boilerplate.notices import NoticeRule, Words
from zhclean.boilerplate.page import Line, Page
from zhclean.boilerplate.vocabulary import words_pattern

__all__ = ["notice_paragraph", "notices_of_sites"]

_SENTENCE: Final = re.compile("[^。！？!?；;]+")
#: An address or a number, which such a notice may give in a sentence of its own.
_CONTACT: Final = re.compile("[@＠]|[0-9-]{7}")
#: Shorter sentences need not hold a word of their own.
_SHORT: Final = 8
_LONGEST: Final = 1200
#: So many paragraphs at either end are looked at.
_MOST: Final = 8
#: So many different words make a paragraph a notice, beside other furniture and without any.
_WORDS_BESIDE: Final = 4
_WORDS_ALONE: Final = 6
#: A body with so many of the legal words is about such notices.
_WORDS_OF_BODY: Final = 3
#: So much of the body is looked at from either end.
_BODY: Final = 20_000


def notice_paragraph(judgement: Judgement, rule: NoticeRule) -> None:
    """Paragraphs at the ends of a page whose every sentence has words of such notices.

    They go only if the rest has hardly any of these words: a text about copyright is full of them.
    """
    page = judgement.page
    if judgement.last_prose < 0:
        return
    above, below = _readers(rule.words, _WORDS_BESIDE if judgement.codes else _WORDS_ALONE)
    taken, last = judgement.taken, judgement.last_prose
    ends = (
        list(_notices(page, range(page.count - 1, judgement.first_prose, -1), taken, below)),
        list(_notices(page, range(last), taken, above)),
    )
    for found in filter(None, ends):
        if not _speaks_of_rights(page, {line.index for line in found} | taken.keys(), rule):
            for line in found:
                judgement.take(line, rule)
            judgement.survey(judgement.claims)
            return


def notices_of_sites(page: Page, marks: Sequence[Mark], rule: NoticeRule) -> Sequence[Mark]:
    """The marks but for sentences that may belong to a body which speaks of rights and liability.

    They stay marks if the site speaks in them.
    """
    own = words_pattern(rule.words, "own")
    sentences = [mark for mark in marks if mark.rule.shape == "sentence"]
    doubtful = {
        mark
        for mark in sentences
        if mark.rule.kind == "disclaimer"
        and own.search(page.text, mark.start, mark.end) is None
        and page.line_at(mark.start).prose
    }
    if not doubtful:
        return marks
    gone = {page.index_at(mark.start) for mark in sentences}
    if not _speaks_of_rights(page, gone, rule):
        return marks
    return [mark for mark in marks if mark not in doubtful]


def _speaks_of_rights(page: Page, gone: Collection[int], rule: NoticeRule) -> bool:
    """Whether the prose of a page is about rights, but for the lines that are gone."""
    topic = words_pattern(rule.words, "topic")
    said: set[str] = set()
    for match in topic.finditer(page.text):
        line = page.line_at(match.start())
        if line.prose and line.index not in gone:
            said.add(match.group())
            if len(said) >= _WORDS_OF_BODY:
                return True
    return False


def _notices(page: Page, indices: range, taken: Collection[int], read: _Reader) -> Iterator[Line]:
    """The notices from one end of the page on, up to the first line of prose that is none."""
    prose = (line for line in page.filled(indices) if line.prose and line.index not in taken)
    return takewhile(lambda line: read.is_notice(line.core), islice(prose, _MOST))


@cache
def _readers(words: Words, fewest: int) -> tuple[_Reader, _Reader]:
    """What tells the notices above a body, and those below it."""
    notices = words_pattern(words, "notices")
    # Above a body only those that name the site; others introduce what the text is about.
    return (
        _Reader(words_pattern(words, "site"), notices, fewest),
        _Reader(words_pattern(words, "voice"), notices, fewest),
    )


class _Reader(NamedTuple):
    """Tells the notices by their words."""

    voice: re.Pattern[str]  # of the site, or of who holds the rights
    words: re.Pattern[str]
    fewest: int

    def is_notice(self, core: str) -> bool:
        """Whether a paragraph says what notices say, in each of its sentences."""
        voice = self.voice.search(core) if len(core) <= _LONGEST else None
        if voice is None or is_quoted(core, 0, voice.start()) or REPORTED.search(core):
            return False
        if len(set(self.words.findall(core))) < self.fewest:
            return False
        sentences = map(str.strip, _SENTENCE.findall(core))
        return all(
            len(one) < _SHORT or self.words.search(one) or _CONTACT.search(one) for one in sentences
        )
