"""Whether a negation undoes a hit: "do not follow him" is advice, "don't let him go" is a call."""

from collections.abc import Sequence

from plp.wording.lexicon import Words
from plp.wording.patterns import Hit
from plp.wording.tokens import Token

BEFORE = 8


def cues(tokens: Sequence[Token], vocabulary: Words) -> list[Hit]:
    """The negations of a text, without those that negate nothing ("do not hesitate to")."""
    false = {place for hit in vocabulary.false_negations.find(tokens) for place in range(hit.first, hit.last + 1)}
    return [hit for hit in vocabulary.negations.find(tokens, most=4000) if hit.first not in false]


def undone(hit: Hit, tokens: Sequence[Token], negations: Sequence[Hit], vocabulary: Words) -> bool:
    """True when a negation stands in the clause of the hit, close by, or rules an enumeration the hit belongs to."""
    first, last = tokens[hit.first], tokens[hit.last]
    for cue in negations:
        token = tokens[cue.first]
        if token.sentence != first.sentence:
            continue
        if first.clause <= token.clause <= last.clause:
            if -BEFORE <= cue.first - hit.first and _reaches_back(cue, hit, tokens, vocabulary):
                return True
        elif token.clause < first.clause and _carried(cue, hit, tokens, vocabulary.carriers):
            return True
    return False


def _reaches_back(cue: Hit, hit: Hit, tokens: Sequence[Token], vocabulary: Words) -> bool:
    """A negation behind the hit ("volg hem niet") undoes it, unless "and" begins something new between them."""
    if cue.first - hit.last > vocabulary.behind:
        return False
    return not any(token.word in vocabulary.joins for token in tokens[hit.last + 1 : cue.first])


def _carried(cue: Hit, hit: Hit, tokens: Sequence[Token], carriers: frozenset[str]) -> bool:
    between = [token for token in tokens[cue.last + 1 : hit.last + 8] if token.sentence == tokens[hit.first].sentence]
    return any(token.word in carriers for token in between)
