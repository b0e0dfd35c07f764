"""A second reader of free text, for passages in which the rules find nothing (ADR 86). It holds nothing: it warns.

``python -m tests.wording.train_doubts`` writes its weights: for each word, pair of words and piece of a word, how much
it speaks for each rule, and for an honest message.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from plp.toolbox.lazy_import import lazy_import
from plp.wording.classifier import WEIGHTS, text_features
from plp.wording.findings import Mark
from plp.wording.lexicon import rule_file
from plp.wording.proposals import sentence_spans

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = lazy_import("numpy")

STORED = WEIGHTS / "doubts.npz"
LONGEST_PASSAGE = 320  # characters: as long as the messages it learned from
DOUBTFUL = -0.4  # above: marked


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

    def scores(self, text: str) -> "NDArray[np.float32]":
        """How much each rule weighs against the honest message."""
        features = text_features(text)
        rows = [self.rows[feature] for feature in features if feature in self.rows]
        summed = self.weights[rows].sum(axis=0, dtype=np.float32) * self.scale / max(len(features), 1) ** 0.5
        weighed = summed + self.bias
        return weighed[1:] - weighed[0]

    def opinion(self, text: str) -> PassageOpinion:
        """What it makes of a passage."""
        scores = self.scores(text)
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


def doubts(text: str, found: Sequence[Mark], kind: str) -> Iterator[Mark]:
    """What the reader doubts in passages where the rules ``found`` nothing; each only warns."""
    reader = second_reader()
    for start, end in passages(text):
        is_silent = not any(mark.start < end and start < mark.end for mark in found)
        if not is_silent or not any(map(str.isalpha, text[start:end])):
            continue
        opinion = reader.opinion(text[start:end])
        if opinion.score > DOUBTFUL and kind not in rule_file(opinion.rule)["warned_in"]:
            yield Mark(opinion.rule, *_heaviest_sentence(text, start, end, opinion.rule), doubtful=True)


def passages(text: str) -> list[tuple[int, int]]:
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
    return max(spans, key=lambda span: float(reader.scores(text[span[0] : span[1]])[column]))
