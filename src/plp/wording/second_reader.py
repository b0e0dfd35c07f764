"""A second reader of free text in messages of the police (ADR 86, 90).

It warns where rules find nothing, holds where it is sure, and turns what rules hold into a warning where all other
words are those of an honest message, sooner where only a hint holds it; never a plate, a number, a house or a person,
nor what nobody may override, nor a rule that it has not learned.

``python -m tests.wording.train_doubts`` writes its weights: for each word, pair of words and piece of a word, how much
it speaks for each rule, and for an honest message.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from plp.toolbox.lazy_import import lazy_import
from plp.wording.addressed import speaks_to_readers
from plp.wording.classifier import WEIGHTS, text_features
from plp.wording.findings import Mark
from plp.wording.lexicon import rule_file
from plp.wording.proposals import sentence_spans
from plp.wording.severity import who_may_override

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = lazy_import("numpy")

STORED = WEIGHTS / "doubts.npz"
LONGEST_PASSAGE = 320  # characters: as long as the messages it learned from
DOUBTFUL = 0.0  # above: marked
SURE = 0.45  # above: held
SELDOM_WRONG = frozenset(  # rules in which it was right six times of seven around nought, or found more
    {
        "asserts_guilt",
        "commercial",
        "confront_search",
        "investigation_secret",
        "names_person",
        "number_plate",
        "privilege",
        "reveals_reporter",
        "rumour",
        "sensitive_data",
    }
)
SURE_OF_THOSE, DOUBTFUL_OF_THOSE = -0.3, -0.4  # above: held, marked
SURE_OF_PATROLS = 0.1  # below it, helpers wanted at a bar weigh like helpers wanted for a round
SURELY_HONEST = -2.5  # below: what rules hold only warns
HINTED = -0.8  # below: what a hint of the rules holds only warns
SHORTEST_WEIGHED = 40  # characters of a passage: in a shorter one it neither holds nor weakens, it learned from none
NEVER_LET_GO = frozenset(
    {
        "exact_address",
        "member_data",
        "names_person",
        "number_plate",
        "phone_number",
        "reveals_reporter",
    }
)
HONEST_SENTENCE, HONEST_CLAUSE = -1.0, -1.5  # below both: says nothing of anybody's health
LET_GO_SOONER = {"commercial": (-1.5, -0.5), "photo": (0.0, -2.0)}  # sentence and clause, in a passage below nought
CALLS = frozenset({"bypass_police", "confront_search", "impersonates_police", "patrol_call", "photo"})
ANSWERED_NO = re.compile(
    r"\?\s+(?:(?:réponse|antwoord|antwort|answer)\s?: )?"
    r"(?:non|neen?|nein|no|surtout pas|liever niet|(?:lieber|bitte) nicht|please don.t)\b ?(?:[.,!]|$)",
    re.IGNORECASE,
)
REFUSED_CALL = -1.0  # below: the clause of a question that hears no asks for nothing
TOLD_CALL = -2.0  # below: a clause that speaks to nobody tells of something, and calls for nothing
CLAUSE_END = re.compile(
    r"[,;:()\[\]]\s?|\s[-–—&+/]\s|\s(?=(?:and|but|or|then|et|mais|ou|puis|donc|ainsi|en|maar|of|dan|dus|alsook|"
    r"und|aber|oder|sowie|dann|sondern)\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PassageOpinion:
    """The rule that a passage most likely breaks, and by how much that weighs more than an honest message."""

    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class SecondReader:
    """Weights by feature (a row) and class (a column); the first column is the honest message."""

    rows: Mapping[str, int]
    weights: "NDArray[np.int8]"
    scale: float
    bias: "NDArray[np.float32]"
    rules: Sequence[str]
    learned_from: str

    def scores_by_rule(self, text: str) -> "NDArray[np.float32]":
        """How much each rule weighs against the honest message."""
        features = text_features(text)
        rows = [self.rows[feature] for feature in features if feature in self.rows]
        summed = self.weights[rows].sum(axis=0, dtype=np.float32) * self.scale / max(len(features), 1) ** 0.5
        weighed = summed + self.bias
        return weighed[1:] - weighed[0]

    def heaviest_rule_and_score(self, text: str) -> PassageOpinion:
        """What it makes of a passage."""
        scores = self.scores_by_rule(text)
        heaviest = int(scores.argmax())
        return PassageOpinion(self.rules[heaviest], float(scores[heaviest]))


@cache
def second_reader() -> SecondReader:
    """The reader as it is stored, read once."""
    with np.load(STORED) as stored:
        features = stored["features"].tobytes().decode().split("\n")
        rules = stored["rules"].tobytes().decode().split("\n")
        rows = {feature: row for row, feature in enumerate(features)}
        learned_from = stored["learned_from"].tobytes().decode()
        return SecondReader(rows, stored["weights"], float(stored["scale"]), stored["bias"], rules, learned_from)


def marks_after_second_reading(
    text: str, rule_marks: Sequence[Mark], by_form: Sequence[Mark], kind: str, language: str
) -> Iterator[Mark]:
    """The marks of the rules as the reader weighs them, those found ``by_form``, and what it adds."""
    reader, weighed = second_reader(), list(rule_marks)
    for start, end in passages_of_text(text):
        if not any(map(str.isalpha, text[start:end])):
            continue
        opinion = reader.heaviest_rule_and_score(text[start:end])
        inside = [mark for mark in (*rule_marks, *by_form) if mark.start < end and start < mark.end]
        is_message = end - start >= SHORTEST_WEIGHED
        if is_message and opinion.score < 0:
            weighed = [
                _weakened_if_allowed(mark)
                if mark in inside and _is_mark_dropped_as_honest(text, mark, opinion.score, language)
                else mark
                for mark in weighed
            ]
        if opinion.score >= HINTED and kind not in rule_file(opinion.rule)["warned_in"]:
            is_sure = (
                is_message
                and opinion.score > hold_threshold(opinion.rule)
                and who_may_override(opinion.rule) == "police"
            )
            is_doubtful = opinion.score > mark_threshold(opinion.rule) and not inside
            if is_doubtful or (is_sure and all(mark.doubtful for mark in inside)):
                span = _heaviest_sentence(text, start, end, opinion.rule)
                yield Mark(opinion.rule, *span, doubtful=not is_sure)
    yield from (*weighed, *by_form)


def hold_threshold(rule: str) -> float:
    """The score above which a passage is held for a rule."""
    if rule == "patrol_call":
        return SURE_OF_PATROLS
    return SURE_OF_THOSE if rule in SELDOM_WRONG else SURE


def mark_threshold(rule: str) -> float:
    """The score above which a passage is marked for a rule."""
    return DOUBTFUL_OF_THOSE if rule in SELDOM_WRONG else DOUBTFUL


def _is_mark_dropped_as_honest(text: str, mark: Mark, passage_score: float, language: str) -> bool:
    return (
        (passage_score < SURELY_HONEST and _reads_as_honest(text, mark, language))
        or (passage_score < HINTED and _is_weak_hint(text, mark))
        or (mark.rule in LET_GO_SOONER and _is_within_bounds(text, mark, *LET_GO_SOONER[mark.rule]))
    )


def _is_within_bounds(text: str, mark: Mark, sentence_bound: float, clause_bound: float) -> bool:
    """Whether the sentences and clauses of a mark score below the bounds."""
    return all(
        _breach_score(text, span) < bound
        for spans, bound in zip(_sentences_and_clauses(text), (sentence_bound, clause_bound), strict=True)
        for span in _spans_overlapping_mark(mark, spans)
    )


def _is_weak_hint(text: str, mark: Mark) -> bool:
    """Whether a hint stands in sentences and clauses that speak for no breach."""
    return mark.hint and _is_within_bounds(text, mark, HINTED, HINTED)


def _sentences_and_clauses(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    sentences = list(sentence_spans(text))
    cuts = [found.end() for found in CLAUSE_END.finditer(text)]
    edges = sorted({0, *cuts, *(end for _start, end in sentences), len(text)})
    return sentences, list(pairwise(edges))


def _reads_as_honest(text: str, mark: Mark, language: str) -> bool:
    """Whether the sentences and clauses in which a mark stands speak for no breach, whatever stands beside them.

    A call does so as a question that hears no, or where its clause speaks to nobody; what is refused, the rules have
    read. What is said of health needs more.
    """
    sentences, clauses = (_spans_overlapping_mark(mark, spans) for spans in _sentences_and_clauses(text))
    sentence = max((_breach_score(text, span) for span in sentences), default=0.0)
    clause = max((_breach_score(text, span) for span in clauses), default=0.0)
    if mark.rule == "sensitive_data":
        return sentence < HONEST_SENTENCE and clause < HONEST_CLAUSE
    if mark.rule not in CALLS:
        return sentence < 0 and clause < 0
    is_refused = bool(sentences) and ANSWERED_NO.match(text, sentences[-1][1] - 1) is not None
    is_told = not any(speaks_to_readers(text[start:end], language) for start, end in clauses)
    return sentence < 0 and ((is_refused and clause < REFUSED_CALL) or (is_told and clause < TOLD_CALL))


def _spans_overlapping_mark(mark: Mark, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(start, end) for start, end in spans if start < mark.end and mark.start < end]


def _breach_score(text: str, span: tuple[int, int]) -> float:
    return second_reader().heaviest_rule_and_score(text[slice(*span)]).score


def _weakened_if_allowed(mark: Mark) -> Mark:
    """It only warns, unless its rule is never let go, or was never learned."""
    rule, learned = mark.rule, second_reader().rules
    is_kept = rule in NEVER_LET_GO or rule not in learned or who_may_override(rule) != "police"
    return mark if is_kept else replace(mark, doubtful=True)


def passages_of_text(text: str) -> list[tuple[int, int]]:
    """Neighbouring sentences, together as long as a short message."""
    spans: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        if spans and end - spans[-1][0] <= LONGEST_PASSAGE:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _heaviest_sentence(text: str, start: int, end: int, rule: str) -> tuple[int, int]:
    reader = second_reader()
    column = reader.rules.index(rule)
    spans = [(start + first, start + last) for first, last in sentence_spans(text[start:end])]
    return max(spans, key=lambda span: float(reader.scores_by_rule(text[span[0] : span[1]])[column]))
