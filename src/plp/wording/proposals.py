"""The sentence around a finding: what another one takes the place of."""

import re
from collections.abc import Iterator

from plp.wording.findings import Finding
from plp.wording.fold import fold
from plp.wording.tokens import ABBREVIATIONS

SENTENCE_GAP = re.compile(r"(?<=[.!?…])\s+(?=[^\s.:;!?…])|\s*\n\s*")
ORDINAL = 2  # digits: "am 24. November"
LAST_WORD = re.compile(r"(\w{1,6})\.$")


def sentence_span(text: str, finding: Finding) -> tuple[int, int]:
    """Where the sentence, or the sentences, that a finding stands in begin and end: a half-open span of ``text``."""
    start, end = 0, len(text)
    for gap_start, gap_end in _gaps_between_sentences(text):
        if gap_end <= finding.start:
            start = gap_end
        elif gap_start >= finding.end:
            end = gap_start
            break
    return start, end


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Each sentence as a half-open span of ``text``."""
    start = 0
    for gap_start, gap_end in _gaps_between_sentences(text):
        if start < gap_start:
            yield start, gap_start
        start = gap_end
    if start < len(text):
        yield start, len(text)


def _gaps_between_sentences(text: str) -> Iterator[tuple[int, int]]:
    """The gaps between sentences; the point of an abbreviation or of an ordinal ends none."""
    for gap in SENTENCE_GAP.finditer(text):
        word = LAST_WORD.search(text, max(0, gap.start() - 8), gap.start())
        is_short = word is not None and (
            (word[1].isdigit() and len(word[1]) <= ORDINAL) or fold(word[1]).text in ABBREVIATIONS
        )
        if not is_short or "\n" in gap[0]:
            yield gap.span()
