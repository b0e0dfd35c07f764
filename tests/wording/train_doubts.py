"""Learns the weights of the second reader of messages: ``python -m tests.wording.train_doubts`` (half a minute).

Softmax regression over the features of ``classifier.py``: a class a rule, and one for honest messages. It learns from
every set of the corpus but those kept apart, and from messages composed of the catalogue, which are honest.
``--compare`` leaves sets out in turn and prints the curve (ADR 86).
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plp.ops.commands.compose import random_compositions
from plp.wording.catalogue.composer import compose_message_text
from plp.wording.classifier import text_features
from plp.wording.lexicon import LANGUAGES, RULES
from plp.wording.proposals import sentence_spans
from plp.wording.second_reader import DOUBTFUL, STORED, SecondReader, passages_of_text
from tests.wording.measure import Message, corpus
from tests.wording.test_corpus import HANDS, SETS

COMPOSED, SEED = 500, 7  # messages of the catalogue, in each language
STRENGTH, STEPS = 20.0, 120  # how closely the texts are followed, against small weights; of the descent
SEEN_IN, SMALLEST = 2, 0.15  # texts a feature stands in; weights below are left out
RARE = 100  # one text of so many holds a feature that weighs as it is; a rarer one weighs more
LEFT_OUT = (("blind_8", "blind_9"), ("final", "last"), ("blind_10", "blind_11", "blind_12", "blind_13", "blind_14"),
            ("blind_15", "blind_16", "blind_17", "honest_3"), *((name,) for name in HANDS))  # fmt: skip
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Rows:
    """Sparse rows: the places and values of all of them, and where each row begins; the same read by column."""

    places: NDArray[np.int64]
    values: Floats
    begins: NDArray[np.int64]
    lines: NDArray[np.int64]
    by_column: NDArray[np.int64]
    columns: NDArray[np.int64]
    column_begins: NDArray[np.int64]

    def across(self, matrix: Floats) -> Floats:
        """The rows times a matrix."""
        return np.add.reduceat(self.values[:, None] * matrix[self.places], self.begins, axis=0)

    def back(self, matrix: Floats) -> Floats:
        """The columns times a matrix: every column stands in some row."""
        weighed = self.values[self.by_column][:, None] * matrix[self.lines[self.by_column]]
        return np.add.reduceat(weighed, self.column_begins, axis=0)


def learned_messages(left_out: Sequence[str] = ()) -> list[Message]:
    """The messages it learns from; never the examples of a rule, so that its weights outlast a new rule."""
    names = [name for name in (*SETS, *HANDS) if name != "examples" and name not in left_out]
    return [message for name in names for message in corpus(name)]


def digest(messages: Sequence[Message]) -> str:
    """The fingerprint of the messages, by which stale weights are noticed."""
    rows = [[message.language, message.rule, message.text, message.breach] for message in messages]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def composed_texts() -> list[str]:
    """Honest messages of the catalogue, as they are read: the same each time."""
    rows = [(row, language) for row in random_compositions(COMPOSED, SEED) for language in LANGUAGES]
    composed = [compose_message_text(row, language) for row, language in rows if language in row.languages]
    texts = [f"{row.title}\n\n{row.text}" for row in composed]
    whole = [text[start:end] for text in texts for start, end in passages_of_text(text)]
    sentences = {text[start:end] for text in texts for start, end in sentence_spans(text)}
    return whole + sorted(sentences)


def learn(messages: Sequence[Message], honest: Sequence[str]) -> SecondReader:
    """The reader that these messages give, rounded as it is stored."""
    texts = [message.text for message in messages] + list(honest)
    classes = [1 + RULES.index(message.rule) if message.breach else 0 for message in messages] + [0] * len(honest)
    features = [text_features(text) for text in texts]
    counts = Counter(feature for listed in features for feature in listed)
    names = sorted(feature for feature, count in counts.items() if count >= SEEN_IN)
    row_of = {name: row for row, name in enumerate(names)}
    rarity = np.array([np.log(len(texts) / counts[name]) for name in names], dtype=np.float32) / np.log(RARE)
    weights, bias = _descend(_rows(features, row_of, rarity), np.array(classes))
    weights *= rarity[:, None]
    weights[np.abs(weights) < SMALLEST] = 0
    used = np.flatnonzero(np.abs(weights).sum(axis=1))
    scale = float(np.abs(weights).max()) / 127
    rounded = np.rint(weights[used] / scale).astype(np.int8)
    kept = {names[row]: place for place, row in enumerate(used)}
    return SecondReader(kept, rounded, scale, bias, RULES, digest(messages))


def _rows(features: Sequence[frozenset[str]], row_of: dict[str, int], rarity: Floats) -> Rows:
    listed = [sorted(row_of[name] for name in names if name in row_of) for names in features]
    if not all(listed):
        raise ValueError("a message has no feature that another one has")
    sizes = np.array([len(row) for row in listed])
    places = np.concatenate([np.array(row) for row in listed])
    lengths = np.sqrt(np.array([len(names) for names in features], dtype=np.float32))
    lines = np.repeat(np.arange(len(listed)), sizes)
    by_column = np.argsort(places, kind="stable")
    columns, column_begins = np.unique(places[by_column], return_index=True)
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    values = (rarity[places] / lengths[lines]).astype(np.float32)
    return Rows(places, values, begins, lines, by_column, columns, column_begins)


def _descend(rows: Rows, classes: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Weights and bias by class: Nesterov's accelerated gradient of a fixed number of steps."""
    height, width, depth = len(rows.begins), len(rows.columns), len(RULES) + 1
    wanted = np.zeros((height, depth), np.float32)
    wanted[np.arange(height), classes] = 1
    vector = np.ones((width, 1), np.float32)
    for _ in range(8):
        vector = rows.back(rows.across(vector))
        vector /= np.linalg.norm(vector)
    step = 1 / (1 + STRENGTH * 0.5 * float(np.linalg.norm(rows.back(rows.across(vector)))))
    bias_step = 1 / (1 + STRENGTH * 0.5 * height)
    weights = before = np.zeros((width, depth), np.float32)
    bias = bias_before = np.zeros(depth, np.float32)
    for number in range(STEPS):
        speed = number / (number + 3)
        ahead, bias_ahead = weights + speed * (weights - before), bias + speed * (bias - bias_before)
        scores = rows.across(ahead) + bias_ahead
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        pull = likely / likely.sum(axis=1, keepdims=True) - wanted
        before, bias_before = weights, bias
        weights = ahead - np.float32(step) * (STRENGTH * rows.back(pull) + ahead)
        bias = bias_ahead - np.float32(bias_step * STRENGTH) * pull.sum(axis=0)
    return weights, bias


