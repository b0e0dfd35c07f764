"""What undoes a hit: "do not follow him" is advice, "don't let him go" a call, a post that was deleted says nothing."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from plp.wording.lexicon import Words
from plp.wording.patterns import Hit
from plp.wording.vocabulary import Reading

BEFORE = 8  # words between a negation and what it negates, in one clause
CARRIED = 40  # the same over the members of an enumeration
ANSWERED = 2  # sentences between what somebody asked for and the "no"


class Negations:
    """The negations of one text, without those that negate nothing ("do not hesitate to")."""

    def __init__(self, reading: Reading, words: Words) -> None:
        """Find them once for a text."""
        self.reading, self.words = reading, words
        false = {place for hit in words.false_negations.find(reading) for place in range(hit.first, hit.last + 1)}
        self.firsts = sorted({hit.first for hit in words.negations.find(reading)} - false)
        self.defiant = {reading.sentences[hit.first] for hit in words.despite.find(reading)}
        self.refused = self._sentences_of_refused_requests()

    def _sentences_of_refused_requests(self) -> set[int]:
        """ "Two neighbours asked to walk round at night. I said no.": what was asked for is no call.

        It stays one where the "no" is defied: "No, it is forbidden. We will do it anyway."
        """
        sentences = self.reading.sentences
        answers = {sentences[hit.first] for hit in self.words.refused.find(self.reading)}
        asked = {sentences[hit.first] for hit in self.words.asked.find(self.reading)} if answers else set()
        near = {sentence: range(sentence, sentence + ANSWERED + 1) for sentence in asked}
        return {
            sentence
            for sentence, answered in near.items()
            if not answers.isdisjoint(answered) and self.defiant.isdisjoint(answered)
        }

    def is_done_despite_prohibition(self, hit: Hit) -> bool:
        """True when the sentence of the hit says that it is done although it is forbidden."""
        return self.reading.sentences[hit.first] in self.defiant

    def is_refused_request(self, hit: Hit) -> bool:
        """True when the sentence of the hit tells what somebody asked for and did not get."""
        return self.reading.sentences[hit.first] in self.refused

    def negates(self, hit: Hit) -> bool:
        """True when a negation stands in the clause of the hit, close by, or rules an enumeration it belongs to."""
        tokens = self.reading.tokens
        first, last = tokens[hit.first], tokens[hit.last]
        near = bisect_left(self.firsts, hit.first - CARRIED)
        for cue in self.firsts[near : bisect_left(self.firsts, hit.last + self.words.behind + 1)]:
            token = tokens[cue]
            if not first.sentence <= token.sentence <= last.sentence:
                continue
            if first.clause <= token.clause <= last.clause:
                if cue - hit.first >= -BEFORE and not self._begins_new_clause(cue, hit):
                    return True
            elif token.clause < first.clause and self._is_in_enumeration(cue, hit):
                return True
        return False

    def _begins_new_clause(self, cue: int, hit: Hit) -> bool:
        """A negation behind the hit ("volg hem niet") undoes it, unless "and" begins something new between them."""
        return any(token.word in self.words.joins for token in self.reading.tokens[hit.last + 1 : cue])

    def _is_in_enumeration(self, cue: int, hit: Hit) -> bool:
        tokens = self.reading.tokens
        sentence = tokens[hit.first].sentence
        between = [token for token in tokens[cue + 1 : hit.last + 8] if token.sentence == sentence]
        return any(token.word in self.words.carriers for token in between)


class Withdrawals:
    """What a text tells of and takes back: "A post about Poles was deleted", "We wrote 'the thief'. That was wrong".

    Not where it goes on all the same ("but"), or calls to take care or to pass on.
    """

    def __init__(self, reading: Reading, words: Words) -> None:
        """Find them once for a text."""
        withdrawn = list(words.withdrawn.find(reading))
        self.reading, self.words = reading, words
        tellings = sorted(hit.first for hit in words.tellings.find(reading)) if withdrawn else []
        spans = [self._withdrawn_words_before(tellings, hit) for hit in withdrawn]
        self.spans = [(span, hit.last) for span, hit in zip(spans, withdrawn, strict=True) if span is not None]
        if self.spans and self._insists_or_calls_afterwards(min(min(span) for span, _ in self.spans)):
            self.spans = []

    def _withdrawn_words_before(self, tellings: Sequence[int], withdrawn: Hit) -> range | None:
        """The words that are taken back: of the last sentence that tells of something, from where it does so."""
        sentences = self.reading.sentences
        before = [place for place in tellings if place < withdrawn.first]
        if not before or sentences[before[-1]] < sentences[withdrawn.first] - ANSWERED:
            return None
        sentence = sentences[before[-1]]
        first = next(place for place in before if sentences[place] == sentence)
        return range(first, min(withdrawn.last + 1, bisect_right(sentences, sentence)))

    def _insists_or_calls_afterwards(self, first: int) -> bool:
        """Whether the text insists on what it takes back, or calls to pass it on or to take care behind it."""
        words = self.words
        last = max(end for _, end in self.spans)
        insists = any(hit.first > last for one in (words.nevertheless, words.warns) for hit in one.find(self.reading))
        return insists or any(hit.first >= first for hit in words.shares.find(self.reading))

    def takes_back(self, hit: Hit) -> bool:
        """True when a hit stands in what is taken back, right before who said it, or around what takes back."""
        return any(
            hit.first in span or hit.last + 1 == span.start or hit.first <= last <= hit.last
            for span, last in self.spans
        )