def compare() -> None:
    """Prints what the reader makes of sets that it did not learn from, each group of them left out in turn."""
    honest, scored = composed_texts(), []
    for names in LEFT_OUT:
        reader = learn(learned_messages(names), honest)
        rows = [message for name in names for message in corpus(name)]
        scored += [(message.breach, reader.heaviest_rule_and_score(message.text).score) for message in rows]
    breaches = np.array([score for breach, score in scored if breach])
    others = np.array([score for breach, score in scored if not breach])
    for margin in (0.4, DOUBTFUL, -0.4, -0.8, -1.5):
        print(f"{margin:5}: {100 * (breaches > margin).mean():.0f} / {100 * (others > margin).mean():.0f}")  # noqa: T201


def store(reader: SecondReader) -> None:
    """Write the weights."""
    words = {
        "features": "\n".join(reader.rows),
        "rules": "\n".join(reader.rules),
        "learned_from": reader.learned_from,
    }
    arrays = {name: np.frombuffer(text.encode(), dtype=np.uint8) for name, text in words.items()}
    np.savez_compressed(STORED, weights=reader.weights, scale=reader.scale, bias=reader.bias, **arrays)


if __name__ == "__main__":
    if "--compare" in sys.argv:
        compare()
    else:
        store(learn(learned_messages(), composed_texts()))
